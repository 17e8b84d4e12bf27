"""The numbers that all families which can be taught share, each with its unit and its reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TaughtParameters:
    """How students differ, and what a turn of a tutor teaches them.

    A family gives its own values to those that were fitted to real logs. `docs/results/minds.md` says which were,
    and gives a range to the others.

    Args:
        base_logit: Logit. Average starting level on a concept of the student's own grade.
        ability_sd: Logit. Spread between students over all concepts.
        concept_sd: Logit. Spread between concepts, fixed by the concept's id.
        grade_slope_logit: Logit a grade. A concept one grade below the student's own is this much better known.
        initial_sd: Logit. What a student happens to know of one concept beyond ability and grade.
        inheritance: 0..1. Share of the mean surplus on the prerequisites that a concept inherits at the start.
        slip_median: Probability. P(wrong although known) of the median student.
        slip_log_sd: Log units. Spread of the slip between students.
        slip_maximum: Probability. No student slips more often than this.
        open_guess: Probability. P(right by luck) on a question without options; for a choice it is 1/options.
        learning_rate: Share. What one right answer of the best difficulty teaches the median student of the rest.
        learning_rate_log_sd: Log units. Spread of the rate between students.
        learning_rate_maximum: Share. No student's rate is higher.
        failure_gain: 0..1. What a wrong answer teaches who is told so, relative to a right one.
        explanation_gain: Factor. What a full correct explanation teaches, relative to a right answer.
        relearning: 0..1. Share of what had faded that a full explanation, or a wrong answer and being told so, brings
            back; a right answer brings back all of it.
        hint_share: 0..1. Share of an answer's effect that is left with each further open hint.
        readiness_floor: 0..1. Share of the gain that is left when the weakest prerequisite is quite unknown.
        best_p: Probability. Chance of success at which an answer teaches most.
        best_p_width: Probability. Standard deviation of the bell around `best_p`.
    """

    base_logit: float = 0.5
    ability_sd: float = 0.8
    concept_sd: float = 0.5
    grade_slope_logit: float = 0.9
    initial_sd: float = 1.5
    inheritance: float = 0.4
    slip_median: float = 0.1
    slip_log_sd: float = 0.4
    slip_maximum: float = 0.3
    open_guess: float = 0.05
    learning_rate: float = 0.15
    learning_rate_log_sd: float = 1.0
    learning_rate_maximum: float = 0.8
    failure_gain: float = 0.5
    explanation_gain: float = 0.5
    relearning: float = 0.5
    hint_share: float = 0.6
    readiness_floor: float = 0.2
    best_p: float = 0.7
    best_p_width: float = 0.4
