"""The bank as Parquet: one file each for questions, concepts and misconceptions."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from enum import Enum
from pathlib import Path
from typing import Any

import polars as pl

from preceptor.course.parquet import read_frame, write_frame
from preceptor.domain import Bank, Concept, Distractor, Misconception, Question, QuestionKind, Step, UserError, digest

_TEXTS = pl.List(pl.String)
_QUESTIONS = pl.Schema(
    {
        "question_id": pl.String(),
        "text": pl.String(),
        "kind": pl.String(),
        "key": pl.String(),
        "concepts": _TEXTS,
        "options": _TEXTS,
        "ordered": pl.Boolean(),
        "simplest": pl.Boolean(),
        "steps": pl.List(pl.Struct({"text": pl.String, "concepts": _TEXTS, "result": pl.String})),
        "hints": _TEXTS,
        "distractors": pl.List(
            pl.Struct({"answer": pl.String, "misconception_id": pl.String, "derivation": pl.String})
        ),
        "difficulty": pl.Float64(),
        "family": pl.String(),
        "language": pl.String(),
        "uncheckable": pl.String(),
        "retired": pl.Boolean(),
        "accepted": _TEXTS,
    }
)
_CONCEPTS = pl.Schema(
    {
        "concept_id": pl.String(),
        "name": pl.String(),
        "code": pl.String(),
        "grade": pl.Int64(),
        "explanation": pl.String(),
        "prerequisites": _TEXTS,
        "cluster": pl.String(),
    }
)
_MISCONCEPTIONS = pl.Schema(
    {"misconception_id": pl.String(), "concept_id": pl.String(), "name": pl.String(), "remedy": pl.String()}
)


def bank_version(bank: Bank) -> str:
    """Hash of everything a bank holds, teachers' exclusions included."""
    wordings = [(question.question_id, question.accepted) for question in bank.questions if question.accepted]
    parts = ("concepts", *bank.concepts, "misconceptions", *bank.misconceptions, *bank.clustering)
    return digest(*bank.questions, *parts, *wordings)


def write_bank(folder: Path, bank: Bank) -> None:
    """Write a bank into an empty folder.

    Raises:
        OSError: If it cannot be written.
    """
    write_frame(folder / "questions.parquet", _frame(bank.questions, _QUESTIONS))
    write_frame(folder / "concepts.parquet", _frame(bank.concepts, _CONCEPTS))
    write_frame(folder / "misconceptions.parquet", _frame(bank.misconceptions, _MISCONCEPTIONS))


def read_bank(folder: Path) -> Bank:
    """Read a bank; it equals the one that was written.

    Raises:
        FileNotFoundError: If a file is not there.
        UserError: If a file is damaged, or a question, step or prerequisite names a concept that the bank lacks.
    """
    concepts = read_frame(folder / "concepts.parquet").iter_rows(named=True)
    questions = read_frame(folder / "questions.parquet").iter_rows(named=True)
    misconceptions = read_frame(folder / "misconceptions.parquet").iter_rows(named=True)
    bank = Bank(
        tuple(Concept(**{**row, "prerequisites": tuple(row["prerequisites"])}) for row in concepts),
        tuple(_question(row) for row in questions),
        tuple(Misconception(**row) for row in misconceptions),
    )
    _require_known_concepts(folder, bank)
    return bank


def _require_known_concepts(folder: Path, bank: Bank) -> None:
    """Refuse files that do not belong together: read on, they would fail later or mean something else.

    Clusters need no check: `Bank.clusters` is derived from the concepts, their only source.
    """
    named = {f"the question {q.question_id}": q.concepts for q in bank.questions}
    named |= {f"a step of {q.question_id}": sum((s.concepts for s in q.steps), ()) for q in bank.questions if q.steps}
    named |= {f"the list of prerequisites of {c.concept_id!r}": c.prerequisites for c in bank.concepts}
    wrong = [(who, concept) for who, concepts in named.items() for concept in concepts if concept not in bank.concept]
    if wrong:
        who, concept = wrong[0]
        more = f" and {len(wrong) - 1} more do the like" if len(wrong) > 1 else ""
        raise UserError(
            f"The bank in {folder} is inconsistent: {who} names the concept {concept!r}, which it does not have{more}.",
            allowed="files of one and the same bank",
            mend="import or annotate the bank again",
        )


def _frame(rows: Sequence[Any], schema: pl.Schema) -> pl.DataFrame:
    """A row for every object; like `asdict`, whose deep copies would take most of a large import's time.

    Row by row, because a column of lists is built from one series a row, four times as slowly.
    """
    return pl.DataFrame([{name: _plain(getattr(row, name)) for name in schema} for row in rows], schema=schema)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    return asdict(value) if isinstance(value, Step | Distractor) else str(value) if isinstance(value, Enum) else value


def _question(row: Mapping[str, Any]) -> Question:
    nested: dict[str, Sequence[Any]] = {
        "kind": QuestionKind(row["kind"]),
        "concepts": tuple(row["concepts"]),
        "options": tuple(row["options"]),
        "accepted": tuple(row.get("accepted") or ()),  # banks of earlier versions have no such column
        "hints": tuple(row["hints"]),
        "steps": tuple(Step(step["text"], tuple(step["concepts"]), step["result"]) for step in row["steps"]),
        "distractors": tuple(Distractor(**distractor) for distractor in row["distractors"]),
    }
    return Question(**{**row, **nested})
