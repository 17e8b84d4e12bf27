"""Who chooses the app's questions: the planner, a learned policy where the course says so, and never in silence."""

import math
import re
import shutil
from itertools import pairwise

import numpy as np
import pytest

from preceptor.course import Course
from preceptor.domain import UserError
from preceptor.recommend import Planner, policy_names
from preceptor.workflow.classroom import Classroom
from preceptor.workflow.learned_policies import policy_names as names_in
from preceptor.workflow.models import load_trained
from preceptor.workflow.recommending import recommend
from preceptor.workflow.training import train
from preceptor.workflow.training_options import TrainOptions

STUDENT = "s0003"
LEARNED = "ddpg (plain critic)"


@pytest.fixture
def course(learned, tmp_path):
    return Course.open(shutil.copytree(learned[0].path, tmp_path / "learned"))


@pytest.fixture
def ask(still_clock):
    def run(course, policy, objective="practiced", k=3):
        return recommend(
            course,
            STUDENT,
            objective=objective,
            k=k,
            horizon_days=7.0,
            at_seconds=None,
            clock=still_clock,
            policy=policy,
        )

    return run


@pytest.fixture
def settings(course):
    """Writes a line into the course's settings."""

    def write(line):
        file = course.path / "course.toml"
        file.write_text(file.read_text() + line + "\n")

    return write


def test_the_planner_chooses_unless_the_course_says_otherwise(course, open_classroom, now):
    with open_classroom(course.path) as classroom:
        assert classroom.choosing_told == "Questions are chosen by the planner."
        assert classroom.next(STUDENT, now, "practiced").recommendation.policy == "planner"


def test_a_learned_policy_chooses_and_is_explained_as_the_planner_is(course, open_classroom, ask, now):
    expected = ask(course, "learned").recommendations[0]
    with open_classroom(course.path, "learned") as classroom:
        assert classroom.choosing_told == (
            f"Questions are chosen by {LEARNED} for practiced, by the planner for other objectives."
        )
        found = classroom.next(STUDENT, now).recommendation
        assert found == expected
        assert found.policy == LEARNED
        told = re.search(r"7 days from now, by (-?[\d.]+) points of 100", found.why)
        assert float(told[1]) == pytest.approx(100 * found.expected_improvement, abs=0.051)
        weighed = classroom.explain(STUDENT, now)
        assert weighed.policy == LEARNED
        assert all(evidence.effect is not None for evidence in weighed.evidence)
        assert classroom.next(STUDENT, now, "weakest").recommendation.policy == "planner"


def test_a_sitting_with_a_learned_policy(course, open_classroom, answer_next, now):
    with open_classroom(course.path, "ddpg-plain-practiced") as classroom:
        asked = []
        for number in range(4):
            asked.append(classroom.next(STUDENT, now + number))
            answer_next(classroom, STUDENT, now + number)
        assert {view.recommendation.policy for view in asked} == {LEARNED}
        assert all(a.question.question_id != b.question.question_id for a, b in pairwise(asked))


def test_flag_before_environment_before_course(course, settings, open_classroom, monkeypatch):
    settings('policy = "lowest-recall"')
    with open_classroom(course.path) as classroom:
        assert "lowest-recall" in classroom.choosing_told
    monkeypatch.setenv("PRECEPTOR_POLICY", "learned")
    with open_classroom(course.path) as classroom:
        assert LEARNED in classroom.choosing_told
    with open_classroom(course.path, "look-ahead") as classroom:
        assert classroom.choosing_told == "Questions are chosen by look-ahead."


@pytest.mark.parametrize("policy", ["learned", *policy_names()])
def test_who_has_never_answered_is_asked_and_told_why(policy, course, open_classroom, answer_next, now):
    with open_classroom(course.path, policy) as classroom:
        student = classroom.add_student("New", now)
        first = classroom.next(student, now)
        assert first.recommendation.policy == (LEARNED if policy == "learned" else policy)
        assert "has not been practised yet" in first.recommendation.why
        assert math.isfinite(first.recommendation.expected_improvement)
        assert classroom.explain(student, now).evidence == ()
        answer_next(classroom, student, now)
        assert classroom.next(student, now + 60).question.question_id != first.question.question_id


def test_a_waiting_question_says_who_chose_it(course, open_classroom, now):
    with open_classroom(course.path) as classroom:
        waiting = classroom.next(STUDENT, now, "practiced").recommendation
    with open_classroom(course.path, "learned") as classroom:
        again = classroom.next(STUDENT, now)
        assert (again.resumed, again.recommendation) == (True, waiting)
        assert classroom.next(STUDENT, now, skip=True).recommendation.policy == LEARNED


def test_a_policy_of_another_tracer_is_refused_at_the_start(course, settings, still_clock, quiet):
    train(course, TrainOptions(model="history"), still_clock, quiet)
    for policy in ("learned", "ddpg-plain-practiced"):
        with pytest.raises(UserError, match="now served by another history") as refused:
            Classroom.open(course.path, policy)
        assert "train-policy" in refused.value.mend
        assert "--policy planner" in refused.value.mend
    settings('policy = "learned"')
    with pytest.raises(UserError, match="another history"):
        Classroom.open(course.path)
    Classroom.open(course.path, "planner").close()


def test_what_was_never_learned_is_refused_at_the_start(course_copy):
    for policy in ("learned", "sac-mve-global", "planer"):
        with pytest.raises(UserError, match="has learned no policy") as refused:
            Classroom.open(course_copy, policy)
        assert "look-ahead-pruned" in refused.value.allowed


@pytest.mark.parametrize("policy", policy_names())
def test_every_registered_policy_recommends(policy, course, ask, now):
    found = ask(course, policy)
    assert found.policy == policy
    bank = course.load_bank()
    trained = load_trained(course, bank)
    mind = trained.model.replay(course.load_log().interactions(STUDENT))
    sets = [frozenset(concept.concept_id for concept in entry.concepts) for entry in found.recommendations]
    assert len(set(sets)) == len(sets)
    # what the pruned planner did not look at is not in its list
    assert len(sets) == 3 or (policy == "planner-pruned" and sets)
    for entry in found.recommendations:
        row = bank.q_matrix.question_index[entry.question_id]
        expected = Planner(trained.model).improvement_of(mind, row, trained.objectives["practiced"], np.array([now]))
        assert entry.expected_improvement == pytest.approx(expected[0], abs=1e-6)
        assert entry.policy == policy


def test_chance_is_the_students_own_and_new_after_every_answer(course, open_classroom, answer_next, now):
    with open_classroom(course.path, "random") as classroom:
        students = [f"s{i:04}" for i in range(1, 9)]
        first = [classroom.next(student, now).question.question_id for student in students]
        assert len(set(first)) > 4
    with open_classroom(course.path, "random") as classroom:
        for student in students:
            classroom._context.store.set_pending(student, "gone", "{}", now)
        assert [classroom.next(student, now).question.question_id for student in students] == first
        for _ in range(3):
            answer_next(classroom, students[0], now)
        assert classroom.next(students[0], now).question.question_id != first[0]


def test_names_are_the_same_everywhere(course, learned):
    assert names_in(course) == ("planner", *(n for n in policy_names() if n != "planner"), learned[1].policy)
