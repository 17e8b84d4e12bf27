"""Families on negative numbers."""

from preceptor.curriculum.family import Family

FAMILIES: tuple[Family, ...] = ()
