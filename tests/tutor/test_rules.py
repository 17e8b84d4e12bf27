import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preceptor.tutor.last_answers import LastAnswersByConcept
from preceptor.tutor.rules import AIMS, ENOUGH_ANSWERS, TABLE, Action, Band, Last, action_on, band

PAGE = Path(__file__).parents[2] / "docs" / "tutor-rules.md"
ROW = re.compile(r"^\| (low|middle|high) \| (low|middle|high) \| (\w+) \| (\w+) \| (\w+) \|$", re.MULTILINE)
AIM = re.compile(r"^\| (\w+) \| .* \| (0\.\d\d) to (0\.\d\d) \|", re.MULTILINE)
IN = {Band.LOW: 0.3, Band.MIDDLE: 0.65, Band.HIGH: 0.9}


def test_the_code_holds_the_table_of_the_page():
    page = PAGE.read_text(encoding="utf-8")
    rows = {(Band(r), Band(m)): tuple(map(Action, rest)) for r, m, *rest in ROW.findall(page)}
    aims = {word: (float(low), float(high)) for word, low, high in AIM.findall(page)}

    assert rows == TABLE
    assert aims == {("diagnosis" if a is Action.DIAGNOSE else a.value): aim for a, aim in AIMS.items()}


def test_every_pair_of_bands_that_can_be_has_a_row():
    order = [Band.LOW, Band.MIDDLE, Band.HIGH]
    assert set(TABLE) == {(r, m) for r in order for m in order if order.index(r) <= order.index(m)}


@pytest.mark.parametrize(
    ("chance", "found"), [(0.0, "low"), (0.49, "low"), (0.5, "middle"), (0.8, "middle"), (0.81, "high")]
)
def test_bands_are_absolute(chance, found):
    assert band(chance) == found


@given(st.floats(0, 1), st.floats(0, 1), st.sampled_from(Last), st.integers(0, 10))
def test_every_state_has_an_action_and_little_evidence_never_advances(recall, mastery, last, attempts):
    """Defect 12: thresholds that ignore how many answers they rest on."""
    from preceptor.domain import ConceptRecall

    known = ConceptRecall("c", max(mastery, recall), recall, 1, None, None, attempts, 0)
    found = action_on(known, last)

    if attempts < ENOUGH_ANSWERS:
        assert found is not Action.ADVANCE
    if last is Last.NONE:
        assert found is Action.PRACTISE
    if last in (Last.MISSED, Last.MISCONCEPTION):
        assert found is not Action.ADVANCE


def test_what_was_mastered_is_reviewed_once_it_has_faded(known):
    """Defect 1: a mastered concept could never be forgotten, and one never learned was forgotten most."""
    assert action_on(known("area", 0.95, 0.94), Last.RIGHT) is Action.ADVANCE
    assert action_on(known("area", 0.95, 0.45), Last.RIGHT) is Action.REVIEW
    assert action_on(known("area", 0.2, 0.1), Last.RIGHT) is Action.PRACTISE


def test_last_answers_follow_each_concept_of_a_question(bank, event):
    history = [event("e1", "unlike-1", "2/7"), event("e2", "like-1", "3/5", 1.0), event("e3", "gone"),
               event("e4", "round-1", "4600", 0.4)]  # fmt: skip
    followed = LastAnswersByConcept.of(bank, history)

    assert followed.ended("add-unlike") is Last.MISCONCEPTION
    assert followed.by_concept["add-unlike"].misconception_id == "adds-across"
    assert followed.ended("add-like") is Last.RIGHT
    assert followed.by_concept["add-like"].missed is None
    assert followed.ended("rounding") is Last.MISSED  # most of it came from the hints
    assert followed.ended("area") is Last.NONE
