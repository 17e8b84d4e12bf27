"""Reads Eedi's multiple-choice questions with their constructs and the misconceptions behind wrong options."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from preceptor.data.problems import Problem, settle
from preceptor.data.reader import Imported, ReadOptions
from preceptor.data.text import read_text
from preceptor.domain import (
    Bank,
    Concept,
    Distractor,
    Log,
    Misconception,
    Question,
    QuestionKind,
    UserError,
    question_id,
)

DEFAULT_SOURCE = "eedi"
QUESTIONS, MISCONCEPTIONS = "train.csv", "misconception_mapping.csv"
LETTERS = "ABCD"
FIGURE_MISSING = "the question shows a figure that the file describes at most"
_FIGURE = re.compile(r"!\[[^\]]*\]")
_DELIMITER = re.compile(r"\\[()\[\]]")
_COLUMNS = ("QuestionId", "ConstructId", "ConstructName", "CorrectAnswer", "QuestionText",
            *(f"Answer{letter}Text" for letter in LETTERS))  # fmt: skip


class EediReader:
    """Reads `train.csv` of "Mining Misconceptions in Mathematics", and the names in `misconception_mapping.csv`.

    The construct of a question is its KC. A wrong option that is a named misconception's becomes a distractor. Options
    that read alike, or a question with a figure, cannot be served and say so.
    """

    takes: ClassVar[frozenset[str]] = frozenset({"source", "encoding", "on_bad_row"})

    def read(self, sources: Sequence[Path], options: ReadOptions) -> Imported:
        """Read one file, or the folder it lies in.

        Args:
            sources: One path.
            options: `source`, `encoding` and `on_bad_row` are used.

        Raises:
            UserError: If the file is missing or lacks a column, or a row is wrong.
        """
        if len(sources) != 1:
            raise UserError(f"{len(sources)} sources were given.", allowed="one folder or file")
        path = sources[0] / QUESTIONS if sources[0].is_dir() else sources[0]
        rows = _rows(path, options.encoding)
        lacking = [column for column in _COLUMNS if rows and column not in rows[0]]
        if lacking or not rows:
            given = f"has no column {lacking[0]}" if lacking else "holds no question"
            raise UserError(f"{path} {given}.", allowed=f"the columns {', '.join(_COLUMNS)}")
        names = path.with_name(MISCONCEPTIONS)
        known = {row["MisconceptionId"]: row["MisconceptionName"] for row in _rows(names, options.encoding)} if (
            names.is_file()
        ) else {}  # fmt: skip
        return _collected(path, rows, known, options)


def _collected(
    path: Path, rows: Sequence[Mapping[str, str]], known: Mapping[str, str], options: ReadOptions
) -> Imported:
    source = options.source or DEFAULT_SOURCE
    concepts: dict[str, Concept] = {}
    named: dict[str, Misconception] = {}
    questions, faults = [], []
    for number, row in enumerate(rows, 1):
        wrong = _wrong(row)
        if wrong:
            faults.append(Problem(path, number, wrong))
            continue
        concept = Concept(f"{source}:{row['ConstructId']}", row["ConstructName"].strip())
        concepts.setdefault(concept.concept_id, concept)
        question = _question(source, row, concept.concept_id)
        questions.append(question)
        for distractor in question.distractors:
            code = distractor.misconception_id.removeprefix(f"{source}:")
            name = known.get(code, f"Misconception {code}")
            misconception = Misconception(distractor.misconception_id, concept.concept_id, name, "")
            named.setdefault(misconception.misconception_id, misconception)
    rejects = settle(faults, options.on_bad_row)
    bank = Bank(tuple(concepts.values()), tuple(questions), tuple(named.values()))
    report = {
        "questions": len(questions),
        "concepts": len(concepts),
        "misconceptions": len(named),
        "uncheckable_figure": sum(question.uncheckable == FIGURE_MISSING for question in questions),
        "rows_rejected": len(rejects),
    }
    return Imported(bank, Log.empty(), report, (), rejects)


def _question(source: str, row: Mapping[str, str], concept_id: str) -> Question:
    text = _mathematics(row["QuestionText"])
    answers = {letter: _mathematics(row[f"Answer{letter}Text"]) for letter in LETTERS}
    key = answers[row["CorrectAnswer"]]
    causes = {
        answers[letter]: row.get(f"Misconception{letter}Id", "").removesuffix(".0")
        for letter in LETTERS
        if answers[letter] != key
    }
    return Question(
        question_id=question_id(source, row["QuestionId"]),
        text=text,
        kind=QuestionKind.CHOICE,
        key=key,
        concepts=(concept_id,),
        options=tuple(dict.fromkeys(answers.values())),
        distractors=tuple(Distractor(answer, f"{source}:{cause}") for answer, cause in causes.items() if cause),
        uncheckable=FIGURE_MISSING if _FIGURE.search(" ".join([text, *answers.values()])) else "",
    )


def _wrong(row: Mapping[str, str]) -> str:
    empty = next((column for column in _COLUMNS if not row[column].strip()), "")
    if empty:
        return f"{empty} is empty"
    return "" if row["CorrectAnswer"] in LETTERS else f"CorrectAnswer is {row['CorrectAnswer']!r}, not A, B, C or D"


def _mathematics(text: str) -> str:
    """Mathematics in single dollar signs, as everywhere in Preceptor."""
    return re.sub(r"\$\s*([^$]*?)\s*\$", r"$\1$", _DELIMITER.sub("$", text)).strip()


def _rows(path: Path, encoding: str) -> list[dict[str, str]]:
    reader = csv.DictReader(io.StringIO(read_text(path, encoding)))
    return [{key: value or "" for key, value in row.items() if key} for row in reader]
