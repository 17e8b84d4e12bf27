"""A course under review: decisions are kept, survive annotating anew, and reach the course as a whole."""

import json
from dataclasses import replace

import pytest

from preceptor.annotate import applied, content_of, read_annotation, write_annotation
from preceptor.annotate.review_events import (
    AcceptLabel,
    ConceptRef,
    EditSteps,
    MergeConcepts,
    Part,
    RenameConcept,
    SplitConcept,
)
from preceptor.course import Course
from preceptor.domain import Concept, Step, UserError
from preceptor.workflow.annotating import store
from preceptor.workflow.review_files import export_review, import_review
from preceptor.workflow.review_room import ReviewRoom
from preceptor.workflow.reviewing import NotAnnotatedError, Review, decided_in, read_events

SUMS, PRODUCTS = ConceptRef("Sums"), ConceptRef("Products")


def test_a_course_that_was_never_annotated_is_refused(tmp_path):
    with pytest.raises(NotAnnotatedError, match="never annotated"):
        Review(Course.create(tmp_path / "course", "Empty")).state()


def test_decisions_are_lines_in_the_course(course):
    review = Review(course)
    review.record((AcceptLabel("q0", SUMS),), "Ms Li", 5.0)
    review.record((MergeConcepts(PRODUCTS, SUMS),), "Ms Li", 6.0)
    lines = (course.path / "annotations" / "reviews.jsonl").read_text().splitlines()
    assert [json.loads(line)["kind"] for line in lines] == ["AcceptLabel", "MergeConcepts"]
    assert json.loads(lines[0])["author"] == "Ms Li"
    events, torn = read_events(course)
    assert [event.at_seconds for event in events] == [5.0, 6.0]
    assert not torn


def test_the_course_uses_what_stands_when_it_is_told_to(course, names):
    review = Review(course)
    assert not review.state().unused
    review.record((SplitConcept(SUMS, (Part("Doubles", ("q1",)),)),), "teacher", 1.0)
    assert names(course)["q1"] == ["Sums"]
    assert review.state().unused
    assert review.use()
    assert names(course)["q1"] == ["Doubles"]
    assert not review.use()


def test_decisions_survive_annotating_anew(course, annotation_of, names):
    Review(course).record((RenameConcept(SUMS, "Adding"), AcceptLabel("q0", ConceptRef("Adding"))), "teacher", 1.0)
    anew = annotation_of(("c1", "c7"))
    store(course, anew, applied(course.load_bank(), anew, decided_in(course)), 2.0)
    assert names(course)["q0"] == ["Adding"]
    state = Review(course).state()
    assert state.reviewed.decided == {("q0", "c1")}
    assert not state.unused


def test_what_another_annotation_does_not_know_is_stranded(course, annotation_of, names):
    review = Review(course)
    review.record((MergeConcepts(PRODUCTS, SUMS),), "teacher", 1.0)
    anew = replace(annotation_of(), concepts=(Concept("c0", "Sums"), Concept("c1", "Multiplying")))
    store(course, anew, applied(course.load_bank(), anew, decided_in(course)), 2.0)
    stranded = review.state().reviewed.stranded
    assert [entry.reason for entry in stranded] == ["There is no concept “Products”."]
    assert names(course)["q5"] == ["Multiplying"]


def test_what_cannot_be_is_refused_and_nothing_is_written(course):
    review = Review(course)
    with pytest.raises(UserError, match="There is no concept “Stars”"):
        review.record((AcceptLabel("q0", SUMS), AcceptLabel("q0", ConceptRef("Stars"))), "teacher", 1.0)
    assert read_events(course) == ((), False)


def test_undo_at_the_same_moment_is_another_event(course):
    review = Review(course)
    for _ in range(2):
        event = review.record((AcceptLabel("q0", SUMS),), "teacher", 1.0).events[-1]
        assert review.state().reviewed.decided == {("q0", "c0")}
        review.undo(event.event_id, "teacher", 1.0)
        assert review.state().reviewed.decided == frozenset()


def test_a_torn_line_is_told_and_the_others_stand(course):
    review = Review(course)
    review.record((AcceptLabel("q0", SUMS),), "teacher", 1.0)
    with (course.path / "annotations" / "reviews.jsonl").open("ab") as file:
        file.write(b'{"event_id": "r')
    assert review.state().torn
    assert ReviewRoom(review).view().torn
    assert review.state().reviewed.decided == {("q0", "c0")}
    review.record((AcceptLabel("q1", SUMS),), "teacher", 2.0)
    assert not review.state().torn


def test_a_damaged_line_in_the_middle_is_refused_with_its_number(course):
    review = Review(course)
    review.record((AcceptLabel("q0", SUMS),), "teacher", 1.0)
    path = course.path / "annotations" / "reviews.jsonl"
    path.write_bytes(b"nonsense\n" + path.read_bytes())
    with pytest.raises(UserError, match=r"Line 1 of .* is damaged"):
        review.state()


def test_one_writer_at_a_time(course):
    with Course.open(course.path).writing(), pytest.raises(UserError, match="Another command is writing"):
        Review(course).record((AcceptLabel("q0", SUMS),), "teacher", 1.0)


def test_twins_are_called_by_their_codes(course, annotation_of):
    twins = replace(annotation_of(), concepts=(Concept("c0", "Sums", code="1.A"), Concept("c1", "sums", code="1.B")))
    store(course, twins, applied(course.load_bank(), twins), 2.0)
    room = ReviewRoom(Review(course))
    assert room.concept("c0").names == ("Sums (1.A)", "sums (1.B)")
    assert room.merge("c1", "sums (1.a)", 3.0) == "c0"
    assert room.view().concepts[0].questions == 6


def test_a_question_without_a_concept_can_be_given_one(course, names):
    room = ReviewRoom(Review(course))
    room.remove("q0", "c0", 1.0)
    assert [question.question_id for question in room.view().open_questions] == ["q0"]
    room.add("q0", "products", 2.0)
    assert room.view().open_questions == ()
    room.use()
    assert names(course)["q0"] == ["Products"]


def test_a_teacher_who_takes_all_steps_of_a_question_keeps_none_and_annotating_again_brings_none_back(
    course, annotation_of, tmp_path
):
    bank = course.load_bank()
    first = replace(bank.questions[0], steps=(Step("Count on from 0."), Step("Count on by 2.")))
    course.replace(replace(bank, questions=(first, *bank.questions[1:])))
    review = Review(course)
    assert len(review.state().wanted.questions[0].steps) == 2
    review.record((EditSteps("q0", content_of(first), ()),), "teacher", 1.0)
    review.use()
    assert course.load_bank().questions[0].steps == ()
    found = replace(annotation_of().questions[0], steps=(Step("Found", ("c0",)),))
    anew = replace(annotation_of(), questions=(found, *annotation_of().questions[1:]))
    assert applied(course.load_bank(), anew, decided_in(course)).questions[0].steps == ()
    write_annotation(tmp_path, decided_in(course)(anew))
    assert read_annotation(tmp_path).questions[0].bare


def test_steps_are_taken_in_a_spreadsheet_too(course, tmp_path, still_clock):
    bank = course.load_bank()
    first = replace(bank.questions[0], steps=(Step("Count on from 0."), Step("Count on by 2.")))
    course.replace(replace(bank, questions=(first, *bank.questions[1:])))
    file = tmp_path / "review.csv"
    export_review(course, file)
    text = file.read_text(encoding="utf-8-sig")
    cell = '"Count on from 0. || Sums\nCount on by 2. || Sums"'
    assert cell in text
    file.write_text(text.replace(cell, ""), encoding="utf-8")
    assert import_review(course, file, "Ms Li", still_clock)["recorded"] == 1
    assert course.load_bank().questions[0].steps == ()
