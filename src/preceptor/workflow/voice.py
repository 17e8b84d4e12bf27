"""What the tutor knows of a student at one turn, and its deterministic words, from the mind that chooses questions."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from preceptor.answers import Verdict, VerdictOutcome
from preceptor.domain import Bank, ConceptRecall, Interaction, Question
from preceptor.tutor import TRIES, Answer, Memory, Profile, Proposal, Query, Situation, Tag, Turn, opening_turn
from preceptor.tutor.asking import points_to_the_question
from preceptor.tutor.composer import Composer, Words
from preceptor.tutor.passages import retrieve_passages
from preceptor.tutor.persona import PersonaEntry, persona_of
from preceptor.tutor.query import concepts_around
from preceptor.tutor.retrieval import retrieve_persona
from preceptor.tutor.rules import ENOUGH_ANSWERS, HIGH_RECALL
from preceptor.tutor.student_model import StudentModel
from preceptor.tutor.tagging import Tagger
from preceptor.tutor.trait_words import told
from preceptor.tutor.variants import EVERYTHING, Knows
from preceptor.tutor.variants.sight import recalls_for, seen, timeless
from preceptor.workflow.context import Context
from preceptor.workflow.minds import StudentRecord
from preceptor.workflow.remembering import Remembering
from preceptor.workflow.tutor_dials import USUAL, Dials

MOST_STRENGTHS = 8
"""Strengths that are looked at for a relevant one, the latest practised; to describe all would take milliseconds."""
CONFIDENT = 1.0
"""Of the concepts of the open question, where a message points to nothing else."""
UNSURE = 0.49
"""Most confidence of a guess; the student is asked."""

Recalls = Mapping[str, ConceptRecall]


class Voice:
    """Knows students turn by turn; nothing is replayed that was known at the turn before.

    Args:
        context: The opened course.
        dials: How much is retrieved.
    """

    def __init__(self, context: Context, dials: Dials = USUAL) -> None:
        self._context = context
        self._dials = dials
        self._composer = Composer()

    @cached_property
    def _remembering(self) -> Remembering:
        return Remembering.of_course(self._context.course, self._context.bank)

    @cached_property
    def _tagger(self) -> Tagger:
        return Tagger.fit(self._context.bank, self._remembering.encoder)

    def known(self, record: StudentRecord) -> StudentModel:
        """What words about a student rest on, after all answers of the record."""
        return self._remembering.of(record).model

    def prepare(self) -> None:
        """Fit the encoder and the tagger on the bank's texts."""
        _ = self._tagger

    def about(self, record: StudentRecord, stored: Interaction, verdict: Verdict, at_seconds: float) -> Words:
        """Feedback on a recorded answer; the first try is the one that counts.

        Args:
            record: The student, this answer included.
            stored: The answer.
            verdict: How checking ended.
            at_seconds: Now, UTC.
        """
        return self.words(self.answered(record, stored, verdict, at_seconds))

    def words(self, situation: Situation) -> Words:
        """The deterministic words of a turn."""
        return self._composer.words(situation)

    def answered(
        self,
        record: StudentRecord,
        stored: Interaction,
        verdict: Verdict,
        at_seconds: float,
        knows: Knows = EVERYTHING,
    ) -> Situation:
        """What is known when an answer is spoken about."""
        record = _as_known(record, knows)
        tries = 1 if verdict.outcome is VerdictOutcome.CORRECT else TRIES
        answer = Answer(stored.event_id, stored.question_id, stored.response, verdict, tries, stored.hints_used)
        question = self._context.bank.question[stored.question_id]
        query = Query(question, stored.response, verdict.misconception_id)
        recalls = self._recalls(record, at_seconds, knows)
        known = Situation(
            record.student_id,
            at_seconds,
            turn=1,
            turns=1,
            bank=self._context.bank,
            history=record.history,
            recalls=recalls,
            question=question,
            answer=answer,
            hints_opened=stored.hints_used,
            profile=self._profile(record, query, recalls, at_seconds, knows, stored.event_id),
            seed=stored.event_id,
        )
        return seen(known, knows)

    def wondered(
        self,
        record: StudentRecord,
        question: Question,
        message: str,
        at_seconds: float,
        knows: Knows = EVERYTHING,
    ) -> Situation:
        """What is known when a free question is answered while `question` is open."""
        record = _as_known(record, knows)
        recalls = self._recalls(record, at_seconds, knows)
        known = Situation(
            record.student_id,
            at_seconds,
            turn=1,
            turns=1,
            bank=self._context.bank,
            history=record.history,
            recalls=recalls,
            question=question,
            message=message,
            tags=self._tags(question, message),
            profile=self._profile(record, Query(question, message), recalls, at_seconds, knows),
            seed=f"{record.student_id} {len(record.history)} {message}",
        )
        return seen(known, knows)

    def opening(self, record: StudentRecord, upcoming: Proposal, at_seconds: float, knows: Knows = EVERYTHING) -> Turn:
        """The first words of a dialogue, as a variant may know the student."""
        record = _as_known(record, knows)
        recalls = recalls_for(self._recalls(record, at_seconds, knows), knows)
        concepts = self._context.bank.question[upcoming.question_id].concepts
        own = concepts[:1] if knows.persona else ()  # what the question is mainly about
        entries = self._entries(record, {c: recalls[c] for c in own if c in recalls}, at_seconds)
        return opening_turn(record.history, self._context.bank, recalls, at_seconds, upcoming, entries)

    def _recalls(self, record: StudentRecord, at_seconds: float, knows: Knows) -> Recalls:
        """What the mind knows, without time for who knows of no forgetting; mastery is taken out where it is seen."""
        found = self._context.trained.model.concept_recalls(record.mind, at_seconds)
        return recalls_for(found, replace(knows, mastery=True))

    def _profile(
        self,
        record: StudentRecord,
        query: Query,
        recalls: Recalls,
        at_seconds: float,
        knows: Knows,
        present: str = "",
    ) -> Profile:
        bank, remembered = self._context.bank, self._remembering.of(record)
        model = self._context.trained.model
        ranking = self._dials.on(self._remembering.ranking(model, record.mind, fades=knows.forgetting))
        persona: tuple[PersonaEntry, ...] = ()
        traits: tuple[str, ...] = ()
        if knows.persona:
            entries = self._entries(record, _worth_describing(recalls, query, bank), at_seconds)
            persona = retrieve_persona(entries, query, bank, self._remembering.encoder, ranking)
            found = remembered.model.tally.traits()
            traits = tuple(told(trait, query.question.language) for trait in found if trait.known)
        memories: tuple[Memory, ...] = ()
        if knows.memory:
            hits = remembered.index.search(query, bank, at_seconds, ranking, without={present})
            memories = tuple(hit.memory for hit in hits)
        passages: tuple[str, ...] = ()
        if knows.retrieval:
            hidden = None if present else query.question
            fitting = retrieve_passages(query, bank, self._remembering.encoder, hidden, ranking)
            passages = tuple(passage.text for passage in fitting)
        return Profile(persona, memories, tuple(entry.text for entry in persona), traits, passages)

    def _entries(self, record: StudentRecord, recalls: Recalls, at_seconds: float) -> tuple[PersonaEntry, ...]:
        model = self._remembering.of(record).model
        return persona_of(model, recalls, at_seconds, self._context.course.language)

    def _tags(self, question: Question, message: str) -> tuple[Tag, ...]:
        """What a message is about; one that names nothing is about the open question."""
        own = tuple(Tag(concept_id, CONFIDENT) for concept_id in question.concepts)
        if points_to_the_question(message, question.language):
            return own
        tagged = self._tagger.tag(message)
        if tagged.known:
            return tagged.tags
        near = concepts_around(question, self._context.bank)
        if not tagged.tags or tagged.tags[0].concept_id in near:
            return own
        return tuple(Tag(tag.concept_id, min(tag.confidence, UNSURE)) for tag in tagged.tags)


def _as_known(record: StudentRecord, knows: Knows) -> StudentRecord:
    """The record as a variant may know it; told here already, what is kept of it grows with it answer by answer."""
    return record if knows.forgetting else replace(record, history=timeless(record.history))


def _worth_describing(recalls: Recalls, query: Query, bank: Bank) -> dict[str, ConceptRecall]:
    """The concepts around the question, and the strengths practised last."""
    around = query.around(bank)
    strong = [
        known
        for concept_id, known in recalls.items()
        if concept_id not in around and known.recall > HIGH_RECALL and known.attempts >= ENOUGH_ANSWERS
    ]
    latest = sorted(strong, key=lambda known: -(known.last_practice_seconds or 0.0))[:MOST_STRENGTHS]
    return {c: recalls[c] for c in around if c in recalls} | {known.concept_id: known for known in latest}
