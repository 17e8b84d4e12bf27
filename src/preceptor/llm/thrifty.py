"""A language model that never pays for the same answer twice, and never more than it may."""

import threading
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from preceptor.llm.budget import NO_LIMIT, Budget, Spending
from preceptor.llm.contract import Failure, FailureKind, LanguageModel, Reply, Request, heard
from preceptor.llm.ledger import Ledger, key_of
from preceptor.llm.tokens import estimated_input, estimated_tokens


class ThriftyModel:
    """Wraps a model with a ledger and a budget.

    The budget holds for all answers that are used, whether they are paid for now or were by an earlier run: a killed
    run goes on with what is left of its budget. Before a request is sent, its longest possible answer is set aside,
    so that requests under way together cannot exceed the budget. Failures are not kept; they are asked for again.

    Args:
        model: What answers.
        name: The model's name; it is part of what identifies an answer.
        ledger: Where answers are kept.
        budget: How much may be spent.

    Attributes:
        paid: What was paid for now.
        reused: What came out of the ledger.
    """

    def __init__(self, model: LanguageModel, name: str, ledger: Ledger, budget: Budget = NO_LIMIT) -> None:
        self.paid = Spending()
        self.reused = Spending()
        self.budget = budget
        self._model = model
        self._name = name
        self._ledger = ledger
        self._lock = threading.Lock()
        self._set_aside = Spending()
        self._used: set[str] = set()
        self._asking: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def complete(self, request: Request) -> Reply | Failure:
        """Give the kept answer, or ask and keep it; a request that the budget does not allow is not sent."""
        key = key_of(self._name, request)
        with self._lock:
            turn = self._asking[key]
        with turn:  # of two threads that ask the same, the second finds what the first has paid for
            kept = self._ledger.find(key)
            if kept is None:
                return self._bought(key, request)
            self._count(key, kept, paid=False)
            return kept

    def holds(self, request: Request) -> bool:
        """Whether an answer is kept already."""
        return self._ledger.find(key_of(self._name, request)) is not None

    def kept_only(self) -> "ThriftyModel":
        """The same kept answers and next to nothing to spend: what is not kept is a failure, and nothing is sent."""
        return ThriftyModel(self._model, self._name, self._ledger, Budget(tokens=1))  # less than any request takes

    def stream(self, request: Request) -> Iterator[str | Reply | Failure]:
        """As `complete`, part by part; an answer that is kept comes in one part.

        A request that was sent and not heard to its end is paid for, by an estimate of what was read and written.
        """
        key = key_of(self._name, request)
        kept = self._ledger.find(key)
        if kept is not None:
            self._count(key, kept, paid=False)
            yield kept.text
            yield kept
            return
        refused = self._set_money_aside(request)
        if refused is not None:
            yield refused
            return
        yield from self._heard(key, request)

    def _heard(self, key: str, request: Request) -> Iterator[str | Reply | Failure]:
        parts: list[str] = []
        whole: Reply | None = None
        try:
            for part in heard(self._model, request):
                if isinstance(part, Reply):
                    part = whole = _counted(part, request)
                    self._ledger.keep(key, self._name, whole)
                elif isinstance(part, str):
                    parts.append(part)
                yield part
        finally:
            self._put_back(request)
            if whole is not None:
                self._count(key, whole, paid=True)
            elif parts:
                cut = _counted(Reply("".join(parts)), request)
                with self._lock:
                    self.paid += Spending(1, cut.input_tokens, cut.output_tokens)

    def _bought(self, key: str, request: Request) -> Reply | Failure:
        refused = self._set_money_aside(request)
        if refused is not None:
            return refused
        try:
            answer = self._model.complete(request)
            if isinstance(answer, Reply):
                answer = _counted(answer, request)
                self._ledger.keep(key, self._name, answer)
                self._count(key, answer, paid=True)
        finally:
            self._put_back(request)
        return answer

    def _set_money_aside(self, request: Request) -> Failure | None:
        """Reserve what the longest answer would take; a failure if the budget does not allow it."""
        expected = _expected(request)
        with self._lock:
            committed = self.paid + self.reused + self._set_aside + expected
            limit = self.budget.exceeded_by(committed)
            if limit:
                return Failure(FailureKind.BUDGET, f"the budget of {limit} is used up")
            self._set_aside += expected
        return None

    def _put_back(self, request: Request) -> None:
        with self._lock:
            self._set_aside -= _expected(request)

    def _count(self, key: str, reply: Reply, *, paid: bool) -> None:
        """Count an answer once, however often it is used."""
        spent = Spending(1, reply.input_tokens, reply.output_tokens)
        with self._lock:
            if key in self._used:
                return
            self._used.add(key)
            if paid:
                self.paid += spent
            else:
                self.reused += spent


def _expected(request: Request) -> Spending:
    return Spending(0, estimated_input(request), request.max_tokens)


def _counted(reply: Reply, request: Request) -> Reply:
    """The reply with estimates where the server does not say how many tokens it took."""
    return replace(
        reply,
        input_tokens=reply.input_tokens or estimated_input(request),
        output_tokens=reply.output_tokens or estimated_tokens(reply.text),
    )
