"""Hide a course's labels, annotate it and compare."""

from pathlib import Path
from typing import Any

from preceptor.annotate import BuiltinAnnotator, Framework, hidden, what_is_read
from preceptor.course import Course, write_run
from preceptor.domain import Bank, UserError
from preceptor.evaluate.annotation import Judged, judge
from preceptor.evaluate.annotation_distances import by_distances
from preceptor.progress import Progress
from preceptor.workflow.annotating import (
    EncoderMaker,
    course_annotation,
    course_encoder,
    encoder_name,
    framework_of,
    truth_mark,
)
from preceptor.workflow.clock import Clock

OWN_NAMES = "the course's own names"


def evaluate_annotation(
    course: Course,
    framework: Path | None,
    seed: int,
    clock: Clock,
    progress: Progress,
    *,
    encoder: EncoderMaker | None = None,
    distances: bool = False,
) -> dict[str, Any]:
    """Hide a course's labels, annotate it without them and measure what comes back; the course stays as it is.

    Args:
        course: A course with labelled questions.
        framework: Names the concepts; None lets the annotator choose from the course's own names, without links.
        seed: Of the bootstrap.
        clock: The clocks.
        progress: Told how far it is.
        encoder: Makes the encoder for the texts at hand; None for the one the course's setting names, else the
            lexical one.
        distances: Whether to measure other distances of the annotator too.

    Returns:
        The shape that `--json` prints.

    Raises:
        UserError: If the course has no labels to hide, or they come from `annotate`.
    """
    start = clock.monotonic()
    bank = _imported_labels(course)
    names = framework_of(framework) if framework else Framework.of(OWN_NAMES, bank.concepts)
    unlabelled = hidden(bank)
    corpus = [*(what_is_read(question) for question in unlabelled.questions), *names.texts]
    made = (encoder or course_encoder(course, "", progress))(corpus)
    annotator = BuiltinAnnotator(names, made)
    ranked = annotator.rank(unlabelled.questions)
    annotation = annotator.labelled(unlabelled.questions, ranked, progress)
    result: dict[str, Any] = {
        "course": course.name,
        "framework": names.name,
        "encoder": encoder_name(made),
        "truth": truth_mark(bank, names),
        "questions": len(bank.questions),
        "concepts": len(bank.concepts),
        "labelled": len(annotation.questions),
        "named": sum(not one.labels[0].concept_id.startswith("own:") for one in annotation.questions),
        "data_hash": course.data_hash,
        **judge(Judged(bank, names, annotation, ranked), seed),
        "scale": {"near": annotator.scale.near, "broad": annotator.scale.broad},
    }
    if distances:
        result["distances"] = by_distances(annotator, bank, unlabelled.questions, names, seed, progress)
    seconds = clock.monotonic() - start
    config = {"framework": names.name, "encoder": result["encoder"]}
    run = write_run(course, "evaluate-annotation", config, course.data_hash, seed, result, seconds,
                    at_seconds=clock.now())  # fmt: skip
    return {**result, "seconds": seconds, "run": str(run)}


def _imported_labels(course: Course) -> Bank:
    """The bank, if its labels are a truth that an annotation can be held against."""
    bank = course.load_bank()
    if len(bank.concepts) < 2:
        raise UserError(
            f"The course {course.name!r} has {len(bank.concepts)} concepts: there are no labels to hide.",
            mend="import a bank whose questions are labelled",
        )
    if course_annotation(course) is not None:
        raise UserError(
            f"The labels of {course.name!r} come from `annotate` themselves: it would be judged by its own.",
            allowed="a course whose labels were imported",
            mend="import the bank into another folder and evaluate there",
        )
    return bank
