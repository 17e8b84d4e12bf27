"""The built-in mathematics course, grades 3 to 8: concepts, misconceptions and seeded question families."""

from preceptor.curriculum.bank import QUESTIONS_PER_FAMILY, SEED, built_in_bank, written
from preceptor.curriculum.concepts import CONCEPTS
from preceptor.curriculum.draft import BANK_FORMS, Draft, Form, step
from preceptor.curriculum.families import families
from preceptor.curriculum.family import LEVELS, Family, Wording, family
from preceptor.curriculum.misconceptions import MISCONCEPTIONS
from preceptor.curriculum.speech import ENGLISH, Speech, speech

__all__ = [
    "BANK_FORMS",
    "CONCEPTS",
    "ENGLISH",
    "LEVELS",
    "MISCONCEPTIONS",
    "QUESTIONS_PER_FAMILY",
    "SEED",
    "Draft",
    "Family",
    "Form",
    "Speech",
    "Wording",
    "built_in_bank",
    "families",
    "family",
    "speech",
    "step",
    "written",
]
