"""How fast tracers train, beside pyKT at the sizes it recommends."""

import os
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from preceptor.bench.contract import BenchOptions, BenchRow
from preceptor.bench.kept import Measured, kept
from preceptor.bench.peers import PYKT
from preceptor.bench.tracing_auc import MOST_BATCHES, MOST_EPOCHS, converge, until
from preceptor.bench.tracing_bound import bound, macs
from preceptor.bench.tracing_data import TracingData
from preceptor.bench.tracing_sizes import COMPARISONS, PYKT_DKT, TIME_LIMIT, TIME_TO_AUC, Comparison
from preceptor.bench.tracing_turns import take_turns
from preceptor.bench.worker import Worker
from preceptor.domain import UserError, unknown_name
from preceptor.progress import Progress

OURS, THEIRS = Path(__file__).with_name("tracing_ours.py"), Path(__file__).with_name("peers_pykt.py")
WINDOW, WARM = 200, 3
UNIT = "interactions/s"


class TracingBench:
    """Trains a network of each kind and pyKT's in turns, a batch each, and compares real interactions a second.

    Both sides see the same students in windows of 200 answers and use the same number of threads; padding counts for
    neither. The part `dkt-auc` compares times to the test AUC at which pyKT's DKT ends.
    """

    def run(self, options: BenchOptions, report: Progress) -> Sequence[BenchRow]:
        """Measure the parts of `COMPARISONS`, and `dkt-auc` where a course is given.

        Raises:
            UserError: If a part or the course is unknown, or pyKT is not installed in `options.peers`.
        """
        for name in options.only:
            if name not in (*COMPARISONS, TIME_TO_AUC):
                raise unknown_name("part", name, (*COMPARISONS, TIME_TO_AUC))
        if TIME_TO_AUC in options.only and not options.course:
            raise UserError(f"The part {TIME_TO_AUC!r} needs a real log.", mend="give a course with --course DIR")
        parts = options.only or (*COMPARISONS, *([TIME_TO_AUC] if options.course else []))
        python = PYKT.python(options.peers, options.install_peers) if options.peers else None
        with TemporaryDirectory(prefix="preceptor-bench-") as folder:
            file = Path(folder) / "data.npz"
            data = TracingData.of_course(options.course, options.seed) if options.course else None
            data = data or TracingData.made_up(options.seed)
            data.save(file)
            sides = _Sides(options, python, file, data.context(WINDOW), report)
            shared = {"data": data.digest, "threads": sides.threads, "seed": options.seed, "peer": python is not None}
            rows: list[BenchRow] = []
            for part in parts:
                config, measure = sides.part(part)
                rows += kept(options, "tracing", part, {**shared, **config}, measure)
            return rows


class _Sides:
    """Both sides' processes for one run."""

    def __init__(
        self, options: BenchOptions, python: Path | None, data: Path, context: float, report: Progress
    ) -> None:
        self.options, self.python, self.data, self.context, self.report = options, python, data, context, report
        self.threads = options.threads or os.cpu_count() or 1

    def part(self, name: str) -> tuple[dict[str, Any], Callable[[], Measured]]:
        """What the figures of a part depend on, and how to get them."""
        if name == TIME_TO_AUC:
            return {"converge": self.options.converge}, self.time_to_auc
        wanted = COMPARISONS[name]
        batches = self.options.batches or wanted.batches
        return {"batches": batches, **asdict(wanted)}, partial(self.speed, name, wanted, batches)

    def speed(self, name: str, wanted: Comparison, batches: int) -> Measured:
        tell = self._teller(f"training {name}", batches)
        with self._ours(wanted) as ours:
            gemm = ours.ask(do="gemm")["gigaflops"]
            possible = bound(macs(wanted.model, wanted.size, self.context), gemm)
            if self.python is None:
                ours.ask(do="train", batches=WARM)
                told = ours.ask(do="train", batches=batches)
                rate = told["answers"] / told["seconds"]
                return Measured([BenchRow(name, rate, None, None, UNIT)], {"gigaflops": gemm, "bound": possible})
            with self._theirs(wanted) as peer:
                turns = take_turns(ours, peer, batches, WARM, tell)
        rate, reference = turns.rates[0], turns.rates[1] * wanted.peer_share
        low, high = (end / wanted.peer_share for end in turns.interval(self.options.seed))
        row = BenchRow(
            name, rate, reference, rate / reference, UNIT, wanted.limit, (low, high), possible / reference, wanted.note
        )
        detail = {"gigaflops": gemm, "peer_peak_gigabytes": peer.peak_bytes / 1e9}
        return Measured([row], {**detail, "ours": turns.ours.tolist(), "peer": turns.peer.tolist()})

    def time_to_auc(self) -> Measured:
        wanted = COMPARISONS["dkt"]
        reference, goal, note = None, PYKT_DKT, f"recorded: pyKT's {PYKT_DKT.epochs} passes and its AUC {PYKT_DKT.auc}"
        if self.python is not None:
            with self._theirs(wanted) as peer:
                if self.options.converge:
                    reached, goal = converge(peer, self._teller("training pyKT's DKT", MOST_EPOCHS))
                    reference, note = reached.seconds, f"pyKT: {goal.epochs} passes to AUC {goal.auc:.4f}"
                else:
                    reference = peer.ask(do="epoch")["seconds"] * goal.epochs
        with self._ours(wanted) as ours:
            reached_by_us = until(ours, goal.auc, self._teller("training dkt", MOST_BATCHES))
        if reached_by_us is None:
            raise UserError(
                f"The test AUC did not reach {goal.auc:.4f} in {MOST_BATCHES:,} batches, so there is no time to tell.",
                mend="give the course whose log the peer was trained on, with --converge for another log",
            )
        seconds = reached_by_us.seconds
        ratio = None if reference is None else reference / seconds
        row = BenchRow("dkt time to AUC", seconds, reference, ratio, "s", TIME_LIMIT, note=note)
        return Measured([row], {"goal": asdict(goal), "reached": asdict(reached_by_us)})

    def _ours(self, wanted: Comparison) -> Worker:
        arguments = {"model": wanted.model, "size": dict(wanted.size), **self._shared()}
        return Worker(OURS, arguments, threads=self.threads)

    def _theirs(self, wanted: Comparison) -> Worker:
        arguments = {"model": wanted.peer, "config": dict(wanted.config), "batch": wanted.peer_batch, **self._shared()}
        return Worker(THEIRS, arguments, python=self.python, threads=self.threads)

    def _shared(self) -> dict[str, Any]:
        return {"data": str(self.data), "threads": self.threads, "seed": self.options.seed}

    def _teller(self, what: str, total: int) -> Callable[[int], None]:
        self.report(what, 0, total)
        return lambda done: self.report(what, done, total)
