"""Times and durations that can be read but hardly be meant."""

import numpy as np

from preceptor.domain import Log

LAST_TIME_SECONDS = 4_102_444_800.0
"""2100 as seconds since 1970; no answer was given later."""
_FIRST_DATE_SECONDS = 631_152_000.0  # 1990: smaller times count from the start of a set
_DAY, _HOUR = 86_400.0, 3_600.0


def doubtful(log: Log, now_seconds: float) -> tuple[str, ...]:
    """What a reader's user should look at, a sentence each.

    Args:
        log: What was read.
        now_seconds: The time of the import, seconds since 1970.
    """
    time, duration = (column[np.isfinite(column)] for column in (log.time_seconds, log.duration_seconds))
    said = []
    if len(time) and time.max() < _FIRST_DATE_SECONDS:
        said.append(
            "The times are seconds since the start of the data set, not since 1970: the time between answers is right, "
            "dates are not. If they are not seconds, forgetting will be wrong: convert them first."
        )
    later = int((time > now_seconds + _DAY).sum())
    if later:
        count = f"{later:,} of {len(time):,} answers"
        said.append(f"{count} have a time in the future: check the unit and the clock of the times.")
    if len(duration) and np.median(duration) > _HOUR:
        said.append(
            f"Half of the answers took more than {np.median(duration) / _HOUR:,.0f} h: durations are read as seconds; "
            "if they are milliseconds, divide them by 1,000 first."
        )
    return tuple(said)
