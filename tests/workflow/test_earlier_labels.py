"""Labels that people gave: never replaced unasked, put back on demand, and nothing left over by an import."""

from dataclasses import replace

import pytest

from preceptor.annotate import UNLABELLED, as_given
from preceptor.annotate.review_events import MoveLabel, RenameConcept, ref
from preceptor.course import Course
from preceptor.data import ReadOptions
from preceptor.domain import Bank, Question, QuestionKind, Step, UserError
from preceptor.progress import silent
from preceptor.workflow.annotating import AnnotateOptions, annotate, course_annotation
from preceptor.workflow.earlier_labels import labelled, labelled_by_people, unannotated, undo
from preceptor.workflow.importing import import_data
from preceptor.workflow.reviewing import Review, decided_in

TEXTS = (
    "Add the fractions $\\frac{1}{2}$ and $\\frac{1}{3}$.",
    "Add the fractions $\\frac{1}{5}$ and $\\frac{2}{3}$.",
    "Round $3.75$ to one decimal.",
    "Find the mean of 3, 4 and 8.",
)


def write_bank(path, concepts):
    rows = [f'{i},"{text}",{i},{concept}' for i, (text, concept) in enumerate(zip(TEXTS, concepts, strict=True))]
    path.write_text("\n".join(["question,text,key,concepts", *rows]))
    return path


@pytest.fixture
def import_bank(tmp_path, still_clock):
    def made(*concepts):
        file = write_bank(tmp_path / "questions.csv", concepts)
        import_data("table", [], tmp_path / "course", ReadOptions(bank_file=file), still_clock)
        return Course.open(tmp_path / "course")

    return made


@pytest.fixture
def annotated(still_clock):
    def run(course, **options):
        return annotate(course, AnnotateOptions(**options), still_clock, silent, review=decided_in(course))

    return run


def concepts_of(course):
    return {q.question_id: q.concepts for q in course.load_bank().questions}


def test_imported_labels_are_counted_and_not_replaced_unasked(import_bank, annotated):
    course = import_bank("Sums", "Sums", "Rounding", "")
    before = course.load_bank()
    with pytest.raises(UserError, match="3 of 4 questions") as refused:
        annotated(course)
    assert "--replace-labels" in refused.value.mend
    assert course.load_bank() == before
    assert course.default("annotations") is None
    assert annotated(course, replace_labels=True)["labelled"] == 4
    assert course.load_bank() != before


def test_a_bank_without_labels_is_annotated_and_annotated_again_without_asking(import_bank, annotated):
    course = import_bank("", "", "", "")
    annotated(course)
    annotated(course)
    assert labelled_by_people(course, course.load_bank(), as_given) == 0


def test_annotating_again_gives_the_same_whatever_the_first_time_added(import_bank, annotated):
    course = import_bank("", "", "", "")
    bank = course.load_bank()
    sum_ = replace(
        bank.questions[0], kind=QuestionKind.FRACTION, text="Work out $\\frac{1}{2} + \\frac{1}{3}$.", key="5/6"
    )
    course.replace(replace(bank, questions=(sum_, *bank.questions[1:])))
    first = annotated(course)
    once = course.load_bank()
    assert first["with_steps"] > 0
    assert annotated(course)["with_steps"] == first["with_steps"]
    assert course.load_bank() == once


def test_what_people_brought_since_is_not_taken_back(import_bank, annotated):
    course = import_bank("", "", "", "")
    annotated(course)
    bank = course.load_bank()
    first, second, *others = bank.questions
    own = replace(first, steps=(Step("Our own.", first.concepts),))
    mended = replace(second, key="5", steps=(Step("Ours, too.", second.concepts),))
    course.replace(replace(bank, questions=(own, mended, *others)))
    found, added = unannotated(course, course.load_bank(), as_given)
    assert [[step.text for step in q.steps] for q in found.questions[:2]] == [["Our own."], ["Ours, too."]]
    assert not any(q.steps for q in found.questions[2:])
    assert not any(labelled(question) for question in (found.questions[0], *found.questions[2:]))
    assert added == frozenset()


def test_undo_puts_the_imported_labels_back_exactly(import_bank, annotated, still_clock):
    course = import_bank("Sums", "Sums", "Rounding", "Means")
    before, hash_before = course.load_bank(), course.data_hash
    annotated(course, replace_labels=True)
    once = course.load_bank()
    first = course.default("annotations")
    annotated(course)
    undone = undo(course, still_clock)
    assert course.default("annotations") == first
    assert course.load_bank() == once
    assert undone["stayed"] == 0
    undo(course, still_clock)
    assert course.load_bank() == before
    assert course.data_hash == hash_before
    assert course_annotation(course) is None
    with pytest.raises(UserError, match="nothing to undo"):
        undo(course, still_clock)
    with pytest.raises(UserError, match="4 of 4"):
        annotated(course)


def test_undo_leaves_what_joined_or_was_mended_since(import_bank, annotated, still_clock):
    course = import_bank("Sums", "Sums", "Rounding", "Means")
    annotated(course, replace_labels=True)
    bank = course.load_bank()
    mended = replace(bank.questions[0], text="Add one half and one fifth.")
    joined = Question("new", "What is 3 + 4?", QuestionKind.NUMBER, "7", bank.questions[2].concepts)
    course.replace(replace(bank, questions=(mended, *bank.questions[1:], joined)))
    assert undo(course, still_clock)["stayed"] == 2
    back = course.load_bank()
    assert back.questions[0] == mended
    assert back.questions[-1] == joined
    assert [back.concept[q.concepts[0]].name for q in back.questions[1:4]] == ["Sums", "Rounding", "Means"]


def test_undo_that_was_killed_can_be_done_again(import_bank, annotated, still_clock, monkeypatch):
    course = import_bank("Sums", "Sums", "Rounding", "Means")
    before = course.load_bank()
    annotated(course, replace_labels=True)
    with monkeypatch.context() as patch:
        patch.setattr(Course, "clear_default", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            undo(course, still_clock)
    undo(course, still_clock)
    assert course.load_bank() == before
    assert course.default("annotations") is None


def test_an_annotation_killed_before_the_bank_was_replaced_is_done_again_without_asking(
    import_bank, annotated, monkeypatch
):
    course = import_bank("", "", "", "")
    annotated(course)
    framework = course.path / "own.csv"
    framework.write_text("code,name\nA,Adding fractions\nB,Rounding decimals\n")
    with monkeypatch.context() as patch:
        patch.setattr(Course, "replace", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            annotated(course, framework=framework)
    annotated(course, framework=framework)


def test_labels_that_a_teacher_reviewed_are_no_reason_to_ask_and_survive(import_bank, annotated):
    course = import_bank("", "", "", "")
    annotated(course)
    bank, review = course.load_bank(), Review(course)
    moved, old = bank.questions[3], bank.concept[bank.questions[3].concepts[0]]
    target = bank.concept[bank.questions[2].concepts[0]]
    actions = (MoveLabel(moved.question_id, ref(old), ref(target)), RenameConcept(ref(target), "My own name"))
    review.record(actions, "teacher", 1.0)
    review.use()
    annotated(course)
    again = course.load_bank()
    assert again.concept[again.question[moved.question_id].concepts[0]].name == "My own name"


def test_importing_the_same_unlabelled_bank_again_changes_nothing_of_an_annotated_course(import_bank, annotated):
    course = import_bank("", "", "", "")
    annotated(course)
    before = course.load_bank()
    assert import_bank("", "", "", "").load_bank() == before


def test_labels_that_an_import_brings_later_leave_no_orphans_and_are_asked_about(import_bank, annotated):
    course = import_bank("", "", "", "")
    annotated(course)
    course = import_bank("Sums", "Sums", "", "Means")
    bank = course.load_bank()
    used = {concept for question in bank.questions for concept in question.concepts}
    assert set(bank.concept) - used <= {c.concept_id for c in bank.concepts if c.name == "Unlabelled"}
    assert {n for c in bank.concepts for n in c.prerequisites} <= set(bank.concept)
    with pytest.raises(UserError, match="3 of 4"):
        annotated(course)


def test_the_placeholder_of_questions_without_a_label_goes_with_the_last_of_them(import_bank, annotated):
    course = import_bank("", "", "", "")
    bank = course.load_bank()
    silent_one = replace(bank.questions[3], text="Question 7")
    course.replace(Bank(bank.concepts, (*bank.questions[:3], silent_one)))
    annotated(course)
    assert UNLABELLED in course.load_bank().concepts
    assert UNLABELLED not in import_bank("", "", "", "Means").load_bank().concepts
