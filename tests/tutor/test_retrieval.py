import numpy as np
import pytest

from preceptor.domain import Outcome, UserError
from preceptor.tutor import MemoryIndex, Query, Ranking, memories, persona, retrieve_memories, retrieve_persona
from preceptor.tutor.memory import Memory

DAY = 86_400.0


class OneWordAxis:
    """Every marked word is an axis, so that similarities are known by hand."""

    key = ""
    words = ("stem", "text", "key", "other")

    def encode(self, texts):
        counts = np.array([[text.split().count(word) for word in self.words] for text in texts], dtype=np.float32)
        counts = counts.reshape(len(texts), len(self.words))
        length = np.linalg.norm(counts, axis=1, keepdims=True)
        return np.where(length > 0, counts / np.where(length > 0, length, 1), 0).astype(np.float32)


class Likes:
    """A reranker that wants one word."""

    def __init__(self, word: str) -> None:
        self.word = word

    def score(self, query, texts):
        return np.array([float(self.word in text.split()) for text in texts])


def remembered(
    event_id: str, text: str, keywords: str, days: float | None = 0.0, concepts=("rounding",), outcome=Outcome.WRONG
) -> Memory:
    seconds = None if days is None else 1_000 * DAY - days * DAY
    return Memory(event_id, seconds, concepts, outcome, "", text, keywords)


def fading(**half_life_days: float):
    """What is left of a concept halves in so many days."""
    return lambda concept_id, days: 0.5 ** (days / half_life_days[concept_id])


def scores(index: MemoryIndex, query: Query, bank, now: float, ranking: Ranking) -> dict[str, float]:
    return {found.memory.event_id: found.score for found in index.search(query, bank, now, ranking)}


def test_changing_lambda_changes_the_ranking_of_memories(bank, now):
    """The specification's check 3, first half: in the original λ was inert, both vectors being the same."""
    query = Query(bank.question["round-1"], "stem stem")
    by_text, by_keyword = remembered("by-text", "stem", "other"), remembered("by-keyword", "other", "stem")

    def order(weight: float) -> list[str]:
        found = retrieve_memories([by_text, by_keyword], query, bank, OneWordAxis(), now, Ranking(weight))
        return [memory.event_id for memory in found]

    assert order(0.9) == ["by-text", "by-keyword"]
    assert order(0.1) == ["by-keyword", "by-text"]


def test_changing_one_concept_s_forgetting_leaves_memories_of_other_concepts_untouched(bank, now):
    """The specification's check 3, second half: the original applied one forgetting record to every item."""
    index = MemoryIndex(OneWordAxis())
    index.extend(
        [remembered("a", "stem", "key", 9, ("add-unlike",)), remembered("b", "stem text", "key", 9, ("add-like",))]
    )
    query = Query(bank.question["unlike-1"], "stem text")

    before = scores(index, query, bank, now, Ranking(fading=fading(**{"add-unlike": 30.0, "add-like": 30.0})))
    after = scores(index, query, bank, now, Ranking(fading=fading(**{"add-unlike": 3.0, "add-like": 30.0})))

    assert after["b"] == before["b"]
    assert after["a"] == pytest.approx(before["a"] * 0.5**3 / 0.5**0.3)


def test_a_memory_of_two_concepts_fades_as_their_mean(bank, now):
    index = MemoryIndex(OneWordAxis())
    index.extend([remembered("both", "stem", "stem", 4, ("add-unlike", "add-like"))])
    query, fades = Query(bank.question["unlike-1"], "stem"), fading(**{"add-unlike": 2.0, "add-like": 4.0})

    faded, whole = (scores(index, query, bank, now, Ranking(fading=how))["both"] for how in (fades, None))

    assert faded == pytest.approx(whole * (0.25 + 0.5) / 2)


def test_without_fading_age_does_not_matter_and_with_it_the_newer_comes_first(bank, now):
    old, new = remembered("old", "stem stem", "key", 60), remembered("new", "stem text", "key", 1)
    undated = remembered("undated", "stem other", "key", None)
    query = Query(bank.question["round-1"], "stem")

    def order(how) -> list[str]:
        return [m.event_id for m in retrieve_memories([old, undated, new], query, bank, OneWordAxis(), now, how)]

    assert order(Ranking())[0] == "old"
    assert order(Ranking(fading=fading(rounding=14.0))) == ["new", "undated", "old"]


def test_the_reranker_decides_among_the_candidates_only(bank, now):
    near = [remembered(f"near{i}", "stem " * 5 + "text " * 3 * i, "stem") for i in range(3)]
    far = remembered("far", "stem other other other", "key")
    query = Query(bank.question["round-1"], "stem")

    def first(candidates: int) -> str:
        how = Ranking(candidates=candidates, kept=1, reranker=Likes("other"))
        return retrieve_memories([*near, far], query, bank, OneWordAxis(), now, how)[0].event_id

    assert first(4) == "far"
    assert first(3) == "near0"


def test_copies_take_no_candidate_s_place_and_the_newest_stays(bank, now):
    copies = [remembered(f"copy{i}", "stem", "key") for i in range(20)]
    other = remembered("other", "stem text text", "key")
    query = Query(bank.question["round-1"], "stem")

    found = retrieve_memories([*copies, other], query, bank, OneWordAxis(), now, Ranking(candidates=3))

    assert [memory.event_id for memory in found] == ["copy19", "other"]


def test_an_index_that_grew_answer_by_answer_finds_what_one_made_at_once_finds(bank, event, encoder, now):
    history = [event(f"e{i}", ("unlike-1", "unlike-2", "like-1")[i % 3], f"{i}/9", days=40 - i) for i in range(30)]
    whole, grown = MemoryIndex(encoder), MemoryIndex(encoder)
    whole.extend(memories(history, bank))
    for answer in history:
        grown.extend(memories([answer], bank))
    query, how = Query(bank.question["unlike-1"], "2/7"), Ranking(fading=lambda concept_id, days: np.exp(-days / 9))

    assert [memory.event_id for memory in grown.memories] == [f"e{i}" for i in range(30)]
    assert scores(grown, query, bank, now, how) == pytest.approx(scores(whole, query, bank, now, how), rel=1e-5)


def test_what_is_still_the_present_is_left_out(bank, event, encoder, now):
    index = MemoryIndex(encoder)
    index.extend(memories([event("before", "unlike-2", "2/7"), event("present", "unlike-1", "2/7")], bank))
    query = Query(bank.question["unlike-1"], "2/7", "adds-across")

    found = index.search(query, bank, now, Ranking(), without=("present", "never-seen"))

    assert [one.memory.event_id for one in found] == ["before"]


@pytest.mark.parametrize("wrong", [{"weight": 1.5}, {"weight": -0.1}, {"kept": 0}, {"kept": 4, "candidates": 3}])
def test_numbers_out_of_range_are_refused(wrong):
    with pytest.raises(UserError):
        Ranking(**wrong)


def test_a_recent_miss_comes_before_an_old_one_and_before_a_right_answer(bank, event, encoder, now):
    history = [
        event("old", "unlike-1", "5/7", days=90),
        event("right", "unlike-2", "7/10", 1.0, days=1),
        event("new", "unlike-1", "1/7", days=2),
    ]
    query = Query(bank.question["unlike-1"], "3/7")

    how = Ranking(fading=lambda concept_id, days: 0.5 ** (days / 14))
    found = retrieve_memories(memories(history, bank), query, bank, encoder, now, how)

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
    assert len(found) == 3
    assert found[2].strong


def test_the_question_s_own_concept_stands_before_its_prerequisites(bank, event, known, encoder, now):
    recalls = {"add-unlike": known("add-unlike", 0.5, 0.4), "add-like": known("add-like", 0.7, 0.6)}
    entries = persona([event("e1", "like-1"), event("e2", "unlike-1")], bank, recalls, now)
    likes_the_other = Ranking(kept=1, reranker=Likes("like"))

    for how in (Ranking(), likes_the_other):
        found = retrieve_persona(entries, Query(bank.question["unlike-1"]), bank, encoder, how)
        assert found[0].concept_id == "add-unlike"


def test_of_two_strengths_the_relevant_one_is_kept_and_an_irrelevant_one_never(bank, event, known, now):
    class Entry:
        def __init__(self, concept_id: str, text: str) -> None:
            self.concept_id, self.text, self.keywords, self.strong = concept_id, text, text, True

    related, unrelated = Entry("area", "stem text"), Entry("rounding", "other")
    query = Query(bank.question["unlike-1"], "stem")

    assert retrieve_persona([unrelated, related], query, bank, OneWordAxis()) == (related,)
    assert retrieve_persona([unrelated], query, bank, OneWordAxis()) == ()


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
