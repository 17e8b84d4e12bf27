"""Rerankers: a closer look at the few texts that a search has found."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import cached_property
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import MissingExtraError, UserError, unknown_name
from preceptor.embed.contract import Encoder
from preceptor.embed.sentence import EXTRA, has_text_extra, silently
from preceptor.embed.tokens import TokenEncoder, Tokens, max_similarity
from preceptor.registry import Registry

KEPT_TEXTS = 512
"""Texts whose tokens stay in memory; of a small transformer some 60 kB each."""
DEFAULT_RERANKER = "late-interaction"
CROSS_ENCODER = "cross-encoder"


class Reranker(Protocol):
    """Says how well texts fit a query."""

    def score(self, query: str, texts: Sequence[str]) -> NDArray[np.float64]:
        """Score texts.

        Args:
            query: What is looked for.
            texts: What was found; a text's score does not depend on the others.

        Returns:
            float64 [texts], finite, in −1..1; the higher, the better the fit. Equal texts have equal scores.

        Raises:
            MissingExtraError: If it needs a package that is not installed.
            UserError: If what it needs cannot be loaded.
        """
        ...


class LateInteraction:
    """Compares token by token, see `max_similarity`, with the encoder's own token vectors.

    A transformer's tokens know their neighbours and weigh alike; the lexical encoder's are words that weigh by how
    rare they are.

    Args:
        encoder: Gives token vectors.
    """

    def __init__(self, encoder: TokenEncoder) -> None:
        self._encoder = encoder
        self._kept: OrderedDict[str, Tokens] = OrderedDict()
        self._lock = Lock()

    def score(self, query: str, texts: Sequence[str]) -> NDArray[np.float64]:
        """Score texts; see `Reranker.score`."""
        if not texts:
            return np.zeros(0)
        found = self._tokens([query, *texts])
        return max_similarity(found[0], found[1:])

    def _tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """Tokens of texts; those seen of late are not encoded again."""
        with self._lock:
            known = {text: self._kept[text] for text in texts if text in self._kept}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        known |= zip(new, self._encoder.tokens(new), strict=True)
        with self._lock:
            for text in texts:
                self._kept[text] = known[text]
                self._kept.move_to_end(text)
            while len(self._kept) > KEPT_TEXTS:
                self._kept.popitem(last=False)
        return [known[text] for text in texts]


class CrossEncoder:
    """A transformer that reads query and text together; loaded when it is first asked.

    Args:
        source: A folder, or the id of a model on the hub.
        device: Where to compute, as torch spells it; empty for the library's own default.
    """

    def __init__(self, source: str, device: str = "") -> None:
        self.source, self.device = source, device

    def score(self, query: str, texts: Sequence[str]) -> NDArray[np.float64]:
        """P(the text fits the query), in 0..1; see `Reranker.score`."""
        if not texts:
            return np.zeros(0)
        with silently():
            logits = self._model.predict(
                [(query, text) for text in texts],
                activation_fn=import_module("torch").nn.Sigmoid(),
                show_progress_bar=False,
            )
        return np.asarray(logits, dtype=np.float64).reshape(len(texts), -1)[:, 0]

    @cached_property
    def _model(self) -> Any:
        if not has_text_extra():
            raise MissingExtraError(f"The reranker '{CROSS_ENCODER}:{self.source}'", EXTRA)
        with silently():
            made: Callable[..., Any] = import_module("sentence_transformers").CrossEncoder
            try:
                return made(
                    self.source,
                    device=self.device or None,
                    trust_remote_code=False,  # a model is numbers, never code
                    local_files_only=Path(self.source).is_dir(),
                    model_kwargs={"use_safetensors": True},
                )
            except (OSError, ValueError, RuntimeError) as error:
                raise UserError(
                    f"No cross-encoder can be read from {self.source!r}: {str(error).splitlines()[0]}",
                    allowed="a folder or a hub id with a cross-encoder in safetensors",
                    mend="check the name; without a network only models downloaded before are found, and the reranker "
                    f"{DEFAULT_RERANKER!r} needs none",
                ) from error


class NoReranker:
    """Finds nothing to choose between texts, so that the search's own order stays."""

    def score(self, query: str, texts: Sequence[str]) -> NDArray[np.float64]:
        """Zeros; see `Reranker.score`."""
        return np.zeros(len(texts))


RERANKERS = Registry(
    "reranker",
    "preceptor.rerankers",
    {
        DEFAULT_RERANKER: "preceptor.embed.rerank:make_late_interaction",
        CROSS_ENCODER: "preceptor.embed.rerank:make_cross_encoder",
        "none": "preceptor.embed.rerank:make_none",
    },
)
Maker = Callable[[Encoder, str], Reranker]
"""Makes a reranker beside an encoder, from what its name says after the colon."""


def reranker_names() -> tuple[str, ...]:
    """Names of all rerankers, other packages' included."""
    return RERANKERS.names()


def make_reranker(name: str, encoder: Encoder) -> Reranker:
    """Make a reranker.

    Args:
        name: One of `reranker_names()`; `cross-encoder` with a folder or hub id behind a colon.
        encoder: The encoder that searches; its tokens are what late interaction compares.

    Raises:
        UserError: If there is no such reranker, or it needs something else.
    """
    kind, _, source = name.partition(":")
    if kind not in reranker_names():
        raise unknown_name("reranker", name, reranker_names())
    return cast(Maker, RERANKERS.resolve(kind))(encoder, source)


def make_late_interaction(encoder: Encoder, source: str) -> Reranker:
    """Late interaction by the encoder's tokens; nothing to choose where it has none."""
    return LateInteraction(encoder) if isinstance(encoder, TokenEncoder) else NoReranker()


def make_cross_encoder(encoder: Encoder, source: str) -> Reranker:
    """A cross-encoder; the encoder does not matter."""
    if not source:
        raise UserError(
            f"The reranker {CROSS_ENCODER!r} does not say which model.",
            allowed=f"{CROSS_ENCODER}:FOLDER or {CROSS_ENCODER}:OWNER/MODEL",
        )
    return CrossEncoder(source)


def make_none(encoder: Encoder, source: str) -> Reranker:
    """No reranker."""
    return NoReranker()
