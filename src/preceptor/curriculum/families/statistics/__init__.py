"""Families on data and probability."""

from preceptor.curriculum.family import Family

FAMILIES: tuple[Family, ...] = ()
