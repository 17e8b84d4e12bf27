"""Families on fractions."""

from preceptor.curriculum.family import Family

FAMILIES: tuple[Family, ...] = ()
