import xml.etree.ElementTree as ET

import pytest

from preceptor.serve.charts import Cell, arrows, forecast_chart, forecast_text, recall_at

FALLING = tuple((float(day), 0.9 - 0.01 * day) for day in range(0, 31, 5))


def test_recall_between_two_points_is_linear():
    assert recall_at(FALLING, 7) == pytest.approx(0.83)
    assert recall_at(FALLING, 31) is None
    assert recall_at((), 0) is None
    assert recall_at(((0.0, 0.4),), 0) == 0.4


def test_the_chart_says_in_words_what_it_draws():
    told = forecast_text(FALLING)
    assert told == "Recall without practice: 90\xa0% now, 83\xa0% in 7 days, 60\xa0% in 30 days."
    svg = ET.fromstring(forecast_chart(FALLING))
    assert svg.attrib["role"] == "img"
    assert svg.attrib["aria-label"] == told
    assert len(svg.findall("circle")) == 3


def test_a_falling_forecast_falls_on_the_screen():
    line = ET.fromstring(forecast_chart(FALLING)).find("polyline").attrib["points"]
    heights = [float(point.split(",")[1]) for point in line.split()]
    assert heights == sorted(heights)
    assert heights[0] < heights[-1]


def test_no_forecast_is_an_empty_chart():
    assert ET.fromstring(forecast_chart(())).attrib["aria-label"] == "There is no forecast."


def test_links_of_the_chosen_concept_only():
    cells = {"a": Cell(0, 0), "b": Cell(1, 0), "c": Cell(1, 1), "d": Cell(0, 1)}
    needs = {"b": ("a",), "c": ("b", "elsewhere"), "d": ("a",), "a": ()}
    drawn = {name: len(ET.fromstring(arrows(cells, needs, name, 2)).findall("path")) for name in cells}
    assert drawn == {"a": 2, "b": 2, "c": 1, "d": 1}
    backward = arrows(cells, {"a": ("b",)}, "a", 2)
    assert 'd="M1.06 0.5' in backward
