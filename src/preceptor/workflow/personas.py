"""Personas: renewed after every sitting, their versions kept."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from preceptor.llm import Failure, LanguageModel
from preceptor.tutor.insight_asking import ask_insights
from preceptor.tutor.persona import PersonaEntry, persona_of
from preceptor.tutor.persona_content import persona_content
from preceptor.tutor.student_model import StudentModel
from preceptor.tutor.trait_words import told
from preceptor.tutor.traits import Trait
from preceptor.workflow.context import Context
from preceptor.workflow.minds import StudentRecord
from preceptor.workflow.views import PersonaCard, PersonaView, TraitView

REWRITER = "rewriter"
"""The role of the model that is asked for insights."""


class Personas:
    """What is said about students, always from the history; only versions of it are stored.

    Args:
        context: The opened course.
        known: What words about a student rest on, after all answers of a record.
        model: Asked for insights at the end of a sitting; None for none.
    """

    def __init__(
        self, context: Context, known: Callable[[StudentRecord], StudentModel], model: LanguageModel | None = None
    ) -> None:
        self._context, self._known, self._model = context, known, model

    def of(self, record: StudentRecord, at_seconds: float, language: str) -> tuple[PersonaEntry, ...]:
        """The persona now.

        Args:
            record: The student.
            at_seconds: Now, UTC.
            language: ISO 639-1 code of its texts.
        """
        recalls = self._context.trained.model.concept_recalls(record.mind, at_seconds)
        return persona_of(self._known(record), recalls, at_seconds, language)

    def renew(self, student_id: str, at_seconds: float, *, ask: bool = True) -> None:
        """Store the persona as a new version if there are new answers.

        Args:
            student_id: The student.
            at_seconds: Now, UTC.
            ask: Whether the model, if there is one, is asked for insights.
        """
        record, store = self._context.minds.record(student_id), self._context.store
        if not record.history:
            return
        newest = record.history[-1].event_id
        if store.persona_up_to(student_id) == newest:
            return
        entries = self.of(record, at_seconds, self._context.course.language)
        content = persona_content(entries, self._known(record).tally, len(record.history))
        if ask and self._model is not None:
            content |= self._insights(record, self._model)
        store.add_persona(student_id, at_seconds, newest, content)

    def _insights(self, record: StudentRecord, model: LanguageModel) -> dict[str, Any]:
        """What a model adds and the history bears out, and how much of it was dropped; or why there is none."""
        found = ask_insights(model, record.history, self._context.bank, self._context.course.language)
        if isinstance(found, Failure):
            return {"insights": [], "insights_failed": found.kind.value}
        return {"insights": [asdict(insight) for insight in found.kept], "insights_dropped": dict(found.dropped)}

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
