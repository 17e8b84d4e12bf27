"""What the logs at hand do not tell of students, each number with a range that an evaluation sweeps.

The rate of learning, its spread and the time of forgetting are fitted, but half and double fit nearly as well.
"""

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


def swept_ranges(family: str) -> dict[str, tuple[float, float]]:
    """Lowest and highest plausible value of each number of a family that real logs leave open; empty for others."""
    return {**COMMON, **OF_FAMILY[family]} if family in OF_FAMILY else {}
