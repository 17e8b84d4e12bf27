"""The tutor's page in a real browser: the keyboard, the end of the log, a phone, and nothing hostile that runs."""

import pytest

pytestmark = pytest.mark.browser
AT_END = """() => {
    const log = document.querySelector('[role=log]');
    return log.scrollTop + log.clientHeight > log.scrollHeight - 4;
}"""
IN_VIEW = """selector => {
    const box = document.querySelector(selector).getBoundingClientRect();
    return box.top >= -1 && box.top < 120;
}"""


def said(page):
    """How many messages there are, once no reply is coming."""
    page.wait_for_selector(".message[aria-busy]", state="detached")
    return page.locator(".message").count()


def test_enter_sends_the_message_and_not_the_answer_beside_it(open_page):
    page = open_page("/student/s13/tutor")
    page.get_by_label("Your answer").fill("3/")
    page.get_by_label("Message to the tutor").fill("What is a whole?")
    page.keyboard.press("Enter")
    page.get_by_text("Two things to look at").wait_for()
    assert said(page) == 3
    assert page.get_by_label("Your answer").input_value() == "3/"
    page.get_by_label("Your answer").fill("5/8")
    page.keyboard.press("Enter")
    page.get_by_text("1 of 1 point").wait_for()
    page.wait_for_function("document.activeElement.matches('.option, .answer-field input, body')")


def test_what_is_typed_before_the_server_listens_arrives_in_its_order(open_page):
    """Defect: on a slow connection the answer could be checked before it had arrived; Enter seemed to fail."""
    page = open_page("/student/s38")
    page.evaluate("window.did_handshake = false")
    page.get_by_label("Your answer").fill("3/8")
    page.get_by_label("Your answer").press("Enter")
    page.wait_for_timeout(100)
    assert not page.get_by_text("Not quite").count()
    page.evaluate("window.did_handshake = true")
    page.get_by_text("Not quite").wait_for()


def test_whoever_types_keeps_the_focus(open_page):
    """Defect: a field that came late took the focus in the middle of a word."""
    page = open_page("/student/s37/tutor")
    arrive = """async () => {
      document.querySelector("main").insertAdjacentHTML("beforeend", "<input data-autofocus aria-label='New'>");
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      return document.activeElement.getAttribute("aria-label");
    }"""
    page.get_by_label("Message to the tutor").fill("What is")
    assert page.evaluate(arrive) != "New"
    page.get_by_label("Message to the tutor").fill("")
    assert page.evaluate(arrive) == "New"


def test_a_session_is_held_with_the_keyboard_and_ends_with_its_summary(open_page):
    page = open_page("/student/s14/tutor")
    for number in range(1, 6):
        page.get_by_text(f"Question {number} of 5").wait_for()
        page.get_by_label("Message to the tutor").fill("3/8")
        page.keyboard.press("Enter")
        page.get_by_text(f"0 of {number} point").wait_for()
    page.get_by_role("heading", name="Session finished").wait_for()
    page.wait_for_function("document.activeElement.matches('.session-end h2')")
    page.keyboard.press("Enter")
    page.get_by_text("Question 1 of 5").wait_for()


def test_a_grade_is_contested_and_the_score_follows(open_page):
    page = open_page("/student/s15/tutor", theme="dark")
    page.get_by_label("Message to the tutor").fill("3/8")
    page.keyboard.press("Enter")
    page.get_by_text("0 of 1 point").wait_for()
    page.locator("summary", has_text="I think I was right").click()
    page.get_by_role("button", name="Check it again").click()
    page.get_by_text("Counts as right now").wait_for()
    page.get_by_text("1 of 1 point").wait_for()
    assert page.locator(".contest").count() == 0


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_the_last_words_are_in_view_also_after_a_reload(open_page, screen):
    page = open_page(f"/student/{'s16' if screen == 'desktop' else 's17'}/tutor", screen)
    for number in range(3, 12, 2):
        page.get_by_label("Message to the tutor").fill("What is a whole?")
        page.keyboard.press("Enter")
        page.wait_for_function("n => document.querySelectorAll('.message').length >= n", arg=number)
        said(page)
    page.wait_for_function(AT_END)
    page.reload()
    page.wait_for_selector("main[data-ready]")
    page.wait_for_function(AT_END)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_on_a_phone_the_reply_comes_into_view_and_the_question_is_one_tap_away(open_page):
    page = open_page("/student/s18/tutor", "phone")
    page.get_by_role("button", name="I don't know").tap()
    said(page)
    page.wait_for_function(IN_VIEW, arg=".talk")
    page.get_by_role("button", name="To the question").tap()
    page.wait_for_function(IN_VIEW, arg="#question")


def test_what_is_hostile_stays_text(open_page):
    page = open_page("/student/s19/tutor")
    page.get_by_label("Message to the tutor").fill("<img src=x onerror=document.title='hit'>")
    page.keyboard.press("Enter")
    page.get_by_text("Two things to look at").wait_for()
    page.get_by_label("Message to the tutor").fill("echo")
    page.keyboard.press("Enter")
    page.get_by_text("<script>alert(1)</script>").wait_for()
    assert page.locator(".message img, .message script, .message a").count() == 0
    assert page.title().startswith("Tutor")
