"""Planted truths: what fades is found to fade, what does not is not, and what only seems to is unmasked."""

import numpy as np
import pytest
import torch

from preceptor.domain import Bank, Concept, Log, Question, QuestionKind
from preceptor.evaluate.forgetting import (
    ANY_GAP,
    BASELINES,
    CONSTANT,
    LONG,
    MASTERY,
    ForgettingDesign,
    ForgettingStudy,
)
from preceptor.evaluate.forgetting_controls import CONTROLS, reading
from preceptor.evaluate.forgetting_gaps import BUCKETS, FIRST
from preceptor.trace import make_tracer

torch.set_num_threads(1)

STUDENTS, SITTINGS, ANSWERS, CONCEPTS, QUESTIONS = 60, 12, 6, 3, 24
HOUR = 3600.0


@pytest.fixture(scope="module")
def bank():
    concepts = tuple(Concept(f"c{i}", f"c{i}") for i in range(CONCEPTS))
    questions = tuple(
        Question(f"q{i}", f"q{i}", QuestionKind.NUMBER, "1", (f"c{i % CONCEPTS}",)) for i in range(QUESTIONS)
    )
    return Bank(concepts, questions)


def simulated(fades, hard_after_gaps, seed=5):
    """A log in which P(correct) = σ(1.2 + ability − fades·ln(1 + gap in hours) − difficulty of the question).

    Half of the questions are hard, ± 1 on the logit; with `hard_after_gaps` longer gaps bring more of them.
    """
    rng = np.random.default_rng(seed)
    student, question, correct, seconds = [], [], [], []
    for who in range(STUDENTS):
        ability, now, last = rng.normal(0, 0.5), 1.6e9 + rng.uniform(0, 1e6), {}
        for _ in range(SITTINGS):
            now += HOUR * 10 ** rng.uniform(0.3, 3.2)
            for number in range(ANSWERS):
                now += rng.uniform(20, 90)
                concept, gap = number % CONCEPTS, now - last.get(number % CONCEPTS, now)
                hard = rng.random() < (np.log1p(gap / HOUR) / 7 if hard_after_gaps else 0.5)
                item = concept + CONCEPTS * (2 * rng.integers(0, QUESTIONS // CONCEPTS // 2) + int(hard))
                logit = 1.2 + ability - fades * np.log1p(gap / HOUR) - (1.0 if hard else -1.0)
                last[concept] = now
                for column, value in zip(
                    (student, question, correct, seconds),
                    (who, item, rng.random() < 1 / (1 + np.exp(-logit)), now),
                    strict=True,
                ):
                    column.append(value)
    ids = np.arange(len(student)).astype("S20")
    return Log.of(
        [f"s{i}" for i in range(STUDENTS)],
        [f"q{i}" for i in range(QUESTIONS)],
        student=np.array(student),
        question=np.array(question),
        correct=np.array(correct),
        time_seconds=np.array(seconds),
        event_id=ids,
        revision=ids,
    )


def evaluated(log, bank, build=None, **design):
    design = ForgettingDesign(**{"model": "logistic", "curves": ("power",), "folds": 3, **design})
    study = ForgettingStudy(log, bank.q_matrix, design, build)
    mastery = study.joined([study.mastery(pair) for pair in study.masteries])
    return study.result(mastery, [study.predicted(f, name, mastery.by_test_fold[f]) for f, name in study.curves])


def history_of(bank):
    return lambda: make_tracer("history", bank.q_matrix)


@pytest.fixture(scope="module")
def fading(bank):
    return evaluated(simulated(fades=0.35, hard_after_gaps=False), bank)


@pytest.fixture(scope="module")
def lasting(bank):
    return evaluated(simulated(fades=0.0, hard_after_gaps=False), bank)


@pytest.fixture(scope="module")
def confounded(bank):
    return evaluated(simulated(fades=0.0, hard_after_gaps=True), bank, history_of(bank), curves=("none",))


def row(result, curve, bucket):
    return next(entry for entry in result.buckets if (entry.curve, entry.bucket) == (curve, bucket))


def test_recall_that_fades_is_found_with_and_without_controls(fading):
    assert row(fading, "power", LONG).over[MASTERY].ci95[1] < 0
    assert fading.effects[0].helps
    assert fading.effects[-1].helps
    assert [effect.found for effect in fading.effects if effect.controls != ("position in the sitting",)] == [True] * 5
    assert fading.effects[0].weight.mean == pytest.approx(-0.35, abs=0.12)
    assert "No gap effect" not in reading(fading.effects)


def test_mastery_alone_expects_too_much_after_long_gaps_where_recall_fades(fading):
    assert row(fading, MASTERY, LONG).scores.bias.ci95[0] > 0
    assert abs(row(fading, "power", LONG).scores.bias.mean) < row(fading, MASTERY, LONG).scores.bias.mean


def test_recall_that_does_not_fade_is_not_found_to(lasting):
    assert not any(effect.found or effect.helps for effect in lasting.effects[:1])
    assert not lasting.effects[-1].found
    assert abs(lasting.effects[0].weight.mean) < 0.05
    assert row(lasting, "power", LONG).over[MASTERY].ci95[1] >= 0
    assert reading(lasting.effects) == "No gap effect was found beyond mastery."


def test_hard_questions_after_gaps_look_like_forgetting_until_difficulty_is_controlled(confounded):
    found = {effect.controls: effect.found for effect in confounded.effects}
    assert found[()]
    assert confounded.effects[0].helps
    assert not found[("question difficulty",)]
    assert not found[CONTROLS]
    assert "not separated from question difficulty" in reading(confounded.effects)


def test_every_answer_stands_in_one_bucket(fading):
    counts = {name: row(fading, MASTERY, name).answers for name in (*BUCKETS, ANY_GAP, FIRST) if name != "< 1 h"}
    inside = row(fading, MASTERY, "< 1 h").answers + sum(counts[name] for name in BUCKETS[1:])
    assert counts[ANY_GAP] == inside
    assert counts[ANY_GAP] + counts[FIRST] == STUDENTS * SITTINGS * ANSWERS
    assert counts[FIRST] == STUDENTS * CONCEPTS
    assert fading.students == STUDENTS


def test_every_curve_stands_beside_all_baselines(fading):
    names = [entry.curve for entry in fading.buckets if entry.bucket == ANY_GAP]
    assert names == [*BASELINES, "power"]
    assert set(row(fading, "power", ANY_GAP).over) == set(BASELINES)
    assert row(fading, CONSTANT, ANY_GAP).scores.auc.mean < row(fading, MASTERY, ANY_GAP).scores.auc.mean
    assert fading.best == "power"


def test_the_same_seed_gives_the_same_result(confounded, bank):
    assert evaluated(simulated(fades=0.0, hard_after_gaps=True), bank, history_of(bank), curves=("none",)) == confounded
