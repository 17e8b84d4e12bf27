"""Families on percent."""

from preceptor.curriculum.families.percent.change import change_by_percent, find_percent_change
from preceptor.curriculum.families.percent.parts import fraction_to_percent, percent_of
from preceptor.curriculum.family import Family

FAMILIES: tuple[Family, ...] = (fraction_to_percent, percent_of, change_by_percent, find_percent_change)
