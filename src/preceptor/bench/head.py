"""The factorised head beside a dense one: 64 students and 1,377 concepts at the published sizes."""

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from preceptor.bench.dense import DenseBench, Part
from preceptor.bench.head_sizes import CONCEPTS, LIFT, STATE, STUDENTS, VECTOR


class HeadBench(DenseBench):
    """Parts: forward, table, backward, both."""

    name: ClassVar[str] = "head"
    script: ClassVar[Path] = Path(__file__).with_name("head_steps.py")
    parts: ClassVar[Mapping[str, Part]] = {
        "forward": Part("forward", 250.0),
        "table": Part("forward, the concepts' part made anew"),
        "backward": Part("backward", 100.0),
        "both": Part("forward and backward"),
    }

    def products(self, part: str) -> float:
        """Those of the factorised head.

        A layer of a × b weights takes a·b for each student or concept forward, a·b for its weights' gradients, and a·b
        for its inputs' unless they are given. What is done for every pair of student and concept is no product of
        matrices.
        """
        once = STUDENTS * (STATE * STATE + STATE * LIFT), CONCEPTS * (VECTOR * STATE + STATE * LIFT)
        back = 2 * once[0] + 2 * once[1] - CONCEPTS * VECTOR * STATE
        return float({"forward": once[0], "table": sum(once), "backward": back, "both": back + sum(once)}[part])
