import numpy as np
import polars as pl
import pytest

from preceptor.domain import UserError
from preceptor.evaluate import FoldPredictions, check_folder, check_predictions_file, write_predictions


@pytest.mark.parametrize("name", ["p.csv", "p.parquet"])
def test_a_row_for_each_prediction(tmp_path, bank, course, name):
    log, rows = course.log, np.array([3, 4, 200])
    parts = [FoldPredictions(model, 2, rows, np.array([0.1, 0.2, 0.3])) for model in ("one", "two")]
    write_predictions(tmp_path / name, bank, log, parts)
    table = pl.read_csv(tmp_path / name) if name.endswith("csv") else pl.read_parquet(tmp_path / name)
    assert table.columns == [
        "student_id",
        "position",
        "question_id",
        "question",
        "correct",
        "model",
        "fold",
        "p_correct",
    ]
    assert table["student_id"].to_list() == [log.student_ids[log.student[row]] for row in rows] * 2
    assert table["question_id"].to_list() == [log.question_ids[log.question[row]] for row in rows] * 2
    assert table["position"].to_list() == log.position[rows].tolist() * 2
    assert table["correct"].to_list() == log.correct[rows].tolist() * 2
    assert table["model"].to_list() == ["one"] * 3 + ["two"] * 3
    assert table["fold"].unique().to_list() == [2]
    assert table["p_correct"].to_list() == pytest.approx([0.1, 0.2, 0.3] * 2)


def test_files_that_cannot_be_written_are_refused_before(tmp_path):
    with pytest.raises(UserError, match=r"'\.xlsx'"):
        check_predictions_file(tmp_path / "p.xlsx")
    with pytest.raises(UserError, match="is no folder"):
        check_folder(tmp_path / "nowhere" / "p.csv")
