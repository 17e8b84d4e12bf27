"""Every bad input gives one message with file and row; skipping keeps the reason of each row."""

import polars as pl
import pytest

from preceptor.data import ReadOptions, make_reader
from preceptor.domain import UserError

HEADER = "student,question,correct,time\n"


def message(read, *args, **kwargs):
    with pytest.raises(UserError) as caught:
        read(*args, **kwargs)
    return str(caught.value)


def test_missing_file(tmp_path):
    with pytest.raises(UserError, match=r"gone\.csv does not exist"):
        make_reader("table").read([tmp_path / "gone.csv"], ReadOptions())


def test_unreadable_file(read_table, monkeypatch):
    from pathlib import Path

    def refuse(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert "log.csv: Permission denied" in message(read_table, HEADER)


def test_folder_without_tables(tmp_path):
    with pytest.raises(UserError, match="holds no tables"):
        make_reader("table").read([tmp_path], ReadOptions())


def test_wrong_column_offers_the_nearest(read_table):
    text = message(read_table, "usr,question,correct\na,q,1\n", columns={"student": "user"})
    assert "'user'" in text
    assert "did you mean 'usr'?" in text


def test_unknown_role(read_table):
    assert "did you mean 'student'?" in message(read_table, HEADER, columns={"studnt": "student"})


def test_missing_columns_are_told_together_with_what_is_there(read_table):
    text = message(read_table, "a,b,question\n1,2,3\n")
    assert "no column for student, correct" in text
    assert "a, b, question" in text
    assert "--column student=NAME" in text


@pytest.mark.parametrize("content", ["", "\n", HEADER, HEADER + "\n\n"])
def test_empty_log(read_table, content):
    assert "empty" in (text := message(read_table, content)) or "holds no answers" in text


@pytest.mark.parametrize("cell", ["2", "-0.1", "", "x", "nan", "inf"])
def test_correctness_outside_its_range(read_table, cell):
    text = message(read_table, f"{HEADER}a,q,1,5\nb,q,{cell},6\n")
    assert "log.csv, row 2 (line 3): correctness is" in text
    assert "0..1" in text


@pytest.mark.parametrize("cell", ["yesterday", "2024-02-30", "inf"])
@pytest.mark.parametrize("other", ["2024-02-01", "1709296200"])
def test_unparsable_date(read_table, cell, other):
    text = message(read_table, f"{HEADER}a,q,1,{other}\na,q,1,{other}\na,q,1,{cell}\n")
    assert f"row 3 (line 4): time is '{cell}'" in text


@pytest.mark.parametrize(("header", "cell"), [("duration", "-1"), ("duration", "long"), ("fold", "1.5"), ("fold", "x")])
def test_other_numbers(read_table, header, cell):
    text = message(read_table, f"student,question,correct,{header}\na,q,1,1\na,q,1,{cell}\n")
    assert f"row 2 (line 3): {header} is '{cell}'" in text


@pytest.mark.parametrize(("row", "role"), [(",q,1,5", "student"), ("a, ,1,5", "question")])
def test_empty_names(read_table, row, role):
    assert f"row 1 (line 2): {role} is empty" in message(read_table, HEADER + row + "\n")


def test_unknown_question(read_table, tmp_path):
    (tmp_path / "bank.csv").write_text("question\nq1\n")
    text = message(read_table, f"{HEADER}a,q1,1,5\na,q7,1,6\n", bank_file=tmp_path / "bank.csv")
    assert "log.csv, row 2 (line 3): question 'q7' is not in the questions file" in text


def test_bad_questions_file(read_table, tmp_path):
    (tmp_path / "bank.csv").write_text("question,kind,key\nq1,number,1\nq1,number,1\n\n,number,2\nq2,essay,3\n")
    text = message(read_table, HEADER + "a,q1,1,5\n", bank_file=tmp_path / "bank.csv")
    assert "bank.csv, row 2 (line 3): question 'q1' stands in an earlier row" in text
    assert "row 4 (line 5): question is empty" in text
    assert "row 5 (line 6): kind is 'essay'" in text


def test_rows_out_of_order_where_the_file_is_the_order(read_table):
    content = f"{HEADER}a,q1,1,10\nb,q1,1,5\na,q2,1,9\na,q3,1,9.5\na,q4,1,10\n"
    text = message(read_table, content, order="file")
    assert "2 rows cannot be imported" in text
    assert "row 3 (line 4): time lies before an earlier row of student a" in text
    assert "row 4 (line 5)" in text
    assert read_table(content, order="time").report["rows_moved"] == 3
    skipped = read_table(content, order="file", on_bad_row="skip")
    assert [reject.row for reject in skipped.rejects] == [3, 4]
    assert len(skipped.log) == 3


def test_file_order_stands_where_it_is_declared(read_table):
    log = read_table(f"{HEADER}a,q1,1,10\na,q2,0,10\nb,q1,1,5\n", order="file").log
    assert log.correct.tolist() == [1, 0, 1]


def test_wrong_encoding(read_table):
    content = "student,question,correct\nAnn,q,1\nJosé,q,1\n".encode("cp1252")
    text = message(read_table, content)
    assert "log.csv, row 2 (line 3): byte 0xe9 is not utf-8 text" in text
    assert "--encoding cp1252" in text
    assert read_table(content, encoding="cp1252").log.student_ids == ("Ann", "José")
    assert "Unknown encoding 'klingon'" in message(read_table, content, encoding="klingon")


def test_truncated_parquet(tmp_path):
    path = tmp_path / "log.parquet"
    pl.DataFrame({"student": ["a"] * 99, "question": ["q"] * 99, "correct": [1] * 99}).write_parquet(path)
    for keep in (0, 3, len(path.read_bytes()) // 2, len(path.read_bytes()) - 1):
        path.write_bytes(path.read_bytes()[:keep])
        with pytest.raises(UserError, match=r"log\.parquet is truncated"):
            make_reader("table").read([path], ReadOptions())


def test_rows_that_do_not_fit_the_header(read_table):
    content = "student,question,correct\na,q,1\na,q,1,9\nb,q\n"
    text = message(read_table, content)
    assert "row 2 (line 3): 4 cells under 3 column names" in text
    assert "row 3 (line 4): correctness is empty" in text
    skipped = read_table(content, on_bad_row="skip")
    assert [(r.row, r.reason[:7]) for r in skipped.rejects] == [(2, "4 cells"), (3, "correct")]
    assert len(skipped.log) == 1


def test_a_quotation_mark_that_is_not_closed(read_table):
    text = message(read_table, 'student,question,correct\na,q,1\n"b,q,1\n' + "c,q,1\n" * 5)
    assert "log.csv, row 2 (line 3)" in text
    text = message(read_table, 'student,question,correct\na,q,1\n"b,q,1\n' + "c,q,1\n" * 50_000)
    assert "not closed" in text


@pytest.mark.parametrize("rows", ["a,b,1\n", "a,b,1,2\n"])
def test_two_columns_of_one_name(read_table, rows):
    assert "two columns have one name" in message(read_table, "student,student,correct\n" + rows)


@pytest.mark.parametrize(("option", "value"), [("time_unit", "h"), ("order", "random")])
def test_unknown_options(read_table, option, value):
    assert f"'{value}'" in message(read_table, HEADER, **{option: value})


def test_many_bad_rows_make_one_message(read_table, tmp_path):
    text = message(read_table, HEADER + "a,q,7,5\n" * 20 + "a,q,1,soon\n")
    assert "21 rows cannot be imported" in text
    assert text.count("row ") == 6  # five and the mending line
    assert "and 16 more" in text
    assert "--on-bad-row skip" in text


def test_skipping_keeps_good_rows_and_every_reason(read_table, tmp_path):
    imported = read_table(f"{HEADER}a,q,1,5\na,q,7,6\n,q,1,7\na,q,0,soon\na,q,0,8\n", on_bad_row="skip")
    assert imported.log.correct.tolist() == [1, 0]
    assert imported.report["rows_rejected"] == 3
    assert imported.report["rows_read"] == 5
    assert [reject.row for reject in imported.rejects] == [2, 3, 4]
    assert imported.rejects[0].file == str(tmp_path / "log.csv")
    assert "'7'" in imported.rejects[0].reason


def test_skipping_everything_is_an_empty_log(read_table):
    assert "holds no answers" in message(read_table, HEADER + "a,q,7,5\n", on_bad_row="skip")
