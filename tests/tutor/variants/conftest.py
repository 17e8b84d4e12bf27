from dataclasses import replace

import pytest

from preceptor.answers import Verdict, VerdictOutcome
from preceptor.llm import Reply, ScriptedModel
from preceptor.tutor import Answer, Intent, Profile, Proposal, Situation, memories
from preceptor.tutor.persona import persona_of
from preceptor.tutor.situation import Said, Tag
from preceptor.tutor.student_model import StudentModel
from preceptor.tutor.trait_words import told
from preceptor.tutor.variants import Kit, SessionBudget

READING = (
    '{"traits": [{"trait": "neuroticism", "level": "high", "evidence": ["m1"]}],'
    ' "style": {"style": "stepwise", "evidence": ["m1"]}}'
)
FITS = '{"level_fits": true, "tone_fits": true, "reason": "it fits"}'
DRAFT = "The parts have to be of one size first. Then they can be counted together."


@pytest.fixture(scope="session")
def history(event):
    return (
        event("h1", "like-1", "3/5", 1.0, days=9.0),
        event("h2", "unlike-1", "2/9", 0.0, days=4.0),
        event("h3", "unlike-1", "2/7", 0.0, days=3.0),
        event("h4", "like-1", "3/5", 1.0, days=2.0),
        event("h5", "unlike-2", "7/10", 1.0, days=1.5),
    )


@pytest.fixture(scope="session")
def recalls(known):
    return {
        "add-unlike": known("add-unlike", 0.73, 0.41, attempts=3, correct=1.0, days=1.5),
        "add-like": known("add-like", 0.93, 0.87, attempts=2, correct=2.0, days=2.0),
    }


@pytest.fixture(scope="session")
def answered(bank, history, recalls, now):
    """A wrong answer, with everything that can be known."""
    model = StudentModel.of(bank, history)
    persona = persona_of(model, recalls, now)
    profile = Profile(
        persona,
        memories(history, bank)[1:4],
        tuple(entry.text for entry in persona),
        tuple(told(trait, "en") for trait in model.tally.traits() if trait.known),
        ("Fractions of different size: a passage of the course.",),
    )
    verdict = Verdict(VerdictOutcome.WRONG, misconception_id="adds-across")
    return Situation(
        "ann",
        now,
        turn=3,
        turns=10,
        bank=bank,
        history=history,
        recalls=recalls,
        question=bank.question["unlike-1"],
        message="2/7",
        intent=Intent.ANSWER,
        answer=Answer("h9", "unlike-1", "2/7", verdict, tries=2),
        said=(
            Said("tutor", "Hello."),
            Said("student", "I always get nervous with these"),
            Said("tutor", "One by one."),
        ),
        upcoming=Proposal("round-1", "a reason", "a lead"),
        profile=profile,
        seed="h9",
    )


@pytest.fixture(scope="session")
def wondering(answered):
    """A free question while the same question is open."""
    return replace(
        answered,
        message="why do the parts have to be of one size?",
        intent=Intent.QUESTION,
        answer=None,
        upcoming=None,
        hints_opened=1,
        tags=(Tag("add-unlike", 0.9),),
    )


def agreeable(request):
    """A model that answers every kind of request as it should."""
    if '"traits"' in request.schema:
        return Reply(READING)
    return Reply(FITS if "level_fits" in request.schema else DRAFT)


class FakeClock:
    """Goes on when it is told to."""

    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        return self.seconds


class AnyValue:
    """Computes everything to 42."""

    def __init__(self):
        self.asked = []

    def value(self, node):
        self.asked.append(node)
        return "42"


@pytest.fixture
def model():
    return ScriptedModel(agreeable)


@pytest.fixture
def kit_of():
    """The kit of a variant with a model."""

    def build(variant, model, **more):
        budget = more.pop("budget", SessionBudget())
        return Kit({"tutor": model}, budget, variant.knows, variant.prompts, **more)

    return build


def asked_of(model):
    """Everything that a model was shown."""
    return "\n".join(message.text for request in model.requests for message in request.messages)
