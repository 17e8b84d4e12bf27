"""One student with many memories, one core: a script for `turns.py`."""

import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from preceptor.curriculum import built_in_bank
from preceptor.domain import SECONDS_PER_DAY, Bank, Interaction, Outcome, Question
from preceptor.embed import Encoder, make_encoder, make_reranker
from preceptor.tutor import MemoryIndex, Query, Ranking, memories
from preceptor.tutor.memory import Memory
from preceptor.tutor.tagging import Tagger

NOW_SECONDS = 1_756_684_800.0
QUERIES = 20
"""Different queries, so that what each needs is known after the first time."""


def serve(arguments: dict[str, Any]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Make a student.

    Args:
        arguments: `encoder`, `seed` and `memories`.

    Returns:
        Answers `repeats` with the milliseconds of everything that is measured: "p50", "p95", and "cpu_p95", which
        leaves out the turns of other programs.
    """
    torch.set_num_threads(1)
    student = _Student(arguments["encoder"], arguments["seed"], arguments["memories"])
    return lambda request: student.measured(request["repeats"])


class _Known:
    """An encoder that encodes no text twice."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder, self.key = encoder, encoder.key
        self._row: dict[str, NDArray[np.float32]] = {}

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        new = [text for text in dict.fromkeys(texts) if text not in self._row]
        if new:
            self._row |= zip(new, self.encoder.encode(new), strict=True)
        return np.stack([self._row[text] for text in texts])


class _Student:
    """Memories of one concept and what it needs, so that every search looks at all of them."""

    def __init__(self, encoder: str, seed: int, count: int) -> None:
        self.rng, self.bank = np.random.default_rng(seed), built_in_bank()
        corpus = [*(c.name for c in self.bank.concepts), *(q.text for q in self.bank.questions)]
        self.encoder = make_encoder(encoder, corpus)
        concept_id = max(self.bank.concepts, key=lambda c: len(_questions(self.bank, c.concept_id))).concept_id
        self.questions = _questions(self.bank, concept_id)
        self.known, self.reranker = _Known(self.encoder), make_reranker("late-interaction", self.encoder)
        self.index = MemoryIndex(self.known)
        self.index.extend(memories([self._answer(i) for i in range(count)], self.bank))
        self.tagger = Tagger.fit(self.bank, self.encoder, seed)

    def measured(self, repeats: int) -> dict[str, dict[str, float]]:
        """Milliseconds over so many searches, appended memories and tags."""
        ranking = Ranking(fading=lambda concept_id, days: np.exp(-days / 30), reranker=self.reranker)
        queries = [self._query(i) for i in range(QUERIES)]
        for query in queries:
            self.index.search(query, self.bank, NOW_SECONDS, ranking)
        texts = [f"{question.text} {i}" for i, question in enumerate(self.bank.questions[:repeats])]
        new = [self._memory(f"new {i}") for i in range(repeats)]
        return {
            "search": _timed(
                lambda i: self.index.search(queries[i % QUERIES], self.bank, NOW_SECONDS, ranking), repeats
            ),
            "query": _timed(lambda i: self._looked_at(f"{texts[i % len(texts)]} ?"), repeats),
            "append": _timed(lambda i: self.index.extend([new[i]]), repeats),
            "tag": _timed(lambda i: self.tagger.tag(texts[i % len(texts)]), repeats),
        }

    def _looked_at(self, text: str) -> None:
        self.encoder.encode([text])
        self.reranker.score(text, [""])

    def _query(self, i: int) -> Query:
        return Query(self.questions[i % len(self.questions)], str(i))

    def _answer(self, i: int) -> Interaction:
        question = self.questions[i % len(self.questions)]
        seconds = NOW_SECONDS - (100 - i / 100) * SECONDS_PER_DAY
        response = str(self.rng.integers(20))
        return Interaction(f"e{i}", "s", question.question_id, "r", 0.0, i, seconds, response, outcome=Outcome.WRONG)

    def _memory(self, event_id: str) -> Memory:
        answer = self._answer(int(self.rng.integers(1_000)))
        made = memories([answer], self.bank)[0]
        return Memory(
            event_id, made.time_seconds, made.concept_ids, made.outcome, "", f"{made.text} {event_id}", made.keywords
        )


def _questions(bank: Bank, concept_id: str) -> list[Question]:
    return [question for question in bank.questions if concept_id in question.concepts]


def _timed(act: Callable[[int], object], repeats: int) -> dict[str, float]:
    """Milliseconds on the wall, and the 95th percentile of those on the processor, without other programs' turns."""
    spent = np.zeros((repeats, 2))
    for i in range(repeats):
        start = np.array([time.perf_counter(), time.process_time()])
        act(i)
        spent[i] = 1e3 * (np.array([time.perf_counter(), time.process_time()]) - start)
    high = np.quantile(spent, 0.95, axis=0)
    return {"p50": float(np.median(spent[:, 0])), "p95": float(high[0]), "cpu_p95": float(high[1])}
