"""The page of what tutors teach is written from run files alone, and claims no more than they bear out."""

import json
import random
import re

import numpy as np
import pytest

from preceptor.cli.results_lab import lab_page, write_pages
from preceptor.cli.results_lab_pictures import main_picture, sweep_picture, turns_picture
from preceptor.domain import UserError
from preceptor.evaluate.tutoring.design import FORMS, LabDesign
from preceptor.workflow.tutor_evaluation import measured, power_of
from preceptor.workflow.tutor_runs import LabOptions

STUDENTS, TURNS = 25, 4


def piece(arm, seed, shift):
    rng = np.random.default_rng([seed, len(arm)])
    base = np.random.default_rng(seed).random(STUDENTS)
    outcomes = {}
    for kind in ("accuracy", "recall", "expected", "transfer"):
        for form in FORMS:
            moved = 0.0 if form == "pre" else shift + rng.normal(0, 0.01, STUDENTS)
            outcomes[f"{kind}_{form}"] = np.clip(base + moved, 0, 1).tolist()
    outcomes |= {f"path_{turn}": (base + shift * turn / TURNS).tolist() for turn in range(TURNS + 1)}
    outcomes |= {name: base.tolist() for name in ("turns_to_criterion", "wrong_statements", "leaks")}
    if arm == "tasa":
        outcomes["brier_day7"] = base.tolist()
    calibration = {"day7": [[10, 5.0, 6.0]]} if arm == "tasa" else {}
    return {
        "arm": arm,
        "seed": seed,
        "outcomes": outcomes,
        "calibration": calibration,
        "milliseconds_per_turn": 1.0,
        "tokens": 0,
    }


def run_of(family, shifts, without=()):
    design = LabDesign(family, students=STUDENTS, turns=TURNS)
    options = LabOptions(tuple(shifts), design, seeds=2)
    pieces = [piece(arm, seed, shift) for arm, shift in shifts.items() for seed in (0, 1)]
    for one in pieces:
        one["outcomes"] = {name: values for name, values in one["outcomes"].items() if not name.startswith(without)}
    told = {"family": family, "arms": list(shifts), "seeds": 2, "design": design.about, "model": "dkt/1"}
    return {**told, "power": power_of(options, len(shifts)), "power_measured": None, **measured(pieces, 0)}


@pytest.fixture
def folder(tmp_path):
    def write(**shifts):
        for family, own in shifts.items():
            family = family.replace("_", "-")
            (tmp_path / f"main-{family}.json").write_text(json.dumps(run_of(family, own)))
        return tmp_path

    return write


def test_what_two_families_bear_out_is_claimed(folder):
    shifts = {"none": -0.1, "random": 0.0, "tasa": 0.1}
    page = lab_page(folder(logistic=shifts, two_state=shifts))
    assert "| `tasa` | `random` | logistic, two-state | – | better |" in page
    assert "| `none` | `random` | – | logistic, two-state | worse |" in page


def test_what_one_family_bears_out_is_not_claimed(folder):
    page = lab_page(folder(logistic={"random": 0.0, "tasa": 0.1}, two_state={"random": 0.0, "tasa": 0.0005}))
    assert "| `tasa` | `random` | logistic | – | not shown |" in page


def test_the_page_begins_with_what_it_comes_to(folder):
    """Every family of a question stands in one row, and the verdict is the one of the claims."""
    shifts = {"none": -0.1, "random": 0.0, "oracle-choice": 0.2, "tasa": 0.1}
    written = folder(logistic=shifts, two_state=shifts)
    short = lab_page(written).split("## In short")[1].split("## ")[0]
    row = next(line for line in short.splitlines() if line.startswith("| Does our tutor teach more"))
    less = next(
        row for row in json.loads((written / "main-logistic.json").read_text())["differences"]
        if (row["arm"], row["reference"], row["outcome"]) == ("tasa", "random", "accuracy_day7")
    )  # fmt: skip
    assert f"| `tasa` less `random` | {less['mean']:+.3f} (" in row
    assert row.endswith("| better |")
    assert next(line for line in short.splitlines() if "`none` less `tasa`" in line).endswith("| worse |")
    assert "without a persona" not in short, "a question that no run answers is not asked"


def test_one_family_is_no_verdict(folder):
    short = lab_page(folder(two_state={"random": 0.0, "tasa": 0.1})).split("## In short")[1].split("## ")[0]
    assert short.count("| one family |") == 3


def test_a_part_that_does_not_help_is_published(folder):
    page = lab_page(folder(logistic={"random": 0.0, "tasa": -0.1}, two_state={"random": 0.0, "tasa": -0.1}))
    assert "| `tasa` | `random` | – | logistic, two-state | worse |" in page


def test_a_claim_stands_beside_that_of_another_training(folder, tmp_path):
    folder(logistic={"random": 0.0, "tasa": 0.1})
    (tmp_path / "again-logistic.json").write_text(json.dumps(run_of("logistic", {"random": 0.0, "tasa": 0.0005})))
    told = lab_page(tmp_path).split("## With the tracer trained anew\n")[1].split("##")[0]
    rows = [line for line in told.splitlines() if line.startswith("| `logistic`")]
    assert [row.count("\\*") for row in rows] == [2, 0]
    assert "| `logistic` | `dkt/1` | +0.09" in rows[0]


def test_transfer_has_a_table_where_the_bank_has_questions_for_it(folder, tmp_path):
    shifts = {"random": 0.0, "tasa": 0.1}
    assert "Transfer, in the same way" in lab_page(folder(logistic=shifts))
    (tmp_path / "main-logistic.json").write_text(json.dumps(run_of("logistic", shifts, without=("transfer_",))))
    assert "Transfer" not in lab_page(tmp_path)


def test_an_arm_that_believes_nothing_has_dashes(folder):
    page = lab_page(folder(logistic={"random": 0.0, "tasa": 0.1}))
    row = next(line for line in page.splitlines() if line.startswith("| `random` |") and line.count("–") >= 3)
    assert row.endswith("| – | 0 | 1.0 |")


def test_parts_are_held_against_the_whole(folder, tmp_path):
    (tmp_path / "parts-logistic.json").write_text(json.dumps(run_of("logistic", {"random": 0.0, "tasa": 0.1})))
    page = lab_page(tmp_path)
    assert "the difference to `tasa`" in page
    row = next(line for line in page.splitlines() if line.startswith("| `random` |"))
    assert "-0.1" in row


def test_sweeps_and_longer_sessions_have_sections_of_their_own(folder, tmp_path):
    row = {"arm": "tasa", "outcome": "recall_day7", "mean": 0.02, "sd": 0.1, "ci95": [0.01, 0.03], "n": 9}
    rows = [{"parameter": "", "value": None, **row}, {"parameter": "best_p", "value": 0.55, **row}]
    (tmp_path / "sweep-logistic.json").write_text(json.dumps({"sweep": rows}))
    (tmp_path / "turns-logistic.json").write_text(json.dumps(run_of("logistic", {"random": 0.0, "tasa": 0.1})))
    page = lab_page(tmp_path)
    assert "| `best_p` | 0.55 | +0.020 (+0.010 to +0.030) |" in page
    assert "| as fitted | – | +0.020" in page
    assert "| arm | 2 turns | 4 turns |" in page


def test_the_page_and_its_pictures_have_no_source_of_chance(folder, tmp_path, monkeypatch):
    found = folder(logistic={"none": -0.1, "random": 0.0, "tasa": 0.1})
    run = json.loads((found / "main-logistic.json").read_text())
    before = lab_page(found), main_picture("logistic", run)

    def drawn(*_, **__):
        raise AssertionError("a page draws numbers")

    for name in ("default_rng", "Generator", "RandomState", "random", "normal"):
        monkeypatch.setattr(np.random, name, drawn)
    for name in ("random", "gauss", "uniform", "Random"):
        monkeypatch.setattr(random, name, drawn)
    assert (lab_page(found), main_picture("logistic", run)) == before


def full_run(evidence, model="tiny-7B", size=7_000_000_000):
    run = run_of("logistic", {"random": 0.0, "vanilla-icl": 0.05, "tasa": 0.1})
    row = {"tokens": 12_345, "turns": 200, "fallback_share": 0.25, "refused": {"key": 49}, "failed": {"timeout": 1}}
    told = {"evidence": evidence, "language_model": model, "model_size_parameters": size}
    return {**run, **told, "spoken": [{"arm": arm, **row} for arm in ("vanilla-icl", "tasa")]}


def section(page):
    return page.split("## With a language model\n")[1]


def test_the_table_of_full_forms_is_empty_until_a_model_has_spoken(folder):
    told = section(lab_page(folder(logistic={"random": 0.0, "tasa": 0.1})))
    assert "empty until a model of at least 4B parameters" in told
    for arm in ("vanilla-icl", "mathchat", "tutorllm", "pss-mv", "tasa"):
        assert re.search(rf"^\| `{arm}` (\| – )+\|$", told, re.MULTILINE)


def test_full_forms_of_a_large_model_have_their_rows_with_what_they_took(folder, tmp_path):
    folder(logistic={"random": 0.0, "tasa": 0.1})
    (tmp_path / "full-logistic.json").write_text(json.dumps(full_run(True)))
    told = section(lab_page(tmp_path))
    assert "empty" not in told
    assert re.search(r"^\| `vanilla-icl` \| 0\.", told, re.MULTILINE)
    assert "| `tasa` | 12,345 | 200 | 25.0% | 49 key | 1 timeout |" in told
    assert "PLUMBING" not in told


@pytest.mark.parametrize(("model", "size", "told"), [("m-135M", 135_000_000, "135,000,000"), ("m", None, "unknown")])
def test_rows_of_a_small_model_are_named_as_plumbing_and_not_shown(folder, tmp_path, model, size, told):
    folder(logistic={"random": 0.0, "tasa": 0.1})
    (tmp_path / "full-logistic.json").write_text(json.dumps(full_run(False, model, size)))
    shown = section(lab_page(tmp_path))
    assert f"with `{model}` " in shown
    assert told in shown
    assert "PLUMBING, NO EVIDENCE" in shown
    assert "12,345" not in shown
    assert "| `tasa` | – |" in shown


def test_nothing_measured_is_said_with_the_way_to_measure(tmp_path):
    with pytest.raises(UserError, match="holds no run"):
        lab_page(tmp_path)
    (tmp_path / "main-logistic.json").write_text("{")
    with pytest.raises(UserError, match="is no run file"):
        lab_page(tmp_path)


def test_the_picture_of_the_arms_shows_each_but_the_reference():
    drawn = main_picture("logistic", run_of("logistic", {"random": 0.0, "tasa": 0.1, "none": -0.1}))
    assert drawn.count("<circle") == 2
    assert "<title>tasa: " in drawn
    assert "<title>none: -" in drawn


def test_the_picture_of_turns_has_a_point_for_every_second_turn_and_arm():
    drawn = turns_picture("logistic", run_of("logistic", {"random": 0.0, "tasa": 0.1}))
    assert "<title>tasa, 4: 10.00 (10.00 to 10.00)</title>" in drawn
    assert drawn.count("<title>random, ") == TURNS / 2


def test_the_picture_of_a_sweep_names_every_number_and_leaves_other_arms_out():
    row = {"arm": "tasa", "outcome": "recall_day7", "mean": 0.01, "ci95": [0.0, 0.02]}
    rows = [
        {**row, "parameter": "", "value": None},
        {**row, "parameter": "best_p", "value": 0.85},
        {**row, "parameter": "best_p", "value": 0.85, "arm": "oracle"},
    ]
    drawn = sweep_picture("logistic", {"sweep": rows})
    assert drawn.count("<circle") == 2
    assert "<title>best_p = 0.85: 1.00 (0.00 to 2.00)</title>" in drawn
    assert ">as fitted<" in drawn


def test_every_picture_that_the_page_shows_is_written(folder, tmp_path):
    folder(logistic={"random": 0.0, "tasa": 0.1})
    (tmp_path / "lab").mkdir()
    (tmp_path / "main-logistic.json").rename(tmp_path / "lab" / "main-logistic.json")
    docs = tmp_path / "docs"
    for name in ("results", "images"):
        (docs / name).mkdir(parents=True)
    write_pages(tmp_path, docs)
    page = (docs / "results" / "evaluate-tutor.md").read_text()
    shown = re.findall(r"!\[[^]]*\]\(\.\./([^)]*)\)", page)
    assert shown == ["images/lab-main-logistic.svg"]
    assert (docs / shown[0]).read_text().startswith("<svg")
