from collections.abc import Callable, Iterator

import pytest

from preceptor.answers import VerdictOutcome, Worker, check
from preceptor.domain import Distractor, Question, QuestionKind


@pytest.fixture(scope="session")
def worker() -> Iterator[Worker]:
    with Worker(time_limit_seconds=10) as worker:
        worker.start()
        yield worker


@pytest.fixture(scope="session")
def ask() -> Callable[..., Question]:
    def build(key: str, kind: QuestionKind = QuestionKind.EXPRESSION, text: str = "", **more: object) -> Question:
        wrong = tuple(Distractor(answer, name) for answer, name in dict(more.pop("distractors", {})).items())  # type: ignore[call-overload]
        return Question("q", text, kind, key, ("c",), distractors=wrong, **more)  # type: ignore[arg-type]

    return build


@pytest.fixture(scope="session")
def outcome(worker) -> Callable[[Question, str], VerdictOutcome]:
    """How checking a response ends, in one word."""
    return lambda question, response: check(question, response, worker=worker).outcome.value
