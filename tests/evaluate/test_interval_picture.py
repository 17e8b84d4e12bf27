"""Pictures with intervals: whole SVG, names escaped, every point where its value is."""

import xml.etree.ElementTree as ET

import pytest

from preceptor.evaluate.interval_picture import Point, lines_picture, rows_picture

SVG = "{http://www.w3.org/2000/svg}"


def dots(drawn):
    return [(float(one.get("cx")), float(one.get("cy"))) for one in ET.fromstring(drawn).iter(f"{SVG}circle")]


def test_rows_stand_by_their_values():
    drawn = rows_picture(
        "A & B", "percent", {"<one>": Point(-10, -20, 0), "two": Point(10, 5, 15), "three": Point(0, 0, 0)}
    )
    (first, _), (second, _), (third, _) = dots(drawn)
    assert third - first == pytest.approx(second - third, abs=0.3)
    assert "&lt;one&gt;" in drawn
    assert "two: 10.00 (5.00 to 15.00)" in drawn


def test_lines_rise_with_their_values_and_are_named():
    lines = {"tasa": {0: Point(0, -1, 1), 2: Point(5, 3, 7)}, "none": {0: Point(0, 0, 0), 2: Point(0, 0, 0)}}
    drawn = lines_picture("Turns", "turns", "points", lines)
    (_, start), (_, end), *_ = dots(drawn)
    assert end < start
    texts = [one.text for one in ET.fromstring(drawn).iter(f"{SVG}text")]
    assert {"tasa", "none", "turns", "points"} <= set(texts)


def test_nothing_but_zeros_can_be_drawn():
    assert ET.fromstring(rows_picture("Zero", "percent", {"a": Point(0, 0, 0)})) is not None
