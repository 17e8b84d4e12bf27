"""Families on equations."""

from preceptor.curriculum.family import Family

FAMILIES: tuple[Family, ...] = ()
