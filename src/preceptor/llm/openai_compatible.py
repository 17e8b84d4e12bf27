"""Any server that speaks OpenAI's chat API, asked through pydantic-ai."""

import asyncio
import json
import math
import queue
import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from preceptor.domain import MissingExtraError
from preceptor.llm.contract import Failure, FailureKind, Reply, Request
from preceptor.llm.endpoint import Endpoint

if TYPE_CHECKING:
    from pydantic_ai.messages import ModelMessage, ModelResponse
    from pydantic_ai.models import ModelRequestParameters, StreamedResponse

MOST_ANSWER_BYTES = 1_000_000
"""Longest body of an answer; 4,000 tokens with everything around them have about 20 kB."""

MOST_CHARACTERS_PER_TOKEN = 20
"""A server that streams more for every token it may write is cut off."""

_MOST_TOKENS = 10**9


class OpenAICompatibleModel:
    """Sends each request once; what goes wrong is a `Failure`. Threads may share it.

    Nothing of the environment goes along: no other program's key, no organisation, no facts about this computer.

    Args:
        endpoint: The server, the model and the key.
        most_answer_bytes: Where a longer answer is cut off.
        timeout_seconds: Longest wait for an answer, if a request does not set a shorter one.

    Raises:
        MissingExtraError: If the extra `llm` is not installed.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        most_answer_bytes: int = MOST_ANSWER_BYTES,
        timeout_seconds: float = math.inf,
    ) -> None:
        try:
            from preceptor.llm.connection import chat_model
        except ImportError as error:
            raise MissingExtraError("Asking a language model", "llm") from error
        self._endpoint = endpoint
        self._timeout_seconds = timeout_seconds
        self._model, self._client = chat_model(endpoint, most_answer_bytes)
        # One loop in one thread, so that all threads share the server's open connections.
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="language model", daemon=True)
        self._thread.start()

    def complete(self, request: Request) -> Reply | Failure:
        """Ask once."""
        return asyncio.run_coroutine_threadsafe(self._complete(request), self._loop).result()

    def stream(self, request: Request) -> Iterator[str | Reply | Failure]:
        """Ask once and hand on what comes as it comes; closing the iterator ends the request."""
        parts: queue.SimpleQueue[str | Reply | Failure] = queue.SimpleQueue()
        asking = asyncio.run_coroutine_threadsafe(self._stream(request, parts), self._loop)
        try:
            while True:
                part = parts.get()
                yield part
                if not isinstance(part, str):
                    return
        finally:
            asking.cancel()

    def close(self) -> None:
        """Close the connections."""
        asyncio.run_coroutine_threadsafe(self._client.close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _complete(self, request: Request) -> Reply | Failure:
        from preceptor.llm.connection import failure_of

        seconds = min(request.timeout_seconds, self._timeout_seconds)
        try:
            async with asyncio.timeout(seconds):
                answer = _reply(await self._model.request(*_asked(request, seconds)))
        except Exception as error:  # what hostile servers make libraries raise cannot be listed
            answer = failure_of(error)
        return self._without_secrets(answer)

    async def _stream(self, request: Request, parts: "queue.SimpleQueue[str | Reply | Failure]") -> None:
        """Put the answer's parts into the queue, and last the whole or a failure, whatever happens."""
        from preceptor.llm.connection import failure_of

        seconds = min(request.timeout_seconds, self._timeout_seconds)
        most = request.max_tokens * MOST_CHARACTERS_PER_TOKEN
        answer: Reply | Failure = Failure(FailureKind.TIMEOUT, "nobody listened any longer")
        try:
            async with (
                asyncio.timeout(seconds),
                self._model.request_stream(*_asked(request, seconds)) as response,
            ):
                written = 0
                async for text in _texts(response):
                    written += len(text)
                    if written > most:
                        answer = Failure(FailureKind.OVERSIZED, f"more than {request.max_tokens} tokens were streamed")
                        return
                    parts.put(text)
                whole = response.get()
                broken = Failure(FailureKind.UNAVAILABLE, "the stream broke off")
                answer = _reply(whole) if whole.finish_reason else broken
        except Exception as error:  # what hostile servers make libraries raise cannot be listed
            answer = failure_of(error)
        finally:
            parts.put(self._without_secrets(answer))

    def _without_secrets(self, answer: Reply | Failure) -> Reply | Failure:
        return answer if isinstance(answer, Reply) else replace(answer, detail=self._told(answer.detail))

    def _told(self, detail: str) -> str:
        """Who was asked and the server's words, in one short line without the key it may repeat."""
        words = "".join(c if c.isprintable() else " " for c in f"{self._endpoint.url}: {detail}")
        hidden = words.replace(self._endpoint.key, "…") if self._endpoint.key else words
        return " ".join(hidden.split())[:200]


async def _texts(response: "StreamedResponse") -> AsyncIterator[str]:
    """What a model says; what it only thinks is left out."""
    from pydantic_ai.messages import PartDeltaEvent, PartStartEvent, TextPart, TextPartDelta

    async for event in response:
        match event:
            case PartStartEvent(part=TextPart(content=text)) | PartDeltaEvent(delta=TextPartDelta(content_delta=text)):
                if text:
                    yield text.encode(errors="replace").decode()
            case _:
                pass


def _asked(request: Request, timeout_seconds: float) -> "tuple[list[ModelMessage], Any, ModelRequestParameters]":
    from pydantic_ai.messages import (
        ModelRequest,
        ModelRequestPart,
        ModelResponse,
        SystemPromptPart,
        TextPart,
        UserPromptPart,
    )
    from pydantic_ai.models import ModelRequestParameters
    from pydantic_ai.output import OutputObjectDefinition

    messages: list[ModelMessage] = []
    for message in request.messages:
        if message.role == "assistant":
            messages.append(ModelResponse(parts=[TextPart(message.text)]))
            continue
        part: ModelRequestPart = (
            SystemPromptPart(message.text) if message.role == "system" else UserPromptPart(message.text)
        )
        messages.append(ModelRequest(parts=[part]))
    parameters = ModelRequestParameters()
    if request.schema:
        schema = OutputObjectDefinition(json_schema=json.loads(request.schema), name="answer", strict=True)
        parameters = ModelRequestParameters(output_mode="native", output_object=schema, allow_text_output=False)
    settings = {
        "max_tokens": request.max_tokens,
        "temperature": request.temperature,
        "timeout": timeout_seconds,
    }
    return messages, settings, parameters


def _reply(response: "ModelResponse") -> Reply | Failure:
    """The text of a response; half surrogates, which no file can hold, become question marks."""
    if response.finish_reason == "content_filter":
        return Failure(FailureKind.REFUSED, "the server's content filter refused the question")
    text = (response.text or "").encode(errors="replace").decode()
    if not text.strip():
        return Failure(FailureKind.INVALID, "the answer is empty")
    return Reply(text, _count(response.usage.input_tokens), _count(response.usage.output_tokens))


def _count(tokens: int) -> int:
    """A number of tokens, whatever a server claims."""
    return min(max(int(tokens or 0), 0), _MOST_TOKENS)
