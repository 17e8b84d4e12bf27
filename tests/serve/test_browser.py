"""The app in a real browser: whole sittings, clicks and themes."""

import pytest

pytestmark = pytest.mark.browser


def test_a_whole_sitting_with_the_keyboard_alone(open_page):
    page = open_page("/")
    page.get_by_label("Your name").focus()
    page.keyboard.type("Robin")
    page.keyboard.press("Enter")
    page.get_by_text("Question 1 of 5").wait_for()
    page.keyboard.press("h")
    page.get_by_text("What is a whole, written in eighths?").wait_for()
    page.keyboard.type("5/8")
    page.get_by_text("I read this as").wait_for()
    page.keyboard.press("Enter")
    page.get_by_text("That's right").wait_for()
    page.keyboard.press("Enter")
    page.get_by_text("Question 2 of 5").wait_for()
    for number, (keys, told) in enumerate(
        [("2", "Not quite"), ("5x-3", "That's right"), ("7", "Not quite"), ("3", "Not quite")], start=2
    ):
        page.get_by_text(f"Question {number} of 5").wait_for()
        page.get_by_text("I don't know").wait_for()
        typed = not page.locator(".option").count()
        if typed:
            page.wait_for_function("document.activeElement.matches('input')")
        page.keyboard.type(f"{keys}\n" if typed else keys)
        page.get_by_text(told).wait_for()
        page.wait_for_function("document.activeElement.matches('.primary')")
        page.keyboard.press("Enter")
    page.get_by_text("You answered 5 questions and earned 2 of 5 points.").wait_for()
    assert page.get_by_role("heading", name="Reviews due").is_visible()


@pytest.mark.slow
def test_a_whole_sitting_on_a_real_course(open_page, real_address):
    page = open_page("/", "phone", base=real_address)
    page.get_by_role("button", name="Start").click()
    for number in range(1, 11):
        page.get_by_text(f"Question {number} of 10").wait_for()
        page.get_by_role("button", name="I don't know").wait_for()
        _answer_somehow(page)
        assert page.locator(".formula-text").count() == 0
        page.locator("[data-key=Enter]").click()
    page.get_by_text("You answered 10 questions").wait_for()
    student = page.url.rsplit("/", 1)[1]
    for path, told in ((f"/student/{student}/tutor", "Tutor"), (f"/student/{student}/map", "Grade 5")):
        page.goto(f"{real_address}{path}")
        page.get_by_text(told).first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_double_click_is_one_answer(open_page):
    page = open_page("/student/s20")
    page.get_by_label("Your answer").fill("5/8")
    page.get_by_role("button", name="Check").dblclick()
    page.get_by_text("That's right").wait_for()
    page.reload()
    page.get_by_text("Question 2 of 5").wait_for()


def test_the_theme_follows_the_system_and_can_be_chosen(open_page):
    page = open_page("/", theme="dark")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.get_by_role("button", name="Light or dark").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    page.reload()
    page.wait_for_selector("main[data-ready]")
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    assert page.evaluate("document.body.classList.contains('body--dark')") is False
    page.evaluate("localStorage.clear()")


def _answer_somehow(page):
    if page.locator(".option").count():
        page.locator(".option").first.click()
    else:
        with_unit = page.get_by_text("Give a number with its unit.").count()
        page.get_by_label("Your answer").fill("3 m" if with_unit else "3/4")
        page.get_by_role("button", name="Check").click()
    page.locator(".verdict").wait_for()


def test_the_last_sitting_is_drawn_and_fits_a_phone(open_page):
    page = open_page("/student/s4/map", "phone")
    page.locator("summary", has_text="Last sitting").click()
    page.locator(".path-scroll polyline").first.wait_for(state="attached")
    assert page.locator(".path-scroll polyline").count() == 2
    assert page.locator(".path-scroll title").first.text_content() == "What was asked, and how recall went"
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
