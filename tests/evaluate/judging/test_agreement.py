"""Agreement beyond chance."""

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from preceptor.evaluate.judging_dialogues.agreement import agreement_rows
from preceptor.evaluate.judging_dialogues.cases import Unit
from preceptor.evaluate.judging_dialogues.judgement import Judgement, Outcome
from preceptor.llm import Failure, FailureKind


def rng(seed=0):
    return np.random.default_rng(seed)


def judged(outcomes, per_student=1):
    return [
        Judgement(f"c{i}", f"s{i // per_student}", Unit.RESPONSE, "a", "b", 0.0, (outcome,))
        for i, outcome in enumerate(outcomes)
    ]


def test_kappa_is_that_of_scikit_learn():
    kinds = list(Outcome)
    drawn = [rng(seed).choice(3, 60, p=[0.5, 0.3, 0.2]) for seed in (1, 2)]
    one, other = ([kinds[i] for i in row] for row in (drawn[0], np.where(rng(3).random(60) < 0.5, *drawn)))
    (row,) = agreement_rows({"m1": judged(one), "m2": judged(other)}, rng())
    assert row["kappa"]["mean"] == pytest.approx(cohen_kappa_score(one, other))
    assert row["agree"] == pytest.approx(np.mean([a is b for a, b in zip(one, other, strict=True)]))
    assert row["kappa"]["ci95"][0] < row["kappa"]["mean"] < row["kappa"]["ci95"][1]
    assert (row["judge"], row["other"], row["cases"]) == ("m1", "m2", 60)


def test_who_always_says_the_same_agrees_by_chance_only():
    (row,) = agreement_rows({"m1": judged([Outcome.TIE] * 9), "m2": judged([Outcome.TIE] * 9)}, rng())
    assert (row["agree"], row["kappa"]["mean"]) == (1.0, 0.0)


def test_only_what_both_judged_counts():
    ours = judged([Outcome.WIN, Outcome.LOSS, Outcome.TIE, Outcome.WIN])
    theirs = judged([Outcome.WIN, Outcome.LOSS, Failure(FailureKind.TIMEOUT)])
    (row,) = agreement_rows({"m1": ours, "m2": theirs}, rng())
    assert (row["cases"], row["agree"]) == (2, 1.0)
    (none,) = agreement_rows({"m1": ours, "m2": []}, rng())
    assert (none["cases"], none["kappa"]) == (0, None)
