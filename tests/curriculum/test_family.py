"""The contract of a family, on a small one written here."""

import random
from fractions import Fraction

import pytest

from preceptor.answers import VerdictOutcome, Worker, check
from preceptor.curriculum import LEVELS, Draft, families, family, step, written
from preceptor.domain import QuestionKind, UserError


def _draft(number: int, *, hint: str = "Think.", kind: QuestionKind = QuestionKind.NUMBER, **wrong: int) -> Draft:
    return Draft(
        text=f"Say ${number}$.",
        key=number,
        steps=(step(f"It is ${number}$.", number), step("Done.", number, "other")),
        hints=("Look.", hint, f"Say ${number}$."),
        wrong=wrong or {"slip": number + 100, "other-slip": number + 200},
        check=str(number),
        kind=kind,
    )


@family("say", easiest=-1.0)
def say_it(rng: random.Random, level: int) -> Draft:
    return _draft(rng.randrange(level * 10, level * 10 + 3))


def test_the_name_is_the_functions():
    assert say_it.name == "say-it"
    assert [say_it.difficulty(level) for level in LEVELS] == [-1.0, -0.55, -0.1]


def test_steps_without_concepts_belong_to_the_familys_first():
    question = say_it.generate(random.Random(1), level=0, index=5)
    assert [s.concepts for s in question.steps] == [("say",), ("other",)]
    assert question.family == "say-it"
    assert question.difficulty == -1.0


def test_taken_texts_are_not_written_again_and_exhaustion_is_said():
    texts = {say_it.generate(random.Random(seed), 0, 0, {"Say $0$.", "Say $2$."}).text for seed in range(5)}
    assert texts == {"Say $1$."}
    with pytest.raises(UserError, match="'say-it' has no more different questions at level 0"):
        say_it.draft(random.Random(1), 0, {"Say $0$.", "Say $1$.", "Say $2$."})


def test_a_draft_that_tells_its_key_early_is_not_sound():
    assert _draft(7).sound
    assert not _draft(7, hint="Maybe $7$?").sound


def test_wrong_answers_that_are_right_or_repeated_are_dropped():
    draft = _draft(7, same=7, slip=8, again=8, third=Fraction(18, 2))
    assert [(d.answer, d.misconception_id) for d in draft.distractors] == [("8", "slip"), ("9", "third")]
    assert not _draft(7, same=7).sound


def test_a_choice_needs_two_named_wrong_options():
    assert not _draft(7, kind=QuestionKind.CHOICE, slip=8).sound
    draft = _draft(7, kind=QuestionKind.CHOICE, slip=8, other=9)
    assert draft.sound
    assert sorted(say_it.question(draft, random.Random(1), 0, 0).options) == ["7", "8", "9"]


def test_what_students_type_is_graded_as_meant():
    with Worker() as worker:
        for one in families():
            for _, question in written(one, 3, 2026):
                assert check(question, question.key, worker=worker).outcome is VerdictOutcome.CORRECT
                for distractor in question.distractors:
                    assert check(question, distractor.answer, worker=worker).outcome is VerdictOutcome.WRONG
