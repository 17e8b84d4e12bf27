"""The built-in bank: every family, seeded."""

import random
from collections.abc import Iterator
from dataclasses import replace

from preceptor.curriculum.concepts import CONCEPTS
from preceptor.curriculum.families import families
from preceptor.curriculum.family import Family, Wording, plan
from preceptor.curriculum.misconceptions import MISCONCEPTIONS
from preceptor.curriculum.speech import Speech, speech
from preceptor.domain import Bank, Concept, Misconception, Question

QUESTIONS_PER_FAMILY = 18
"""Every level in every surface form, twice."""
SEED = 2026


def built_in_bank(questions_per_family: int = QUESTIONS_PER_FAMILY, seed: int = SEED, language: str = "en") -> Bank:
    """Build the built-in mathematics course for grades 3 to 8.

    The same arguments give the same bank everywhere. A family's questions do not depend on other families, and
    its first n questions do not depend on `questions_per_family`. A question has the same identity and the same
    numbers in every language.

    Args:
        questions_per_family: Questions of each family; levels of difficulty and surface forms take turns.
        seed: Seed of all numbers and situations; every other seed gives other questions.
        language: ISO 639-1 code of a language in `preceptor.language.LANGUAGES`.

    Raises:
        UserError: If a family has fewer different questions than asked for, or the language is unknown.
    """
    words = speech(language)
    return Bank(
        tuple(_concept(concept, words) for concept in CONCEPTS),
        tuple(
            question for family in families() for _, question in written(family, questions_per_family, seed, language)
        ),
        tuple(_misconception(misconception, words) for misconception in MISCONCEPTIONS),
    )


def written(family: Family, count: int, seed: int, language: str = "en") -> Iterator[tuple[Wording, Question]]:
    """Yield a family's first `count` questions with the wordings they were made of; see `built_in_bank`."""
    words = speech(language)
    taken: set[str] = set()
    for index in range(count):
        level, form = plan(index)
        wording = family.draft(random.Random(f"{seed}/{family.name}/{index}"), level, form, taken)
        taken.add(wording.text)
        yield wording, family.question(wording, f"{family.name}/{index}", words)


def _concept(concept: Concept, words: Speech) -> Concept:
    return replace(concept, name=words(concept.name, {}), explanation=words(concept.explanation, {}))


def _misconception(misconception: Misconception, words: Speech) -> Misconception:
    return replace(misconception, name=words(misconception.name, {}), remedy=words(misconception.remedy, {}))
