"""TutorLLM (Li et al., 2025): the tracer's mastery of each concept, and passages retrieved from the course."""

from collections.abc import Mapping

from preceptor.domain import claims_nothing
from preceptor.tutor.fencing import flat
from preceptor.tutor.prompting import NONE, listed
from preceptor.tutor.prompts import prompt
from preceptor.tutor.query import concepts_around
from preceptor.tutor.situation import Situation
from preceptor.tutor.tongue import tongue_of
from preceptor.tutor.variants.call_with import CallWith
from preceptor.tutor.variants.contract import Kit, Variant
from preceptor.tutor.variants.knows import Knows


def mastery_of(situation: Situation, kit: Kit) -> str:
    """The tracer's mastery of each concept around the question, a line a concept."""
    words, bank = prompt(kit.prompts, situation.language), situation.bank
    around = concepts_around(situation.question, bank)
    named = [c.concept_id for c in bank.concepts if c.concept_id in around and not claims_nothing(c.concept_id)]
    lines = [
        words.fill(
            "mastery",
            concept=flat(bank.concept[concept_id].name),
            percent=str(round(100 * situation.recalls[concept_id].mastery)),
            answers=str(situation.recalls[concept_id].attempts),
            right=tongue_of(situation.language).number(situation.recalls[concept_id].correct),
        )
        for concept_id in named
        if concept_id in situation.recalls
    ]
    return "".join(f"\n- {line}" for line in lines) or NONE


def _fields(situation: Situation, kit: Kit) -> Mapping[str, str]:
    return {"mastery": mastery_of(situation, kit), "passages": listed(situation.profile.passages)}


TUTORLLM = Variant(
    "tutorllm",
    Knows(persona=False, memory=False, forgetting=False, retrieval=True),
    policy="lowest-mastery",
    prompts="tutorllm",
    strategy=CallWith(_fields),
)
