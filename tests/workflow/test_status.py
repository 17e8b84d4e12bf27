"""What `preceptor status` says of a course from a published data set."""

from dataclasses import replace

import pytest

from preceptor.annotate import UNLABELLED
from preceptor.course import Course
from preceptor.data import ReadOptions
from preceptor.domain import Bank, Question, QuestionKind
from preceptor.progress import silent
from preceptor.workflow.annotating import AnnotateOptions, annotate
from preceptor.workflow.clock import system_clock
from preceptor.workflow.embedding import EmbedOptions, embed
from preceptor.workflow.importing import import_data
from preceptor.workflow.published import COUNTED, SETS, difference_note
from preceptor.workflow.status import status
from preceptor.workflow.training import train
from preceptor.workflow.training_options import TrainOptions
from preceptor.workflow.vectors import course_vectors

BLOCK = "0,ann\n5,6,6\n1,2,3\n1,0,0\n"


def imported(tmp_path, name, course="course"):
    folder = tmp_path / name
    folder.mkdir()
    (folder / f"{name}_pid_test1.csv").write_text(BLOCK)
    import_data("akt-folds", [folder], tmp_path / course, ReadOptions(), system_clock())
    return Course.open(tmp_path / course)


def test_a_published_set_shows_its_published_counts_and_why_others_differ(tmp_path):
    found = status(imported(tmp_path, "assist2017"))
    assert found.interactions == 2
    assert found.published is not None
    assert [getattr(found.published, name) for name in COUNTED] == [1708, 3162, 102, 942_816]
    note = next(note for note in found.notes if "TASA, Table 4" in note)
    assert "1 students against 1,708" in note
    assert "counts once" in note


def test_other_and_mixed_courses_show_none(tmp_path):
    assert status(imported(tmp_path, "assist2009")).published is None
    mixed = status(imported(tmp_path, "assist2017"))
    assert mixed.concepts == 6
    assert mixed.published is None
    assert not any("TASA" in note for note in mixed.notes)
    assert status(Course.create(tmp_path / "empty", "empty")).published is None


@pytest.mark.parametrize("name", SETS)
def test_equal_counts_need_no_explanation(name):
    published, why = SETS[name]
    counts = {counted: getattr(published, counted) for counted in COUNTED}
    assert difference_note(counts, published, why) == ""
    note = difference_note({**counts, "concepts": 7}, published, why)
    assert f"7 concepts against {published.concepts}" in note
    assert why in note


def test_a_model_of_earlier_labels_is_told(course_copy, still_clock):
    course = Course.open(course_copy)
    train(course, TrainOptions(model="bkt"), still_clock, silent)
    assert not any("earlier labels" in note for note in status(course).notes)
    bank = course.load_bank()
    first, *others = bank.questions
    other = next(c.concept_id for c in bank.concepts if c.concept_id not in first.concepts)
    joined = replace(first, question_id="joined")
    course.replace(replace(bank, questions=(replace(first, concepts=(other,)), *others, joined)))
    (note,) = (note for note in status(course).notes if "earlier labels" in note)
    assert f"1 of {len(bank.questions):,} questions" in note
    assert "preceptor train" in note


def test_a_model_of_earlier_answers_is_told(course_copy, still_clock):
    course = Course.open(course_copy)
    train(course, TrainOptions(model="bkt"), still_clock, silent)
    assert not any("than the course has now" in note for note in status(course).notes)
    course.replace(log=course.load_log().of_students(range(10)))
    (note,) = (note for note in status(course).notes if "than the course has now" in note)
    assert "The model bkt/" in note
    assert "preceptor train" in note


def test_texts_that_are_new_since_the_course_was_embedded_are_told(course_copy, still_clock):
    course = Course.open(course_copy)
    embed(course, EmbedOptions(encoder="lexical"), still_clock, silent)
    assert not any("preceptor embed" in note for note in status(course).notes)
    bank = course.load_bank()
    first, *others = bank.questions
    course.replace(replace(bank, questions=(replace(first, concepts=others[-1].concepts), *others[::-1])))
    assert not any("preceptor embed" in note for note in status(course).notes), "labels are no texts"
    assert course_vectors(course, course.load_bank()).question_ids == tuple(course.load_bank().question)
    course.replace(replace(bank, questions=(replace(first, text="Something new"), *others)))
    (note,) = (note for note in status(course).notes if "preceptor embed" in note)
    assert f"1 of {len(bank.questions) + len(bank.concepts):,} texts are new" in note
    assert course_vectors(course, course.load_bank()) is None


def test_an_unlabelled_course_is_told_to_annotate_and_then_to_review(tmp_path, still_clock):
    course = Course.create(tmp_path / "course", "own")
    texts = ("Add the fractions $1/2$ and $1/3$.", "Question 7")
    questions = tuple(Question(f"q{i}", text, QuestionKind.TEXT, "4", ("unlabelled",)) for i, text in enumerate(texts))
    course.replace(Bank((UNLABELLED,), questions))
    assert f"No question has a concept yet. Next: preceptor annotate {course.path}" in status(course).notes
    annotate(course, AnnotateOptions(), still_clock, silent)
    (note,) = (note for note in status(course).notes if "no concept" in note)
    assert "1 of 2 questions" in note
    assert f"preceptor review {course.path}" in note


def test_where_nothing_says_anything_or_all_is_labelled_nothing_is_proposed(tmp_path, small_course):
    assert not any("preceptor annotate" in note for note in status(Course.open(small_course)).notes)
    course = Course.create(tmp_path / "course", "ids")
    course.replace(Bank((UNLABELLED,), (Question("q", "Question 7", QuestionKind.TEXT, "4", ("unlabelled",)),)))
    assert not any("preceptor annotate" in note for note in status(course).notes)
