"""Counts that a paper published for data sets which can be imported, and why a course may hold other ones."""

from collections.abc import Mapping
from dataclasses import dataclass

from preceptor.domain import Bank

COUNTED = ("students", "questions", "concepts", "interactions")
_TABLE = "TASA, Table 4"
_RAW = (
    "the published questions and interactions count every row of the raw file, and rows without a KC are left out of "
    "the course as pyKT leaves them out"
)
_KC_ROWS = "the published interactions count a row for each KC of an answer, while an answer counts once here"
_AKT = "AKT's five files hold 341 students each, 1,705 in all, with 941,502 rows"
_NIPS = "without train_task_3_4.csv there are only the public test answers: 74,891 of 615 students to 942 questions"
_SHORT = "pyKT leaves out students with fewer than three answers"


@dataclass(frozen=True, slots=True)
class PublishedCounts:
    """What a paper says a data set holds.

    Args:
        name: The set's name there.
        where: The paper and table.
        students: Number of students.
        questions: Number of questions.
        concepts: Number of KCs.
        interactions: Number of interactions.
    """

    name: str
    where: str
    students: int
    questions: int
    concepts: int
    interactions: int


_ASSIST = PublishedCounts("Assist2017", _TABLE, 1708, 3162, 102, 942_816)
_NIPS34 = PublishedCounts("NIPS34", _TABLE, 4918, 948, 57, 1_382_727)
_ALGEBRA = PublishedCounts("Algebra2005", _TABLE, 574, 210_710, 112, 809_694)
_BRIDGE = PublishedCounts("Bridge2006", _TABLE, 1138, 207_856, 493, 3_679_199)

SETS: Mapping[str, tuple[PublishedCounts, str]] = {
    "assist2017": (_ASSIST, f"{_AKT}; {_KC_ROWS}"),
    "assistments2017": (_ASSIST, f"{_SHORT}; {_KC_ROWS}"),
    "pykt-assist2017": (_ASSIST, f"{_SHORT}; {_KC_ROWS}"),
    "nips34": (_NIPS34, _NIPS),
    "pykt-nips_task34": (_NIPS34, _SHORT),
    "algebra2005": (_ALGEBRA, _RAW),
    "pykt-algebra2005": (_ALGEBRA, f"{_RAW}; {_SHORT}"),
    "bridge2006": (_BRIDGE, _RAW),
    "pykt-bridge2algebra2006": (_BRIDGE, f"{_RAW}; {_SHORT}"),
}
"""Name of a data set as its reader gives it → its published counts, and why an import may hold other ones."""


def published_counts(bank: Bank) -> tuple[PublishedCounts, str] | None:
    """Published counts of the data set a bank comes from, and why those of an import may differ.

    Args:
        bank: A course's bank; its concepts' ids begin with the name of their set.

    Returns:
        None where the bank is of no such set, or of several.
    """
    sources = {concept.concept_id.partition(":")[0] for concept in bank.concepts}
    return SETS.get(sources.pop()) if len(sources) == 1 else None


def difference_note(counts: Mapping[str, int], published: PublishedCounts, why: str) -> str:
    """Say which counts differ from the published ones and why; empty if none does.

    Args:
        counts: The course's counts by name.
        published: The published ones.
        why: What is known of the difference.
    """
    differing = [name for name in COUNTED if counts[name] != getattr(published, name)]
    if not differing:
        return ""
    told = ", ".join(f"{counts[name]:,} {name} against {getattr(published, name):,}" for name in differing)
    return f"{published.name} has other counts in {published.where}: {told}. Known reasons: {why}."
