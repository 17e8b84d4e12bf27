"""A model-based critic beside a dense one: 64 students, 1,377 concepts, both outcomes, at the published sizes."""

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from preceptor.bench.dense import DenseBench, Part
from preceptor.bench.head_sizes import CONCEPTS, LIFT, STATE, STUDENTS, VECTOR


class MveBench(DenseBench):
    """Parts: forward, both, actor."""

    name: ClassVar[str] = "mve"
    script: ClassVar[Path] = Path(__file__).with_name("mve_steps.py")
    parts: ClassVar[Mapping[str, Part]] = {
        "forward": Part("forward"),
        "both": Part("forward and backward to the critic's weights", 100.0),
        "actor": Part("forward and backward to the actions"),
    }

    def products(self, part: str) -> float:
        """Those of the factorised critic, layer by layer as `HeadBench` counts them.

        P(correct) needs a student's and a question's part of the frozen head, an outcome a student's part of the
        copy's. Question and state are read once for both outcomes.
        """
        student, concept = STATE * STATE + STATE * LIFT, VECTOR * STATE + STATE * LIFT
        read, recurrent = VECTOR * 4 * STATE, STATE * 4 * STATE
        forward = STUDENTS * (3 * student + concept + read + recurrent) + CONCEPTS * concept
        to_weights = STUDENTS * (4 * student + read + recurrent) + CONCEPTS * (concept + STATE * LIFT)
        to_actions = STUDENTS * (2 * student + concept + read)
        return float({"forward": forward, "both": forward + to_weights, "actor": forward + to_actions}[part])
