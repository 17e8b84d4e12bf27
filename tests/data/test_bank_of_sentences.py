"""A bank whose column `question` holds the questions themselves, as teachers write it."""

import pytest

from preceptor.data.bank_table import read_questions
from preceptor.data.reader import ReadOptions


def read(tmp_path, content):
    file = tmp_path / "bank.csv"
    file.write_text(content, encoding="utf-8")
    return read_questions(file, ReadOptions())


def test_sentences_are_texts_and_not_only_ids(tmp_path):
    found, notes = read(tmp_path, "question,answer\nWhat is 15 % of 80?,12\nSolve 2x+3=7,2\n")
    assert found["What is 15 % of 80?"]["text"] == "What is 15 % of 80?"
    assert found["Solve 2x+3=7"] == {"question": "Solve 2x+3=7", "key": "2", "text": "Solve 2x+3=7"}
    assert any("as text too" in note for note in notes)


@pytest.mark.parametrize(
    "content",
    ["question,answer\nq1,12\nq 2,2\n", "question,text,answer\nWhat is a?,Say it,12\nWhat is b?,Say it,2\n"],
)
def test_ids_stay_ids_and_a_column_of_texts_goes_first(tmp_path, content):
    found, notes = read(tmp_path, content)
    assert all(cells.get("text", "") in ("", "Say it") for cells in found.values())
    assert not any("as text too" in note for note in notes)
