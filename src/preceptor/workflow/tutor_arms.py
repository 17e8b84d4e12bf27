"""The product's tutors as arms of a tutor experiment: the same objects as a served course, without a store."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Interaction
from preceptor.evaluate.judges import answered
from preceptor.evaluate.tutoring.arm import Arm, Asked, Given, Sitting
from preceptor.evaluate.tutoring.block import Block
from preceptor.evaluate.tutoring.objective import ScopeObjective
from preceptor.evaluate.tutoring.words import event_of, verdict_of
from preceptor.forgetting import NoForgetting
from preceptor.mind import MindModel, Minds, replay_log
from preceptor.recommend import Planner, Policy, make_policy
from preceptor.tutor import Proposal
from preceptor.tutor.steering import Steering
from preceptor.tutor.variants import Variant
from preceptor.workflow.choosing import Choosing
from preceptor.workflow.context import Context
from preceptor.workflow.minds import StudentRecord
from preceptor.workflow.steered import Steered, SteeredTurn
from preceptor.workflow.tutor_voices import Speaking, Talks
from preceptor.workflow.voice import Voice

CHOICE = 7
"""What randomness is drawn for."""


@dataclass(frozen=True)
class VariantArm(Arm):
    """A tutor variant; its words are deterministic unless it speaks through a model.

    Args:
        label: As it is reported.
        variant: What it knows, and who chooses its questions.
        context: The opened course; its store is neither read nor written.
        horizon_days: When recall counts for the planner.
        voice: Knows the students; arms may share one, since what it keeps of them always equals their histories.
        speaking: Its language model with all around it; None for the deterministic words.
    """

    label: str
    variant: Variant
    context: Context
    horizon_days: float
    voice: Voice
    speaking: Speaking | None = None

    @property
    def model(self) -> MindModel:
        """What the planner looks through; who knows of no forgetting plans without a curve.

        A tracer that knows time itself has no curve to leave out. Who plans is never given one, see `checked_arms`.
        """
        model = self.context.trained.model
        if self.variant.knows.forgetting or model.tracer.time_aware:
            return model
        return MindModel(model.tracer, NoForgetting(len(self.context.bank.concepts)))

    def sit(self, block: Block) -> Sitting:
        """Replay the histories."""
        return _Sitting(block, self)


class _Sitting(Sitting):
    def __init__(self, block: Block, arm: VariantArm) -> None:
        self._block, self._arm = block, arm
        self._knows = arm.variant.knows
        self._voice = arm.voice
        self._seen = arm.context.trained.model
        self._minds = replay_log(self._seen, block.cohort.log, block.students)
        self._planner = Planner(arm.model, arm.horizon_days)
        self._objective = ScopeObjective(self._seen.q_matrix, block.forms.scope)
        self._left = block.forms.candidates.copy()
        self._histories = [list(history) for history in block.histories]
        choosing = Choosing(arm.context.bank, self._planner, {})
        steering = Steering(arm.context.bank, self._seen)
        self._steered = Steered(steering, choosing, self._voice.known, self._knows)
        self._talks = Talks(arm.speaking, len(block)) if arm.speaking else None
        self._policy: Policy | None = make_policy(arm.variant.policy, self._seen) if arm.variant.policy else None

    def ask(self, turn: int, at_seconds: NDArray[np.float64]) -> Asked:
        """By the rule table and the planner, or by the variant's own policy."""
        records = [self._record(i) for i in range(len(self._block))]
        if self._policy is not None:
            rng = np.random.default_rng([self._block.seed, int(self._block.students[0]), turn, CHOICE])
            found = self._policy.choose(self._minds, self._left, self._objective, at_seconds, rng)
            leads = [""] * len(records)
        else:
            steered = [
                self._steered.steer(record, self._left[i], float(at_seconds[i])) for i, record in enumerate(records)
            ]
            allowed = np.stack([one.steer.allowed for one in steered])
            found = self._planner.choose(self._minds, allowed, self._objective, at_seconds, np.random.default_rng(0))
            leads = self._leads(steered, found.question, at_seconds)
        self._left[np.arange(len(records)), found.question] = False
        self._refill()
        if turn == 0:
            leads = [
                self._opening(i, records[i], int(found.question[i]), leads[i], at_seconds) for i in range(len(leads))
            ]
        if self._talks is not None:
            self._talks.lead(self._ids(found.question), leads)
        return Asked(found.question, leads)

    def reply(self, given: Given) -> Sequence[str]:
        """The variant's words, after the mind has taken the answers in."""
        answers = answered(given.question, given.right, given.at_seconds)
        self._minds = self._seen.answer(self._minds, answers)
        return [self._words(i, given.turn, self._taken(i, given)) for i in range(len(given.question))]

    def recall(self, at_seconds: NDArray[np.float64]) -> NDArray[np.float64] | None:
        """What the variant may believe."""
        if not self._knows.mastery:
            return None
        if not self._knows.forgetting:
            return self._seen.mastery(self._minds, at_seconds)
        return self._seen.recall(self._minds, at_seconds)

    def chances(self, questions: NDArray[np.int64], at_seconds: NDArray[np.float64]) -> NDArray[np.float64] | None:
        """What the variant may believe."""
        if not self._knows.mastery:
            return None
        return self._arm.model.p_correct(self._minds, questions, at_seconds)

    def _leads(self, steered: Sequence[SteeredTurn], question: NDArray[np.int64], at: NDArray[np.float64]) -> list[str]:
        bank, ids = self._arm.context.bank, self._ids(question)
        return [one.lead(bank, name, float(when)) for one, name, when in zip(steered, ids, at, strict=True)]

    def _ids(self, questions: NDArray[np.int64]) -> list[str]:
        return [self._arm.context.bank.questions[row].question_id for row in questions]

    def _opening(self, i: int, record: StudentRecord, question: int, lead: str, at: NDArray[np.float64]) -> str:
        proposal = Proposal(self._arm.context.bank.questions[question].question_id, "", lead)
        return self._voice.opening(record, proposal, float(at[i]), self._knows).feedback

    def _refill(self) -> None:
        """Who has been asked everything may be asked again."""
        empty = ~self._left.any(axis=1)
        self._left[empty] = self._block.forms.candidates[empty]

    def _taken(self, i: int, given: Given) -> Interaction:
        question = self._arm.context.bank.questions[given.question[i]]
        student, at = str(self._block.students[i]), float(given.at_seconds[i])
        key = f"{self._block.seed} {student} {given.turn}"
        history = self._histories[i]
        event = event_of(question, student, len(history), bool(given.right[i]), given.response[i], at, key)
        history.append(event)
        return event

    def _words(self, i: int, turn: int, event: Interaction) -> str:
        verdict = verdict_of(self._arm.context.bank, event)
        at = event.time_seconds or 0.0
        situation = self._voice.answered(self._record(i), event, verdict, at, self._knows)
        words = self._voice.words(situation)
        return words.text if self._talks is None else self._talks.reply(i, turn, situation, words)

    def _record(self, i: int) -> StudentRecord:
        history = tuple(self._histories[i])
        mind: Minds = self._minds.take(np.array([i]))
        return StudentRecord(str(self._block.students[i]), history, mind, 0)
