"""`simulate`: a simulated log for any course, labelled everywhere, never beside people's answers."""

import json
from dataclasses import replace

import numpy as np
import pytest

from preceptor.course import Course, runs
from preceptor.domain import Bank, Concept, Distractor, Interaction, Misconception, Question, QuestionKind, UserError
from preceptor.progress import silent
from preceptor.store import SqliteStore
from preceptor.workflow.context import STORE_FILE, Context
from preceptor.workflow.simulating import SimulateOptions, load_truth, simulate
from preceptor.workflow.status import status

OPTIONS = SimulateOptions(students=30, days=40, seed=3)


def _bank() -> Bank:
    """A bank such as an import gives: no grades, no difficulties, one named mistake."""
    concepts = (Concept("c1", "One"), Concept("c2", "Two", prerequisites=("c1",)))
    questions = tuple(
        Question(f"q{i}", f"What is ${i} + 1$?", QuestionKind.NUMBER, str(i + 1), (f"c{1 + i % 2}",),
                 distractors=(Distractor(str(i), "m"),))
        for i in range(12)
    )  # fmt: skip
    return Bank(concepts, questions, (Misconception("m", "c1", "repeats the number", "Count one further."),))


@pytest.fixture
def course(tmp_path):
    made = Course.create(tmp_path / "course", "Ours")
    made.replace(_bank())
    return made


def test_any_bank_gets_a_labelled_log(course, still_clock, now):
    result = simulate(course, OPTIONS, still_clock, silent)
    log = course.load_log()
    assert result["simulated"] is True
    assert result["students"] == 30
    assert result["interactions"] == len(log) > 30 * 10
    assert log.time_seconds.max() < now
    assert result["misconceptions"]["named"] == 1
    seen = sum(answer == str(i) for i, answer in zip(log.question.tolist(), log.response.tolist(), strict=True))
    assert result["misconceptions"]["least_seen"] == seen > 0
    assert course.title == "Ours (simulated students)"
    assert status(course).simulated
    (run,) = runs(course, "simulate")
    assert run["simulated"] is True
    assert run["metrics"]["interactions"] == len(log)
    assert load_truth(course).student_ids == log.student_ids


def test_the_same_seed_gives_the_same_answers_and_another_one_others(course, still_clock):
    simulate(course, OPTIONS, still_clock, silent)
    first = course.load_log()
    simulate(course, OPTIONS, still_clock, silent)
    again = course.load_log()
    np.testing.assert_array_equal(first.correct, again.correct)
    assert first.response.tolist() == again.response.tolist()
    simulate(course, replace(OPTIONS, seed=4), still_clock, silent)
    assert course.load_log().response.tolist() != first.response.tolist()


def test_german_students_type_german_numbers(course, still_clock):
    bank = course.load_bank()
    questions = tuple(
        replace(q, language="de", key=f"{i}.5", distractors=(Distractor(f"{i}.25", "m"),))
        for i, q in enumerate(bank.questions)
    )
    course.replace(replace(bank, questions=questions))
    result = simulate(course, OPTIONS, still_clock, silent)
    responses = set(course.load_log().response.tolist())
    assert responses == {"", *(f"{i},5" for i in range(12)), *(f"{i},25" for i in range(12))}
    assert result["misconceptions"]["least_seen"] > 0


def test_the_share_of_long_gaps_is_counted_by_hand(course, still_clock):
    result = simulate(course, OPTIONS, still_clock, silent)
    log, bank = course.load_log(), course.load_bank()
    gaps = []
    last: dict[tuple[int, str], float] = {}
    for student, question, time in zip(log.student, log.question, log.time_seconds, strict=True):
        key = int(student), bank.question[log.question_ids[question]].concepts[0]
        if key in last:
            gaps.append(time - last[key] > 7 * 86_400)
        last[key] = time
    assert result["long_gap_share"] == pytest.approx(np.mean(gaps))


def test_people_and_simulated_students_never_meet(course, still_clock):
    simulate(course, OPTIONS, still_clock, silent)
    course.replace(simulated=False)  # as if people had given these answers
    before = course.data_hash
    with pytest.raises(UserError, match="log of people"):
        simulate(course, OPTIONS, still_clock, silent)
    assert course.data_hash == before
    assert not status(course).simulated


def test_live_answers_of_people_are_kept_apart(course, still_clock):
    with SqliteStore(course.path / STORE_FILE) as store:
        store.append(Interaction("e1", "ada", "q1", "r1", correct=1.0, position=0, time_seconds=2.0))
    with pytest.raises(UserError, match="1 answers"):
        simulate(course, OPTIONS, still_clock, silent)
    assert not course.counts()["interactions"]


def test_a_name_that_only_sounds_like_it_is_labelled_too(tmp_path, still_clock):
    made = Course.create(tmp_path / "algebra", "Simultaneous equations")
    made.replace(_bank())
    assert made.title == "Simultaneous equations"
    simulate(made, OPTIONS, still_clock, silent)
    assert made.title == "Simultaneous equations (simulated students)"


def test_only_students_of_the_log_are_labelled(course, still_clock):
    simulate(course, OPTIONS, still_clock, silent)
    context = Context.open(course.path)
    assert context.is_simulated("s0001")
    assert not context.is_simulated("ada")
    context.worker.close()
    context.store.close()


def test_an_older_manifest_is_simulated_where_the_truth_lies_beside_the_log(course, still_clock):
    path = course.path / "manifest.json"
    for expected in (False, True):
        content = json.loads(path.read_text())
        del content["simulated"]
        path.write_text(json.dumps(content))
        assert Course.open(course.path).simulated is expected
        simulate(course, OPTIONS, still_clock, silent)


def test_a_log_with_other_students_beside_the_simulated_ones_is_kept(course, still_clock):
    simulate(course, OPTIONS, still_clock, silent)
    log = course.load_log()
    course.replace(log=replace(log, student_ids=("ada", *log.student_ids[1:])))
    before = course.data_hash
    with pytest.raises(UserError, match="other students"):
        simulate(course, OPTIONS, still_clock, silent)
    assert course.data_hash == before


def test_a_century_is_refused(course, still_clock):
    with pytest.raises(UserError, match="days is 40000"):
        simulate(course, replace(OPTIONS, days=40_000), still_clock, silent)
