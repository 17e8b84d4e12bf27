"""A language model with a meter: what it took, broken-off answers included."""

from collections.abc import Iterator

from preceptor.llm.budget import Spending
from preceptor.llm.contract import Failure, LanguageModel, Reply, Request, heard
from preceptor.llm.tokens import estimated_input, estimated_tokens


class MeteredModel:
    """Counts what passes; of an answer that is left or breaks off, what was read and written by estimate.

    Args:
        model: What answers.

    Attributes:
        spent: What all calls took so far.
        calls: How many there were.
    """

    def __init__(self, model: LanguageModel) -> None:
        self.spent = Spending()
        self.calls = 0
        self._model = model

    def complete(self, request: Request) -> Reply | Failure:
        """Ask, and count."""
        self.calls += 1
        answer = self._model.complete(request)
        if isinstance(answer, Reply):
            self._count(request, answer)
        return answer

    def stream(self, request: Request) -> Iterator[str | Reply | Failure]:
        """Ask, hand on, and count."""
        self.calls += 1
        written = ""
        try:
            for part in heard(self._model, request):
                if isinstance(part, Reply):
                    self._count(request, part)
                    written = ""
                elif isinstance(part, str):
                    written += part
                yield part
        finally:
            if written:
                self._count(request, Reply(written))

    def _count(self, request: Request, reply: Reply) -> None:
        read = reply.input_tokens or estimated_input(request)
        self.spent += Spending(1, read, reply.output_tokens or estimated_tokens(reply.text))
