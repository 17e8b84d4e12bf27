"""The plan for a million students follows its run files."""

from pathlib import Path

import pytest

from preceptor.cli.scale_plan import PAGE, RUNS, USED, Plan, scale_page

ROOT = Path(__file__).parents[2]
ROUND = dict.fromkeys(USED, 100.0) | {"train": 1e5, "import": 10.0, "train memory": 1.0}


def test_the_page_is_current():
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    assert scale_page(page, ROOT / RUNS) == page


def test_figures_are_the_arithmetic_of_the_assumptions():
    plan = Plan(ROUND)
    assert plan.answers_a_year == 5_400_000_000
    assert plan.peak == pytest.approx(30e6 / 21_600 * 3)
    assert plan.cores("turn") == pytest.approx(plan.peak / 10)
    told = {what: much for what, _, much in plan.rows()}
    assert told["importing a year"] == "3.8 node hours, 20 s on 1,000 nodes"
    assert told["training on a sample, one node"] == "6 h, 10 · 10⁹ bytes"
    assert told["training on the year, one node"] == "12 days, 0.5 · 10¹² bytes"
    assert told["one tutor before all students, simulated"] == "278 core hours, 8.3 min on 1,000 nodes"
    assert told["all tutors, families and seeds"] == "41,667 core hours, 20.8 h on 1,000 nodes"


def test_more_work_costs_more():
    slower = Plan({name: 2 * value for name, value in ROUND.items()})
    assert slower.cores("planner") == pytest.approx(2 * Plan(ROUND).cores("planner"))
