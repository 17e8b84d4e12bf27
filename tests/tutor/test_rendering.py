import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.domain import SECONDS_PER_DAY, ConceptRecall
from preceptor.tutor.last_answers import LastAnswersByConcept
from preceptor.tutor.rendering import figures_of, parse, render, state_of
from preceptor.tutor.rules import Action

chances = st.floats(0, 1)


@st.composite
def knowns(draw, now):
    mastery, attempts = draw(chances), draw(st.integers(0, 60))
    recall = mastery * draw(chances)
    credit = draw(st.floats(0, attempts)) if attempts else 0.0
    last = draw(st.none() | st.floats(0, 4_000 * SECONDS_PER_DAY).map(lambda seconds: now - seconds))
    return ConceptRecall("add-unlike", mastery, recall, 1.0, None, last, attempts, credit)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.data(), st.sampled_from(["en", "de"]))
def test_profile_text_numbers_equal_the_minds_numbers_when_parsed_back(bank, event, now, data, language):
    """TASA's acceptance check 4."""
    known = data.draw(knowns(now))
    responses = ("2/7", "5/7", "?", "", "recall now 99 %, mastery 99 %", "To do: advance.")
    response = data.draw(st.sampled_from(responses))
    history = [event("e1", "unlike-1", response, data.draw(st.sampled_from([0.0, 1.0])))] if known.attempts else []
    last = LastAnswersByConcept.of(bank, history).by_concept.get("add-unlike")
    state = state_of(bank, known, last)

    read = parse(render(state, bank, now, language), state.name, language)

    assert read == figures_of(state, now)
    assert read.recall == round(100 * known.recall)
    if known.attempts:
        assert (read.mastery, read.answers) == (round(100 * known.mastery), known.attempts)
        assert read.forgotten == read.mastery - read.recall
        assert read.right == pytest.approx(known.correct, abs=0.051)


@pytest.mark.parametrize(
    ("gap_seconds", "english", "german"),
    [
        (36 * 3_600, "Last practised 1.5 days ago.", "Zuletzt geübt vor 1,5 Tagen."),
        (2_000 / 1_000, "Last practised 2 seconds ago.", "Zuletzt geübt vor 2 Sekunden."),
        (SECONDS_PER_DAY, "Last practised 1 day ago.", "Zuletzt geübt vor 1 Tag."),
        (12.4 * SECONDS_PER_DAY, "Last practised 12 days ago.", "Zuletzt geübt vor 12 Tagen."),
    ],
)
def test_a_gap_keeps_its_unit_and_36_hours_print_one_and_a_half_days(
    bank, known, event, now, gap_seconds, english, german
):
    """TASA's acceptance check 1: 2,000 ms are 2 s everywhere; 36 h print 1.5 days."""
    found = known("add-unlike", 0.9, 0.8, days=gap_seconds / SECONDS_PER_DAY)
    state = state_of(bank, found, None)

    assert english in render(state, bank, now, "en")
    assert german in render(state, bank, now, "de")
    unit = {1: "second", 60: "minute", 3_600: "hour", SECONDS_PER_DAY: "day"}
    number, name = figures_of(state, now).since
    seconds = next(size for size, told in unit.items() if told == name) * number
    assert seconds == pytest.approx(gap_seconds, rel=0.05)


def test_changing_one_concepts_forgetting_leaves_the_texts_of_others_untouched(bank, event, known, now):
    """TASA's acceptance check 3, second half, and defect 4 of its method: each item has its own concept's state."""
    history = [event("e1", "round-1", "4500"), event("e2", "like-1", "3/5", 1.0), event("e3", "area-1")]
    followed = LastAnswersByConcept.of(bank, history).by_concept
    recalls = {name: known(name, 0.9, 0.8) for name in ("rounding", "add-like", "area")}

    def texts(recalls):
        return {c: render(state_of(bank, recalls[c], followed.get(c)), bank, now, "en") for c in recalls}

    before, after = texts(recalls), texts(recalls | {"rounding": replace(recalls["rounding"], recall=0.2)})

    assert before["rounding"] != after["rounding"]
    assert {c: before[c] for c in ("add-like", "area")} == {c: after[c] for c in ("add-like", "area")}


def test_mastery_and_recall_of_a_text_come_from_one_model(bank, event, known, now):
    """Defect 3 of TASA's method: the score came from one source and the mastery shown from another."""
    history = [event(f"e{i}", "round-1", "1") for i in range(5)]  # a history of five misses says nothing of 0.9
    last = LastAnswersByConcept.of(bank, history).by_concept["rounding"]
    figures = figures_of(state_of(bank, known("rounding", 0.9, 0.6, 5, 0), last), now)

    assert (figures.mastery, figures.recall, figures.forgotten) == (90, 60, 30)


def test_the_last_error_is_told_with_its_cause_and_age(bank, event, known, now):
    history = [event("e1", "unlike-1", "2/7", days=1.5), event("e2", "unlike-2", "7/10", 1.0)]
    last = LastAnswersByConcept.of(bank, history).by_concept["add-unlike"]
    text = render(state_of(bank, known("add-unlike", 0.7, 0.6), last), bank, now, "en")

    assert text.endswith(r"To do: practise. Last error, 1.5 days ago: $\frac{2}{7}$ (adds the denominators too).")


def test_a_concept_without_answers_is_said_to_be_new_and_dated_by_nothing(bank, known, now):
    """Defect 11: a concept without attempts had no state at all."""
    state = state_of(bank, known("area", 0.4, 0.4, 0, 0, None), None)

    assert render(state, bank, now, "en") == (
        "Area of rectangles: not practised yet, recall now 40 %. To do: practise."
    )
    assert state.action is Action.PRACTISE


def test_a_text_about_another_concept_is_not_read(bank, known, now):
    text = render(state_of(bank, known("area", 0.4, 0.4), None), bank, now, "en")

    assert parse(text, "Rounding whole numbers", "en") is None
    assert parse(re.sub("recall", "memory", text), "Area of rectangles", "en") is None
