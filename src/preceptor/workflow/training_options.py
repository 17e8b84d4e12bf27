"""What a training is asked to do, and what it gives."""

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from preceptor.evaluate import Estimate, Metrics
from preceptor.forgetting import DEFAULT_CURVE, curve_class
from preceptor.trace import FitReport
from preceptor.workflow.tracing import TracerOptions
from preceptor.workflow.vectors import VectorsUsed


@dataclass(frozen=True, slots=True)
class TrainOptions:
    """How to train.

    Args:
        model: A registered tracer.
        size: "small", "base" or "large".
        questions: What is learned of single questions: "none", "difficulty" or "embedding".
        vectors: How text vectors are used: "none", "frozen" or "tuned"; empty for what suits the tracer.
        device: Where to compute; empty for torch's own default.
        forgetting: A registered curve; where not every answer has a time it is "level" for any by which something
            fades, and for a tracer that knows time itself "none" whatever stands here.
        seed: Seeds the split (where the data set has no folds), initial weights, order and intervals.
        test_fold: The fold to test on, where the data set has folds.
        valid_fold: The fold to validate on.
        resume: Whether to go on where an interrupted training of the same kind stopped.
        source: The other course learned from and its data, see `preceptor.workflow.transfer`; empty for its own log.
    """

    model: str = "dkt"
    size: str = "base"
    questions: str = "none"
    vectors: str = ""
    device: str = ""
    forgetting: str = DEFAULT_CURVE
    seed: int = 0
    test_fold: int = 5
    valid_fold: int = 4
    resume: bool = False
    source: str = ""

    @property
    def tracer(self) -> TracerOptions:
        """The part that makes the tracer."""
        return TracerOptions(self.model, self.size, self.questions, self.vectors, self.device)

    @property
    def what(self) -> dict[str, Any]:
        """Everything that a result depends on."""
        left_out = {"resume"} if self.source else {"resume", "source"}
        return {name: value for name, value in asdict(self).items() if name not in left_out}


@dataclass(frozen=True)
class TrainResult:
    """What a training gave.

    Args:
        model: The tracer's name.
        interactions: Training interactions.
        fit: The tracer's own report.
        protocol: How students were split and answers presented.
        test: The tracer on the test students.
        recall: Tracer and forgetting together on the test students, which is what students are served by.
        floor: The per-concept average on the test students.
        auc_gain: `test`'s AUC less the floor's, with its interval over students.
        recall_auc_gain: The same for `recall`.
        curve: What stands on the tracer, see `preceptor.forgetting`.
        level_sd: Spread of the students' levels that the curve learns; 0 if none are kept.
        run_id: The saved run.
        left_out: Inputs that the tracer could use here and was not given.
        answers_per_question: Mean number of training answers on a question that has any.
        simulated: Whether the log was simulated.
        transfer: Where the model comes from, if it was trained on another course: every figure is of that course.
        vectors: Which text vectors the tracer used.
        vectors_note: Why they are not those that the course keeps; empty if they are, or it keeps none.
        run: The run file.
    """

    model: str
    interactions: int
    fit: FitReport
    protocol: dict[str, Any]
    test: Metrics
    recall: Metrics
    floor: Metrics
    auc_gain: Estimate
    recall_auc_gain: Estimate
    curve: str
    level_sd: float
    run_id: str
    left_out: tuple[str, ...] = ()
    answers_per_question: float = 0.0
    simulated: bool = False
    transfer: dict[str, Any] | None = None
    vectors: VectorsUsed = field(default_factory=VectorsUsed)
    vectors_note: str = ""
    run: Path | None = field(default=None)

    @property
    def time_model(self) -> str:
        """The curve by which something fades; "none" where times are unknown or the tracer knows time itself."""
        return self.curve if curve_class(self.curve).forgets else "none"

    def to_dict(self) -> dict[str, Any]:
        """The shape that `--json` prints."""
        seconds = self.fit.seconds
        return {
            "model": self.model,
            "interactions": self.interactions,
            "epochs": self.fit.epochs,
            "seconds": seconds,
            "interactions_per_second": self.interactions * self.fit.epochs / max(seconds, 1e-9),
            "protocol": self.protocol,
            "test": asdict(self.test),
            "test_with_forgetting": asdict(self.recall),
            "floor": asdict(self.floor),
            "auc_gain": asdict(self.auc_gain),
            "auc_gain_with_forgetting": asdict(self.recall_auc_gain),
            "time_model": self.time_model,
            "curve": self.curve,
            "level_sd": self.level_sd,
            "left_out": list(self.left_out),
            "answers_per_question": self.answers_per_question,
            "simulated": self.simulated,
            **({"transfer": self.transfer} if self.transfer else {}),
            "vectors": asdict(self.vectors),
            "vectors_note": self.vectors_note,
            "run": str(self.run) if self.run else self.run_id,
        }
