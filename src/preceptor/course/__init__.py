"""The course folder: bank, log, trained things, run files and settings, each replaced atomically."""

from preceptor.course.course import Course
from preceptor.course.files import explained, new_folder, replace_file
from preceptor.course.lock import exclusive
from preceptor.course.manifest import SCHEMA_VERSION
from preceptor.course.runs import run_files, runs, write_run
from preceptor.course.settings import Settings

__all__ = [
    "SCHEMA_VERSION",
    "Course",
    "Settings",
    "exclusive",
    "explained",
    "new_folder",
    "replace_file",
    "run_files",
    "runs",
    "write_run",
]
