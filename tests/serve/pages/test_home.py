from nicegui import ui


async def test_a_newcomer_answers_within_two_clicks(user, classroom):
    await user.open("/")
    await user.should_see("I'm new here")
    user.find(marker="start").click()
    await user.should_see(marker="answer")
    user.find(marker="answer").type("5/8")
    user.find(marker="check").click()
    await user.should_see("That's right", retries=10)
    assert classroom.people["new40"].name == "New student"
    assert classroom.people["new40"].sitting.answered == 1


async def test_a_hostile_name_is_only_text(user, classroom):
    await user.open("/")
    user.find(ui.input).type("<script>alert(1)</script>")
    user.find(marker="start").click()
    await user.should_see(marker="answer")
    client = await user.open("/teacher")
    assert "<script>alert(1)</script>" not in "".join(
        str(element.props.get("innerHTML", "")) for element in client.elements.values()
    )
    assert "<script>alert(1)" not in client.build_response(client.request).body.decode()


async def test_known_students_continue_where_they_are(user, classroom):
    rows = sorted(classroom.roster(0.0), key=lambda row: row.last_active_days or 99.0)
    await user.open("/")
    await user.should_see(rows[0].display_name)
    await user.should_not_see(rows[-1].display_name)
    await user.should_see("34 more students in ")
    user.find(marker="student-card").click()
    await user.should_see("Question 1 of 5")


async def test_an_empty_class_shows_only_the_two_doors(user, classroom):
    classroom.people.clear()
    await user.open("/")
    await user.should_not_see("Continue as")
    await user.should_see("Open the class")
