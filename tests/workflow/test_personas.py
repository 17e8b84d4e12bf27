"""Personas and the rules of the tutor over a whole course."""

import json
from contextlib import closing
from dataclasses import replace

import pytest

from preceptor.course import Course
from preceptor.domain import Outcome, UserError
from preceptor.llm import Reply, ScriptedModel
from preceptor.progress import silent
from preceptor.store import SqliteStore
from preceptor.tutor.rendering import parse
from preceptor.tutor.student_model import StudentModel
from preceptor.workflow.adaptation_evaluation import evaluate_adaptation
from preceptor.workflow.classroom import Classroom
from preceptor.workflow.context import STORE_FILE
from preceptor.workflow.tutoring import Tutor

STUDENT = "s0001"
DAY = 86_400.0


def versions(path, student_id=STUDENT):
    with SqliteStore(path / STORE_FILE) as store:
        return store.personas(student_id)


def test_a_persona_is_renewed_after_each_sitting_and_its_versions_are_kept(classroom, course_copy, now, answer_next):
    """Defect 8: nothing was updated within or after a session."""
    for i in range(3):
        answer_next(classroom, STUDENT, now + i)
    classroom.end_sitting(STUDENT, now + 10)
    classroom.end_sitting(STUDENT, now + 11)
    answer_next(classroom, STUDENT, now + DAY)
    classroom.end_sitting(STUDENT, now + DAY + 10)

    imported, first, second = versions(course_copy)
    assert [v.version for v in (imported, first, second)] == [1, 2, 3]
    assert first.content["answers"] == imported.content["answers"] + 3
    assert second.content["answers"] == first.content["answers"] + 1
    assert second.content["concepts"] != first.content["concepts"]


def test_every_statement_of_a_persona_rests_on_answers_of_the_student(classroom, course_copy, now):
    view = classroom.persona(STUDENT, now)
    own = {event.event_id for event in classroom._context.minds.record(STUDENT).history}

    assert view.concepts
    for card in view.concepts:
        assert card.event_ids
        assert set(card.event_ids) <= own
        assert parse(card.text, card.name, "en") is not None
        for trait in card.traits:
            assert set(trait.event_ids) <= own
            assert trait.ci95[0] <= trait.value <= trait.ci95[1]
    assert all(trait.text for trait in view.traits)


def test_a_student_without_answers_has_a_persona_that_says_too_little_is_known(classroom, now):
    new = classroom.add_student("New", now)
    view = classroom.persona(new, now)

    assert view.concepts == ()
    assert all(trait.value is None and "too little" in trait.text for trait in view.traits)
    classroom.tutor_open(new, now)
    assert classroom.end_sitting(new, now).answered == 0


def test_a_new_students_first_turn_is_a_diagnosis(classroom, now):
    """TASA's acceptance check 11."""
    new = classroom.add_student("New", now)
    found = classroom._practice.next(new, now, tutored=True)
    turn = classroom.tutor_open(new, now)

    assert found.recommendation.lead == "This question only shows me where to start."
    assert turn.question == found.question
    assert turn.messages[0].text.startswith("Hello.")


def test_a_miss_keeps_the_tutor_on_the_concept_or_what_it_rests_on(classroom, now):
    at, stayed = now, 0
    for i in range(6):
        asked = classroom._practice.next(STUDENT, at, tutored=True).question
        classroom.tutor_say(STUDENT, "I don't know", idempotency_key=f"k{i}", at_seconds=at + 1)
        after = classroom._practice.next(STUDENT, at + 2, tutored=True)
        concepts = {c.concept_id for c in asked.concepts}
        bank = classroom._context.bank
        rests_on = {p for c in concepts for p in bank.concept[c].prerequisites}
        assert (concepts | rests_on) & {c.concept_id for c in after.question.concepts}
        stayed += 1
        at += 60
    assert stayed == 6


def test_a_concept_that_is_asked_for_is_asked_and_an_unknown_one_refused(classroom, now):
    waiting = classroom._practice.next(STUDENT, now, tutored=True).question
    other = next(
        c.concept_id
        for c in classroom._context.bank.concepts
        if c.concept_id not in {x.concept_id for x in waiting.concepts}
    )
    found = classroom._practice.next(STUDENT, now, tutored=True, concept_id=other)

    assert found.question.question_id != waiting.question_id
    assert found.recommendation.lead
    with pytest.raises(UserError, match="nowhere"):
        classroom._practice.next(STUDENT, now, tutored=True, concept_id="nowhere")


def test_what_is_known_follows_a_corrected_grade(classroom, now):
    record = classroom._context.minds.record(STUDENT)
    bank, known = classroom._context.bank, classroom._voice.known
    before = known(record).tally.traits()
    *earlier, last = record.history
    flipped = (*earlier, replace(last, correct=1 - round(last.correct), outcome=Outcome.CORRECT))
    corrected = replace(record, history=flipped)

    assert known(corrected).tally.traits() == StudentModel.of(bank, flipped).tally.traits() != before
    assert known(record).tally.traits() == before


def test_a_models_insights_are_verified_before_they_are_kept(course_copy, now, answer_next):
    script = ScriptedModel(lambda _: Reply(json.dumps({"insights": [hostile]})))
    with closing(Classroom.open(course_copy, tutor=Tutor(models={"rewriter": script}))) as classroom:
        own = classroom._context.minds.record(STUDENT).history[-1].event_id
        claim = {"event_ids": [own], "kind": "answers", "value": "1"}
        hostile = {"sentence": "The student is lazy.", "event_ids": [own], "claims": [claim]}
        answer_next(classroom, STUDENT, now)
        classroom.end_sitting(STUDENT, now + 1)
    newest = versions(course_copy)[-1]

    assert newest.content["insights"] == []
    assert newest.content["insights_dropped"] == {"words": 1}
    assert len(script.requests) == 1


def test_random_pairs_of_students_get_turns_that_differ_as_the_rule_table_says(course_copy, still_clock):
    result = evaluate_adaptation(Course.open(course_copy), 24, 3, still_clock, silent)
    rows = {row["differs"]: row for row in result["rows"]}

    assert set(rows) == {"recency", "mastery", "last error", "all"}
    assert rows["all"]["pairs"] == rows["all"]["held"]["count"] <= 24
    assert rows["all"]["pairs"] >= 16  # a model of sixty students may forget too little for some
    assert rows["all"]["held"]["share"] >= 0.9
    assert rows["all"]["same"]["share"] >= 0.95
    assert rows["all"]["matched"]["share"] > 0.5
    with pytest.raises(UserError, match="pairs"):
        evaluate_adaptation(Course.open(course_copy), 0, 3, still_clock, silent)
