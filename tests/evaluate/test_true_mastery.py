from dataclasses import replace

import numpy as np
import pytest

from preceptor.domain import Bank, Concept, Log, Question, QuestionKind
from preceptor.evaluate.true_mastery import own_accuracy, question_shares, through_questions, true_mastery
from preceptor.simulate import LatentMind, LatentTruth
from preceptor.simulate.parameters import DEFAULT_LATENT

TRUE = Bank(
    (Concept("a", "a", grade=3), Concept("b", "b", grade=4)),
    tuple(
        Question(f"q{i}", f"{i}", QuestionKind.NUMBER, "1", concepts, difficulty=float(i))
        for i, concepts in enumerate([("a",), ("a",), ("b",), ("a", "b")])
    ),
)


def annotated():
    """The same questions under induced concepts, in another order."""
    labels = {"q3": ("x", "y", "z"), "q0": ("x",), "q1": ("y",), "q2": ("x", "z")}
    questions = tuple(replace(TRUE.question[name], concepts=concepts) for name, concepts in labels.items())
    return Bank(tuple(Concept(name, name) for name in "xyz"), questions)


def test_truth_is_the_mean_latent_chance_over_all_questions_of_a_concept():
    mind = LatentMind(TRUE)
    state = mind.initial(3, np.random.default_rng(0))
    truth = LatentTruth(("s0", "s1", "s2"), ("a", "b"), (), state, 1, 0, DEFAULT_LATENT)
    at = np.array([1e6, 2e6])
    found = true_mastery(TRUE, truth, np.array([2, 0]), at)
    own = state.take(np.array([2, 0]))
    each = [mind.p_correct(own, np.full(2, question), at) for question in range(4)]
    np.testing.assert_allclose(found[:, 0], (each[0] + each[1] + each[3]) / 3)
    np.testing.assert_allclose(found[:, 1], (each[2] + each[3]) / 2)


def test_where_the_true_concepts_are_the_banks_their_own_mastery_counts():
    np.testing.assert_array_equal(through_questions(TRUE, TRUE), np.eye(2))


def test_a_true_concept_is_read_through_its_questions():
    weights = through_questions(TRUE, annotated())
    third = 1 / 3
    np.testing.assert_allclose(
        weights,
        [[(1 + 0 + third) / 3, (0 + 1 + third) / 3, third / 3], [(0.5 + third) / 2, third / 2, (0.5 + third) / 2]],
    )
    np.testing.assert_allclose(weights.sum(axis=1), 1)


def test_shares_of_a_concept_without_questions_are_zero():
    alone = replace(TRUE, concepts=(*TRUE.concepts, Concept("c", "c")))
    assert question_shares(alone)[2].tolist() == [0, 0, 0, 0]


def test_own_accuracy_ends_where_it_is_told_and_falls_back_on_all_questions():
    rows = [(0, 0, 1), (0, 1, 0), (0, 3, 1), (0, 2, 0), (1, 2, 1), (1, 2, 0)]
    student, question, correct = (np.array(column) for column in zip(*rows, strict=True))
    log = Log.of(
        ("s0", "s1"), TRUE.q_matrix.question_ids, student=student, question=question, correct=correct,
        event_id=np.array([f"{i}" for i in range(6)], dtype="S20"), revision=np.full(6, b"r"),
        time_seconds=np.arange(6.0), duration_seconds=np.full(6, np.nan, np.float32),
    )  # fmt: skip
    found = own_accuracy(TRUE, log, np.array([0, 1]), np.array([3, 6]))
    assert found[0].tolist() == pytest.approx([2 / 3, 1.0])
    assert found[1].tolist() == pytest.approx([0.5, 0.5])
