"""`preceptor train`: what it says of a training that was interrupted."""

import re
from dataclasses import replace

import numpy as np

from preceptor.cli.main import INTERRUPTED
from preceptor.course import Course
from preceptor.forgetting import DEFAULT_CURVE
from preceptor.workflow.training import training_checkpoint
from preceptor.workflow.training_options import TrainOptions


def test_a_left_over_checkpoint_is_told_and_removed_by_a_finished_training(cli, course_copy):
    course = Course.open(course_copy)
    left = training_checkpoint(course, TrainOptions(model="history"))
    left.save({"history": {"losses": [0.6, 0.5]}})
    shown = cli("train", course_copy, "--model", "history")
    assert shown.code == 0
    assert "interrupted after epoch 2: --resume goes on" in shown.err
    assert not left.path.exists()
    assert "after epoch" not in cli("train", course_copy, "--model", "history", "--resume").err


def test_resume_with_other_options_is_refused(refused, course_copy):
    left = training_checkpoint(Course.open(course_copy), TrainOptions(size="small", seed=1))
    left.save({"history": {"losses": [0.6]}})
    said = refused("train", course_copy, "--size", "small", "--seed", 2, "--resume")
    assert "1 other left" in said
    assert "starts anew" not in said
    assert "train without --resume" in said


def test_inputs_that_were_left_out_are_told(cli, course_copy, monkeypatch):
    assert "--questions embedding" not in cli("train", course_copy, "--size", "small").out  # seven answers a question
    monkeypatch.setattr("preceptor.cli.train.MANY", 5)
    plain = cli("train", course_copy, "--size", "small")
    assert "--questions embedding should predict better" in " ".join(plain.out.split())
    found = cli("train", course_copy, "--size", "small", "--questions", "difficulty", "--json").json()
    assert "question ids" not in found["left_out"]
    assert found["answers_per_question"] > 5


def test_learning_single_questions_is_not_proposed_where_texts_tell_them_apart(cli, course_copy, monkeypatch):
    monkeypatch.setattr("preceptor.cli.train.MANY", 5)
    shown = cli("train", course_copy, "--size", "small", "--vectors", "frozen").out
    assert "--questions embedding" not in shown


def test_students_history_and_curve_are_told(cli, course_copy):
    shown = " ".join(cli("train", course_copy, "--model", "history").out.split())
    log = Course.open(course_copy).load_log()
    test, valid = (int((log.student_fold == fold).sum()) for fold in (5, 4))
    train = len(log.student_ids) - test - valid
    assert f"{len(log.student_ids)} students, each on one side: {train} train, {valid} validate, {test} test" in shown
    assert "fold 4 validates and fold 5 tests, as the simulation dealt them" in shown
    assert "History: whole, from the first answer." in shown
    assert re.search(
        rf"Forgetting: {DEFAULT_CURVE}, (with levels of students \(sd 0\.\d\d\)|without levels of students)\.", shown
    )


def test_why_there_is_no_curve_is_told(cli, course_copy):
    def shown(*options):
        return " ".join(cli("train", course_copy, *options).out.split())

    assert "Forgetting: none, for das3h knows time itself." in shown("--model", "das3h")
    assert "Forgetting: none." in shown("--model", "das3h", "--forgetting", "none")
    course = Course.open(course_copy)
    log = course.load_log()
    course.replace(log=replace(log, time_seconds=np.full(len(log), np.nan)))
    assert "Forgetting: none, for not every answer has a time; with" in shown("--model", "history")


def test_resume_without_an_interrupted_training_is_told(cli, course_copy):
    assert "this one starts anew" in cli("train", course_copy, "--model", "history", "--resume").err


def test_an_interrupted_training_says_what_is_kept(cli, course_copy, monkeypatch):
    def stopped(course, options, clock, report):
        training_checkpoint(course, options).save({"history": {"losses": [0.6, 0.5, 0.4]}})
        raise KeyboardInterrupt

    monkeypatch.setattr("preceptor.cli.train.train", stopped)
    ended = cli("train", course_copy, "--size", "small")
    assert ended.code == INTERRUPTED
    assert "Interrupted after epoch 3: --resume goes on." in ended.err


def test_training_without_a_log_names_the_ways_out(refused, course_copy):
    course = Course.open(course_copy)
    empty = Course.create(course_copy.parent / "empty", "Empty")
    empty.replace(course.load_bank())
    said = " ".join(refused("train", empty.path, "--model", "semantic-dkt").split())
    assert f"preceptor simulate {empty.path}" in said
    assert f"preceptor train {empty.path} --model semantic-dkt --from OTHER_COURSE" in said


def test_a_course_without_a_log_is_trained_from_another(cli, refused, course_copy):
    other = Course.open(course_copy)
    other.replace(log=other.load_log().of_students(range(24)))
    empty = Course.create(course_copy.parent / "empty", "Empty")
    empty.replace(other.load_bank())
    assert "by number" in refused("train", empty.path, "--from", course_copy, "--model", "dkt")
    shown = cli("train", empty.path, "--from", course_copy, "--model", "semantic-dkt", "--size", "small")
    assert shown.code == 0
    assert f"Trained and calibrated on {other.name} alone" in " ".join(shown.out.split())
    for command in ("recommend", "tutor"):
        said = " ".join(refused(command, empty.path, "--student", "ana").split())
        assert "Unknown student 'ana': nobody has answered a question of this course yet" in said
        assert "preceptor serve COURSE" in said
