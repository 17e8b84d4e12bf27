"""The built-in bank: every family, seeded."""

import random
from collections.abc import Iterator

from preceptor.curriculum.concepts import CONCEPTS
from preceptor.curriculum.family import LEVELS, Draft, Family
from preceptor.curriculum.misconceptions import MISCONCEPTIONS
from preceptor.curriculum.registry import families
from preceptor.domain import Bank, Question


def built_in_bank(questions_per_family: int = 20, seed: int = 2026) -> Bank:
    """Build the built-in mathematics course for grades 4 to 7.

    The same arguments give the same bank everywhere. A family's questions do not depend on other families, and
    its first n questions do not depend on `questions_per_family`.

    Args:
        questions_per_family: Questions of each family; the levels of difficulty take turns.
        seed: Seed of all numbers and situations.

    Raises:
        UserError: If a family has fewer different questions than asked for.
    """
    questions = (question for family in families() for _, question in written(family, questions_per_family, seed))
    return Bank(CONCEPTS, tuple(questions), MISCONCEPTIONS)


def written(family: Family, count: int, seed: int) -> Iterator[tuple[Draft, Question]]:
    """Yield a family's first `count` questions with the drafts they were made of; see `built_in_bank`."""
    taken: set[str] = set()
    for index in range(count):
        rng = random.Random(f"{seed}/{family.name}/{index}")
        level = LEVELS[index % len(LEVELS)]
        draft = family.draft(rng, level, taken)
        taken.add(draft.text)
        yield draft, family.question(draft, rng, level, index)
