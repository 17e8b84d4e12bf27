"""Families on decimals."""

from preceptor.curriculum.family import Family

FAMILIES: tuple[Family, ...] = ()
