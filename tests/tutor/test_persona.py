import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.domain import ConceptRecall
from preceptor.tutor import persona

FIGURES = re.compile(r": recall now (\d+) %, mastery (\d+) %, .*\. Answers right: ([\d.]+) of (\d+)\.")


def test_an_empty_history_has_an_empty_persona(bank, known, now):
    assert persona([], bank, {"rounding": known("rounding", 0.4, 0.4, 0, 0, None)}, now) == ()


@settings(deadline=None, derandomize=True)
@given(st.floats(0.01, 1), st.floats(0, 1), st.integers(1, 50), st.data())
def test_the_figures_in_the_text_are_the_figures_given(bank, event, now, mastery, part, attempts, data):
    correct = data.draw(st.integers(0, attempts))
    given_recall = ConceptRecall("rounding", mastery, mastery * part, part, None, None, attempts, correct)

    entry = persona([event("e1", "round-1")], bank, {"rounding": given_recall}, now)[0]

    recall, before, right, all_answers = FIGURES.search(entry.text).groups()
    assert (float(right), int(all_answers)) == (correct, attempts)
    assert int(recall) == round(100 * given_recall.recall)
    assert int(before) == round(100 * mastery)


def test_every_entry_cites_the_newest_five_answers_on_its_concept(bank, event, known, now):
    history = [event(f"e{i}", ("round-1", "like-1")[i % 2]) for i in range(14)]
    recalls = {name: known(name, 0.6, 0.6) for name in ("rounding", "add-like", "area")}

    entries = persona(history, bank, recalls, now)

    assert {entry.concept_id: entry.event_ids for entry in entries} == {
        "add-like": ("e5", "e7", "e9", "e11", "e13"),
        "rounding": ("e4", "e6", "e8", "e10", "e12"),
    }


def test_changing_one_recall_leaves_the_other_entries_untouched(bank, event, known, now):
    history = [event("e1", "round-1"), event("e2", "like-1"), event("e3", "area-1")]
    recalls = {name: known(name, 0.9, 0.8) for name in ("rounding", "add-like", "area")}

    before = {entry.concept_id: entry for entry in persona(history, bank, recalls, now)}
    changed = recalls | {"rounding": replace(recalls["rounding"], recall=0.2)}
    after = {entry.concept_id: entry for entry in persona(history, bank, changed, now)}

    assert after["rounding"] != before["rounding"]
    assert {k: v for k, v in after.items() if k != "rounding"} == {k: v for k, v in before.items() if k != "rounding"}


@pytest.mark.parametrize(
    ("recall", "attempts", "correct", "to_do"),
    [(0.49, 9, 1.0, "practise"), (0.8, 9, 1.0, "practise"), (0.81, 9, 1.0, "advance"), (0.99, 2, 1.0, "practise")],
)
def test_what_to_do_follows_from_absolute_bands_and_only_on_evidence(
    bank, event, known, now, recall, attempts, correct, to_do
):
    """Defect 12: 0 % over one attempt was called a need for improvement."""
    recalls = {"rounding": known("rounding", recall, recall, attempts, attempts)}
    entry = persona([event("e1", "round-1", "4600", correct)], bank, recalls, now)[0]

    assert entry.action == to_do
    assert f"To do: {to_do}." in entry.text
    assert "improvement" not in entry.text


def test_without_times_nothing_is_dated(bank, event, known, now):
    entry = persona(
        [event("e1", "round-1", days=None)], bank, {"rounding": known("rounding", 0.6, 0.6, days=None)}, now
    )

    assert "ago" not in entry[0].text


def test_keywords_hold_name_code_and_the_misconceptions_met(bank, event, known, now):
    history = [event("e1", "unlike-1", "2/7")]

    entry = persona(history, bank, {"add-unlike": known("add-unlike", 0.6, 0.6)}, now)[0]

    assert entry.keywords == "Adding unlike fractions 5.NF.A.1 adds the denominators too"


def test_answers_to_questions_that_left_the_bank_do_no_harm(bank, event, known, now):
    assert persona([event("e1", "gone")], bank, {"rounding": known("rounding", 0.6, 0.6)}, now) == ()


def test_partial_credit_is_told_in_points(bank, event, known, now):
    history = [event("e1", "unlike-1", "7/12", 2 / 3), event("e2", "unlike-2", "2/7")]

    (entry,) = persona(history, bank, {"add-unlike": known("add-unlike", 0.6, 0.6, 2, 2 / 3)}, now)

    assert "Answers right: 0.7 of 2." in entry.text
