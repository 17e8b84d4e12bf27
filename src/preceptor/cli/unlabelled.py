"""`python -m preceptor.workflow.unlabelled SOURCE TARGET`: a copy of a course without labels, as a teacher has it."""

import shutil
import sys
from pathlib import Path

from preceptor.annotate import hidden
from preceptor.course import Course
from preceptor.domain import UserError

MADE_OF_LABELS = ("annotations", "models", "policies", "runs", "vectors")
"""Folders of a course that rest on its labels."""


def unlabelled_copy(source: Path, target: Path) -> Course:
    """Copy a course without its labels and all that was made of them; log and latent truth stay.

    Raises:
        UserError: If the source is no course or the target exists.
    """
    Course.open(source)
    if target.exists():
        raise UserError(f"{target} exists already.", mend="choose another folder")
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(*MADE_OF_LABELS))
    course = Course.open(target)
    course.replace(hidden(course.load_bank()))
    return course


if __name__ == "__main__":
    unlabelled_copy(Path(sys.argv[1]), Path(sys.argv[2]))
