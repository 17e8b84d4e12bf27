"""The numbers of the latent minds, each with its unit and its reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LatentParameters:
    """Parameters of students with graded skills.

    They are chosen for plausibility and frozen before any planner is measured on them; they are fitted to no
    real students. "Logit" is the natural logarithm of the odds of success.

    Args:
        base_logit: Logit. Average starting skill on a concept of the student's own grade: recall near 0.35, since
            a class mostly meets what it cannot do yet.
        ability_sd: Logit. Spread between students that no practice changes; 0.8 separates the best sixth of a
            class from the weakest sixth by a factor of five in the odds.
        concept_sd: Logit. Spread of intrinsic difficulty between concepts, fixed by the concept's id.
        grade_slope_logit: Logit a grade. A concept one grade below the student's own is this much better known.
        initial_sd: Logit. What a student happens to know of one concept beyond ability and grade.
        inheritance: 0..1. Share of the mean surplus on the prerequisites that a concept inherits at the start:
            gaps in knowledge come in chains.
        slip_median: Probability. P(wrong although known) of the median student.
        slip_log_sd: Log units. Spread of the slip between students; some are careless.
        slip_maximum: Probability. No student slips more often than this.
        open_guess: Probability. P(right by luck) on a question without options; for a choice it is 1/options.
        learning_rate: 1/answer. Share of the distance to the ceiling that the median student gains from one right
            answer under the best conditions; with it five to eight spaced answers lead from 0.35 to about 0.8.
        learning_rate_log_sd: Log units. Spread of the rate between students: factor 1.5 either way at one sd.
        learning_rate_maximum: 1/answer. No student learns faster; below 1, so that the ceiling is never passed.
        ceiling_logit: Logit. Skill that practice approaches and never passes: recall 0.95 for average ability.
        reach_logit: Logit. Distances to the ceiling count up to here: who starts far below does not leap.
        failure_gain: 0..1. Gain from a wrong answer relative to a right one; not 0, because feedback is shown.
        readiness_floor: 0..1. Share of the gain that is left when the weakest prerequisite is quite unknown.
        best_p: Probability. Chance of success at which an answer teaches most.
        best_p_width: Probability. Standard deviation of the bell around `best_p`.
        secondary_share: 0..1. Gain of a question's second and later concepts relative to its first.
        strength_median_days: Days. Memory strength after first learning: the time after which 37 % is left.
        strength_log_sd: Log units. Spread of the first strength between students and concepts: 2 to 6 days.
        strength_maximum_days: Days. Strength never grows beyond this.
        strength_growth: Factor. Most that one success adds to the strength relative to its old value; reached
            when everything fadeable had faded (spacing effect, desirable difficulty).
        massed_growth: Factor. What a success adds to the strength even without any spacing.
        consolidation: 0..1. Share of the fadeable skill that one fully spaced success makes durable.
        relearning: 0..1. Share of what had faded that the feedback after a wrong answer brings back; a right
            answer brings all of it back.
        misconception_threshold: Standard deviations. A misconception is present at the start where its liability
            exceeds this; 0.7 makes it present in about a quarter of the students.
        misconception_scale: 1/standard deviation. Initial strength for each unit of liability above it.
        misconception_inheritance: 1/logit. How much a surplus on the concept lowers the liability.
        misconception_cost_logit: Logit. How much a misconception of strength 1 lowers the skill on a question
            whose wrong answers include its own.
        misconception_relief: 0..1. Share of its strength that corrective feedback on such a question removes.
        misconception_relief_success: 0..1. Share that answering such a question right removes.
    """

    base_logit: float = -0.6
    ability_sd: float = 0.8
    concept_sd: float = 0.5
    grade_slope_logit: float = 0.9
    initial_sd: float = 0.9
    inheritance: float = 0.4
    slip_median: float = 0.04
    slip_log_sd: float = 0.5
    slip_maximum: float = 0.2
    open_guess: float = 0.02
    learning_rate: float = 0.5
    learning_rate_log_sd: float = 0.4
    learning_rate_maximum: float = 0.9
    ceiling_logit: float = 3.0
    reach_logit: float = 3.0
    failure_gain: float = 0.5
    readiness_floor: float = 0.15
    best_p: float = 0.7
    best_p_width: float = 0.4
    secondary_share: float = 0.5
    strength_median_days: float = 3.5
    strength_log_sd: float = 0.5
    strength_maximum_days: float = 240.0
    strength_growth: float = 2.0
    massed_growth: float = 0.05
    consolidation: float = 0.3
    relearning: float = 0.5
    misconception_threshold: float = 0.7
    misconception_scale: float = 0.7
    misconception_inheritance: float = 0.3
    misconception_cost_logit: float = 1.5
    misconception_relief: float = 0.3
    misconception_relief_success: float = 0.15


DEFAULT_LATENT = LatentParameters()
"""The parameters of the built-in log and of every published simulation."""


@dataclass(frozen=True, slots=True)
class KnownParameters:
    """Parameters of students who know or do not know each part of a concept.

    Chosen for plausibility and frozen before any policy is measured on them; fitted to no real students and to no
    curve of the product.

    Args:
        base_logit: Logit. Average share of a concept of the student's own grade that is known before the course: 0.27.
        ability_sd: Logit. Spread between students of what they know before the course.
        concept_sd: Logit. Spread of intrinsic difficulty between concepts, fixed by the concept's id.
        grade_slope_logit: Logit a grade. A concept one grade below the student's own is this much better known.
        initial_sd: Logit. What a student happens to know of one concept beyond ability and grade.
        inheritance: 0..1. Share of the mean surplus on the prerequisites that a concept inherits at the start.
        slip_median: Probability. P(wrong although known) of the median student.
        slip_log_sd: Log units. Spread of the slip between students.
        slip_maximum: Probability. No student slips more often than this.
        open_guess: Probability. P(right by luck) on a question without options; for a choice it is 1/options.
        parts_growth: 1/logit. A question of difficulty b needs exp(parts_growth·b) parts of each concept at once.
        learning_rate: Probability. That an answer makes a part known that never was, with all prerequisites known.
        learning_rate_log_sd: Log units. Spread of it between students.
        learning_rate_maximum: Probability. No student learns faster.
        readiness_floor: 0..1. Share of the learning rate that is left when the prerequisites are quite unknown.
        savings: Probability. That an answer brings back a part that was known and is lost; more than learning it anew.
        scale_median_days: Days. After first learning 37 % is still known after this time, 78 % after half of it.
        scale_log_sd: Log units. Spread of it between students and concepts.
        scale_maximum_days: Days. It never grows beyond this.
        scale_growth: Factor. Most that one right answer adds to the scale relative to its old value; reached when
            everything learned had been lost (spacing effect).
    """

    base_logit: float = -1.0
    ability_sd: float = 0.8
    concept_sd: float = 0.5
    grade_slope_logit: float = 0.9
    initial_sd: float = 0.9
    inheritance: float = 0.4
    slip_median: float = 0.06
    slip_log_sd: float = 0.4
    slip_maximum: float = 0.2
    open_guess: float = 0.05
    parts_growth: float = 0.5
    learning_rate: float = 0.25
    learning_rate_log_sd: float = 0.4
    learning_rate_maximum: float = 0.8
    readiness_floor: float = 0.2
    savings: float = 0.5
    scale_median_days: float = 10.0
    scale_log_sd: float = 0.4
    scale_maximum_days: float = 180.0
    scale_growth: float = 3.0


DEFAULT_KNOWN = KnownParameters()
"""The parameters of every published simulation of this family."""
