import asyncio
from dataclasses import replace

from preceptor.domain import UserError
from preceptor.serve import DONT_KNOW
from preceptor.workflow.views import AnswerView


def told(classroom):
    return [content for name, content in classroom.calls if name == "answer"]


async def answer(user, text):
    user.find(marker="answer").type(text)
    user.find(marker="check").click()


async def test_a_right_answer_is_praised_and_leads_on(user, classroom, clock):
    await user.open("/student/s1")
    await user.should_see("Question 1 of 5")
    clock.now += 8.0
    await answer(user, "5/8")
    await user.should_see("That's right", retries=10)
    await user.should_see("(up 9 points)")
    assert told(classroom)[0][2:] == (0, 8.0)
    user.find(marker="next").click()
    await user.should_see("Question 2 of 5", retries=10)
    await user.should_see(marker="option-1")


async def test_a_wrong_answer_shows_key_and_steps(user):
    await user.open("/student/s1")
    await answer(user, "3/8")
    await user.should_see("Not quite", retries=10)
    await user.should_see("Worked solution")
    with user.scope(marker="verdict"):
        assert len(user.find("<mfrac>").elements) == 2
    await user.should_see("(down 7 points)")


async def test_a_wrong_grade_is_contested_where_it_stands(user, classroom):
    await user.open("/student/s1")
    await answer(user, "3/8")
    await user.should_see("I think I was right", retries=10)
    user.find(marker="contest-send").click()
    await user.should_see("Counts as right now", retries=10)
    await user.should_see("You were right.")
    await user.should_not_see(marker="contest")
    (contested,) = [content for name, content in classroom.calls if name == "contest"]
    assert contested[1] == ""
    user.find(marker="next").click()
    await user.should_see("Question 2 of 5", retries=10)


async def test_a_right_answer_is_not_contested(user):
    await user.open("/student/s1")
    await answer(user, "5/8")
    await user.should_see("That's right", retries=10)
    await user.should_not_see(marker="contest")


async def test_an_option_is_an_answer(user, classroom):
    classroom.people["s1"].position = 1
    await user.open("/student/s1")
    user.find(marker="option-2").click()
    await user.should_see("Not quite", retries=10)
    assert told(classroom)[0][0] == r"$\frac{3}{4}$"


async def test_a_double_click_is_one_answer(user, classroom):
    await user.open("/student/s1")
    user.find(marker="answer").type("5/8")
    user.find(marker="check").click().click()
    await user.should_see("That's right", retries=10)
    assert len(told(classroom)) == 1


async def test_two_tabs_have_two_keys_and_one_question_one(user, classroom):
    await user.open("/student/s1")
    await answer(user, "what?")
    await user.should_see("I cannot read this yet.", retries=10)
    user.find(marker="answer").clear()
    await answer(user, "5/8")
    await user.should_see(marker="verdict", retries=10)
    assert len({key for _, key, _, _ in told(classroom)}) == 1
    await user.open("/student/s2")
    await answer(user, "5/8")
    await user.should_see(marker="verdict", retries=10)
    assert len({key for _, key, _, _ in told(classroom)}) == 2


async def test_nothing_typed_is_not_sent(user, classroom):
    await user.open("/student/s1")
    user.find(marker="check").click()
    await user.should_see("Type an answer first")
    assert told(classroom) == []


async def test_what_is_typed_is_read_back(user):
    await user.open("/student/s1")
    user.find(marker="answer").type("5/8")
    await user.should_see("I read this as", retries=10)
    user.find(marker="answer").clear()
    user.find(marker="answer").type("<b>")
    await user.should_see("I cannot read this yet. Use digits", retries=10)
    user.find(marker="answer").clear()
    await asyncio.sleep(0.3)
    await user.should_not_see("I cannot read this yet. Use digits")


async def test_it_is_read_as_an_answer_to_the_question_shown(user, classroom):
    await user.open("/student/s1")
    user.find(marker="answer").type("12 marbles")
    await user.should_see("I read this as", retries=10)
    assert ("preview", ("12 marbles", "q0")) in classroom.calls


async def test_words_are_not_read_as_mathematics(user, classroom, monkeypatch):
    asked = replace(classroom._view(0), kind="text")
    monkeypatch.setattr(classroom, "_view", lambda number: asked)
    await user.open("/student/s1")
    user.find(marker="answer").type("a kite")
    await asyncio.sleep(0.4)
    assert [name for name, _ in classroom.calls if name == "preview"] == []


async def test_hints_come_one_by_one_and_are_counted(user, classroom):
    await user.open("/student/s1")
    await user.should_see("Hint 1 of 3")
    user.find(marker="hint").click()
    await user.should_see("What is a whole, written in eighths?", retries=10)
    await user.should_see("Hint 2 of 3")
    user.find(marker="hint").click()
    await user.should_see("Hint 3 of 3", retries=10)
    user.find(marker="hint").click()
    await user.should_not_see(marker="hint", retries=10)
    await answer(user, "5/8")
    await user.should_see(marker="verdict", retries=10)
    assert told(classroom)[0][2] == 3


async def test_not_knowing_is_its_own_answer(user, classroom):
    await user.open("/student/s1")
    user.find(marker="dont-know").click()
    await user.should_see("Good to know", retries=10)
    await user.should_not_see("You answered")
    assert told(classroom)[0][0] == DONT_KNOW


async def test_skipping_shows_another_question_and_is_no_answer(user, classroom):
    await user.open("/student/s1")
    user.find(marker="skip").click()
    await user.should_see(marker="option-1", retries=10)
    assert told(classroom) == []


async def test_the_reason_and_its_evidence_are_there(user):
    await user.open("/student/s1")
    await user.should_see("Why this question?")
    await user.should_not_see("not practised equivalent fractions for 9 days")
    user.find(marker="why").trigger("toggle").trigger("toggle")
    await user.should_see("not practised equivalent fractions for 9 days", retries=10)
    await user.should_see("71\xa0%")
    await user.should_see("+2.4 points")
    await user.should_see("right, 3 days ago")


async def test_a_wrong_question_is_reported(user, classroom):
    await user.open("/student/s1")
    user.find(marker="report-note").elements.pop().value = "The picture is missing <b>"
    user.find(marker="report-send").click()
    await user.should_see("Your teacher will see it", retries=10)
    assert [(r.question_id, r.note) for r in classroom.reports] == [("q0", "The picture is missing <b>")]


async def test_a_sitting_ends_with_a_summary_and_starts_again(user, classroom):
    person = classroom.people["s1"]
    await user.open("/student/s1")
    for _ in range(5):
        user.find(marker="dont-know").click()
        await user.should_see(marker="next", retries=10)
        user.find(marker="next").click()
        await asyncio.sleep(0.1)
    await user.should_see("Sitting finished", retries=10)
    await user.should_see("You answered 5 questions and earned 0 of 5 points.")
    await user.should_see("Reviews due")
    assert person.sitting.finished
    user.find(marker="again").click()
    await user.should_see("Question 1 of 5", retries=10)


async def test_a_sitting_may_be_finished_early(user):
    await user.open("/student/s3")
    user.find(marker="finish").click()
    await user.should_see("Nothing answered this time.", retries=10)


async def test_a_student_goes_on_where_they_stopped(user):
    await user.open("/student/s1")
    await user.should_not_see("Here is where you stopped.")
    await user.open("/student/s1")
    await user.should_see("Here is where you stopped.")


async def test_an_unknown_student_gets_a_way_back(user):
    await user.open("/student/nobody")
    await user.should_see("Unknown student")
    await user.should_see("Back to the start")


async def test_a_mistake_becomes_a_notice(user, classroom):
    await user.open("/student/s1")
    del classroom.people["s1"]
    user.find(marker="skip").click()
    await user.should_see("Unknown student 's1'.", retries=10)


async def test_a_preview_that_fails_says_why(user, classroom, monkeypatch):
    def refuse(response, question_id=""):
        raise UserError("That is too deep.")

    monkeypatch.setattr(classroom, "preview", refuse)
    await user.open("/student/s1")
    user.find(marker="answer").type("((((1))))")
    await user.should_see("That is too deep.", retries=10)


async def test_an_option_that_cannot_be_judged_becomes_a_notice(user, classroom, monkeypatch):
    person = classroom.people["s1"]
    person.position = 1
    undecided = AnswerView("undecided", False, "This could not be decided.", "", (), 0, 0, person.sitting)
    monkeypatch.setattr(classroom, "answer", lambda *args, **kwargs: undecided)
    await user.open("/student/s1")
    user.find(marker="option-1").click()
    await user.should_see("This could not be decided.", retries=10)
    await user.should_see(marker="option-1")


async def test_nothing_due_and_no_evidence_are_said(user, classroom, monkeypatch):
    rested = replace(classroom.student("s1", 0.0), concepts=())
    bare = replace(classroom.explain("s1", 0.0), evidence=())
    monkeypatch.setattr(classroom, "student", lambda student_id, at_seconds: rested)
    monkeypatch.setattr(classroom, "_reason", lambda view: bare)
    await user.open("/student/s1")
    user.find(marker="why").trigger("toggle")
    await user.should_see("You have not answered anything related yet.", retries=10)
    user.find(marker="finish").click()
    await user.should_see("Nothing is due now.", retries=10)


async def test_feedback_that_explains_all_is_not_repeated(user, classroom, monkeypatch):
    judge = classroom._judge

    def explain(person, number, response):
        view = judge(person, number, response)
        return replace(view, feedback="\n".join(f"1. {step}" for step in view.steps))

    monkeypatch.setattr(classroom, "_judge", explain)
    await user.open("/student/s1")
    await answer(user, "3/8")
    await user.should_see("Not quite", retries=10)
    await user.should_not_see("Worked solution")
    await user.should_not_see("You answered")
