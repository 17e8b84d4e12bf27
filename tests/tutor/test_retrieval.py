import numpy as np
import pytest

from preceptor.domain import Outcome
from preceptor.tutor import Query, memories, persona, retrieve_memories, retrieve_persona
from preceptor.tutor.memory import Memory


class OneWordAxis:
    """Every marked word is an axis, so that similarities are known by hand."""

    words = ("stem", "text", "key", "other")

    def encode(self, texts):
        counts = np.array([[text.split().count(word) for word in self.words] for text in texts], dtype=np.float32)
        length = np.linalg.norm(counts, axis=1, keepdims=True)
        return np.where(length > 0, counts / np.where(length > 0, length, 1), 0).astype(np.float32)


def remembered(event_id: str, text: str, keywords: str, outcome: Outcome, now: float) -> Memory:
    return Memory(event_id, now, ("rounding",), outcome, "", text, keywords)


def test_lambda_changes_the_ranking_of_memories(bank, now):
    query = Query(bank.question["round-1"], "stem stem")
    by_text = remembered("by-text", "stem", "other", Outcome.WRONG, now)
    by_keyword = remembered("by-keyword", "other", "stem", Outcome.WRONG, now)

    def order(weight: float) -> list[str]:
        found = retrieve_memories([by_text, by_keyword], query, bank, OneWordAxis(), now, weight)
        return [memory.event_id for memory in found]

    assert order(0.9) == ["by-text", "by-keyword"]
    assert order(0.1) == ["by-keyword", "by-text"]


def test_a_recent_miss_comes_before_an_old_one_and_before_a_right_answer(bank, event, encoder, now):
    history = [
        event("old", "unlike-1", "5/7", days=90),
        event("right", "unlike-2", "7/10", 1.0, days=1),
        event("new", "unlike-1", "1/7", days=2),
    ]
    query = Query(bank.question["unlike-1"], "3/7")

    found = retrieve_memories(memories(history, bank), query, bank, encoder, now)

    assert found[0].event_id == "new"


def test_the_same_misconception_comes_first(bank, event, encoder, now):
    history = [event("same", "unlike-2", "2/7", days=3), event("other", "unlike-2", "9/10", days=3)]
    query = Query(bank.question["unlike-1"], "2/7", "adds-across")

    found = retrieve_memories(memories(history, bank), query, bank, encoder, now)

    assert found[0].event_id == "same"


def test_only_the_concepts_of_the_question_and_their_prerequisites_are_remembered(bank, event, encoder, now):
    history = [event("a", "round-1", "1"), event("b", "like-1", "1"), event("c", "unlike-2", "1")]

    found = retrieve_memories(memories(history, bank), Query(bank.question["unlike-1"]), bank, encoder, now)

    assert {memory.event_id for memory in found} == {"b", "c"}


def test_what_happened_the_same_way_many_times_is_told_once(bank, event, encoder, now):
    history = [event(f"e{i}", "unlike-1", "2/7", days=3) for i in range(6)]

    found = retrieve_memories(memories(history, bank), Query(bank.question["unlike-1"]), bank, encoder, now)

    assert len(found) == 1


@pytest.mark.parametrize("count", [0, 1, 3, 30])
def test_at_most_three_are_kept(bank, event, encoder, now, count):
    history = [event(f"e{i}", ("unlike-1", "unlike-2", "like-1")[i % 3], f"{i}/9") for i in range(count)]

    found = retrieve_memories(memories(history, bank), Query(bank.question["unlike-1"]), bank, encoder, now)

    assert min(count, 1) <= len(found) <= 3


def test_the_persona_is_cut_to_what_the_question_needs_and_one_strength(bank, event, known, encoder, now):
    history = [event(f"e{i}", q) for i, q in enumerate(("unlike-1", "like-1", "round-1", "area-1"))]
    recalls = {
        "add-unlike": known("add-unlike", 0.5, 0.4),
        "add-like": known("add-like", 0.7, 0.6),
        "rounding": known("rounding", 0.9, 0.85),
        "area": known("area", 0.95, 0.9),
    }
    entries = persona(history, bank, recalls, now)

    found = retrieve_persona(entries, Query(bank.question["unlike-1"]), bank, encoder)

    assert {entry.concept_id for entry in found[:2]} == {"add-unlike", "add-like"}
    assert [entry.concept_id for entry in found[2:]] == ["area"]


def test_a_weak_concept_elsewhere_is_no_strength(bank, event, known, encoder, now):
    entries = persona(
        [event("e1", "unlike-1"), event("e2", "round-1")],
        bank,
        {"add-unlike": known("add-unlike", 0.5, 0.4), "rounding": known("rounding", 0.9, 0.9, attempts=2)},
        now,
    )

    found = retrieve_persona(entries, Query(bank.question["unlike-1"]), bank, encoder)

    assert [entry.concept_id for entry in found] == ["add-unlike"]


def test_nothing_known_gives_nothing(bank, encoder, now):
    assert retrieve_persona([], Query(bank.question["unlike-1"]), bank, encoder) == ()
    assert retrieve_memories([], Query(bank.question["unlike-1"]), bank, encoder, now) == ()
