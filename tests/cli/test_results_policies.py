"""The page of policies says what the run files say."""

import json
from pathlib import Path

import pytest

from preceptor.cli.results_policies import policies_page, write_pages
from preceptor.domain import UserError

ROOT = Path(__file__).resolve().parents[2]
MOMENTS = ("now", "day7", "day30")


def estimate(mean):
    return {"mean": mean, "sd": 0.1, "ci95": [mean - 0.01, mean + 0.01]}


def row(judge, policy, value):
    return {
        "judge": judge, "own": judge == "own", "objective": "weakest", "policy": policy,
        "percent_of_bound": {moment: estimate(value) for moment in MOMENTS},
        "over_reference": {moment: estimate(value / 100) for moment in MOMENTS},
        "recall_over_reference": {moment: estimate(-0.0123) for moment in MOMENTS},
        "once": {"percent_of_bound": {moment: estimate(77.7) for moment in MOMENTS}},
    }  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    judges = {
        "latent:graded": {"kind": "latent", "family": "graded", "parameters": "abc123", "students": 90},
        "own": {"kind": "tracer", "own": True, "model": "dkt", "students": 90},
        "das3h": {"kind": "tracer", "own": False, "model": "das3h", "trained_on": 91, "epochs": 4, "students": 90},
    }
    values = {"random": 0.0, "planner": 12.3, "no-practice": -3.2}
    claim = {"objective": "weakest", "policy": "planner", "moment": "day7", "above": [], "below": []}
    run = {
        "rows": [row(judge, policy, value) for judge in judges for policy, value in values.items()],
        "objectives": ["weakest"], "policies": list(values), "reference": "random", "students": 90, "steps": 20,
        "model": {"name": "dkt", "run": "r"}, "judges": judges,
        "claims": [
            {**claim, "verdict": "only on its own tracer"},
            {**claim, "policy": "no-practice", "verdict": "not shown"},
        ],
    }  # fmt: skip
    (tmp_path / "baselines.json").write_text(json.dumps(run))
    path = {
        "asked": [{"question_id": "q", "text": "?", "concepts": ["Halves"], "correct": True, "at_seconds": 0.0}],
        "value": [0.2, 0.4], "target": ["Halves"],
    }  # fmt: skip
    case = {"student": "s7", "judge": "own", "objective": "weakest", "simulated": False, "paths": {"planner": path}}
    (tmp_path / "case.json").write_text(json.dumps({"cases": [case]}))
    return tmp_path


def test_every_figure_stands_on_the_page(folder):
    page = policies_page(folder)
    assert "| `planner` | +12.3 (+12.3 to +12.3) | +12.3 (+12.3 to +12.3) | +12.3 (+12.3 to +12.3) |" in page
    assert "| `no-practice` | -3.2 (-4.2 to -2.2) |" in page
    assert "+77.7" in page
    assert "`abc123`" in page
    assert "91 other students, 4 passes" in page
    assert "| `weakest` | `planner` | after 7 days | only on its own tracer |" in page
    assert "not shown: 1 of 2" in page
    assert "| `own` | -1.2 (-2.2 to -0.2) |" in page
    assert "student s7 (as a tracer believes)" in page


def test_without_a_run_the_user_is_told(tmp_path):
    with pytest.raises(UserError, match="holds no run"):
        policies_page(tmp_path)


def test_the_committed_page_is_the_one_the_run_files_give(tmp_path):
    (tmp_path / "results").mkdir()
    (tmp_path / "images").mkdir()
    write_pages(ROOT / "results", tmp_path)
    for name in ("results/policies.md", "images/policy-case-practiced.svg", "images/policy-case-weakest.svg"):
        assert (tmp_path / name).read_text() == (ROOT / "docs" / name).read_text()
