import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.domain import SECONDS_PER_DAY, Outcome
from preceptor.tutor import memories
from preceptor.tutor.memory import MemoryKind, dated
from preceptor.tutor.memory_log import MemoryLog

SECOND = 1 / SECONDS_PER_DAY


def kinds(log, kind):
    return [memory for memory in log.memories if memory.kind is kind]


def test_the_third_miss_in_a_row_and_its_end_are_remembered(bank, event):
    answers = ["1", "2", "?", "4", "4600", "1", "4600"]
    history = [event(f"e{i}", "round-1", a, float(a == "4600")) for i, a in enumerate(answers)]
    log = MemoryLog.of(bank, history)
    (run,), (ended,) = kinds(log, MemoryKind.RUN_OF_MISSES), kinds(log, MemoryKind.RUN_ENDED)

    assert (run.text, run.event_ids) == ("3 misses in a row on Rounding whole numbers.", ("e0", "e1", "e2"))
    assert (ended.text, ended.event_ids, ended.outcome) == (
        "After 4 misses in a row on Rounding whole numbers, a right answer.",
        ("e0", "e1", "e2", "e3", "e4"),
        Outcome.CORRECT,
    )


def test_a_misconception_is_overcome_by_two_right_answers_where_it_would_have_shown(bank, event):
    history = [
        event("e1", "unlike-1", "2/7"),
        event("e2", "unlike-1", "7/12", 1.0),
        event("e3", "unlike-2", "2/7"),  # it shows again
        event("e4", "like-1", "3/5", 1.0),  # here it could not show
        event("e5", "unlike-2", "7/10", 0.4),  # most of it came from the hints
        event("e6", "unlike-1", "7/12", 1.0),
        event("e7", "unlike-2", "7/10", 1.0),
    ]
    (overcome,) = kinds(MemoryLog.of(bank, history), MemoryKind.OVERCOME)

    assert (overcome.misconception_id, overcome.event_ids) == ("adds-across", ("e3", "e6", "e7"))
    assert overcome.text == (
        "A misconception about Adding unlike fractions did not show again: adds the denominators too."
    )


def test_a_sitting_is_remembered_once_the_next_begins(bank, event):
    history = [event(f"e{i}", "round-1", "4600", float(i > 0), days=5 - 60 * i * SECOND) for i in range(4)]
    history += [event("late", "like-1", days=1)]
    log = MemoryLog.of(bank, history)
    (sitting,) = kinds(log, MemoryKind.SITTING)

    assert not kinds(MemoryLog.of(bank, history[:-1]), MemoryKind.SITTING)
    assert sitting.text == "A sitting of 4 answers, 3 of them right, on Rounding whole numbers."
    assert (sitting.event_ids, sitting.time_seconds) == (("e0", "e1", "e2", "e3"), history[3].time_seconds)


def test_description_and_keywords_are_different_texts_and_no_two_memories_are_alike(bank, event):
    """Defects 6 and 7: memories were the concept's name and right or wrong, the same sentence several times."""
    history = [event("e1", "unlike-1", "2/7"), event("e2", "unlike-2", "2/7"), event("e3", "unlike-1", "5/7")]
    found = MemoryLog.of(bank, history).memories

    assert all(memory.text != memory.keywords for memory in found)
    assert len({memory.text for memory in found}) == len(found)
    assert all(memory.question and memory.response in ("2/7", "5/7") for memory in found[:3])
    assert found[0].keywords == "Adding unlike fractions wrong adds the denominators too"


def test_german_questions_are_remembered_in_german(bank, event, now):
    german = replace(bank, questions=tuple(replace(q, language="de") for q in bank.questions))
    memory = MemoryLog.of(german, [event("e1", "round-1", "1", days=1.5)]).memories[0]

    assert dated(memory, now).startswith("Vor 1,5 Tagen: Auf die Aufgabe „Round")
    assert memory.keywords.endswith("falsch")


answers = st.tuples(
    st.sampled_from(["unlike-1", "unlike-2", "round-1", "like-1", "gone"]),
    st.sampled_from(["2/7", "?", "1", ""]),
    st.sampled_from([0.0, 0.0, 0.4, 1.0]),
    st.sampled_from([None, 0.0, 60.0, 1_900.0, 90_000.0]),
)


@settings(deadline=None, derandomize=True, max_examples=150)
@given(st.lists(answers, max_size=40), st.data())
def test_the_replay_equals_the_increments_bit_for_bit(bank, event, now, given_answers, data):
    history, at = [], now - 90 * SECONDS_PER_DAY
    for i, (question_id, response, correct, gap) in enumerate(given_answers):
        at += gap or 0.0
        built = event(f"e{i}", question_id, response, correct)
        history.append(replace(built, time_seconds=None if gap is None else at))
    log = MemoryLog.of(bank, history[: data.draw(st.integers(0, len(history)))])
    seen = list(log.memories)
    done = sum(memory.kind is MemoryKind.ANSWER for memory in seen)
    known = [e for e in history if e.question_id in bank.question]
    for later in known[done:]:
        new = log.observe(later)
        seen.extend(new)

    assert list(log.memories) == seen == list(MemoryLog.of(bank, history).memories)
    assert [m for m in seen if m.kind is MemoryKind.ANSWER] == list(memories(history, bank))
    assert len({memory.memory_id for memory in seen}) == len(seen)


@pytest.mark.no_cover
def test_one_more_answer_costs_as_much_after_ten_thousand_as_after_ten(bank, event):
    def calls(before: int) -> int:
        log = MemoryLog.of(bank, (event(f"e{i}", "round-1", "4600", float(i % 2)) for i in range(before)))
        made = 0

        def count(frame, what, argument):
            nonlocal made
            made += 1

        sys.setprofile(count)
        log.observe(event("new", "round-1", "4600", 1.0))
        sys.setprofile(None)
        return made

    assert calls(10_000) == calls(10)
