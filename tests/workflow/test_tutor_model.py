"""A language model speaks over HTTP; whatever the server does, the turn is whole, stored and counted."""

import shutil
import time
from contextlib import contextmanager

import pytest

from preceptor.llm import Endpoint, Price
from preceptor.llm.openai_compatible import OpenAICompatibleModel
from preceptor.tutor.variants import SessionBudget
from preceptor.workflow.classroom import Classroom
from preceptor.workflow.turns import messages_of
from preceptor.workflow.tutoring import Tutor
from preceptor.workflow.views import TutorTurnView

STUDENT = "s0002"
DRAFT = "The parts have to be of one size first. Then they can be counted together. That is the whole idea."


@pytest.fixture
def tutored(course_copy, scripted):
    """Opens a classroom whose tutor asks a server that answers with `respond`."""

    @contextmanager
    def run(answer, **budget):
        respond = answer if callable(answer) else lambda _: answer
        with scripted.ScriptedServer(respond) as server:
            model = OpenAICompatibleModel(Endpoint(server.url, "tiny"))
            options = SessionBudget(**{"timeout_seconds": 1.0, "max_tokens": 60, **budget})
            tutor = Tutor(models={"tutor": model}, model_name="tiny", price=Price(1.0, 2.0), budget=options)
            with Classroom.open(course_copy, tutor=tutor) as classroom:
                yield classroom, server
            model.close()

    return run


def turns_of(classroom):
    return classroom._context.store.turns(STUDENT)


def deterministic(course, tmp_path, now, message="I don't know", key="k1"):
    """What the tutor says to the same message without a model."""
    copied = shutil.copytree(course, tmp_path / "plain")
    with Classroom.open(copied) as classroom:
        classroom.tutor_open(STUDENT, now)
        turn = classroom.tutor_say(STUDENT, message, idempotency_key=key, at_seconds=now + 9)
    return turn.messages[-1].text


def test_a_model_speaks_behind_the_verdict_and_the_turn_is_stored_with_its_costs(tutored, scripted, now):
    with tutored(scripted.Answer(DRAFT)) as (classroom, server):
        asked = classroom.tutor_open(STUDENT, now).question
        *pieces, view = classroom.tutor_stream(STUDENT, "I don't know", idempotency_key="k1", at_seconds=now + 9)
        opening, turn = turns_of(classroom)
    (body,) = server.requests
    written = body["messages"][-1]["content"]

    assert isinstance(view, TutorTurnView)
    assert "".join(pieces) == view.messages[-1].text == turn.reply
    assert DRAFT in turn.reply
    assert turn.reply.index(DRAFT) > 0, "the verdict comes first"
    assert (turn.whole, turn.model, turn.variant, turn.question_id) == (True, "tiny", "tasa", asked.question_id)
    assert turn.counters["released"] == 3
    assert (turn.input_tokens, turn.output_tokens, turn.cost) == (100, 10, (100 + 20) / 1e6)
    assert turn.milliseconds > 0
    assert view.question.text not in written, "the next question is not told"
    assert opening.message == ""
    assert opening.reply


def test_the_first_sentence_is_heard_and_stored_before_the_last_is_written(tutored, scripted, now):
    with tutored(scripted.Answer(DRAFT, part_seconds=0.1), timeout_seconds=9.0) as (classroom, _):
        classroom.tutor_open(STUDENT, now)
        start = time.monotonic()
        stream = classroom.tutor_stream(STUDENT, "I don't know", idempotency_key="k1", at_seconds=now + 9)
        verdict, first = next(stream), next(stream)
        early, stored = time.monotonic() - start, turns_of(classroom)[-1]
        rest = list(stream)
        late = time.monotonic() - start
    assert first.strip() == DRAFT.split(". ")[0] + "."
    assert stored.reply == verdict + first
    assert not stored.whole
    assert early < late - 0.5
    assert isinstance(rest[-1], TutorTurnView)


FAILURES = {
    "broken off in the second sentence": ({"text": DRAFT, "breaks_after": 12}, "unavailable", 1),
    "slow": ({"text": DRAFT, "part_seconds": 0.08}, "timeout", 1),
    "silent": ({"text": DRAFT, "wait_seconds": 20.0}, "timeout", 0),
    "too many requests": ({"status": 429, "body": b"{}"}, "rate_limited", 0),
    "broken": ({"status": 500, "body": b"oops"}, "unavailable", 0),
    "garbage": ({"body": b"<html>hello</html>"}, "invalid", 0),
    "10 MB": ({"text": "x" * 10_000_000}, "oversized", 0),
    "no words": ({"text": " "}, "invalid", 0),
}


@pytest.mark.parametrize("case", FAILURES)
def test_whatever_the_server_does_the_deterministic_text_is_whole_and_the_failure_counted(
    case, tutored, scripted, now, small_course, tmp_path
):
    answer, kind, released = FAILURES[case]
    plain = deterministic(small_course, tmp_path, now)
    with tutored(scripted.Answer(**answer)) as (classroom, server):
        classroom.tutor_open(STUDENT, now)
        start = time.monotonic()
        turn = classroom.tutor_say(STUDENT, "I don't know", idempotency_key="k1", at_seconds=now + 9)
        waited, stored = time.monotonic() - start, turns_of(classroom)[-1]

    text = turn.messages[-1].text
    assert waited < 6
    assert len(server.requests) == 1, "a student does not wait while a model is asked again"
    assert stored.counters["failed"] == {kind: 1}
    assert stored.counters["released"] == released
    if released:
        verdict = text.split(DRAFT.split(". ")[0])[0].strip()
        assert text.endswith(plain.removeprefix(verdict).strip())
        assert text.count(verdict) == 1
    else:
        assert text == plain
    assert classroom_answered(turn)


def test_an_endless_stream_ends(tutored, scripted, now):
    with tutored(scripted.Answer(" Go on and on.", babbles=True)) as (classroom, _):
        classroom.tutor_open(STUDENT, now)
        start = time.monotonic()
        turn = classroom.tutor_say(STUDENT, "I don't know", idempotency_key="k1", at_seconds=now + 9)
        stored = turns_of(classroom)[-1]
    assert time.monotonic() - start < 6
    assert stored.counters["failed"] == {"oversized": 1}
    assert len(turn.messages[-1].text) < 60 * 20 + 2_000


def test_a_stream_without_a_sentence_is_refused(tutored, scripted, now):
    with tutored(scripted.Answer("on and on and", babbles=True)) as (classroom, _):
        classroom.tutor_open(STUDENT, now)
        turn = classroom.tutor_say(STUDENT, "I don't know", idempotency_key="k1", at_seconds=now + 9)
        stored = turns_of(classroom)[-1]
    assert stored.counters["refused"] == {"form": 1}
    assert "on and on" not in turn.messages[-1].text


def classroom_answered(turn):
    return turn.sitting.answered == 1 and turn.question is not None


def test_a_model_that_tells_the_answer_of_the_open_question_is_cut_off(tutored, scripted, now, key_of):
    leaks = []
    with tutored(lambda _: scripted.Answer(f"Look closely. The answer is ${leaks[0]}$. So there.")) as (classroom, _):
        asked = classroom.tutor_open(STUDENT, now).question
        leaks.append(key_of(classroom, asked.question_id))
        turn = classroom.tutor_say(STUDENT, "can you explain this?", idempotency_key="k1", at_seconds=now + 9)
        stored = turns_of(classroom)[-1]
    assert "Look closely." in turn.messages[-1].text
    assert "The answer is" not in turn.messages[-1].text
    assert stored.counters["refused"] == {"leak": 1}
    assert stored.input_tokens > 0, "what was heard before is paid for"


def test_hints_reasons_distress_and_personal_data_never_reach_a_model(tutored, scripted, now):
    said = [
        "hint",
        "why this question?",
        "I want to die",
        "my phone number is 0170 1234567",
        "my address is 5 Elm Road",
    ]
    with tutored(scripted.Answer(DRAFT)) as (classroom, server):
        classroom.tutor_open(STUDENT, now)
        for number, message in enumerate(said):
            classroom.tutor_say(STUDENT, message, idempotency_key=f"k{number}", at_seconds=now + number)
        stored = "".join(turn.message for turn in turns_of(classroom))
    assert server.requests == []
    assert "Elm" not in stored
    assert "0170" not in stored


def test_a_call_more_than_the_budget_is_not_made(tutored, scripted, now):
    with tutored(scripted.Answer(DRAFT)) as (classroom, server):
        tutor = classroom._dialogue._tutor
        model = tutor.meter()._models["tutor"]
        from preceptor.llm import Message, Request

        request = Request((Message("user", "hi"),))
        first, second = model.complete(request), model.complete(request)
    assert first.text == DRAFT
    assert second.kind == "budget"
    assert len(server.requests) == 1


def test_a_turn_that_a_killed_server_broke_off_is_finished_and_nothing_heard_is_lost(tutored, scripted, now):
    with tutored(scripted.Answer(DRAFT)) as (classroom, _):
        classroom.tutor_open(STUDENT, now)
        stream = classroom.tutor_stream(STUDENT, "I don't know", idempotency_key="k1", at_seconds=now + 9)
        heard = next(stream) + next(stream)
        stream.close()
        before = classroom.student(STUDENT, now).answers
        turn = classroom.tutor_say(STUDENT, "I don't know", idempotency_key="k1", at_seconds=now + 20)
        stored = turns_of(classroom)[-1]
        again = classroom.tutor_say(STUDENT, "I don't know", idempotency_key="k1", at_seconds=now + 30)
        assert classroom.student(STUDENT, now).answers == before
    assert turn.messages[-1].text.startswith(heard)
    assert stored.whole
    assert stored.counters["failed"] == {"broken_off": 1}
    assert again.messages == turn.messages == messages_of(stored)


def test_a_dialogue_that_is_opened_again_shows_what_was_said(tutored, scripted, now):
    with tutored(scripted.Answer(DRAFT)) as (classroom, _):
        first = classroom.tutor_open(STUDENT, now)
        said = classroom.tutor_say(STUDENT, "I don't know", idempotency_key="k1", at_seconds=now + 9)
        again = classroom.tutor_open(STUDENT, now + 60)
    assert again.earlier == (*first.messages, *said.messages)
    assert again.question == said.question
