"""A model that answers as a test wants, and questions to ask it about."""

import json

import numpy as np
import pytest

from preceptor.answers import Worker
from preceptor.domain import Concept, Question, QuestionKind, Step
from preceptor.llm import Reply, ScriptedModel


class WordEncoder:
    """Texts by the words they share; enough to say what is nearest."""

    key = "shared words"

    def encode(self, texts):
        words = ["add", "fraction", "denominator", "multiply", "equation", "solve", "angle", "common"]
        rows = np.array([[word in text.casefold() for word in words] for text in texts], dtype=np.float32)
        length = np.linalg.norm(rows, axis=1, keepdims=True) if len(rows) else np.ones((0, 1))
        return np.where(length > 0, rows / np.where(length > 0, length, 1), 0).reshape(len(texts), len(words))


CONCEPTS = (
    Concept("fw:5.NF.A.1", "Add fractions with unlike denominators", "5.NF.A.1", prerequisites=("fw:4.NF.B.3",)),
    Concept("fw:4.NF.B.3", "Understand a fraction as a sum of unit fractions", "4.NF.B.3"),
    Concept("fw:6.EE.B.7", "Solve one-step equations", "6.EE.B.7"),
)

SOLUTION = {"steps": ["Find a common denominator.", "Add the fractions: $\\frac{5}{6}$."], "result": "5/6"}
NAMED = {
    "concepts": [
        {"name": "5.NF.A.1", "confidence": 0.9, "because": "the denominators differ"},
        {"name": "Finding common denominators", "confidence": 0.7, "because": "first step"},
    ]
}
LINKED = {"links": [{"step": 1, "concept": 2}, {"step": 2, "concept": 1}]}


def question(number=1, text="Add $\\frac{1}{2} + \\frac{1}{3}$.", key="5/6", kind=QuestionKind.NUMBER, **more):
    return Question(f"q{number}", text, kind, key, ("unlabelled",), **more)


def stage_of(request) -> str:
    """Which of the three questions a request asks, by the schema it wants."""
    return {"Solution": "steps", "Concepts": "concepts", "Links": "links"}.get(
        json.loads(request.schema)["title"], json.loads(request.schema)["title"]
    )


@pytest.fixture(scope="session")
def worker():
    with Worker() as opened:
        yield opened


@pytest.fixture
def tools():
    """The names above, for test modules."""
    import types

    return types.SimpleNamespace(
        encoder=WordEncoder(), concepts=CONCEPTS, solution=SOLUTION, named=NAMED, linked=LINKED,
        question=question, step=Step, stage_of=stage_of,
    )  # fmt: skip


@pytest.fixture
def annotator(worker, tools):
    """Build an annotator whose model answers each stage as told: an answer, a list of answers, or a function."""
    from preceptor.annotate.asking import AskingAnnotator
    from preceptor.annotate.framework import Framework

    def build(framework=CONCEPTS, concurrency=1, **answers):
        answers = {"steps": SOLUTION, "concepts": NAMED, "links": LINKED} | answers
        told = {stage: iter(answer) for stage, answer in answers.items() if isinstance(answer, list)}

        def script(request):
            stage = stage_of(request)
            answer = next(told[stage]) if stage in told else answers[stage]
            answer = answer(request) if callable(answer) else answer
            if isinstance(answer, dict):
                return Reply(json.dumps(answer), 10, 5)
            return Reply(answer, 10, 5) if isinstance(answer, str) else answer

        model = ScriptedModel(script)
        built = AskingAnnotator(Framework("fw", framework), tools.encoder, model, worker, concurrency)
        return built, model

    return build
