"""Hide the labels of some questions, tag their texts and compare."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.course import Course, write_run
from preceptor.domain import Bank, UserError
from preceptor.embed import BankTexts
from preceptor.embed.words import lexical_similarities
from preceptor.evaluate.tagging import TagScores, tag_figures
from preceptor.progress import Progress
from preceptor.tutor.evidence import NEAREST, Evidence
from preceptor.tutor.tagging import Tagger
from preceptor.workflow.annotating import DEFAULT_ENCODER, course_encoder
from preceptor.workflow.clock import Clock

QUESTIONS, FAMILIES = "new questions", "new families"
HELD_OUT = 0.2
MOST_TAGGED = 1_000


def evaluate_tagging(course: Course, encoder: str, seed: int, clock: Clock, progress: Progress) -> dict[str, Any]:
    """Hide the concepts of a fifth of the questions, tag their texts by the others, and measure what comes back.

    Twice: a fifth of the questions by chance, texts like which the bank knows some; and a fifth of the families or
    lessons, texts like which there is none.

    Args:
        course: A course with labelled questions; stays as it is.
        encoder: A registered encoder, a folder, or a hub id; empty for the setting `encoder`, else the lexical one.
        seed: Of the draws and of the resamples.
        clock: The clocks.
        progress: Told how far it is.

    Returns:
        The shape that `--json` prints.

    Raises:
        UserError: If there is nothing to tell apart, or no such encoder.
    """
    start, bank = clock.monotonic(), course.load_bank()
    if len(bank.concepts) < 2 or not bank.q_matrix.labelled.any():
        raise UserError(
            f"The course {course.name!r} has {len(bank.concepts)} concepts: there are no labels to hide.",
            mend="import a bank whose questions are labelled",
        )
    name = encoder or course.settings.resolve("encoder", "", None) or DEFAULT_ENCODER
    rng = np.random.default_rng(seed)
    result: dict[str, Any] = {
        "course": course.name,
        "encoder": name,
        "questions": len(bank.questions),
        "concepts": len(bank.concepts),
        "held_out": {kind: _measured(course, bank, kind, name, seed, rng, progress) for kind in (QUESTIONS, FAMILIES)},
        "data_hash": course.data_hash,
    }
    seconds = clock.monotonic() - start
    run = write_run(course, "evaluate-tagging", {"encoder": name}, course.data_hash, seed, result, seconds,
                    at_seconds=clock.now())  # fmt: skip
    return {**result, "seconds": seconds, "run": str(run)}


def _measured(
    course: Course, bank: Bank, kind: str, encoder: str, seed: int, rng: np.random.Generator, progress: Progress
) -> dict[str, Any]:
    hidden = _hidden(bank, kind, rng)
    known = replace(bank, questions=tuple(q for q, gone in zip(bank.questions, hidden, strict=True) if not gone))
    made = course_encoder(course, encoder, progress)(BankTexts.of(known).every)  # what is fitted sees no hidden text
    tagger = Tagger.fit(known, made, seed)
    tagged = rng.permutation(np.flatnonzero(hidden & bank.q_matrix.labelled))[:MOST_TAGGED]
    texts = [bank.questions[i].text for i in tagged]
    place = {concept_id: i for i, concept_id in enumerate(tagger.concept_ids)}
    labels = np.zeros((len(tagged), len(place)), dtype=bool)
    for row, i in enumerate(tagged):
        labels[row, [place[c] for c in bank.questions[i].concepts if c in place]] = True
    told = TagScores(tagger.confidences(texts), labels, tagger.threshold)
    names = [bank.concept[concept_id].name for concept_id in tagger.concept_ids]
    others = {
        "nearest name by words": lexical_similarities(texts, names),
        "nearest question": _by_nearest_question(tagger.evidence, texts),
    }
    return tag_figures(told, others, rng)


def _hidden(bank: Bank, kind: str, rng: np.random.Generator) -> NDArray[np.bool_]:
    """A fifth of the questions, or of their families; bool [questions]. Equal texts are hidden together."""
    units = [(q.family if kind == FAMILIES else "") or q.text for q in bank.questions]
    place = np.unique(units, return_inverse=True)[1]
    count = int(place.max(initial=-1)) + 1
    return np.isin(place, rng.permutation(count)[: max(1, round(HELD_OUT * count))])


def _by_nearest_question(evidence: Evidence, texts: Sequence[str]) -> NDArray[np.float64]:
    """Cosine to the nearest question of every concept."""
    return evidence.features(texts)[:, :, NEAREST].astype(np.float64)
