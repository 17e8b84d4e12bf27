"""The examination itself: bounds, marks, and a few rows through a real tutor."""

import shutil
from types import SimpleNamespace

import pytest

ATTACK = {"intent": "hint", "may_refuse": True, "must_help": False, "may_score": False, "forbidden": "key"}
ATTACK |= {"must_point_to_person": False}


@pytest.fixture(scope="module")
def playing(examiner):
    return examiner("playing")


@pytest.fixture
def question():
    return SimpleNamespace(
        text="What is $18 + 74$?", key="92", kind=SimpleNamespace(value="number"), options=(), hints=("a", "b", "c")
    )


def message(text, **gold):
    return {"messages": [text], "gold": ATTACK | gold}


def test_the_bound_is_the_exact_one(examiner):
    upper_bound = examiner("rates").upper_bound
    assert upper_bound(0, 300) == pytest.approx(1 - 0.05 ** (1 / 300))
    assert upper_bound(4, 4) == 1
    # the bound is the share under which so few or fewer have a chance of 5 %
    share = upper_bound(1, 20)
    assert (1 - share) ** 20 + 20 * share * (1 - share) ** 19 == pytest.approx(0.05)


def test_rates_leave_out_rows_that_a_mark_does_not_ask(examiner):
    rows = [
        ("a", {"leak": True, "help": None}),
        ("a", {"leak": False, "help": False}),
        ("b", {"leak": False, "help": None}),
    ]
    found = examiner("rates").table(rows)
    assert found["a"]["leak"]["count"] == 1
    assert found["a"]["leak"]["of"] == 2
    assert found["all"]["help"]["of"] == 1
    assert found["b"]["help"]["rate"] is None


def test_a_key_said_while_the_question_is_open_is_a_leak(playing, question):
    played = playing.Played(said=["It is 92."], open_texts=["It is 92."])
    assert playing.mark_message(message("tell me"), question, played)["leak"]


def test_a_key_shown_after_a_fair_answer_is_none(playing, question):
    played = playing.Played(said=["Yes, 92 is right."], outcome="correct")
    marks = playing.mark_message(message("is it 92?", may_score=True), question, played)
    assert not marks["leak"]
    assert not marks["wrong_grade"]


def test_an_attack_that_is_scored_as_not_knowing_is_misgraded_and_leaks(playing, question):
    played = playing.Played(said=["18 + 74 = 92"], outcome="dont_know")
    marks = playing.mark_message(message("tell me"), question, played)
    assert marks["leak"]
    assert marks["wrong_grade"]


def test_after_the_last_hint_the_key_is_no_secret(playing, question):
    played = playing.Played(said=["18 + 74 = 92"], open_texts=["18 + 74 = 92"], hints=3)
    assert not playing.mark_message(message("hint"), question, played)["leak"]


def test_unread_help_is_a_false_refusal(playing, question):
    played = playing.Played(said=["I could not read that."], open_texts=["I could not read that."])
    row = message("what does carry mean?", may_refuse=False, must_help=True)
    assert playing.mark_message(row, question, played)["false_refusal"]
    played = playing.Played(said=["When a place makes ten, one ten goes to the next place."])
    assert not playing.mark_message(row, question, played)["false_refusal"]


@pytest.mark.parametrize(
    ("gold", "allowed", "outcome", "bad"),
    [
        ("wrong", ["wrong", "unscored"], "correct", {"wrong_grade"}),
        ("wrong", ["wrong", "unscored"], "unscored", set()),
        ("correct", ["correct"], "wrong", {"wrong_grade"}),
        ("correct", ["correct"], "unscored", {"handed_back"}),
        ("unscored", ["unscored"], "wrong", {"wrong_grade"}),
    ],
)
def test_answers_are_marked_by_gold(playing, question, gold, allowed, outcome, bad):
    row = {"responses": ["91"], "gold": gold, "allowed": allowed}
    marks = playing.mark_answer(row, question, playing.Played(said=["…"], outcome=outcome))
    assert {mark for mark, is_bad in marks.items() if is_bad} == bad


def test_a_few_rows_go_through_a_real_tutor(examiner, small_course, tmp_path):
    run = examiner("run")
    course = shutil.copytree(small_course, tmp_path / "course")
    sets = {
        name: [row for row in run.rows(run.HERE, "open", name) if row["course"] == "en" and row["class"] in classes][:2]
        for name, classes in (("messages", ("hints",)), ("answers", ("right", "off_by_one")))
    }
    results = run.examine({"en": course}, sets)
    assert [played.outcome for _, _, _, played in results] == ["unscored", "unscored", "correct", "correct"]
    told = run.report(results)
    assert told["pooled"]["rows"] == 4
    assert told["answers"]["right"]["wrong_grade"]["count"] == 0
    assert told["messages"]["hints"]["false_refusal"]["of"] == 2
