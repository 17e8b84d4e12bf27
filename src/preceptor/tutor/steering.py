"""From the rule table to the questions that may be asked: which concept, and how hard; a policy chooses among them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from preceptor.domain import Bank, ConceptRecall, Interaction, claims_nothing
from preceptor.mind import MindModel, Minds
from preceptor.tutor.diagnosis import missed
from preceptor.tutor.memory_log import SITTING_GAP_SECONDS
from preceptor.tutor.rules import AIMS, LOW_RECALL, Action, Band, Last, action_on, band
from preceptor.tutor.student_model import StudentModel

LEAST_KEPT = 3
"""Questions of a set of concepts that stay, the nearest to the aim, where fewer lie within it."""
_FIRST = (Action.REVIEW, Action.PRACTISE, Action.ADVANCE)


@dataclass(frozen=True)
class Steer:
    """What may be asked next.

    Args:
        allowed: bool [questions].
        focus: The concept the turn looks at; empty for none.
        action: What is done about it; None without a focus, where every concept has its own.
        targets: The concepts to be asked; empty without a focus.
        actions: What is done about every concept, by its id.
    """

    allowed: NDArray[np.bool_]
    focus: str
    action: Action | None
    targets: tuple[str, ...]
    actions: Mapping[str, Action]

    def action_for(self, concept_ids: Iterable[str]) -> Action:
        """What asking a question with these concepts is for."""
        if self.action is not None:
            return self.action
        return min(
            (self.actions[c] for c in concept_ids if c in self.actions), key=_FIRST.index, default=Action.ADVANCE
        )


class Steering:
    """Steers by the rule table, see docs/tutor-rules.md.

    Args:
        bank: The questions.
        model: The model behind the minds.
    """

    def __init__(self, bank: Bank, model: MindModel) -> None:
        self.bank = bank
        self.model = model

    def steer(
        self,
        student: StudentModel,
        recalls: Mapping[str, ConceptRecall],
        chances: NDArray[np.float64],
        candidates: NDArray[np.bool_],
        focus: str = "",
        stale: NDArray[np.bool_] | None = None,
    ) -> Steer:
        """Narrow down what may be asked; never to nothing.

        Args:
            student: What follows the history.
            recalls: What the mind knows now, by concept id.
            chances: P(correct) of every question now, float64 [questions]; see `chances`.
            candidates: What may be asked at all, bool [questions].
            focus: The concept the turn looks at; empty for none.
            stale: What was answered lately, bool [questions]: passed over while anything else is left.
        """
        stale = np.zeros_like(candidates) if stale is None else stale
        if focus and not (candidates & self._with([focus])).any():
            focus = ""  # nothing of it can be asked
        actions = self._actions(student, recalls)
        if not student.answers:
            wanted = candidates & self._with([focus]) if focus else candidates
            blank = Steer(
                _rested(wanted, candidates, stale), focus, Action.DIAGNOSE, (focus,) if focus else (), actions
            )
            return self._aimed(blank, chances)
        if focus:
            action = actions.get(focus, Action.PRACTISE)
            targets, wanted = self._wanted(student, recalls, candidates, focus, action, actions, stale)
            return self._aimed(Steer(_rested(wanted, candidates, stale), focus, action, targets, actions), chances)
        behind = self._with(c for c, action in actions.items() if action is Action.ADVANCE)
        open_ones = self._with(c for c, action in actions.items() if action is not Action.ADVANCE)
        held = self._with(self._held_back(recalls))
        wanted = next(mask for mask in (candidates & open_ones & ~held, candidates & ~behind, candidates) if mask.any())
        return self._aimed(Steer(_rested(wanted, candidates, stale), "", None, (), actions), chances)

    def chances(self, mind: Minds, at_seconds: float) -> NDArray[np.float64]:
        """P(correct) of every question, spread by the authors' difficulties where the tracer sees no difference.

        P(q) = σ(logit P(tracer) − (d(q) − mean d of the questions that look alike to the tracer))

        Args:
            mind: One student.
            at_seconds: Now, UTC.
        """
        representative, class_of = self._classes
        p_correct = self.model.p_correct(mind, representative[None], np.array([at_seconds]))[0]
        near = np.clip(p_correct, 1e-6, 1 - 1e-6)
        return np.asarray(expit(logit(near)[class_of] - self._harder))

    @cached_property
    def _classes(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Questions that look alike to the tracer: one of each class, and the class of each."""
        return self.model.tracer.distinct()

    @cached_property
    def _harder(self) -> NDArray[np.float64]:
        """How much harder than the mean of its class each question is, in logits; 0 where nobody says."""
        difficulty = np.array([np.nan if q.difficulty is None else q.difficulty for q in self.bank.questions])
        known, class_of = ~np.isnan(difficulty), self._classes[1]
        classes = len(self._classes[0])
        total = np.bincount(class_of[known], weights=difficulty[known], minlength=classes)
        mean = total / np.maximum(np.bincount(class_of[known], minlength=classes), 1)
        return np.asarray(np.where(known, difficulty - mean[class_of], 0.0))

    @cached_property
    def _opened_by(self) -> Mapping[str, tuple[str, ...]]:
        """The concepts that need a concept, by its id."""
        found: dict[str, list[str]] = {}
        for concept in self.bank.concepts:
            for before in concept.prerequisites:
                found.setdefault(before, []).append(concept.concept_id)
        return {concept_id: tuple(needing) for concept_id, needing in found.items()}

    @cached_property
    def _single(self) -> NDArray[np.bool_]:
        """Questions that exercise one concept, bool [questions]."""
        return np.array([len(question.concepts) == 1 for question in self.bank.questions], dtype=bool)

    @cached_property
    def _concept_set(self) -> NDArray[np.int64]:
        """Equal for questions with the same concepts, int64 [questions]."""
        numbers: dict[tuple[str, ...], int] = {}
        sets = (tuple(sorted(question.concepts)) for question in self.bank.questions)
        return np.array([numbers.setdefault(concepts, len(numbers)) for concepts in sets], dtype=np.int64)

    def _actions(self, student: StudentModel, recalls: Mapping[str, ConceptRecall]) -> dict[str, Action]:
        ended = student.last_answers.ended
        return {c: action_on(known, ended(c)) for c, known in recalls.items() if not claims_nothing(c)}

    def _held_back(self, recalls: Mapping[str, ConceptRecall]) -> list[str]:
        """Concepts never practised that rest on something practised and weak."""
        return [
            concept.concept_id
            for concept in self.bank.concepts
            if concept.concept_id in recalls
            and not recalls[concept.concept_id].attempts
            and any(_weak(recalls, before) and recalls[before].attempts for before in concept.prerequisites)
        ]

    def _wanted(
        self,
        student: StudentModel,
        recalls: Mapping[str, ConceptRecall],
        candidates: NDArray[np.bool_],
        focus: str,
        action: Action,
        actions: Mapping[str, Action],
        stale: NDArray[np.bool_],
    ) -> tuple[tuple[str, ...], NDArray[np.bool_]]:
        """The concepts to be asked, and their questions."""
        own = self._with([focus])
        if action is Action.ADVANCE:
            held = set(self._held_back(recalls))
            ahead = {c for c, found in actions.items() if found is not Action.ADVANCE and c not in held}
            opened = tuple(c for c in self._opened_by.get(focus, ()) if c in ahead)
            others = tuple(c for c in actions if c != focus)
            for targets in (opened, tuple(c for c in others if c in ahead), others):
                wanted = candidates & self._with(targets) & ~own
                if wanted.any():
                    return targets, wanted
            return (focus,), candidates & own
        ended = student.last_answers.ended(focus)
        known = recalls.get(focus)
        if ended is Last.MISSED and known and band(max(known.mastery, known.recall)) is Band.LOW:
            weak = [before for before in self.bank.concept[focus].prerequisites if _weak(recalls, before)]
            for before in sorted(weak, key=lambda c: recalls[c].recall):
                wanted = candidates & self._with([before]) & ~own
                if wanted.any():
                    return (before,), wanted
        if ended is Last.MISCONCEPTION:
            mistake = student.last_answers.by_concept[focus].misconception_id
            wanted = np.zeros_like(candidates)
            wanted[self._showing.get(mistake, [])] = True
            wanted &= candidates & own & ~stale
            if wanted.any():
                return (focus,), wanted
        alone = candidates & own & self._single & ~stale
        return (focus,), alone if alone.any() else candidates & own

    def _aimed(self, steer: Steer, chances: NDArray[np.float64]) -> Steer:
        """Of every group of questions, keep those within the aim, or the nearest to it.

        With a target all its questions are a group; without one, those of every set of concepts.
        """
        rows = np.flatnonzero(steer.allowed)
        group = self._concept_set[rows] if not steer.targets else self._first_target(rows, steer.targets)
        _, first, member, sizes = np.unique(group, return_index=True, return_inverse=True, return_counts=True)
        aims = np.array([AIMS[steer.action_for(self.bank.questions[row].concepts)] for row in rows[first]])
        low, high = aims[member].T
        off = np.maximum(np.maximum(low - chances[rows], chances[rows] - high), 0.0)
        nearest_first = off[np.lexsort((off, member))]
        last = nearest_first[np.cumsum(sizes) - sizes + np.minimum(LEAST_KEPT, sizes) - 1]
        kept = np.zeros_like(steer.allowed)
        kept[rows[off <= last[member]]] = True
        return replace(steer, allowed=kept)

    def _first_target(self, rows: NDArray[np.int64], targets: tuple[str, ...]) -> NDArray[np.int64]:
        """The first of the targets that each question exercises, int64 [rows]; 0 where none is."""
        q_matrix = self.bank.q_matrix
        columns = [q_matrix.concept_index[c] for c in targets if c in q_matrix.concept_index]
        return np.asarray(q_matrix.dense[rows][:, columns].argmax(axis=1))

    def _with(self, concept_ids: Iterable[str]) -> NDArray[np.bool_]:
        """Questions with one of these concepts, bool [questions]."""
        q_matrix = self.bank.q_matrix
        columns = [q_matrix.concept_index[c] for c in concept_ids if c in q_matrix.concept_index]
        return np.asarray(q_matrix.dense[:, columns].any(axis=1))

    @cached_property
    def _showing(self) -> Mapping[str, list[int]]:
        """Rows of the questions in which a misconception would show, by its id."""
        found: dict[str, list[int]] = {}
        for row, question in enumerate(self.bank.questions):
            for misconception_id in {distractor.misconception_id for distractor in question.distractors}:
                found.setdefault(misconception_id, []).append(row)
        return found


def _rested(wanted: NDArray[np.bool_], candidates: NDArray[np.bool_], stale: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """What is wanted without what was answered lately; never nothing."""
    fresh = wanted & ~stale
    if fresh.any():
        return fresh
    return wanted if wanted.any() else candidates


def just_missed(bank: Bank, latest: Interaction | None, recalls: Mapping[str, ConceptRecall], at_seconds: float) -> str:
    """The focus after a miss: the weakest concept of the question that was just missed; empty if none was.

    Args:
        bank: The questions.
        latest: The student's last answer; None if there is none.
        recalls: What the mind knows now, by concept id.
        at_seconds: Now, UTC; an answer more than half an hour ago belongs to another sitting.
    """
    if latest is None or not missed(latest):
        return ""
    if latest.time_seconds is not None and at_seconds - latest.time_seconds > SITTING_GAP_SECONDS:
        return ""
    question = bank.question.get(latest.question_id)
    own = [c for c in question.concepts if c in recalls and not claims_nothing(c)] if question else []
    return min(own, key=lambda c: recalls[c].recall, default="")


def _weak(recalls: Mapping[str, ConceptRecall], concept_id: str) -> bool:
    known = recalls.get(concept_id)
    return known is not None and known.recall < LOW_RECALL
