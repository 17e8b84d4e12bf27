"""Sizes at which the environment is measured: the published ones, and a thousand students at once."""

STUDENTS, DENSE_STUDENTS, QUESTIONS, HISTORY, HORIZON = 1_024, 64, 7_652, 10, 10
"""Students of our environment and of the dense one, the bank, answers before an episode and in it."""
