"""`preceptor annotate` and `preceptor evaluate annotation` as they are typed."""

import json
from pathlib import Path

import pytest

from preceptor.cli.results_annotate import annotation_page
from preceptor.cli.results_distances import chosen_without, distances_section
from preceptor.course import Course
from preceptor.domain import Bank, Concept, Question, QuestionKind, UserError

ROOT = Path(__file__).parents[2]
GRID = [(0.05, 0.3), (0.2, 0.6)]


def figure(mean):
    return {"mean": mean, "sd": 0.05, "ci95": [mean - 0.1, mean + 0.1]}


OVER = {"nearest by TF-IDF": figure(0.2), "all singletons": figure(0.3)}


def test_annotate_prints_one_object_or_tables(cli, course_copy):
    found = cli("annotate", course_copy, "--replace-labels", "--json")
    assert found.code == 0
    result = found.json()
    assert result["questions"] == result["labelled"] > 0
    assert Path(result["annotation"], "annotation.json").is_file()
    shown = cli("annotate", course_copy)
    assert "Labels from the surest to the least sure" in shown.out
    assert "similarity" in shown.out


def test_labels_that_were_imported_are_replaced_only_if_one_says_so_and_come_back(cli, course_copy):
    before = Course.open(course_copy).load_bank()
    refused = cli("annotate", course_copy)
    assert refused.code == 2
    assert f"{len(before.questions)} of {len(before.questions)} questions have labels" in " ".join(refused.err.split())
    assert "--replace-labels" in refused.err
    assert cli("annotate", course_copy, "--replace-labels").code == 0
    assert "None is in force" in cli("annotate", course_copy, "--undo").out
    assert Course.open(course_copy).load_bank() == before
    assert cli("annotate", course_copy, "--undo").code == 2


def test_texts_that_look_like_markup_are_shown_as_they_are(cli, tmp_path):
    course = Course.create(tmp_path / "course", "[/b] Sums")
    text = "Add [/b] four [red]?"
    course.replace(Bank((Concept("any", "Any"),), (Question("q1", text, QuestionKind.NUMBER, "7", ("any",)),)))
    framework = tmp_path / "[own].csv"
    framework.write_text("code,name\nA,[red]Whales[/red]\n")
    shown = cli("annotate", course.path, "--framework", framework, "--replace-labels")
    assert shown.code == 0, shown
    assert text in shown.out
    assert "named by [own]" in shown.out
    assert [concept.name for concept in course.load_bank().concepts] == ["[red]Whales[/red]"]
    assert "[red]Whales[/red]" in cli("review", course.path).out


def test_annotate_takes_a_framework_and_refuses_a_wrong_one(cli, course_copy, tmp_path):
    file = tmp_path / "own.csv"
    file.write_text("code,name,prerequisites\nA,Equations,B\nB,Fractions,A\n")
    result = cli("annotate", course_copy, "--framework", file, "--replace-labels", "--json").json()
    assert result["framework"] == "own"
    assert result["truth"] == ""
    assert result["counts"]["prerequisites_in_cycles"] == 1
    refused = cli("annotate", course_copy, "--framework", tmp_path / "none.csv")
    assert refused.code == 2
    assert "does not exist" in refused.err
    assert cli("annotate", course_copy, "--annotator", "oracle").code == 2


def test_evaluate_annotation_gives_what_the_page_is_made_of(cli, course_copy, tmp_path):
    found = cli("evaluate", "annotation", course_copy, "--json")
    assert found.code == 0
    run = found.json()
    (tmp_path / "run.json").write_text(json.dumps(run))
    page = annotation_page(tmp_path)
    assert "|  | concepts |" in page
    rows = [{"clusters" if name == "concepts" else name: value for name, value in row.items()} for row in run["rows"]]
    (tmp_path / "run.json").write_text(json.dumps({**run, "rows": rows}))
    assert annotation_page(tmp_path) == page, "runs of before call concepts clusters"
    assert "nearest by TF-IDF" in page
    assert "| its clusters |" in page
    assert "| gain | +" in page
    assert "framework = truth" in page
    assert "B³ F1" in cli("evaluate", "annotation", course_copy).out


def test_a_file_of_another_kind_gives_no_page(tmp_path):
    (tmp_path / "other.json").write_text("{}")
    with pytest.raises(UserError, match="no run of an evaluation"):
        annotation_page(tmp_path)


def test_the_page_is_the_one_the_run_files_give():
    written = (ROOT / "docs/results/annotate.md").read_text(encoding="utf-8")
    assert written == annotation_page(ROOT / "results/annotate"), "run `python -m preceptor.cli.results_annotate`"


def test_distances_are_chosen_on_the_other_banks():
    runs = []
    for course, best in (("one", (0.05, 0.3)), ("two", (0.05, 0.3)), ("three", (0.2, 0.6))):
        pairs = [{"near": near, "broad": broad, "f1": figure(0.5), "over": OVER} for near, broad in GRID]
        pairs[GRID.index(best)]["f1"] = figure(0.7)
        runs.append({"course": course, "encoder": "lexical", "distances": pairs, "scale": {"near": 0.1, "broad": 0.4}})
        runs[-1]["rows"] = [{"f1": figure(0.6)}]
    assert [chosen_without(run, runs) for run in runs] == [(0.05, 0.3), (0.05, 0.3), (0.05, 0.3)]
    page = distances_section(runs)
    assert "| three, lexical | 0.05, 0.3 on 2 | 0.500 (0.400 to 0.600) |" in page
    assert "| 0.600 at 0.1, 0.4 | 0.700 at 0.2, 0.6 |" in page
    assert "beat both baselines on every bank" in page
    runs[2]["distances"][0]["over"] = OVER | {"all singletons": figure(-0.2)}
    assert "Not shown to be better: three, lexical, than all singletons." in distances_section(runs)
    assert distances_section(runs[:1]) == distances_section([]) == ""


def test_other_distances_are_measured_on_request(cli, course_copy, monkeypatch):
    monkeypatch.setattr("preceptor.evaluate.annotation_distances.NEAR", (0.05,))
    monkeypatch.setattr("preceptor.evaluate.annotation_distances.BROAD", (0.01, 0.3))
    run = cli("evaluate", "annotation", course_copy, "--distances", "--json").json()
    (pair,) = run["distances"]
    assert (pair["near"], pair["broad"]) == (run["scale"]["near"], run["scale"]["broad"]) == (0.05, 0.3)
    assert pair["f1"] == run["rows"][0]["f1"], "the distances in force give the same"
    assert pair["over"]["nearest by TF-IDF"] == run["over"]["nearest by TF-IDF"]
    assert "Other distances" in cli("evaluate", "annotation", course_copy, "--distances").out


def test_the_page_says_first_where_names_are_no_better_than_words(cli, course_copy, tmp_path):
    run = cli("evaluate", "annotation", course_copy, "--json").json()
    run["top_over"]["top1"] = {"mean": -0.02, "sd": 0.01, "ci95": [-0.04, 0.01]}
    (tmp_path / "run.json").write_text(json.dumps(run))
    page = annotation_page(tmp_path)
    title = f"- {run['course']}, named by {run['framework']}, lexical: "
    assert f"{title}right first -0.0200 (-0.0400 to +0.0100) over the nearest by TF-IDF" in page
    assert "among three" not in page[: page.index("## ")].split("**Not** shown")[1]
