"""What a course's induced labels, and vectors tuned on them, are worth where the true labels are known."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from preceptor.course import Course, write_run
from preceptor.domain import Bank, UserError
from preceptor.embed import BankTexts, TextVectors, encode_texts, make_encoder
from preceptor.embed.labels import Labels, held_out
from preceptor.embed.retrieval import retrieve
from preceptor.evaluate import retrievals
from preceptor.evaluate.annotation import ALONE, CLUSTERS, ONE, units
from preceptor.evaluate.clusterings import Resampled, compared
from preceptor.progress import Progress
from preceptor.workflow.annotating import course_annotation
from preceptor.workflow.clock import Clock
from preceptor.workflow.vectors import KIND, course_vectors

UNTUNED, INDUCED, TRUE = "untuned", "tuned on induced labels", "tuned on true labels"
GAINS = {"induced_over_untuned": (INDUCED, UNTUNED), "true_over_untuned": (TRUE, UNTUNED),
         "induced_over_true": (INDUCED, TRUE)}  # fmt: skip
LABELS = "its concepts"


def evaluate_embedding(course: Course, labelled: Course, seed: int, clock: Clock, progress: Progress) -> dict[str, Any]:
    """Hold an annotated and fine-tuned course against a course with the same questions and their true labels.

    Every true concept looks for its questions, see `preceptor.embed.retrieval.retrieve`, by three kinds of vectors of
    one encoder: as it is; moved by the course's projection, which knows the course's own labels alone; and moved by
    a projection that the same training makes of the true labels. Questions that the course's training held out are
    held out from both.

    Args:
        course: Was annotated, then embedded with a projection on top of its encoder.
        labelled: The same questions with their true labels; stays as it is.
        seed: Of the resamples.
        clock: The clocks.
        progress: Told how far it is.

    Returns:
        The shape that `--json` prints.

    Raises:
        UserError: If the courses do not belong together, or the course's vectors were not fine-tuned by a projection.
    """
    start, bank, truth = clock.monotonic(), course.load_bank(), labelled.load_bank()
    _require_same_questions(course, bank, labelled, truth)
    folder, made = _projection(course, bank)
    measured = _retrieved(course, bank, truth, folder, made, seed, progress)
    annotation = course_annotation(course)
    result: dict[str, Any] = {
        "course": course.name,
        "labels": labelled.name,
        "annotator": annotation.annotator if annotation else None,
        "framework": annotation.framework if annotation else None,
        "encoder": made["encoder"],
        "questions": len(bank.questions),
        "concepts": len(bank.concepts),
        "true_concepts": len(truth.concepts),
        "annotation": _clustered(bank, truth, seed),
        **measured,
        "data_hash": labelled.data_hash,
    }
    seconds = clock.monotonic() - start
    config = {"labels": labelled.name, "encoder": made["encoder"], "vectors": folder.name}
    run = write_run(course, "evaluate-embedding", config, course.data_hash, seed, result, seconds,
                    at_seconds=clock.now())  # fmt: skip
    return {**result, "seconds": seconds, "run": str(run)}


def _require_same_questions(course: Course, bank: Bank, labelled: Course, truth: Bank) -> None:
    if [(q.question_id, q.text) for q in bank.questions] != [(q.question_id, q.text) for q in truth.questions]:
        raise UserError(
            f"{course.name!r} and {labelled.name!r} have different questions.",
            allowed="a course and the labelled one that it is a copy of",
            mend="import the same bank into both",
        )


def _projection(course: Course, bank: Bank) -> tuple[Path, dict[str, Any]]:
    """Folder and figures of the course's fine-tuning."""
    folder, vectors = course.default(KIND), course_vectors(course, bank)
    made: dict[str, Any] = json.loads((folder / "metrics.json").read_text()) if folder else {}
    told = made.get("fine_tune") or {}
    if folder is None or not (vectors and vectors.tuned and told.get("way") == "head" and "seed" in told):
        raise UserError(
            f"The vectors of {course.name!r} are not those of a projection tuned on its present labels.",
            mend=f"preceptor embed {course.path} --fine-tune",
        )
    return folder, made


def _retrieved(
    course: Course, bank: Bank, truth: Bank, folder: Path, made: dict[str, Any], seed: int, progress: Progress
) -> dict[str, Any]:
    """Retrieval for the true concepts, among questions that were trained on and among those held out."""
    from preceptor.embed.head import ProjectionHead, train_head

    texts, split_seed = BankTexts.of(truth), made["fine_tune"]["seed"]
    encoder = make_encoder(made["encoder"], BankTexts.of(bank).every)  # fitted, if at all, on what the course says
    rows = encode_texts(encoder, texts.every, course.path / KIND / "texts", progress).vectors
    plain, labels, parts = texts.split(rows), Labels.of(truth), held_out(texts.questions, split_seed)
    head, tuned = train_head(plain, labels, parts, split_seed, progress)
    vectors: dict[str, TextVectors] = {
        UNTUNED: plain,
        INDUCED: ProjectionHead.load(folder).apply_to(plain),
        TRUE: head.apply_to(plain),
    }
    own = made["fine_tune"]
    found: dict[str, Any] = {
        "split_seed": split_seed,
        "passes": {INDUCED: own["best_epoch"], TRUE: tuned.best_epoch},
        "own_labels": {name: own[name] for name in ("training", "held_out")},
    }
    for name, questions in (("training", parts.train), ("held_out", parts.test)):
        each = {which: retrieve(one, labels, questions) for which, one in vectors.items()}
        found[name] = retrievals(each, GAINS, np.random.default_rng(seed))
    return found


def _clustered(bank: Bank, truth: Bank, seed: int) -> dict[str, Any]:
    """B-cubed of the course's concepts and clusters against the true concepts, as in `evaluate annotation`."""
    cluster = {concept.concept_id: concept.cluster or concept.concept_id for concept in bank.concepts}
    concepts = [question.concepts[0] for question in bank.questions]
    resampled = Resampled(units(truth.questions), np.random.default_rng(seed))
    found = {
        LABELS: concepts,
        CLUSTERS: [cluster[concept] for concept in concepts],
        ONE: [ONE] * len(concepts),
        ALONE: [question.question_id for question in bank.questions],
    }
    measured = compared(found, [question.concepts[0] for question in truth.questions], resampled)
    return {"rows": measured.rows, "over": measured.gains(LABELS, [*found]), "units": resampled.units}
