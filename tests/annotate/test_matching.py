"""Nearest names: what is near to everything is no label."""

import numpy as np
import pytest

from preceptor.annotate.matching import matches, nearest_by_words, similarities
from preceptor.embed.words import lexical_similarities

FLAT = (0.0, 0.0, 0.0)


def test_a_hub_loses_what_it_has_for_everybody():
    rng = np.random.default_rng(0)
    own = np.eye(4, dtype=np.float32)
    vectors = 0.6 * own + 0.7
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    hub = np.full((1, 4), 0.5, dtype=np.float32)
    names = np.vstack([own, hub])
    assert (np.argmax(vectors @ names.T, axis=1) == 4).all()
    many = np.repeat(vectors, 20, axis=0) + 1e-4 * rng.normal(size=(80, 4))
    found = similarities(many, names, np.zeros((80, 5)))
    assert (found[:, 4] < (many @ names.T)[:, 4]).all()
    assert found[:, 4].mean() == pytest.approx((many @ names.T)[:, 4].mean() / 2, rel=0.01)


def test_matches_rank_share_and_agreement_by_hand():
    similarity = np.array([[0.9, 0.1, 0.0, 0.2], [0.8, 0.1, 0.3, 0.0], [0.0, 0.1, 0.7, 0.2]])
    vectors = np.eye(3, dtype=np.float32)
    found = matches(similarity, vectors, (0.0, 1.0, 0.0))
    assert found.concept[:, 0].tolist() == [0, 0, 2]
    assert found.concept[0].tolist() == [0, 3, 1]
    assert found.margin == pytest.approx([0.7, 0.5, 0.5])
    assert found.agreement == pytest.approx([0.5, 0.5, 0.0])
    plain = 1 / (1 + np.exp(-np.array([0.5, 0.5, 0.0])))
    assert found.confidence == pytest.approx(0.5 + (plain - 0.5) * (1 + 2 / 10) / 2), "two neighbours of ten"
    spread = 0.8 * similarity.std()
    assert found.share[0] == pytest.approx(
        1 / (np.exp((similarity[0] - 0.9) / spread).sum() + np.exp((0.1 - 0.9) / spread))
    )


def test_one_name_and_one_row_are_enough():
    found = matches(np.array([[0.3]]), np.eye(1, dtype=np.float32), FLAT)
    assert found.concept.tolist() == [[0]]
    assert found.margin.tolist() == [0]
    assert found.confidence.tolist() == [0.5]


def test_a_name_that_shares_nothing_is_never_sure():
    found = matches(np.zeros((5, 2)), np.ones((5, 1), dtype=np.float32), (-2.76, 2.38, 6.37))
    assert (found.confidence < 0.5).all()


def test_words_find_the_name_that_shares_them():
    names = ("area of a rectangle", "mean of numbers", "volume of a box")
    texts = ["the mean of these numbers", "the volume of this box"]
    assert nearest_by_words(texts, names)[:, 0].tolist() == [1, 2]
    assert not lexical_similarities(["", "?"], ["!"]).any()


@pytest.mark.parametrize("rows", [1, 2, 3, 5, 11, 40])
def test_few_neighbours_make_nobody_certain_and_change_no_decision(rows):
    rng = np.random.default_rng(rows)
    similarity = np.where(rng.random((rows, 6)) < 0.5, 0.0, 0.02)
    similarity[:, 0] = 0.9
    found = matches(similarity, np.ones((rows, 1), dtype=np.float32), (-2.76, 2.38, 6.37))
    plain = 1 / (1 + np.exp(-(-2.76 + 2.38 * found.agreement + 6.37 * found.share)))
    assert found.neighbours == min(10, rows - 1)
    assert (plain > 0.5).all()
    assert ((found.confidence > 0.5) & (found.confidence <= plain)).all()
    assert found.confidence.max() <= 0.5 + 0.5 * (10 + found.neighbours) / 20
    if rows <= 5:
        assert found.confidence.max() < 0.9
    else:
        assert found.confidence == pytest.approx(plain)
