"""How long a search through ten thousand memories takes, and a tag, on one core: parts of the tutor's bench."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from preceptor.bench.contract import BenchOptions, BenchRow, at_most
from preceptor.bench.kept import Measured, kept
from preceptor.bench.worker import Worker

SCRIPT = Path(__file__).with_name("retrieval_steps.py")
MEMORIES, REPEATS = 10_000, 200
SEARCH_MS, TAG_MS = 10.0, 5.0


def retrieval_rows(options: BenchOptions, encoder: str) -> Sequence[BenchRow]:
    """Search and tagging with one encoder, in a process of its own with one thread.

    Args:
        options: Seed, and where run files are kept.
        encoder: A registered encoder.
    """
    config = {"seed": options.seed, "memories": MEMORIES, "repeats": REPEATS, "encoder": encoder}
    return kept(options, "tutor", f"retrieval-{encoder}", config, partial(_measured, encoder, options.seed))


def _measured(encoder: str, seed: int) -> Measured:
    with Worker(SCRIPT, {"encoder": encoder, "seed": seed, "memories": MEMORIES}) as worker:
        found = worker.ask(repeats=REPEATS)
    named = {
        "search": (f"3 of {MEMORIES:,} memories, the query's vectors and those of the 10 candidates known", SEARCH_MS),
        "query": ("vectors of a new query and of its tokens", None),
        "append": (f"one more memory after {MEMORIES:,}", None),
        "tag": ("tag of a text", TAG_MS if encoder == "lexical" else None),
    }
    rows = [
        at_most(f"{encoder}, {told}, {which}", found[name][key], limit if key == "p95" else None, "ms")
        for name, (told, limit) in named.items()
        for which, key in (("median", "p50"), ("p95 of the processor's time", "cpu_p95"), ("p95", "p95"))
    ]
    return Measured(rows, {**found, "peak_gigabytes": worker.peak_bytes / 1e9})
