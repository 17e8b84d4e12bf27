"""Pieces are made once, and what they hold is told as it is."""

import json

import pytest

from preceptor.domain import UserError
from preceptor.progress import silent
from preceptor.workflow.reproducing.page import Figure, Grid, Page, Section
from preceptor.workflow.reproducing.pieces import Pieces


@pytest.fixture
def pieces(tmp_path, still_clock):
    return lambda: Pieces(tmp_path, "exrec", 2, still_clock, silent)


def test_a_piece_is_made_once(pieces):
    first = pieces().of("a", {"seed": 1}, lambda: {"value": 3})
    again = pieces().of("a", {"seed": 1}, lambda: pytest.fail("made twice"))
    assert first.new
    assert not again.new
    assert (again.file, again.metrics) == (first.file, {"value": 3})


def test_another_option_is_another_piece(pieces):
    told = [pieces().of("a", {"seed": seed}, lambda seed=seed: {"value": seed}) for seed in (1, 2)]
    assert len({piece.file for piece in told}) == 2
    assert [piece.metrics["value"] for piece in told] == [1, 2]


def test_a_piece_that_failed_leaves_nothing(pieces, tmp_path):
    with pytest.raises(ZeroDivisionError):
        pieces().of("a", {}, lambda: {"value": 1 / 0})
    assert not list(tmp_path.rglob("*.json"))
    assert pieces().of("a", {}, lambda: {"value": 1}).new


def test_a_run_file_says_how_it_came_about(pieces, tmp_path):
    piece = pieces().of("a", {"seed": 1}, lambda: {"value": float("nan")})
    record = json.loads((tmp_path / piece.file).read_text())
    assert record["config"] == {"seed": 1}
    assert record["metrics"] == {"value": None}
    assert set(record) >= {"command", "at", "versions", "seconds"}


def test_a_damaged_piece_is_refused(pieces, tmp_path):
    piece = pieces().of("a", {}, lambda: {"value": 1})
    (tmp_path / piece.file).write_text("{")
    with pytest.raises(UserError, match="delete the file"):
        pieces().of("a", {}, dict)


def test_progress_counts_pieces(tmp_path, still_clock):
    told = []
    pieces = Pieces(tmp_path, "exrec", 2, still_clock, lambda *what: told.append(what))
    for name in "ab":
        pieces.of(name, {}, dict)
    assert told == [("pieces of exrec", 0, 2), ("pieces of exrec", 1, 2)]


PAGE = Page(
    "A <title>",
    ("Of `code` and [a file](pieces/a.json).",),
    (
        Section("One", [Grid(("a", "b"), [("x", "1"), ("y", "2")], watermark="NO RESULT"), "Said."]),
        Section("Two", [Figure("figures/f.svg", "A figure", "<svg/>", ["pieces/a.json", "pieces/a.json"])]),
    ),
)


def test_a_watermark_stands_in_every_row():
    rows = [line for line in PAGE.markdown().splitlines() if line.startswith(("| x", "| y"))]
    assert len(rows) == 2
    assert all("**NO RESULT**" in row for row in rows)
    assert 'data-mark="NO RESULT"' in PAGE.html()
    assert "NO RESULT" not in Grid(("a",), [("x",)]).markdown()


def test_every_figure_links_its_run_file_once():
    assert "![A figure](figures/f.svg)" in PAGE.markdown()
    assert PAGE.markdown().count("[1](pieces/a.json)") == 1
    assert 'src="figures/f.svg"' in PAGE.html()
    assert '<a href="pieces/a.json">1</a>' in PAGE.html()


def test_the_html_page_escapes_and_loads_nothing_from_elsewhere():
    shown = PAGE.html()
    assert "<h1>A &lt;title&gt;</h1>" in shown
    assert "<code>code</code>" in shown
    assert "http://" not in shown
    assert "https://" not in shown
