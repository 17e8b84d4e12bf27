from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.answers import DONT_KNOW, as_typed, check, is_dont_know, preview
from preceptor.answers.german import formula_to_english, to_english, to_german
from preceptor.domain import QuestionKind

NUMBER, LIST = QuestionKind.NUMBER, QuestionKind.LIST


@pytest.mark.parametrize(
    ("typed", "english"),
    [
        ("2,5", "2.5"), ("2.5", "2.5"), ("2.50", "2.50"), ("0.250", "0.250"), ("1.200", "1200"), ("1.200,5", "1200.5"),
        ("1.234.567", "1234567"), ("12 000", "12000"), ("12\u202f000,25", "12000.25"), ("12 0000", "12 0000"),
        ("1.2345", "1.2345"), ("1 234/1000", "1 234/1000"), ("12 : 4", "12 / 4"), ("(2 | 3)", "(2 , 3)"),
        ("(2; 3)", "(2; 3)"), ("1, 2, 3", "1, 2, 3"), ("1,2,3", "1;2;3"), ("1,5; 2,5", "1.5; 2.5"), (",5", ".5"),
        ("1,5, 2,5", "1.5, 2.5"), ("|x| + 1", "|x| + 1"), ("(|x| + 1)", "(|x| + 1)"), ("2 und 3", "2 and 3"),
        ("x = 1 oder x = 2", "x = 1 or   x = 2"), ("25 Prozent", "25 %"), ("45 Grad", "45 °"),
        ("Wurzel(2)", "sqrt  (2)"),
        ("rund", "rund"), ("3·4", "3·4"), ("2,5x", "2.5x"), ("1,250", "1.250"),
    ],
)  # fmt: skip
def test_german_is_read_as_schools_write_it(typed, english):
    rewritten = to_english(typed)
    assert " ".join(rewritten.split()) == " ".join(english.split())
    assert len(rewritten) == len(typed)


def test_a_german_formula_of_a_stem_is_read():
    assert formula_to_english(r"12\,000{,}5 : 3") == "12000.5 / 3"
    assert formula_to_english(r"(2 \mid 3)") == "(2 , 3)"


@pytest.mark.parametrize(
    ("key", "kind", "response"),
    [
        ("2.5", NUMBER, "2,5"), ("2.5", NUMBER, "2.5"), ("2.5", NUMBER, "5/2"), ("2.5", NUMBER, "5:2"),
        ("1200", NUMBER, "1.200"), ("12000", NUMBER, "12 000"), ("1200.5", NUMBER, "1.200,5"), ("3", NUMBER, "12 : 4"),
        ("12", NUMBER, "3·4"), ("12", NUMBER, "12 Meter"), ("12", NUMBER, "12 Äpfel"), ("25", NUMBER, "25 Prozent"),
        ("1, 2, 4", LIST, "1; 2; 4"), ("1, 2, 4", LIST, "4, 2, 1"), ("1, 2, 4", LIST, "1,2,4"), ("1, 2", LIST, "1,2"),
        ("0.5, 2.5", LIST, "0,5; 2,5"), ("(2, -1)", LIST, "(2 | -1)"), ("(2, -1)", LIST, "(2; -1)"),
        ("2.5*x + 3", QuestionKind.EXPRESSION, "2,5x + 3"), ("y = 2.5*x", QuestionKind.EQUATION, "y = 2,5·x"),
        ("x<1/2", QuestionKind.EQUATION, "x < 0,5"),
    ],
)  # fmt: skip
def test_german_answers_are_right(key, kind, response, ask, outcome):
    question = ask(key, kind, text="Wie viele Äpfel sind es, wie viel Prozent?", language="de")
    assert outcome(question, response) == "correct"


@pytest.mark.parametrize("response", ["25", "0,25", "2,05", "1,200", "2.500"])
def test_other_german_values_are_wrong(response, ask, outcome):
    assert outcome(ask("2.5", NUMBER, language="de"), response) == "wrong"


@pytest.mark.parametrize(
    ("response", "message"),
    [
        ("2; 5", "Gib eine einzige Zahl an. Schreibe Dezimalzahlen mit Komma, zum Beispiel 0,5."),
        ("", "Gib zuerst eine Antwort ein."), ("(", "das Ende"),
        ("3 m", "Gefragt ist in Zentimetern, nicht in Metern."),
        ("2 $ 3", "„$“ kann ich hier nicht lesen."), ("1" * 300, "Das sind mehr als 200 Zeichen."),
    ],
)  # fmt: skip
def test_german_questions_answer_in_german(response, message, ask, worker):
    verdict = check(ask("2.5", NUMBER, text="Der Stift ist $14$ cm lang.", language="de"), response, worker=worker)
    assert verdict.scored is None
    assert message in verdict.message


def test_the_place_where_reading_stopped_is_that_in_the_german_text(ask, worker):
    verdict = check(ask("x^2", language="de"), "1.200 + 2,5 & 1", worker=worker)
    assert verdict.position == 12


@pytest.mark.parametrize("response", ["weiß nicht", "Weiss nicht.", "keine Ahnung", "ich weiß es nicht", DONT_KNOW])
def test_not_knowing_in_german(response, ask, outcome):
    assert outcome(ask("5", NUMBER, language="de"), response) == "dont_know"


def test_english_questions_know_no_german(ask, outcome):
    assert not is_dont_know("keine Ahnung")
    assert outcome(ask("2.5", NUMBER), "2,5") == "unreadable"
    assert outcome(ask("1200", NUMBER), "1.200") == "wrong"
    assert outcome(ask("1200", NUMBER), "1,200") == "correct"
    assert outcome(ask("12", NUMBER), "12 Stunden") == "unreadable"


def test_a_copy_of_a_german_question_is_handed_back(ask, worker):
    question = ask("3/4", text="Kürze $6{,}0 : 8$.", language="de")
    assert "wiederholt die Aufgabe" in check(question, "6,0 : 8", worker=worker).message
    assert check(question, "3/4", worker=worker).scored is not None


@pytest.mark.parametrize(
    ("response", "kind", "shown"),
    [
        ("2,5x", QuestionKind.EXPRESSION, "2{,}5 x"), ("1,5; 2", LIST, "1{,}5; 2"),
        ("(1,5 | 2)", LIST, r"\left(1{,}5 \mid 2\right)"),
    ],
)  # fmt: skip
def test_the_preview_is_german(response, kind, shown, ask):
    assert preview(response, ask("x, y", kind, language="de")) == shown


VALUES = st.decimals(-99999, 99999, places=3).map(lambda value: format(value.normalize(), "f"))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(VALUES, VALUES)
def test_what_is_typed_in_german_gets_the_verdict_of_its_english_form(ask, outcome, key, answer):
    german, english = ask(key, NUMBER, language="de"), ask(key, NUMBER)
    expected = "correct" if Decimal(key) == Decimal(answer) else "wrong"
    assert outcome(english, answer) == expected
    assert outcome(german, as_typed(answer, german)) == expected
    assert outcome(german, as_typed(key, german)) == "correct"


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.integers(-9_999_999, 9_999_999), st.sampled_from([".", " ", "\u202f", ""]), st.integers(0, 99))
def test_thousands_and_decimals_are_read_exactly(ask, outcome, whole, sign, hundredths):
    grouped = f"{whole:,}".replace(",", sign)
    question = ask(f"{whole}.{hundredths:02}", NUMBER, language="de")
    assert outcome(question, f"{grouped},{hundredths:02}") == "correct"


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(VALUES, min_size=2, max_size=4), st.sampled_from(["{}", "({})", "{{{}}}"]))
def test_lists_survive_the_way_through_german(values, frame):
    answer = frame.format(", ".join(values))
    read = to_english(to_german(answer)).replace(";", ",")
    assert "".join(read.split()) == "".join(answer.split())


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(max_size=60) | st.text(alphabet="0123456789.,;:|()[]{} xyR=±undoder€mch²/", max_size=40))
def test_rewriting_keeps_the_length_of_any_text(text):
    assert len(to_english(text)) == len(text)
