"""Annotate with a language model: connect it, foresee what it takes, ask, and extend the bank."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from preceptor.annotate import Annotation, Framework, make_annotator
from preceptor.answers import Worker
from preceptor.course import Course, explained
from preceptor.course.lock import exclusive
from preceptor.domain import Bank, Question, UserError
from preceptor.embed import Encoder
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
from preceptor.progress import Progress
from preceptor.workflow.annotating import Labelled, Labeller

if TYPE_CHECKING:
    from preceptor.annotate.extending import Extension
    from preceptor.annotate.forecasting import Forecast

FOLDER = "asked"
"""Folder of a course with everything that models answered."""
MOST_TOLD = 20
"""Failures that a report lists; the annotation has all of them."""


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


def asking(course: Course, options: AskOptions, agree: "Callable[[Forecast], None]") -> Labeller:
    """The labeller that asks a model.

    Args:
        course: Its settings name the model; answers are kept in it.
        options: What the command line says.
        agree: Shown what asking will take, before anything is asked; raises to stop.

    Raises:
        UserError: If the model is not named or something given is wrong.
        MissingExtraError: If the extra `llm` is not installed.
    """
    if options.extend < 0:
        raise UserError(f"--extend is {options.extend}.", allowed="0 or more")
    endpoint = endpoint_of(course, options)

    def labelled(bank: Bank, framework: Framework, encoder: Encoder, progress: Progress) -> Labelled:
        with connected(course, endpoint, options) as connection, Worker() as worker:
            agree(foreseen(bank, framework, encoder, worker, connection, options.extend))
            tools: dict[str, Any] = {
                "model": connection.model, "worker": worker, "concurrency": connection.concurrency,
            }  # fmt: skip
            annotation = make_annotator("model", framework, encoder, **tools).annotate(bank.questions, progress)
            _require_some(annotation, endpoint)
            if options.extend:
                from preceptor.annotate.extending import Extender

                extender = Extender(
                    connection.model, worker, encoder, annotation, framework.concepts, connection.concurrency
                )
                extension = extender.extend(bank.questions, options.extend, progress)
                bank, annotation = extended(bank, annotation, extension, framework, encoder)
            config = {name: value for name, value in asdict(options).items() if name not in ("url", "model")}
            named = {"model": endpoint.model, "url": endpoint.url}
            failed = [asdict(one) for one in annotation.failures[:MOST_TOLD]]
            return Labelled(bank, annotation, {"asked": spent(connection) | named, "failed": failed}, config | named)

    return labelled


def _require_some(annotation: Annotation, endpoint: Endpoint) -> None:
    """Refuse an annotation without a single label: it would only take labels away."""
    if annotation.questions:
        return
    kinds = Counter(f"{failed.stage.value}: {failed.kind}" for failed in annotation.failures)
    told = ", ".join(f"{count} × {kind}" for kind, count in kinds.items())
    first = annotation.failures[0].detail if annotation.failures else ""
    raise UserError(
        f"{endpoint.model} at {endpoint.url} labelled none of the questions ({told}). {first}",
        mend="see to the cause and run the command again: the course is as it was, and answers that came are kept",
    )


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
    folder = course.path / FOLDER
    with ExitStack() as stack:
        with explained("write to", folder):
            folder.mkdir(exist_ok=True)
            stack.enter_context(exclusive(folder))
        direct = OpenAICompatibleModel(endpoint, timeout_seconds=timeout)
        ledger = Ledger(folder / "answers.sqlite")
        patient = PatientModel(
            direct, patience, monotonic=time.monotonic, sleep=time.sleep, uniform=random.SystemRandom().random
        )
        try:
            yield Connection(ThriftyModel(patient, endpoint.model, ledger, budget), patient, endpoint, concurrency)
        finally:
            direct.close()
            ledger.close()


def foreseen(
    bank: Bank, framework: Framework, encoder: Encoder, worker: Worker, connection: Connection, extend: int
) -> "Forecast":
    """What asking will take; questions whose first answer is kept count as done."""
    from preceptor.annotate.asking import AskingAnnotator
    from preceptor.annotate.extending import chosen_of
    from preceptor.annotate.forecasting import forecast

    annotator = AskingAnnotator(framework, encoder, connection.model, worker)
    known = annotator.candidates(bank.questions)
    open_ = [
        (question, offered)
        for question, offered in zip(bank.questions, known, strict=True)
        if not connection.model.holds(annotator.first_request(question, offered))
    ]
    chosen = chosen_of(bank.questions, extend)
    return forecast(
        [question for question, _ in open_], [offered for _, offered in open_], chosen, connection.model.budget.price
    )


def extended(
    bank: Bank, annotation: Annotation, extension: "Extension", framework: Framework, encoder: Encoder
) -> tuple[Bank, Annotation]:
    """Bank and annotation with the new questions; a question made earlier stays as it is.

    With concepts that are new, all are clustered and get their prerequisites anew, as for every annotator.
    """
    from preceptor.annotate.clustering import clustered
    from preceptor.annotate.prerequisites import prerequisites

    new: list[Question] = [question for question in extension.questions if question.question_id not in bank.question]
    ids = {question.question_id for question in new}
    labels = tuple(found for found in extension.labels if found.question_id in ids)
    counts = dict(annotation.counts)
    for name, count in extension.counts.items():
        counts[name] = counts.get(name, 0) + count
    concepts, edges = annotation.concepts, annotation.prerequisites
    if extension.concepts:
        every = [replace(concept, prerequisites=()) for concept in (*concepts, *extension.concepts)]
        vectors = encoder.encode([concept.name for concept in every])
        concepts, edges = clustered(every, vectors), prerequisites(every, framework.concepts, vectors)
    return replace(bank, questions=(*bank.questions, *new)), replace(
        annotation,
        questions=(*annotation.questions, *labels),
        concepts=concepts,
        prerequisites=edges,
        failures=(*annotation.failures, *extension.failures),
        counts=counts,
    )


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
