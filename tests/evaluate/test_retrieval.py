import numpy as np
import pytest

from preceptor.embed.retrieval import Retrieval
from preceptor.evaluate import retrieval_gain


def test_figures_are_ratios_of_sums_and_the_gain_is_paired():
    rng = np.random.default_rng(0)
    wanted = rng.integers(1, 9, size=200)
    before = rng.binomial(wanted, 0.3)
    found = retrieval_gain(Retrieval(before, wanted), Retrieval(np.minimum(before + 1, wanted), wanted), rng)
    assert found["concepts"] == 200
    assert found["questions"] == wanted.sum()
    assert found["before"]["mean"] == pytest.approx(before.sum() / wanted.sum())
    assert found["gain"]["mean"] == pytest.approx(found["after"]["mean"] - found["before"]["mean"])
    width = {name: np.ptp(found[name]["ci95"]) for name in ("before", "gain")}
    assert width["gain"] < width["before"] / 2  # every concept gained one hit: hardly any chance in that
    assert found["gain"]["ci95"][0] > 0


def test_the_interval_is_that_of_a_ratio_of_means():
    """For hits that are a share of 0.3 of 4 wanted, the standard error is √(0.3 · 0.7 / (4 · 400))."""
    rng = np.random.default_rng(1)
    hits = rng.binomial(4, 0.3, size=400)
    found = retrieval_gain(Retrieval(hits, np.full(400, 4)), Retrieval(hits, np.full(400, 4)), rng)
    assert found["before"]["sd"] == pytest.approx(np.sqrt(0.3 * 0.7 / 1_600), rel=0.12)
    assert found["gain"] == {"mean": 0.0, "sd": 0.0, "ci95": (0.0, 0.0)}
