"""The reduced forms in which TASA compared its rivals, and its own, for replication only.

They are mended where they were broken: what is computed is computed in the safe grammar, a failed inference is counted,
and all have the context and budget of every other variant. Questions, grades and the guard are those of the session.
"""

import re
from collections.abc import Generator, Mapping

from preceptor.answers import compute
from preceptor.domain import SECONDS_PER_DAY
from preceptor.forgetting import make_score
from preceptor.llm import Failure, Message
from preceptor.tutor.fencing import fenced
from preceptor.tutor.persona import PersonaEntry
from preceptor.tutor.prompting import NONE, messages
from preceptor.tutor.prompts import prompt
from preceptor.tutor.situation import Situation
from preceptor.tutor.speaker import Counted, Draft
from preceptor.tutor.tongue import tongue_of
from preceptor.tutor.variants.call_with import CallWith
from preceptor.tutor.variants.contract import Kit, Variant
from preceptor.tutor.variants.knows import Knows
from preceptor.tutor.variants.mathchat import NoComputer, equation
from preceptor.tutor.variants.one_call import sentences_heard
from preceptor.tutor.variants.sight import by_answers
from preceptor.tutor.variants.turn_calls import TurnCalls

TAU_DAYS = 7.0
"""The time constant of the forgetting score, where no log says another."""
STYLE_TOKENS = 100
MODERATE, HIGH = 0.3, 0.7
_TAG = re.compile(r"<calculate>(.*?)</calculate>", re.DOTALL)
_NO_PERSONA = Knows(persona=False, memory=False, mastery=False, forgetting=False, content=False)


def _targets(situation: Situation) -> list[PersonaEntry]:
    """The persona of the question's own concepts."""
    return [entry for entry in situation.profile.persona if entry.concept_id in situation.question.concepts]


def _lines(texts: list[str]) -> str:
    return "".join(f"\n- {fenced(text)}" for text in texts) or NONE


def _persona(situation: Situation, kit: Kit) -> Mapping[str, str]:
    return {"profile": _lines([entry.text for entry in _targets(situation)]), "also": ""}


def _persona_and_memories(situation: Situation, kit: Kit) -> Mapping[str, str]:
    memories = [memory.text for memory in situation.profile.memories]
    told = [*(entry.text for entry in _targets(situation)), *memories]
    return {"profile": _lines(told), "also": prompt(kit.prompts, situation.language).fill("use_profile")}


def forgetting_told(concept_id: str, situation: Situation, kit: Kit) -> str:
    """What is forgotten of a concept by equation 8, with its level; empty where no time is known."""
    known = situation.recalls.get(concept_id)
    if known is None or known.last_practice_seconds is None:
        return ""
    days = max(0.0, situation.at_seconds - known.last_practice_seconds) / SECONDS_PER_DAY
    score = float(make_score("tasa-rational", TAU_DAYS).score(known.mastery, days))  # type: ignore[arg-type]
    level = "high" if score >= HIGH else "moderate" if score >= MODERATE else "low"
    words, say = prompt(kit.prompts, situation.language), tongue_of(situation.language)
    return words.fill(
        "forgetting",
        mastery=str(round(100 * known.mastery)),
        days=say.number(days),
        score=str(round(100 * score)),
        level=words.fill(f"forgetting_{level}"),
    )


def _faded(situation: Situation, kit: Kit) -> Mapping[str, str]:
    """Each entry with its own concept's forgetting: the original gave all of them the target's."""
    persona = [(by_answers(e, situation.language).text, e.concept_id) for e in situation.profile.persona]
    memories = [(m.text, m.concept_ids[0]) for m in situation.profile.memories if m.concept_ids]
    told = [f"{text} {forgetting_told(about, situation, kit)}".strip() for text, about in (*persona, *memories)]
    return {"profile": _lines(told), "also": ""}


def calculate_tags(situation: Situation, kit: Kit) -> Generator[Draft]:
    """One call; what it wrapped in tags is computed afterwards, so that it never sees a result."""
    words = prompt(kit.prompts, situation.language)
    told = messages(situation, kit, profile=NONE, also=words.fill("calculate"))
    for item in sentences_heard(TurnCalls(kit, 1).heard(told), situation.language):
        if not isinstance(item, str):
            yield item
            continue
        for tag in _TAG.finditer(item):
            yield Counted("query_invalid" if _value(tag[1], kit) is None else "query_computed")
        yield _TAG.sub(lambda tag: _computed(tag[1], kit), item)


def _computed(expression: str, kit: Kit) -> str:
    value = _value(expression, kit)
    return expression.strip() if value is None else equation(expression.strip(), value)


def _value(expression: str, kit: Kit) -> str | None:
    found = compute(expression, kit.computer or NoComputer())
    return found if isinstance(found, str) else None


def style_then_speak(situation: Situation, kit: Kit) -> Generator[Draft]:
    """A style of learning in free words from memories, then one call that is told it; a failed one is counted."""
    words, calls = prompt(kit.prompts, situation.language), TurnCalls(kit, 2)
    memories = _lines([memory.text for memory in situation.profile.memories])
    style = NONE
    if memories != NONE:
        asked = words.fill("infer", memories=memories)
        reply = calls.complete((Message("system", words.fill("system")), Message("user", asked)), STYLE_TOKENS)
        if isinstance(reply, Failure) or not reply.text.strip():
            yield Counted("inference_failed")
        else:
            style = fenced(reply.text)
    profile = f"{memories}\n{words.fill('style', style=style)}"
    told = messages(situation, kit, profile=profile, also=words.fill("use_style"))
    yield from sentences_heard(calls.heard(told), situation.language)


VANILLA_ICL = Variant(
    "vanilla-icl-original",
    Knows(memory=False, mastery=False, forgetting=False, content=False),
    policy="random",
    prompts="original",
    strategy=CallWith(_persona),
    replicates=True,
)
MATHCHAT = Variant(
    "mathchat-original",
    _NO_PERSONA,
    policy="random",
    prompts="original",
    strategy=calculate_tags,
    replicates=True,
)
TUTORLLM = Variant(
    "tutorllm-original",
    Knows(mastery=False, forgetting=False, content=False),
    policy="random",
    prompts="original",
    strategy=CallWith(_persona_and_memories),
    replicates=True,
)
PSS_MV = Variant(
    "pss-mv-original",
    Knows(persona=False, mastery=False, forgetting=False, content=False, personality=True),
    policy="random",
    prompts="original",
    strategy=style_then_speak,
    calls_per_turn=2,
    replicates=True,
)
TASA = Variant(
    "tasa-original",
    Knows(content=False),
    policy="lowest-recall",
    prompts="original",
    strategy=CallWith(_faded),
    replicates=True,
)
