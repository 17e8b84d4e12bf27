"""Everything neural tracers share: training, calibration, scoring in one sweep, stepping, weights."""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, ClassVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from preceptor.domain import Log, QMatrix, UserError
from preceptor.progress import Progress, silent
from preceptor.trace.answers import Answers, FitReport, mean_log_loss, question_rows
from preceptor.trace.batches import Window, batches, windows
from preceptor.trace.calibration import fit_platt
from preceptor.trace.checkpoint import Checkpoint
from preceptor.trace.contract import Tracer
from preceptor.trace.difficulty import fit_difficulties
from preceptor.trace.inputs import QUESTION_INPUTS, QuestionVectors
from preceptor.trace.network import TracingNetwork
from preceptor.trace.question_terms import QuestionTerms
from preceptor.trace.sequences import LogTensors, Step
from preceptor.trace.shards import Shards
from preceptor.trace.state import ArrayState
from preceptor.trace.training import Trainer, TrainingPlan

SIZES = ("small", "base", "large")
SCORE_POSITIONS = 16_384
CALIBRATION = "calibration"


class NeuralTracer(Tracer):
    """A tracer that is a network, trained by gradient descent and calibrated on the validation students.

    P(correct) = σ(a + b·z) with z the network's logit and (a, b) fitted on the validation students, see
    `fit_platt`.

    Args:
        q_matrix: The questions and concepts.
        size: "small", "base" or "large"; each network says what that means.
        questions: What is learned of single questions: "none", "difficulty" or "embedding".
        vectors: Text vectors; None for none.
        device: Where to compute; None for torch's own default.
        plan: How to train; None for the tracer's own plan.
    """

    options: ClassVar[frozenset[str]] = frozenset({"size", "device"})
    plan_default: ClassVar[TrainingPlan] = TrainingPlan()

    def __init__(
        self,
        q_matrix: QMatrix,
        *,
        size: str = "base",
        questions: str = "none",
        vectors: QuestionVectors | None = None,
        device: torch.device | None = None,
        plan: TrainingPlan | None = None,
    ) -> None:
        super().__init__(q_matrix)
        _check("size", size, SIZES)
        _check("question input", questions, QUESTION_INPUTS)
        self.size, self.questions, self.vectors = size, questions, vectors
        self.plan = plan or self.plan_default
        self.device = device or torch.get_default_device()
        self.network = self.build().to(self.device).eval()
        self.calibration = (0.0, 1.0)

    @abstractmethod
    def build(self) -> TracingNetwork:
        """The untrained network for `size`, `questions` and `vectors`."""

    def fit(
        self,
        train: Log,
        valid: Log,
        *,
        seed: int,
        clock: Callable[[], float],
        progress: Progress = silent,
        checkpoint: Checkpoint | None = None,
    ) -> FitReport:
        """Minimise the log loss; stop when the validation students' log loss no longer falls; calibrate on them.

        Raises:
            UserError: If there are no validation students to stop by.
        """
        if not len(valid):
            raise UserError(
                "There are no answers of validation students to choose the best epoch by.",
                allowed="a log of students enough for training, validation and test",
                mend="import more students, or train the model `history`, which needs none",
            )
        begun, self.calibration = clock(), (0.0, 1.0)
        self._know_difficulties(train, valid, clock)
        trainer = Trainer(self.network, self.plan, self.name)
        rows = question_rows(train, self.q_matrix)

        def valid_log_loss(shards: Shards) -> float:
            return mean_log_loss(self._scored(valid, shards), valid.correct)

        trained = clock()
        report = trainer.fit(train, rows, valid_log_loss, seed, clock, progress, checkpoint)
        around = trained - begun - clock()
        self.calibration = fit_platt(self.score(valid), valid.correct)
        return replace(report, seconds=report.seconds + around + clock())

    def initial(self, n: int) -> ArrayState:
        """The network's state before the first answer."""
        with torch.inference_mode():
            return self.network.start(n)

    def update(self, state: Any, answers: Answers) -> ArrayState:
        """One step of the network."""
        with torch.inference_mode():
            return self.network.step(state, Step.of(answers, self.device))

    def predict(self, state: Any, questions: NDArray[Any], at_seconds: NDArray[np.float64]) -> NDArray[np.float32]:
        """Calibrated probability of the network's question logits."""
        question = torch.tensor(questions, dtype=torch.int64, device=self.device)
        with torch.inference_mode():
            return self.probability(self.network.question_logits(state, question, self._times(at_seconds)))

    def mastery(self, state: Any, concepts: NDArray[Any], at_seconds: NDArray[np.float64]) -> NDArray[np.float32]:
        """Calibrated probability of the network's concept logits: an average question on the concept."""
        with torch.inference_mode():
            return self.probability(self.network.concept_logits(state, self._times(at_seconds)))[:, concepts]

    def score(self, log: Log) -> NDArray[np.float32]:
        """One sweep over whole histories, batched by length."""
        with Shards.open() as shards:
            return self._scored(log, shards)

    def _scored(self, log: Log, shards: Shards) -> NDArray[np.float32]:
        columns = LogTensors.of(log, question_rows(log, self.q_matrix))
        scores = np.zeros(len(log), dtype=np.float32)

        def score_group(group: list[Window]) -> None:
            with torch.inference_mode():
                batch, rows = columns.batch(group, self.device)
                scores[rows] = self.probability(self.network.logits(batch))

        shards.map(score_group, batches(windows(log), SCORE_POSITIONS, None))
        return scores

    def settings(self) -> dict[str, Any]:
        """Size, question input and vectors."""
        return {
            "size": self.size,
            **({"questions": self.questions} if "questions" in self.options else {}),
            **({"vectors": self.vectors.settings()} if self.vectors else {}),
        }

    def placement(self) -> dict[str, Any]:
        """The device."""
        return {"device": self.device}

    def weights(self) -> dict[str, NDArray[Any]]:
        """The network's weights and the calibration."""
        state = {name: value.detach().cpu().numpy() for name, value in self.network.state_dict().items()}
        return {**state, CALIBRATION: np.array(self.calibration)}

    def set_weights(self, weights: Mapping[str, NDArray[Any]]) -> None:
        """Load what `weights` gave."""
        self.calibration = (float(weights[CALIBRATION][0]), float(weights[CALIBRATION][1]))
        own = {name: torch.tensor(value) for name, value in weights.items() if name != CALIBRATION}
        self.network.load_state_dict(own)

    def _know_difficulties(self, train: Log, valid: Log, clock: Callable[[], float]) -> None:
        known = [
            m.difficulty for m in self.network.modules() if isinstance(m, QuestionTerms) and m.difficulty is not None
        ]
        if known:
            fitted = torch.from_numpy(fit_difficulties(train, valid, self.q_matrix, clock))
            for difficulty in known:
                difficulty.copy_(fitted)

    def probability(self, logits: Tensor) -> NDArray[np.float32]:
        """Calibrated P(correct) of the network's logits, alike for questions and concepts."""
        shift, slope = self.calibration
        return torch.sigmoid(shift + slope * logits).cpu().numpy()

    def _times(self, at_seconds: NDArray[np.float64]) -> Tensor:
        return torch.tensor(at_seconds, dtype=torch.float64, device=self.device)


def _check(what: str, given: str, allowed: tuple[str, ...]) -> None:
    if given not in allowed:
        raise UserError(f"Unknown {what} {given!r}.", allowed=", ".join(allowed))
