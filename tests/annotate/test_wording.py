"""How a question and a concept are told."""

from preceptor.annotate.wording import LONGEST_NAME, full_name, short_name
from preceptor.domain import Concept


def test_a_name_of_a_whole_paragraph_is_cut_at_a_word_and_keeps_its_code():
    long = Concept(
        "a", "Understand that the last number name said tells the number of objects counted. " * 4, "K.CC.B.4b"
    )
    told = short_name(long)
    assert told.startswith("K.CC.B.4b Understand that the last number")
    assert len(told) <= LONGEST_NAME + 1
    assert told.endswith("…")
    assert full_name(long).startswith(told[:-1] + " ")


def test_a_short_name_stays():
    assert short_name(Concept("b", "Adding fractions", "4.NF.B.3")) == "4.NF.B.3 Adding fractions"
    assert short_name(Concept("c", "Adding", "Adding")) == "Adding"
