"""One turn of the dialogue: feedback on an answer and the next question, which a policy chose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from preceptor.domain import Bank, ConceptRecall, Interaction, UserError
from preceptor.embed import Encoder
from preceptor.tutor.answer import Answer
from preceptor.tutor.feedback import Background, feedback
from preceptor.tutor.memory import Memory, on_concepts
from preceptor.tutor.persona import NOTICEABLE_LOSS, PersonaEntry, persona
from preceptor.tutor.profile import past_of, profile_for
from preceptor.tutor.proposal import Proposal
from preceptor.tutor.tongue import Tongue, tongue
from preceptor.tutor.words import begin, percent

_FIRST_GREETING = (
    "Hello. We have not worked together yet, so this first question only shows me where to start. "
    "If it is new to you, say “I don't know”. That helps me too."
)
_FADED = "{concept} has faded since you practised it: your recall went from about {was} to {now}. Let's freshen it up."


@dataclass(frozen=True, slots=True)
class Turn:
    """What the tutor says.

    Args:
        feedback: Words on the last answer, or a greeting.
        question: The stem of the question that is open now; empty where the sitting ends.
        why: Why this question; empty where it stays the same.
        persona_cited: Persona entries the words rest on.
        memories_cited: Memories the words rest on.
        next_question_id: The question that is open now; None where the sitting ends.
    """

    feedback: str
    question: str
    why: str
    persona_cited: tuple[PersonaEntry, ...]
    memories_cited: tuple[Memory, ...]
    next_question_id: str | None

    @property
    def event_ids(self) -> tuple[str, ...]:
        """The answers all words rest on, each once."""
        cited = [m.event_id for m in self.memories_cited]
        return tuple(dict.fromkeys([*cited, *(e for entry in self.persona_cited for e in entry.event_ids)]))


def answer_turn(
    answer: Answer,
    history: Sequence[Interaction],
    bank: Bank,
    recalls: Mapping[str, ConceptRecall],
    at_seconds: float,
    encoder: Encoder,
    upcoming: Proposal | None,
) -> Turn:
    """Reply to an answer.

    Args:
        answer: The answer and its verdict.
        history: The student's interactions, in order; this answer may stand in it already.
        bank: The questions.
        recalls: What the mind knows now, by concept id.
        at_seconds: Now, UTC.
        encoder: For retrieval.
        upcoming: What the policy chose for afterwards; None ends the sitting. Not used while the student may try the
            same question again.

    Raises:
        UserError: If the bank lacks one of the questions.
    """
    question = _question(bank, answer.question_id)
    profile = profile_for(answer, history, bank, recalls, at_seconds, encoder)
    past = past_of(answer, history)
    background = Background(bank, past, profile.persona, profile.memories, at_seconds)
    said = feedback(answer, background)
    following = Proposal(answer.question_id) if answer.may_retry else upcoming
    stem = question if answer.may_retry else _stem(bank, upcoming)
    return Turn(
        f"{said.text}\n\n{following.lead}" if following and following.lead else said.text,
        stem,
        following.why if following else "",
        said.persona,
        said.memories,
        following.question_id if following else None,
    )


def opening_turn(
    history: Sequence[Interaction],
    bank: Bank,
    recalls: Mapping[str, ConceptRecall],
    at_seconds: float,
    upcoming: Proposal,
    entries: Sequence[PersonaEntry] | None = None,
) -> Turn:
    """Open a sitting: a first question that shows where to start, or a welcome back to what has faded.

    Args:
        history: The student's interactions, in order; may be empty.
        bank: The questions.
        recalls: What the mind knows now, by concept id; may be empty.
        at_seconds: Now, UTC.
        upcoming: What the policy chose.
        entries: The persona entries of its concepts, where they are known already; nothing is said of them if a
            practised concept has none.

    Raises:
        UserError: If the bank lacks the question.
    """
    stem = _stem(bank, upcoming)
    say = tongue(bank.question[upcoming.question_id])
    if not history:
        return Turn(say(_FIRST_GREETING), stem, upcoming.why, (), (), upcoming.question_id)
    concepts = bank.question[upcoming.question_id].concepts
    if entries is None:
        entries = persona(history, bank, recalls, at_seconds)
    about = next((entry for entry in entries if entry.concept_id in concepts), None)
    told = upcoming.lead or about is not None or not on_concepts(history, bank, concepts)
    purpose = (upcoming.lead or _about(about, say)) if told else ""
    greeting = " ".join(part for part in (_welcome(history[-1], say, at_seconds), purpose) if part)
    return Turn(greeting, stem, upcoming.why, (about,) if about else (), (), upcoming.question_id)


def _welcome(last: Interaction, say: Tongue, at_seconds: float) -> str:
    hello = say.pick(("Welcome back.", "Good to see you again.", "Hello again."), "welcome", last.event_id)
    if last.time_seconds is None:
        return hello
    gap = say.span(at_seconds - last.time_seconds)
    return f"{hello} {say('Your last answer was {gap} ago.', gap=gap)}"


def _about(entry: PersonaEntry | None, say: Tongue) -> str:
    if entry is None:
        return say("Today begins with something new.")
    name, now = say.within(entry.name), percent(entry.recall)
    if entry.mastery - entry.recall >= NOTICEABLE_LOSS:
        return say(_FADED, concept=begin(name), was=percent(entry.mastery), now=now)
    return say("We go on with {concept}, where your recall is about {now}.", concept=name, now=now)


def _stem(bank: Bank, proposal: Proposal | None) -> str:
    return "" if proposal is None else _question(bank, proposal.question_id)


def _question(bank: Bank, question_id: str) -> str:
    question = bank.question.get(question_id)
    if question is None:
        raise UserError(
            f"The bank has no question {question_id!r}.", mend="import the bank that the question belongs to"
        )
    return question.text
