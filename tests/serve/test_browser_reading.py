"""The app in a real browser: every page fits, can be read, and has names for what can be pressed."""

import os
from itertools import product
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

IMAGES = Path(__file__).parents[2] / "docs" / "images"
SCREENS = ("desktop", "phone")
THEMES = ("light", "dark")
PAGES = {
    "start": "/",
    "practise": "/student/s1",
    "tutor": "/student/s2/tutor",
    "map": "/student/s3/map",
    "students": "/teacher",
    "class": "/teacher/class",
    "questions": "/teacher/questions",
    "concepts": "/teacher/concepts",
    "concept": "/teacher/concepts/k4",
}

# Contrast of every visible text with the nearest opaque background (WCAG 2.2, 1.4.3), worst first.
CONTRAST = """() => {
  const channel = (v) => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b);
  const parse = (text) => (text.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const ground = (el) => {
    for (let e = el; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  const worst = [];
  const walker = document.createTreeWalker(document.getElementById("app"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const el = walker.currentNode.parentElement, text = walker.currentNode.textContent.trim();
    if (!text || !el.checkVisibility() || el.closest(".sr-only, .sr-only-cell, svg, :disabled")) continue;
    const [a, b] = [light(parse(getComputedStyle(el).color)), light(ground(el))].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    if (ratio < 4.5) worst.push(`${ratio.toFixed(2)} ${el.className} ${text.slice(0, 30)}`);
  }
  return worst;
}"""


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("theme", THEMES)
def test_every_page_fits_and_can_be_read(open_page, screen, theme):
    for name, path in PAGES.items():
        page = open_page(path, screen, theme)
        prepare = PREPARED.get(name)
        if prepare:
            prepare(page)
        page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, name
        assert page.evaluate(CONTRAST) == [], name
        page.close()


def test_feedback_can_be_read_and_takes_the_focus(open_page):
    for i, (screen, theme) in enumerate(product(SCREENS, THEMES)):
        page = open_page(f"/student/s{21 + i}", screen, theme)
        page.get_by_label("Your answer").fill("3/8")
        page.get_by_label("Your answer").press("Enter")
        page.get_by_text("Not quite").wait_for()
        page.wait_for_function("document.activeElement.textContent === 'Next question'")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert page.evaluate(CONTRAST) == []


def test_every_control_has_a_name_and_every_page_one_heading(open_page):
    for path in PAGES.values():
        page = open_page(path)
        nameless = page.evaluate(
            """() => [...document.querySelectorAll("button, a, input, textarea, [role=img]")].filter((e) =>
                 e.checkVisibility() && !(e.getAttribute("aria-label") || e.textContent.trim() || e.labels?.length))
                 .map((e) => e.outerHTML.slice(0, 120))"""
        )
        assert nameless == [], path
        assert page.locator("h1, [role=heading][aria-level='1']").count() == 1, path
        page.close()


@pytest.mark.skipif(os.environ.get("PRECEPTOR_SCREENSHOTS") != "1", reason="only with PRECEPTOR_SCREENSHOTS=1")
def test_pictures_for_the_documentation(open_page, real_address):
    IMAGES.mkdir(parents=True, exist_ok=True)
    students = [f"s{number:04d}" for number in range(1, 5)]
    for student, (screen, theme) in zip(students, product(SCREENS, THEMES), strict=True):
        pages = {
            "practise": f"/student/{student}",
            "tutor": f"/student/{student}/tutor",
            "map": f"/student/{student}/map",
            "class": "/teacher/class",
        }
        for name, path in pages.items():
            page = open_page(path, screen, theme, base=real_address)
            if name == "practise":
                _answer_somehow(page)
            page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
            page.screenshot(path=IMAGES / f"{name}-{screen}-{theme}.png", animations="disabled")


@pytest.mark.skipif(os.environ.get("PRECEPTOR_SCREENSHOTS") != "1", reason="only with PRECEPTOR_SCREENSHOTS=1")
def test_pictures_of_the_review(open_page):
    for screen, theme in product(SCREENS, THEMES):
        page = open_page("/teacher/concepts/k4", screen, theme)
        page.screenshot(path=IMAGES / f"review-{screen}-{theme}.png", animations="disabled")


def _answer_somehow(page):
    """Give an answer of whatever kind is asked for; what could not be read is followed by the next."""
    if page.locator(".option").count():
        page.locator(".option").first.click()
    for answer in () if page.locator(".option").count() else ("5/8", "7", "9 cm", "9 dollars", "{3}"):
        if page.locator(".verdict").count():
            break
        page.get_by_label("Your answer").fill(answer)
        page.get_by_role("button", name="Check").click()
        page.wait_for_timeout(1_500)
    if not page.locator(".verdict").count() and not page.locator(".option").count():
        page.get_by_role("button", name="I don't know").click()
    page.locator(".verdict").wait_for()


def _type_an_answer(page):
    page.get_by_label("Your answer").fill("5/8")
    page.get_by_text("I read this as").wait_for()


def _say_something(page):
    message = page.get_by_label("Message to the tutor")
    message.fill("Is the whole eight eighths?")
    message.press("Enter")
    page.get_by_text("Two things to look at").last.wait_for()


def _open_the_editors(page):
    page.get_by_role("button", name="Split…").click()
    page.get_by_role("checkbox", name="Move this question").first.click()
    page.get_by_role("button", name="Move 1 question").wait_for()
    page.get_by_role("button", name="Move to…").first.click()
    page.get_by_role("button", name="Has both").wait_for()
    page.get_by_text("Steps (2)").first.click()
    page.locator("details[open]").get_by_role("button", name="Change the steps").click()
    page.get_by_label("Text of step 1").wait_for()


PREPARED = {"practise": _type_an_answer, "tutor": _say_something, "concept": _open_the_editors}
