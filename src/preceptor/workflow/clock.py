"""The clock, handed in: the command line and the app read the real one, tests their own."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clock:
    """Two clocks.

    Args:
        now: UTC seconds since 1970.
        monotonic: Seconds that never go back, for durations.
    """

    now: Callable[[], float]
    monotonic: Callable[[], float]


def system_clock() -> Clock:
    """The machine's clocks."""
    return Clock(time.time, time.monotonic)
