"""`python -m preceptor.cli.unlabelled SOURCE TARGET`: a copy of a course without labels, as a teacher has it."""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from preceptor.annotate import hidden
from preceptor.course import Course
from preceptor.domain import UserError

USAGE = "Usage: python -m preceptor.cli.unlabelled SOURCE TARGET"
USER_ERROR = 2
LEFT = ("annotations", "models", "policies", "runs", "vectors", "asked", "students.sqlite*")
"""What rests on a course's labels: what was made of them, what models answered, and the minds of live students."""


def unlabelled_copy(source: Path, target: Path) -> Course:
    """Copy a course without its labels and all that was made of them; log and latent truth stay.

    Raises:
        UserError: If the source is no course or the target exists.
    """
    Course.open(source)
    if target.exists():
        raise UserError(f"{target} exists already.", mend="choose another folder")
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(*LEFT))
    course = Course.open(target)
    course.replace(hidden(course.load_bank()))
    return course


def main(arguments: Sequence[str]) -> int:
    """Copy; says on standard error what was wrong.

    Returns:
        The exit code: 0, or 2 for a user's mistake.
    """
    if len(arguments) != 2:
        sys.stderr.write(f"{USAGE}\n")
        return USER_ERROR
    try:
        unlabelled_copy(Path(arguments[0]), Path(arguments[1]))
    except UserError as error:
        sys.stderr.write(f"Error: {error}\n")
        return USER_ERROR
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
