"""What the logs at hand do not tell of students, each number with a range that an evaluation sweeps.

The rate of learning, its spread and the time of forgetting are fitted, but half and double fit nearly as well. So is
what stands in `LOOSE`, beside the caps that keep numbers where students are.
"""

from collections.abc import Callable, Mapping

Range = tuple[float, float]
COMMON = {
    "slip_log_sd": (0.2, 0.8),
    "open_guess": (0.02, 0.15),
    "learning_rate_log_sd": (1.0, 2.0),
    "failure_gain": (0.2, 1.0),
    "explanation_gain": (0.2, 1.0),
    "relearning": (0.2, 0.9),
    "hint_share": (0.3, 0.9),
    "readiness_floor": (0.05, 0.6),
    "best_p": (0.55, 0.85),
    "best_p_width": (0.25, 0.8),
    "grade_slope_logit": (0.5, 1.3),
    "inheritance": (0.0, 0.7),
}
OF_FAMILY = {
    "logistic": {
        "learning_rate": (0.03, 0.13),
        "strength_median_days": (0.1, 3.0),
        "strength_log_sd": (0.2, 1.0),
        "strength_growth": (0.5, 5.0),
        "ceiling_logit": (2.0, 4.0),
    },
    "misconception": {
        "learning_rate": (0.09, 0.37),
        "believer_sd": (1.0, 4.0),
        "correction": (0.15, 0.8),
        "explained_share": (0.1, 0.8),
        "parts_growth": (0.25, 1.0),
        "relapse_median_days": (20.0, 200.0),
        "relapse_log_sd": (0.2, 1.0),
        "relapse_growth": (0.5, 5.0),
    },
    "two-state": {
        "learning_rate": (0.012, 0.05),
        "parts_growth": (0.25, 1.0),
        "scale_median_days": (0.7, 10.0),
        "scale_log_sd": (0.2, 0.8),
        "scale_growth": (0.5, 5.0),
    },
}


CAPS = {"slip_maximum": (0.2, 0.5), "learning_rate_maximum": (0.5, 0.95)}
LOOSE = {
    "logistic": {
        "base_logit": (0.58, 1.58),
        "concept_sd": (0.615, 1.5),
        "initial_sd": (1.045, 2.5),
        "reach_logit": (1.5, 5.0),
        "strength_maximum_days": (90.0, 1000.0),
    },
    "misconception": {
        "base_logit": (2.27, 3.0),
        "ability_sd": (1.0, 3.0),
        "concept_sd": (0.368, 1.472),
        "initial_sd": (0.63, 2.5),
        "misconception_logit": (-5.56, -4.56),
        "relapse_maximum_days": (90.0, 1000.0),
    },
    "two-state": {
        "base_logit": (1.46, 2.46),
        "ability_sd": (1.295, 3.0),
        "concept_sd": (0.1205, 0.482),
        "initial_sd": (1.19, 2.5),
        "slip_median": (0.0885, 0.209),
        "scale_maximum_days": (60.0, 1000.0),
    },
}


def swept_ranges(family: str) -> dict[str, Range]:
    """Lowest and highest plausible value of each number of a family that real logs leave open; empty for others."""
    return {**COMMON, **OF_FAMILY[family]} if family in OF_FAMILY else {}


def loose_ranges(family: str) -> dict[str, Range]:
    """The same of numbers that real logs hold loosely, and of caps; empty for families that were not fitted."""
    return {**LOOSE[family], **CAPS} if family in LOOSE else {}


SWEEPS: Mapping[str, Callable[[str], dict[str, Range]]] = {"open": swept_ranges, "loose": loose_ranges}
"""What a sweep can be of, by name."""
