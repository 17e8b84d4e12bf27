"""Everything a tutor may know at one turn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from preceptor.domain import Bank, ConceptRecall, Interaction, Question
from preceptor.tutor.answer import Answer
from preceptor.tutor.intent import Intent
from preceptor.tutor.memory import Memory
from preceptor.tutor.persona import PersonaEntry
from preceptor.tutor.proposal import Proposal


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a session.

    Args:
        role: Who said it.
        text: What was said, as it was shown.
        question_id: The question that was open then; empty for none.
    """

    role: Literal["student", "tutor"]
    text: str
    question_id: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """A concept that a message is about.

    Args:
        concept_id: The concept.
        confidence: P(the message is about it), calibrated, in 0..1.
    """

    concept_id: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Profile:
    """What was chosen of a student's record for one turn.

    Args:
        persona: Persona entries, most relevant first.
        memories: Memories, most relevant first.
        rendered: The state of each concept that matters, in words of the situation's language.
        traits: What holds across concepts, in words; empty where too little is known.
        passages: What of the course's content fits the turn, best first, for a variant that retrieves it.
    """

    persona: tuple[PersonaEntry, ...] = ()
    memories: tuple[Memory, ...] = ()
    rendered: tuple[str, ...] = ()
    traits: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Situation:
    """What a tutor may know when it speaks; two variants in the same situation get equal ones.

    Args:
        student_id: The student.
        at_seconds: Now, UTC.
        turn: Which question of the session this is about, from 1.
        turns: Questions in a session.
        bank: The questions and concepts.
        history: The student's interactions, in order; a graded answer of this turn stands in it already.
        recalls: What the mind knows now, by concept id.
        question: The question that the message answers or is about; for an opening, the one that is put.
        message: What the student wrote; empty for an opening.
        intent: What the message wants; None for an opening.
        answer: The graded answer with its verdict; None for anything else.
        said: This session so far, oldest first, without this message.
        hints_opened: How many of the question's hints the student has seen, one opened by this message included.
        upcoming: What the policy chose for afterwards; None where the same question stays or the session ends.
        tags: The concepts that a free question is about, most likely first; empty if nobody can tell.
        profile: What of the student's record matters here.
        seed: Varies the phrasing; the same turn has the same seed.
    """

    student_id: str
    at_seconds: float
    turn: int
    turns: int
    bank: Bank
    history: Sequence[Interaction]
    recalls: Mapping[str, ConceptRecall]
    question: Question
    message: str = ""
    intent: Intent | None = None
    answer: Answer | None = None
    said: tuple[Said, ...] = ()
    hints_opened: int = 0
    upcoming: Proposal | None = None
    tags: tuple[Tag, ...] = ()
    profile: Profile = field(default_factory=Profile)
    seed: str = ""

    @property
    def language(self) -> str:
        """Language of the question, as an ISO 639-1 code; the tutor speaks it, too."""
        return self.question.language

    @property
    def closed(self) -> bool:
        """Whether the question is over, so that its answer may be shown."""
        return self.answer is not None and not self.answer.may_retry
