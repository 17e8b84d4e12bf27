import pytest

from preceptor.data.students import LONGEST, name_fault
from preceptor.domain import UserError

WRONG = ["a/b", "a\\b", "a\x07b", ".", "..", "x" * (LONGEST + 1), "\x7f"]


@pytest.mark.parametrize("name", [*WRONG, ""])
def test_names_without_a_page_are_faulty(name):
    assert name_fault(name)


@pytest.mark.parametrize("name", ["a#b?c%d", "Zoë 5", "a..b", "x" * LONGEST, "%2F", "学生"])
def test_all_other_names_are_fine(name):
    assert name_fault(name) == ""


@pytest.mark.parametrize("name", WRONG)
def test_a_table_tells_file_and_row(read_table, name):
    with pytest.raises(UserError, match=r"log.csv, row 2 \(line 3\): student "):
        read_table(f"student,question,correct\nann,q,1\n{name},q,1\n")
