"""A student objects to a grade; the answer stays on record, and a changed grade replays."""

import pytest

from preceptor.domain import UserError

STUDENT = "s0002"


@pytest.fixture
def wronged(classroom, answer_next, wrong_answer, now):
    """A wrong answer on record: its event id."""
    asked = classroom.next(STUDENT, now).question.question_id
    return answer_next(classroom, STUDENT, now, wrong_answer(classroom, asked)).event_id


def mind_of(classroom):
    return classroom._context.minds.record(STUDENT)


def test_what_the_check_refuses_again_waits_for_the_teacher_and_then_replays(classroom, wronged, now):
    before = mind_of(classroom)
    contest = classroom.contest(STUDENT, wronged, "I was right!", now + 1)
    assert (contest.accepted, contest.decided_by) == (False, "")
    assert classroom.contests() == (contest,)
    assert [report.note for report in classroom.key_reports()] == ["I was right!"]
    assert mind_of(classroom).history == before.history

    classroom.decide_contest(contest.contest_id, accepted=True, at_seconds=now + 2)
    after = mind_of(classroom)
    assert (after.history[-1].correct, after.history[-1].outcome) == (1.0, "correct")
    model = classroom._context.trained.model
    replayed = model.replay(after.history)
    assert replayed.practice.credit.tobytes() == after.mind.practice.credit.tobytes()
    assert after.mind.practice.credit.sum() == before.mind.practice.credit.sum() + len(
        classroom._context.question(after.history[-1].question_id).concepts
    )
    assert classroom.contests() == ()


def test_the_answer_as_it_was_given_stays_on_record(classroom, wronged, now):
    contest = classroom.contest(STUDENT, wronged, "", now)
    classroom.decide_contest(contest.contest_id, accepted=True, at_seconds=now)
    (row,) = classroom._context.store.export_student(STUDENT)["events"]
    assert (row["correct"], row["outcome"]) == (0.0, "wrong")


def test_a_refused_objection_changes_nothing_and_is_decided_once(classroom, wronged, now):
    before = mind_of(classroom).history
    contest = classroom.contest(STUDENT, wronged, "", now)
    classroom.decide_contest(contest.contest_id, accepted=False, at_seconds=now)
    assert mind_of(classroom).history == before
    with pytest.raises(UserError, match="no open objection"):
        classroom.decide_contest(contest.contest_id, accepted=True, at_seconds=now)
    assert classroom.contest(STUDENT, wronged, "again", now).decided_by == "teacher"


def test_what_todays_check_grants_is_granted_at_once(classroom, answer_next, now, monkeypatch):
    from preceptor.answers import Verdict, VerdictOutcome

    monkeypatch.setattr("preceptor.workflow.answering.check", lambda *_, **__: Verdict(VerdictOutcome.WRONG))
    event_id = answer_next(classroom, STUDENT, now).event_id
    contest = classroom.contest(STUDENT, event_id, "", now + 1)
    assert (contest.accepted, contest.decided_by) == (True, "check")
    assert mind_of(classroom).history[-1].correct == 1.0
    with pytest.raises(UserError, match="counts as right"):
        classroom.contest(STUDENT, event_id, "", now + 2)


def test_an_objection_is_taken_in_the_dialogue(classroom, wrong_answer, now):
    asked = classroom.tutor_open(STUDENT, now).question

    def say(message, key):
        return classroom.tutor_say(STUDENT, message, idempotency_key=key, at_seconds=now + 5)

    assert "nothing to check" in say("That was right!", "k0").messages[-1].text
    say(wrong_answer(classroom, asked.question_id), "k1")
    turn = say("But that was right!", "k2")
    assert "your teacher decides" in turn.messages[-1].text
    assert turn.sitting.answered == 1
    (contest,) = classroom.contests()
    assert contest.event_id == "k1"


def test_nobody_objects_to_an_answer_of_somebody_else(classroom, wronged, now):
    with pytest.raises(UserError):
        classroom.contest("s0003", wronged, "", now)
