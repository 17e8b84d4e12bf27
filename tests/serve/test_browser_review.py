"""The review in a real browser."""

import pytest

pytestmark = pytest.mark.browser


def test_two_concepts_are_merged_and_the_merge_is_undone(open_page):
    page = open_page("/teacher/concepts")
    rows = page.locator("tbody tr")
    before = rows.count()
    page.get_by_role("link", name="Decimal notation").click()
    page.get_by_role("heading", level=1, name="Decimal notation").wait_for()
    merge = page.get_by_label("Merge with")
    merge.fill("Decimal addition")
    assert merge.evaluate("field => field.list.options.length") == before
    page.get_by_role("button", name="Merge", exact=True).click()
    page.get_by_role("heading", level=1, name="Decimal addition").wait_for()
    page.get_by_text("“Decimal notation” was merged into “Decimal addition”").wait_for()
    page.get_by_role("link", name="All concepts").click()
    page.get_by_role("heading", level=1, name="Concepts").wait_for()
    assert rows.count() == before - 1
    page.get_by_role("button", name="Undo").first.click()
    page.get_by_role("link", name="Decimal notation").wait_for()
    assert rows.count() == before
    assert page.get_by_text("was merged into").count() == 0


def test_labels_are_judged_with_the_keyboard_and_typing_elsewhere_stays(open_page):
    page = open_page("/teacher/concepts/k10")
    cards = page.locator("article")
    cards.nth(2).get_by_role("button", name="Move to…").click()
    cards.nth(2).get_by_label("Its concept").fill("Decimal")
    cards.nth(0).get_by_role("button", name="Right").press("Enter")
    cards.nth(0).get_by_text("Checked").wait_for()
    page.wait_for_function("document.activeElement === document.querySelectorAll('article')[1].querySelector('button')")
    page.keyboard.press("Enter")
    cards.nth(1).get_by_text("Checked").wait_for()
    assert cards.nth(2).get_by_label("Its concept").input_value() == "Decimal"
    for _ in range(2):
        page.get_by_role("button", name="Undo").first.click()
        page.wait_for_timeout(300)


CONTRAST = """
button => {
  const channel = value => (value /= 255) <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const light = text => text.match(/[0-9.]+/g).slice(0, 3).map(Number).map(channel)
    .reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0);
  const own = light(getComputedStyle(button).color);
  const behind = light(getComputedStyle(button.closest('.q-notification')).backgroundColor);
  return (Math.max(own, behind) + 0.05) / (Math.min(own, behind) + 0.05);
}
"""


def test_the_button_of_a_notice_can_be_read(open_page):
    page = open_page("/teacher/concepts")
    page.get_by_role("button", name="Use these labels").click()
    button = page.locator(".q-notification button")
    button.wait_for()
    assert button.evaluate(CONTRAST) >= 4.5
