"""A language model that says what it was told to say."""

import re
from collections.abc import Callable, Iterable, Iterator

from preceptor.llm.contract import Failure, FailureKind, Reply, Request


class ScriptedModel:
    """A `LanguageModel` for tests and offline runs.

    Args:
        script: Either the answers in the order they are given, or a function of the request.

    Attributes:
        requests: Every request so far.
    """

    def __init__(self, script: Iterable[Reply | Failure] | Callable[[Request], Reply | Failure]) -> None:
        self.requests: list[Request] = []
        if callable(script):
            self._answer = script
        else:
            answers = iter(script)
            ended = Failure(FailureKind.UNAVAILABLE, "the script has ended")
            self._answer = lambda _: next(answers, ended)

    def complete(self, request: Request) -> Reply | Failure:
        """Record the request and give the next answer; a script that has ended is unavailable."""
        self.requests.append(request)
        return self._answer(request)

    def stream(self, request: Request) -> Iterator[str | Reply | Failure]:
        """As `complete`, word by word."""
        answer = self.complete(request)
        if isinstance(answer, Reply):
            yield from re.findall(r"\s*\S+|\s+$", answer.text)
        yield answer
