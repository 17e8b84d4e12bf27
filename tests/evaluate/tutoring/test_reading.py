"""Acts are read from the words alone, verified, by one function for all arms."""

import numpy as np
import pytest

from preceptor.domain import Bank, Concept, Distractor, Misconception, Question, QuestionKind, Step
from preceptor.evaluate.tutoring.reading import Read, Reader, Turned, acts_of

REMEDY = "Look for equal parts first, then add."


@pytest.fixture(scope="module")
def bank():
    steps = (Step("First: $3 + 4 = 7$.", ("add",), "7"), Step("Then: $7 \\times 2 = 14$.", ("times",), "14"))
    wrong_steps = (Step("So $2 + 2 = 5$.", ("add",), "5"),)
    return Bank(
        (Concept("add", "adding"), Concept("times", "multiplying")),
        (
            Question(
                "q1", "What is $2 (3 + 4)$?", QuestionKind.NUMBER, "14", ("times", "add"), steps=steps,
                hints=("Begin inside.", "Now double it."), distractors=(Distractor("10", "forgets"),),
            ),
            Question("q2", "What is $2 + 2$?", QuestionKind.NUMBER, "4", ("add",), steps=wrong_steps),
        ),
        (Misconception("forgets", "times", "multiplies only one part", REMEDY),),
    )  # fmt: skip


@pytest.fixture(scope="module")
def reader(bank):
    return Reader(bank)


def turned(after, right=False, before="", question=0):
    return Turned(question, before, after, right)


@pytest.mark.parametrize(
    ("text", "right", "verdict"),
    [
        ("Yes, $14$ is right.", True, 1),
        ("That's right: $14$.", True, 1),
        ("$14$ it is. Well done.", True, 1),
        ("Correct, it is $14$. Two days ago a question like this went wrong.", True, 1),
        ("Not quite: $10$ is not it.", False, 1),
        ("$10$ is not the answer yet.", False, 1),
        ("Not yet. $10$ does not fit.", False, 1),
        ("Yes, $10$ is right.", False, -1),
        ("Not quite: $14$ is not it.", True, -1),
        ("Let us go on.", True, 0),
        ("", True, 0),
        ("Das ist richtig.", True, 1),
        ("Das ist noch nicht richtig.", False, 1),
    ],
)
def test_the_verdict_is_what_the_words_say_held_against_the_truth(reader, text, right, verdict):
    assert reader.read(turned(text, right)).verdict == verdict


def test_a_false_verdict_is_a_wrong_statement(reader):
    assert reader.read(turned("Yes, $10$ is right.")).wrong == ("the verdict",)


def test_a_false_equation_is_a_wrong_statement(reader):
    assert reader.read(turned("Not quite. So $3 + 4 = 8$.")).wrong == ("3 + 4 = 8",)
    assert not reader.read(turned("Not quite. $25\\%$ of $80 = 20$.")).wrong


def test_only_the_remedy_puts_a_misconception_right(reader):
    assert reader.read(turned(f"Not yet.\n\n{REMEDY}")).misconception == 0
    assert reader.read(turned("Not yet. Some multiply only one part.")).misconception == -1


def test_each_concept_gets_the_share_of_its_own_steps(reader):
    read = reader.read(turned("Not yet.\n\n1. First: $3 + 4 = 7$."))
    assert dict(read.explained) == {0: 1.0}
    read = reader.read(turned("1. First: $3 + 4 = 7$.\n2. Then:   $7 \\times 2 = 14$."))
    assert dict(read.explained) == {0: 1.0, 1: 1.0}


def test_a_step_that_is_false_explains_nothing(reader):
    read = reader.read(turned("So $2 + 2 = 5$.", question=1))
    assert read.explained == ()
    assert read.wrong


def test_another_questions_steps_explain_nothing_unless_it_is_shown(reader):
    assert reader.read(turned("First: $3 + 4 = 7$.", question=1)).explained == ()
    shown = "Here is one. What is $2 (3 + 4)$?\n\n1. First: $3 + 4 = 7$."
    assert dict(reader.read(turned(shown, question=-1)).explained) == {0: 1.0}


def test_without_a_question_words_can_only_explain(reader):
    assert reader.read(turned("Yes, that is right. " + REMEDY, question=-1)) == Read()


def test_an_answer_given_away_before_is_told_and_one_shown_afterwards_is_not(reader):
    assert reader.read(turned("Yes, that is right.", True, "The answer is 14.")).told
    assert not reader.read(turned("So the answer is 14.", False, "Begin inside.")).told


def test_figures_about_the_student_give_nothing_away(reader):
    assert not reader.read(turned("", False, "We practise adding, at about 14 % now.")).told


def test_open_hints_are_counted_in_what_was_said_before(reader):
    assert reader.read(turned("", False, "Begin inside. Now double it.")).hints == 2
    assert reader.read(turned("Begin inside.")).hints == 0


def test_acts_hold_what_was_read_and_nothing_else(reader, bank):
    reads = [reader.read(turned(f"Not yet. {REMEDY}\n\nFirst: $3 + 4 = 7$.")), Read()]
    acts = acts_of(reads, len(bank.concepts))
    assert acts.verdict.tolist() == [1, 0]
    assert acts.misconception.tolist() == [0, -1]
    assert np.array_equal(acts.explained, [[1.0, 0.0], [0.0, 0.0]])
    assert not acts.told.any()
    assert not acts.hints.any()
