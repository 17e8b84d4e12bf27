"""Every annotator keeps the contract; a new one is tested by its registry line alone."""

import json
import sys
from dataclasses import replace
from importlib.metadata import EntryPoint
from inspect import signature
from types import SimpleNamespace

import pytest

from preceptor import registry
from preceptor.annotate import (
    Annotation,
    Framework,
    Label,
    QuestionLabels,
    annotator_names,
    applied,
    content_of,
    make_annotator,
    read_annotation,
    write_annotation,
)
from preceptor.annotate.registry import ANNOTATORS
from preceptor.answers import Worker
from preceptor.course import Course
from preceptor.domain import Bank, Concept, Question, QuestionKind, Step, topological_order
from preceptor.llm import Failure, FailureKind, Reply, ScriptedModel
from preceptor.workflow.annotating import AnnotateOptions, annotate


# --- everything that an outside package writes ---
class FirstWordAnnotator:
    """Names every question by its first word."""

    name = "first-word"

    def __init__(self, framework, encoder):
        self.framework = framework

    def annotate(self, questions, progress=lambda *_: None):
        found = []
        for done, question in enumerate(questions, 1):
            word = question.text.split()[0].casefold()
            found.append(QuestionLabels(question.question_id, content_of(question), (Label(word, 0.5, "its start"),)))
            progress("questions read", done, len(questions))
        words = dict.fromkeys(one.labels[0].concept_id for one in found)
        concepts = tuple(Concept(word, word.title()) for word in words)
        return Annotation(self.name, self.framework.name, concepts, (), tuple(found))


# --- end ---

OUTSIDE = EntryPoint(FirstWordAnnotator.name, "first_word_package:FirstWordAnnotator", ANNOTATORS.group)
every_annotator = pytest.mark.parametrize("name", [*annotator_names(), OUTSIDE.name])


@pytest.fixture(autouse=True)
def outside(monkeypatch):
    """An annotator of another package, by its one line."""
    found = registry.entry_points
    monkeypatch.setattr(
        registry, "entry_points", lambda group: [*found(group=group), *([OUTSIDE] if group == OUTSIDE.group else [])]
    )
    monkeypatch.setitem(sys.modules, "first_word_package", SimpleNamespace(FirstWordAnnotator=FirstWordAnnotator))


FRAMEWORK = Framework.of(
    "f",
    (
        Concept("f:sum", "Add whole numbers", "S", 1, "add two whole numbers"),
        Concept("f:area", "Area of a rectangle", "A", 3, "area of a rectangle from length and width", ("f:sum",)),
        Concept("f:mean", "Mean of numbers", "M", 6, "mean of numbers, the average", ("f:sum", "f:area")),
    ),
)
TEXTS = (
    *(f"Add the whole numbers ${i} + {i + 2}$." for i in range(1, 5)),
    *(f"Find the area of a rectangle of length {i} and width {i + 2}." for i in range(4)),
    *(f"What is the mean of the numbers {i} and {i + 5}?" for i in range(4)),
)
REFUSED = 6
"""The question of which a model says nothing that can be used."""


def question(i, text):
    options = {"options": ("4", "5"), "kind": QuestionKind.CHOICE} if i == 5 else {"kind": QuestionKind.NUMBER}
    return Question(f"q{i}", text, key="4", concepts=("unlabelled",), **options)


BANK = Bank((Concept("unlabelled", "Unlabelled"),), tuple(question(i, text) for i, text in enumerate(TEXTS)))


def scripted(request):
    """A model that answers from the schema alone; of one question it says nothing."""
    if TEXTS[REFUSED] in request.messages[1].text:
        return Failure(FailureKind.REFUSED, "no")
    title = json.loads(request.schema)["title"]
    answers = {
        "Solution": {"steps": ["Look at the numbers.", "Work it out."], "result": "4"},
        "Concepts": {"concepts": [{"name": "S", "confidence": 0.8, "because": "numbers"},
                                  {"name": "Reading numbers", "confidence": 0.9, "because": "words"}]},
        "Links": {"links": [{"step": 1, "concept": 2}, {"step": 2, "concept": 1}]},
    }  # fmt: skip
    return Reply(json.dumps(answers[title]), 10, 5)


@pytest.fixture(scope="module")
def worker():
    with Worker() as opened:
        yield opened


@pytest.fixture
def made(bag, worker):
    """Makes an annotator with the tools that it asks for by name."""

    def of(name):
        tools = {"model": ScriptedModel(scripted), "worker": worker, "concurrency": 2}
        taken = signature(ANNOTATORS.resolve(name)).parameters
        encoder = bag([*TEXTS, *FRAMEWORK.texts, "reading numbers"])
        return make_annotator(name, FRAMEWORK, encoder, **{tool: tools[tool] for tool in tools if tool in taken})

    return of


@pytest.fixture
def annotated(made):
    """What an annotator gives for questions."""
    return lambda name, questions=BANK.questions: made(name).annotate(questions, lambda *_: None)


@every_annotator
def test_it_says_who_it_is_and_by_what_concepts_are_named(name, annotated):
    assert (annotated(name).annotator, annotated(name).framework) == (name, "f")


@every_annotator
def test_every_question_is_labelled_once_in_the_banks_order_or_has_failed(name, annotated):
    found = annotated(name)
    labelled = [one.question_id for one in found.questions]
    order = {q.question_id: i for i, q in enumerate(BANK.questions)}
    assert labelled == sorted(set(labelled), key=order.__getitem__)
    assert len(labelled) >= len(BANK.questions) - 1
    told = {failed.question_id for failed in found.failures}
    assert set(labelled) | told == set(order), "nothing is left out without a word"
    for one in found.questions:
        assert one.content == content_of(BANK.question[one.question_id])


def test_what_a_model_does_not_say_is_a_failure_and_nothing_else(annotated):
    found = annotated("model")
    assert {failed.question_id for failed in found.failures} == {f"q{REFUSED}"}
    assert f"q{REFUSED}" not in {one.question_id for one in found.questions}


@every_annotator
def test_labels_are_sure_to_a_degree_for_a_reason_and_the_surest_stands_first(name, annotated):
    for one in annotated(name).questions:
        sure = [label.confidence for label in one.labels]
        assert sure
        assert sure == sorted(sure, reverse=True)
        assert all(0 <= confidence <= 1 for confidence in sure)
        assert len({label.concept_id for label in one.labels}) == len(one.labels)
        assert all(label.evidence.strip() and "\n" not in label.evidence for label in one.labels)


@every_annotator
def test_concepts_are_those_that_questions_have_and_each_has_a_name(name, annotated):
    found = annotated(name)
    ids = [concept.concept_id for concept in found.concepts]
    assert len(set(ids)) == len(ids)
    assert set(ids) == {label.concept_id for one in found.questions for label in one.labels}
    assert all(concept.name.strip() and not concept.prerequisites for concept in found.concepts)


@every_annotator
def test_prerequisites_stand_between_these_concepts_without_cycles(name, annotated):
    found = annotated(name)
    ids = {concept.concept_id for concept in found.concepts}
    assert all({edge.concept_id, edge.needs} <= ids for edge in found.prerequisites)
    needs = {i: tuple(edge.needs for edge in found.prerequisites if edge.concept_id == i) for i in ids}
    linked = [replace(concept, prerequisites=needs[concept.concept_id]) for concept in found.concepts]
    assert len(topological_order(linked)) == len(ids)


@every_annotator
def test_steps_use_concepts_of_their_question(name, annotated):
    for one in annotated(name).questions:
        own = {label.concept_id for label in one.labels}
        assert all(isinstance(step, Step) and step.text.strip() and set(step.concepts) <= own for step in one.steps)


@every_annotator
def test_labels_that_questions_have_are_not_looked_at(name, annotated):
    other = [replace(q, concepts=("x",), question_id=q.question_id) for q in BANK.questions]
    assert annotated(name, other) == annotated(name)


@every_annotator
def test_the_same_questions_give_the_same_annotation(name, annotated):
    assert annotated(name) == annotated(name)


@every_annotator
def test_it_says_how_far_it_is(name, made):
    told = []
    made(name).annotate(BANK.questions, lambda what, done, total: told.append((what, done, total)))
    assert all(what and 0 <= done <= total for what, done, total in told)
    assert told[-1][1] == told[-1][2]


@every_annotator
def test_what_it_gives_is_kept_and_read_as_it_was(name, annotated, tmp_path):
    found = annotated(name)
    write_annotation(tmp_path, found)
    assert read_annotation(tmp_path) == found


@every_annotator
def test_it_is_applied_to_the_bank(name, annotated):
    found = annotated(name)
    bank = applied(BANK, found)
    assert [q.question_id for q in bank.questions] == [q.question_id for q in BANK.questions]
    for one in found.questions:
        assert set(bank.question[one.question_id].concepts) == {label.concept_id for label in one.labels}


def test_one_line_makes_an_annotator_usable_in_a_course(tmp_path, still_clock):
    course = Course.create(tmp_path / "course", "Sums")
    course.replace(BANK)
    told = annotate(course, AnnotateOptions(OUTSIDE.name), still_clock, lambda *_: None)
    assert (told["annotator"], told["labelled"], told["concepts"]) == (OUTSIDE.name, len(TEXTS), 3)
    assert {concept.name for concept in course.load_bank().concepts} == {"Add", "Find", "What"}
