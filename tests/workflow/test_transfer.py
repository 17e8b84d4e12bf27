"""A model that was trained on another course: what it learned from, what it is worth here, what it says of itself."""

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest

from preceptor.course import Course
from preceptor.domain import Bank, Concept, Log, Question, QuestionKind, UserError
from preceptor.embed import LexicalEncoder
from preceptor.evaluate import metrics_of
from preceptor.trace import load_tracer
from preceptor.workflow.model_files import ENCODER_FOLDER, METRICS_FILE, MIND_FILE
from preceptor.workflow.models import load_trained
from preceptor.workflow.tracing import text_vectors
from preceptor.workflow.training_options import TrainOptions
from preceptor.workflow.transfer import transfer

OPTIONS = TrainOptions("semantic-dkt", size="small")


@pytest.fixture(scope="module")
def source(small_course, tmp_path_factory):
    """A course with a log; tests only read it."""
    course = Course.open(shutil.copytree(small_course, tmp_path_factory.mktemp("source") / "source"))
    course.replace(log=course.load_log().of_students(range(24)))
    return course


def other_bank():
    """Other ids and other words than those of the source."""
    concepts = (Concept("add", "Add fractions with unlike denominators"), Concept("mean", "Find the mean of a list"))
    texts = (
        "Add $1/2$ and $1/3$.",
        "Add $2/5$ and $1/4$.",
        "What is the mean of 3, 5 and 10?",
        "Find the mean: 1, 2, 6.",
    )
    questions = tuple(
        Question(f"o{row}", text, QuestionKind.NUMBER, "1", (concepts[row // 2].concept_id,))
        for row, text in enumerate(texts)
    )
    return Bank(concepts, questions)


@pytest.fixture
def target(tmp_path):
    """A course with texts and without a log."""
    course = Course.create(tmp_path / "target", "Target")
    course.replace(other_bank())
    return course


@pytest.fixture(scope="module")
def carried(source, tmp_path_factory, still_clock, fits_end_early):
    """What a transfer gave and the course it serves; tests only read them."""
    course = Course.create(tmp_path_factory.mktemp("carried") / "target", "Target")
    course.replace(other_bank())
    with fits_end_early():
        return course, transfer(course, source, OPTIONS, still_clock, lambda what, done, total: None)


def test_a_course_without_a_log_is_served_by_what_another_taught(carried, source, now):
    course, _ = carried
    found = load_trained(course, course.load_bank())
    assert found.model.tracer.name == "semantic-dkt"
    minds = found.model.initial(1)
    recall = found.model.recall(minds, np.array([now]))
    assert recall.shape == (1, 2)
    assert ((recall > 0) & (recall < 1)).all()
    assert set(found.objectives) == {"exam", "global", "practiced", "upcoming", "weakest"}


def test_both_banks_stand_in_one_space(carried, source):
    course, _ = carried
    folder = course.default("models")
    encoder, weights = (
        LexicalEncoder.load(folder / ENCODER_FOLDER),
        load_tracer(folder, other_bank().q_matrix).weights(),
    )
    own = text_vectors(other_bank(), False, None, encoder)
    np.testing.assert_allclose(weights["question_vectors"], own.questions, atol=1e-5)
    np.testing.assert_allclose(weights["concept_vectors"], own.concepts, atol=1e-5)
    assert encoder.encode([source.load_bank().questions[0].text]).any()


def test_the_run_says_where_the_model_comes_from(carried, source):
    course, result = carried
    for told in (result.to_dict(), json.loads((course.default("models") / METRICS_FILE).read_text())):
        assert told["transfer"]["from"] == source.name
        assert told["transfer"]["data_hash"] == source.data_hash
        assert told["transfer"]["simulated"] is True
        assert told["transfer"]["here"] is None
        assert told["simulated"] is True
    run = json.loads(result.run.read_text())
    assert run["config"]["source"].startswith(source.name)


def test_figures_are_of_the_other_course_s_test_students(carried, source):
    _, result = carried
    assert sum(result.protocol["students"].values()) == 24
    assert result.interactions < len(source.load_log())


def test_it_is_measured_on_the_answers_that_the_course_has_and_learns_from_none(
    target, source, carried, still_clock, quiet
):
    rng = np.random.default_rng(0)
    student, code = np.repeat(np.arange(10), 24), np.arange(240).astype("S20")
    log = Log.of([f"s{i}" for i in range(10)], [f"o{i}" for i in range(4)], student=student,
                 question=rng.integers(0, 4, 240), correct=rng.integers(0, 2, 240),
                 event_id=code, revision=code)  # fmt: skip
    target.replace(log=log)
    result = transfer(target, source, OPTIONS, still_clock, quiet)
    weights = load_trained(target, other_bank()).model.tracer
    assert weights.version == load_trained(carried[0], other_bank()).model.tracer.version
    assert fitted(target) == fitted(carried[0])
    here = result.transfer["here"]
    assert (here["students"], here["answers"], here["simulated"]) == (10, 240, False)
    assert here["auc"] == metrics_of(weights.score(log).astype(np.float64), log.correct).auc


def fitted(course):
    """The objectives of a course's model, as they are saved."""
    return json.loads((course.default("models") / MIND_FILE).read_text())["objectives"]


@pytest.mark.parametrize("model", ["dkt", "history", "akt"])
def test_a_tracer_that_knows_numbers_cannot_be_carried_over(target, source, still_clock, quiet, model):
    with pytest.raises(UserError, match="by number") as caught:
        transfer(target, source, TrainOptions(model), still_clock, quiet)
    assert "semantic-dkt" in caught.value.allowed


def test_a_course_cannot_be_its_own_teacher(source, still_clock, quiet):
    with pytest.raises(UserError, match="itself"):
        transfer(source, source, OPTIONS, still_clock, quiet)


def test_a_teacher_without_a_log_is_refused(target, source, tmp_path, still_clock, quiet):
    empty = Course.create(tmp_path / "empty", "Empty")
    empty.replace(source.load_bank())
    with pytest.raises(UserError, match="'Empty' has no answers"):
        transfer(target, empty, OPTIONS, still_clock, quiet)


def test_a_course_without_texts_cannot_be_served_through_texts(target, source, still_clock, quiet):
    bank = other_bank()
    numbers = tuple(Concept(concept.concept_id, f"KC {row}") for row, concept in enumerate(bank.concepts))
    questions = tuple(replace(question, text=f"Question {row}") for row, question in enumerate(bank.questions))
    target.replace(Bank(numbers, questions))
    with pytest.raises(UserError, match="numbers without texts"):
        transfer(target, source, OPTIONS, still_clock, quiet)
