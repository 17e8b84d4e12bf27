"""Families on factors, powers and roots."""

from preceptor.curriculum.family import Family

FAMILIES: tuple[Family, ...] = ()
