"""How good an annotation is where the true labels are known: hide them, annotate, compare."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.annotate import Annotation, Framework, Ranked, nearest_by_words, what_is_read
from preceptor.annotate.grouping import moulds
from preceptor.domain import Bank, Question
from preceptor.evaluate.clusterings import Resampled, compared, estimate
from preceptor.evaluate.metrics import expected_calibration_error

CLUSTERS = "its clusters"
TFIDF, ONE, ALONE = "nearest by TF-IDF", "one cluster", "all singletons"


@dataclass(frozen=True)
class Judged:
    """An annotation beside the truth.

    Args:
        bank: With its true labels.
        framework: What the annotation chose from.
        annotation: Of the bank with its labels hidden.
        ranked: The concepts behind it, nearest first.
    """

    bank: Bank
    framework: Framework
    annotation: Annotation
    ranked: Ranked


def judge(judged: Judged, seed: int) -> dict[str, Any]:
    """Measure an annotation.

    Two clusterings are compared with the truth, the partition of the questions by their first true concept: that by
    the first found concept, and that by the cluster of this concept. Questions without a label count as clusters of
    their own. Of questions with several true concepts, a found one is right if it is any of them.

    Args:
        judged: What is measured.
        seed: Of the bootstrap over kinds of questions: families or lessons, and where there are none, texts that are
            equal up to numbers.

    Returns:
        `rows` (the annotator, its clusters, then the baselines), `over` and `clusters_over` (paired gains in F1 of
        concepts and of clusters), `top`, `top_over` (paired gains over TF-IDF), `confidence`, `units`.
    """
    questions = judged.bank.questions
    resampled = Resampled(units(questions), np.random.default_rng(seed))
    found = clusterings(judged)
    measured = compared(found, [question.concepts[0] for question in questions], resampled)
    own, baselines = judged.annotation.annotator, (TFIDF, ONE, ALONE)
    return {
        "rows": measured.rows,
        "over": measured.gains(own, [*found]),
        "clusters_over": measured.gains(CLUSTERS, baselines),
        "units": resampled.units,
        **_labels(judged, resampled),
    }


def clusterings(judged: Judged) -> dict[str, list[str]]:
    """One label a question from the annotator, from its clusters and from every baseline."""
    questions = judged.bank.questions
    ids = [question.question_id for question in questions]
    label = {found.question_id: found.labels[0].concept_id for found in judged.annotation.questions if found.labels}
    cluster = {concept.concept_id: concept.cluster or concept.concept_id for concept in judged.annotation.concepts}
    words = nearest_by_words([what_is_read(question) for question in questions], judged.framework.texts)
    concepts = [label.get(one, f"alone {one}") for one in ids]
    return {
        judged.annotation.annotator: concepts,
        CLUSTERS: [cluster.get(one, one) for one in concepts],
        TFIDF: [judged.framework.concepts[i].concept_id for i in words[:, 0].tolist()],
        ONE: [ONE] * len(ids),
        ALONE: ids,
    }


def units(questions: Sequence[Question]) -> list[str]:
    """The kind of every question, which is resampled as a whole."""
    mould = moulds([question.text for question in questions]).tolist()
    return [question.family or f"mould {kind}" for question, kind in zip(questions, mould, strict=True)]


def right_concepts(bank: Bank, framework: Framework) -> dict[str, frozenset[int]]:
    """Question → indices of the framework's concepts that are its true ones: by id, else by code, else by name.

    Empty for every question where the framework and the bank have no name in common.
    """
    keys = [
        {concept.concept_id: i for i, concept in enumerate(framework.concepts)},
        {concept.code: i for i, concept in enumerate(framework.concepts) if concept.code},
        {concept.name.casefold(): i for i, concept in enumerate(framework.concepts)},
    ]
    place: dict[str, int] = {}
    for concept in bank.concepts:
        names = (concept.concept_id, concept.code, concept.name.casefold())
        hits = [index[name] for index, name in zip(keys, names, strict=True) if name in index]
        if hits:
            place[concept.concept_id] = hits[0]
    return {q.question_id: frozenset(place[c] for c in q.concepts if c in place) for q in bank.questions}


def _labels(judged: Judged, resampled: Resampled) -> dict[str, Any]:
    """Top-1 and top-3 accuracy of the nearest names and how true their confidence is, where any name is true."""
    right = right_concepts(judged.bank, judged.framework)
    if not any(right.values()):
        return {"top": None, "top_over": None, "confidence": None}
    ranking = _ranking(judged.ranked)
    texts = [what_is_read(question) for question in judged.bank.questions]
    words = nearest_by_words(texts, judged.framework.texts)
    ids = [question.question_id for question in judged.bank.questions]
    own = np.array([_place(ranking.get(one, ((), 0.0))[0], right[one]) for one in ids])
    base = np.array([_place(row, right[one]) for row, one in zip(words.tolist(), ids, strict=True)])
    hits = {
        name: {f"top{k}": resampled.mean(place < k) for k in (1, 3)}
        for name, place in ((judged.annotation.annotator, own), (TFIDF, base))
    }
    top = {name: {k: asdict(estimate(values)) for k, values in found.items()} for name, found in hits.items()}
    own_hits = hits[judged.annotation.annotator]
    gains = {k: asdict(estimate(own_hits[k] - values)) for k, values in hits[TFIDF].items()}
    sure = np.array([ranking.get(one, ((), 0.0))[1] for one in ids])
    return {"top": top, "top_over": gains, "confidence": _confidence(sure, own == 0, resampled)}


def _confidence(sure: NDArray[np.float64], right: NDArray[np.bool_], resampled: Resampled) -> dict[str, Any]:
    """Brier score, ECE and the mean confidence beside the share that is right."""
    return {
        "stated": float(sure.mean()),
        "right": asdict(estimate(resampled.mean(right))),
        "brier": asdict(estimate(resampled.mean((sure - right) ** 2))),
        "brier_of_constant": float(right.mean() * (1 - right.mean())),
        "ece": expected_calibration_error(sure, right.astype(np.float64)),
    }


def _ranking(ranked: Ranked) -> Mapping[str, tuple[tuple[int, ...], float]]:
    """Question → its nearest concepts and how sure the first is."""
    confidence = ranked.matches.confidence
    return {
        question.question_id: (tuple(ranked.matches.concept[group].tolist()), float(confidence[group]))
        for question, group in zip(ranked.questions, ranked.groups.near.tolist(), strict=True)
    }


def _place(ranked: Sequence[int], right: frozenset[int]) -> int:
    """At which place, from 0, the first right concept stands; beyond all places if none does."""
    return next((place for place, concept in enumerate(ranked) if concept in right), 99)
