"""What tracers are worth beside each other and beside the floor."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.evaluate import FoldPredictions, Measured, Predicted, Sampled, mean_measured, measure
from preceptor.trace import question_rows
from preceptor.workflow.tracing import TracerOptions, inputs_of
from preceptor.workflow.tracing_options import FLOOR
from preceptor.workflow.tracing_pairs import Pair, PairRunner
from preceptor.workflow.vectors import VectorsUsed

GAINS = ("auc", "accuracy", "log_loss", "brier")


@dataclass(frozen=True)
class Comparison:
    """What tracers predicted on the same answers, as rows of a table.

    Args:
        runner: Ran them.
        tested: int64, the students that were tested on.
        floor: Of every fold.
        pairs: Of every tracer and fold.
    """

    runner: PairRunner
    tested: NDArray[np.int64]
    floor: list[FoldPredictions]
    pairs: Mapping[str, list[Pair]]

    def predictions(self) -> tuple[FoldPredictions, ...]:
        """Of every model and fold, the floor's first."""
        own = (
            FoldPredictions(label, pair.fold, pair.scores.rows, pair.scores.p_correct)
            for label, pairs in self.pairs.items()
            for pair in pairs
        )
        return (*self.floor, *own)

    def rows(
        self,
        tracers: Mapping[str, TracerOptions],
        available: frozenset[str],
        lacking: Mapping[str, tuple[str, ...]],
    ) -> list[dict[str, Any]]:
        """One row for the floor and for each tracer, in the order given."""
        floor = self._measured([(part.rows, part.p_correct) for part in self.floor])
        found = [{"model": FLOOR, "floor": True, "applicable": True, **self._figures(floor)}]
        first: Measured | None = None
        for label, tracer in tracers.items():
            about = {"model": label, "applicable": not lacking[label], **inputs_of(tracer, available)}
            about["vectors"] = asdict(VectorsUsed.of(tracer.vectors_in_force, self.runner.stored))
            if lacking[label]:
                found.append({**about, "missing": list(lacking[label])})
                continue
            pairs = self.pairs[label]
            own, order = self._of_pairs(pairs)
            row = {**about, **order, **self._figures(own), **_training(pairs), "over_floor": _gains(own, floor)}
            row |= {} if first is None else {"over_first": _gains(own, first)}
            row |= self._kc_level(pairs)
            found.append(row)
            first = first or own
        return found

    def _of_pairs(self, pairs: Sequence[Pair]) -> tuple[Measured, dict[str, Any]]:
        """A tracer's metrics; where the order is arbitrary, their means over shuffles, and how far shuffles differ."""
        shuffles = len(pairs[0].scores.by_shuffle)
        if not shuffles:
            return self._measured([(pair.scores.rows, pair.scores.p_correct) for pair in pairs]), {}
        each = [
            self._measured([(pair.scores.rows, pair.scores.by_shuffle[number]) for pair in pairs])
            for number in range(shuffles)
        ]
        aucs = [float(measured.overall["auc"].by_fold.mean()) for measured in each]
        order = {"order": "arbitrary", "shuffles": {"number": shuffles, "auc_sd": float(np.std(aucs, ddof=1))}}
        return mean_measured(each), order

    def _kc_level(self, pairs: Sequence[Pair]) -> dict[str, Any]:
        if not all(len(pair.scores.kc_rows) for pair in pairs):
            return {}
        measured = self._measured([(pair.scores.kc_rows, pair.scores.kc_p_correct) for pair in pairs])
        return {"kc_level": {**_estimates(measured.overall), "answers": measured.answers}}

    def _figures(self, measured: Measured) -> dict[str, Any]:
        folds = [part.fold for part in self.floor]
        within = {**_estimates(measured.by_concept), "concepts": measured.concepts}
        return {**_estimates(measured.overall), "per_concept": within, "answers": measured.answers, "folds": folds}

    def _measured(self, folds: Sequence[tuple[NDArray[np.int64], NDArray[np.float64]]]) -> Measured:
        number = np.searchsorted(self.tested, np.arange(len(self.runner.log.student_ids)))
        concepts = self.runner.bank.q_matrix.concepts[question_rows(self.runner.log, self.runner.bank.q_matrix)]
        return measure(
            [
                Predicted(
                    p,
                    self.runner.log.correct[rows].astype(np.float64),
                    number[self.runner.log.student[rows]],
                    concepts[rows],
                )
                for rows, p in folds
            ],
            len(self.tested),
            self.runner.seed,
        )


def _estimates(sampled: Mapping[str, Sampled]) -> dict[str, Any]:
    return {name: asdict(values.estimate(least=0.0)) for name, values in sampled.items()}


def _gains(own: Measured, other: Measured) -> dict[str, Any]:
    return {name: asdict(own.overall[name].less(other.overall[name]).estimate()) for name in GAINS}


def _training(pairs: Sequence[Pair]) -> dict[str, Any]:
    return {
        "epochs": [pair.report["epochs"] for pair in pairs],
        "train_seconds": [pair.report["seconds"] for pair in pairs],
        "train_interactions": [pair.report["interactions"] for pair in pairs],
    }
