import numpy as np
import pytest

from preceptor.embed import TextVectors
from preceptor.embed.labels import Labels
from preceptor.embed.retrieval import likeness, retrieve
from preceptor.embed.texts import unit


def literal_micro_f1(vectors, labels, questions):
    hits = wanted = 0
    for concept in range(labels.of_question.shape[1]):
        n = int(labels.of_question[questions, concept].sum())
        near = []
        for question in questions:
            own = float(vectors.concepts[concept] @ vectors.questions[question])
            steps = [vectors.concepts[concept] @ s for s, q in zip(vectors.steps, vectors.step_owner, strict=True)
                     if q == question]  # fmt: skip
            near.append((-(own + max(steps)) / 2 if steps else -own, question))
        found = [question for _, question in sorted(near)[:n]]
        cluster = labels.cluster == labels.cluster[concept]
        hits += sum(bool(labels.of_question[question, cluster].any()) for question in found)
        wanted += n
    return hits / wanted


@pytest.mark.parametrize("seed", range(4))
def test_it_is_the_definition(seed):
    rng = np.random.default_rng(seed)
    of_question = rng.random((20, 6)) < 0.25
    owner = np.sort(rng.integers(20, size=30))
    cluster = np.array([0, 0, 1, 2, 2, 3])
    labels = Labels(of_question, of_question[owner], owner, cluster)
    vectors = TextVectors(*(unit(rng.normal(size=(n, 5))) for n in (20, 30, 6)), owner)
    questions = np.sort(rng.choice(20, size=13, replace=False))
    assert retrieve(vectors, labels, questions).micro_f1 == pytest.approx(literal_micro_f1(vectors, labels, questions))


def test_a_question_without_steps_is_as_near_as_its_own_text():
    vectors = TextVectors(
        unit(np.array([[1.0, 0.0], [1.0, 0.0]])), unit(np.array([[0.0, 1.0]])), unit(np.eye(2)), np.array([1])
    )
    np.testing.assert_allclose(likeness(vectors, vectors.concepts), [[1.0, 0.5], [0.0, 0.5]])


def test_a_concept_without_a_name_finds_nothing():
    labels = Labels(
        np.ones((3, 1), dtype=bool), np.zeros((0, 1), dtype=bool), np.zeros(0, dtype=np.int64), np.array([0])
    )
    vectors = TextVectors(
        unit(np.ones((3, 2))), np.zeros((0, 2), np.float32), np.zeros((1, 2), np.float32), labels.step_owner
    )
    assert retrieve(vectors, labels, np.arange(3)).micro_f1 == 0
