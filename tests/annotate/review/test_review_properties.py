"""Whatever a teacher does, in whatever order: replay stays pure, whole and without circles."""

from dataclasses import replace
from graphlib import TopologicalSorter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.annotate import Annotation, Failed, Label, Prerequisite, QuestionLabels, Source, Stage
from preceptor.annotate.review import replay
from preceptor.annotate.review_events import (
    AcceptLabel,
    AddConcept,
    AddLabel,
    ConceptRef,
    ConfirmPrerequisite,
    EditSteps,
    Event,
    MergeConcepts,
    MoveLabel,
    Part,
    RemoveLabel,
    RemovePrerequisite,
    RenameConcept,
    ReviewedStep,
    SplitConcept,
    Undo,
)
from preceptor.annotate.review_lines import from_line, to_line
from preceptor.domain import Concept, Step

CONCEPTS, QUESTIONS = 5, 6
quickly = settings(max_examples=60, deadline=None, derandomize=True)
NAMES = [f"Concept {i}" for i in range(CONCEPTS)] + ["New A", "New B"]
concepts = st.sampled_from(NAMES).map(ConceptRef)
questions = st.sampled_from([f"q{i}" for i in range(QUESTIONS + 2)])
names = st.sampled_from(NAMES)
parts = st.builds(Part, names, st.lists(questions, min_size=1, max_size=3, unique=True).map(tuple))
steps = st.builds(ReviewedStep, st.just("Do"), st.lists(concepts, max_size=2, unique=True).map(tuple), st.just("1"))
actions = st.one_of(
    st.builds(AcceptLabel, questions, concepts),
    st.builds(RemoveLabel, questions, concepts),
    st.builds(AddLabel, questions, concepts, st.just("now")),
    st.builds(MoveLabel, questions, concepts, concepts),
    st.builds(AddConcept, names),
    st.builds(RenameConcept, concepts, names),
    st.builds(MergeConcepts, concepts, concepts),
    st.builds(SplitConcept, concepts, st.lists(parts, min_size=1, max_size=2).map(tuple)),
    st.builds(ConfirmPrerequisite, concepts, concepts),
    st.builds(RemovePrerequisite, concepts, concepts),
    st.builds(EditSteps, questions, st.just("then"), st.lists(steps, max_size=2).map(tuple)),
    st.builds(Undo, st.integers(0, 12).map(lambda i: f"e{i}")),
)
histories = st.lists(actions, max_size=12).map(
    lambda found: tuple(Event(f"e{i}", float(i), "teacher", action) for i, action in enumerate(found))
)


@st.composite
def annotations(draw):
    links = draw(st.sets(st.tuples(st.integers(0, CONCEPTS - 1), st.integers(0, CONCEPTS - 1)), max_size=6))
    found = [
        (f"q{i}", draw(st.lists(st.integers(0, CONCEPTS - 1), min_size=1, max_size=2, unique=True)))
        for i in range(QUESTIONS)
    ]
    used = {concept for _, of_question in found for concept in of_question}
    return Annotation(
        "builtin",
        "shipped",
        tuple(Concept(f"c{i}", f"Concept {i}") for i in sorted(used)),
        tuple(
            Prerequisite(f"c{i}", f"c{j}", draw(st.sampled_from(Source)))
            for i, j in sorted(links)
            if i > j and {i, j} <= used
        ),
        tuple(
            QuestionLabels(
                name,
                "then",
                tuple(Label(f"c{c}", 0.9 - 0.1 * k) for k, c in enumerate(of_question)),
                (Step("Do", (f"c{of_question[0]}",)),),
            )
            for name, of_question in found
        ),
        (Failed(f"q{QUESTIONS}", Stage.CONCEPTS, "timeout"),),
    )


def named(annotation):
    """An annotation without ids."""
    name = {concept.concept_id: concept.name for concept in annotation.concepts}
    return (
        set(name.values()),
        {(name[link.concept_id], name[link.needs], link.source) for link in annotation.prerequisites},
        {
            (
                found.question_id,
                frozenset((name[label.concept_id], label.confidence) for label in found.labels),
                tuple((step.text, tuple(name[c] for c in step.concepts), step.result) for step in found.steps),
            )
            for found in annotation.questions
        },
        set(annotation.failures),
    )


@quickly
@given(annotations(), histories)
def test_every_event_counts_is_undone_or_is_told(annotation, events):
    reviewed = replay(annotation, events)
    told = {entry.event.event_id for entry in reviewed.stranded}
    standing = {event.event_id for event in reviewed.standing}
    undoing = {event.event_id for event in events if isinstance(event.action, Undo)}
    undone = {event.action.event_id for event in events if isinstance(event.action, Undo)}
    assert {event.event_id for event in events} <= told | standing | undone | undoing
    assert reviewed == replay(annotation, events)


@quickly
@given(annotations(), histories)
def test_the_result_is_whole(annotation, events):
    """Labels, steps and prerequisites name concepts that are there; every concept has a question; no circles."""
    found = replay(annotation, events).annotation
    known = {concept.concept_id for concept in found.concepts}
    assert len(known) == len(found.concepts)
    assert {label.concept_id for question in found.questions for label in question.labels} == known
    for question in found.questions:
        own = {label.concept_id for label in question.labels}
        assert {concept for step in question.steps for concept in step.concepts} <= own
        assert [label.confidence for label in question.labels] == sorted(
            (label.confidence for label in question.labels), reverse=True
        )
    assert {end for link in found.prerequisites for end in (link.concept_id, link.needs)} <= known
    graph = {}
    for link in found.prerequisites:
        graph.setdefault(link.concept_id, set()).add(link.needs)
    TopologicalSorter(graph).prepare()
    told = {failed.question_id for failed in found.failures}
    given = {question.question_id for question in annotation.questions}
    assert given <= told | {question.question_id for question in found.questions}


@quickly
@given(annotations(), histories)
def test_events_survive_other_ids(annotation, events):
    """Another run that gives the same names under other ids gives the same review."""
    ids = {concept.concept_id: f"c{(int(concept.concept_id[1:]) + 1) % CONCEPTS}" for concept in annotation.concepts}
    anew = replace(
        annotation,
        concepts=tuple(replace(concept, concept_id=ids[concept.concept_id]) for concept in annotation.concepts),
        prerequisites=tuple(
            replace(link, concept_id=ids[link.concept_id], needs=ids[link.needs]) for link in annotation.prerequisites
        ),
        questions=tuple(
            replace(
                found,
                labels=tuple(replace(label, concept_id=ids[label.concept_id]) for label in found.labels),
                steps=tuple(replace(step, concepts=tuple(ids[c] for c in step.concepts)) for step in found.steps),
            )
            for found in annotation.questions
        ),
    )
    before, after = replay(annotation, events), replay(anew, events)
    assert named(before.annotation) == named(after.annotation)
    assert [entry.event for entry in before.stranded] == [entry.event for entry in after.stranded]


@quickly
@given(annotations(), histories)
def test_events_that_are_there_twice_change_nothing(annotation, events):
    assert replay(annotation, events + events) == replay(annotation, events)


@quickly
@given(annotations(), actions.filter(lambda action: not isinstance(action, Undo)))
def test_deciding_the_same_again_changes_nothing(annotation, action):
    once, twice = (tuple(Event(f"e{i}", float(i), "teacher", action) for i in range(times)) for times in (1, 2))
    assert named(replay(annotation, twice).annotation) == named(replay(annotation, once).annotation)


@quickly
@given(annotations(), histories, actions.filter(lambda action: not isinstance(action, Undo)))
def test_undo_returns_to_what_was_before(annotation, events, action):
    done = (*events, Event("last", 90.0, "teacher", action))
    undone = replay(annotation, (*done, Event("undo", 91.0, "teacher", Undo("last"))))
    assert undone == replay(annotation, events)
    again = replay(annotation, (*done, *undone_twice()))
    assert again.annotation == replay(annotation, done).annotation


def undone_twice():
    return Event("undo", 91.0, "teacher", Undo("last")), Event("redo", 92.0, "teacher", Undo("undo"))


@quickly
@given(
    annotations(), st.lists(st.tuples(questions, st.sampled_from((AcceptLabel, RemoveLabel))), max_size=6), st.randoms()
)
def test_order_does_not_matter_between_labels_of_different_questions(annotation, decisions, random):
    concept = ConceptRef(annotation.concepts[0].name)
    kept = {question: Event(question, 0.0, "teacher", kind(question, concept)) for question, kind in decisions}
    events = list(kept.values())
    shuffled = random.sample(events, len(events))
    assert replay(annotation, shuffled).annotation == replay(annotation, events).annotation


def test_order_matters_where_it_must():
    annotation = Annotation(
        "builtin", "", (Concept("c0", "Concept 0"),), (), (QuestionLabels("q0", "", (Label("c0", 0.5),)),)
    )
    concept = ConceptRef("Concept 0")
    accept, remove = (Event(kind.__name__, 0.0, "", kind("q0", concept)) for kind in (AcceptLabel, RemoveLabel))
    assert replay(annotation, (accept, remove)).annotation.questions == ()
    assert replay(annotation, (remove, accept)).annotation.questions[0].labels[0].confidence == 1.0


@quickly
@given(annotations(), st.integers(1, CONCEPTS - 1), st.integers(1, CONCEPTS - 1))
def test_merge_then_split_returns_the_labels(annotation, first, second):
    names_of = [concept.name for concept in annotation.concepts]
    if len(names_of) < 2:
        return
    merged, into = names_of[first % len(names_of)], names_of[second % len(names_of) - 1]
    ids = {concept.name: concept.concept_id for concept in annotation.concepts}
    having = {
        name: {q.question_id for q in annotation.questions if ids[name] in {label.concept_id for label in q.labels}}
        for name in (merged, into)
    }
    if merged == into or having[merged] & having[into]:
        return
    events = (
        Event("m", 0.0, "", MergeConcepts(ConceptRef(merged), ConceptRef(into))),
        Event("s", 1.0, "", SplitConcept(ConceptRef(into), (Part(merged, tuple(sorted(having[merged]))),))),
    )
    found = replay(annotation, events)
    if any("circle" in entry.reason for entry in found.stranded):
        return
    assert found.stranded == ()
    shown = [
        {(question, frozenset(name for name, _ in kept), taken) for question, kept, taken in named(state)[2]}
        for state in (annotation, found.annotation)
    ]
    assert shown[0] == shown[1]


@quickly
@given(histories)
def test_a_line_is_read_as_it_was_written(events):
    for event in events:
        line = to_line(event)
        assert "\n" not in line
        assert from_line(line) == event


@pytest.mark.parametrize(
    "line",
    [
        "",
        "{}",
        "[]",
        "null",
        '{"event_id": "e", "at_seconds": 0, "author": "t", "kind": "Explode", "action": {}}',
        '{"event_id": "e", "at_seconds": 0, "author": "t", "kind": "AddConcept", "action": {"name": 3}}',
        '{"event_id": "e", "at_seconds": 0, "author": "t", "kind": "AddConcept", "action": {"name": "A", "more": 1}}',
        '{"event_id": "e", "at_seconds": 0, "author": "t", "kind": "AddConcept", "action": {}}',
        '{"event_id": "e", "at_seconds": 0, "author": "t", "kind": "AddLabel", "action": {"question_id": []}}',
        '{"event_id": "e", "at_seconds": 0, "author": "t", "kind": "SplitConcept", "action": {"parts": {}}}',
    ],
)
def test_what_is_no_event_is_refused(line):
    with pytest.raises(ValueError):
        from_line(line)
