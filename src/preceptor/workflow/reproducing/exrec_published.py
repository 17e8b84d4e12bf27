"""What the ExRec paper published (Ozyurt, Almaci, Feuerriegel & Sachan, NeurIPS 2025, arXiv 2507.11060)."""

from collections.abc import Mapping

TABLE_2: Mapping[tuple[str, str], float] = {
    ("random", ""): -2.31,
    ("historical", ""): -0.21,
    ("ddpg", "plain"): 16.65,
    ("ddpg", "mve"): 18.87,
    ("sac", "plain"): 8.97,
    ("sac", "mve"): 20.08,
    ("td3", "plain"): 9.62,
    ("td3", "mve"): 16.85,
    ("ppo", ""): 1.78,
    ("trpo", ""): 2.83,
    ("discrete-sac", ""): 18.81,
    ("c51", "plain"): 20.83,
    ("rainbow", "plain"): 37.00,
    ("dqn", "plain"): 30.51,
}
"""Eedi, objective `global`: percent of the most that could be gained. No critic where the paper does not name one."""
BOUND_EEDI, BOUND_XES3G5M = 0.56, 0.21
"""The most that mean mastery could gain."""
EEDI = {"interactions": 2_324_162, "students": 47_560, "questions": 4_019, "concepts": 1_215}
XES3G5M = {"interactions": 5_549_635, "students": 18_066, "questions": 7_652, "concepts": 5_139, "clusters": 1_377}
"""Counts of the data sets; concepts are those of the annotation."""
MODULES: Mapping[str, float] = {
    "micro-F1 before": 0.2305,
    "micro-F1 after": 0.8865,
    "AUC by ids": 78.33,
    "AUC, vectors tuned": 82.13,
    "AUC, vectors frozen": 81.26,
    "AUC calibrated": 81.65,
    "KC MAE before": 0.08,
    "KC MAE after": 0.028,
    "concepts": 5_139,
    "clusters": 1_377,
    "steps preferred to none": 86.9,
    "steps preferred to labels": 95.0,
    "inference of the tracer, ms": 8.7,
    "recommendation, ms": 78.5,
    "annotation, USD": 50.0,
}
"""XES3G5M, module by module; AUC in percent."""


def table_2(algorithm: str, critic: str) -> float | None:
    """The published cell that stands beside ours; None where there is none.

    Args:
        algorithm: A method.
        critic: "plain", "mve" or empty. Where the paper names no critic, its code's default stands beside the plain
            one: its critics of PPO and TRPO were never trained.
    """
    found = TABLE_2.get((algorithm, critic))
    return TABLE_2.get((algorithm, "")) if found is None and critic != "mve" else found
