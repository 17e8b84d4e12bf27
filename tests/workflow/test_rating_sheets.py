"""What people rate: blind, in an order that tells nothing, and read back as it was meant."""

import csv
import re

import pytest

from preceptor.domain import UserError
from preceptor.evaluate.judging_dialogues.cases import Case, Unit
from preceptor.evaluate.judging_dialogues.judgement import Outcome
from preceptor.tutor.situation import Said
from preceptor.workflow.rating_sheets import read_ratings, write_sheets


@pytest.fixture
def pairs():
    cases = [
        Case(f"case{i}", f"student{i}", Unit.RESPONSE, (f"Knows {i}.",),
             {"tasa": (Said("tutor", f"=GOOD {i}"),), "rival": (Said("tutor", f"<b>BAD</b> {i}"),)})
        for i in range(40)
    ]  # fmt: skip
    return [(case, "tasa", "rival") for case in cases]


def filled(sheet, choose):
    """Fill a sheet by a function of the texts of A and B."""
    rows = list(csv.reader(sheet.read_text(encoding="utf-8-sig").splitlines()))
    for row in rows[2:]:
        row[5] = choose(row[3], row[4])
    with sheet.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    return sheet


def test_ratings_come_back_seen_from_the_arm(pairs, tmp_path):
    sheet, _ = write_sheets(tmp_path / "out", pairs, seed=3)
    found = read_ratings(filled(sheet, lambda a, b: "A" if "GOOD" in a else "b "), pairs, seed=3)
    assert [entry.outcome for entry in found] == [Outcome.WIN] * 40
    assert {entry.case_id for entry in found} == {case.case_id for case, _, _ in pairs}


def test_what_stands_first_is_drawn_and_nothing_tells_the_arms(pairs, tmp_path):
    sheet, page = write_sheets(tmp_path / "out", pairs, seed=3)
    always_first = read_ratings(filled(sheet, lambda a, b: "A"), pairs, seed=3)
    assert 10 < sum(entry.outcome is Outcome.WIN for entry in always_first) < 30
    for written in (sheet.read_text(encoding="utf-8-sig"), page.read_text()):
        assert not re.findall(r"tasa|rival|student\d|case\d", written)


def test_the_page_shows_texts_as_they_are_and_loads_nothing(pairs, tmp_path):
    _, page = write_sheets(tmp_path / "out", pairs, seed=3)
    shown = page.read_text()
    assert "&lt;b&gt;BAD&lt;/b&gt; 7" in shown
    assert not re.findall(r"https?://|<script|<img", shown)


def test_what_is_not_filled_is_not_judged(pairs, tmp_path):
    sheet, _ = write_sheets(tmp_path / "out", pairs, seed=3)
    found = read_ratings(filled(sheet, lambda a, b: "tie" if "7" in a else ""), pairs, seed=3)
    assert {entry.outcome for entry in found} == {Outcome.TIE}
    assert len(found) == 4


def test_a_sheet_without_any_choice_is_no_judgement(pairs, tmp_path):
    """Defect: it was recorded as one of no cases, and stood in the report instead of the one before."""
    sheet, _ = write_sheets(tmp_path / "out", pairs, seed=3)
    with pytest.raises(UserError, match="no choice yet"):
        read_ratings(sheet, pairs, seed=3)


def test_a_formula_stays_a_text(pairs, tmp_path):
    sheet, _ = write_sheets(tmp_path / "out", pairs, seed=3)
    assert "tutor: =GOOD" in sheet.read_text(encoding="utf-8-sig")
    assert not re.findall(r"(?:^|,)\"?=", sheet.read_text(encoding="utf-8-sig"), re.MULTILINE)


def test_ratings_are_not_written_over(pairs, tmp_path):
    write_sheets(tmp_path, pairs, seed=3)
    with pytest.raises(UserError, match="may hold ratings"):
        write_sheets(tmp_path, pairs, seed=3)


def test_a_sheet_of_another_seed_or_with_another_word_is_refused(pairs, tmp_path):
    sheet, _ = write_sheets(tmp_path, pairs, seed=3)
    filled(sheet, lambda a, b: "A")
    with pytest.raises(UserError, match="--seed"):
        read_ratings(sheet, pairs, seed=4)
    with pytest.raises(UserError, match="'both'"):
        read_ratings(filled(sheet, lambda a, b: "both"), pairs, seed=3)
    (tmp_path / "other.csv").write_text("# other\nx,y\n1,2\n")
    with pytest.raises(UserError, match="no rating sheet"):
        read_ratings(tmp_path / "other.csv", pairs, seed=3)
