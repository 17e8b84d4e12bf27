import numpy as np
import pytest

from preceptor.data import doubtful
from preceptor.domain import Log, UserError

NOW, DAY = 1_700_000_000.0, 86_400.0


def log_of(times, durations):
    n = len(times)
    return Log.of(
        ["s"], ["q"], student=np.zeros(n), question=np.zeros(n), correct=np.ones(n), event_id=np.full(n, b"x"),
        revision=np.full(n, b"r"), time_seconds=np.array(times), duration_seconds=np.array(durations),
    )  # fmt: skip


def test_plain_times_and_durations_raise_no_doubt():
    assert doubtful(log_of([NOW - DAY, NOW, np.nan], [20.0, 90_000.0, 30.0]), NOW) == ()
    assert doubtful(log_of([np.nan], [np.nan]), NOW) == ()


@pytest.mark.parametrize(
    ("times", "durations", "said"),
    [
        ([0.0, 5e6], [np.nan, np.nan], "since the start of the data set"),
        ([NOW, NOW + 2 * DAY], [np.nan, np.nan], "1 of 2 answers have a time in the future"),
        ([NOW, NOW], [20_000.0, 36_000.0], "more than 8 h"),
    ],
)
def test_what_can_hardly_be_meant_is_told(times, durations, said):
    (sentence,) = doubtful(log_of(times, durations), NOW)
    assert said in sentence


@pytest.mark.parametrize(("cell", "unit"), [("1700000000000000", None), ("1700000000000", "s")])
def test_a_time_after_2100_is_refused(read_table, cell, unit):
    with pytest.raises(UserError, match="lies after 2100"):
        read_table(f"student,question,correct,time\nann,q1,1,{cell}\n", time_unit=unit)
