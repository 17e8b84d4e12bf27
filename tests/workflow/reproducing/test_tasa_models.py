"""TASA reproduced with language models over HTTP: the table of full forms, and win rates by a judge."""

import json
import re

import pytest

from preceptor.course import Course
from preceptor.curriculum import built_in_bank
from preceptor.domain import UserError
from preceptor.progress import silent
from preceptor.workflow.reproducing import ReproduceOptions, reproduce, tasa_arms
from preceptor.workflow.simulating import SimulateOptions, simulate_into
from preceptor.workflow.training import train
from preceptor.workflow.training_options import TrainOptions

TINY = {"quick": True, "students": 3, "replicates": 1, "rounds": 2}
DRAFT = "Look at what each number stands for."


@pytest.fixture(scope="module")
def taught(tmp_path_factory, still_clock, fits_end_early):
    course = Course.create(tmp_path_factory.mktemp("taught") / "taught", "Simulated")
    options = SimulateOptions(students=30, days=20, family="logistic")
    simulate_into(course, built_in_bank(), options, still_clock.now(), silent)
    with fits_end_early():
        train(course, TrainOptions(model="history"), still_clock, silent)
    return course


@pytest.fixture(autouse=True)
def few_arms(monkeypatch):
    monkeypatch.setattr(tasa_arms, "LAMBDAS", (0.0,))
    monkeypatch.setattr(tasa_arms, "MOST_TURNS", 2)
    monkeypatch.setattr(tasa_arms, "RIVALS", ("vanilla-icl",))
    monkeypatch.setattr(tasa_arms, "ABLATIONS", ("tasa-no-memory", "tasa"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("tasa")


@pytest.fixture
def server(scripted):
    """A tutor that says one thing, and a judge that prefers whoever says more."""

    def answer(body):
        if "response_format" not in body:
            return scripted.Answer(DRAFT)
        shown = body["messages"][1]["content"]
        first, second = (len(part) for part in re.split(r"\bB\b", shown.split("\nA ")[-1], maxsplit=1))
        better = "A" if first > second else "B"
        return scripted.Answer(json.dumps({"reason": "it says more", "better": better}))

    with scripted.ScriptedServer(answer) as opened:
        yield opened


@pytest.fixture
def run(taught, folder, server, still_clock):
    def reproduced(**options):
        models = {"with_model": True, "model_url": server.url, "judge": True, "judge_url": server.url}
        named = {"model_name": "tutor-7B", "judge_name": "judge-70B", **options}
        return reproduce(
            "tasa", [taught.path], folder, ReproduceOptions(**TINY, **models, **named), still_clock, silent
        )

    return reproduced


def part(folder, title):
    return (folder / "tasa.md").read_text().split(f"## {title}\n")[1].split("\n## ")[0]


def rows_of(text):
    return [line for line in text.splitlines() if line.startswith("| `taught`")]


def test_a_tutor_and_a_judge_fill_the_tables(run, folder):
    result = run()
    full = rows_of(part(folder, "Table 1 with a language model"))
    assert [row.split("|")[2].strip() for row in full] == ["`vanilla-icl`", "`tasa`"]
    vanilla, ours = ([cell.strip() for cell in row.split("|")[3:-2]] for row in full)
    assert vanilla[2:] == ["660", "0.0%", "–", "–"]  # 3 students, 2 turns, 110 tokens a call
    assert ours[2:4] == ["660", "0.0%"]
    assert all(re.match(r"\d+\.\d \(", rate) for rate in ours[4:])
    assert "NO RESULT" not in part(folder, "Table 1 with a language model")
    for title in ("Table 1: methods", "Table 2: ablations"):
        assert "needs a judge model" not in part(folder, title)
        ours = next(row for row in rows_of(part(folder, title)) if "| `tasa` |" in row)
        assert len(re.findall(r"\d \([-\d.]+ to [\d.]+\)", ours)) == 2
    assert "against `vanilla-icl-selection`" in part(folder, "Table 1: methods")
    assert (result["judge_model"], result["full_form"]["taught"]["evidence"]) == ("judge-70B", True)
    judged = result["full_form"]["taught"]["judged"]
    assert {(row["arm"], row["reference"], row["unit"]) for row in judged["rows"]} == {
        ("tasa", "vanilla-icl", "dialogue"), ("tasa", "vanilla-icl", "response"),
    }  # fmt: skip
    for row in judged["rows"]:
        assert row["win"] + row["tie"] + row["loss"] + row["failed"] == row["cases"]
    assert DRAFT in (folder / "dialogues" / "taught-full.jsonl").read_text()
    assert DRAFT not in (folder / "dialogues" / "taught-table1.jsonl").read_text()


def test_equal_pieces_are_read_again_and_nobody_is_asked(run, server):
    first = run()
    sent = len(server.requests)
    again = run()
    assert again["new"] == 0
    assert len(server.requests) == sent
    for name in ("tables", "full_form"):
        assert again[name] == first[name]


def test_a_small_tutor_and_a_small_judge_are_marked_in_every_row(run, folder):
    run(model_size="135M", judge_size="135M")
    told = part(folder, "Table 1 with a language model")
    assert "PLUMBING, NO EVIDENCE" in told
    assert all("**NO RESULT**" in row for row in rows_of(told))
    for row in rows_of(part(folder, "Table 1: methods")):
        assert row.count("NO RESULT") == (2 if "| `tasa` |" in row else 0)
    assert "PLUMBING, NO EVIDENCE" in part(folder, "Table 1: methods")


def test_no_address_of_a_model_stands_in_what_is_written(run, folder, server):
    run()
    for file in folder.rglob("*.json"):
        assert server.url not in file.read_text()


@pytest.mark.parametrize(
    ("options", "mend"),
    [
        ({"model_name": "a"}, "--with-model"), ({"judge_name": "a"}, "--judge"), ({"judge_size": "7B"}, "--judge"),
        ({"budget_tokens": 9}, "--with-model or --judge"), ({"with_model": True}, "PRECEPTOR_LLM_TUTOR_URL"),
        ({"judge": True}, "PRECEPTOR_LLM_JUDGE_URL"),
    ],
)  # fmt: skip
def test_a_model_that_is_half_named_is_refused_before_anything_is_measured(
    options, mend, taught, tmp_path, still_clock, monkeypatch
):
    monkeypatch.setattr("preceptor.workflow.reproducing.tasa.evaluate_tutor", None)
    with pytest.raises(UserError) as caught:
        reproduce("tasa", [taught.path], tmp_path, ReproduceOptions(**TINY, **options), still_clock, silent)
    assert mend in caught.value.mend
