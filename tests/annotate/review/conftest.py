from dataclasses import replace

import pytest

from preceptor.annotate import Annotation, Failed, Label, Prerequisite, QuestionLabels, Source, Stage
from preceptor.annotate.review_events import Event
from preceptor.domain import Concept, Step


@pytest.fixture
def annotation():
    """Four concepts in a row of prerequisites, six questions, one that failed."""
    concepts = (
        Concept("c0", "Adding fractions", code="5.NF.A.1", grade=5, cluster="fractions"),
        Concept("c1", "Sums of fractions", grade=5, cluster="fractions"),
        Concept("c2", "Decimals"),
        Concept("c3", "Percentages"),
    )
    labels = {
        "q0": (("c0", 0.9),),
        "q1": (("c0", 0.6), ("c2", 0.5)),
        "q2": (("c1", 0.4),),
        "q3": (("c1", 0.3), ("c3", 0.2)),
        "q4": (("c2", 0.8),),
        "q5": (("c3", 0.7),),
    }
    questions = tuple(
        QuestionLabels(
            name,
            f"content of {name}",
            tuple(Label(concept, share, "near the standard") for concept, share in found),
            (Step("First", (found[0][0],), "1"), Step("Then", tuple(concept for concept, _ in found))),
        )
        for name, found in labels.items()
    )
    links = (
        Prerequisite("c2", "c0", Source.FRAMEWORK, "5 before 6"),
        Prerequisite("c2", "c1", Source.PROPOSED, "asked together"),
        Prerequisite("c3", "c2", Source.PROPOSED, "asked together"),
    )
    return Annotation("builtin", "ccssm", concepts, links, questions, (Failed("q6", Stage.CONCEPTS, "timeout"),))


@pytest.fixture
def annotated_anew(annotation):
    """The same annotation as another run gives it: every concept has another id, and another order."""
    ids = {"c0": "x9", "c1": "c0", "c2": "c1", "c3": "x2"}
    return replace(
        annotation,
        concepts=tuple(replace(concept, concept_id=ids[concept.concept_id]) for concept in annotation.concepts[::-1]),
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


@pytest.fixture
def events_of():
    """Events of actions, one a second."""
    return lambda *actions: tuple(Event(f"e{i}", float(i), "teacher", action) for i, action in enumerate(actions))
