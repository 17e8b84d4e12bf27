"""The deterministic words of a turn: what is said without a language model, and wherever one fails."""

from collections.abc import Generator
from dataclasses import dataclass

from preceptor.tutor.feedback import Background, feedback
from preceptor.tutor.free import free_answer
from preceptor.tutor.memory import Memory
from preceptor.tutor.persona import PersonaEntry
from preceptor.tutor.profile import past_of
from preceptor.tutor.sentences import sentences_of
from preceptor.tutor.situation import Situation
from preceptor.tutor.speaker import Ended


@dataclass(frozen=True, slots=True)
class Words:
    """A whole turn in words.

    Args:
        text: Paragraphs parted by empty lines.
        verdict: Its beginning that says whether the answer is right; empty where nothing was graded.
        persona: The persona entries it rests on.
        memories: The memories it rests on.
        example_id: Another question whose worked answer it shows; empty for none.
    """

    text: str
    verdict: str = ""
    persona: tuple[PersonaEntry, ...] = ()
    memories: tuple[Memory, ...] = ()
    example_id: str = ""

    @property
    def rest(self) -> str:
        """The text behind the verdict, as it follows there."""
        return self.text[len(self.verdict) :]

    @property
    def event_ids(self) -> tuple[str, ...]:
        """The answers it rests on, each once."""
        cited = [memory.event_id for memory in self.memories]
        return tuple(dict.fromkeys([*cited, *(e for entry in self.persona for e in entry.event_ids)]))


class Composer:
    """A `Speaker` that composes from what is stored: verdict, worked steps, misconception, the student's past."""

    def words(self, situation: Situation) -> Words:
        """Compose the turn: feedback on an answer, or the reply to a free question."""
        if situation.answer is None:
            told = free_answer(situation)
            return Words(told.text, example_id=told.example_id)
        profile = situation.profile
        past = past_of(situation.answer, situation.history)
        # Of a concept without recall, an entry holds counts of right answers, which are no standing.
        persona = tuple(entry for entry in profile.persona if entry.concept_id in situation.recalls)
        background = Background(situation.bank, past, persona, profile.memories, situation.at_seconds)
        said = feedback(situation.answer, background)
        return Words(said.text, said.verdict, said.persona, said.memories)

    def speak(self, situation: Situation) -> Generator[str | Ended]:
        """Yield the turn behind its verdict, sentence by sentence."""
        yield from sentences_of(self.words(situation).rest.strip(), situation.language)
