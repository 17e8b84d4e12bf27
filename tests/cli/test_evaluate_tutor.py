"""`preceptor evaluate tutor` on the command line."""

from pathlib import Path

import pytest

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


def test_mistakes_are_told_with_a_way_out(refused, course, small_course):
    assert "oracle" in refused("evaluate", "tutor", course, "--arms", "nobody", *QUICK)
    assert "knows no tutor" in refused("evaluate", "tutor", course, "--arms", "none", "--family", "graded")
    assert "NAME=NUMBER" in refused("evaluate", "tutor", course, *QUICK, "--latent", "learning_rate")
    assert "learning_rate" in refused("evaluate", "tutor", course, "--arms", "none", *QUICK, "--latent", "speed=2")
    assert "--items-per-concept" in refused("evaluate", "tutor", small_course, "--arms", "none", *QUICK)
    assert "turns" in refused("evaluate", "tutor", course, "--arms", "none", "--family", "two-state", "--turns", 0)
    assert "takes no --arms" in refused("evaluate", "policy", course, "--arms", "none")
