"""PSS-MV (Liu et al., EMNLP 2024), as a tutor: a profile of the student's ways, and drafts validated by aspects.

The original simulates students; what is taken over is personality with evidence, and validation aspect by aspect with
another draft where one fails.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

from preceptor.llm import Failure, FailureKind, Message
from preceptor.llm.typed import ask
from preceptor.tutor.fencing import fenced
from preceptor.tutor.guard import Refused, Shown
from preceptor.tutor.prompting import NONE, messages
from preceptor.tutor.prompts import Prompt, prompt
from preceptor.tutor.rules import band
from preceptor.tutor.sentences import sentences_of
from preceptor.tutor.session import shown_before
from preceptor.tutor.situation import Situation
from preceptor.tutor.speaker import Counted, Draft, Ended
from preceptor.tutor.variants.contract import Kit, Variant
from preceptor.tutor.variants.knows import Knows
from preceptor.tutor.variants.pss_mv_profile import NoStyle, Style, infer_style
from preceptor.tutor.variants.turn_calls import TurnCalls

DRAFTS = 2
CALLS = 1 + 2 * DRAFTS
"""One for the profile, and for each draft one to make it and one to look at it."""
CHECK_TOKENS = 150


@dataclass(frozen=True)
class Validated:
    """A strategy: a profile, then drafts until one passes every aspect.

    Correctness and the open question's answer are checked by the guard, level and tone by a typed call. Of the last
    draft the guard alone decides: words that are safe but miss the tone are better than none.

    Args:
        drafts: Drafts in a turn at most.
    """

    drafts: int = DRAFTS

    def __call__(self, situation: Situation, kit: Kit) -> Generator[Draft]:
        """Draft, validate, and draft again; see `Speaker.speak`."""
        calls = TurnCalls(kit, 1 + 2 * self.drafts)
        style, counted = infer_style(situation, kit, calls)
        yield from counted
        words = prompt(kit.prompts, situation.language)
        fields = {"style": style_told(style, words), "level": level_told(situation, words)}
        conversation = list(messages(situation, kit, **fields))
        failure: Failure | None = Failure(FailureKind.INVALID, "no draft passed the guard")
        for number in range(1, self.drafts + 1):
            reply = calls.complete(conversation)
            if isinstance(reply, Failure):
                failure = reply
                break
            sentences = sentences_of(reply.text.strip(), situation.language)
            wrong = refusal_of(sentences, shown_before(situation), kit)
            if wrong is not None:
                yield Counted(f"draft_{wrong.reason}")
                problem = words.fill(f"not_{'hidden' if wrong.reason == 'leak' else 'correct'}")
            else:
                aspects = () if calls.left == 0 else aspects_missed(reply.text, fields, calls, words)
                yield from (Counted(aspect) for aspect in aspects)
                missed = [aspect for aspect in aspects if aspect in _MENDED]
                if not missed or number == self.drafts or calls.left == 0:
                    yield from sentences
                    return
                problem = " ".join(words.fill(_MENDED[aspect]) for aspect in missed)
            again = words.fill("again", problem=problem)
            conversation += [Message("assistant", reply.text), Message("user", again)]
        yield Ended(failure)


_MENDED = {"draft_level": "not_level", "draft_tone": "not_tone"}


def style_told(style: Style | NoStyle, words: Prompt) -> str:
    """The profile as advice; a dash where nothing is known."""
    if isinstance(style, NoStyle):
        return NONE
    advice = [words.fill(f"{trait}_{level}") for trait, level in style.traits.items()]
    return " ".join([*advice, *([words.fill(f"style_{style.style}")] if style.style else [])])


def level_told(situation: Situation, words: Prompt) -> str:
    """How much to explain, by the band of the lowest recall among the question's concepts."""
    known = [situation.recalls[c].recall for c in situation.question.concepts if c in situation.recalls]
    return words.fill(f"level_{band(min(known))}") if known else NONE


def refusal_of(sentences: Sequence[str], shown: Shown, kit: Kit) -> Refused | None:
    """The guard's first refusal of a draft; None if every sentence may be shown."""
    told = ""
    for sentence in sentences:
        seen = replace(shown, texts=(*shown.texts, told)) if told else shown
        release = kit.guard.check(sentence.strip(), seen)
        if isinstance(release, Refused):
            return release
        told += sentence
    return None


def aspects_missed(draft: str, fields: dict[str, str], calls: TurnCalls, words: Prompt) -> tuple[str, ...]:
    """What of level and tone a draft misses, to be counted; a failed look is counted as such and misses nothing."""
    from preceptor.tutor.variants.pss_mv_answers import Aspects

    if not calls.take():
        return ("validation_failed",)
    told = words.fill("validate", draft=fenced(draft, 2_000), **fields)
    asked = (Message("system", words.fill("validate_system")), Message("user", told))
    found = ask(calls.model, asked, Aspects, max_tokens=CHECK_TOKENS, timeout_seconds=calls.seconds_left, tries=1)
    if isinstance(found, Failure):
        return ("validation_failed",)
    level = () if found.value.level_fits else ("draft_level",)
    return level if found.value.tone_fits else (*level, "draft_tone")


PSS_MV = Variant(
    "pss-mv",
    Knows(persona=False, personality=True),
    policy="lowest-recall",
    prompts="pss-mv",
    strategy=Validated(),
    calls_per_turn=CALLS,
)
