"""`preceptor embed`: what it prints."""

import json
from pathlib import Path

import pytest

from preceptor.cli.results_embed import embed_page

ROOT = Path(__file__).parents[2]


@pytest.fixture
def quick(monkeypatch):
    from preceptor.embed.head import TuningPlan

    monkeypatch.setattr("preceptor.embed.head.TuningPlan", lambda: TuningPlan(epochs=2))


def test_it_prints_one_json_object(cli, course_copy):
    found = cli("embed", course_copy, "--encoder", "lexical", "--json").json()
    assert found["encoder"] == "lexical"
    assert found["questions"] > 0
    assert found["fine_tune"] is None
    assert found["tuned"] is False
    assert found["run"].endswith("-embed.json")


def test_fine_tuning_shows_before_and_after(cli, course_copy, quick):
    shown = cli("embed", course_copy, "--encoder", "lexical", "--fine-tune")
    assert shown.code == 0
    assert "questions held out" in shown.out
    assert "passes, the best was" in shown.out


def test_training_tells_of_the_texts(cli, course_copy):
    cli("embed", course_copy, "--encoder", "lexical")
    shown = cli("train", course_copy, "--model", "dkt", "--size", "small", "--vectors", "frozen")
    assert "Texts: frozen vectors of lexical (the course's)." in " ".join(shown.out.split())


def test_an_unknown_encoder_is_refused(refused, course_copy):
    assert "did you mean 'minilm'" in refused("embed", course_copy, "--encoder", "minilmm")
    assert "network" in refused("embed", course_copy, "--encoder", "lexical", "--fine-tune", "--full")


def test_the_page_is_the_one_the_run_files_give():
    written = (ROOT / "docs/results/embed.md").read_text(encoding="utf-8")
    assert written == embed_page(ROOT / "results"), "run `python -m preceptor.cli.results_embed`"


def test_the_page_says_so_where_nothing_is_gained(tmp_path):
    part = {"concepts": 9, "questions": 40}
    part |= {name: {"mean": 0.5, "sd": 0.1, "ci95": [0.4, 0.6]} for name in ("before", "after")}
    part["gain"] = {"mean": 0.0, "sd": 0.01, "ci95": [-0.02, 0.02]}
    told = {
        "way": "head",
        "questions": {"train": 7, "select": 1, "test": 2},
        "epochs": 3,
        "best_epoch": 1,
        "seconds": 2.0,
    }
    run = {"encoder": "minilm", "dimensions": 384, "questions": 10, "steps": 0, "concepts": 9}
    run["fine_tune"] = {**told, "training": part, "held_out": part}
    (tmp_path / "embed-oatutor.json").write_text(json.dumps(run))
    page = embed_page(tmp_path)
    assert "It is not shown that retrieval improves." in page
    assert "| **held out** | 9 | 40 | 0.5000 (0.4000 to 0.6000) |" in page


def test_induced_labels_are_held_against_true_ones(cli, refused, small_course, tmp_path, quick):
    from preceptor.cli.results_induced import induced_section
    from preceptor.cli.unlabelled import unlabelled_copy

    course = unlabelled_copy(small_course, tmp_path / "course").path
    assert cli("annotate", course).code == 0
    assert "not those of a projection" in refused("evaluate", "embedding", course, "--labels", small_course)
    assert "--labels" in refused("evaluate", "embedding", course)
    cli("embed", course, "--encoder", "lexical", "--fine-tune")
    run = cli("evaluate", "embedding", course, "--labels", small_course, "--json").json()
    assert "| tuned on induced labels − untuned |" in induced_section(run)
    run["held_out"]["gains"]["induced_over_untuned"]["ci95"] = [-0.2, -0.1]
    assert "worsens retrieval for the true skills" in induced_section(run)
    shown = cli("evaluate", "embedding", course, "--labels", small_course).out
    assert "Tuned on induced labels over untuned, held out" in shown
