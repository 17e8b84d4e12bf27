"""Small courses for the examination: the whole of each question is the built-in course's, students are few."""

from collections.abc import Mapping
from pathlib import Path

from preceptor.workflow.built_in import BuiltInOptions, make_built_in_course
from preceptor.workflow.clock import system_clock
from preceptor.workflow.training import train
from preceptor.workflow.training_options import TrainOptions

LANGUAGES = ("en", "de")


def make_courses(folder: Path) -> Mapping[str, Path]:
    """A trained course in every language; those that stand there already are used again."""
    clock = system_clock()
    for language in LANGUAGES:
        if not (folder / language / "models").is_dir():
            options = BuiltInOptions(students=60, days=30, questions_per_family=3, language=language)
            course = make_built_in_course(folder / language, options, clock.now())
            train(course, TrainOptions(model="dkt", size="small"), clock, lambda what, done, total: None)
    return {language: folder / language for language in LANGUAGES}
