"""What the guard has to stop, in all notations, and what it has to let pass."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.domain import Question, QuestionKind
from preceptor.tutor.guard import Reason, Refused, Released, SentenceGuard, Shown, reveals

GUARD = SentenceGuard()
FRACTION = QuestionKind.FRACTION
SUM = r"Work out $\frac{1}{3} + \frac{1}{4}$."


def refused(question, *sentences, **shown):
    """The first refusal, sentence by sentence; None if all pass."""
    texts = ()
    for sentence in sentences:
        release = GUARD.check(sentence, Shown(question, texts, **shown))
        if isinstance(release, Refused):
            return release
        texts = (*texts, sentence)
    return None


@pytest.mark.parametrize(
    "text",
    [
        "The answer is 92.", "Try $92$.", "ninety-two", "ninety two!", "Es sind zweiundneunzig.", "It is ９２.",
        r"$\boxed{92}$", "**92**", "9 2", "9-2", "nine, two", "First a 9, then a 2.", "Read 29 backwards.",
        "one more than ninety-one", "two less than 94", "half of 184", "Take the half of 184.", "90 + 2",
        "eighty plus twelve",
        "between 91 and 93", "It comes right after 91.", "9 tens and 2 ones", "It starts with 9 and ends in 2.",
        "It solves $z + 8 = 100$.", "The answer plus 8 is 100.", "XCII in stone", "0x5c", "OTI=", "92.0",
        "9.2 times 10",
        "n-i-n-e-t-y t-w-o is not it, but 92 is", "not 91, not 93, but what lies between", "184 divided by two",
    ],
)  # fmt: skip
def test_a_whole_number_is_found_in_every_disguise(text, ask):
    assert refused(ask("92"), text).reason is Reason.LEAK


@pytest.mark.parametrize(
    "text",
    [
        "7/12", r"$\frac{7}{12}$", r"$\frac7{12}$", "seven twelfths", "sieben Zwölftel", "7 over 12", "14/24",
        "0.583",
        "58.3%", "The numerator is 7 and the denominator is 12.", "7 parts out of 12", "⁷⁄₁₂ is 7/12", "1/12 + 6/12",
    ],
)  # fmt: skip
def test_a_fraction_is_found_in_every_notation(text, ask):
    assert refused(ask("7/12", FRACTION, SUM), text).reason is Reason.LEAK


@pytest.mark.parametrize("text", ["٩٢", "九十二", "noventa y dos es la respuesta que buscas"])
def test_digits_of_other_scripts_and_other_languages_do_not_pass(text, ask):
    assert refused(ask("92"), text) is not None


@pytest.mark.parametrize(
    ("key", "kind", "text"),
    [
        ("12*x + 7", QuestionKind.EXPRESSION, "You get $7 + 12x$."), ("3^7", QuestionKind.EXPRESSION, "So $3^{7}$."),
        ("32*pi", QuestionKind.EXPRESSION, r"It is $32\pi$."), ("y = 2*x", QuestionKind.EQUATION, "Then $y = 2x$."),
        ("{-18, 18}", QuestionKind.SOLUTIONS, "One is $18$."), ("{}", QuestionKind.SOLUTIONS, "It has no solution."),
        ("R", QuestionKind.SOLUTIONS, "Every number works."), ("7, 8", QuestionKind.LIST, "It lies between 7 and 8."),
        ("-8, -6, 0", QuestionKind.ORDER, "$-8 < -6 < 0$"), ("48 cm^2", QuestionKind.QUANTITY, "That makes 48."),
        ("isosceles", QuestionKind.TEXT, "We call it isosceles."), ("isosceles",
        QuestionKind.TEXT, "i-s-o-s-c-e-l-e-s"),
        ("0.18", QuestionKind.NUMBER, "eighteen hundredths"), ("0.25", QuestionKind.NUMBER, "a quarter"),
        ("-11", QuestionKind.NUMBER, "minus eleven"), ("2500", QuestionKind.NUMBER, "two thousand five hundred"),
    ],
)  # fmt: skip
def test_keys_of_every_kind_are_found(key, kind, text, ask):
    assert refused(ask(key, kind, "What is it?"), text).reason is Reason.LEAK


@pytest.mark.parametrize(
    "sentences",
    [
        ("So the answer is", "92."), ("It begins with 9.", "It ends in 2."), ("The tens digit is 9.",
        "The ones digit is 2."),
        ("ninety", "two"), ("First write a 9.", "Then a 2."), ("It is 9", "2."),
    ],
)  # fmt: skip
def test_an_answer_that_comes_in_parts_is_stopped_before_the_last_part(sentences, ask):
    assert refused(ask("92"), sentences[0]) is None
    assert refused(ask("92"), *sentences).reason is Reason.LEAK


def test_a_long_explanation_before_does_not_hide_the_first_part(ask):
    long = "Look at the columns one by one and keep them below each other. " * 40
    shown = Shown(ask("92"), (long, "It begins with 9."))
    assert GUARD.check("It ends in 2.", shown).reason is Reason.LEAK


OPTIONS = ("$2x + 3$", "$x + 6$", "$2x + 6$", "$2x + 5$")


@pytest.mark.parametrize(
    "sentences",
    [
        ("It is option C.",), ("The third one looks good.",), ("Take number 3.",), ("Choose $2x+6$.",), ("(C)",),
        ("Nimm die dritte Möglichkeit.",), ("All options except the third one are wrong.",),
        ("Option A is wrong.", "Option B is wrong.", "Option D is not it either."), ("I would look closely at C.",),
    ],
)  # fmt: skip
def test_the_right_option_is_neither_named_nor_left_over(sentences, ask):
    question = ask("$2x + 6$", QuestionKind.CHOICE, "Which is equal to $2(x + 3)$?", options=OPTIONS)
    assert refused(question, *sentences).reason is Reason.LEAK


@pytest.mark.parametrize("text", ["Which options can you rule out?", "Option A is wrong.", "Compare all the options."])
def test_options_may_be_spoken_of(text, ask):
    question = ask("$2x + 6$", QuestionKind.CHOICE, "Which is equal to $2(x + 3)$?", options=OPTIONS)
    assert refused(question, text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Start with $18$ and look at the ones.", "What does $74$ tell you?", "You need two steps.",
        "First add the ones: $8 + 4$.",
        "Which of the two numbers is larger?", "Step 2: carry the ten.", "Look at one place after the other.",
        "Take your time; mistakes show where to look.", "Check the result by going backwards.",
        "Hint 1 of 3: start right.",
        "Do the ones make more than ten?", "Think about what half of something means.",
    ],
)  # fmt: skip
def test_help_with_the_numbers_of_the_question_passes(text, ask):
    assert refused(ask("92"), text) is None


def test_a_key_that_stands_in_the_question_is_used_but_not_given(ask):
    question = ask("10", text="Solve the equation $4x + 10 = 50$. What is $x$?")
    assert refused(question, "Subtract $10$ on both sides.") is None
    assert refused(question, "Where does the $10$ go?") is None
    for text in ("So $x = 10$.", "You get 10.", "10", "What if it were 10?", "Es kommt 10 heraus.", "ten"):
        assert refused(question, text).reason is Reason.LEAK, text


def test_what_the_student_said_may_be_repeated_but_not_confirmed(ask):
    said = {"student_said": ("is it 92?",)}
    assert refused(ask("92"), "Check your 92 with the ones place.", **said) is None
    for text in ("Yes, exactly.", "That's right!", "Yes, 92 is right.", "Genau!", "You got it.", "Too high.", "No."):
        assert isinstance(refused(ask("92"), text, **said), Refused), text


def test_a_closed_question_may_be_explained_and_the_next_one_not(ask):
    closed, upcoming = ask("92"), ask("27", text="Work out $82 - 55$.")
    shown = Shown(upcoming, ("Not quite.",), closed=closed)
    assert GUARD.check("The answer was $92$.", shown) == Released("The answer was $92$.")
    assert isinstance(GUARD.check("The next answer is 27.", shown), Refused)
    assert GUARD.check("So it is 92.", Shown(closed, may_show_key=True)) == Released("So it is 92.")
    assert GUARD.check("So it is 92.", Shown(None)) == Released("So it is 92.")


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.integers(13, 9_999), st.sampled_from(["It is {}.", "{}", "Then ${}$ is left.", "Es sind {}."]))
def test_every_whole_number_is_found_where_it_stands_and_its_neighbour_is_not(number, words):
    question = Question("q", "How many are there?", QuestionKind.NUMBER, str(number), ("c",))
    assert reveals(words.format(number), question)
    assert not reveals(words.format(number + 1), question)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(max_size=200))
def test_no_text_breaks_the_guard(text):
    question = Question("q", SUM, FRACTION, "7/12", ("c",), hints=("a", "b"))
    assert isinstance(GUARD.check(text, Shown(question, (text,), student_said=(text,))), Released | Refused)
