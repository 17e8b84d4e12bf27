"""How good an annotation is where the true labels are known: hide them, annotate, compare."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.annotate import Annotation, Framework, Ranked, nearest_by_words, what_is_read
from preceptor.annotate.grouping import moulds
from preceptor.domain import Bank, Question
from preceptor.evaluate.clusterings import Resampled, b_cubed, estimate
from preceptor.evaluate.metrics import expected_calibration_error

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

    The clustering that is compared is the partition of the questions by their first found concept, the truth the
    partition by their first true concept. Questions without a label count as clusters of their own. Of questions with
    several true concepts, a found one is right if it is any of them.

    Args:
        judged: What is measured.
        seed: Of the bootstrap over kinds of questions: families or lessons, and where there are none, texts that are
            equal up to numbers.

    Returns:
        `rows` (the annotator first, then the baselines), `over` (paired gains in F1), `top`, `confidence`, `units`.
    """
    questions = judged.bank.questions
    truth = [question.concepts[0] for question in questions]
    resampled = Resampled(units(questions), np.random.default_rng(seed))
    found = clusterings(judged)
    scores = {name: b_cubed(labels, truth) for name, labels in found.items()}
    f1 = {name: resampled.f1(score) for name, score in scores.items()}
    rows = [
        {
            "name": name,
            "concepts": len(set(found[name])),
            "f1": asdict(estimate(f1[name])),
            "precision": asdict(estimate(resampled.mean(scores[name].precision))),
            "recall": asdict(estimate(resampled.mean(scores[name].recall))),
        }
        for name in found
    ]
    own = judged.annotation.annotator
    over = {name: asdict(estimate(f1[own] - f1[name])) for name in found if name != own}
    return {"rows": rows, "over": over, "units": resampled.units, **_labels(judged, resampled)}


def clusterings(judged: Judged) -> dict[str, list[str]]:
    """One label a question from the annotator and from every baseline."""
    questions = judged.bank.questions
    label = {found.question_id: found.labels[0].concept_id for found in judged.annotation.questions if found.labels}
    ids = [question.question_id for question in questions]
    words = nearest_by_words([what_is_read(question) for question in questions], judged.framework.texts)
    return {
        judged.annotation.annotator: [label.get(one, f"alone {one}") for one in ids],
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
        return {"top": None, "confidence": None}
    ranking = _ranking(judged.ranked)
    texts = [what_is_read(question) for question in judged.bank.questions]
    words = nearest_by_words(texts, judged.framework.texts)
    ids = [question.question_id for question in judged.bank.questions]
    own = np.array([_place(ranking.get(one, ((), 0.0))[0], right[one]) for one in ids])
    base = np.array([_place(row, right[one]) for row, one in zip(words.tolist(), ids, strict=True)])
    top = {
        name: {f"top{k}": asdict(estimate(resampled.mean(place < k))) for k in (1, 3)}
        for name, place in ((judged.annotation.annotator, own), (TFIDF, base))
    }
    sure = np.array([ranking.get(one, ((), 0.0))[1] for one in ids])
    return {"top": top, "confidence": _confidence(sure, own == 0, resampled)}


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
