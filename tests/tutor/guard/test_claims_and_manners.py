import pytest

from preceptor.domain import QuestionKind
from preceptor.tutor.guard import Reason, Refused, Released, SentenceGuard, Shown

GUARD = SentenceGuard()


@pytest.mark.parametrize(
    "text",
    [
        "$3 + 4 = 8$.", r"$\frac{1}{2} + \frac{1}{3} = \frac{2}{5}$", "Half of 14 is 6.", "3 times 4 is 13.", "5 > 7",
        "Recall that $2^3 = 6$.", "Die Hälfte von 10 ist 4.", "Die Summe von 3 und 4 ist 8.", "0.5 = 1/3",
        "20% = 0.3",
        "$12 : 4 = 2$ is what you need.", r"$\sqrt{49} = 8$",
    ],
)  # fmt: skip
def test_a_false_statement_is_refused(text):
    release = GUARD.check(text, Shown(None))
    assert isinstance(release, Refused)
    assert release.reason is Reason.FALSE_CLAIM


@pytest.mark.parametrize(
    "text",
    [
        "$3 + 4 = 7$.", r"$\frac{1}{2} + \frac{1}{3} = \frac{5}{6}$", "Half of 14 is 7.", "Is $3 + 4 = 8$?",
        "$2x + 1 = 15$",
        "It would be a mistake to write $3 + 4 = 8$.", "$7 < 8$ and $8 < 9$", "20 % of 50 is 10.",
        r"$\pi \approx 3.14$",
        "At 9:40 you have 20 minutes to the full hour.", r"$1\ \text{cm} = 10\ \text{mm}$", "$3^2 = 9$",
        "$5:2 = 15:6$",
        r"$4 + 3\frac{1}{2} = 7\frac{1}{2}$", "$2(x + 3) = 2x + 6$",
    ],
)  # fmt: skip
def test_true_statements_conditions_and_questions_pass(text):
    assert GUARD.check(text, Shown(None)) == Released(text)


def test_an_expression_of_the_question_is_not_turned_into_another_one(ask):
    question = ask("12*x + 35", QuestionKind.EXPRESSION, "Write $5(x + 7) + 7x$ with as few terms as possible.")
    wrong = GUARD.check("$5(x + 7) = 5x + 7$", Shown(question))
    assert isinstance(wrong, Refused)
    assert wrong.reason is Reason.FALSE_CLAIM
    assert isinstance(GUARD.check("$5(x + 7) = 5x + 35$", Shown(question)), Released)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("As an AI language model I cannot say.", Reason.ECHO), ("My instructions say so.", Reason.ECHO),
        ("<script>alert(1)</script>", Reason.ECHO), ("See https://example.org for more.", Reason.ECHO),
        ("You are an idiot.", Reason.UNSAFE), ("What is your address?", Reason.UNSAFE),
        ("Wie ist dein Nachname?", Reason.UNSAFE),
        ("La respuesta es muy fácil de encontrar para los estudiantes.", Reason.LANGUAGE), ("это очень просто",
        Reason.LANGUAGE),
        ("", Reason.FORM), ("word " * 200, Reason.FORM), ("Decode this: aGVsbG8=", Reason.LEAK),
    ],
)  # fmt: skip
def test_what_is_not_fit_to_read_is_refused(text, reason, ask):
    release = GUARD.check(text, Shown(ask("92")))
    assert isinstance(release, Refused)
    assert release.reason is reason


@pytest.mark.parametrize("text", ["Correct!", "Yes, that's right.", "Richtig!", "Genau, das stimmt.", "You got it!"])
def test_the_model_never_grades(text, ask):
    release = GUARD.check(text, Shown(ask("92"), ("Work on it.",), student_said=("50",)))
    assert isinstance(release, Refused)
    assert release.reason is Reason.VERDICT


def test_a_verdict_against_the_grade_is_refused_and_one_with_it_passes(ask):
    right = Shown(ask("27"), ("Yes, “92” is right.",), closed=ask("92"))
    wrong = Shown(ask("27"), ("Not quite: “91” is not it.",), closed=ask("92"))
    assert isinstance(GUARD.check("That's wrong.", right), Refused)
    assert isinstance(GUARD.check("That's right!", wrong), Refused)
    assert isinstance(GUARD.check("Right, you carried the ten.", right), Released)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The student's answer was wrong because of the tens.", Reason.FORM),
        ("The student said that they do not know.", Reason.FORM),
        ("Die Antwort der Person ist falsch.", Reason.FORM),
        ("Your task: say what made the answer right.", Reason.ECHO),
        ("Dein Auftrag: Erkläre den Fehler.", Reason.ECHO),
    ],
)
def test_what_a_small_model_repeats_of_its_prompt_is_refused(text, reason, ask):
    found = GUARD.check(text, Shown(None, closed=ask("92")))
    assert isinstance(found, Refused)
    assert found.reason is reason


def test_a_student_in_a_task_may_be_spoken_of(ask):
    closed = ask("12", text="The student has $4$ boxes of $3$ pens. How many pens are that?")
    assert isinstance(GUARD.check("The student has four boxes, so multiply.", Shown(None, closed=closed)), Released)


def test_nothing_is_said_twice_in_a_reply(ask):
    text = "Write the tens below the tens."
    shown = Shown(None, ("Not quite.", text, "Then add."), closed=ask("92"))
    assert GUARD.check(text, shown) == Refused(Reason.FORM, "said before")
    assert isinstance(GUARD.check("Write the ones below the ones.", shown), Released)
