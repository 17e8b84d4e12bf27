"""The dialogue: help without a grade, feedback with one, and the policy chooses what is next."""

from dataclasses import replace

import pytest

from preceptor.domain import ConflictError
from preceptor.language import sentences
from preceptor.workflow.dialogue import CHANGED
from preceptor.workflow.reasons import PACKAGE
from preceptor.workflow.sittings import SITTING_GOAL
from preceptor.workflow.voice import Voice

STUDENT = "s0002"


@pytest.fixture
def course_copy(copy_of_either):
    return copy_of_either


@pytest.fixture
def say(classroom, now):
    keys = iter(range(1000))

    def run(message, at_seconds=now, key=None):
        key = key or f"said-{next(keys)}"
        return classroom.tutor_say(STUDENT, message, idempotency_key=key, at_seconds=at_seconds)

    return run


def answers(classroom, now):
    return classroom.student(STUDENT, now).answers


def test_opening_greets_and_asks(classroom, now):
    turn = classroom.tutor_open(STUDENT, now)
    (message,) = turn.messages
    assert (message.role, bool(message.text)) == ("tutor", True)
    assert turn.question == classroom.next(STUDENT, now).question
    history = {event.event_id for event in classroom._context.minds.record(STUDENT).history}
    assert set(message.cites) <= history


def test_hints_come_one_by_one_and_cost_credit(classroom, now, say, key_of):
    asked = classroom.tutor_open(STUDENT, now).question
    before = answers(classroom, now)
    for level in range(1, asked.hints + 1):
        turn = say("hint please")
        assert turn.question == asked
        assert classroom.hint(STUDENT, asked.question_id, level) in turn.messages[-1].text
    assert "last hint" in say("another hint").messages[-1].text
    assert answers(classroom, now) == before
    say(key_of(classroom, asked.question_id))
    event = classroom._context.minds.record(STUDENT).history[-1]
    assert (event.correct, event.hints_used) == (0.0, asked.hints)


def test_why_is_the_reason_of_the_policy(classroom, now, say):
    asked = classroom.next(STUDENT, now)
    turn = say("why this one?")
    assert turn.messages[-1].text == asked.recommendation.why
    assert turn.question == asked.question


def test_not_knowing_is_an_answer(classroom, now, say):
    asked, before = classroom.next(STUDENT, now).question, answers(classroom, now)
    turn = say("I don't know")
    assert answers(classroom, now) == before + 1
    assert classroom._context.minds.record(STUDENT).history[-1].outcome == "dont_know"
    assert turn.question.question_id != asked.question_id
    assert turn.messages[-1].text


def test_an_answer_is_graded_and_the_rules_and_the_planner_choose_the_next(classroom, now, say, key_of):
    asked, before = classroom.next(STUDENT, now).question, answers(classroom, now)
    turn = say(key_of(classroom, asked.question_id))
    assert [message.role for message in turn.messages] == ["student", "tutor"]
    assert answers(classroom, now) == before + 1
    assert turn.sitting.answered == 1
    context = classroom._context
    record = context.minds.record(STUDENT)
    steered, aim = classroom._practice._steered, context.trained.objectives["global"]
    chosen, _ = steered.choose(record, context.candidates(), aim, now)
    assert turn.question.question_id == chosen.question_id


def test_feedback_never_tells_the_next_answer(classroom, now, say, key_of, wrong_answer):
    turn = classroom.tutor_open(STUDENT, now)
    for number in range(6):
        asked = turn.question.question_id
        message = key_of(classroom, asked) if number % 2 else wrong_answer(classroom, asked)
        turn = say(message, now + 60 * number)
        upcoming = classroom._context.question(turn.question.question_id)
        told = turn.messages[-1].text
        assert upcoming.hints[-1] not in told
        assert not any(step.text in told for step in upcoming.steps)
        if len(upcoming.key) > 3:
            assert upcoming.key not in told
        assert upcoming.question_id != asked


def test_what_cannot_be_read_keeps_the_question(classroom, now, say, strict_kind):
    kind = strict_kind(classroom)
    for question in classroom._context.bank.questions:
        if question.kind.value != kind:
            classroom.exclude(question.question_id, "", now)
    asked, before = classroom.next(STUDENT, now).question, answers(classroom, now)
    turn = say("((((")
    assert (turn.question, answers(classroom, now)) == (asked, before)
    assert turn.messages[-1].text


def test_a_message_sent_twice_counts_once(classroom, now, say, key_of):
    asked, before = classroom.next(STUDENT, now).question, answers(classroom, now)
    message = key_of(classroom, asked.question_id)
    first = say(message, key="same")
    again = say(message, key="same")
    assert answers(classroom, now) == before + 1
    assert again.question == first.question
    assert again.messages == first.messages
    assert again.sitting.answered == first.sitting.answered == 1
    with pytest.raises(ConflictError):
        say("I don't know", key="same")
    assert answers(classroom, now) == before + 1


def test_a_hint_asked_twice_with_one_key_is_one_hint(classroom, now, say):
    first = say("hint please", key="same")
    assert say("hint please", key="same") == first
    assert classroom._context.store.pending(STUDENT).hints_opened == 1
    assert classroom.next(STUDENT, now).hints_opened == first.hints_opened != ()


def test_an_answer_to_a_question_that_is_gone_is_not_counted(classroom, now, key_of):
    asked, before = classroom.next(STUDENT, now).question, answers(classroom, now)
    waiting = classroom.next(STUDENT, now, skip=True).question
    turn = classroom.tutor_say(
        STUDENT,
        key_of(classroom, asked.question_id),
        idempotency_key="late",
        at_seconds=now,
        question_id=asked.question_id,
    )
    assert answers(classroom, now) == before
    assert turn.question == waiting
    assert "question has changed" in turn.messages[-1].text


def test_a_sitting_ends_in_the_dialogue_too(classroom, now, say):
    for number in range(SITTING_GOAL):
        turn = say("I don't know", now + number)
    assert (turn.sitting.answered, turn.sitting.finished) == (SITTING_GOAL, True)


def test_cited_answers_are_the_students_own(classroom, now, say, key_of):
    turn = classroom.tutor_open(STUDENT, now)
    for number in range(3):
        turn = say(key_of(classroom, turn.question.question_id), now + number)
        own = {event.event_id for event in classroom._context.minds.record(STUDENT).history}
        assert set(turn.messages[-1].cites) <= own


def test_a_graded_turn_that_broke_off_is_finished_when_the_page_is_opened_again(classroom, now, say, key_of):
    """Whoever reloads the page has lost the key under which the message could be sent again."""
    asked = classroom.tutor_open(STUDENT, now).question
    whole = say(key_of(classroom, asked.question_id), key="k1").messages[-1].text
    store = classroom._context.store
    broken = replace(store.turn(STUDENT, "k1"), reply=whole.split("\n")[0], whole=False)
    store.keep_turn(broken)

    earlier = classroom.tutor_open(STUDENT, now + 5).earlier

    assert store.turn(STUDENT, "k1").whole
    assert earlier[-1].text.startswith(broken.reply)
    assert len(earlier[-1].text) > len(broken.reply)
    assert len(store.events(STUDENT)) == 1


def test_an_answer_and_the_words_about_it_are_stored_together_or_not_at_all(classroom, now, say, key_of, monkeypatch):
    asked = classroom.tutor_open(STUDENT, now).question
    before = answers(classroom, now)
    with monkeypatch.context() as broken:
        broken.setattr(Voice, "words", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            say(key_of(classroom, asked.question_id), key="one")
    assert answers(classroom, now) == before
    assert classroom.next(STUDENT, now).question == asked
    say(key_of(classroom, asked.question_id), key="one")
    assert answers(classroom, now) == before + 1


def test_that_the_question_has_changed_is_said_in_the_language_of_the_course():
    assert sentences(PACKAGE, "de")(CHANGED).startswith("Die Aufgabe hat sich inzwischen geändert")
