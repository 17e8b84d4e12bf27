"""Families on expressions."""

from preceptor.curriculum.family import Family

FAMILIES: tuple[Family, ...] = ()
