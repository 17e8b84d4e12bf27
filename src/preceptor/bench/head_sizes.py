"""Sizes at which the heads are measured: the published ones."""

STUDENTS, CONCEPTS, STATE, VECTOR, LIFT = 64, 1_377, 300, 768, 1_200
