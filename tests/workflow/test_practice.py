"""Practice: one question at a time, answers counted once, sittings with an end."""

from dataclasses import replace

import pytest

from preceptor.domain import ConflictError, Outcome, UserError
from preceptor.workflow.answering import credit
from preceptor.workflow.sittings import SITTING_GOAL

STUDENT = "s0001"


@pytest.fixture
def course_copy(copy_of_either):
    return copy_of_either


def test_the_waiting_question_waits(classroom, now):
    first = classroom.next(STUDENT, now)
    again = classroom.next(STUDENT, now + 3600)
    assert not first.resumed
    assert again.resumed
    assert (again.question, again.recommendation) == (first.question, first.recommendation)


def test_a_reason_is_weighed_once_and_kept(classroom, now):
    first = classroom.next(STUDENT, now).recommendation
    weighed = classroom.explain(STUDENT, now)
    assert replace(weighed, evidence=()) == replace(first, evidence=())
    effects = [evidence.effect for evidence in weighed.evidence]
    assert effects
    assert None not in effects
    assert [abs(effect) for effect in effects] == sorted(map(abs, effects), reverse=True)
    assert classroom.next(STUDENT, now).recommendation == classroom.explain(STUDENT, now + 60) == weighed


def test_skipping_puts_another_question(classroom, now):
    first = classroom.next(STUDENT, now)
    other = classroom.next(STUDENT, now, skip=True)
    assert other.question.question_id != first.question.question_id
    assert classroom.next(STUDENT, now).question == other.question


def test_a_right_answer_counts_and_the_next_question_is_another(classroom, now, answer_next):
    before = classroom.student(STUDENT, now).answers
    asked = classroom.next(STUDENT, now)
    view = answer_next(classroom, STUDENT, now)
    assert (view.outcome, view.scored, view.sitting.answered, view.sitting.correct) == ("correct", True, 1, 1.0)
    assert view.key
    assert view.steps
    assert classroom.student(STUDENT, now).answers == before + 1
    upcoming = classroom.next(STUDENT, now + 1)
    assert not upcoming.resumed
    assert upcoming.question.question_id != asked.question.question_id


def test_recall_before_and_after_are_the_minds(classroom, now, answer_next):
    concepts = {concept.concept_id for concept in classroom.next(STUDENT, now).question.concepts}

    def mean_recall():
        shown = classroom.student(STUDENT, now).concepts
        return sum(c.recall for c in shown if c.concept_id in concepts) / len(concepts)

    recall = mean_recall()
    view = answer_next(classroom, STUDENT, now)
    after = mean_recall()
    assert view.recall_before == pytest.approx(recall)
    assert view.recall_after == pytest.approx(after)
    assert recall != after


def test_a_right_first_try_is_not_called_a_second_one(classroom, now, answer_next):
    for number in range(3):
        assert "next try" not in answer_next(classroom, STUDENT, now + number).feedback


def test_the_same_key_counts_once(classroom, now, key_of):
    asked = classroom.next(STUDENT, now).question.question_id
    key = key_of(classroom, asked)
    first = classroom.answer(STUDENT, asked, key, idempotency_key="once", at_seconds=now, duration_seconds=4.0)
    state = classroom.student(STUDENT, now)
    again = classroom.answer(STUDENT, asked, key, idempotency_key="once", at_seconds=now + 9, duration_seconds=13.0)
    assert again.event_id == first.event_id == "once"
    assert again.sitting == first.sitting
    assert classroom.student(STUDENT, now) == state


def test_a_retry_of_the_last_answer_still_shows_the_finished_sitting(classroom, now, answer_next, key_of):
    for number in range(SITTING_GOAL - 1):
        answer_next(classroom, STUDENT, now + number)
    asked = classroom.next(STUDENT, now).question.question_id
    send = {"idempotency_key": "last", "at_seconds": now + 60}
    first = classroom.answer(STUDENT, asked, key_of(classroom, asked), **send)
    again = classroom.answer(STUDENT, asked, key_of(classroom, asked), **send)
    assert first.sitting.finished
    assert again.sitting == first.sitting


def test_one_key_for_two_answers_is_a_conflict(classroom, now, key_of, wrong_answer):
    asked = classroom.next(STUDENT, now).question.question_id
    classroom.answer(STUDENT, asked, key_of(classroom, asked), idempotency_key="k", at_seconds=now)
    state = classroom.student(STUDENT, now)
    with pytest.raises(ConflictError):
        classroom.answer(STUDENT, asked, wrong_answer(classroom, asked), idempotency_key="k", at_seconds=now)
    other = classroom.next(STUDENT, now).question.question_id
    with pytest.raises(ConflictError):
        classroom.answer(STUDENT, other, key_of(classroom, other), idempotency_key="k", at_seconds=now)
    assert classroom.student(STUDENT, now) == state


def test_two_students_may_use_one_key(classroom, now, answer_next):
    for student in ("s0001", "s0002"):
        assert answer_next(classroom, student, now, idempotency_key="mine").sitting.answered == 1


@pytest.mark.parametrize("response", ["", "   ", "__import__('os')", "((((", "9**9**9**9**9**9", "1" * 400])
def test_what_cannot_be_read_is_not_scored(classroom, now, response, strict_kind):
    asked = next(q.question_id for q in classroom.questions(limit=200) if q.kind == strict_kind(classroom))
    classroom._context.store.set_pending(STUDENT, asked, "{}", now)
    state = classroom.student(STUDENT, now)
    view = classroom.answer(STUDENT, asked, response, idempotency_key="k", at_seconds=now)
    assert (view.scored, view.key, view.steps, view.event_id) == (False, "", (), "")
    assert view.outcome in ("unreadable", "undecided")
    assert view.feedback
    assert view.sitting.answered == 0
    assert classroom.student(STUDENT, now) == state
    assert classroom._context.store.pending(STUDENT).question_id == asked


def test_a_retry_keeps_its_grade_when_hints_were_opened_on_the_way(classroom, now, key_of):
    asked = classroom.next(STUDENT, now).question.question_id
    classroom.hint(STUDENT, asked, 1)
    key = key_of(classroom, asked)
    first = classroom.answer(STUDENT, asked, key, idempotency_key="k", at_seconds=now)
    again = classroom.answer(STUDENT, asked, key, idempotency_key="k", at_seconds=now + 1)
    assert first.sitting.correct == again.sitting.correct == pytest.approx(2 / 3)
    assert (again.outcome, again.feedback, again.sitting) == (first.outcome, first.feedback, first.sitting)


def test_only_the_waiting_question_can_be_answered(classroom, now, answer_next, key_of):
    asked = classroom.next(STUDENT, now).question.question_id
    answer_next(classroom, STUDENT, now, "I don't know")
    state = classroom.student(STUDENT, now)
    for question_id in (asked, next(q.question_id for q in classroom.questions() if q.question_id != asked)):
        if question_id != classroom.next(STUDENT, now).question.question_id:
            with pytest.raises(ConflictError, match="not the one that waits"):
                classroom.answer(
                    STUDENT, question_id, key_of(classroom, question_id), idempotency_key="x", at_seconds=now
                )
    assert classroom.student(STUDENT, now) == state


def test_skipped_questions_stay_away_for_the_sitting(classroom, now):
    seen = [classroom.next(STUDENT, now).question.question_id]
    seen += [classroom.next(STUDENT, now, skip=True).question.question_id for _ in range(5)]
    assert len(set(seen)) == 6


def test_another_objective_chooses_anew_and_a_wrong_one_is_always_refused(classroom, now):
    first = classroom.next(STUDENT, now, "global")
    assert classroom.next(STUDENT, now).resumed
    assert classroom.next(STUDENT, now, "global").question == first.question
    weakest = classroom.next(STUDENT, now, "weakest")
    assert not weakest.resumed
    assert "of your weakest concept" in weakest.recommendation.why
    assert classroom.next(STUDENT, now).question == weakest.question
    with pytest.raises(UserError, match="Unknown objective"):
        classroom.next(STUDENT, now, "nonsense")


@pytest.mark.parametrize("why", ["{}", "no json", '{"objective": "global", "recommendation": {"odd": 1}}'])
def test_a_waiting_question_that_cannot_be_explained_is_chosen_anew(classroom, now, why):
    some = classroom.questions()[0].question_id
    for question_id in (some, "gone from the bank"):
        classroom._context.store.set_pending(STUDENT, question_id, why, now)
        view = classroom.next(STUDENT, now)
        assert not view.resumed
        assert view.recommendation.why


def test_a_sitting_left_overnight_is_over(classroom, now, answer_next):
    first = answer_next(classroom, STUDENT, now).sitting
    assert classroom.next(STUDENT, now + 3600).sitting.sitting_id == first.sitting_id
    later = classroom.next(STUDENT, now + 86_400).sitting
    assert (later.sitting_id != first.sitting_id, later.answered) == (True, 0)


def test_not_knowing_is_an_outcome_of_its_own_without_credit(classroom, now, answer_next):
    view = answer_next(classroom, STUDENT, now, "I don't know")
    assert (view.outcome, view.scored, view.sitting.answered, view.sitting.correct) == ("dont_know", True, 1, 0.0)
    assert view.key in view.feedback or view.steps
    event = classroom._context.minds.record(STUDENT).history[-1]
    assert (event.outcome, event.correct) == (Outcome.DONT_KNOW, 0.0)


def test_a_wrong_answer_has_no_credit_and_shows_the_way(classroom, now, answer_next, wrong_answer):
    asked = classroom.next(STUDENT, now).question.question_id
    view = answer_next(classroom, STUDENT, now, wrong_answer(classroom, asked))
    assert (view.outcome, view.scored, view.sitting.correct) == ("wrong", True, 0.0)
    assert view.steps


@pytest.mark.parametrize(("hints", "golden"), [(0, 1.0), (1, 2 / 3), (2, 1 / 3), (3, 0.0), (4, 0.0)])
def test_every_hint_costs_its_part(classroom, now, answer_next, hints, golden):
    assert classroom.next(STUDENT, now).question.hints == 3
    view = answer_next(classroom, STUDENT, now, hints_used=hints)
    assert (view.outcome, view.sitting.correct) == ("correct", pytest.approx(golden))
    event = classroom._context.minds.record(STUDENT).history[-1]
    assert (event.correct, event.hints_used) == (pytest.approx(golden), hints)


def test_credit_alone():
    assert credit(Outcome.CORRECT, 0, 0) == 1.0
    assert credit(Outcome.CORRECT, 2, 0) == 1.0
    assert credit(Outcome.WRONG, 0, 3) == 0.0
    assert credit(Outcome.DONT_KNOW, 0, 0) == 0.0


def test_hints_from_vague_to_complete(classroom, now, key_of):
    asked = classroom.next(STUDENT, now).question
    hints = [classroom.hint(STUDENT, asked.question_id, level) for level in range(1, asked.hints + 1)]
    assert len(set(hints)) == asked.hints == 3
    for level in (0, 4, -1):
        with pytest.raises(UserError, match="1 to 3"):
            classroom.hint(STUDENT, asked.question_id, level)


def test_a_sitting_ends_at_its_goal(classroom, now, answer_next):
    views = [answer_next(classroom, STUDENT, now + 60 * i) for i in range(SITTING_GOAL)]
    assert [view.sitting.answered for view in views] == list(range(1, SITTING_GOAL + 1))
    assert [view.sitting.finished for view in views] == [False] * (SITTING_GOAL - 1) + [True]
    upcoming = classroom.next(STUDENT, now + 3600)
    assert (upcoming.sitting.answered, upcoming.sitting.finished) == (0, False)
    assert upcoming.sitting.sitting_id != views[-1].sitting.sitting_id


def test_a_sitting_may_be_ended_early(classroom, now, answer_next):
    answer_next(classroom, STUDENT, now)
    ended = classroom.end_sitting(STUDENT, now + 1)
    assert (ended.answered, ended.finished) == (1, True)
    nothing = classroom.end_sitting(STUDENT, now + 2)
    assert (nothing.answered, nothing.finished) == (0, True)


def test_an_excluded_question_is_never_served(classroom, now):
    waiting = classroom.next(STUDENT, now).question
    classroom.exclude(waiting.question_id, "unclear", now)
    assert classroom.next(STUDENT, now).question.question_id != waiting.question_id
    concept = waiting.concepts[0].concept_id
    family = [q for q in classroom._context.bank.questions if concept in q.concepts]
    for question in family:
        classroom.exclude(question.question_id, "all of it", now)
    gone = {question.question_id for question in family}
    served = {classroom.next(STUDENT, now, skip=True).question.question_id for _ in range(6)}
    assert served.isdisjoint(gone)
    assert {row[0] for row in classroom.excluded()} == gone
    for question in family:
        classroom.include(question.question_id)
    assert classroom.excluded() == ()


@pytest.mark.parametrize("verb", ["next", "student", "tutor_open", "end_sitting", "explain"])
def test_an_unknown_student_is_told_the_nearest(classroom, now, verb):
    with pytest.raises(UserError, match="did you mean 's0001'"):
        getattr(classroom, verb)("s00001", now)


def test_unknown_questions_and_objectives(classroom, now):
    for call in (
        lambda: classroom.answer(STUDENT, "nope", "1", idempotency_key="k", at_seconds=now),
        lambda: classroom.hint(STUDENT, "nope", 1),
        lambda: classroom.exclude("nope", "", now),
        lambda: classroom.report_key(STUDENT, "nope", "", now),
    ):
        with pytest.raises(UserError, match="Unknown question 'nope'"):
            call()
    with pytest.raises(UserError, match="did you mean 'weakest'"):
        classroom.next(STUDENT, now, objective="weekest")


def test_a_reported_key_reaches_the_teacher(classroom, now):
    asked = classroom.next(STUDENT, now).question
    classroom.report_key(STUDENT, asked.question_id, "the key is wrong", now)
    (report,) = classroom.key_reports()
    assert (report.question_id, report.note, report.student_id) == (asked.question_id, "the key is wrong", STUDENT)
    assert report.key


def test_a_new_student_has_a_name_apart_from_the_id(classroom, now, answer_next):
    student_id = classroom.add_student("  Ada   Lovelace ", now)
    other = classroom.add_student("Emmy", now)
    assert student_id != other
    assert "ada" not in student_id.lower()
    view = classroom.student(student_id, now)
    assert (view.display_name, view.answers) == ("Ada Lovelace", 0)
    assert answer_next(classroom, student_id, now).scored
    classroom.rename(student_id, "Ada")
    assert classroom.student(student_id, now).display_name == "Ada"
    for name in ("", "   ", "x" * 61, "a\x00b"):
        with pytest.raises(UserError, match="cannot be used"):
            classroom.add_student(name, now)


def test_searching_questions(classroom):
    name = classroom.questions(limit=1)[0].concepts[0].name
    found = classroom.questions(name.upper(), limit=2)
    assert len(found) == 2
    assert all(name in [c.name for c in q.concepts] or name.lower() in q.text.lower() for q in found)
    assert classroom.questions("no such words at all") == ()


def test_previews(classroom):
    assert classroom.preview("") == ("", "")
    assert classroom.preview("3/4") == ("\\frac{3}{4}", "")
    latex, message = classroom.preview("((")
    assert (latex, bool(message)) == ("", True)


def test_a_course_with_nothing_to_ask_is_not_opened(tmp_path, still_clock, open_classroom):
    from preceptor.data import ReadOptions
    from preceptor.workflow.importing import import_data

    (tmp_path / "log.csv").write_text("student,question,correct\na,q,1\n")
    import_data("table", [tmp_path / "log.csv"], tmp_path / "log-only", ReadOptions(), still_clock)
    with pytest.raises(UserError, match="no question that can be asked"), open_classroom(tmp_path / "log-only"):
        pass
