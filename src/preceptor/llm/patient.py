"""A language model that is asked politely: not too often, not too many at once, and again later if it is busy."""

import math
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from preceptor.domain import UserError
from preceptor.llm.contract import Failure, FailureKind, LanguageModel, Reply, Request


@dataclass(frozen=True, slots=True)
class Patience:
    """How to ask.

    Args:
        concurrency: Requests under way at the same time.
        requests_per_minute: Requests begun in a minute at most; None for no limit.
        tries: Requests in all before a passing failure counts as one.
        first_wait_seconds: Wait before the second try; it doubles from try to try.
        longest_wait_seconds: No wait is longer. A server that asks for more is not waited for.
        gives_up_after: Requests in a row that found nobody or a shut door, after which the model counts as gone: no
            more are sent.
    """

    concurrency: int = 4
    requests_per_minute: float | None = None
    tries: int = 5
    first_wait_seconds: float = 1.0
    longest_wait_seconds: float = 120.0
    gives_up_after: int = 8

    def __post_init__(self) -> None:
        """Refuse what asks nothing."""
        if self.concurrency < 1:
            raise UserError(f"--concurrency is {self.concurrency}.", allowed="1 or more")
        rate = self.requests_per_minute
        if rate is not None and not (math.isfinite(rate) and rate > 0):
            raise UserError(f"--requests-per-minute is {rate:g}.", allowed="more than 0")


class PatientModel:
    """Wraps a model with concurrency and rate limits, and with exponential back-off with jitter.

    The n-th wait is w = min(longest, first · 2^(n−1)) · (1 + u)/2 with u uniform on [0, 1), and at least what the
    server asks for. A wait that a server asks for holds back all threads, not only the one that was told.

    Args:
        model: What answers.
        patience: How to ask.
        monotonic: Seconds that never go back.
        sleep: Waits so many seconds.
        uniform: Gives the next random number in [0, 1).

    Attributes:
        sent: Number of requests sent, repeated ones included.
        passing: Failures after which a request was sent again, by kind.
    """

    def __init__(
        self,
        model: LanguageModel,
        patience: Patience,
        *,
        monotonic: Callable[[], float],
        sleep: Callable[[float], None],
        uniform: Callable[[], float],
    ) -> None:
        self.sent = 0
        self.passing: Counter[str] = Counter()
        self._model = model
        self._patience = patience
        self._monotonic = monotonic
        self._sleep = sleep
        self._uniform = uniform
        self._places = threading.BoundedSemaphore(patience.concurrency)
        self._lock = threading.Lock()
        self._next_start = -math.inf
        self._failed_in_a_row = 0

    def complete(self, request: Request) -> Reply | Failure:
        """Ask until there is an answer, a failure that waiting does not mend, or no patience left."""
        answer: Reply | Failure = self._gone()
        for attempt in range(1, self._patience.tries + 1):
            if self._given_up:
                return self._gone()
            answer = self._asked(request)
            if isinstance(answer, Reply) or not answer.kind.passes or attempt == self._patience.tries:
                break
            wait = self._wait_seconds(attempt, answer)
            if wait is None:
                break
            self.passing[answer.kind.value] += 1
            self._sleep(wait)
        self._remember(answer)
        if isinstance(answer, Failure) and answer.kind.passes:
            return replace(answer, detail=f"{answer.detail} (asked {attempt} times)")
        return answer

    def _asked(self, request: Request) -> Reply | Failure:
        with self._places:
            self._wait_for_turn()
            with self._lock:
                self.sent += 1
            return self._model.complete(request)

    def _wait_for_turn(self) -> None:
        """Wait until the rate, and what a server asked for, allow the next request."""
        rate = self._patience.requests_per_minute
        with self._lock:
            now = self._monotonic()
            start = max(now, self._next_start)
            self._next_start = start + (60 / rate if rate else 0)
        if start > now:
            self._sleep(start - now)

    def _wait_seconds(self, attempt: int, failure: Failure) -> float | None:
        """How long to wait; None if the server asks for more than there is patience for."""
        longest = self._patience.longest_wait_seconds
        doubled = self._patience.first_wait_seconds * 2.0 ** (attempt - 1)
        own = min(longest, doubled) * (1 + self._uniform()) / 2
        asked = failure.retry_after_seconds
        if asked is None or not asked > 0:
            return own
        if asked > longest:
            return None
        with self._lock:
            self._next_start = max(self._next_start, self._monotonic() + asked)
        return max(own, asked)

    @property
    def _given_up(self) -> bool:
        return self._failed_in_a_row >= self._patience.gives_up_after

    def _remember(self, answer: Reply | Failure) -> None:
        """Count in a row what says that the model is gone; one that refuses a single question is there."""
        with self._lock:
            if isinstance(answer, Failure) and (answer.kind.passes or answer.shut):
                self._failed_in_a_row += 1
            else:
                self._failed_in_a_row = 0

    def _gone(self) -> Failure:
        count = self._patience.gives_up_after
        return Failure(FailureKind.UNAVAILABLE, f"not asked, for {count} requests in a row had failed")
