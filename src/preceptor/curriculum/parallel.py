"""Parallel test forms: the same blueprint with other numbers, in wordings that no bank holds."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from preceptor.curriculum.bank import SEED
from preceptor.curriculum.concepts import CONCEPTS
from preceptor.curriculum.draft import Form
from preceptor.curriculum.families import families
from preceptor.curriculum.family import LEVELS, Family, Wording
from preceptor.curriculum.speech import speech
from preceptor.domain import Question, UserError

LETTERS = ("A", "B", "C")
ITEMS_PER_CONCEPT = 30


@dataclass(frozen=True, slots=True)
class ParallelItem:
    """One item of a test form.

    Args:
        concept_id: The concept it tests.
        level: Its difficulty knob.
        question: The question with key, steps and hints; its id is in no bank.
    """

    concept_id: str
    level: int
    question: Question


@dataclass(frozen=True, slots=True)
class ParallelForm:
    """A test form. Item k of every form has the same concept, family, level and difficulty.

    Args:
        letter: "A", "B" or "C".
        items: The items, concept by concept in teaching order.
    """

    letter: str
    items: tuple[ParallelItem, ...]


def parallel_forms(
    items_per_concept: int = ITEMS_PER_CONCEPT, seed: int = SEED, language: str = "en"
) -> tuple[ParallelForm, ...]:
    """Write the forms A, B and C.

    Their surface form is `Form.TRANSFER`, which no bank uses, and their seeds are of their own; no stem stands twice
    in them. So a pretest and a posttest measure learning without any question seen before (Crocker and Algina, 1986, on
    parallel forms).

    Args:
        items_per_concept: Items of each concept in each form; families and levels take turns.
        seed: Seed of all numbers and situations.
        language: ISO 639-1 code.

    Raises:
        UserError: If a number or the language is out of range, or a family has too few different questions.
    """
    if items_per_concept < 1:
        raise UserError(f"items_per_concept is {items_per_concept}.", allowed="1 or more")
    words = speech(language)
    items: dict[str, list[ParallelItem]] = {letter: [] for letter in LETTERS}
    for letter, concept_id, wording, family, name in drafts(items_per_concept, seed):
        items[letter].append(ParallelItem(concept_id, wording.level, family.question(wording, name, words)))
    return tuple(ParallelForm(letter, tuple(found)) for letter, found in items.items())


def drafts(items_per_concept: int, seed: int) -> Iterator[tuple[str, str, Wording, Family, str]]:
    """Yield letter, concept, wording, family and stable name of every item, before it is put into a language."""
    taken: set[str] = set()
    for concept in CONCEPTS:
        written = families_of(concept.concept_id)
        for letter in LETTERS:
            for index in range(items_per_concept if written else 0):
                family = written[index % len(written)]
                level = LEVELS[index // len(written) % len(LEVELS)]
                name = f"test/{letter}/{concept.concept_id}/{index}"
                wording = family.draft(random.Random(f"{seed}/{name}"), level, Form.TRANSFER, taken)
                taken.add(wording.text)
                yield letter, concept.concept_id, wording, family, name


def families_of(concept_id: str) -> tuple[Family, ...]:
    """The families whose first concept it is."""
    return tuple(family for family in families() if family.concepts[0] == concept_id)
