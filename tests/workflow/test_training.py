"""Training: what it reports, what it may see, what it saves."""

import json
import math
import shutil
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from preceptor.course import Course
from preceptor.data import split_by_student
from preceptor.domain import UserError
from preceptor.forgetting import DEFAULT_CURVE
from preceptor.workflow.models import load_trained
from preceptor.workflow.training import interrupted_epoch, train, training_checkpoint
from preceptor.workflow.training_options import TrainOptions

HISTORY = TrainOptions(model="history")


def small(model):
    return TrainOptions(model=model, size="small" if model == "dkt" else "base")


def class_of(path, students=24):
    """Makes a course smaller: its first students only."""
    course = Course.open(path)
    course.replace(log=course.load_log().of_students(range(students)))
    return course


@pytest.fixture
def few(course_copy):
    return class_of(course_copy)


@pytest.fixture(scope="module")
def trained(small_course, tmp_path_factory, still_clock, fits_end_early):
    """The few with one trained model, by its name, and what the training gave; tests only read them."""

    @cache
    def get(model):
        course = class_of(shutil.copytree(small_course, tmp_path_factory.mktemp(model) / "course"))
        shutil.rmtree(course.path / "models")
        with fits_end_early():
            return course, train(course, small(model), still_clock, lambda what, done, total: None)

    return get


def saved(course, name):
    (folder,) = (run for run in course.saved_runs("models") if run.parent.name == name)
    return folder


def test_the_result_has_the_promised_shape(course_copy, still_clock, quiet):
    course = Course.open(course_copy)
    result = train(course, HISTORY, still_clock, quiet)
    content = result.to_dict()
    promised = {"model", "interactions", "epochs", "seconds", "interactions_per_second", "protocol", "test", "run"}
    assert promised <= set(content)
    assert {"auc", "accuracy", "log_loss", "brier", "ece"} <= set(content["test"])
    log, sides = course.load_log(), content["protocol"]["students"]
    assert sum(sides.values()) == course.counts()["students"]
    split = split_by_student(log, 0)
    assert content["interactions"] == len(log.of_students(split.train))
    assert content["test"]["answers"] == len(log.of_students(split.test))
    assert 0.5 < content["test_with_forgetting"]["auc"] < 1
    assert content["time_model"] == DEFAULT_CURVE
    run = json.loads(result.run.read_text())
    assert (run["command"], run["data_hash"], run["seed"]) == ("train", course.data_hash, 0)
    assert run["metrics"]["test"]["auc"] == pytest.approx(content["test"]["auc"])


def test_the_newest_training_serves(course_copy, still_clock, quiet):
    course = Course.open(course_copy)
    assert load_trained(course, course.load_bank()).model.tracer.name == "dkt"
    first = train(course, HISTORY, still_clock, quiet)
    second = train(course, HISTORY, still_clock, quiet)
    assert first.run_id != second.run_id
    found = load_trained(course, course.load_bank())
    assert (found.model.tracer.name, found.run.name) == ("history", second.run_id)
    assert len(course.saved_runs("models")) == 3


@pytest.mark.parametrize("model", ["history", "dkt"])
def test_answers_of_test_students_never_reach_the_model(course_copy, trained, still_clock, quiet, model):
    as_logged, expected = trained(model)
    permuted, options = class_of(course_copy), small(model)
    log = permuted.load_log()
    rows = np.isin(log.student, split_by_student(log, options.seed).test)
    correct = log.correct.copy()
    correct[rows] = 1 - correct[rows]
    permuted.replace(log=replace(log, correct=correct))
    shutil.rmtree(permuted.path / "models")
    assert train(permuted, options, still_clock, quiet).test.auc != expected.test.auc  # so the change was there
    for name in ("weights.safetensors", "mind.json"):
        assert (saved(permuted, model) / name).read_bytes() == (saved(as_logged, model) / name).read_bytes(), name


def test_answers_of_training_students_do(small_course, tmp_path, still_clock, quiet):
    course = class_of(shutil.copytree(small_course, tmp_path / "course"))
    train(course, HISTORY, still_clock, quiet)
    before = (saved(course, "history") / "weights.safetensors").read_bytes()
    log = course.load_log()
    correct = log.correct.copy()
    rows = np.isin(log.student, split_by_student(log, 0).train)
    correct[rows] = 1 - correct[rows]
    course.replace(log=replace(log, correct=correct))
    shutil.rmtree(course.path / "models")
    train(course, HISTORY, still_clock, quiet)
    assert (saved(course, "history") / "weights.safetensors").read_bytes() != before


def test_the_same_seed_gives_the_same_model(few, trained, still_clock, quiet):
    shutil.rmtree(few.path / "models")
    train(few, small("dkt"), still_clock, quiet)
    one, other = ((saved(course, "dkt") / "weights.safetensors").read_bytes() for course in (few, trained("dkt")[0]))
    assert one == other


def test_a_log_without_times_forgets_nothing(few, still_clock, quiet, now):
    log = few.load_log()
    few.replace(log=replace(log, time_seconds=np.full(len(log), np.nan)))
    result = train(few, HISTORY, still_clock, quiet)
    assert result.to_dict()["time_model"] == "none"
    assert result.curve == "level"
    plain = train(few, replace(HISTORY, forgetting="none"), still_clock, quiet)
    assert plain.curve == "none"
    assert plain.level_sd == 0.0
    assert plain.recall == plain.test == result.test
    model = load_trained(few, few.load_bank()).model
    mind = model.replay(few.load_log().interactions("s0001"))
    assert np.array_equal(model.recall(mind, np.array([now])), model.recall(mind, np.array([now + 1e9])))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (TrainOptions(model="dtk"), "did you mean 'dkt'"),
        (TrainOptions(model="history", questions="difficulty"), "takes no --questions"),
        (TrainOptions(model="history", vectors="frozen"), "takes no --vectors"),
        (TrainOptions(model="history", size="large"), "takes no --size"),
        (TrainOptions(questions="all"), "--questions is 'all'"),
        (TrainOptions(vectors="warm"), "--vectors is 'warm'"),
        (TrainOptions(device="abacus"), "--device is 'abacus'"),
        (TrainOptions(size="huge"), "huge"),
    ],
)
def test_options_that_do_not_exist(few, still_clock, quiet, fingerprint, options, words):
    before = fingerprint(few.path)
    with pytest.raises(UserError, match=words):
        train(few, options, still_clock, quiet)
    assert fingerprint(few.path) == before


def test_a_course_without_answers_cannot_be_learned_from(tmp_path, still_clock, quiet):
    course = Course.create(tmp_path / "empty", "Empty")
    with pytest.raises(UserError, match="no answers to learn from") as caught:
        train(course, HISTORY, still_clock, quiet)
    for way_out in ("preceptor import", "preceptor simulate", "--model semantic-dkt --from OTHER_COURSE"):
        assert way_out in caught.value.mend


@pytest.mark.parametrize("model", ["history", "dkt"])
def test_a_saved_model_predicts_as_it_did(trained, model):
    course, result = trained(model)
    bank, log = course.load_bank(), course.load_log()
    found = load_trained(course, bank)
    split = split_by_student(log, 0)
    test = log.of_students(split.test)
    p = found.model.score(test)
    loss = -np.mean(np.where(test.correct > 0.5, np.log(p), np.log(1 - p)))
    assert loss == pytest.approx(result.recall.log_loss, abs=1e-6)
    assert np.array_equal(p, load_trained(course, bank).model.score(test))
    assert found.metrics["test"]["auc"] == result.test.auc
    assert set(found.objectives) == {"exam", "global", "practiced", "upcoming", "weakest"}


@pytest.mark.parametrize("given", [{"questions": "difficulty"}, {"questions": "embedding"}, {"vectors": "tuned"}])
def test_what_is_known_of_questions_is_trained_and_loaded(few, still_clock, quiet, given):
    result = train(few, TrainOptions(size="small", **given), still_clock, quiet)
    assert math.isfinite(result.test.log_loss)
    tracer = load_trained(few, few.load_bank()).model.tracer
    assert tracer.questions == given.get("questions", "none")
    assert (tracer.vectors is not None) == ("vectors" in given)


class StoppedError(Exception):
    pass


def stops_after(epoch):
    def progress(what, done, total):
        if what == "dkt" and done == epoch:
            raise StoppedError

    return progress


def test_an_interrupted_training_goes_on_and_ends_as_if_nothing_had_happened(few, trained, still_clock, quiet):
    options = small("dkt")
    assert interrupted_epoch(few, options) is None
    with pytest.raises(StoppedError):
        train(few, options, still_clock, stops_after(2))
    assert interrupted_epoch(few, options) == 2
    assert interrupted_epoch(few, replace(options, seed=4)) is None
    seen = []
    resumed = train(few, replace(options, resume=True), still_clock, lambda what, done, total: seen.append(done))
    assert seen[0] == 3
    assert interrupted_epoch(few, options) is None
    course, whole = trained("dkt")
    assert (resumed.test, resumed.fit.best_epoch) == (whole.test, whole.fit.best_epoch)
    runs = [at.path / "models" / "dkt" / run_id for at, run_id in ((few, resumed.run_id), (course, whole.run_id))]
    one, other = ((run / "weights.safetensors").read_bytes() for run in runs)
    assert one == other


def test_what_a_training_of_another_kind_left_is_not_taken_up(few, still_clock, quiet):
    options = TrainOptions(size="small", seed=3)
    with pytest.raises(StoppedError):
        train(few, options, still_clock, stops_after(1))
    with pytest.raises(UserError, match="1 other left"):
        train(few, replace(options, seed=4, resume=True), still_clock, quiet)
    training_checkpoint(few, options).path.write_bytes(b"PK")
    assert interrupted_epoch(few, options) is None


@pytest.mark.parametrize("file", ["weights.safetensors", "mind.json", "config.json"])
def test_a_damaged_model_is_named(course_copy, file):
    course = Course.open(course_copy)
    bank, path = course.load_bank(), course.default("models") / file
    whole = path.read_bytes()
    for content in (None, b"", whole[: len(whole) // 2], b"null", b"[1]"):
        path.unlink() if content is None else path.write_bytes(content)
        with pytest.raises(UserError, match="damaged"):
            load_trained(course, bank)
    path.write_bytes(whole)
    assert load_trained(course, bank).run is not None


@pytest.mark.parametrize("model", ["history", "dkt"])
def test_questions_may_join_after_training_but_other_concepts_call_for_a_new_one(trained, model):
    course, _ = trained(model)
    bank = course.load_bank()
    question = replace(bank.questions[0], question_id="new")
    found = load_trained(course, bank.merged(replace(bank, questions=(question,))))
    assert len(found.model.q_matrix.question_ids) == len(bank.questions) + 1
    concept = replace(bank.concepts[0], concept_id="quite-new")
    with pytest.raises(UserError, match="preceptor train"):
        load_trained(course, bank.merged(replace(bank, concepts=(concept,), questions=())))
