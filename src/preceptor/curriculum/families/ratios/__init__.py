"""Families on ratios."""

from preceptor.curriculum.family import Family

FAMILIES: tuple[Family, ...] = ()
