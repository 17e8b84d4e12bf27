"""The page of calibrated concepts says what the run files say."""

import json
from pathlib import Path

import pytest

from preceptor.cli.results_calibrate import VARIANTS, calibrate_page
from preceptor.domain import UserError

ROOT = Path(__file__).resolve().parents[2]


def estimate(mean):
    return {"mean": mean, "sd": 0.1, "ci95": [mean - 0.01, mean + 0.01]}


def measured(kc_mae):
    return {"kc_mae": kc_mae, "kc_mae_states": kc_mae + 0.001, "test": {"auc": 0.79, "log_loss": 0.55, "ece": 0.0091}}


def row(name, value, less):
    metrics = ("within", "overall", "mae")
    return {"estimate": name, **{m: estimate(value) for m in metrics}, "less": {m: estimate(less) for m in metrics}}


@pytest.fixture
def folder(tmp_path):
    told = {
        "annotate": {"framework": "ccssm", "questions": 2502, "concepts": 208, "clusters": 97, "seconds": 5.0,
                     "counts": {"concepts_of_their_own": 185}},
        "embed": {"encoder": "minilm", "texts": 8775, "seconds": 165.0},
        "train": {"test": {"auc": 0.777, "ece": 0.0085}, "test_with_forgetting": {"auc": 0.795, "ece": 0.006},
                  "seconds": 137.0},
    }  # fmt: skip
    for name, content in told.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(content))
    for name, error in (("default", 0.0031), ("joint-answers", 0.0052), ("vectors-none", 0.0041), ("labelled", 0.002)):
        run = {
            "groups": 70, "questions_per_group": 54.0, "states": 20_000, "epochs": 18, "seconds": 61.4,
            "before": measured(0.2 if name == "vectors-none" else 0.138), "after": measured(error),
        }  # fmt: skip
        rows = [row("mastery", 0.72, 0.0), row("uncalibrated mastery", 0.7, 0.02)]
        (tmp_path / f"{name}.json").write_text(json.dumps(run))
        (tmp_path / f"{name}-mastery.json").write_text(json.dumps({"rows": rows, "students": 520, "concepts": 70}))
    return tmp_path


def test_every_option_that_was_measured_has_its_row(folder):
    page = calibrate_page(folder)
    assert "| before | 0.1380 | 0.1390 | 0.7900 | 0.5500 | 0.0091 |" in page
    assert "| as it is without options | 0.0031 | 0.0041 |" in page
    assert "| `--joint --joint-on answers` | 0.0052 | 0.0062 |" in page
    assert "| uncalibrated mastery | 0.7000 | 0.7000 | 0.7000 | +0.0200 (+0.0100 to +0.0300) |" in page
    assert VARIANTS["samples-5"] not in page
    assert "| after `train --vectors none`, before | 0.2000 |" in page
    assert "| after `train --vectors none` | 0.0041 |" in page


def test_the_way_from_questions_without_labels_is_told_with_what_labels_would_give(folder):
    page = calibrate_page(folder)
    assert "2,502 questions, 208 concepts in 97 clusters, 185 of them not named by the framework; 5 s" in page
    assert "AUC 0.7770, ECE 0.0085; as served, with levels and forgetting, 0.7950 and 0.0060" in page
    assert "KC MAE 0.1380 before, 0.0020 after" in page.split("## With the labels as they were written")[1]


def test_without_the_default_there_is_no_page(folder):
    (folder / "default.json").unlink()
    with pytest.raises(UserError, match=r"default\.json"):
        calibrate_page(folder)


def test_a_damaged_run_file_is_told(folder):
    (folder / "default-mastery.json").write_text("{")
    with pytest.raises(UserError, match=r"default-mastery\.json"):
        calibrate_page(folder)


def test_the_committed_page_is_the_one_of_the_run_files():
    assert (ROOT / "docs/results/calibrate.md").read_text() == calibrate_page(ROOT / "results/calibrate")
