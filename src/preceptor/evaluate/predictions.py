"""Predictions of single answers as a table, for whoever wants to measure them another way."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from preceptor.domain import Bank, Log, UserError

SUFFIXES = (".csv", ".parquet")


@dataclass(frozen=True)
class FoldPredictions:
    """What one model predicted in one fold.

    Args:
        model: The model's label.
        fold: The fold.
        rows: int64 [answers], rows of the course's log.
        p_correct: float64 [answers].
    """

    model: str
    fold: int
    rows: NDArray[np.int64]
    p_correct: NDArray[np.float64]


def check_predictions_file(path: Path) -> None:
    """Refuse a file that could not be written, before anything is trained.

    Raises:
        UserError: If the ending or the folder is not one to write to.
    """
    if path.suffix not in SUFFIXES:
        raise UserError(f"{path} ends in {path.suffix!r}.", allowed=" or ".join(SUFFIXES))
    check_folder(path)


def check_folder(path: Path) -> None:
    """Refuse a file in a folder that does not exist.

    Raises:
        UserError: Naming the folder.
    """
    if not path.parent.is_dir():
        raise UserError(f"{path.parent} is no folder.", mend="make it, or write somewhere else")


def check_file(path: Path) -> None:
    """Refuse a file that cannot be written before anything is measured for it.

    Raises:
        UserError: If it is a folder, or its folder does not exist.
    """
    if path.is_dir():
        raise UserError(f"{path} is a folder.", allowed="the name of a file")
    check_folder(path)


def write_predictions(path: Path, bank: Bank, log: Log, predictions: Sequence[FoldPredictions]) -> None:
    """Write `student_id, position, question_id, question, correct, model, fold, p_correct`, a row for each prediction.

    Student and position, which counts from 0 in the order of the student's answers, name the row of the log that was
    imported; `question` is the question's text, or the data set's own number where it has none.

    Args:
        path: A file that ends in `.csv` or `.parquet`.
        bank: The course's bank.
        log: The course's log.
        predictions: Of all models and folds.
    """
    students = pl.Series(log.student_ids, dtype=pl.Categorical)
    questions = pl.Series(log.question_ids, dtype=pl.Categorical)
    texts = pl.Series([bank.question[name].text for name in log.question_ids], dtype=pl.Categorical)
    parts = [
        pl.DataFrame(
            {
                "student_id": students[log.student[part.rows]],
                "position": log.position[part.rows],
                "question_id": questions[log.question[part.rows]],
                "question": texts[log.question[part.rows]],
                "correct": log.correct[part.rows],
                "model": pl.Series([part.model], dtype=pl.String).new_from_index(0, len(part.rows)),
                "fold": np.full(len(part.rows), part.fold, dtype=np.int16),
                "p_correct": part.p_correct.astype(np.float32),
            }
        )
        for part in predictions
    ]
    table = pl.concat(parts)
    if path.suffix == ".csv":
        table.write_csv(path)
    else:
        table.write_parquet(path)
