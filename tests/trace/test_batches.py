import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.trace.batches import batches, padded_rows, windows

LENGTHS = st.lists(st.integers(0, 30), max_size=20)


def log_of(make_log, lengths):
    return make_log([[(0, 1)] * length for length in lengths])


@settings(deadline=None, derandomize=True, max_examples=60)
@given(LENGTHS, st.one_of(st.none(), st.integers(1, 12)), st.integers(1, 60), st.booleans())
def test_every_answer_is_in_exactly_one_batch_and_padding_is_bounded(make_log, lengths, longest, budget, shuffled):
    found = windows(log_of(make_log, lengths), longest)
    rng = np.random.default_rng(0) if shuffled else None
    seen = []
    for group in batches(found, budget, rng):
        rows, real = padded_rows(group)
        assert rows.size <= budget or len(group) == 1
        assert rows.shape == real.shape
        seen.extend(rows[real])
    assert sorted(seen) == list(range(sum(lengths)))


@settings(deadline=None, derandomize=True, max_examples=40)
@given(LENGTHS, st.integers(1, 12))
def test_a_window_stays_within_one_history_and_its_length(make_log, lengths, longest):
    log = log_of(make_log, lengths)
    for window in windows(log, longest):
        assert 1 <= window.length <= longest
        assert len(set(log.student[window.start : window.stop])) == 1


def test_histories_stay_whole_without_a_limit(make_log):
    assert [w.length for w in windows(log_of(make_log, [3, 0, 1, 25]))] == [3, 1, 25]


def test_rows_of_a_window_are_in_order_and_padding_stays_in_range(make_log):
    (group,) = batches(windows(log_of(make_log, [3, 1])), 100, None)
    rows, real = padded_rows(group)
    np.testing.assert_array_equal(rows, [[0, 1, 2], [3, 3, 3]])
    np.testing.assert_array_equal(real, [[True, True, True], [True, False, False]])


def test_windows_of_like_length_share_a_batch(make_log):
    found = windows(log_of(make_log, [1, 20] * 10))
    real = np.concatenate([padded_rows(group)[1].ravel() for group in batches(found, 40, None)])
    assert real.mean() == 1.0


def test_batches_are_shuffled_by_the_rng_alone(make_log):
    """exrec.md §7.1 item 15: there, neither students nor batches are shuffled."""
    found = windows(log_of(make_log, [5] * 40))

    def order(seed):
        return [w.start for group in batches(found, 20, np.random.default_rng(seed)) for w in group]

    assert order(1) == order(1)
    assert order(1) != order(2)
    assert sorted(order(1)) == sorted(order(2))


@pytest.mark.parametrize("seed", [None, 0])
def test_nothing_makes_no_batch(seed):
    assert list(batches([], 10, None if seed is None else np.random.default_rng(seed))) == []
