"""The HTTP side of a language model; importing this needs the extra `llm`."""

from collections.abc import AsyncIterator, Iterator

import httpx2
from openai import AsyncOpenAI
from pydantic_ai.exceptions import (
    ContentFilterError,
    ModelAPIError,
    ModelConnectionError,
    ModelHTTPError,
    ModelQuotaExceededError,
    ModelRateLimitError,
    ModelTimeoutError,
)
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.profiles.openai import OpenAIModelProfile
from pydantic_ai.providers.openai import OpenAIProvider

from preceptor.llm.contract import Failure, FailureKind
from preceptor.llm.endpoint import Endpoint

_SENT_HEADERS = frozenset(
    ["accept", "authorization", "connection", "content-length", "content-type", "host", "transfer-encoding"]
)
_BUSY = frozenset([408, 409, 425])
_SHUT = frozenset([401, 402, 403, 404])
_OWN_HOST = "api.openai.com"


class AnswerTooLongError(Exception):
    """A server sent more than it may."""


def chat_model(endpoint: Endpoint, most_answer_bytes: int) -> tuple[OpenAIChatModel, AsyncOpenAI]:
    """Connect a model.

    Args:
        endpoint: The server, the model and the key.
        most_answer_bytes: Where a longer answer is cut off.

    Returns:
        The model, and the client to close in the end.
    """
    http = httpx2.AsyncClient(transport=_GuardedTransport(most_answer_bytes), follow_redirects=False, trust_env=False)
    client = AsyncOpenAI(base_url=endpoint.url, api_key=endpoint.key or "none", http_client=http, max_retries=0)
    # OpenAI itself wants the newer name of the limit; most others know the older one only.
    newer = httpx2.URL(endpoint.url).host == _OWN_HOST
    profile = OpenAIModelProfile(supports_json_schema_output=True, openai_chat_supports_max_completion_tokens=newer)
    return OpenAIChatModel(endpoint.model, provider=OpenAIProvider(openai_client=client), profile=profile), client


def failure_of(error: BaseException) -> Failure:
    """Say what an exception of asking means."""
    causes = list(_causes(error))
    if any(isinstance(cause, AnswerTooLongError) for cause in causes):
        return Failure(FailureKind.OVERSIZED, "the answer was cut off because it was too long")
    if any(isinstance(cause, TimeoutError | ModelTimeoutError | httpx2.TimeoutException) for cause in causes):
        return Failure(FailureKind.TIMEOUT, "no whole answer came in time")
    retry_after = error.retry_after if isinstance(error, ModelAPIError) else None
    shut = isinstance(error, ModelQuotaExceededError) or (
        isinstance(error, ModelHTTPError) and error.status_code in _SHUT and not isinstance(error, ContentFilterError)
    )
    return Failure(_kind(error), str(error) or type(error).__name__, retry_after, shut)


def _kind(error: BaseException) -> FailureKind:
    match error:
        case ModelQuotaExceededError() | ContentFilterError():
            return FailureKind.REFUSED
        case ModelRateLimitError():
            return FailureKind.RATE_LIMITED
        case ModelHTTPError(status_code=status):
            return FailureKind.UNAVAILABLE if status >= 500 or status in _BUSY else FailureKind.REFUSED
        case ModelConnectionError() | httpx2.TransportError():
            return FailureKind.UNAVAILABLE
        case _:
            return FailureKind.INVALID


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An exception and what led to it."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        cause = waiting.pop()
        if cause is not None and id(cause) not in seen:
            seen.add(id(cause))
            yield cause
            waiting += [cause.__cause__, cause.__context__]


class _GuardedTransport(httpx2.AsyncBaseTransport):
    """Sends only the headers that are needed, and reads only as much as it may.

    Compressed answers are not asked for, so that the bytes read are the bytes there are.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._inner = httpx2.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send one request."""
        kept = [(name, value) for name, value in request.headers.items() if name.lower() in _SENT_HEADERS]
        request.headers = httpx2.Headers([*kept, ("accept-encoding", "identity"), ("user-agent", "preceptor")])
        response = await self._inner.handle_async_request(request)
        stream = response.stream
        if response.headers.get("content-encoding", "identity") != "identity":
            await response.aclose()
            raise AnswerTooLongError("the answer is compressed")
        assert isinstance(stream, httpx2.AsyncByteStream)
        return httpx2.Response(
            response.status_code,
            headers=response.headers,
            stream=_Capped(stream, self._most_bytes),
            extensions=response.extensions,
        )

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()


class _Capped(httpx2.AsyncByteStream):
    """A body that ends with an error where it is too long."""

    def __init__(self, stream: httpx2.AsyncByteStream, most_bytes: int) -> None:
        self._stream = stream
        self._most_bytes = most_bytes

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """The body, part by part."""
        read = 0
        async for part in self._stream:
            read += len(part)
            if read > self._most_bytes:
                raise AnswerTooLongError(f"more than {self._most_bytes} bytes")
            yield part

    async def aclose(self) -> None:
        """Let the connection go."""
        await self._stream.aclose()
