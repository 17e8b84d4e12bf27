import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.domain import QMatrix, UserError
from preceptor.trace.kc_groups import ConceptGroups

CONCEPTS = ("a", "b", "c", "d")


def q_matrix(of_question):
    rows = np.full((len(of_question), 2), -1, dtype=np.int32)
    for i, concepts in enumerate(of_question):
        rows[i, : len(concepts)] = concepts
    ids = tuple(f"q{i}" for i in range(len(of_question)))
    return QMatrix(ids, CONCEPTS, rows, np.full(len(ids), np.nan, np.float32))


ASKED = q_matrix([[0], [0, 1], [1], [2], [0, 2]])
"""d has no question."""


def test_the_first_concept_of_each_group_stands_for_it():
    groups = ConceptGroups(np.array([1, -1, 0, 1, 0]), np.ones((2, 1), dtype=bool))
    assert groups.first_concept.tolist() == [2, 0]


def test_a_question_counts_once_for_a_group_however_many_of_its_concepts_it_has():
    groups = ConceptGroups.of(ASKED, [("a", "b"), ("c",), ("d",)])
    p_correct = np.array([[0.1, 0.2, 0.3, 0.4, 0.9]], dtype=np.float32)
    np.testing.assert_allclose(groups.means(p_correct), [[0.375, 0.65]], atol=1e-6)


def test_a_group_without_questions_has_no_target():
    groups = ConceptGroups.of(ASKED, [("a", "b"), ("c",), ("d",)])
    assert len(groups) == 2
    assert groups.of_concept.tolist() == [0, 0, 1, -1]


@pytest.mark.parametrize("wrong", [[("a",)], [("a", "b"), ("b", "c", "d")]])
def test_every_concept_stands_in_one_group(wrong):
    with pytest.raises(ValueError, match="exactly one group"):
        ConceptGroups.of(ASKED, wrong)


@settings(deadline=None, derandomize=True)
@given(samples=st.integers(1, 20), seed=st.integers(0, 99))
def test_questions_are_drawn_from_the_group_alone_and_all_of_them(samples, seed):
    groups = ConceptGroups.of(ASKED, [("a", "b"), ("c",), ("d",)])
    drawn = groups.drawn(200, samples, np.random.default_rng(seed))
    assert drawn.shape == (200, 2, samples)
    assert set(drawn[:, 0].flat) == {0, 1, 2, 4}
    assert set(drawn[:, 1].flat) == {3, 4}


def test_vectors_that_stand_for_a_group():
    groups = ConceptGroups.of(ASKED, [("a", "b", "c"), ("d",)])
    vectors = np.array([[2, 0], [0, 2], [1.2, 1.6], [-2, 0]], dtype=np.float32) / np.sqrt(2)
    rng = np.random.default_rng(0)
    centroid = groups.shared(vectors, "centroid", rng)
    mean = np.array([1.6, 1.8]) / 3
    np.testing.assert_allclose(centroid[:3], [np.sqrt(2) * mean / np.linalg.norm(mean)] * 3, rtol=1e-6)
    np.testing.assert_array_equal(groups.shared(vectors, "medoid", rng)[:3], vectors[[2, 2, 2]])
    chosen = groups.shared(vectors, "random-member", np.random.default_rng(1))[:3]
    assert (chosen == chosen[0]).all()
    assert chosen[0] in vectors[:3]
    for how in ("centroid", "medoid", "random-member"):
        np.testing.assert_array_equal(groups.shared(vectors, how, rng)[3], vectors[3])


def test_a_group_of_one_keeps_its_vector():
    groups = ConceptGroups.of(ASKED, [(name,) for name in CONCEPTS])
    vectors = np.random.default_rng(0).normal(size=(4, 8)).astype(np.float32)
    for how in ("centroid", "medoid", "random-member"):
        np.testing.assert_array_equal(groups.shared(vectors, how, np.random.default_rng(0)), vectors)


def test_an_unknown_vector_is_refused():
    with pytest.raises(UserError, match="centroid"):
        ConceptGroups.of(ASKED, [(name,) for name in CONCEPTS]).shared(np.zeros((4, 2), np.float32), "best", None)
