"""How fast texts become vectors, what one new question in a hundred costs, and how long a projection trains."""

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from preceptor.bench.contract import BenchOptions, BenchRow, at_most
from preceptor.bench.kept import Measured, kept
from preceptor.domain import unknown_name
from preceptor.embed import TextVectors, default_encoder, encode_texts, make_encoder
from preceptor.embed.head import train_head
from preceptor.embed.labels import Labels, held_out
from preceptor.embed.texts import unit
from preceptor.progress import Progress, silent

TEXTS, NEW_SHARE = 2_000, 0.01
AGAIN_TIMES = 20.0
"""How many times shorter the run after one new text in a hundred should be."""
QUESTIONS, STEPS, CONCEPTS, WIDTH = 10_000, 4, 1_000, 384
HEAD_MINUTES = 10.0
_WORDS = ("add", "subtract", "fraction", "decimal", "area", "rectangle", "angle", "solve", "equation", "percent",
          "of", "the", "and", "what is", "find", "graph", "slope", "line", "value", "number")  # fmt: skip


class EmbedBench:
    """The best encoder that is installed, on made-up texts of 12 to 60 words; a head on made-up vectors."""

    takes: ClassVar[frozenset[str]] = frozenset({"seed", "only", "runs", "resume"})

    def run(self, options: BenchOptions, report: Progress) -> Sequence[BenchRow]:
        """Measure encoding and the training of the head.

        Raises:
            UserError: If `options.only` names no part.
        """
        parts: dict[str, Callable[[int], Measured]] = {"texts": _texts, "head": _head}
        for name in options.only:
            if name not in parts:
                raise unknown_name("part", name, parts)
        names = options.only or tuple(parts)
        rows: list[BenchRow] = []
        for done, name in enumerate(names):
            report("embedding", done, len(names))
            rows += kept(options, "embed", name, {"seed": options.seed}, partial(parts[name], options.seed))
        report("embedding", len(names), len(names))
        return rows


def _texts(seed: int) -> Measured:
    name, new = default_encoder(), round(TEXTS * NEW_SHARE)
    texts = made_up_texts(TEXTS + new, seed)
    encoder = make_encoder(name, texts)
    encoder.encode(texts[:8])  # what is done once is not counted
    with TemporaryDirectory() as folder:
        run = partial(encode_texts, encoder, folder=Path(folder), progress=silent)
        full = _seconds(lambda: run(texts=texts[:TEXTS]))
        again = _seconds(lambda: run(texts=texts))
    told = f"after {NEW_SHARE:.0%} new texts, beside the full run of {TEXTS:,}"
    rows = [
        BenchRow(f"{name}, texts encoded", TEXTS / full, None, None, "texts/s"),
        BenchRow(f"{name}, a run {told}", again, full, full / again, "s", limit=AGAIN_TIMES),
    ]
    return Measured(rows, {"encoder": name, "texts": TEXTS, "new": new})


def _head(seed: int) -> Measured:
    vectors, labels, texts = made_up_bank(QUESTIONS, seed)
    parts, passes = held_out(texts, seed), []
    seconds = _seconds(lambda: passes.append(train_head(vectors, labels, parts, seed, silent)[1]))
    told = f"training a projection on {QUESTIONS:,} questions with {STEPS} steps each"
    detail = {"epochs": len(passes[0].micro_f1) - 1, "best_epoch": passes[0].best_epoch}
    return Measured([at_most(told, seconds / 60, HEAD_MINUTES, "min")], detail)


def made_up_texts(n: int, seed: int) -> list[str]:
    """Different texts of 12 to 60 words."""
    rng = np.random.default_rng(seed)
    lengths = rng.integers(12, 60, size=n)
    return [f"{i}: {' '.join(rng.choice(_WORDS, size=length))}" for i, length in enumerate(lengths)]


def made_up_bank(questions: int, seed: int) -> tuple[TextVectors, Labels, tuple[str, ...]]:
    """Vectors near those of their concepts in a turned space, so that there is something to learn."""
    rng = np.random.default_rng(seed)
    concepts, turned = unit(rng.normal(size=(CONCEPTS, WIDTH))), rng.normal(size=(WIDTH, WIDTH)) / WIDTH**0.5
    own, owner = rng.integers(CONCEPTS, size=questions), np.repeat(np.arange(questions), STEPS)
    of_question = np.zeros((questions, CONCEPTS), dtype=bool)
    of_question[np.arange(questions), own] = True
    labels = Labels(of_question, of_question[owner], owner, np.arange(CONCEPTS))

    def near(which: NDArray[np.int64]) -> NDArray[np.float32]:
        noise = rng.normal(size=(len(which), WIDTH)) / WIDTH**0.5
        return unit(concepts[which] + 0.5 * concepts[which] @ turned + noise)

    vectors = TextVectors(near(own), near(own[owner]), concepts, owner)
    letters = np.array(list("abcdefghijklmnopqrstuvwxyz"))
    return vectors, labels, tuple("".join(rng.choice(letters, size=8)) for _ in range(questions))


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
