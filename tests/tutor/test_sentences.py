"""A stream is cut into sentences as soon as they are whole, however it is parted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preceptor.tutor.sentences import LONGEST_SENTENCE, SentenceSplitter, sentences_of

WHOLE = [
    ("en", ["Half of 3.5 is 1.75. ", "Now add 2.5 to it! ", "What do you get?"]),
    ("en", ["Use a common multiple, e.g. 12, i.e. a number both divide. ", "Then add."]),
    ("en", [r"It is $x = 3. 5$ here. ", r"So $\frac{1}{2}. y$ stays. ", "Good."]),
    ("en", [r"Write \(a. b\) first. ", "Done."]),
    ("en", ["The answer is 5. ", "Now go on."]),
    ("en", ["Do this:\n", "1. Add 3 to 4.\n", "2. Halve it.\n\n", "What is left?"]),
    ("en", ["It costs $5 each. ", "Two cost twice as much.\n\n", "Fine."]),
    ("en", ["Really?! ", "(Yes, really.) ", "“Quite so.” ", "Good…  \n", "End"]),
    ("de", ["Nimm z. B. den 3. Schritt. ", "Das ist d. h. fertig."]),
    ("de", ["Rechne $3{,}5 + 1$. ", "Teile dann durch 2. Jetzt bist du fertig!"]),
    ("de", ["Das sind ca. 5 cm bzw. 50 mm. ", "Gut."]),
]


@pytest.mark.parametrize(("language", "sentences"), WHOLE)
def test_sentences_are_cut_where_they_end(language, sentences):
    assert list(sentences_of("".join(sentences), language)) == sentences


TEXTS = st.lists(
    st.sampled_from(["a", " ", ". ", ".", "$", "3.5", "\n", "\n\n", "e.g. ", "!", "? ", r"\(", r"\)", "Ab", "1. "]),
    max_size=60,
).map("".join)


@given(TEXTS, st.data())
def test_nothing_is_lost_and_the_parting_does_not_matter(text, data):
    splitter, found, left = SentenceSplitter(), [], text
    while left:
        size = data.draw(st.integers(1, len(left)))
        found += splitter.feed(left[:size])
        left = left[size:]
    found += splitter.rest()

    assert "".join(found) == text
    assert tuple(found) == sentences_of(text)


def test_the_first_sentence_is_there_before_the_second_is_whole():
    splitter = SentenceSplitter()

    assert list(splitter.feed("Add the parts. T")) == ["Add the parts. "]


def test_a_text_without_an_end_is_handed_on_in_pieces():
    pieces = sentences_of("x" * 5_000)

    assert len(pieces[0]) == LONGEST_SENTENCE
    assert "".join(pieces) == "x" * 5_000


@pytest.mark.parametrize("start", ["$", r"\(", r"\["])
def test_mathematics_that_never_closes_holds_nothing_back_for_ever(start):
    splitter = SentenceSplitter()
    found = list(splitter.feed(start + "1 and. " * 400))

    assert len(found) > 100
