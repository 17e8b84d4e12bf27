"""Families on points, lines and systems."""

from preceptor.curriculum.family import Family

FAMILIES: tuple[Family, ...] = ()
