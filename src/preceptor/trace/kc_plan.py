"""How concepts are calibrated, and what a calibration did."""

from dataclasses import dataclass

from preceptor.domain import UserError

JOINT_ON = ("predictions", "answers")


@dataclass(frozen=True, slots=True)
class KcCalibrationPlan:
    """How to calibrate.

    Args:
        concept_vector: What stands for a group: "centroid", "medoid" or "random-member".
        samples: Questions drawn anew for each target; 0 for the mean over all of the group's questions.
        joint: Whether questions' predictions are trained beside the concepts'.
        joint_on: What questions are trained on: the uncalibrated tracer's "predictions", or the "answers" again.
        freeze_recurrent: Whether the states stay as they are.
        states: Most states of training students.
        valid_states: Most states of validation students.
        epochs: Most passes.
        patience: Passes without a better validation error before stopping.
        least_gain: Share by which an error must fall to count as better.
        learning_rate: Of Adam; halved after every pass without improvement.
        states_per_batch: States of a batch where the recurrent network is frozen.
        answers_per_batch: Positions of a batch where it is not.
    """

    concept_vector: str = "centroid"
    samples: int = 0
    joint: bool = False
    joint_on: str = "predictions"
    freeze_recurrent: bool = True
    states: int = 20_000
    valid_states: int = 5_000
    epochs: int = 40
    patience: int = 3
    least_gain: float = 0.01
    learning_rate: float = 2e-3
    states_per_batch: int = 256
    answers_per_batch: int = 5_000

    @property
    def moves_questions(self) -> bool:
        """Whether predictions for questions may change."""
        return self.joint or not self.freeze_recurrent

    def check(self) -> None:
        """Refuse what is not known.

        Raises:
            UserError: If a value is out of range.
        """
        if self.joint_on not in JOINT_ON:
            raise UserError(f"--joint-on is {self.joint_on!r}.", allowed=", ".join(JOINT_ON))
        if self.samples < 0:
            raise UserError(f"--samples is {self.samples}.", allowed="0 for all questions, or a number such as 20")


@dataclass(frozen=True, slots=True)
class KcCalibrationReport:
    """What a calibration did.

    Args:
        epochs: Passes over the training states.
        best_epoch: The pass whose weights were kept; 0 for those before the first.
        valid_kc_mae: Mean |mastery − target| on validation students before the first pass and after each.
        states: Training states.
        groups: Groups of concepts that have questions.
        seconds: Time of calibration alone.
    """

    epochs: int
    best_epoch: int
    valid_kc_mae: tuple[float, ...]
    states: int
    groups: int
    seconds: float
