"""`preceptor evaluate tutor` on the command line."""

from pathlib import Path
from shutil import copytree

import pytest

from preceptor.course import Course
from preceptor.progress import silent
from preceptor.workflow.built_in import BuiltInOptions, make_built_in_course
from preceptor.workflow.training import train
from preceptor.workflow.training_options import TrainOptions

QUICK = ("--family", "two-state", "--students", 4, "--seeds", 1, "--turns", 2)


@pytest.fixture(scope="module")
def course(tmp_path_factory, still_clock, now):
    made = make_built_in_course(tmp_path_factory.mktemp("lab") / "course", BuiltInOptions(students=30, days=15), now)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("preceptor.forgetting.fit.STEPS", 4)
        train(made, TrainOptions(model="history"), still_clock, silent)
    return made.path


def test_arms_are_compared_and_the_second_call_reads_what_the_first_left(cli, course):
    first = cli("evaluate", "tutor", course, "--arms", "none,random", *QUICK, "--json").json()
    assert first["arms"] == ["none", "random"]
    assert first["resumed"] == 0
    assert first["simulated"]
    assert Path(first["run"]).is_file()
    shown = cli("evaluate", "tutor", course, "--arms", "none,random", *QUICK)
    assert shown.code == 0
    assert "80% power" in shown.err
    assert "less random" in shown.out
    again = cli("evaluate", "tutor", course, "--arms", "none,random", *QUICK, "--json").json()
    assert again["resumed"] == 2
    assert again["rows"] == first["rows"]


def test_a_tracer_of_earlier_answers_is_named_before_anybody_is_taught(cli, course, tmp_path):
    asked = ("--arms", "none", *QUICK)
    assert "preceptor train" not in cli("evaluate", "tutor", course, *asked).err
    other = Course.open(copytree(course, tmp_path / "other"))
    other.replace(log=other.load_log().of_students(range(20)))
    shown = cli("evaluate", "tutor", other.path, *asked)
    assert shown.code == 0
    assert f"preceptor train {other.path}" in shown.err.replace("\n", "")


def test_sessions_that_nobody_could_compare_are_refused_before_they_are_held(cli, course, tmp_path):
    asked = ("evaluate", "tutor", course, "--arms", "none,random", *QUICK, "--dialogues-out", tmp_path / "d.jsonl")
    shown = cli(*asked)
    assert shown.code == 2
    assert "1 of the arms speak" in shown.err
    assert "80% power" not in shown.err


def test_a_small_model_speaks_and_the_table_says_that_it_proves_nothing(cli, course, scripted):
    asked = ("evaluate", "tutor", course, "--arms", "random,vanilla-icl", *QUICK, "--with-model")
    with scripted.ScriptedServer(lambda body: scripted.Answer("Put the parts together first.")) as server:
        model = ("--model-url", server.url, "--model-name", "smollm2-135M")
        result = cli(*asked, *model, "--json").json()
    assert result["arms"] == ["random", "vanilla-icl"]
    assert (result["model_size_parameters"], result["evidence"]) == (135_000_000, False)
    (row,) = result["spoken"]
    assert (row["arm"], row["turns"], row["fallbacks"]) == ("vanilla-icl", 8, 0)
    assert row["tokens"] == 8 * 110
    shown = " ".join(cli(*asked, *model).out.split())
    assert shown.count("PLUMBING, NO EVIDENCE") == 2
    assert "Through smollm2-135M" in shown
    assert "PLUMBING" not in cli(*asked, *model, "--model-size", "7B").out


def test_a_model_that_nobody_speaks_through_is_refused(refused, course):
    assert "--with-model" in refused("evaluate", "tutor", course, *QUICK, "--model-name", "tiny-7B")
    assert "No language model is named for the tutor" in " ".join(
        refused("evaluate", "tutor", course, *QUICK, "--with-model").split()
    )
    named = ("--with-model", "--model-url", "http://127.0.0.1:1/v1", "--model-name", "tiny")
    assert "135M" in refused("evaluate", "tutor", course, *QUICK, *named, "--model-size", "huge")
    assert "--budget-tokens" in refused("evaluate", "tutor", course, *QUICK, *named, "--budget-tokens", 0)


def test_mistakes_are_told_with_a_way_out(refused, course, small_course):
    assert "oracle" in refused("evaluate", "tutor", course, "--arms", "nobody", *QUICK)
    assert "knows no tutor" in refused("evaluate", "tutor", course, "--arms", "none", "--family", "graded")
    assert "NAME=NUMBER" in refused("evaluate", "tutor", course, *QUICK, "--latent", "learning_rate")
    assert "learning_rate" in refused("evaluate", "tutor", course, "--arms", "none", *QUICK, "--latent", "speed=2")
    assert "--items-per-concept" in refused("evaluate", "tutor", small_course, "--arms", "none", *QUICK)
    assert "turns" in refused("evaluate", "tutor", course, "--arms", "none", "--family", "two-state", "--turns", 0)
    assert "takes no --arms" in refused("evaluate", "policy", course, "--arms", "none")
