"""Whether the memories that are kept for a turn hold the one that is known to matter."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Bank, Interaction, Outcome
from preceptor.evaluate.bootstrap import estimate_with, resamples
from preceptor.tutor import misconception_of

MISCONCEPTION, CONCEPT = "same_misconception", "same_concept"
KINDS = (MISCONCEPTION, CONCEPT)


@dataclass(frozen=True, slots=True)
class Asked:
    """A wrong answer before which an earlier one should be remembered.

    Args:
        student: Index of the student.
        position: Of the wrong answer in the student's history.
        target: Position of the latest earlier miss of the kind.
        kind: What both have in common: `same_misconception`, or `same_concept` where no misconception is recognised.
    """

    student: int
    position: int
    target: int
    kind: str


def wrong_answers_to_remember(
    history: Sequence[Interaction], bank: Bank, student: int, most: int, rng: np.random.Generator
) -> list[Asked]:
    """Draw wrong answers of one student that follow an earlier miss of the same kind.

    Of an answer that shows a misconception the target is the latest earlier answer that shows the same one, on
    whatever question; of any other wrong answer it is the latest earlier miss on the same first concept. Misses of
    the same hour are still before the eyes of both and are no targets.

    Args:
        history: The student's answers, in order.
        bank: The questions.
        student: Index of the student.
        most: How many are drawn of each kind at most.
        rng: Draws.
    """
    latest: dict[tuple[str, str], list[int]] = {}
    found: dict[str, list[Asked]] = {kind: [] for kind in KINDS}
    for position, event in enumerate(history):
        question = bank.question.get(event.question_id)
        if question is None or event.outcome is Outcome.CORRECT:
            continue
        cause = misconception_of(bank, event)
        keys = [(CONCEPT, question.concepts[0])] if question.concepts else []
        keys += [(MISCONCEPTION, cause)] if cause else []
        wanted = keys[-1] if keys else ("", "")
        target = next((p for p in reversed(latest.get(wanted, [])) if _apart(history[p], event)), None)
        if target is not None and event.outcome is Outcome.WRONG:
            found[wanted[0]].append(Asked(student, position, target, wanted[0]))
        for key in keys:
            latest.setdefault(key, []).append(position)
    return [asked[i] for asked in found.values() for i in sorted(rng.permutation(len(asked))[:most].tolist())]


def _apart(earlier: Interaction, later: Interaction) -> bool:
    if earlier.time_seconds is None or later.time_seconds is None:
        return True
    return later.time_seconds - earlier.time_seconds > 3_600


def found_rates(
    asked: Sequence[Asked], hits: Mapping[str, NDArray[np.bool_]], reference: str, rng: np.random.Generator
) -> dict[str, Any]:
    """How often every arm keeps the target, with 95 % intervals over students; gains are paired.

    A student's value is the share of the student's own answers; students count alike.

    Args:
        asked: The wrong answers.
        hits: Arm to bool [asked], whether the target was kept.
        reference: The arm that gains are over.
        rng: Draws the resamples.

    Returns:
        By kind `{students, answers, rows: [{name, found, gain}]}`, each figure `{mean, sd, ci95}`.
    """
    result: dict[str, Any] = {}
    for kind in KINDS:
        chosen = np.array([one.kind == kind for one in asked], dtype=bool)
        who = np.array([one.student for one in asked], dtype=np.int64)[chosen]
        students, place = np.unique(who, return_inverse=True)
        if not len(students):
            continue
        count = np.bincount(place)
        shares = resamples(len(students), rng)
        of_arm = {name: np.bincount(place, weights=each[chosen]) / count for name, each in hits.items()}
        result[kind] = {
            "students": len(students),
            "answers": int(chosen.sum()),
            "rows": [
                {
                    "name": name,
                    "found": asdict(estimate_with(values, shares)),
                    "gain": asdict(estimate_with(values - of_arm[reference], shares)),
                }
                for name, values in of_arm.items()
            ],
        }
    return result
