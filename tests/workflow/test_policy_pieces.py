"""`evaluate policy` in pieces: equal on every backend, read where they are done, and as if played in one go."""

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest

from preceptor.course import Course
from preceptor.domain import UserError
from preceptor.evaluate import Comparison, PolicyDesign
from preceptor.evaluate.cohort import logged_cohort
from preceptor.evaluate.judges import LatentJudge
from preceptor.evaluate.policy_measures import Arm
from preceptor.parallel import FailedPiecesError
from preceptor.progress import silent
from preceptor.workflow import evaluating
from preceptor.workflow.evaluating import evaluate_policy
from preceptor.workflow.judging import Bench
from preceptor.workflow.models import load_trained
from preceptor.workflow.policy_contest import PolicyChoice, contest_of
from preceptor.workflow.policy_pieces import run_arm
from preceptor.workflow.simulating import load_truth

DESIGN = PolicyDesign(students=5, steps=3, replicates=2)
POLICIES = ("random", "no-practice", "planner", "historical")
CHOICE = PolicyChoice(POLICIES, ("latent", "own", "history"), "random", ("no-practice",))
PIECES = 3 * (1 + 3 + 2)
"""Of each judge itself, three arms that heed no objective, and the planner under two."""


@pytest.fixture(scope="module", autouse=True)
def short_fit():
    """Fits take their whole time here: what is patched in this process alone would part it from its workers."""


def evaluate(course, clock, choice=CHOICE, objectives="practiced,weakest", progress=silent):
    return evaluate_policy(course, objectives, DESIGN, clock, progress, choice)


def figures(result):
    """All that was found, as text: equal text is equal bits."""
    return json.dumps({name: told for name, told in result.items() if name not in ("seconds", "run", "resumed")})


def files(course):
    return sorted((course.path / "runs" / "policy").glob("*.json"))


@pytest.fixture(scope="module")
def course(small_course, tmp_path_factory):
    return Course.open(shutil.copytree(small_course, tmp_path_factory.mktemp("pieces") / "course"))


@pytest.fixture(scope="module")
def result(course, still_clock):
    return evaluate(course, still_clock)


@pytest.fixture
def done(result, course, tmp_path):
    """A copy of the course in which everything is done."""
    return Course.open(shutil.copytree(course.path, tmp_path / "done"))


def test_results_are_equal_bit_for_bit_in_workers(result, course, course_copy, still_clock):
    other = Course.open(course_copy)
    assert figures(evaluate(other, still_clock, replace(CHOICE, backend="workers:2"))) == figures(result)
    assert [file.name for file in files(other)] == [file.name for file in files(course)]


def test_pieces_give_what_one_comparison_gives(result, course):
    """One comparison plays every arm before the latent truth, under both objectives, replicate by replicate."""
    bank, log = course.load_bank(), course.load_log()
    trained = load_trained(course, bank)
    told = json.loads(next(file for file in files(course) if file.name.startswith("judge-latent")).read_text())
    judged = np.array([log.student_ids.index(name) for name in told["students"]])
    cohort = logged_cohort(log, judged, load_truth(course), DESIGN.students, DESIGN.seed)
    servable = np.array([question.servable for question in bank.questions])
    comparison = Comparison(trained.model, LatentJudge("latent", cohort, bank), servable, DESIGN, silent)
    rows = [row for row in result["rows"] if row["judge"] == "latent:graded"]
    assert len(rows) == 2 * len(POLICIES)
    for row in rows:
        objective = trained.objectives[row["objective"]]
        played = [comparison.play(row["policy"], objective, None, i) for i in range(DESIGN.replicates)]
        arm = Arm.mean([Arm.of(one, comparison.targets(objective, one)) for one in played])
        assert row["improvement"]["day7"]["mean"] == float(arm.improvement[7.0].mean())
        assert row["recall"]["day30"]["mean"] == float(arm.recall[30.0].mean())


def test_what_is_done_is_read_and_not_done_again(result, done, still_clock, monkeypatch):
    assert (result["resumed"], len(files(done))) == (0, PIECES)
    monkeypatch.setattr("preceptor.workflow.evaluating.run_judge", None)
    monkeypatch.setattr("preceptor.workflow.evaluating.run_arm", None)
    again = evaluate(done, still_clock)
    assert again["resumed"] == PIECES
    assert figures(again) == figures(result)


def test_an_evaluation_that_was_killed_goes_on_where_it_was(result, done, still_clock):
    for file in files(done)[::2]:
        file.unlink()
    left = len(files(done))
    again = evaluate(done, still_clock)
    assert again["resumed"] == left < PIECES
    assert figures(again) == figures(result)


def test_a_judge_is_trained_once_for_all_objectives_and_designs(done, still_clock, monkeypatch):
    monkeypatch.setattr(Bench, "_train", None)
    again = evaluate_policy(done, "global", replace(DESIGN, students=4), still_clock, silent, CHOICE)
    assert again["resumed"] == 0
    assert again["judges"]["history"]["trained_on"] > 0


@pytest.mark.parametrize("what", ["settings", "latent truth", "code"])
def test_what_stands_on_other_grounds_is_done_anew(done, still_clock, what, monkeypatch):
    if what == "settings":
        with (done.path / "course.toml").open("a") as file:
            file.write('exam_day = "2026-03-01"\n')
    if what == "latent truth":
        (done.path / "latent" / "note").write_text("another truth")
    if what == "code":
        monkeypatch.setattr("preceptor.workflow.piece_version.sources_of", lambda room: ((room, "mended"),))
    choice = PolicyChoice(("random", "no-practice"), reference="random")
    assert evaluate(Course.open(done.path), still_clock, choice)["resumed"] == 0


def test_one_bar_counts_all_that_is_left(done, still_clock):
    for file in files(done):
        if file.name.startswith(("judge-own", "own-")):
            file.unlink()
    seen = []
    evaluate(done, still_clock, progress=lambda *told: seen.append(told))
    what, left = evaluating.WHAT, PIECES // 3
    assert list(dict.fromkeys(seen)) == [(what, count, left) for count in range(left + 1)]


def test_a_piece_that_fails_is_told_and_the_others_are_kept(course_copy, still_clock, monkeypatch):
    def fails(piece):
        if piece.arm == "random":
            raise RuntimeError("out of chance")
        return run_arm(piece)

    monkeypatch.setattr("preceptor.workflow.evaluating.run_arm", fails)
    course = Course.open(course_copy)
    with pytest.raises(FailedPiecesError, match=r"1 of 3 pieces failed in 2 tries(.|\n)*out of chance"):
        evaluate(course, still_clock, PolicyChoice(("random", "no-practice", "historical"), reference="random"))
    assert len(files(course)) == 3


@pytest.mark.parametrize(
    ("objective", "case", "message"),
    [("global,global", "", "objective is 'global,global'"), ("global", "nobody", "nobody")],
)
def test_doubles_and_strangers_are_refused_before_anything_is_done(course_copy, still_clock, objective, case, message):
    course = Course.open(course_copy)
    with pytest.raises(UserError, match=message):
        evaluate_policy(course, objective, DESIGN, still_clock, silent, replace(CHOICE, case=case))
    assert files(course) == []


def test_a_watched_student_may_be_one_whom_only_another_family_knows(course_copy):
    course = Course.open(course_copy)
    choice = replace(CHOICE, judges=("latent:logistic",), case="new to the log")
    assert contest_of(course, "global", DESIGN, choice).case == "new to the log"


def test_an_unknown_backend_is_refused_before_anything_is_done(course_copy, still_clock):
    course = Course.open(course_copy)
    with pytest.raises(UserError, match="The backend is 'cloud'"):
        evaluate(course, still_clock, replace(CHOICE, backend="cloud"))
    assert files(course) == []


@pytest.mark.parametrize(("setting", "moment"), [('exam_day = "2026-03-01"', "exam"), ("exam_days = 5", "day5")])
def test_the_objective_exam_is_measured_on_its_day(course_copy, still_clock, setting, moment):
    with (course_copy / "course.toml").open("a") as file:
        file.write(setting + "\n")
    choice = PolicyChoice(("random", "no-practice"), reference="no-practice")
    rows = evaluate(Course.open(course_copy), still_clock, choice, "exam")["rows"]
    assert set(rows[0]["over_reference"]) == {"now", "day7", "day30", moment}
    told = {row["policy"]: row["recall"] for row in rows}
    assert told["random"][moment]["mean"] != told["random"]["day7"]["mean"]
    assert told["no-practice"]["now"]["mean"] > told["no-practice"][moment]["mean"]
