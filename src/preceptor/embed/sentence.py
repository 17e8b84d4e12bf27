"""Encoders that are small transformers, by sentence-transformers; weights are read from safetensors alone."""

import hashlib
from collections.abc import Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import MissingExtraError, UserError, digest
from preceptor.embed.texts import unit
from preceptor.embed.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

EXTRA = "text"
BATCH = 32
_PACKAGE = "sentence_transformers"


def has_text_extra() -> bool:
    """Whether sentence-transformers is installed; nothing is loaded to find out."""
    return find_spec(_PACKAGE) is not None


class SentenceEncoder:
    """A transformer that gives one vector a text.

    Args:
        source: A folder, or the id of a model on the hub. With `HF_HUB_OFFLINE=1` only what was downloaded before
            is found.
        key: Hash of the weights where the caller knows it; empty to compute it.
        device: Where to compute, as torch spells it; empty for the library's own default.

    Raises:
        MissingExtraError: If the extra `text` is not installed.
        UserError: If no model can be read from `source`.
    """

    def __init__(self, source: str | Path, key: str = "", device: str = "") -> None:
        self.model = _loaded(str(source), device)
        self.key = key or self.weights_key()

    def weights_key(self) -> str:
        """Hash of all weights, the vocabulary and how token vectors become one."""
        content = hashlib.sha256(repr((self.model, self.model.max_seq_length)).encode())
        content.update(repr(sorted(self.model.tokenizer.get_vocab().items())).encode())
        for name, weight in self.model.state_dict().items():
            content.update(name.encode() + weight.detach().float().cpu().numpy().tobytes())
        return content.hexdigest()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode texts, those of like length together; see `Encoder.encode`."""
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        unlike = {text: place for place, text in enumerate(texts) if text.strip()}
        if unlike:
            with silently():
                found = self.model.encode(
                    list(unlike), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
                )
            row = dict(zip(unlike, np.asarray(found, dtype=np.float32), strict=True))
            for place, text in enumerate(texts):
                vectors[place] = row.get(text, 0)
        return vectors

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """One vector a token, in its context, all of one weight; special tokens are left out."""
        found: list[Tokens] = []
        for start in range(0, len(texts), BATCH):
            found += self._tokens(texts[start : start + BATCH])
        return found

    def _tokens(self, texts: Sequence[str]) -> list[Tokens]:
        import torch

        features = self.model.preprocess(list(texts)).items()
        given = {name: part.to(self.model.device) for name, part in features if isinstance(part, torch.Tensor)}
        with torch.inference_mode():
            vectors = self.model[0](dict(given))["token_embeddings"].float().cpu().numpy()
        special = np.isin(given["input_ids"].cpu().numpy(), self.model.tokenizer.all_special_ids)
        real = given["attention_mask"].cpu().numpy().astype(bool) & ~special
        rows = [vectors[i][real[i]] for i in range(len(texts))]
        return [Tokens(unit(each), np.full(len(each), 1 / max(len(each), 1), dtype=np.float32)) for each in rows]

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self.model.get_embedding_dimension())


def _loaded(source: str, device: str) -> Any:
    if not has_text_extra():
        raise MissingExtraError(f"The encoder {source!r}", EXTRA)
    with silently():
        from sentence_transformers import SentenceTransformer

        try:
            return SentenceTransformer(
                source,
                device=device or None,
                trust_remote_code=False,  # a model is numbers, never code
                local_files_only=Path(source).is_dir(),
                model_kwargs={"use_safetensors": True},
            ).eval()
        except (OSError, ValueError, RuntimeError) as error:
            raise UserError(
                f"No encoder can be read from {source!r}: {str(error).splitlines()[0]}",
                allowed="a folder or a hub id with a sentence-transformers model in safetensors",
                mend="check the name; without a network only models downloaded before are found",
            ) from error


@contextmanager
def silently() -> "Iterator[None]":
    """Without the library's own progress bars, which would stand between ours."""
    logging: Any = import_module("transformers.utils.logging")
    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()


def file_digest(file: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def name_of(source: str) -> str:
    """A model's name that may name a folder, the same for the same source."""
    kept = "".join(c if c.isalnum() and c.isascii() else "-" for c in Path(source).name).strip("-")
    return f"{kept[:60] or 'model'}-{digest(source)[:6]}"
