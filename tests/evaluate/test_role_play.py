"""Played students: one neutral prompt for all arms, the whole transcript in sight, graded by the answer checker."""

import math
import re
from pathlib import Path

import numpy as np
import pytest

from preceptor.answers import VerdictOutcome, Worker
from preceptor.domain import Question, QuestionKind
from preceptor.evaluate.role_play import RolePlay, accuracy, take_test
from preceptor.llm import Failure, FailureKind, Reply, ScriptedModel
from preceptor.tutor.situation import Said

GOLDEN = Path(__file__).parent / "judging" / "golden"
ITEMS = tuple(Question(f"t{i}", f"What is ${i} + 1$?", QuestionKind.NUMBER, str(i + 1), ("add",)) for i in range(4))


@pytest.fixture(scope="module")
def worker():
    with Worker() as opened:
        yield opened


def session(turns=10, **changed):
    """A session of ten rounds; `changed` replaces what the tutor says in a round, as in `round9="…"`."""
    rounds = range(1, turns + 1)
    return tuple(
        said
        for i in rounds
        for said in (Said("student", str(i)), Said("tutor", changed.get(f"round{i}", f"Round {i}. " + "Go on. " * 200)))
    )


def learner(request):
    """Knows addition if it was explained anywhere in the transcript, and nothing else."""
    text = request.messages[1].text
    number = int(re.findall(r"What is \$(\d+)", text)[-1])
    return Reply(str(number + 1) if "add one" in text else "0")


def test_altering_round_nine_can_change_the_answers(worker):
    student = RolePlay(ScriptedModel(learner), ("Knows little.",))
    before = take_test(student, session(), ITEMS, worker)
    after = take_test(student, session(round9="You add one."), ITEMS, worker)
    assert [entry.points for entry in before] == [0, 0, 0, 0]
    assert [entry.points for entry in after] == [1, 1, 1, 1]


def test_every_round_is_seen_to_its_last_word():
    asked = RolePlay(ScriptedModel([]), ()).messages(ITEMS[0], session(12))[1].text
    for i in range(1, 13):
        assert f"Round {i}. " + ("Go on. " * 200).strip() in asked


def test_arms_differ_in_the_transcript_alone():
    student = RolePlay(ScriptedModel([]), ("Knows little.",))
    one = student.messages(ITEMS[0], [Said("tutor", "ARM ONE")])
    other = student.messages(ITEMS[0], [Said("tutor", "ARM TWO")])
    untutored = student.messages(ITEMS[0], ())
    assert one[0] == other[0] == untutored[0]
    assert one[1].text.replace("ONE", "TWO") == other[1].text
    assert one[1].text.replace('\n- tutor: "ARM ONE"', "-") == untutored[1].text


def test_failures_are_no_answers(worker):
    replies = [Reply("1"), Failure(FailureKind.TIMEOUT), Reply("I don't know"), Reply("???")]
    tested = take_test(RolePlay(ScriptedModel(replies), ()), (), ITEMS, worker)
    assert [entry.points for entry in tested] == pytest.approx([1, math.nan, 0, math.nan], nan_ok=True)
    assert accuracy(tested) == 0.5
    assert isinstance(tested[1].verdict, Failure)
    assert tested[3].verdict.outcome is VerdictOutcome.UNREADABLE
    assert np.isnan(accuracy(tested[1:2]))


def test_options_are_shown_where_there_are_some():
    choice = Question("c", "Which?", QuestionKind.CHOICE, "red", ("add",), options=("red", "blue"))
    assert "(red; blue)" in RolePlay(ScriptedModel([]), ()).messages(choice, ())[1].text


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_rendered_prompt_is_the_reviewed_one(language):
    """After a wanted change: write what is rendered into the file, and review the difference."""
    student = RolePlay(ScriptedModel([]), ("Forgets fractions.",), language)
    shown = student.messages(ITEMS[1], (Said("student", "3"), Said("tutor", "Look again.")))
    rendered = "\n\n".join(f"[{message.role}]\n{message.text}" for message in shown) + "\n"
    assert rendered == (GOLDEN / f"role-play-test-{language}.txt").read_text(encoding="utf-8")
