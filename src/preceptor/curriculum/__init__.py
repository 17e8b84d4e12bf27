"""The built-in mathematics course, grades 4 to 7: concepts, misconceptions and seeded question families."""

from preceptor.curriculum.bank import built_in_bank, written
from preceptor.curriculum.concepts import CONCEPTS
from preceptor.curriculum.family import LEVELS, Draft, Family, family, step
from preceptor.curriculum.misconceptions import MISCONCEPTIONS
from preceptor.curriculum.registry import families

__all__ = [
    "CONCEPTS",
    "LEVELS",
    "MISCONCEPTIONS",
    "Draft",
    "Family",
    "built_in_bank",
    "families",
    "family",
    "step",
    "written",
]
