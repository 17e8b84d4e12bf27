import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.domain import Question, QuestionKind
from preceptor.tutor.words import ago, pick, shortened, shown, span


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-5, "1 minute"),
        (2, "1 minute"),
        (600, "10 minutes"),
        (3_600, "1 hour"),
        (5 * 3_600, "5 hours"),
        (24 * 3_600, "1 day"),
        (36 * 3_600, "1.5 days"),
        (3 * 86_400, "3 days"),
        (12.4 * 86_400, "12 days"),
    ],
)
def test_a_span_is_said_in_the_unit_that_fits(seconds, text):
    assert span(seconds) == text
    assert ago(seconds) == f"{text} ago"


def test_phrasings_vary_between_events_and_never_for_one():
    options = ("a", "b", "c")
    chosen = [pick(options, f"event-{i}") for i in range(60)]

    assert set(chosen) == set(options)
    assert chosen == [pick(options, f"event-{i}") for i in range(60)]


@settings(deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(["one", "$a + b$", "words", r"$\frac{1}{2}$", "x."]), max_size=40))
def test_shortening_keeps_mathematics_whole(atoms):
    text = " ".join(atoms)
    short = shortened(text, 50)

    assert len(short) <= 50
    assert short.count("$") % 2 == 0
    assert short == text or (short.endswith("…") and text.startswith(short.removesuffix("…").rstrip()))


def question(kind: QuestionKind, *options: str) -> Question:
    return Question("q", "?", kind, "1", (), options=options)


@pytest.mark.parametrize(
    ("asked", "answer", "text"),
    [
        (question(QuestionKind.NUMBER), "3/4", r"$\frac{3}{4}$"),
        (question(QuestionKind.LIST), "1, 2", "$1, 2$"),
        (question(QuestionKind.CHOICE, "$3$", "three"), "$3$", "$3$"),
        (question(QuestionKind.CHOICE, "$3$", "three"), "three", "“three”"),
        (question(QuestionKind.TEXT), "a square", "“a square”"),
        (question(QuestionKind.NUMBER), "<b>$x_{</b>", "“b x /b”"),
    ],
)
def test_an_answer_is_shown_as_mathematics_or_as_a_harmless_quotation(asked, answer, text):
    assert shown(asked, answer) == text


def test_a_long_answer_is_cut():
    assert len(shown(question(QuestionKind.TEXT), "word " * 100)) < 45


@pytest.mark.parametrize(
    ("kind", "language", "answer", "text"),
    [
        (QuestionKind.QUANTITY, "en", "48 sq cm", r"$48\,\text{cm}^{2}$"),
        (QuestionKind.QUANTITY, "en", "48", "“48”"),
        (QuestionKind.FRACTION, "en", "1 1/4", r"$1\frac{1}{4}$"),
        (QuestionKind.SOLUTIONS, "en", "x=2 or x=-2", r"$\{2, -2\}$"),
        (QuestionKind.SOLUTIONS, "de", "keine Lösung", r"$\{\}$"),
        (QuestionKind.NUMBER, "de", "1.200,5", "$1200{,}5$"),
        (QuestionKind.LIST, "de", "1,5; 2", "$1{,}5; 2$"),
    ],
)
def test_answers_of_every_kind_are_shown_as_mathematics_of_their_language(kind, language, answer, text):
    keys = {QuestionKind.QUANTITY: "1 cm", QuestionKind.SOLUTIONS: "{1}", QuestionKind.LIST: "1, 2"}
    assert shown(Question("q", "", kind, keys.get(kind, "1"), ("c",), language=language), answer) == text


def test_an_order_is_shown_as_a_list():
    question = Question("q", "", QuestionKind.ORDER, "0.5, 2", ("c",), options=("2", "0.5"), language="de")
    assert shown(question, "2; 0,5") == "$2; 0{,}5$"


def test_words_in_order_and_keys_are_shown_whole_and_in_the_quotes_of_the_language():
    items = ("inner core of the Earth", "mantle of the Earth", "crust of the Earth")
    order = Question("q", "?", QuestionKind.ORDER, ", ".join(reversed(items)), ("c",), options=items)
    assert shown(order, order.key) == f"“{order.key}”"
    german = Question("q", "?", QuestionKind.TEXT, "Mantel", ("c",), language="de")
    assert shown(german, "Kruste") == "„Kruste“"
    long = Question("q", "?", QuestionKind.TEXT, "a key of more than forty letters, which is shown whole", ("c",))
    assert shown(long, long.key) == f"“{long.key}”"
    assert shown(long, long.key.replace("whole", "not")).endswith(" …”")
