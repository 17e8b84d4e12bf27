"""Families on whole numbers."""

from preceptor.curriculum.family import Family

FAMILIES: tuple[Family, ...] = ()
