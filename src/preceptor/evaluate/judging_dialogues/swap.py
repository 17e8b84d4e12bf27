"""The profile-swap probe: do words fit the student they were written for better than another one?"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

import numpy as np

from preceptor.domain import digest
from preceptor.evaluate.bootstrap import resamples
from preceptor.evaluate.judging_dialogues.cases import Case
from preceptor.evaluate.judging_dialogues.judgement import Judgement, Outcome
from preceptor.evaluate.judging_dialogues.rates import by_student, over_half, points, settled, win_rate
from preceptor.evaluate.paired import paired


def strangers(cases: Sequence[Case], seed: int) -> dict[str, tuple[str, ...]]:
    """For each case the profile of another student on the same concepts.

    It is what the case itself brings, or that of another student's case with the same concepts. On other concepts a
    profile would be told from the student's by its topics, whatever the words make of the student.

    Args:
        cases: All cases.
        seed: Draws them where a case brings none.

    Returns:
        Case id → the other profile; a case without any is left out.
    """
    found = {}
    for case in cases:
        other = case.stranger or _elsewhere(case, cases, seed)
        if other and other != case.profile:
            found[case.case_id] = other
    return found


def _elsewhere(case: Case, cases: Sequence[Case], seed: int) -> tuple[str, ...]:
    near = [
        other
        for other in cases
        if other.student_id != case.student_id
        and other.profile != case.profile
        and case.concepts
        and set(other.concepts) == set(case.concepts)
    ]
    return min(near, key=lambda other: digest(seed, case.case_id, other.case_id)).profile if near else ()


def swapped(case: Case, stranger: tuple[str, ...]) -> Case:
    """The same words with another student's profile."""
    return replace(case, profile=stranger)


def match_rows(verdicts: Mapping[str, Sequence[Judgement]], rng: np.random.Generator) -> list[dict[str, Any]]:
    """How often the student is found for whom an arm wrote; a half is chance, and both readings have to find them.

    Args:
        verdicts: Arm → its matches, a win where the right student was named.
        rng: Draws the resamples.
    """
    rows = []
    for arm, group in sorted(verdicts.items()):
        outcomes = [entry.outcome for entry in group]
        drawn = over_half(group, rng)
        counts = zip(("right", "tie", "wrong"), Outcome, strict=True)
        rows.append(
            {
                "arm": arm,
                "cases": len(group),
                **{name: outcomes.count(outcome) for name, outcome in counts},
                "failed": outcomes.count(None),
                "found": win_rate(drawn) if drawn else None,
            }
        )
    return rows


def swap_rows(own: Sequence[Judgement], other: Sequence[Judgement], rng: np.random.Generator) -> list[dict[str, Any]]:
    """What an arm's wins lose when the judge is shown another student's profile; what stays is not personalisation.

    Args:
        own: Judgements by the student's own profile.
        other: Judgements of the same cases and arms by another student's.
        rng: Draws the resamples.

    Returns:
        Rows with `arm`, `reference`, `cases` and `lost`, the paired difference of win rates.
    """
    strange = {entry.key: entry for entry in settled(other)}
    groups: dict[tuple[str, str], list[tuple[Judgement, Judgement]]] = {}
    for entry in settled(own):
        if entry.key in strange:
            groups.setdefault((entry.arm, entry.reference), []).append((entry, strange[entry.key]))
    rows = []
    for (arm, reference), group in sorted(groups.items()):
        before, after = (by_student([pair[side] for pair in group], points) for side in (0, 1))
        enough = len(before) > 1
        lost = asdict(paired(before, after, resamples(len(before), rng)).estimate) if enough else None
        rows.append({"arm": arm, "reference": reference, "cases": len(group), "lost": lost})
    return rows
