"""The committed page of TASA's tables shows what the run files beside it hold."""

import json
from pathlib import Path

import pytest

from preceptor.workflow.reproducing.tasa_tables import percent

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/results/tasa.md").read_text()


@pytest.mark.parametrize("table", [1, 2])
def test_every_gain_of_a_table_is_that_of_its_run_file(table):
    (file,) = (ROOT / "results/reproduce").glob(f"tasa-*-table{table}-*.json")
    told = json.loads(file.read_text())["metrics"]
    lines = PAGE.split(f"## Table {table}: ")[1].split("## ")[0].splitlines()
    for arm in told["arms"]:
        (line,) = (line for line in lines if f"| `{arm}` |" in line)
        gains = {row["form"]: row["group_gain"] for row in told["gains"] if row["arm"] == arm}
        assert f"| `{arm}` | {percent(gains['now'])} | {percent(gains['day7'])} |" in line
        assert file.name in line


def test_no_figure_of_another_evaluation_choice_stands_outside_the_marked_table():
    before, marked = PAGE.split("## What evaluation choices do")
    rows = [line for line in marked.splitlines() if line.startswith("| `")]
    assert rows
    assert all("**NO RESULT**" in row for row in rows)
    assert "NO RESULT" not in before
