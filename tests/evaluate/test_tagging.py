import numpy as np
import pytest

from preceptor.evaluate.tagging import TagScores, calibration_error, tag_figures


def test_figures_by_hand():
    confidences = np.array([[0.9, 0.05, 0.05, 0.0], [0.6, 0.3, 0.1, 0.0], [0.1, 0.2, 0.3, 0.4], [0.4, 0.3, 0.2, 0.1]])
    labels = np.eye(4, dtype=bool)[[0, 1, 0, 0]]
    others = {"backwards": confidences[:, ::-1]}
    found = tag_figures(TagScores(confidences, labels, 0.5), others, np.random.default_rng(0))
    ours, theirs = found["rows"]
    assert (ours["top1"]["mean"], ours["top3"]["mean"]) == (0.5, 0.75)
    assert (theirs["top1"]["mean"], theirs["top3"]["mean"]) == (0.25, 0.5)
    assert (theirs["gain1"]["mean"], theirs["gain3"]["mean"]) == (0.25, 0.25)
    assert "gain1" not in ours
    assert found["coverage"]["mean"] == 0.5
    assert found["precision"]["mean"] == 0.5
    assert found["confidence"]["right"]["mean"] == 0.5
    # Bins: .9 of which 1 is right, .6 of which none is, twice .4 of which one is.
    assert found["confidence"]["ece"] == pytest.approx((0.1 + 0.6 + abs(0.8 - 1)) / 4)


def test_calibration_error_by_hand():
    assert calibration_error(np.array([0.95, 0.95, 0.25, 0.25]), np.array([True, True, False, False])) == pytest.approx(
        (2 * 0.05 + 2 * 0.25) / 4
    )
    assert calibration_error(np.array([1.0, 1.0]), np.array([True, True])) == 0


def test_nothing_gone_by_has_no_precision():
    found = tag_figures(
        TagScores(np.full((5, 2), 0.4), np.eye(2, dtype=bool)[[0] * 5], 2.0), {}, np.random.default_rng(0)
    )
    assert found["precision"] is None
    assert found["coverage"]["mean"] == 0
