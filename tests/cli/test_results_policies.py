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


def row(judge, policy, value, beside=()):
    over = {other: {moment: estimate(value / 50) for moment in MOMENTS} for other in beside if other != policy}
    return {
        "over": over,
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


@pytest.fixture
def held_beside(folder):
    """Runs in which four policies are held against three, as `make policy-judges` leaves them."""
    run = json.loads((folder / "baselines.json").read_text())
    beside = ("planner", "lowest-recall", "planner-unspaced")
    names = ("random", "lowest-recall", "planner", "planner-unspaced", "look-ahead", "ddpg-mve-weakest/*")
    run |= {
        "policies": list(names),
        "rows": [row(judge, name, 1.0, beside) for judge in run["judges"] for name in names],
    }
    (folder / "baselines.json").write_text(json.dumps(run))

    def fresh(other_than_seed):
        (folder / "fresh.json").write_text(json.dumps(run | {"other_than_seed": other_than_seed}))

    return fresh


def test_what_plans_or_has_learned_is_held_against_others_and_every_pair_once(folder, held_beside):
    told = policies_page(folder).partition("Less other policies")[2].partition("The same at once")[0]
    pairs = [tuple(cell.strip(" `") for cell in line.split("|")[1:3]) for line in told.splitlines() if "| `" in line]
    assert pairs[1:] == [
        ("planner", "lowest-recall"),
        ("planner", "planner-unspaced"),
        ("planner-unspaced", "lowest-recall"),
        *(("look-ahead", other) for other in ("planner", "lowest-recall", "planner-unspaced")),
        *(("ddpg-mve-weakest/*", other) for other in ("planner", "lowest-recall", "planner-unspaced")),
    ]


def test_the_page_says_on_whom_rest_was_chosen(folder, held_beside):
    chosen = "were chosen on students of run `baselines`: what it gains here may flatter it."
    assert chosen in policies_page(folder)
    assert "`fresh`" not in policies_page(folder)
    held_beside(0)
    page = policies_page(folder)
    assert f"{chosen} Run `fresh` compares on other students." in page
    assert "The students here are others" in page.partition("## Run `fresh`")[2]
    held_beside(None)
    with pytest.raises(UserError, match="students of any seed"):
        policies_page(folder)
