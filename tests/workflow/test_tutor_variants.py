"""Every kind of variant in the one session loop: its own policy, its own information, one budget, one store."""

from contextlib import contextmanager

import pytest

from preceptor.course import Course
from preceptor.domain import UserError
from preceptor.llm import Failure, FailureKind, Reply, ScriptedModel
from preceptor.tutor.variants import named_variant
from preceptor.workflow.classroom import Classroom
from preceptor.workflow.models import tracer_names
from preceptor.workflow.tutoring import Tutor

STUDENT = "s0002"
DRAFT = "First look at what each number stands for. Then put the parts together."
READING = '{"traits": [], "style": {"style": "short", "evidence": ["m1"]}}'
FITS = '{"level_fits": true, "tone_fits": true, "reason": "it fits"}'
RIVALS = ("mathchat", "tutorllm", "pss-mv", "vanilla-icl", "tasa-no-forgetting", "tasa-original")


def agreeable(request):
    if '"traits"' in request.schema:
        return Reply(READING)
    return Reply(FITS if "level_fits" in request.schema else DRAFT)


@contextmanager
def session(path, name, model=None):
    tutor = Tutor(named_variant(name), {"tutor": model} if model else {}, "tiny" if model else "")
    with Classroom.open(path, tutor=tutor) as classroom:
        yield classroom


def turns_of(classroom):
    return classroom._context.store.turns(STUDENT)


@pytest.mark.parametrize("name", RIVALS)
def test_a_variant_holds_a_session_in_the_one_loop(course_copy, now, name):
    model = ScriptedModel(agreeable)
    with session(course_copy, name, model) as classroom:
        turn = classroom.tutor_open(STUDENT, now)
        for number in range(2):
            at = now + 60 * (number + 1)
            turn = classroom.tutor_say(STUDENT, "I don't know", idempotency_key=f"k{number}", at_seconds=at)
        opening, first, second = turns_of(classroom)

    assert {opening.variant, first.variant, second.variant} == {name}
    assert DRAFT in first.reply
    assert DRAFT in second.reply
    assert turn.question is not None
    assert turn.question.question_id != first.question_id
    assert second.counters["failed"] == {}
    assert len(model.requests) <= 2 * named_variant(name).calls_per_turn
    shown = "\n".join(message.text for request in model.requests for message in request.messages)
    assert ("recall now" in shown) == (name == "tasa-no-forgetting")
    assert "forgotten 1" not in shown


@pytest.mark.parametrize("name", ["tutorllm", "vanilla-icl"])
def test_without_a_model_a_rival_is_a_selection_of_questions_and_information(course_copy, now, name):
    with session(course_copy, name) as classroom:
        told = classroom.choosing_told
        classroom.tutor_open(STUDENT, now)
        classroom.tutor_say(STUDENT, "I don't know", idempotency_key="k", at_seconds=now + 60)
        opening, turn = turns_of(classroom)

    assert turn.variant == f"{name}-selection"
    assert turn.model == ""
    assert turn.reply
    assert "planner" not in told
    if name == "vanilla-icl":
        assert "recall" not in turn.reply
        assert "recall" not in opening.reply


def test_a_failed_inference_is_counted_in_the_transcript(course_copy, now):
    model = ScriptedModel(lambda request: Failure(FailureKind.TIMEOUT) if "traits" in request.schema else Reply(DRAFT))
    with session(course_copy, "pss-mv", model) as classroom:
        classroom.tutor_open(STUDENT, now)
        classroom.tutor_say(STUDENT, "I don't know", idempotency_key="k", at_seconds=now + 60)
        _, turn = turns_of(classroom)

    assert turn.counters["dropped"]["inference_failed"] == 1
    assert turn.counters["dropped"]["validation_failed"] == 1
    assert DRAFT in turn.reply


def test_an_ablation_differs_from_ours_in_what_it_knows_alone(course_copy, now):
    """Without forgetting nothing that is said rests on time, and the rule table never reviews."""
    ours, blind = named_variant("tasa"), named_variant("tasa-no-forgetting")
    assert (ours.policy, ours.prompts, ours.strategy) == (blind.policy, blind.prompts, blind.strategy)

    with session(course_copy, "tasa-no-forgetting") as classroom:
        opening = classroom.tutor_open(STUDENT, now + 40 * 86_400.0)

    assert " ago" not in opening.messages[0].text
    assert "faded" not in opening.messages[0].text


@pytest.mark.parametrize("name", ["tasa", "pss-mv"])
def test_what_somebody_in_need_wrote_never_reaches_a_model(course_copy, now, name):
    """Not as the message of a turn, and not as context of a later one, where traits would be read from it."""
    model = ScriptedModel(agreeable)
    with session(course_copy, name, model) as classroom:
        classroom.tutor_open(STUDENT, now)
        classroom.tutor_say(STUDENT, "I want to die", idempotency_key="a", at_seconds=now + 60)
        classroom.tutor_say(STUDENT, "I don't know", idempotency_key="b", at_seconds=now + 120)
        _, need, turn = turns_of(classroom)

    assert need.intent == "distress"
    assert DRAFT in turn.reply
    assert not any("want to die" in message.text for request in model.requests for message in request.messages)


def test_mastery_comes_from_the_tracer_that_is_named(course_copy, now):
    with Classroom.open(course_copy, tracer="history") as classroom:
        untrained = classroom._context.trained
        assert classroom.tutor_open(STUDENT, now).question is not None
    names = tracer_names(Course.open(course_copy))
    for tracer in names[1:]:
        with Classroom.open(course_copy, tracer=tracer) as classroom:
            run = classroom._context.trained.run
        assert f"{run.parent.name}/{run.name}" == tracer
    with pytest.raises(UserError, match="no-such-tracer") as refused:
        Classroom.open(course_copy, tracer="no-such-tracer")

    assert untrained.run is None
    assert untrained.model.tracer.name == "history"
    assert refused.value.allowed == ", ".join(names)
