"""No text gives orders to what shows it."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.language import visible

CONTROLS = st.characters(categories=["Cc"])


def test_control_characters_are_seen():
    assert visible("\x1b[31mred\x07\x00\x7f\x9b2J") == "␛[31mred␇␀␡\ufffd2J"
    assert visible("one\r\ntwo\tthree\rfour") == "one\ntwo\tthree␍four"


@settings(deadline=None, derandomize=True)
@given(st.text(st.one_of(st.characters(), CONTROLS)))
def test_nothing_but_line_ends_and_tabs_is_left_and_all_else_stays(text):
    shown = visible(text)
    assert {c for c in shown if unicodedata.category(c) == "Cc"} <= {"\n", "\t"}
    assert visible(shown) == shown
    if not any(unicodedata.category(c) == "Cc" for c in text):
        assert shown == text
