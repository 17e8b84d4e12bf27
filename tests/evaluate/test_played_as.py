"""What is known of a student in words, for a model that plays them."""

import pytest

from preceptor.domain import SECONDS_PER_DAY, ConceptRecall
from preceptor.evaluate.played_as import played_as

NOW = 1_000 * SECONDS_PER_DAY


def told(attempts=4, correct=2.0, recall=0.6, days=10.0, mistakes=(), language="en"):
    last = None if days is None else NOW - days * SECONDS_PER_DAY
    known = ConceptRecall("add", 0.9, recall, 1.0, None, last, attempts, correct)
    return played_as(known, "Adding", mistakes, NOW, language)


def test_everything_is_told_in_words():
    assert told(mistakes=("adds across", "rounds up")) == (
        "Adding: practised a few times. Last practised some time ago. It went partly well, partly badly. "
        "Is unsure of it now. Mistakes made: adds across; rounds up."
    )
    assert told(mistakes=("zählt falsch",), language="de") == (
        "Adding: ein paarmal geübt. Zuletzt vor einiger Zeit geübt. Es ging teils gut, teils schlecht. "
        "Ist sich jetzt unsicher. Gemachte Fehler: zählt falsch."
    )


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"attempts": 1}, "practised once"),
        ({"attempts": 9}, "practised many times"),
        ({"days": 7.0}, "a short while ago"),
        ({"days": 30.5}, "long ago"),
        ({"correct": 4.0}, "It went well"),
        ({"correct": 0.0}, "It went badly"),
        ({"recall": 0.9}, "Knows it now"),
        ({"recall": 0.3}, "Hardly knows it now"),
    ],
)
def test_what_is_known_changes_the_words(known, said):
    assert said in told(**known)
    assert said not in told()


def test_without_times_nothing_is_said_of_them():
    assert "Last practised" not in told(days=None)
