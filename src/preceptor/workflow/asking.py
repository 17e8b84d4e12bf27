"""Annotate with a language model: foresee what it takes, ask, and extend the bank."""

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from preceptor.annotate import Annotation, Framework, make_annotator
from preceptor.answers import Worker
from preceptor.course import Course
from preceptor.domain import Bank, Question, UserError
from preceptor.embed import Encoder
from preceptor.llm import Endpoint
from preceptor.progress import Progress
from preceptor.workflow.annotating import Labelled, Labeller
from preceptor.workflow.asked_model import AskOptions, connected, endpoint_of, spent
from preceptor.workflow.foreseeing import foreseen

if TYPE_CHECKING:
    from preceptor.annotate.extending import Extension
    from preceptor.annotate.forecasting import Forecast

MOST_TOLD = 20
"""Failures that a report lists; the annotation has all of them."""


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
            agree(foreseen(bank, framework, encoder, worker, connection.model, options.extend))
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
