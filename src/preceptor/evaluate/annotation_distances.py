"""How the clustering of the built-in annotator depends on the two distances that its groups are made by."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from preceptor.annotate import BuiltinAnnotator, Framework, nearest_by_words, what_is_read
from preceptor.annotate.builtin import Ranked
from preceptor.domain import Bank, Question
from preceptor.evaluate.annotation import ALONE, TFIDF, units
from preceptor.evaluate.clusterings import Resampled, compared
from preceptor.progress import Progress

NEAR = (0.02, 0.05, 0.1, 0.15, 0.2, 0.25)
BROAD = (0.2, 0.3, 0.4, 0.45, 0.5, 0.6)
OWN = "builtin"


def by_distances(
    annotator: BuiltinAnnotator,
    bank: Bank,
    unlabelled: Sequence[Question],
    framework: Framework,
    seed: int,
    progress: Progress,
) -> list[dict[str, Any]]:
    """B-cubed F1 of the concepts found under every pair of distances, so that they can be chosen on other banks.

    Args:
        annotator: Labels the questions; its own distances are not used.
        bank: With its true labels.
        unlabelled: Its questions with their labels hidden.
        framework: What the annotator chooses from.
        seed: Of the bootstrap over kinds of questions.
        progress: Told after every pair.

    Returns:
        For every pair `near`, `broad`, `concepts`, `f1`, and `over`, the paired gains over TF-IDF and singletons.
    """
    truth = [question.concepts[0] for question in bank.questions]
    resampled = Resampled(units(bank.questions), np.random.default_rng(seed))
    words = nearest_by_words([what_is_read(question) for question in unlabelled], framework.texts)[:, 0].tolist()
    read = annotator.read(unlabelled)
    pairs = [(near, broad) for near in NEAR for broad in BROAD if near < broad]
    found = []
    for done, (near, broad) in enumerate(pairs, 1):
        ranked = annotator.ranked(read, replace(annotator.scale, near=near, broad=broad))
        partitions = {OWN: _partition(annotator, ranked, unlabelled), TFIDF: words, ALONE: range(len(truth))}
        measured = compared(partitions, truth, resampled)
        row = measured.rows[0]
        gains = measured.gains(OWN, (TFIDF, ALONE))
        found.append({"near": near, "broad": broad, "concepts": row["concepts"], "f1": row["f1"], "over": gains})
        progress("distances", done, len(pairs))
    return found


def _partition(annotator: BuiltinAnnotator, ranked: Ranked, questions: Sequence[Question]) -> list[str]:
    """The first concept of every question; silent ones stand alone."""
    labels, _ = annotator.labels(ranked)
    groups = ranked.groups.near.tolist()
    label = {q.question_id: labels[group].concept_id for q, group in zip(ranked.questions, groups, strict=True)}
    return [label.get(question.question_id, f"alone {question.question_id}") for question in questions]
