"""Recommending and explaining: the promised shape, and reasons that say what the numbers say."""

import json
import math
import re

import numpy as np
import pytest

from preceptor.course import Course
from preceptor.data import ReadOptions
from preceptor.domain import UserError
from preceptor.recommend import objective_names
from preceptor.workflow.explaining import shortened
from preceptor.workflow.importing import import_data
from preceptor.workflow.models import load_trained
from preceptor.workflow.recommending import recommend

STUDENT = "s0005"


@pytest.fixture
def ask(still_clock, now):
    def run(course, student=STUDENT, objective="weakest", k=5, horizon_days=7.0, at_seconds=None):
        return recommend(
            course,
            student,
            objective=objective,
            k=k,
            horizon_days=horizon_days,
            at_seconds=at_seconds,
            clock=still_clock,
        )

    return run


@pytest.mark.parametrize("objective", objective_names())
def test_the_shape_and_the_reasons(course_copy, ask, now, objective):
    course = Course.open(course_copy)
    found = ask(course, objective=objective)
    content = json.loads(json.dumps(found.to_dict(explain=True)))
    assert {"student", "objective", "policy", "milliseconds", "recommendations"} <= set(content)
    assert (content["student"], content["objective"], content["policy"]) == (STUDENT, objective, "planner")
    own = [event.event_id for event in course.load_log().interactions(STUDENT)]
    bank, trained = course.load_bank(), load_trained(course, course.load_bank())
    mind = trained.model.replay(course.load_log().interactions(STUDENT))
    recalls = trained.model.concept_recalls(mind, now)
    assert 1 <= len(content["recommendations"]) <= 5
    for entry in content["recommendations"]:
        promised = {"question_id", "text", "concepts", "p_correct", "expected_improvement", "why"}
        assert promised <= set(entry)
        row = np.array([[bank.q_matrix.question_index[entry["question_id"]]]])
        assert entry["p_correct"] == pytest.approx(trained.model.p_correct(mind, row, np.array([now]))[0, 0])
        assert entry["text"] == bank.question[entry["question_id"]].text
        assert [event["event_id"] for event in entry["evidence"]] == sorted(
            (event["event_id"] for event in entry["evidence"]), key=own.index, reverse=True
        )
        assert_why_tells_the_numbers(entry, recalls, now)
    assert "evidence" not in found.to_dict(explain=False)["recommendations"][0]


def assert_why_tells_the_numbers(entry, recalls, now):
    why = entry["why"]
    assert f"right answer is {entry['p_correct']:.0%}" in why
    told = float(re.search(r"by (-?[\d.]+) points of 100", why)[1])
    assert told == pytest.approx(100 * entry["expected_improvement"], abs=0.051)
    assert "7 days from now" in why
    for concept in entry["concepts"]:
        known = recalls[concept["concept_id"]]
        assert f"“{concept['name']}”" in why
        assert f"{known.recall:.0%}" in why
        if known.attempts:
            assert f"{known.correct:g} of {known.attempts} right so far" in why
            days = (now - known.last_practice_seconds) / 86_400
            assert ("today" if days < 1 else f"{days:.0f} day") in why
        else:
            assert "has not been practised yet" in why


def test_at_most_one_question_of_each_set_of_concepts(course_copy, ask):
    found = ask(Course.open(course_copy), k=40).recommendations
    sets = [tuple(concept.concept_id for concept in entry.concepts) for entry in found]
    assert len(set(sets)) == len(sets) > 10
    assert len(ask(Course.open(course_copy), k=1).recommendations) == 1


def test_the_moment_matters_and_live_answers_count(course_copy, ask, open_classroom, answer_next, now):
    course = Course.open(course_copy)
    before = ask(course).recommendations
    assert ask(course, at_seconds=now).recommendations == before
    assert ask(course, at_seconds=now + 30 * 86_400).recommendations != before
    with open_classroom(course_copy) as classroom:
        for number in range(3):
            view = answer_next(classroom, STUDENT, now - 60 + number, "I don't know")
        classroom.exclude(before[0].question_id, "", now)
    after = ask(course, k=40).recommendations
    assert before[0].question_id not in {entry.question_id for entry in after}
    assert view.event_id in {event.event_id for entry in after for event in entry.evidence}


def test_what_promises_more_and_stands_lower_says_that_it_has_not_rested(course_copy, ask):
    course = Course.open(course_copy)
    last = list(course.load_log().interactions(STUDENT))[-1].time_seconds
    found = ask(course, objective="global", k=40, at_seconds=last + 60).recommendations
    rests = "practice lasts longer after a pause"
    overtaken = [
        later
        for i, later in enumerate(found)
        for before in found[:i]
        if before.expected_improvement > 0 and later.expected_improvement > 2.1 * before.expected_improvement
    ]
    assert overtaken
    assert all(rests in entry.why for entry in overtaken)
    assert not all(rests in entry.why for entry in found)
    assert not any(
        rests in entry.why for entry in ask(course, objective="practiced", at_seconds=last + 60).recommendations
    )


def test_unknown_names(course_copy, ask):
    course = Course.open(course_copy)
    with pytest.raises(UserError, match="did you mean 's0005'"):
        ask(course, student="s00005")
    with pytest.raises(UserError, match="did you mean 'weakest'"):
        ask(course, objective="weekest")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"k": 0}, "--k is 0"),
        ({"k": -3}, "--k is -3"),
        ({"horizon_days": -1.0}, "--horizon-days is -1"),
        ({"horizon_days": math.nan}, "--horizon-days is nan"),
        ({"horizon_days": math.inf}, "--horizon-days is inf"),
    ],
)
def test_numbers_out_of_range(course_copy, ask, options, words):
    with pytest.raises(UserError, match=words):
        ask(Course.open(course_copy), **options)


def test_a_course_that_is_only_a_log(tmp_path, ask, still_clock):
    rows = "".join(f"s{i % 4},q{i % 5},{i % 2},k{i % 5}\n" for i in range(60))
    (tmp_path / "log.csv").write_text("student,question,correct,concept\n" + rows)
    import_data("table", [tmp_path / "log.csv"], tmp_path / "course", ReadOptions(), still_clock)
    found = ask(Course.open(tmp_path / "course"), student="s1", k=3)
    assert len(found.recommendations) == 3
    assert all(event.days_ago is None for entry in found.recommendations for event in entry.evidence)
    assert "days ago" not in found.recommendations[0].why


def test_texts_are_cut_between_words_and_outside_formulas():
    assert shortened("short  and\nsweet") == "short and sweet"
    words = shortened("word " * 40)
    assert len(words) <= 92
    assert words.endswith("word …")
    formula = shortened("What is $" + "1 + " * 30 + "1$?")
    assert formula == "What is …"
    assert shortened("$" + "1 + " * 30 + "1$") == "…"
