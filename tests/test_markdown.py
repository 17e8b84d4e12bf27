"""Tables of pages."""

from preceptor.markdown import markdown_table


def test_words_stand_left_and_numbers_right():
    lines = markdown_table(("arm", "than", "gain"), [("a", "b", "1")], left=2).split("\n")
    assert lines == ["| arm | than | gain |", "|---|---|---:|", "| a | b | 1 |"]


def test_a_table_may_hold_nothing_but_numbers():
    assert markdown_table(("n", "share"), [], left=0) == "| n | share |\n|---:|---:|"
