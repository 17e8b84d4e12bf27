"""Families on percent."""

from preceptor.curriculum.families.percent.change import change_by_percent, change_twice, find_percent_change
from preceptor.curriculum.families.percent.parts import find_whole, fraction_to_percent, percent_of, percent_to_fraction
from preceptor.curriculum.family import Family

FAMILIES: tuple[Family, ...] = (
    percent_to_fraction,
    fraction_to_percent,
    percent_of,
    find_whole,
    change_by_percent,
    find_percent_change,
    change_twice,
)
