"""The environment of 1,024 students beside a dense one that computes mastery before and after every answer."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

from preceptor.bench.contract import BenchRow
from preceptor.bench.dense import DenseBench, Part
from preceptor.bench.head_sizes import LIFT, STATE
from preceptor.bench.worker import Worker


class EnvironmentBench(DenseBench):
    """Parts: the objectives; each with the share of time of what is done in an episode."""

    name: ClassVar[str] = "environment"
    script: ClassVar[Path] = Path(__file__).with_name("environment_steps.py")
    parts: ClassVar[Mapping[str, Part]] = {
        "global": Part("global", 400.0),
        "practiced": Part("practiced"),
        "upcoming": Part("upcoming"),
        "weakest": Part("weakest"),
    }

    def products(self, part: str) -> float:
        """Those of a student and step: the student's part of the head, and the recurrent part of the LSTM."""
        return float(STATE * STATE + STATE * LIFT + 4 * STATE * STATE)

    def figures(self, ours: float, dense: float) -> tuple[float, float, str]:
        """The worker tells seconds a student and step."""
        return 1 / ours, 1 / dense, "student-steps/s"

    def more(self, part: str, worker: Worker) -> tuple[Sequence[BenchRow], Mapping[str, Any]]:
        """Where our time goes."""
        spent = worker.ask(do=part, side="profile")
        rows = [
            BenchRow(f"{part}: {name}", 100 * seconds / spent["in all"], None, None, "% of the time")
            for name, seconds in sorted(spent.items(), key=lambda item: -item[1])
            if name != "in all"
        ]
        return rows, {"profile": spent}
