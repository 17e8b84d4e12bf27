import pytest

from preceptor.annotate import Annotation, Label, Prerequisite, QuestionLabels, Source, applied, content_of
from preceptor.course import Course
from preceptor.domain import Bank, Concept, Question, QuestionKind
from preceptor.workflow.annotating import store

QUESTIONS = tuple(
    Question(f"q{i}", f"Work out ${i} {sign} 2$.", QuestionKind.NUMBER, "4", ("any",))
    for i, sign in enumerate("+++×××")
)


def _annotation_of(ids=("c0", "c1")):
    concepts = tuple(Concept(name, title) for name, title in zip(ids, ("Sums", "Products"), strict=True))
    questions = tuple(
        QuestionLabels(q.question_id, content_of(q), (Label(ids[i // 3], 0.5 + i / 20, "signs"),))
        for i, q in enumerate(QUESTIONS)
    )
    links = (Prerequisite(ids[1], ids[0], Source.PROPOSED, "asked first"),)
    return Annotation("builtin", "shipped", concepts, links, questions)


@pytest.fixture
def course(tmp_path):
    """An annotated course of six questions."""
    course = Course.create(tmp_path / "course", "Sums")
    bank = Bank((Concept("any", "Any"),), QUESTIONS)
    course.replace(bank)
    store(course, _annotation_of(), applied(bank, _annotation_of()), 1.0)
    return course


@pytest.fixture
def annotation_of():
    """What an annotator gives: "Sums" for q0 to q2, "Products" for q3 to q5, under any two ids."""
    return _annotation_of


@pytest.fixture
def names():
    """The names of the concepts that a course uses, by question."""

    def of(course):
        bank = course.load_bank()
        return {q.question_id: [bank.concept[concept].name for concept in q.concepts] for q in bank.questions}

    return of
