"""The contract of every knowledge-tracing model."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Log, QMatrix
from preceptor.progress import Progress, silent
from preceptor.trace.answers import Answers, FitReport
from preceptor.trace.checkpoint import Checkpoint
from preceptor.trace.inputs import QuestionVectors
from preceptor.trace.model_files import carried_model, grown_model, load_model, save_model, weights_version
from preceptor.trace.replay import score_by_replay
from preceptor.trace.state import ArrayState


class Tracer(ABC):
    """A knowledge-tracing model over one Q-matrix.

    Every array holds n students. A prediction never sees the answer it predicts: `predict` reads the state,
    `update` makes the next one. `update` takes constant time, however long the history is.

    Args:
        q_matrix: The questions and concepts the model knows.
    """

    name: ClassVar[str]
    time_aware: ClassVar[bool] = False
    """Whether predictions depend on the time they are made for; no forgetting curve is applied then."""
    options: ClassVar[frozenset[str]] = frozenset()
    """Which of the options "size", "questions", "vectors" and "device" the model takes."""
    uses: ClassVar[frozenset[str]] = frozenset()
    """Which of "times", "durations", "question ids" and "vectors" make it better where they are present."""
    needs: ClassVar[frozenset[str]] = frozenset()
    """Which of these it cannot do without."""
    window: ClassVar[int] = 0
    """How many of the last answers predictions rest on; 0 for all."""
    by_question: ClassVar[frozenset[str]] = frozenset()
    """Names of weights with one row a question: a question added after training gets their mean."""
    by_concept: ClassVar[frozenset[str]] = frozenset()
    """Names of weights with one row a concept: likewise. A model without any refuses a bank with other concepts."""
    by_text: ClassVar[frozenset[str]] = frozenset()
    """Which of these are vectors of texts: what is added after training gets the vector of its own text, if given."""

    def __init__(self, q_matrix: QMatrix) -> None:
        self.q_matrix = q_matrix

    @abstractmethod
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
        """Fit on the training students, choose by the validation students.

        Args:
            train: Interactions of the training students.
            valid: Interactions of the validation students.
            seed: Seed of all randomness.
            clock: Monotonic seconds, for the report.
            progress: Told after every pass.
            checkpoint: Where to leave what a pass gave; a fit of seconds leaves nothing.
        """

    @abstractmethod
    def initial(self, n: int) -> ArrayState:
        """State of n students who have answered nothing."""

    @abstractmethod
    def update(self, state: Any, answers: Answers) -> ArrayState:
        """State after one more answer of each student; `state` is left as it was."""

    def branches(self, state: Any, student: NDArray[Any], answers: Answers) -> ArrayState:
        """States after each of m answers that might be given, from the state of n students.

        Args:
            state: Of n students; left as it was.
            student: int [m], who answers; the same student may answer many questions.
            answers: m answers.
        """
        return self.update(state.take(student), answers)

    @abstractmethod
    def predict(self, state: Any, questions: NDArray[Any], at_seconds: NDArray[np.float64]) -> NDArray[np.float32]:
        """P(correct), float32 [n, m], on `questions` [n, m] at `at_seconds` [n]."""

    @abstractmethod
    def mastery(self, state: Any, concepts: NDArray[Any], at_seconds: NDArray[np.float64]) -> NDArray[np.float32]:
        """P(correct), float32 [n, m], on each of `concepts` [m]."""

    def mastery_of(self, state: Any, concepts: NDArray[Any], at_seconds: NDArray[np.float64]) -> NDArray[np.float32]:
        """As `mastery`, on concepts of each student's own [n, m]; a model may look at no others."""
        every = self.mastery(state, np.arange(len(self.q_matrix.concept_ids)), at_seconds)
        return np.take_along_axis(every, concepts, axis=1)

    @abstractmethod
    def weights(self) -> Mapping[str, NDArray[Any]]:
        """Everything that was fitted, as arrays by name."""

    @abstractmethod
    def set_weights(self, weights: Mapping[str, NDArray[Any]]) -> None:
        """Take what `weights` gave."""

    def settings(self) -> dict[str, Any]:
        """Keyword arguments that make an equal, unfitted model; JSON values."""
        return {}

    def placement(self) -> dict[str, Any]:
        """Keyword arguments that put an equal model where this one is; not saved."""
        return {}

    @property
    def version(self) -> str:
        """Digest of name, settings and weights; states carry it."""
        return weights_version(self.name, self.settings(), self.weights())

    def distinct(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Classes of questions that the model cannot tell apart.

        Returns:
            One question of each class, int64 [d], and the class of every question, int64 [questions]. By default
            every question is a class of its own.
        """
        every = np.arange(len(self.q_matrix.question_ids))
        return every, every

    def score(self, log: Log) -> NDArray[np.float32]:
        """P(correct) of every row of `log` from its student's earlier rows, float32 [rows].

        Equals `score_by_replay` to rounding; a model may compute it in one sweep.
        """
        return score_by_replay(self, log)

    def save(self, folder: Path) -> None:
        """Write the model into an existing folder."""
        save_model(self, folder)

    @classmethod
    def load(cls, folder: Path, q_matrix: QMatrix, vectors: QuestionVectors | None = None, **placement: Any) -> Self:
        """Read a model that `save` wrote; questions added since then are allowed.

        Args:
            folder: Where it was saved.
            q_matrix: The bank's questions and concepts as they are now.
            vectors: Of their texts, by the encoder of the training; only those of what was added are taken.
            placement: `device`, where the model takes one.

        Raises:
            UserError: If the model was trained on other concepts and cannot take new ones.
        """
        return load_model(cls, folder, q_matrix, vectors, **placement)

    def grown(self, q_matrix: QMatrix, vectors: QuestionVectors | None = None) -> Self:
        """The same model over a bank that has grown: as saving and loading it, arguments as `load`."""
        return grown_model(self, q_matrix, vectors)

    def carried(self, q_matrix: QMatrix, vectors: QuestionVectors) -> Self:
        """The same model over another bank, whose questions and concepts it knows by their texts alone.

        Args:
            q_matrix: The other bank's questions and concepts.
            vectors: Of their texts, by the encoder of the training.

        Raises:
            UserError: If the model knows questions or concepts by more than a text.
        """
        return carried_model(self, q_matrix, vectors)
