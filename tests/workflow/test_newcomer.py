"""A course without a log, and a student without a history: recommended to, tutored, served."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from preceptor.course import Course
from preceptor.curriculum import built_in_bank
from preceptor.data import ReadOptions
from preceptor.domain import Interaction, Outcome, UserError
from preceptor.store import SqliteStore
from preceptor.workflow.context import STORE_FILE
from preceptor.workflow.importing import import_data
from preceptor.workflow.minds import NEWCOMER
from preceptor.workflow.opening import ENOUGH_ASKED, OPENING_ANSWERS, opening
from preceptor.workflow.recommending import recommend
from preceptor.workflow.sittings import SITTING_GOAL


@pytest.fixture(scope="module")
def bare_course(tmp_path_factory, still_clock):
    """The course about the Earth as a school takes it: questions, and nobody who has answered them."""
    from pathlib import Path

    path = tmp_path_factory.mktemp("bare") / "course"
    result = import_data("lessons", [Path("earth")], path, ReadOptions(), still_clock)
    assert (result.counts["questions"], result.counts["students"], dict(result.uncheckable)) == (150, 0, {})
    return path


def test_a_newcomer_is_recommended_to_and_not_kept(bare_course, still_clock):
    course = Course.open(bare_course)
    found = recommend(
        course, NEWCOMER, objective="weakest", k=3, horizon_days=7.0, at_seconds=None, clock=still_clock, explain=True
    )
    assert len({recommendation.question_id for recommendation in found.recommendations}) == 3
    assert all(0 < recommendation.p_correct < 1 for recommendation in found.recommendations)
    with SqliteStore(bare_course / STORE_FILE) as store:
        assert store.students() == ()
    with pytest.raises(UserError, match="--student new"):
        recommend(course, "ana", objective="weakest", k=3, horizon_days=7.0, at_seconds=None, clock=still_clock)


def test_a_newcomer_is_tutored_through_a_sitting(bare_course, open_classroom, now, key_of, wrong_answer):
    with open_classroom(bare_course) as classroom:
        student = classroom.admitted(NEWCOMER, now)
        assert student != NEWCOMER
        assert classroom.admitted(student, now) == student
        turn = classroom.tutor_open(student, now)
        assert "first question" in turn.messages[-1].text
        for number in range(SITTING_GOAL):
            asked = turn.question.question_id
            message = (key_of if number % 3 else wrong_answer)(classroom, asked)
            turn = classroom.tutor_say(
                student, message, idempotency_key=f"n{number}", at_seconds=now + 60 * number, question_id=asked
            )
            assert turn.sitting.answered == number + 1
            assert "$" not in turn.messages[-1].text
        assert turn.sitting.finished
        assert [row.student_id for row in classroom.roster(now)] == [student]


def test_an_own_folder_goes_before_a_shipped_course(tmp_path, still_clock, monkeypatch):
    from pathlib import Path

    monkeypatch.chdir(tmp_path)
    (tmp_path / "earth").mkdir()
    with pytest.raises(UserError, match="holds no lesson"):
        import_data("lessons", [Path("earth")], tmp_path / "course", ReadOptions(), still_clock)


def test_a_newcomer_is_asked_about_many_concepts_and_comes_back_to_a_missed_one_once(
    bare_course, open_classroom, now, key_of, wrong_answer
):
    for tutored in (False, True):
        with open_classroom(bare_course) as classroom:
            student = classroom.add_student(f"Opening {tutored}", now)
            asked = []
            for number in range(OPENING_ANSWERS):
                at = now + 60 * number
                view = classroom.tutor_open(student, at) if tutored else classroom.next(student, at)
                question_id = view.question.question_id
                asked += [concept.concept_id for concept in view.question.concepts]
                response = (key_of if number % 3 else wrong_answer)(classroom, question_id)
                classroom.answer(student, question_id, response, idempotency_key=f"o{number}", at_seconds=at + 30)
            assert max(Counter(asked).values()) == ENOUGH_ASKED
            assert len(set(asked)) >= 6


def test_whoever_has_answers_from_another_sitting_is_no_newcomer():
    bank = built_in_bank(1)
    candidates = np.ones(len(bank.questions), dtype=bool)
    first = bank.questions[0]
    known = Interaction("e", "s", first.question_id, first.revision, 1.0, 0, time_seconds=0.0, outcome=Outcome.CORRECT)
    soon = opening([known], bank, candidates, 600.0)
    assert not soon[0]
    assert soon.any()
    for history, at_seconds in (
        ([known], 86_400.0),
        ([known] * OPENING_ANSWERS, 600.0),
        ([replace(known, time_seconds=None)], 600.0),
    ):
        assert opening(history, bank, candidates, at_seconds) is candidates
