from types import SimpleNamespace

import numpy as np
import pytest

from preceptor.course import Settings
from preceptor.curriculum import CONCEPTS
from preceptor.domain import Bank, Interaction, Outcome, Question, QuestionKind, UserError
from preceptor.embed import LexicalEncoder
from preceptor.embed.rerank import CrossEncoder, LateInteraction
from preceptor.workflow import remembering
from preceptor.workflow.remembering import Remembering, corpus_of


@pytest.fixture
def bank() -> Bank:
    concepts = CONCEPTS[:2]
    return Bank(
        concepts,
        tuple(
            Question(f"q{i}", f"What is {i} + {i}?", QuestionKind.NUMBER, "1", (concepts[i % 2].concept_id,))
            for i in range(6)
        ),
    )


def record(student_id: str, answers: int, mark: str = ""):
    return SimpleNamespace(
        student_id=student_id,
        history=tuple(
            Interaction(f"{mark}e{i}", student_id, f"q{i % 6}", "r", 0.0, i, 1e9 + i, str(i), outcome=Outcome.WRONG)
            for i in range(answers)
        ),
    )


class Counting:
    """Counts what it encodes."""

    key = ""

    def __init__(self, encoder: LexicalEncoder) -> None:
        self.encoder, self.texts = encoder, 0

    def encode(self, texts):
        self.texts += len(texts)
        return self.encoder.encode(texts)


@pytest.fixture
def encoder(bank) -> Counting:
    return Counting(LexicalEncoder().fit(corpus_of(bank)))


def test_an_answer_more_is_one_step_and_leads_to_what_a_replay_leads_to(bank, encoder):
    kept = Remembering(encoder, bank)
    kept.of(record("ann", 20))
    before = encoder.texts
    grown = kept.of(record("ann", 21))
    assert encoder.texts - before <= 3
    replayed = Remembering(encoder, bank).of(record("ann", 21))
    assert list(grown.index.memories) == list(replayed.index.memories)
    assert grown.model.answers == replayed.model.answers == 21
    assert kept.of(record("ann", 21)).index is grown.index


def test_another_history_is_taken_in_anew(bank, encoder):
    kept = Remembering(encoder, bank)
    kept.of(record("ann", 9))
    assert [m.event_id for m in kept.of(record("ann", 2, "other-")).index.memories][:2] == ["other-e0", "other-e1"]
    assert len(kept.of(record("ann", 0)).index) == 0


def test_students_are_kept_apart_and_only_so_many_of_them(bank, encoder, monkeypatch):
    monkeypatch.setattr(remembering, "MOST_STUDENTS", 2)
    kept = Remembering(encoder, bank)
    first = kept.of(record("ann", 3))
    assert kept.of(record("bea", 1)).index is not first.index
    kept.of(record("cem", 1))
    again = kept.of(record("ann", 3))
    assert again.index is not first.index
    assert list(again.index.memories) == list(first.index.memories)


def test_a_concept_that_the_model_does_not_know_does_not_fade():
    model = SimpleNamespace(q_matrix=SimpleNamespace(concept_index={}))
    np.testing.assert_array_equal(remembering.fading_of(model, None)("gone", np.array([1.0, 9.0])), [1, 1])


def test_the_course_s_settings_say_how_memories_are_ranked(bank):
    def made(**settings):
        course = SimpleNamespace(settings=Settings(settings, {}))
        model = SimpleNamespace(q_matrix=SimpleNamespace(concept_index={}))
        return Remembering.of_course(course, bank).ranking(model, None)

    assert made().fading is None
    assert isinstance(made().reranker, LateInteraction)
    assert made(tutor_memories_fade=True).fading is not None
    assert isinstance(made(tutor_reranker="cross-encoder:owner/model").reranker, CrossEncoder)
    with pytest.raises(UserError, match="reranker"):
        made(tutor_reranker="cross")
