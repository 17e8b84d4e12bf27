"""Fine-tune the encoder itself: for a machine with a graphics card, or a small bank and patience."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from preceptor.domain import UserError
from preceptor.embed.contract import Encoder
from preceptor.embed.contrastive import Batch
from preceptor.embed.head import Tuned, TuningPlan, train
from preceptor.embed.labels import Labels, Parts
from preceptor.embed.retrieval import retrieve
from preceptor.embed.sentence import SentenceEncoder
from preceptor.embed.texts import BankTexts, Marker, TextVectors
from preceptor.progress import Progress

ENCODER = "encoder"
PLAN = TuningPlan(epochs=50, patience=5, batch=32, learning_rate=5e-5, weight_decay=0.01)
"""As published."""
LONGEST_TOKENS = 128


def fine_tune(
    encoder: Encoder,
    texts: BankTexts,
    labels: Labels,
    parts: Parts,
    seed: int,
    progress: Progress,
    plan: TuningPlan = PLAN,
) -> tuple[TextVectors, Tuned, Callable[[Path], None]]:
    """Train all weights of an encoder in place, with the marks as new words of its vocabulary.

    Args:
        encoder: A transformer.
        texts: The bank's texts.
        labels: Its labels.
        parts: Who is trained on; the test questions are not looked at.
        seed: Of the order and of dropout.
        progress: Told after every pass.
        plan: How to train.

    Returns:
        The vectors of all texts by the trained encoder, how training went, and what writes the encoder.

    Raises:
        UserError: If the encoder is no transformer.
    """
    if not isinstance(encoder, SentenceEncoder):
        raise UserError(
            "--full needs an encoder that is a network.",
            allowed="minilm, a folder, or a hub id",
            mend="leave --full out to train a projection on top of this encoder",
        )
    model, every = encoder.model, _Marked(texts)
    _add_marks(encoder)
    rng_state = torch.get_rng_state()
    torch.manual_seed(seed)
    look = np.sort(parts.select)
    needed = np.concatenate(
        [every.questions(look), every.steps(np.flatnonzero(np.isin(labels.step_owner, look))), every.concepts()]
    )

    def loss(batch: Batch) -> Tensor:
        places = [every.questions(batch.questions), every.steps(batch.steps), every.concepts(batch.concepts)]
        unlike, row = np.unique(np.concatenate(places), return_inverse=True)
        vectors = _forward(encoder, [every.texts[i] for i in unlike])[torch.from_numpy(row)]
        questions, steps, concepts = torch.split(vectors, [len(each) for each in places])
        return batch.loss(questions, steps, concepts)

    def score() -> float:
        return retrieve(texts.split(_encoded(encoder, every.texts, needed)), labels, look).micro_f1

    tuned = train(model, loss, score, labels, parts.train, seed, progress, plan)
    torch.set_rng_state(rng_state)
    encoder.key = encoder.weights_key()
    vectors = texts.split(_encoded(encoder, every.texts, np.arange(len(every.texts))))
    return vectors, tuned, lambda folder: model.save_pretrained(str(folder / ENCODER))


class _Marked:
    """Where the marked texts of a bank stand."""

    def __init__(self, texts: BankTexts) -> None:
        self.texts = texts.marked
        self._steps = len(texts.questions)
        self._concepts = self._steps + len(texts.steps)

    def questions(self, chosen: NDArray[np.int64]) -> NDArray[np.int64]:
        return chosen

    def steps(self, chosen: NDArray[np.int64]) -> NDArray[np.int64]:
        return chosen + self._steps

    def concepts(self, chosen: NDArray[np.int64] | None = None) -> NDArray[np.int64]:
        return (np.arange(len(self.texts) - self._concepts) if chosen is None else chosen) + self._concepts


def _add_marks(encoder: SentenceEncoder) -> None:
    """The three marks as words of their own, which start as the mean of all words."""
    from tokenizers import AddedToken

    transformer, tokenizer = encoder.model[0].auto_model, encoder.model.tokenizer
    added = tokenizer.add_tokens([AddedToken(str(marker), normalized=False) for marker in Marker])
    if added:
        transformer.resize_token_embeddings(len(tokenizer), mean_resizing=False)
        table = transformer.get_input_embeddings().weight
        with torch.no_grad():
            table[-added:] = table[:-added].mean(dim=0)
    encoder.model.max_seq_length = min(encoder.model.max_seq_length or LONGEST_TOKENS, LONGEST_TOKENS)


def _forward(encoder: SentenceEncoder, texts: Sequence[str]) -> Tensor:
    model = encoder.model
    given = model.preprocess(list(texts)).items()
    features = {name: value.to(model.device) if isinstance(value, Tensor) else value for name, value in given}
    return torch.as_tensor(model(features)["sentence_embedding"]).cpu()


def _encoded(encoder: SentenceEncoder, texts: Sequence[str], places: NDArray[np.int64]) -> NDArray[np.float32]:
    """Vectors of some texts, zeros for the others."""
    rows = np.zeros((len(texts), encoder.dimensions), dtype=np.float32)
    rows[places] = encoder.encode([texts[i] for i in places])
    return rows
