"""The metadata tables of the NeurIPS 2020 education challenge: subjects, questions, times of answers."""

import json
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from preceptor.data.cells import Checks, texts, times
from preceptor.data.fixed import require_columns
from preceptor.data.frames import Table, load_table
from preceptor.data.problems import settle

LEVEL = "3"


def subject_names(path: Path, encoding: str) -> dict[str, str]:
    """Names of the subjects that serve as KCs: those of level 3.

    Args:
        path: `subject_metadata.csv`.
        encoding: Its encoding.

    Raises:
        UserError: If columns are missing.
    """
    table = _load(path, encoding, ("SubjectId", "Name", "Level"))
    rows = table.frame.filter(pl.col("Level").str.strip_chars() == LEVEL).select("SubjectId", "Name").drop_nulls()
    return {number.strip(): name.strip() for number, name in rows.iter_rows()}


def question_subjects(path: Path, names: Mapping[str, str], encoding: str) -> dict[str, list[str]]:
    """Names of the KCs of every question.

    Args:
        path: `question_metadata_task_3_4.csv`, where a question has a list of subjects from the root to the leaf.
        names: Names of the subjects that are KCs.
        encoding: Its encoding.

    Raises:
        UserError: If columns are missing or rows are bad.
    """
    table = _load(path, encoding, ("QuestionId", "SubjectId"))
    found: dict[str, list[str]] = {}
    wrong = {}
    for row, (question, cell) in enumerate(table.frame.select("QuestionId", "SubjectId").iter_rows()):
        numbers = _numbers(cell or "")
        if numbers is None or not question:
            wrong[row] = f"SubjectId is {cell!r}, not a list of numbers" if question else "QuestionId is empty"
        else:
            found[question.strip()] = [names[number] for number in numbers if number in names]
    settle([*table.problems, *table.problem(wrong.items())], "fail")
    return found


def answer_times(path: Path, encoding: str) -> pl.DataFrame:
    """Times of answers, UTC seconds (float64, null where unknown) in `seconds` by `AnswerId`.

    Args:
        path: `answer_metadata_task_3_4.csv`; its dates name no zone and are taken as UTC.
        encoding: Its encoding.

    Raises:
        UserError: If columns are missing or a date cannot be read.
    """
    table = _load(path, encoding, ("AnswerId", "DateAnswered"))
    dates = table.frame["DateAnswered"]
    seconds, bad, _ = times(dates, None)
    checks = Checks(len(dates))
    checks.add(bad, lambda row: f"DateAnswered is {dates[row]!r}, not a date")
    settle([*table.problems, *table.problem(checks.reasons.items())], "fail")
    found = pl.DataFrame({"AnswerId": texts(table.frame["AnswerId"]), "seconds": pl.Series(seconds).fill_nan(None)})
    return found.unique("AnswerId", keep="first", maintain_order=True)


def _load(path: Path, encoding: str, columns: tuple[str, ...]) -> Table:
    table = load_table(path, encoding)
    require_columns(table, columns)
    return table


def _numbers(cell: str) -> list[str] | None:
    """The numbers of a JSON list as text; None if it is none."""
    try:
        found = json.loads(cell)
    except ValueError:
        return None
    return [str(number) for number in found] if isinstance(found, list) else None
