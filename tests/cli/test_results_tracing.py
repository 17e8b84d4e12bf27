"""The page of how well tracers predict."""

import json
from pathlib import Path

import pytest

from preceptor.cli.results_tracing import tracing_page
from preceptor.domain import UserError

ROOT = Path(__file__).parents[2]


def test_the_page_is_the_one_the_run_files_give():
    written = (ROOT / "docs/results/tracing.md").read_text(encoding="utf-8")
    assert written == tracing_page(ROOT / "results/tracing"), "run `python -m preceptor.cli.results_tracing`"


def estimate(mean, sd=0.01):
    return {"mean": mean, "sd": sd, "ci95": [mean - 0.01, mean + 0.01]}


def row(model, auc, folds, **more):
    figures = {name: estimate(0.2) for name in ("accuracy", "log_loss", "brier", "ece")}
    return {"model": model, "applicable": True, "auc": estimate(auc, None if len(folds) == 1 else 0.01), **figures,
            "per_concept": {"auc": estimate(0.7)}, "folds": folds, "lacked": [], **more}  # fmt: skip


def run(rows, protocol="leak-free", data_hash="abcdef0123456789", course="assist2009"):
    counts = {"students": 10, "questions": 20, "concepts": 3, "interactions": 400, "data_hash": data_hash}
    told = {"name": protocol, "students": "by hash", "splits": "by a hash", "history": "whole", "concepts": "an axis"}
    return {"course": course, "data": counts, "protocol": told, "rows": rows, "simulated": False}


@pytest.fixture
def page(tmp_path):
    def made(*runs):
        for number, content in enumerate(runs):
            (tmp_path / f"{number}.json").write_text(json.dumps(content))
        return tracing_page(tmp_path)

    return made


def lines(page):
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in page.splitlines() if line.startswith("| ")]


def test_what_a_run_notes_and_what_others_published_elsewhere_is_told(page):
    text = page({**run([row("dkt", 0.75, [1])]), "notes": ["dkt sees less."]})
    assert "\n- dkt sees less.\n\n|" in text
    assert "\n- assist2015, protocol `pykt`: dkt .7271" in text
    assert "- assist2009, protocol `leak-free`" not in text


def test_other_seeds_stand_beside_the_first_and_in_no_other_table(tmp_path):
    (tmp_path / "seeds").mkdir()
    floor = row("average of each concept", 0.6, [1, 2], floor=True)
    for name, auc in (("first.json", 0.75), ("seeds/1.json", 0.76), ("seeds/2.json", 0.71)):
        (tmp_path / name).write_text(json.dumps(run([floor, row("dkt", auc, [1, 2])])))
    text = tracing_page(tmp_path)
    again = [
        "assist2009, leak-free",
        "`dkt`",
        "3",
        "0.7500, 0.7600, 0.7100",
        "0.7400",
        "0.2000, 0.2000, 0.2000",
        "0.2000",
    ]
    assert again in lines(text)
    assert sum(line[0] == "`dkt`" for line in lines(text)) == 1


def test_models_of_several_runs_share_a_table_and_most_folds_count(page):
    floor = row("average of each concept", 0.6, [1], floor=True)
    gained = {"over_floor": {"auc": estimate(0.1)}}
    text = page(
        run([floor, row("dkt", 0.70, [1], **gained), row("bkt", 0.72, [1], **gained)]),
        run([floor, row("dkt", 0.75, [1, 2, 3], lacked=["times"], **gained)]),
    )
    table = lines(text)
    assert [cells[0] for cells in table[1:]] == ["average of each concept", "`dkt`", "`bkt`"]
    assert table[2][1:5] == ["3", "0.7500", "0.7400 to 0.7600", "0.0100"]
    assert (table[2][10], table[2][-1]) == ("times", ".7598")
    assert (table[3][4], table[3][10]) == ("–", "–")
    assert "Also published under this protocol: stableKT .7765" in text
    assert "data version `abcdef012345`" in text


def test_other_data_or_another_protocol_is_another_table(page):
    text = page(run([row("dkt", 0.7, [1])]), run([row("dkt", 0.7, [1])], data_hash="f" * 16),
                run([row("dkt", 0.7, [1], kc_level={"auc": estimate(0.89)})], protocol="pykt"))  # fmt: skip
    assert text.count("## assist2009, leak-free") == 2
    assert "## assist2009, pykt" in text
    assert lines(text)[-1][-2:] == ["0.8900", ".7541"]


def test_what_is_not_applicable_names_the_missing_column(page):
    text = page(run([row("dkt", 0.7, [1]), {"model": "lpkt", "applicable": False, "missing": ["question ids"]}]))
    assert lines(text)[-1][:3] == ["`lpkt`", "–", "not applicable: no question ids"]
    assert len({len(cells) for cells in lines(text)}) == 1


def test_a_file_that_is_no_run_is_named(page):
    with pytest.raises(UserError, match=r"0\.json is no run"):
        page({"rows": []})
