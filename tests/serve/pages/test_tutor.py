import asyncio
from dataclasses import replace

import pytest

from preceptor.workflow.views import TutorMessage


async def test_a_conversation(user, classroom):
    await user.open("/student/s1/tutor")
    await user.should_see("Good to see you again.")
    await user.should_see("Rests on 2 earlier answers")
    user.find(marker="message").type("Is it 5?")
    user.find(marker="send").click()
    await user.should_see("Is it 5?", retries=10)
    await user.should_see("Two things to look at", retries=10)
    await user.should_not_see("The tutor is thinking")
    assert len(user.find("Is it 5?").elements) == 1
    assert [m.role for m in classroom.people["s1"].said] == ["tutor", "student", "tutor"]


async def test_the_conversation_is_still_there_later(user):
    await user.open("/student/s1/tutor")
    user.find(marker="message").type("Is it 5?").trigger("keydown.enter")
    await user.should_see("Two things to look at", retries=10)
    await user.open("/student/s1/tutor")
    await user.should_see("Is it 5?")


async def test_an_empty_message_says_nothing(user, classroom):
    await user.open("/student/s1/tutor")
    user.find(marker="send").click()
    assert len(classroom.people["s1"].said) == 1


async def test_a_hostile_message_is_only_text(user):
    await user.open("/student/s1/tutor")
    user.find(marker="message").type("<img src=x onerror=alert(1)>")
    user.find(marker="send").click()
    await user.should_see("&lt;img src=x onerror=alert(1)&gt;", retries=10)


async def test_a_reply_comes_in_pieces(user, classroom, eventually):
    await user.open("/student/s1/tutor")
    user.find(marker="message").type("slow")
    user.find(marker="send").click()
    await user.should_see("The tutor is thinking", retries=10)
    classroom.gate.set()
    await user.should_see("Almost.", retries=10)
    await user.should_not_see("Two things to look at")
    user.find(marker="message").type("more").trigger("keydown.enter")  # one at a time
    classroom.gate.set()
    await user.should_see("Two things to look at", retries=10)
    assert [said for name, said in classroom.calls if name == "tutor_stream"] == [("slow", "q0")]


async def test_nothing_hostile_is_drawn_whoever_says_it(user, classroom):
    """The student, the tutor while it speaks, and both after a reload."""
    await user.open("/student/s1/tutor")
    user.find(marker="message").type("echo")
    user.find(marker="send").click()
    await user.should_see("&lt;script&gt;alert(1)", retries=10)
    classroom.people["s1"].said.append(replace(classroom.people["s1"].said[-1], role="student"))
    await user.open("/student/s1/tutor")
    faces = [str(element.props.get("innerHTML", "")) for element in user.client.elements.values()]
    assert sum("&lt;script&gt;" in face for face in faces) == 2
    for face in faces:
        assert not any(bad in face for bad in ("<script", "<img", '<a href="j')), face


async def test_mathematics_is_drawn_while_it_comes(user, classroom):
    await user.open("/student/s1/tutor")
    user.find(marker="message").type("Is it 5?")
    user.find(marker="send").click()
    await user.should_see("<mfrac>", retries=10)


async def test_the_head_says_how_far_the_session_is(user):
    await user.open("/student/s1/tutor")
    await user.should_see("Question 1 of 5")
    user.find(marker="answer").type("5/8")
    user.find(marker="check").click()
    await user.should_see("Question 2 of 5", retries=10)
    await user.should_see("1 of 1 point")


async def answer_wrongly(user, number=1):
    for _ in range(number):
        user.find(marker="message").type("3/8")
        user.find(marker="send").click()
        await asyncio.sleep(0.15)


async def test_a_contested_grade_is_checked_again_and_the_score_follows(user, classroom):
    await user.open("/student/s1/tutor")
    await answer_wrongly(user)
    await user.should_see("0 of 1 point", retries=10)
    user.find(marker="contest-send").click()
    await user.should_see("You were right.", retries=10)
    await user.should_see("Counts as right now")
    await user.should_see("1 of 1 point")
    await user.should_not_see(marker="contest")
    assert [note for name, (_, note) in classroom.calls if name == "contest"] == [""]


async def test_a_hostile_reason_is_only_text_for_student_and_teacher(user, classroom):
    await user.open("/student/s1/tutor")
    await answer_wrongly(user)
    user.find(marker="contest-note").type("<img src=x onerror=alert(1)>")
    user.find(marker="contest-send").click()
    await user.should_see("Your teacher will look at it", retries=10)
    await user.should_see("&lt;img src=x onerror=alert(1)&gt;")
    await user.open("/teacher/questions")
    await user.should_see("Contested grades (1)")
    await user.should_see("&lt;img src=x onerror=alert(1)&gt;")
    await user.should_see("The second check cannot say.")


@pytest.mark.parametrize(("marker", "status"), [("accept-contest", "corrected"), ("uphold-contest", "upheld")])
async def test_a_teacher_decides(user, classroom, marker, status):
    classroom.contest("s1", "k1", "but it is", 0.0)
    await user.open("/teacher/questions")
    user.find(marker=marker).click()
    await user.should_see("Nobody has contested a grade.", retries=10)
    assert classroom.calls[-1] == (status, 1)


async def test_right_answers_are_not_contested(user):
    await user.open("/student/s1/tutor")
    user.find(marker="answer").type("5/8")
    user.find(marker="check").click()
    await user.should_see("Yes, that's right.", retries=10)
    await user.should_not_see(marker="contest")


async def test_where_a_contest_stands_is_there_later(user, classroom):
    said = TutorMessage("tutor", "No.", (), "k1", "wrong", "upheld")
    turn = replace(classroom.tutor_open("s1", 0.0), earlier=(said,))
    classroom.tutor_open = lambda *_: turn
    await user.open("/student/s1/tutor")
    await user.should_see("Your teacher let the grade stand")
    await user.should_not_see(marker="contest")


async def test_the_session_ends_with_what_changed_and_goes_on(user):
    await user.open("/student/s1/tutor")
    await answer_wrongly(user, 5)
    await user.should_see("Session finished", retries=20)
    await user.should_see("Question 5 of 5")
    await user.should_see("62\xa0% → 71\xa0%")
    for told in ("up 9 points", "unchanged", "comes back in 3 days", "comes back today", "a month or more"):
        await user.should_see(told)
    user.find(marker="again").click()
    await user.should_see("Question 1 of 5", retries=10)
    await user.should_see("New session")


async def test_what_is_typed_stays_while_the_question_stays(user, classroom, eventually):
    await user.open("/student/s1/tutor")
    user.find(marker="answer").type("5/")
    user.find(marker="message").type("What is a whole?")
    user.find(marker="send").click()
    await user.should_see("Two things to look at", retries=10)
    assert user.find(marker="answer").elements.pop().value == "5/"


async def test_answers_and_not_knowing_go_through_the_conversation(user, classroom, eventually):
    await user.open("/student/s1/tutor")
    user.find(marker="answer").type("5/8")
    user.find(marker="check").click()
    await user.should_see("Two things to look at", retries=10)
    user.find(marker="dont-know").click()
    said = classroom.people["s1"].said
    await eventually(lambda: [m.text for m in said if m.role == "student"] == ["5/8", "I don't know"])


async def test_the_reason_is_fetched_when_it_is_opened(user):
    await user.open("/student/s1/tutor")
    await user.should_not_see("not practised equivalent fractions")
    user.find(marker="why").trigger("toggle").trigger("toggle")
    await user.should_see("not practised equivalent fractions", retries=10)


async def test_no_open_question_says_what_to_do(user):
    await user.open("/student/s1/tutor")
    user.find(marker="message").type("stop")
    user.find(marker="send").click()
    await user.should_see("No question is open", retries=10)


async def test_a_mistake_becomes_a_notice(user):
    await user.open("/student/s1/tutor")
    user.find(marker="message").type("boom")
    user.find(marker="send").click()
    await user.should_see("say it in other words", retries=10)
    await user.should_not_see("The tutor is thinking")


async def test_an_unknown_student_gets_a_way_back(user):
    await user.open("/student/nobody/tutor")
    await user.should_see("Unknown student")


async def test_what_is_said_belongs_to_the_question_shown(user, classroom, eventually):
    await user.open("/student/s1/tutor")
    user.find(marker="message").type("stop")
    user.find(marker="send").click()
    await user.should_see("No question is open", retries=10)
    user.find(marker="message").type("go on")
    user.find(marker="send").click()
    expected = [("stop", "q0"), ("go on", "")]
    await eventually(lambda: [said for name, said in classroom.calls if name == "tutor_stream"] == expected)


async def test_opened_hints_are_still_there_later(user, classroom, monkeypatch):
    turn = replace(classroom.tutor_open("s1", 0.0), hints_opened=("What is a whole?",))
    monkeypatch.setattr(classroom, "tutor_open", lambda student_id, at_seconds: turn)
    await user.open("/student/s1/tutor")
    await user.should_see("What is a whole?")
    await user.should_see("Hint 2 of 3")
