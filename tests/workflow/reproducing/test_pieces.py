"""Pieces are made once, and what they hold is told as it is."""

import json
from functools import partial

import pytest

from preceptor.domain import UserError
from preceptor.parallel import FailedPiecesError
from preceptor.progress import silent
from preceptor.workflow.clock import system_clock
from preceptor.workflow.reproducing.page import Figure, Grid, Page, Section
from preceptor.workflow.reproducing.pieces import Job, Pieces


@pytest.fixture
def pieces(tmp_path, still_clock):
    return lambda: Pieces(tmp_path, "exrec", 2, still_clock, silent)


def test_a_piece_is_made_once(pieces):
    first = pieces().of(Job("a", {"seed": 1}, lambda: {"value": 3}))
    again = pieces().of(Job("a", {"seed": 1}, lambda: pytest.fail("made twice")))
    assert first.new
    assert not again.new
    assert (again.file, again.metrics) == (first.file, {"value": 3})


def test_another_option_is_another_piece(pieces):
    told = [pieces().of(Job("a", {"seed": seed}, lambda seed=seed: {"value": seed})) for seed in (1, 2)]
    assert len({piece.file for piece in told}) == 2
    assert [piece.metrics["value"] for piece in told] == [1, 2]


def test_a_piece_that_failed_leaves_nothing(pieces, tmp_path):
    with pytest.raises(ZeroDivisionError):
        pieces().of(Job("a", {}, lambda: {"value": 1 / 0}))
    assert not list(tmp_path.rglob("*.json"))
    assert pieces().of(Job("a", {}, lambda: {"value": 1})).new


def test_a_run_file_says_how_it_came_about(pieces, tmp_path):
    piece = pieces().of(Job("a", {"seed": 1}, lambda: {"value": float("nan")}))
    record = json.loads((tmp_path / piece.file).read_text())
    assert record["config"] == {"seed": 1}
    assert record["metrics"] == {"value": None}
    assert set(record) >= {"command", "at", "versions", "seconds"}


def test_a_damaged_piece_is_refused(pieces, tmp_path):
    piece = pieces().of(Job("a", {}, lambda: {"value": 1}))
    (tmp_path / piece.file).write_text("{")
    with pytest.raises(UserError, match="delete the file"):
        pieces().of(Job("a", {}, dict))


def test_progress_counts_pieces(tmp_path, still_clock):
    told = []
    pieces = Pieces(tmp_path, "exrec", 2, still_clock, lambda *what: told.append(what))
    for name in "ab":
        pieces.of(Job(name, {}, dict))
    assert told == [("pieces of exrec", 0, 2), ("pieces of exrec", 1, 2)]


def test_in_a_sweep_a_failure_keeps_all_others(tmp_path, still_clock):
    jobs = [Job(name, {}, dict if name != "b" else lambda: {"value": 1 / 0}) for name in "abc"]
    pieces = Pieces(tmp_path, "exrec", 3, still_clock, silent)
    with pytest.raises(FailedPiecesError):
        pieces.every(jobs)
    assert len(list(tmp_path.rglob("*.json"))) == 2
    mended = [Job(name, {}, lambda: {"value": 2}) for name in "abc"]
    assert [(piece.new, piece.metrics) for piece in pieces.every(mended)] == [
        (False, {}), (True, {"value": 2}), (False, {}),
    ]  # fmt: skip


@pytest.mark.no_cover
def test_workers_find_what_this_process_finds(tmp_path):
    """Pieces travel: the same files and numbers on two workers."""
    found = []
    for backend in ("here", "workers:2"):
        pieces = Pieces(tmp_path / backend, "exrec", 2, system_clock(), silent, backend)
        found.append([(p.file, p.metrics) for p in pieces.every([Job(n, {}, partial(dict, value=7)) for n in "ab"])])
    assert found[0] == found[1]


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


def test_words_in_bold_and_columns_of_words_look_alike_on_both_pages():
    """Defect: the page for a browser showed the stars, and set the second column of words to the right."""
    told = Page(
        "T", ("**What differs.** All of `it`.",), (Section("One", [Grid(("a", "b", "c"), [("x", "y", "1")], 2)]),)
    )
    assert "<strong>What differs.</strong> All of <code>it</code>." in told.html()
    assert '<td class="words">y</td><td>1</td>' in told.html()
    assert "|---|---|---:|" in told.markdown()


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
