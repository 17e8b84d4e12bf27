"""Fine-tune a course's vectors on its labels and measure what that gave on questions held out."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from preceptor.domain import Bank, UserError
from preceptor.embed import BankTexts, Encoder, TextVectors
from preceptor.embed.labels import Labels, Parts, held_out
from preceptor.embed.retrieval import retrieve
from preceptor.evaluate import retrieval_gain
from preceptor.progress import Progress
from preceptor.workflow.clock import Clock

Saver = Callable[[Path], None]
"""Writes what was trained into an existing folder."""
UNMOVED = "No pass found the selection questions better than the untouched encoder: its vectors were kept."


@dataclass(frozen=True)
class Tuning:
    """What became of a bank's vectors.

    Args:
        vectors: The vectors to keep.
        tuned: Whether they follow from labels.
        report: Figures; None where nothing was trained.
        notes: What the user should know.
        save: Writes what was trained.
    """

    vectors: TextVectors
    tuned: bool = False
    report: dict[str, Any] | None = None
    notes: tuple[str, ...] = ()
    save: Saver = lambda folder: None


def fine_tuned(
    bank: Bank,
    texts: BankTexts,
    plain: TextVectors,
    encoder: Encoder,
    full: bool,
    seed: int,
    clock: Clock,
    progress: Progress,
) -> Tuning:
    """Train on 70 % of the questions, choose the pass by 10 %, measure on the 20 % that nothing has seen.

    Args:
        bank: Gives the labels.
        texts: Its texts.
        plain: Their vectors by the encoder as it is.
        encoder: The encoder.
        full: Whether to train the encoder itself; else a projection on top of it.
        seed: Of the division, the order and the resamples.
        clock: The clocks.
        progress: Told after every pass.

    Raises:
        UserError: If too few questions have concepts, or the encoder cannot be trained.
    """
    start, labels, parts = clock.monotonic(), Labels.of(bank), held_out(texts.questions, seed)
    _require_labels(labels, parts)
    if full:
        from preceptor.embed.full import fine_tune

        moved, tuned, save = fine_tune(encoder, texts, labels, parts, seed, progress)
    else:
        from preceptor.embed.head import train_head

        head, tuned = train_head(plain, labels, parts, seed, progress)
        moved, save = head.apply_to(plain), head.save
    report = {
        "way": "encoder" if full else "head",
        "seed": seed,
        "questions": {name: len(questions) for name, questions in vars(parts).items()},
        "epochs": len(tuned.micro_f1) - 1,
        "best_epoch": tuned.best_epoch,
        "selection_micro_f1": list(tuned.micro_f1),
        **_measured(plain, moved, labels, parts, seed),
        "seconds": clock.monotonic() - start,
    }
    if not tuned.best_epoch:
        return Tuning(plain, False, report, (UNMOVED,))
    return Tuning(moved, True, report, (), save)


def _require_labels(labels: Labels, parts: Parts) -> None:
    for name, questions in vars(parts).items():
        if not labels.of_question[questions].any():
            raise UserError(
                f"There is nothing to fine-tune on: no question to {name} has a concept.",
                allowed="a bank with some dozens of questions that have concepts",
                mend="annotate the course first, or leave --fine-tune out",
            )


def _measured(plain: TextVectors, moved: TextVectors, labels: Labels, parts: Parts, seed: int) -> dict[str, Any]:
    """Retrieval among the training questions, and among those held out."""
    found = {}
    for name, questions in (("training", parts.train), ("held_out", parts.test)):
        before, after = (retrieve(vectors, labels, questions) for vectors in (plain, moved))
        found[name] = retrieval_gain(before, after, np.random.default_rng(seed))
    return found
