"""Answering in a real browser: putting in order without a mouse, and wide tables on a phone."""

import pytest

pytestmark = pytest.mark.browser


def skip_to(page, number):
    for _ in range(number):
        before = page.locator(".stem").inner_text()
        page.get_by_role("button", name="Skip").click()
        page.wait_for_function("text => document.querySelector('.stem')?.innerText !== text", arg=before)


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_an_order_is_made_with_the_keyboard_alone(open_page, screen):
    page = open_page(f"/student/{'s10' if screen == 'desktop' else 's11'}", screen)
    skip_to(page, 5)
    page.get_by_role("button", name="Move -1,5 up").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.getAttribute('aria-label') === 'Move -1,5 down'")
    assert page.get_by_label("Your answer").input_value() == "-1,5; 2; 1/2"
    page.get_by_role("button", name="Move 2 down").focus()
    page.keyboard.press("Space")
    page.wait_for_function("document.activeElement.getAttribute('aria-label') === 'Move 2 up'")
    assert page.get_by_label("Your answer").input_value() == "-1,5; 1/2; 2"
    for button in page.locator(".order-move").all():
        size = button.bounding_box()
        assert min(size["width"], size["height"]) >= 44
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.get_by_role("button", name="Check").click()
    page.get_by_text("That's right").wait_for()


def test_a_wide_table_scrolls_within_itself_on_a_phone(open_page):
    page = open_page("/student/s12", "phone")
    skip_to(page, 6)
    table = page.locator(".stem .formula-table")
    box = table.bounding_box()
    assert box["x"] + box["width"] <= 390
    assert table.evaluate("element => element.scrollWidth > element.clientWidth")
    assert table.evaluate("element => getComputedStyle(element).display") == "block"
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.locator(".stem").evaluate("element => element.scrollWidth <= element.clientWidth")
    assert table.locator("[role=row]").count() == 2
