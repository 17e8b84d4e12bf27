"""Families on angles, lengths, areas and volumes."""

from preceptor.curriculum.family import Family

FAMILIES: tuple[Family, ...] = ()
