import json
from pathlib import Path

import pytest

from preceptor.bench.contract import BenchOptions, BenchRow, at_most
from preceptor.bench.kept import Measured, kept
from preceptor.cli.results_performance import TABLES, performance_page
from preceptor.domain import UserError

ROOT = Path(__file__).resolve().parents[2]
PAGE = "Before.\n<!-- table tracing -->\nold\n<!-- end -->\nBetween.\n<!-- table online -->\n<!-- end -->\nAfter.\n"


@pytest.fixture
def runs(tmp_path):
    """A run file of one comparison with a note and one with an interval."""
    noted = BenchRow("simplekt", 4_000.0, 400.0, 10.0, "interactions/s", 10.0, (9.0, 11.0), 33.3, "recorded: why")
    plain = BenchRow("dkt", 50_000.0, 2_500.0, 20.0, "interactions/s", 12.0, (19.0, 21.04), 31.0)
    for row in (noted, plain):
        kept(BenchOptions(runs=tmp_path), "tracing", row.name, {}, lambda row=row: Measured([row], {}))
    return tmp_path


def test_tables_come_from_run_files_and_words_stay(runs):
    page = performance_page(PAGE, runs)
    assert page.startswith("Before.\n")
    assert page.endswith("After.\n")
    assert "old" not in page
    assert "| dkt | 50,000 | 2,500 | interactions/s | 20 | 19.0 to 21.0 | 12 | 31 |" in page
    assert "simplekt [1]" in page
    assert "[1] recorded: why." in page
    assert "Not measured yet." in page
    assert performance_page(page, runs) == page


def test_limits_are_shown_beside_what_was_measured(runs):
    row = at_most("dkt, update after 200 answers, p95", 0.25, 5.0, "ms")
    kept(BenchOptions(runs=runs), "online", "dkt", {}, lambda: Measured([row], {}))
    assert "| dkt, update after 200 answers, p95 | 0.25 | 5 |" in performance_page(PAGE, runs)


def test_a_training_says_its_minutes_and_where_they_went(runs):
    rows = [
        at_most("ddpg, one concept: training", 6.5, 10.0, "min"),
        at_most("ddpg, one concept: critics, forward", 24.0, None, "% of training"),
    ]
    kept(BenchOptions(runs=runs), "train-policy", "ddpg-single", {}, lambda: Measured(rows, {}))
    page = performance_page(f"{PAGE}<!-- table train-policy -->\n<!-- end -->\n", runs)
    assert "| ddpg, one concept: training | 6.5 | 10 |" in page
    assert "| share of the time | ddpg, one concept |" in page
    assert "| critics, forward | 24 % |" in page


def test_a_damaged_run_file_is_told(tmp_path):
    (tmp_path / "tracing-dkt.json").write_text(json.dumps({"bench": "tracing"}))
    with pytest.raises(UserError, match=r"tracing-dkt\.json"):
        performance_page(PAGE, tmp_path)


def test_the_page_has_every_table_and_says_what_the_run_files_say():
    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    assert all(f"<!-- table {name} -->" in page for name in TABLES)
    assert performance_page(page, ROOT / "results" / "bench") == page
