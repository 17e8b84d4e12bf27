from preceptor.serve.elements import Press


def row(user, number):
    (element,) = user.find(marker=f"order-{number}").elements
    return element


def typed(user):
    (element,) = user.find(marker="answer").elements
    return element.value


def labels(user):
    with user:
        return [b.props["aria-label"] for b in user.find(Press).elements if "order-move" in b.classes]


async def test_items_are_moved_with_buttons_and_fill_the_field(user, classroom, eventually):
    classroom.people["s1"].position = 5
    await user.open("/student/s1")
    await user.should_see("Bringe alles in die richtige Reihenfolge")
    await user.should_not_see(marker="up-1")
    await user.should_not_see(marker="down-3")
    assert set(labels(user)) == {"Move 2 down", "Move -1,5 up", "Move -1,5 down", "Move 1/2 up"}
    user.find(marker="down-1").click()
    await eventually(lambda: typed(user) == "-1,5; 2; 1/2")
    user.find(marker="up-3").click()
    await eventually(lambda: typed(user) == "-1,5; 1/2; 2")
    assert set(labels(user)) == {"Move -1,5 down", "Move 1/2 up", "Move 1/2 down", "Move 2 up"}
    user.find(marker="check").click()
    await user.should_see("That's right", retries=10)


async def test_an_order_may_be_typed(user, classroom):
    classroom.people["s1"].position = 5
    await user.open("/student/s1")
    user.find(marker="answer").type("-1,5; 1/2; 2")
    user.find(marker="check").click()
    await user.should_see("That's right", retries=10)


async def test_the_answer_is_shown_as_it_was_read_for_this_question(user, classroom):
    classroom.people["s1"].position = 6
    await user.open("/student/s1")
    await user.should_see("Give a number with its unit.")
    user.find(marker="answer").type("45 minutes")
    user.find(marker="check").click()
    await user.should_see("That's right", retries=10)
    assert ("preview", ("45 minutes", "q6")) in classroom.calls
