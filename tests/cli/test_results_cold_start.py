"""The page of cold starts."""

import json
from pathlib import Path

import pytest

from preceptor.cli.results_cold_start import cold_start_page
from preceptor.domain import UserError

ROOT = Path(__file__).parents[2]


def test_the_page_is_the_one_the_run_files_give():
    written = (ROOT / "docs/results/cold-start.md").read_text(encoding="utf-8")
    assert written == cold_start_page(ROOT / "results/cold-start"), "run `python -m preceptor.cli.results_cold_start`"


def estimate(mean):
    return {"mean": mean, "sd": None, "ci95": [mean - 0.01, mean + 0.01]}


def row(model, auc, **more):
    return {"model": model, "applicable": True, "auc": estimate(auc), "log_loss": estimate(0.6), "answers": 1234,
            "per_concept": {"auc": estimate(0.55)}, "folds": [1], **more}  # fmt: skip


@pytest.fixture
def page(tmp_path):
    def made(*rows, folds_run=(1,), **more):
        held_out = {"what": "KCs", "folds": {str(fold): {"groups": 4, "questions": 50} for fold in folds_run}}
        protocol = {"name": "new-concepts", "students": "by hash", "splits": "by a hash", "history": "whole",
                    "predicted": "held-out questions", "held_out": held_out, "folds": 5,
                    "folds_run": folds_run}  # fmt: skip
        data = {"students": 10, "questions": 20, "concepts": 3, "interactions": 400, "data_hash": "0" * 16}
        run = {"course": "class", "simulated": False, "data": data, "protocol": protocol, "rows": rows, **more}
        (tmp_path / "run.json").write_text(json.dumps(run))
        return cold_start_page(tmp_path)

    return made


def cells(page):
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in page.splitlines() if line.startswith("| ")][1:]


def test_gains_stand_beside_figures_with_their_intervals(page):
    gain = {"auc": estimate(0.03), "log_loss": estimate(-0.02)}
    found = cells(
        page(
            row("average", 0.5, floor=True),
            row("dkt", 0.6, over_floor=gain),
            row("text", 0.63, over_floor=gain, over_first=gain),
        )
    )
    assert found[0][:4] == ["average", "1", "1,234", "0.5000 (0.4900 to 0.5100)"]
    assert found[1][6:] == ["+0.0300 (+0.0200 to +0.0400)", "–", "–"]
    assert found[2][7:] == ["+0.0300 (+0.0200 to +0.0400)", "-0.0200 (-0.0300 to -0.0100)"]


def test_what_was_not_run_is_told(page):
    assert "Not run: 4 of 5 folds." in page(row("dkt", 0.6))
    assert "Not run" not in page(row("dkt", 0.6), folds_run=(1, 2, 3, 4, 5))


def test_an_arbitrary_order_is_marked_and_simulated_students_are_called_so(page):
    marked = row("dkt", 0.6, order="arbitrary", shuffles={"number": 5, "auc_sd": 0.0123})
    text = page(marked, simulated=True)
    assert "`dkt`: order arbitrary, mean of 5 shuffles, between which AUC has a deviation of 0.0123" in text
    assert "10 simulated students" in text
    assert "order arbitrary" not in page(row("dkt", 0.6))


def test_a_tracer_without_a_place_for_new_concepts_has_no_figures(page):
    (found,) = cells(page({"model": "sakt", "applicable": False, "missing": ["place for new KCs"]}))
    assert found[3] == "not applicable: no place for new KCs"


def test_a_file_that_is_no_run_is_named(tmp_path):
    (tmp_path / "other.json").write_text("{}")
    with pytest.raises(UserError, match="is no run of an evaluation"):
        cold_start_page(tmp_path)
