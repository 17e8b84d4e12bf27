"""What the pieces of a sweep depend on beside their own arguments: the course, its settings, and the code."""

from collections.abc import Iterable

from preceptor.course import Course
from preceptor.course.manifest import read_manifest
from preceptor.domain import digest
from preceptor.workflow.simulating import LATENT_FOLDER
from preceptor.workflow.sources import sources_of

ROOMS = ("domain", "data", "embed", "evaluate", "recommend", "mind", "trace", "forgetting", "simulate")
"""Whose code every sweep runs through."""
VERSION = "2"
"""Changes when pieces of an earlier version of the program hold something else."""


def piece_version(course: Course, more: Iterable[str]) -> str:
    """Changes with everything in the course that pieces read beside its model and policies, and with the code.

    Args:
        course: The course.
        more: Rooms and modules that the sweep runs through beside `ROOMS`.
    """
    vectors, latent = course.default("vectors"), course.path / LATENT_FOLDER
    return digest(
        VERSION,
        read_manifest(course.path),
        sorted(course.settings.stored.items()),
        vectors.name if vectors else "",
        *(file.read_bytes() for file in sorted(latent.rglob("*")) if file.is_file()),
        *map(sources_of, (*ROOMS, *more)),
    )
