import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from preceptor.forgetting.figure import LINES, MASTERIES, PANEL_HEIGHT, score_picture

PICTURE = Path(__file__).parents[2] / "docs" / "images" / "forgetting-scores.svg"


def test_the_picture_in_the_docs_is_the_one_that_is_drawn():
    assert PICTURE.read_text(encoding="utf-8") == score_picture()


def test_every_line_stands_in_every_panel():
    root = ElementTree.fromstring(score_picture())
    assert len(root.findall(".//{*}polyline")) == len(LINES) * len(MASTERIES)


@pytest.mark.parametrize(("panel", "mastery"), list(enumerate(MASTERIES)))
def test_the_lines_end_where_their_formulas_do(panel, mastery):
    """After ten time constants, and at once: 1 − s and 0 for eq. 15, the rest near 1, near 1 and near s."""
    shown = re.findall(r'points="([^"]*)"', score_picture())[4 * panel : 4 * panel + 4]
    drawn = [
        [1 - float(point.split(",")[1]) / PANEL_HEIGHT for point in (line.split()[0], line.split()[-1])]
        for line in shown
    ]
    forgotten = mastery * (1 - np.exp(-10))
    expected = [
        [1 - mastery, 1 - mastery * np.exp(-10)],
        [1 - mastery, 1 - mastery / 11],
        [0, (1 - mastery) * 10 / 11],
        [0, forgotten],
    ]
    np.testing.assert_allclose(drawn, expected, atol=1e-3)
