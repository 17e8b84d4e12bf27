import asyncio


async def test_search_finds_by_words(user):
    await user.open("/teacher/questions")
    user.find(marker="search").type("Simpl")
    user.find(marker="search").type("ify")
    await asyncio.sleep(0.4)
    assert len(user.find(marker="question-row").elements) == 1
    user.find(marker="search").type("zzz")
    await user.should_see("No question found", retries=10)


async def test_exclude_with_a_reason_and_include_again(user, classroom):
    await user.open("/teacher/questions")
    await user.should_see("Excluded questions (0)")
    await user.should_see("Every question is served.")
    user.find(marker="exclude").click()
    await user.should_see("Excluded questions (1)", retries=10)
    assert classroom.out == {"q0": ""}
    await user.should_see("no reason given")
    user.find(marker="include").click()
    await user.should_see("Excluded questions (0)", retries=10)


async def test_a_report_can_be_read_and_acted_on(user, classroom, clock):
    classroom.report_key("s1", "q0", "<script>wrong</script>", clock.now - 2 * 86_400)
    await user.open("/teacher/questions")
    await user.should_see("Reports from students (1)")
    await user.should_see("&lt;script&gt;wrong&lt;/script&gt;")
    await user.should_see("2 days ago")
    user.find(marker="exclude").click()
    await user.should_see("Excluded questions (1)", retries=10)
    assert classroom.out == {"q0": "<script>wrong</script>"}
    await user.should_see("Reports from students (1)")


async def test_nothing_reported(user):
    await user.open("/teacher/questions")
    await user.should_see("Nobody has reported a question.")
