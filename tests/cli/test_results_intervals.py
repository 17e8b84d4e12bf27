"""The page of how often intervals hold the truth."""

import json
from pathlib import Path

import pytest

from preceptor.cli.interval_coverage import main
from preceptor.cli.results_intervals import intervals_page
from preceptor.evaluate.coverage import OURS

ROOT = Path(__file__).parents[2]
FILE = ROOT / "results/lab/coverage.json"


def test_the_page_is_the_one_the_run_file_gives():
    written = (ROOT / "docs/results/intervals.md").read_text(encoding="utf-8")
    assert written == intervals_page(FILE), "run `python -m preceptor.cli.results_intervals`"


def test_the_published_study_is_large_and_intervals_of_enough_students_hold():
    """Outcomes that experiments here are judged by; what is rare is published as it is, and no claim rests on it."""
    run = json.loads(FILE.read_text())
    assert run["design"]["experiments"] >= 2_000
    ours = [row for row in run["rows"] if row["method"] == OURS and row["students"] >= 50 and row["world"] != "rare"]
    assert len(ours) == 12
    assert all(0.93 <= row["share"] <= 0.97 for row in ours)


def test_undercoverage_stands_first(tmp_path):
    run = json.loads(FILE.read_text())
    for row in run["rows"]:
        if (row["world"], row["students"], row["method"]) == ("even", 100, OURS):
            row["share"] = 0.912
    (tmp_path / "run.json").write_text(json.dumps(run))
    assert "*even* with 100 students 91.2%" in intervals_page(tmp_path / "run.json").split("## ")[0]


@pytest.mark.slow
def test_a_small_study_is_printed_as_one_json_object(capsys):
    main(["--experiments", "4", "--students", "5", "--seed", "3"])
    printed = json.loads(capsys.readouterr().out)
    assert printed["design"]["seed"] == 3
    assert {row["students"] for row in printed["rows"]} == {5}
