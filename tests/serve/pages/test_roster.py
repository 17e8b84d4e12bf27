def names(user):
    links = [e for e in user.client.elements.values() if str(e.props.get("href", "")).endswith("/map")]
    return [link.text for link in sorted(links, key=lambda link: link.id)]


async def test_the_list_is_sorted_by_name_and_paged(user):
    await user.open("/teacher")
    await user.should_see("Mathematics, grades 4–7 · 40 students")
    assert names(user)[:2] == ["Amina A.", "Amina C."]
    assert len(names(user)) == 25
    user.find(marker="page-more").click()
    await user.should_see("26–40 of 40", retries=10)
    assert len(names(user)) == 15
    user.find(marker="page-back").click()
    await user.should_see("1–25 of 40", retries=10)


async def test_any_column_sorts_both_ways(user):
    await user.open("/teacher")
    for column, name in enumerate(["Answers", "Recall", "Reviews due", "Weakest concept", "Last active"], start=1):
        user.find(marker=f"sort-{column}").click()
        await user.should_see(f"{name} ↑", retries=10)
    user.find(marker="sort-2").click()
    await user.should_see("Recall ↑", retries=10)
    lowest = names(user)[0]
    user.find(marker="sort-2").click()
    await user.should_see("Recall ↓", retries=10)
    assert lowest == "Amina A."
    assert names(user)[0] != lowest


async def test_search_by_name_or_concept(user):
    await user.open("/teacher")
    user.find(marker="search").type("clara")
    await user.should_see("Clara C.")
    assert {name.split()[0] for name in names(user)} == {"Clara"}
    user.find(marker="search").type("zzz")
    await user.should_see("Nobody found")


async def test_rename_changes_the_display_name_only(user, classroom, eventually):
    await user.open("/teacher")
    user.find(marker="rename").click()
    await user.should_see(marker="new-name", retries=10)
    box = user.find(marker="new-name")
    box.clear().type("Ada <b>")
    user.find(marker="save-name").click()
    await eventually(lambda: "Ada <b>" in names(user))
    assert classroom.people["s0"].name == "Ada <b>"


async def test_an_empty_name_is_refused_kindly(user, classroom):
    await user.open("/teacher")
    user.find(marker="rename").click()
    await user.should_see(marker="new-name", retries=10)
    user.find(marker="new-name").clear().trigger("keydown.enter")
    await user.should_see("The name is empty.", retries=10)
    assert classroom.people["s0"].name == "Amina A."


async def test_the_file_is_a_plain_link(user):
    await user.open("/teacher")
    (link,) = user.find("Download CSV").elements
    assert link.props["href"] == "/teacher/students.csv"


async def test_a_class_without_students(user, classroom):
    classroom.people.clear()
    await user.open("/teacher")
    await user.should_see("No students yet")


async def test_every_page_says_at_its_foot_which_course_it_is(user):
    for path in ("/", "/teacher", "/teacher/class", "/student/s01", "/student/s01/map", "/student/s01/tutor"):
        await user.open(path)
        (foot,) = [e for e in user.client.elements.values() if e.tag == "footer"]
        (course,) = foot.default_slot.children
        assert "Mathematics, grades 4–7" in course.content, path
