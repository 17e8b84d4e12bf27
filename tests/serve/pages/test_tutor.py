from dataclasses import replace


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
    await eventually(lambda: [said for name, said in classroom.calls if name == "tutor_say"] == expected)


async def test_opened_hints_are_still_there_later(user, classroom, monkeypatch):
    turn = replace(classroom.tutor_open("s1", 0.0), hints_opened=("What is a whole?",))
    monkeypatch.setattr(classroom, "tutor_open", lambda student_id, at_seconds: turn)
    await user.open("/student/s1/tutor")
    await user.should_see("What is a whole?")
    await user.should_see("Hint 2 of 3")
