import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.recommend.chance import ordered_students, uniforms


def test_uniform_numbers_are_uniform_and_unlike():
    drawn = uniforms(0, 0, np.arange(2_000), 11)
    assert drawn.min() >= 0
    assert drawn.max() < 1
    assert len(np.unique(drawn)) == drawn.size
    assert drawn.mean(axis=0) == pytest.approx(0.5, abs=0.03)
    assert np.abs(np.corrcoef(drawn.T) - np.eye(11)).max() < 0.1


@settings(max_examples=30, deadline=None)
@given(
    seed=st.integers(0, 2**63),
    episode=st.integers(0, 10_000),
    students=st.lists(st.integers(0, 10**6), min_size=1, max_size=8),
)
def test_a_students_numbers_do_not_depend_on_who_else_takes_part_nor_on_how_many_are_drawn(seed, episode, students):
    together = uniforms(seed, episode, np.array(students), 5)
    for row, student in zip(together, students, strict=True):
        np.testing.assert_array_equal(uniforms(seed, episode, np.array([student]), 9)[0, :5], row)


def test_seeds_and_episodes_give_other_numbers():
    first, *others = (uniforms(*key, np.arange(4), 3) for key in ((0, 0), (0, 1), (1, 0), (1, 1)))
    assert all((first != other).all() for other in others)


@settings(max_examples=30, deadline=None)
@given(at_once=st.integers(1, 25), students=st.integers(1, 12), shuffle=st.booleans())
def test_every_pass_has_every_student_once(at_once, students, shuffle):
    rows = [ordered_students(3, episode, at_once, students, shuffle=shuffle) for episode in range(students)]
    passes = np.concatenate(rows).reshape(at_once, students)
    np.testing.assert_array_equal(np.sort(passes, axis=1), np.tile(np.arange(students), (at_once, 1)))
    if not shuffle:
        np.testing.assert_array_equal(passes[0], np.arange(students))


def test_passes_are_shuffled_each_its_own_way():
    one, other = (ordered_students(0, episode, 50, 50, shuffle=True) for episode in (0, 1))
    assert (one != np.arange(50)).any()
    assert (one != other).any()
