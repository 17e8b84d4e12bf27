"""What is said of simulated students beside their sessions: to judges, and to a model that plays them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from preceptor.domain import ConceptRecall
from preceptor.evaluate.played_as import played_as
from preceptor.evaluate.tutoring.block import Block
from preceptor.evaluate.tutoring.design import chance
from preceptor.mind import Minds, replay_log
from preceptor.tutor.persona import persona_of
from preceptor.tutor.student_model import StudentModel
from preceptor.workflow.context import Context

STRANGER = 9
"""What randomness is drawn for."""


@dataclass(frozen=True)
class Profiles:
    """Describes the students of a block as they are when their sessions begin.

    Args:
        context: The course that knows them.
        block: The students.
    """

    context: Context
    block: Block

    def own(self, i: int) -> tuple[str, ...]:
        """What the course's persona says of a student on the concepts in the session's scope."""
        return self._persona(i, i)

    def stranger(self, i: int) -> tuple[str, ...]:
        """What it says of another student on the same concepts; empty if nobody else has practised them all.

        By lot, not the one who differs most: somebody at the edge could be told for a stranger without any words.
        """
        block = self.block
        able = np.flatnonzero(block.cohort.practised[block.students][:, block.forms.scope[i]].all(axis=1))
        others = able[able != i]
        if not len(others):
            return ()
        return self._persona(int(chance(block.seed, int(block.students[i]), STRANGER).choice(others)), i)

    def played_as(self, i: int) -> tuple[str, ...]:
        """What a model that plays the student is told."""
        bank, language, at = self.block.bank, self.context.course.language, float(self.block.start_seconds[i])
        tally = self._models[i].tally
        return tuple(
            played_as(
                known,
                bank.concept[known.concept_id].name,
                [bank.misconception[name].name for name in tally.mistakes(known.concept_id)],
                at,
                language,
            )
            for known in self._known(i, i)
        )

    def _persona(self, who: int, i: int) -> tuple[str, ...]:
        """Of one student, on the scope of student `i`."""
        known = {one.concept_id: one for one in self._known(who, i)}
        at = float(self.block.start_seconds[who])
        return tuple(e.text for e in persona_of(self._models[who], known, at, self.context.course.language))

    def _known(self, who: int, i: int) -> list[ConceptRecall]:
        mind = self._minds.take(np.array([who]))
        recalls = self.context.trained.model.concept_recalls(mind, float(self.block.start_seconds[who]))
        return [recalls[self.block.bank.concepts[concept].concept_id] for concept in self.block.forms.scope[i]]

    @cached_property
    def _minds(self) -> Minds:
        return replay_log(self.context.trained.model, self.block.cohort.log, self.block.students)

    @cached_property
    def _models(self) -> Sequence[StudentModel]:
        return [StudentModel.of(self.context.bank, history) for history in self.block.histories]
