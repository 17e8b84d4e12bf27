"""Personas: renewed after every sitting, their versions kept."""

from collections.abc import Callable
from dataclasses import asdict

from preceptor.store import PersonaVersion
from preceptor.tutor.persona import PersonaEntry, persona_of
from preceptor.tutor.persona_content import persona_content
from preceptor.tutor.student_model import StudentModel
from preceptor.tutor.trait_words import told
from preceptor.tutor.traits import Trait
from preceptor.workflow.context import Context
from preceptor.workflow.minds import StudentRecord
from preceptor.workflow.views import PersonaCard, PersonaView, TraitView


class Personas:
    """What is said about students, always from the history; only versions of it are stored.

    Args:
        context: The opened course.
        known: What words about a student rest on, after all answers of a record.
    """

    def __init__(self, context: Context, known: Callable[[StudentRecord], StudentModel]) -> None:
        self._context, self._known = context, known

    def of(self, record: StudentRecord, at_seconds: float, language: str) -> tuple[PersonaEntry, ...]:
        """The persona now.

        Args:
            record: The student.
            at_seconds: Now, UTC.
            language: ISO 639-1 code of its texts.
        """
        recalls = self._context.trained.model.concept_recalls(record.mind, at_seconds)
        return persona_of(self._known(record), recalls, at_seconds, language)

    def renew(self, student_id: str, at_seconds: float) -> PersonaVersion | None:
        """Store the persona as a new version if there are new answers; None for a student without answers."""
        record = self._context.minds.record(student_id)
        if not record.history:
            return None
        entries = self.of(record, at_seconds, self._context.course.language)
        content = persona_content(entries, self._known(record).tally, len(record.history))
        return self._context.store.add_persona(student_id, at_seconds, record.history[-1].event_id, content)

    def view(self, student_id: str, at_seconds: float) -> PersonaView:
        """What is known of a student, each statement with the answers that it rests on."""
        record, language = self._context.minds.record(student_id), self._context.course.language
        overall = self._known(record).tally.traits()
        cards = tuple(
            PersonaCard(
                entry.concept_id,
                entry.name,
                entry.text,
                entry.action.value,
                entry.event_ids,
                tuple(_trait(trait, language) for trait in entry.traits if trait.known),
            )
            for entry in self.of(record, at_seconds, language)
        )
        versions = len(self._context.store.personas(student_id))
        return PersonaView(
            student_id, len(record.history), tuple(_trait(t, language) for t in overall), cards, versions
        )


def _trait(trait: Trait, language: str) -> TraitView:
    values = asdict(trait)
    values.pop("detail")
    return TraitView(**{**values, "kind": trait.kind.value}, text=told(trait, language))
