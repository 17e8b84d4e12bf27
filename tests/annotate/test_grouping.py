"""Questions of one mould and near-identical ones."""

import numpy as np
import pytest

from preceptor.annotate.grouping import Linkage, means, moulds


def test_questions_equal_up_to_numbers_are_of_one_mould():
    texts = ["Add 3 and 4.", "Add $1.5$ and 20.", "add 7 and  8.", "Add 12 and 1,000."]
    assert moulds(texts).tolist() == [0, 1, 0, 0]


def test_the_mean_of_a_group_has_length_one_and_silence_stays_silent():
    vectors = np.array([[1, 0], [0, 1], [0, 0]], dtype=np.float32)
    found = means(vectors, np.array([0, 0, 1]))
    assert np.linalg.norm(found, axis=1) == pytest.approx([1, 0])
    assert found[0] == pytest.approx([0.5**0.5] * 2)


def unit(*angles):
    return np.array([[np.cos(a), np.sin(a), 0] for a in angles], dtype=np.float32)


def test_near_groups_join_within_the_distance_and_are_the_broad_ones_where_few_have_copies():
    vectors = unit(0.0, 0.1, 0.7, 1.5, 2.4)
    found = Linkage(["a", "b", "c", "d", "e"], vectors).cut(near=0.01, broad=0.5)
    assert found.near.tolist() == [0, 0, 1, 2, 3]
    assert found.broad.tolist() == found.near.tolist()


def test_where_most_have_copies_broad_groups_reach_further_and_hold_whole_near_ones():
    vectors = unit(0.0, 0.1, 0.7, 0.8, 2.4)
    found = Linkage(["a", "b", "c", "d", "e"], vectors).cut(near=0.01, broad=0.3)
    assert found.near.tolist() == [0, 0, 1, 1, 2]
    assert found.broad.tolist() == [0, 0, 0, 0, 1]


def test_one_mould_is_one_group():
    found = Linkage(["Add 1.", "Add 2."], unit(0.0, 1.0)).cut(near=0.1, broad=0.5)
    assert found.near.tolist() == [0, 0]
