"""`preceptor evaluate role-play` over HTTP on loopback."""

import re
from dataclasses import replace

import pytest

from preceptor.course import Course
from preceptor.domain import Bank, Concept, Question, QuestionKind
from preceptor.evaluate.judging_dialogues.cases import Case, Unit, write_cases
from preceptor.tutor.situation import Said
from preceptor.workflow.role_playing import unseen_questions

BANK = Bank(
    (Concept("add", "Adding"), Concept("sub", "Subtracting")),
    (
        *(Question(f"a{i}", f"What is ${i} + 1$?", QuestionKind.NUMBER, str(i + 1), ("add",)) for i in range(8)),
        Question("s1", "What is $3 - 1$?", QuestionKind.NUMBER, "2", ("sub",)),
        Question("a99", "What is $99 + 1$?", QuestionKind.NUMBER, "100", ("add",), uncheckable="no"),
    ),
)


def session(text):
    return (Said("tutor", "Now: What is $7 + 1$?"), Said("student", "9"), Said("tutor", text))


def case(i, *concepts):
    arms = {"good": session("You add one."), "poor": session("Well done.")}
    told = (f"Student {i}.",)
    return Case(f"c{i}", f"s{i}", Unit.DIALOGUE, (), arms, concepts=concepts or ("Adding",), played_as=told)


@pytest.fixture
def course(tmp_path):
    made = Course.create(tmp_path / "course", "tiny")
    made.replace(BANK)
    return made.path


@pytest.fixture
def dialogues(tmp_path):
    path = tmp_path / "cases.jsonl"
    write_cases(path, [*(case(i) for i in range(4)), case(4, "Spelling")])
    return path


@pytest.fixture
def server(scripted):
    """A student who can add where the session says how."""

    def answer(body):
        text = body["messages"][1]["content"]
        number = int(re.findall(r"What is \$(\d+)", text)[-1])
        return scripted.Answer(str(number + 1) if "add one" in text else "0")

    with scripted.ScriptedServer(answer) as opened:
        yield opened


def asked(course, dialogues, server, *more):
    return ("evaluate", "role-play", course, "--dialogues", dialogues, "--model-url", server.url, "--model-name", "m",
            "--items", 3, *more)  # fmt: skip


def test_what_a_session_says_is_what_it_is_worth(cli, course, dialogues, server):
    result = cli(*asked(course, dialogues, server, "--json"))
    assert result.code == 0, result.err
    rows = {row["arm"]: row for row in result.json()["rows"]}
    assert list(rows) == ["none", "good", "poor"]
    assert rows["good"]["accuracy"]["mean"] == 1.0
    assert rows["good"]["over_none"]["estimate"]["mean"] == 1.0
    assert rows["poor"]["over_none"]["estimate"]["mean"] == 0.0
    assert rows["none"]["over_none"] is None
    assert rows["none"]["ended"] == {"wrong": 12}
    assert (result.json()["cases"], result.json()["skipped"]) == (4, 1)
    shown = " ".join(cli(*asked(course, dialogues, server)).out.split())
    assert "4 students played by m" in shown


def test_every_arm_is_asked_the_same_questions_and_none_of_them_was_in_a_session(cli, course, dialogues, server):
    cli(*asked(course, dialogues, server, "--json"))
    questions = {}
    for body in server.requests:
        text = body["messages"][1]["content"]
        student = re.findall(r"Student (\d)", text)[0]
        arm = "good" if "add one" in text else "poor" if "Well done" in text else "none"
        questions.setdefault((student, arm), set()).add(re.findall(r"test question: \"(.*)\"", text)[0])
    for student in "0123":
        assert questions[student, "good"] == questions[student, "poor"] == questions[student, "none"]
        assert len(questions[student, "good"]) == 3
    assert not any("7 + 1" in text for shown in questions.values() for text in shown)


def test_tests_are_on_the_concept_and_can_be_graded():
    found = unseen_questions(BANK, case(0), 99, 0)
    assert {question.question_id for question in found} == {f"a{i}" for i in range(7)}
    assert found[:3] == unseen_questions(BANK, case(0), 3, 0)
    assert unseen_questions(BANK, case(0, "add"), 99, 0) == found
    assert unseen_questions(BANK, replace(case(0), concepts=()), 99, 0) == ()


def test_a_test_asks_of_every_concept_in_turn():
    found = {unseen_questions(BANK, case(i, "Adding", "sub", "Spelling"), 2, 0) for i in range(4)}
    assert all(sorted(question.concepts for question in test) == [("add",), ("sub",)] for test in found)
    whole = unseen_questions(BANK, case(0, "Adding", "sub"), 99, 0)
    assert len(whole) == len(set(whole)) == 8


def test_a_model_that_never_answers_is_no_result(refused, course, dialogues, scripted):
    """Defect: every test failed, and a run was kept and drawn."""
    with scripted.ScriptedServer(lambda body: scripted.Answer("", status=400)) as silent:
        told = refused(*asked(course, dialogues, silent))
    assert "answered nothing" in told
    assert not list((course / "runs").glob("*evaluate-role-play.json"))


def test_replies_alone_are_no_sessions(refused, course, server, tmp_path):
    reply = {"good": (Said("tutor", "You add one."),), "poor": (Said("tutor", "Well."),)}
    one = case(0)
    write_cases(tmp_path / "replies.jsonl", [replace(one, unit=Unit.RESPONSE, arms=reply)])
    assert "can be followed by a test" in " ".join(refused(*asked(course, tmp_path / "replies.jsonl", server)).split())
    assert "--dialogues" in refused("evaluate", "role-play", course)


def test_a_session_that_tells_nothing_to_play_is_refused(refused, course, dialogues, server):
    """What judges read of a student may state figures, and a model would answer to them."""
    write_cases(dialogues, [replace(case(i), profile=("Recall 40 %.",), played_as=()) for i in range(2)])
    assert "'c0' has no played_as" in " ".join(refused(*asked(course, dialogues, server)).split())
    assert not server.requests
