"""Overviews: one student, the roster, the class."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import SECONDS_PER_DAY, Concept, ConceptRecall
from preceptor.mind import Minds, replay_recall_only
from preceptor.workflow.context import Context
from preceptor.workflow.explaining import recent_evidence
from preceptor.workflow.minds import StudentRecord
from preceptor.workflow.views import ClassConcept, ConceptView, RosterRow, StudentView

FORECAST_DAYS = (0.0, 1.0, 3.0, 7.0, 14.0, 30.0)
DUE_RETENTION = 0.9
"""A practised concept is due for review once less than this share of it is left, see `MindModel.left`."""


class Overview:
    """What is shown of many students.

    Args:
        context: The opened course.
    """

    def __init__(self, context: Context) -> None:
        self._context = context

    @cached_property
    def _imported(self) -> Minds:
        return replay_recall_only(self._context.trained.model, self._context.log)

    @cached_property
    def _timed(self) -> bool:
        """Whether the model could learn from any time at all."""
        return bool(np.isfinite(self._context.log.time_seconds).any())

    def prepare(self) -> None:
        """Replay all imported students."""
        _ = self._imported

    def student(self, student_id: str, at_seconds: float) -> StudentView:
        """The state of one student."""
        record = self._context.minds.record(student_id)
        model = self._context.trained.model
        recalls = model.concept_recalls(record.mind, at_seconds)
        forecasts = np.stack(
            [model.recall(record.mind, np.array([at_seconds + days * SECONDS_PER_DAY]))[0] for days in FORECAST_DAYS]
        )
        concepts = tuple(
            self._concept(recalls[concept_id], forecasts[:, i], at_seconds)
            for i, concept_id in enumerate(model.q_matrix.concept_ids)
            if model.q_matrix.named[i]
        )
        return StudentView(
            student_id=student_id,
            display_name=self._name(student_id),
            answers=len(record.history),
            mean_recall=float(np.mean([concept.recall for concept in concepts])) if concepts else 0.0,
            time_model=model.curve.name if model.curve.forgets else "none",
            knows_time=model.knows_time and self._timed,
            timed=self._timed,
            concepts=concepts,
            recent=recent_evidence(self._context.bank, record.history, at_seconds),
        )

    def roster(self, at_seconds: float) -> tuple[RosterRow, ...]:
        """Every student in one line each."""
        students, recall, left = self._everyone(at_seconds)
        names = self._context.store.display_names()
        last_active, answers = self._activity()
        concepts = self._concepts
        weakest = recall.argmin(axis=1) if concepts else np.zeros(len(students), dtype=np.int64)
        rows = []
        for i, student_id in enumerate(students):
            seconds = last_active.get(student_id)
            rows.append(
                RosterRow(
                    student_id=student_id,
                    display_name=names.get(student_id, student_id),
                    answers=answers.get(student_id, 0),
                    mean_recall=float(recall[i].mean()) if concepts else 0.0,
                    due=int((left[i] < DUE_RETENTION).sum()),
                    weakest=concepts[weakest[i]].name if concepts else "",
                    last_active_days=None if seconds is None else max(at_seconds - seconds, 0) / SECONDS_PER_DAY,
                    simulated=self._context.is_simulated(student_id),
                )
            )
        return tuple(rows)

    def class_map(self, at_seconds: float) -> tuple[ClassConcept, ...]:
        """Every concept over the whole class."""
        students, recall, _ = self._everyone(at_seconds)
        means = recall.mean(axis=0) if len(students) else np.zeros(len(self._concepts))
        return tuple(
            ClassConcept(
                concept_id=concept.concept_id,
                name=concept.name,
                code=concept.code,
                grade=concept.grade,
                prerequisites=concept.prerequisites,
                mean_recall=float(means[i]),
                below_half=int((recall[:, i] < 0.5).sum()),
                students=len(students),
            )
            for i, concept in enumerate(self._concepts)
        )

    @cached_property
    def _concepts(self) -> tuple[Concept, ...]:
        """What is shown: every concept but the one of questions without a label."""
        named = self._context.bank.q_matrix.named
        return tuple(c for c, shown in zip(self._context.bank.concepts, named, strict=True) if shown)

    def _everyone(self, at_seconds: float) -> tuple[tuple[str, ...], NDArray[np.float64], NDArray[np.float64]]:
        """Students, recall [students, shown concepts] and what is left: imported ones in one sweep, live ones after."""
        model, log = self._context.trained.model, self._context.log
        at = np.full(len(log.student_ids), at_seconds)
        recall, left = model.recall(self._imported, at), model.left(self._imported, at)
        students = self._context.minds.students()
        extra = len(students) - len(log.student_ids)
        recall = np.concatenate([recall, np.zeros((extra, recall.shape[1]))])
        left = np.concatenate([left, np.ones((extra, recall.shape[1]))])
        index = {student_id: i for i, student_id in enumerate(students)}
        for student_id in self._context.store.students():
            record, one = self._context.minds.record(student_id), np.array([at_seconds])
            recall[index[student_id]] = model.recall(record.mind, one)[0]
            left[index[student_id]] = model.left(record.mind, one)[0]
        shown = self._context.bank.q_matrix.named
        return students, recall[:, shown], left[:, shown]

    def _activity(self) -> tuple[dict[str, float], dict[str, int]]:
        log = self._context.log
        answers = dict(zip(log.student_ids, np.diff(log.offsets).tolist(), strict=True))
        last = {
            log.student_ids[i]: float(log.time_seconds[stop - 1])
            for i, stop in enumerate(log.offsets[1:])
            if stop > log.offsets[i] and not np.isnan(log.time_seconds[stop - 1])
        }
        for student_id in self._context.store.students():
            record = self._context.minds.record(student_id)
            answers[student_id] = len(record.history)
            last.update(_last_active(record))
        return last, answers

    def _concept(self, recall: ConceptRecall, forecast: NDArray[np.float64], at_seconds: float) -> ConceptView:
        concept = self._context.bank.concept[recall.concept_id]
        seconds = recall.last_practice_seconds
        return ConceptView(
            concept_id=concept.concept_id,
            name=concept.name,
            code=concept.code,
            grade=concept.grade,
            prerequisites=concept.prerequisites,
            mastery=recall.mastery,
            recall=recall.recall,
            forecast=tuple((days, float(value)) for days, value in zip(FORECAST_DAYS, forecast, strict=True)),
            attempts=recall.attempts,
            correct=recall.correct,
            last_practice_days=None if seconds is None else max(at_seconds - seconds, 0) / SECONDS_PER_DAY,
            band=band(recall),
            due=recall.attempts > 0 and recall.retention < DUE_RETENTION,
        )

    def _name(self, student_id: str) -> str:
        return self._context.store.display_names().get(student_id, student_id)


def band(recall: ConceptRecall) -> str:
    """A word for a concept's state: "new", "weak" (below one half), "fading", "steady" or "strong" (0.8 and more)."""
    if not recall.attempts:
        return "new"
    if recall.recall >= 0.8:
        return "strong"
    if recall.mastery >= 0.5 and recall.forgotten >= 0.08:
        return "fading"
    return "steady" if recall.recall >= 0.5 else "weak"


def _last_active(record: StudentRecord) -> dict[str, float]:
    times = [event.time_seconds for event in record.history if event.time_seconds is not None]
    return {record.student_id: times[-1]} if times else {}
