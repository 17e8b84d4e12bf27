"""Annotate with a language model: foresee what it takes, ask, and extend the bank."""

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from preceptor.annotate import Annotation, Framework, QuestionLabels, content_of, make_annotator
from preceptor.answers import Worker
from preceptor.course import Course
from preceptor.domain import Bank, Concept, Question, UserError
from preceptor.embed import Encoder
from preceptor.llm import Endpoint
from preceptor.progress import Progress
from preceptor.workflow.annotating import Labelled, Labeller, course_annotation
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
            kept = kept_labels(course, bank, framework)
            ids = {found.question_id for found in kept.labels}
            asked = tuple(question for question in bank.questions if question.question_id not in ids)
            agree(
                foreseen(replace(bank, questions=asked), framework, encoder, worker, connection.model, options.extend)
            )
            tools: dict[str, Any] = {
                "model": connection.model, "worker": worker, "concurrency": connection.concurrency,
            }  # fmt: skip
            annotation = make_annotator("model", framework, encoder, **tools).annotate(asked, progress)
            _require_some(annotation, endpoint)
            annotation = joined(annotation, kept, framework, encoder)
            if options.extend:
                from preceptor.annotate.extending import Extender

                extender = Extender(
                    connection.model, worker, encoder, annotation, framework.concepts, connection.concurrency
                )
                bank, annotation = extended(
                    bank, annotation, extender.extend(asked, options.extend, progress), framework, encoder
                )
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


@dataclass(frozen=True)
class More:
    """Labels that join an annotation.

    Args:
        labels: Of questions that the annotation does not have.
        concepts: Every concept of theirs, whether or not the annotation has it.
    """

    labels: tuple[QuestionLabels, ...]
    concepts: tuple[Concept, ...]


def kept_labels(course: Course, bank: Bank, framework: Framework) -> More:
    """Labels of the questions that the model wrote itself: it knew their concepts then, and is not asked again.

    They hold while the annotation in force is a model's by the same framework, and the question says the same.
    """
    from preceptor.annotate.varying import variations_among

    before = course_annotation(course)
    if before is None or (before.annotator, before.framework) != ("model", framework.name):
        return More((), ())
    made = variations_among(bank.questions)
    labels = tuple(
        found
        for found in before.questions
        if found.question_id in made and found.content == content_of(bank.question[found.question_id])
    )
    return More(labels, before.concepts)


def extended(
    bank: Bank, annotation: Annotation, extension: "Extension", framework: Framework, encoder: Encoder
) -> tuple[Bank, Annotation]:
    """Bank and annotation with the new questions; a question made earlier stays as it is."""
    new: list[Question] = [question for question in extension.questions if question.question_id not in bank.question]
    ids = {question.question_id for question in new}
    labels = tuple(found for found in extension.labels if found.question_id in ids)
    counts = Counter(annotation.counts)
    counts.update({**extension.counts, "variations_admitted": len(new)})
    annotation = replace(annotation, failures=(*annotation.failures, *extension.failures), counts=dict(counts))
    return replace(bank, questions=(*bank.questions, *new)), joined(
        annotation, More(labels, extension.concepts), framework, encoder
    )


def joined(annotation: Annotation, more: More, framework: Framework, encoder: Encoder) -> Annotation:
    """An annotation with more labels.

    With concepts that are new, all are clustered and get their prerequisites anew, as for every annotator.
    """
    from preceptor.annotate.clustering import clustered
    from preceptor.annotate.prerequisites import prerequisites

    known = {concept.concept_id for concept in annotation.concepts}
    used = {label.concept_id for found in more.labels for label in found.labels} - known
    concepts, edges = annotation.concepts, annotation.prerequisites
    if used:
        added = (concept for concept in more.concepts if concept.concept_id in used)
        every = [replace(concept, prerequisites=(), cluster="") for concept in (*concepts, *added)]
        vectors = encoder.encode([concept.name for concept in every])
        concepts, edges = clustered(every, vectors), prerequisites(every, framework.concepts, vectors)
    return replace(annotation, questions=(*annotation.questions, *more.labels), concepts=concepts, prerequisites=edges)
