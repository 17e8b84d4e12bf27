"""Sessions of the lab are followed by tests that a model sits as their students."""

import shutil
from collections import Counter

import pytest

from preceptor.answers import as_typed
from preceptor.course import Course
from preceptor.evaluate.judging_dialogues.cases import read_cases, write_cases
from preceptor.evaluate.tutoring.design import LabDesign
from preceptor.progress import silent
from preceptor.tutor.fencing import fenced
from preceptor.workflow.role_playing import RolePlayOptions, play_roles, unseen_questions
from preceptor.workflow.tutor_cases import tutor_cases
from preceptor.workflow.tutor_runs import LabOptions

DESIGN = LabDesign("logistic", students=3, turns=2)


@pytest.fixture
def course(lab_course, tmp_path):
    return Course.open(shutil.copytree(lab_course.path, tmp_path / "course"))


@pytest.fixture
def dialogues(course, tmp_path):
    path = tmp_path / "cases.jsonl"
    write_cases(path, tutor_cases(course, LabOptions(("random", "textbook"), DESIGN), silent))
    return path


def test_a_session_on_several_concepts_can_be_followed_by_a_test(course, dialogues, scripted, still_clock):
    """A student who knows every answer after a session, and none without: both are graded, and compared."""
    keys = {question.text: as_typed(question.key, question) for question in course.load_bank().questions}

    def answer(body):
        told, asked = body["messages"][1]["content"].split("test question: ")
        known = [key for text, key in keys.items() if fenced(text, 9_999)[:-1] in asked]
        return scripted.Answer(known[0] if "\n- tutor: " in told else "I don't know")

    with scripted.ScriptedServer(answer) as server:
        found = play_roles(course, RolePlayOptions(dialogues, 4, server.url, "m"), still_clock, silent)
    assert (found["cases"], found["skipped"], found["students"]) == (3, 0, 3)
    rows = {row["arm"]: row for row in found["rows"]}
    assert rows["none"]["ended"] == {"dont_know": 12}
    assert rows["random"]["ended"] == rows["textbook"]["ended"] == {"correct": 12}
    assert rows["textbook"]["over_none"]["estimate"]["mean"] == 1.0


def test_a_test_asks_of_all_concepts_of_a_session_alike(course, dialogues):
    bank = course.load_bank()
    for case in read_cases(dialogues):
        test = unseen_questions(bank, case, 8, 0)
        asked = Counter(concept for question in test for concept in question.concepts if concept in case.concepts)
        assert asked.keys() == set(case.concepts)
        assert min(asked.values()) >= 2
