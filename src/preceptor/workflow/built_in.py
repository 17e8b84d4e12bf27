"""The built-in courses: a shipped bank and a simulated log, labelled simulated."""

from dataclasses import dataclass
from pathlib import Path

from preceptor.course import Course
from preceptor.curriculum import QUESTIONS_PER_FAMILY, SEED, built_in_bank
from preceptor.curriculum.lessons import LESSONS, lesson_bank
from preceptor.domain import Bank, unknown_name
from preceptor.progress import Progress, silent
from preceptor.store import SqliteStore
from preceptor.workflow.context import STORE_FILE
from preceptor.workflow.simulating import SimulateOptions, simulate_into

MATHEMATICS = "mathematics"
NAMES = {
    (MATHEMATICS, "en"): "Mathematics, grades 3–8 (built in, simulated students)",
    (MATHEMATICS, "de"): "Mathematik, Klassen 3–8 (eingebaut, simulierte Lernende)",
    ("earth", "en"): "The Earth, grades 6–8 (built in, simulated students)",
    ("earth", "de"): "Die Erde, Klassen 6–8 (eingebaut, simulierte Lernende)",
}
SUBJECTS = (MATHEMATICS, *LESSONS)
"""What built-in courses are about."""
FIRST_NAMES = ("Amina", "Ben", "Chloe", "Diego", "Elif", "Finn")
"""Names of the first students, so that the demo greets somebody; names stand apart from the log."""


@dataclass(frozen=True, slots=True)
class BuiltInOptions:
    """What the built-in course is made of.

    Args:
        students: Simulated students.
        days: Length of their course.
        questions_per_family: Questions of each generator family, in mathematics.
        bank_seed: Seed of the questions, in mathematics.
        log_seed: Seed of the students.
        language: ISO 639-1 code of the course's texts.
        subject: One of `SUBJECTS`.
    """

    students: int = 2_000
    days: int = 60
    questions_per_family: int = QUESTIONS_PER_FAMILY
    bank_seed: int = SEED
    log_seed: int = 7
    language: str = "en"
    subject: str = MATHEMATICS


def make_built_in_course(path: Path, options: BuiltInOptions, at_seconds: float, progress: Progress = silent) -> Course:
    """Make the course whole: bank, log and, beside it, the latent truth.

    The log ends on the day before `at_seconds`, so that the students of the demo have just left their desks; apart
    from this shift it is the same log every time.

    Args:
        path: A folder without a course.
        options: What to make.
        at_seconds: Now, UTC seconds.
        progress: Told how far it is.

    Raises:
        UserError: If there is no such subject, or it is not written in the language.
    """
    bank = subject_bank(options)
    wanted = SimulateOptions(options.students, options.days, options.log_seed)
    course = Course.create(path, NAMES[options.subject, options.language], language=options.language)
    simulate_into(course, bank, wanted, at_seconds, progress)
    with SqliteStore(course.path / STORE_FILE) as store:
        for student_id, name in zip(course.load_log().student_ids, FIRST_NAMES, strict=False):
            store.set_display_name(student_id, name)
    return course


def subject_bank(options: BuiltInOptions) -> Bank:
    """The bank of a built-in course.

    Raises:
        UserError: If there is no such subject, or it is not written in the language.
    """
    require_subject(options.subject, options.language)
    if options.subject in LESSONS:
        return lesson_bank(options.subject, options.language)
    return built_in_bank(options.questions_per_family, options.bank_seed, options.language)


def require_subject(subject: str, language: str) -> None:
    """Refuse what no built-in course is about.

    Raises:
        UserError: If there is no such subject, or it is not written in the language.
    """
    if subject not in SUBJECTS:
        raise unknown_name("subject", subject, SUBJECTS)
    if subject in LESSONS and language not in LESSONS[subject]:
        raise unknown_name(f"language of the subject {subject!r}", language, LESSONS[subject])
