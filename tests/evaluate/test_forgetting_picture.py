"""The picture shows what it was given, and nothing falls outside it."""

import re
from xml.etree import ElementTree

import pytest

from preceptor.evaluate.forgetting_picture import HEIGHT, TOP, Bias, calibration_picture

BUCKETS = ("< 1 h", "more")


def drawn(**series):
    return calibration_picture("Cal & gap", BUCKETS, series)


def dots(picture):
    return [float(y) for y in re.findall(r'cy="([\d.]+)" r="5" style="fill:#\w+"/>$', picture, re.MULTILINE)]


def test_it_is_well_formed_and_names_everything():
    picture = drawn(alone=[Bias(0.01, -0.01, 0.03), Bias(0.09, 0.05, 0.12)])
    text = "".join(ElementTree.fromstring(picture).itertext())
    assert all(word in text for word in ("Cal & gap", "alone", *BUCKETS))


def test_what_is_predicted_too_high_stands_higher_up():
    ys = dots(drawn(alone=[Bias(0.0, -0.01, 0.01), Bias(0.05, 0.0, 0.1)]))
    assert ys[-1] < ys[-2]


@pytest.mark.parametrize("end", [0.001, 0.019, 0.3, 0.9])
def test_intervals_stay_inside(end):
    picture = drawn(alone=[Bias(0.0, -end, end), Bias(0.0, -end, end)])
    lines = [float(y) for y in re.findall(r'y[12]="([\d.]+)"', picture)]
    assert min(lines) >= TOP - 0.1
    assert max(lines) <= HEIGHT
