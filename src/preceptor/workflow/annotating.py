"""Annotate a course: label its questions, keep what the labels rest on, and apply it to the bank."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from preceptor.annotate import (
    Annotation,
    Framework,
    Review,
    Source,
    applied,
    as_given,
    make_annotator,
    read_annotation,
    read_framework,
    what_is_read,
    write_annotation,
)
from preceptor.course import Course, write_run
from preceptor.curriculum import CONCEPTS
from preceptor.domain import Bank, UserError, digest
from preceptor.embed import Encoder, KeptEncoder, LexicalEncoder, encoder_label, make_encoder
from preceptor.progress import Progress
from preceptor.workflow.clock import Clock
from preceptor.workflow.earlier_labels import KIND, keep_before, require_replaceable, unannotated
from preceptor.workflow.run_ids import new_run_id
from preceptor.workflow.vectors import chosen_encoder

SHIPPED = "shipped"
SAMPLES = 6
DEFAULT_ENCODER = "lexical"
"""Where neither a flag nor the setting names one.

It groups questions at least as well as MiniLM on two of three banks, which names them better; it needs no extra.
"""
UNSURE = 0.5
"""Labels less sure than this are counted as worth a teacher's look."""
EncoderMaker = Callable[[Sequence[str]], Encoder]


@dataclass(frozen=True)
class Labelled:
    """What a labeller gives.

    Args:
        bank: The questions, new ones included.
        annotation: What was found of them.
        report: What else is told and recorded.
        config: What else it was done with.
    """

    bank: Bank
    annotation: Annotation
    report: Mapping[str, Any] = field(default_factory=dict)
    config: Mapping[str, Any] = field(default_factory=dict)


Labeller = Callable[[Bank, Framework, Encoder, Progress], Labelled]
"""Annotates the questions of a bank."""


def course_encoder(course: Course, name: str, progress: Progress) -> EncoderMaker:
    """Makes an encoder; what it encodes is kept in the course, unless it was fitted on the texts.

    Args:
        course: Its setting `encoder` counts where no name is given, else the lexical encoder does.
        name: A registered encoder, a folder, or a hub id; empty for none given.
        progress: Told of what is encoded.
    """

    def made(corpus: Sequence[str]) -> Encoder:
        chosen = chosen_encoder(course, name) or DEFAULT_ENCODER
        encoder = make_encoder(chosen, corpus)
        if not encoder.key:
            return encoder
        return KeptEncoder(encoder_label(chosen), encoder, course.path / "vectors" / "texts", progress)

    return made


def by_itself(annotator: str) -> Labeller:
    """The labeller of an annotator that needs a framework and an encoder only."""

    def labelled(bank: Bank, framework: Framework, encoder: Encoder, progress: Progress) -> Labelled:
        return Labelled(bank, make_annotator(annotator, framework, encoder).annotate(bank.questions, progress))

    return labelled


def encoder_name(encoder: Encoder) -> str:
    """What run files call an encoder."""
    return "lexical" if isinstance(encoder, LexicalEncoder) else str(getattr(encoder, "name", type(encoder).__name__))


@dataclass(frozen=True, slots=True)
class AnnotateOptions:
    """How to annotate.

    Args:
        annotator: Name of the annotator.
        framework: File or folder that names the concepts; None for the shipped names.
        seed: Of all randomness; the built-in annotator draws none.
        encoder: A registered encoder, a folder, or a hub id; empty for the setting `encoder`, else the lexical one.
        replace_labels: Whether labels that people gave may be replaced.
    """

    annotator: str = "builtin"
    framework: Path | None = None
    seed: int = 0
    encoder: str = ""
    replace_labels: bool = False


def annotate(
    course: Course,
    options: AnnotateOptions,
    clock: Clock,
    progress: Progress,
    *,
    encoder: EncoderMaker | None = None,
    review: Review = as_given,
    labeller: Labeller | None = None,
) -> dict[str, Any]:
    """Annotate a course's bank, keep the annotation in the course and apply it.

    Ids of questions do not change, so that the course's log stays valid.

    Args:
        course: A course with a bank.
        options: How.
        clock: The clocks.
        progress: Told how far it is.
        encoder: Makes the encoder for the texts at hand; None for the one that is named.
        review: A teacher's decisions, replayed over the annotation before it is applied.
        labeller: Annotates the questions; without it the named annotator does, by itself.

    Returns:
        The shape that `--json` prints.

    Raises:
        UserError: If the course has no questions or labels that people gave, or something given is wrong; nothing is
            changed then.
    """
    start, before = clock.monotonic(), course.data_hash
    bank = course.load_bank()
    if not bank.questions:
        raise UserError(f"The course {course.name!r} has no questions.", mend="import a bank first")
    if not options.replace_labels:
        require_replaceable(course, bank, review)
    framework = framework_of(options.framework)
    bank, added = unannotated(course, bank, review)
    texts = [what_is_read(question) for question in bank.questions if question.question_id not in added]
    made = (encoder or course_encoder(course, options.encoder, progress))([*texts, *framework.texts])
    found = (labeller or by_itself(options.annotator))(bank, framework, made, progress)
    labelled = applied(found.bank, found.annotation, review)
    kept = store(course, found.annotation, labelled, clock.now())
    result = {**told(found.annotation, labelled), "truth": truth_mark(bank, framework), **found.report}
    seconds = clock.monotonic() - start
    names = {"annotator": options.annotator, "framework": framework.name, "encoder": encoder_name(made)}
    config = {**names, **found.config}
    run = write_run(course, "annotate", config, before, options.seed, result, seconds, at_seconds=clock.now())
    return {**result, "annotation": str(kept), "seconds": seconds, "run": str(run)}


def store(course: Course, annotation: Annotation, labelled: Bank, at_seconds: float) -> Path:
    """Keep an annotation as the one in force, with the bank before it, then replace the bank by the one made of it.

    Killed in between, the course has its old bank; the new annotation lies beside the one in force, or is in force
    already, and then a review says that the course uses other labels. Annotating again mends both.

    Returns:
        The folder of the annotation.
    """
    with course.writing():
        run_id = new_run_id(course, KIND, annotation.annotator, digest(annotation), at_seconds)
        with course.new_run_folder(KIND, annotation.annotator, run_id) as folder:
            write_annotation(folder, annotation)
            keep_before(folder, course)
        course.set_default(KIND, annotation.annotator, run_id)
        course.replace(labelled)
    return course.path / KIND / annotation.annotator / run_id


def course_annotation(course: Course) -> Annotation | None:
    """The annotation in force; None if the course was never annotated."""
    folder = course.default(KIND)
    return None if folder is None else read_annotation(folder)


def framework_of(path: Path | None) -> Framework:
    """The framework of a file or folder, or the shipped names."""
    return Framework.of(SHIPPED, CONCEPTS) if path is None else read_framework(path)


def truth_mark(bank: Bank, framework: Framework) -> str:
    """Says "framework = truth" where the names to choose from are those the bank's questions were written by."""
    own = {concept.concept_id for concept in bank.concepts}
    shipped = framework.name == SHIPPED and all(question.family for question in bank.questions)
    return "framework = truth" if shipped or own <= {c.concept_id for c in framework.concepts} else ""


def told(annotation: Annotation, labelled: Bank) -> dict[str, Any]:
    """What a report says of an annotation: counts, failures by kind, and sample labels, the surest and the least."""
    labels = [label for found in annotation.questions for label in found.labels]
    sure = [label.confidence for label in labels]
    return {
        "annotator": annotation.annotator,
        "framework": annotation.framework,
        "questions": len(labelled.questions),
        "labelled": len(annotation.questions),
        "concepts": len(annotation.concepts),
        "clusters": len(labelled.clusters),
        "with_steps": sum(bool(found.steps) for found in annotation.questions),
        "prerequisites": {
            source.value: sum(edge.source is source for edge in annotation.prerequisites) for source in Source
        },
        "mean_confidence": sum(sure) / len(sure) if sure else None,
        "unsure": sum(confidence < UNSURE for confidence in sure),
        "failures": dict(Counter(f"{failed.stage.value}: {failed.kind}" for failed in annotation.failures)),
        "counts": dict(annotation.counts),
        "samples": _samples(annotation, labelled),
    }


def _samples(annotation: Annotation, labelled: Bank) -> list[dict[str, Any]]:
    """Labels from the surest to the least sure, evenly spaced."""
    found = sorted(annotation.questions, key=lambda one: -one.labels[0].confidence)
    places = range(min(SAMPLES, len(found)))
    chosen = [found[i * (len(found) - 1) // max(len(places) - 1, 1)] for i in places]
    return [
        {
            "question_id": one.question_id,
            "text": labelled.question[one.question_id].text,
            "concept": labelled.concept[one.labels[0].concept_id].name
            if one.labels[0].concept_id in labelled.concept
            else one.labels[0].concept_id,
            "confidence": one.labels[0].confidence,
            "evidence": one.labels[0].evidence,
        }
        for one in chosen
    ]
