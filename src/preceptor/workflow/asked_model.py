"""The language model that a command asks: who it is, how it is reached, and what it took."""

import random
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from preceptor.course import Course, explained
from preceptor.course.lock import exclusive
from preceptor.domain import UserError
from preceptor.llm import (
    KEY_VARIABLE,
    Budget,
    Endpoint,
    Ledger,
    Patience,
    PatientModel,
    Price,
    Spending,
    ThriftyModel,
)

FOLDER = "asked"
"""Folder of a course with everything that models answered."""
ANSWERS = "answers.sqlite"


@dataclass(frozen=True, slots=True)
class AskOptions:
    """Which model to ask, and how.

    What is None or empty is a setting: PRECEPTOR_MODEL_URL, PRECEPTOR_MODEL_NAME and so on, or model_url and so on in
    course.toml.

    Args:
        url: Base of an OpenAI-compatible API.
        model: The model's name there.
        concurrency: Requests under way at the same time.
        requests_per_minute: Requests begun in a minute at most; 0 for no limit.
        timeout_seconds: Longest wait for one answer.
        budget_tokens: Tokens of the whole annotation at most, interrupted runs included.
        budget_money: The same in money.
        price_in: Of a million tokens read.
        price_out: Of a million tokens written.
        extend: Questions to make variations of.
    """

    url: str = ""
    model: str = ""
    concurrency: int | None = None
    requests_per_minute: float | None = None
    timeout_seconds: float | None = None
    budget_tokens: int | None = None
    budget_money: float | None = None
    price_in: float | None = None
    price_out: float | None = None
    extend: int = 0


@dataclass(frozen=True, slots=True)
class Connection:
    """A model with everything around it.

    Args:
        model: Ask this one: it keeps answers, holds the budget and is patient.
        patient: What was sent.
        endpoint: Whom it asks.
        concurrency: Requests under way at the same time.
    """

    model: ThriftyModel
    patient: PatientModel
    endpoint: Endpoint
    concurrency: int


def endpoint_of(course: Course, options: AskOptions) -> Endpoint:
    """The model that flags and settings name; its key comes from the environment alone.

    Raises:
        UserError: If no model is named, or course.toml holds a key.
    """
    settings = course.settings
    if "model_key" in settings.stored:
        raise UserError(
            "course.toml holds a key.", mend=f"remove it there and set the environment variable {KEY_VARIABLE}"
        )
    url = settings.resolve("model_url", "", options.url or None)
    model = settings.resolve("model_name", "", options.model or None)
    if not url or not model:
        raise _half_named(url, model)
    return Endpoint(url, model, settings.environment.get(KEY_VARIABLE, ""))


def _half_named(url: str, model: str) -> UserError:
    """That a model's URL or name is missing; the URL is shown only if it may be."""
    given = f"The model is {model!r}, but nothing says where it is." if model else "No language model is named."
    if url:
        given = f"A model at {Endpoint(url, 'NAME').url} is to be asked, but not which one."
    return UserError(
        given,
        allowed="the URL of an OpenAI-compatible API and the name of a model",
        mend=f"--model-url {url or 'http://127.0.0.1:8080/v1'} --model {model or 'NAME'}, or --annotator builtin, "
        "which needs none",
    )


@contextmanager
def connected(course: Course, endpoint: Endpoint, options: AskOptions) -> Iterator[Connection]:
    """Connect the model; only one process at a time asks for a course, so that nothing is paid for twice."""
    folder = course.path / FOLDER
    with ExitStack() as stack:
        with explained("write to", folder):
            folder.mkdir(exist_ok=True)
            stack.enter_context(exclusive(folder))
        yield stack.enter_context(reached(course, endpoint, options, folder / ANSWERS))


@contextmanager
def reached(course: Course, endpoint: Endpoint, options: AskOptions, answers: Path) -> Iterator[Connection]:
    """Connect the model beside others that ask it; what two ask at the same moment is paid for twice.

    Args:
        course: Whose settings say how to ask.
        endpoint: Whom to ask.
        options: How.
        answers: The file that keeps what was answered.
    """
    from preceptor.llm.openai_compatible import OpenAICompatibleModel

    settings = course.settings
    concurrency = settings.resolve("model_concurrency", 4, options.concurrency)
    rate = settings.resolve("model_requests_per_minute", 0.0, options.requests_per_minute)
    timeout = settings.resolve("model_timeout_seconds", 120.0, options.timeout_seconds)
    price = Price(
        settings.resolve("model_price_in", 0.0, options.price_in),
        settings.resolve("model_price_out", 0.0, options.price_out),
    )
    budget = Budget(options.budget_tokens, options.budget_money, price)
    patience = Patience(concurrency, rate if rate else None)
    ledger = Ledger(answers)
    direct = OpenAICompatibleModel(endpoint, timeout_seconds=timeout)
    patient = PatientModel(
        direct, patience, monotonic=time.monotonic, sleep=time.sleep, uniform=random.SystemRandom().random
    )
    try:
        yield Connection(ThriftyModel(patient, endpoint.model, ledger, budget), patient, endpoint, concurrency)
    finally:
        direct.close()
        ledger.close()


def spent(connection: Connection) -> dict[str, Any]:
    """What asking took: paid now, and paid by earlier runs and used again."""
    price = connection.model.budget.price

    def told(spending: Spending) -> dict[str, Any]:
        return {**asdict(spending), "money": price.of(spending.input_tokens, spending.output_tokens)}

    return {
        "requests_sent": connection.patient.sent,
        "requests_repeated": dict(connection.patient.passing),
        "paid": told(connection.model.paid),
        "reused": told(connection.model.reused),
    }
