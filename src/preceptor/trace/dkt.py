"""Deep Knowledge Tracing (Piech et al., 2015) with concepts as an axis: a question is one step, never one row a KC."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, ClassVar, Self

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from torch import Tensor

from preceptor.domain import Log, QMatrix, UserError
from preceptor.trace.batches import batches, padded_rows, windows
from preceptor.trace.contract import Answers, FitReport, Progress, Tracer, question_rows, silent
from preceptor.trace.dkt_network import DktNetwork
from preceptor.trace.dkt_training import TrainingPlan, train_network
from preceptor.trace.history import distinct_concepts

SIZES = {"small": 48, "base": 128, "large": 256}
"""Hidden units by `--size`."""

SCORE_POSITIONS = 32_768


@dataclass(frozen=True, slots=True)
class DktState:
    """Hidden and cell state of n students, float32 [n, hidden] each."""

    hidden: Tensor
    cell: Tensor

    def take(self, students: NDArray[np.int64]) -> "DktState":
        """Select or repeat students by index."""
        index = torch.tensor(students)
        return DktState(self.hidden[index], self.cell[index])

    @classmethod
    def joined(cls, parts: Sequence["DktState"]) -> "DktState":
        """The students of all parts, one part after the other."""
        return cls(torch.cat([part.hidden for part in parts]), torch.cat([part.cell for part in parts]))


class DktTracer(Tracer):
    """LSTM over answers.

    With z = W·h + b the concept logits after the earlier answers, P(correct) on question q is
    σ(mean over q's concepts of z_c − d_q), where d_q is a learned question difficulty, 0 unless asked for. The input
    of an answer is the mean over its concepts of r·E⁺_c + (1 − r)·E⁻_c with r the credit in 0..1.

    Args:
        q_matrix: The questions and concepts.
        size: "small", "base" or "large": 48, 128 or 256 hidden units.
        question_difficulty: Learn d_q from the training students.
        plan: How to train.
    """

    name: ClassVar[str] = "dkt"
    options: ClassVar[frozenset[str]] = frozenset({"size", "question_difficulty"})

    def __init__(
        self,
        q_matrix: QMatrix,
        *,
        size: str = "base",
        question_difficulty: bool = False,
        plan: TrainingPlan | None = None,
    ) -> None:
        super().__init__(q_matrix)
        if size not in SIZES:
            raise UserError(f"Unknown size {size!r}.", allowed=", ".join(SIZES))
        self.size = size
        self.plan = plan or TrainingPlan()
        self.network = DktNetwork(
            concepts=len(q_matrix.concept_ids),
            questions=len(q_matrix.question_ids) if question_difficulty else 0,
            hidden=SIZES[size],
        ).eval()
        self._concepts = torch.from_numpy(q_matrix.concepts.astype(np.int64))

    def fit(
        self, train: Log, valid: Log, *, seed: int, clock: Callable[[], float], progress: Progress = silent
    ) -> FitReport:
        """Minimise the log loss; stop when the validation students' log loss no longer falls.

        Raises:
            UserError: If there are no validation students to stop by.
        """
        if not len(valid):
            raise UserError(
                "There are no answers of validation students to choose the best epoch by.",
                allowed="a log of students enough for training, validation and test",
                mend="import more students, or train the model `history`, which needs none",
            )
        rows = question_rows(train, self.q_matrix)

        def valid_log_loss() -> float:
            p = np.clip(self.score(valid).astype(np.float64), 1e-6, 1 - 1e-6)
            return float(-np.mean(valid.correct * np.log(p) + (1 - valid.correct) * np.log(1 - p)))

        return train_network(
            self.network, self._concepts, train, rows, valid_log_loss, self.plan, seed, clock, progress
        )

    def initial(self, n: int) -> DktState:
        """The learned state before the first answer."""
        with torch.inference_mode():
            hidden, cell = self.network.start(n)
            return DktState(hidden.clone(), cell.clone())

    def update(self, state: DktState, answers: Answers) -> DktState:
        """One LSTM step."""
        question = torch.tensor(answers.question, dtype=torch.int64)
        correct = torch.tensor(answers.correct, dtype=torch.float32)
        with torch.inference_mode():
            inputs = self.network.inputs(self._concepts[question], correct, question)
            return DktState(*self.network.step(inputs, state.hidden, state.cell))

    def predict(self, state: DktState, questions: NDArray[Any], at_seconds: NDArray[np.float64]) -> NDArray[np.float32]:
        """σ of the mean logit of each question's concepts, less its difficulty."""
        question = torch.tensor(questions, dtype=torch.int64)
        with torch.inference_mode():
            logits = self.network.concept_logits(state.hidden)[:, None, :].expand(-1, question.shape[1], -1)
            scores = self.network.question_logits(logits, self._concepts[question], question)
            return torch.sigmoid(scores).numpy()

    def mastery(self, state: DktState, concepts: NDArray[Any], at_seconds: NDArray[np.float64]) -> NDArray[np.float32]:
        """σ(z_c): P(correct) on a question of average difficulty."""
        with torch.inference_mode():
            return torch.sigmoid(self.network.concept_logits(state.hidden)).numpy()[:, concepts]

    def distinct(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Without difficulty, questions with the same concepts are one class."""
        return super().distinct() if self.network.difficulty is not None else distinct_concepts(self.q_matrix)

    def score(self, log: Log) -> NDArray[np.float32]:
        """One sweep over whole histories, batched by length."""
        rows_of_question = torch.from_numpy(question_rows(log, self.q_matrix))
        correct = torch.tensor(log.correct)
        scores = np.zeros(len(log), dtype=np.float32)
        with torch.inference_mode():
            for group in batches(windows(log), SCORE_POSITIONS, None):
                rows, real = padded_rows(group)
                index = torch.from_numpy(rows)
                question = rows_of_question[index]
                logits = self.network(self._concepts[question], correct[index], question)
                scores[rows[real]] = torch.sigmoid(logits).numpy()[real]
        return scores

    def save(self, folder: Path) -> None:
        """Write weights and the vocabulary they belong to."""
        save_file(self.network.state_dict(), folder / "weights.safetensors")
        config = {
            "name": self.name,
            "size": self.size,
            "question_difficulty": self.network.difficulty is not None,
            "plan": asdict(self.plan),
            "concepts": list(self.q_matrix.concept_ids),
            "questions": list(self.q_matrix.question_ids) if self.network.difficulty is not None else [],
        }
        (folder / "config.json").write_text(json.dumps(config))

    @classmethod
    def load(cls, folder: Path, q_matrix: QMatrix) -> Self:
        """Read weights; the bank's concepts must be those of the training (questions may be new)."""
        config = json.loads((folder / "config.json").read_text())
        if config["concepts"] != list(q_matrix.concept_ids):
            raise UserError(
                f"The model in {folder.name} was trained on other concepts than the bank has now.",
                allowed="a model and a bank with the same concepts",
                mend="run `preceptor train COURSE --model dkt` again",
            )
        difficulty = config["question_difficulty"]
        tracer = cls(
            q_matrix,
            size=config["size"],
            question_difficulty=difficulty,
            plan=TrainingPlan(**config["plan"]),
        )
        weights = load_file(folder / "weights.safetensors")
        if difficulty:
            weights["difficulty.weight"] = _by_question(weights["difficulty.weight"], config["questions"], q_matrix)
        tracer.network.load_state_dict(weights)
        return tracer


def _by_question(difficulty: Tensor, questions: list[str], q_matrix: QMatrix) -> Tensor:
    """Rows of the trained difficulties in the order of today's bank; a new question is of average difficulty."""
    index = {question_id: i for i, question_id in enumerate(questions)}
    mean = difficulty.mean(dim=0)
    return torch.stack([difficulty[index[q]] if q in index else mean for q in q_matrix.question_ids])
