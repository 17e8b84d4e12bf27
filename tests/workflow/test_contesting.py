"""Contested grades: checked again by other means, decided by a teacher, and replayed with the grade that counts."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from preceptor.answers import Verdict, VerdictOutcome, value_decides
from preceptor.domain import Interaction, Outcome, UnknownNameError, UserError
from preceptor.language import catalogue
from preceptor.store import Authority, Correction, SqliteStore
from preceptor.workflow import contesting
from preceptor.workflow.context import STORE_FILE

STUDENT = "s0002"
DAY = 86_400.0


def leaves(value):
    """All arrays and plain values of a mind, as bytes."""
    if isinstance(value, np.ndarray):
        return [value.tobytes()]
    if hasattr(value, "__dataclass_fields__"):
        return [leaf for name in value.__dataclass_fields__ for leaf in leaves(getattr(value, name))]
    if isinstance(value, tuple | list):
        return [leaf for part in value for leaf in leaves(part)]
    if isinstance(value, dict):
        return [leaf for name in sorted(value) for leaf in leaves(value[name])]
    if hasattr(value, "numpy"):
        return [value.detach().numpy().tobytes()]
    return [repr(value).encode()]


@pytest.fixture
def defective(monkeypatch):
    """A first checker that takes every answer for wrong; what checks again is real."""

    def broken():
        return monkeypatch.setattr("preceptor.workflow.answering.check", lambda *_, **__: Verdict(VerdictOutcome.WRONG))

    return broken


@pytest.fixture
def say(classroom, now):
    def run(message, key, at_seconds=now):
        return classroom.tutor_say(STUDENT, message, idempotency_key=key, at_seconds=at_seconds)

    return run


def ask_of_kind(classroom, now, wanted):
    """Put a question that fits on the student's screen."""
    question = next(
        question for question in classroom._context.bank.questions if question.servable and wanted(question)
    )
    classroom.next(STUDENT, now)
    store = classroom._context.store
    store.set_pending(STUDENT, question.question_id, store.pending(STUDENT).why_json, now)
    return question


def test_a_right_answer_that_was_graded_wrong_is_corrected_at_once(classroom, now, say, defective):
    asked = ask_of_kind(classroom, now, value_decides)
    defective()
    say(asked.key, "k1")
    before = classroom._context.minds.record(STUDENT)
    assert before.history[-1].correct == 0.0

    found = classroom.contest(STUDENT, "k1", "", now + 5)

    assert (found.status, found.sitting.correct) == ("corrected", 1.0)
    assert "You were right" in found.message
    after = classroom._context.minds.record(STUDENT)
    assert (after.history[-1].correct, after.history[-1].outcome) == (1.0, Outcome.CORRECT)
    assert after.history[:-1] == before.history[:-1]
    assert leaves(after.mind) == leaves(classroom._context.trained.model.replay(after.history))
    assert leaves(after.mind) != leaves(before.mind)


def test_a_second_contest_changes_nothing(classroom, now, say, defective):
    asked = ask_of_kind(classroom, now, value_decides)
    defective()
    say(asked.key, "k1")
    first = classroom.contest(STUDENT, "k1", "", now + 5)
    mind, told = classroom._context.minds.record(STUDENT).mind, classroom.tutor_session(STUDENT).turns

    assert classroom.contest(STUDENT, "k1", "again, and louder", now + 50) == first
    assert classroom._context.minds.record(STUDENT).mind is mind
    assert classroom.tutor_session(STUDENT).turns == told


def test_a_wrong_answer_stays_wrong_and_a_teacher_can_see_it(classroom, now, say, wrong_answer):
    asked = ask_of_kind(classroom, now, value_decides)
    say(wrong_answer(classroom, asked.question_id), "k1")

    found = classroom.contest(STUDENT, "k1", "the key is wrong", now + 5)

    assert found.status == "confirmed"
    (contested,) = classroom.contests()
    assert (contested.student_id, contested.note, contested.second_right) == (STUDENT, "the key is wrong", False)
    assert contested.question_id == asked.question_id
    assert classroom._context.minds.record(STUDENT).history[-1].correct == 0.0


def test_what_only_a_person_can_say_waits_for_one_who_accepts(classroom, now, say, wrong_answer):
    asked = ask_of_kind(classroom, now, lambda question: question.kind.value == "choice")
    say(wrong_answer(classroom, asked.question_id), "k1")
    assert classroom.contest(STUDENT, "k1", "", now + 5).status == "waiting"
    (contested,) = classroom.contests()

    accepted = classroom.accept_contest(contested.contest_id, now + DAY)

    assert (accepted.status, accepted.sitting.correct) == ("corrected", 1.0)
    assert "Your teacher" in accepted.message
    assert classroom.contests() == ()
    assert classroom._context.minds.record(STUDENT).history[-1].correct == 1.0
    assert classroom.accept_contest(contested.contest_id, now + 2 * DAY) == accepted
    with pytest.raises(UserError, match="corrected already"):
        classroom.uphold_contest(contested.contest_id, now + DAY)


def test_what_waits_may_be_upheld(classroom, now, say, wrong_answer):
    asked = ask_of_kind(classroom, now, lambda question: question.kind.value == "choice")
    say(wrong_answer(classroom, asked.question_id), "k1")
    classroom.contest(STUDENT, "k1", "", now + 5)

    upheld = classroom.uphold_contest(classroom.contests()[0].contest_id, now + 9)

    assert (upheld.status, classroom.contests()) == ("upheld", ())
    assert classroom._context.minds.record(STUDENT).history[-1].correct == 0.0


def test_the_right_value_in_a_form_that_counts_waits_for_a_teacher(classroom, now, say, defective):
    asked = ask_of_kind(classroom, now, lambda question: question.kind.value == "fraction" and " " not in question.key)
    defective()
    above, _, below = asked.key.partition("/")
    say(f"{2 * int(above)}/{2 * int(below)}", "k1")
    assert classroom.contest(STUDENT, "k1", "", now + 5).status == "waiting"
    assert classroom.contests()[0].second_right is True
    assert classroom._context.minds.record(STUDENT).history[-1].correct == 0.0


def test_a_correction_gives_the_credit_that_the_hints_left(classroom, now, say, defective):
    asked = ask_of_kind(classroom, now, lambda question: value_decides(question) and len(question.hints) > 1)
    say("hint", "h1")
    defective()
    say(asked.key, "k1")
    found = classroom.contest(STUDENT, "k1", "", now + 5)
    assert found.sitting.correct == pytest.approx(1 - 1 / len(asked.hints))


def test_the_transcript_tells_of_a_contest_and_its_end(classroom, now, say, wrong_answer):
    classroom.tutor_open(STUDENT, now)
    asked = ask_of_kind(classroom, now, lambda question: question.kind.value == "choice")
    say(wrong_answer(classroom, asked.question_id), "k1")
    classroom.contest(STUDENT, "k1", "<b>I was right</b>", now + 5)
    waiting = classroom.tutor_open(STUDENT, now + 6).earlier
    classroom.accept_contest(classroom.contests()[0].contest_id, now + 9)
    decided = classroom.tutor_open(STUDENT, now + 10).earlier

    graded = [message for message in waiting if message.event_id == "k1"]
    assert [(message.outcome, message.contest) for message in graded] == [("wrong", "waiting")]
    assert [message.text for message in waiting if message.role == "student"][-1] == "<b>I was right</b>"
    assert [message.contest for message in decided if message.event_id == "k1"] == ["corrected"]
    assert "Your teacher" in decided[-1].text
    assert [turn.intent for turn in classroom.tutor_session(STUDENT).turns][-2:] == ["contest", "contest"]


def test_saying_so_contests_the_last_wrong_answer(classroom, now, say, wrong_answer):
    asked = ask_of_kind(classroom, now, value_decides)
    say(wrong_answer(classroom, asked.question_id), "k1")
    said = say("I was right", "k2")
    assert "exact algebra" in said.messages[-1].text
    assert said.sitting.answered == 1
    assert [contest.event_id for contest in classroom.contests()] == ["k1"]


def test_saying_so_after_right_answers_is_no_contest(classroom, now, say, key_of):
    say(key_of(classroom, classroom.next(STUDENT, now).question.question_id), "k1")
    assert "nothing to check again" in say("I was right", "k2").messages[-1].text
    assert classroom.contests() == ()


def test_only_answers_that_were_graded_wrong_are_contested(classroom, now, say, key_of):
    say(key_of(classroom, classroom.next(STUDENT, now).question.question_id), "k1")
    with pytest.raises(UserError, match="not graded wrong"):
        classroom.contest(STUDENT, "k1", "", now)
    with pytest.raises(UnknownNameError, match="no answer with the key"):
        classroom.contest(STUDENT, "k99", "", now)
    with pytest.raises(UserError, match="There is no contest 5"):
        classroom.accept_contest(5, now)


def test_a_correction_by_another_process_is_seen(classroom, now, say, wrong_answer):
    asked = ask_of_kind(classroom, now, value_decides)
    say(wrong_answer(classroom, asked.question_id), "k1")
    with SqliteStore(classroom._context.course.path / STORE_FILE) as elsewhere:
        elsewhere.correct(Correction(STUDENT, "k1", 1.0, Outcome.CORRECT, Authority.TEACHER, now))
    record = classroom._context.minds.record(STUDENT)
    assert record.history[-1].correct == 1.0
    assert leaves(record.mind) == leaves(classroom._context.trained.model.replay(record.history))


STUDENTS = itertools.count()
ANSWERS = st.lists(st.tuples(st.integers(0, 10_000), st.booleans(), st.booleans()), min_size=1, max_size=8)


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=ANSWERS, seed=st.integers(0, 10**9))
def test_corrected_histories_are_histories_that_were_graded_right(classroom, now, answers, seed):
    """Whatever was answered and corrected in whatever order: mind, persona and memories are bit for bit the same."""
    context, questions = classroom._context, classroom._context.bank.questions
    late, early = (f"{name}-{next(STUDENTS)}" for name in ("late", "early"))
    for i, (number, right, contested) in enumerate(answers):
        question = questions[number % len(questions)]
        event = Interaction(
            f"e{i}", late, question.question_id, question.revision, float(right), i, now + i * DAY / 3, question.key,
            outcome=Outcome.CORRECT if right else Outcome.WRONG,
        )  # fmt: skip
        fixed = right or contested
        context.store.append(event)
        better = replace(event, correct=float(fixed), outcome=Outcome.CORRECT if fixed else Outcome.WRONG)
        context.store.append(replace(better, student_id=early))
        if i % 3 == 0:
            context.minds.record(late)  # some of it is known before the correction
            classroom._voice._remembering.of(context.minds.record(late))
    for i in np.random.default_rng(seed).permutation(len(answers)):
        if answers[i][2] and not answers[i][1]:
            context.store.correct(Correction(late, f"e{i}", 1.0, Outcome.CORRECT, Authority.TEACHER, now))
    corrected, right_away = context.minds.record(late), context.minds.record(early)
    assert [replace(event, student_id="") for event in corrected.history] == [
        replace(event, student_id="") for event in right_away.history
    ]
    assert leaves(corrected.mind) == leaves(right_away.mind)
    known, wanted = (classroom._voice._remembering.of(record).model for record in (corrected, right_away))
    assert known.tally.traits() == wanted.tally.traits()
    assert known.answers == wanted.answers
    for student_id in (late, early):
        context.store.delete_student(student_id)


def test_everything_a_contest_says_has_its_german():
    texts = {text for name, text in vars(contesting).items() if name.isupper() and isinstance(text, str)}
    german = catalogue("preceptor.workflow", "de")
    assert len(texts - {contesting.PACKAGE}) == 8
    assert {text for text in texts - {contesting.PACKAGE} if german.lacks(text)} == set()
