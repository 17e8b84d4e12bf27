"""A claim needs two families, one of which forgets as no curve of the product does."""

import pytest

from preceptor.evaluate.tutoring.claims import claims


def row(mean, holds=True, arm="tasa", outcome="accuracy_day7"):
    return {"arm": arm, "reference": "random", "outcome": outcome, "mean": mean, "holds": holds}


@pytest.mark.parametrize(
    ("by_family", "verdict"),
    [
        ({"logistic": 0.1, "two-state": 0.1}, "better"),
        ({"logistic": -0.1, "two-state": -0.1}, "worse"),
        ({"two-state": 0.1}, "not shown"),
        ({"logistic": 0.1, "misconception": 0.1}, "not shown"),
        ({"logistic": 0.1, "two-state": 0.1, "misconception": -0.1}, "not shown"),
    ],
)
def test_what_may_be_claimed(by_family, verdict):
    (found,) = claims({family: [row(mean)] for family, mean in by_family.items()}, "accuracy_day7")
    assert found["verdict"] == verdict


def test_what_does_not_hold_after_the_correction_counts_for_nothing():
    (found,) = claims({"logistic": [row(0.1)], "two-state": [row(0.1, holds=False)]}, "accuracy_day7")
    assert found["verdict"] == "not shown"
    assert found["above"] == ["logistic"]


def test_other_outcomes_are_passed_over():
    assert claims({"logistic": [row(0.1, outcome="recall_now")]}, "accuracy_day7") == []
