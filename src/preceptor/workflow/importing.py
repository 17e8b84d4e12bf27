"""Import banks and logs into a course."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from preceptor.course import Course, write_run
from preceptor.data import ReadOptions, make_reader, merge_logs, write_rejects
from preceptor.domain import Log
from preceptor.workflow.clock import Clock


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did.

    Args:
        added: Interactions that were new.
        counts: The course afterwards: students, questions, concepts, interactions.
        report: The reader's counts.
        notes: What the reader decided by itself.
        rejects: Rows left out.
        rejects_file: Where they are listed; None if there are none.
        uncheckable: Questions whose key cannot be checked; they are never served.
    """

    added: int
    counts: Mapping[str, int]
    report: Mapping[str, int]
    notes: tuple[str, ...]
    rejects: int
    rejects_file: Path | None
    uncheckable: int
    seconds: float


def import_data(
    format_name: str, sources: Sequence[Path], course_path: Path, options: ReadOptions, clock: Clock
) -> ImportResult:
    """Read files and add them to a course, which is made if the folder holds none yet.

    Importing the same files again changes nothing. If anything is wrong, nothing is written.

    Args:
        format_name: A registered reader.
        sources: Files or folders.
        course_path: The course folder.
        options: What the user says about the files.
        clock: For the run file.

    Raises:
        UserError: If the input or the course cannot be read, or the course cannot be written.
    """
    start = clock.monotonic()
    reader = make_reader(format_name)
    existing = Course.open(course_path) if (course_path / "course.toml").exists() else None
    imported = reader.read(sources, options)
    course = existing or Course.create(course_path, course_path.resolve().name)
    with course.writing():
        bank, log = course.load_bank(), course.load_log()
        merged_bank = bank.merged(imported.bank)
        merged_log, added = merge_logs(log, imported.log) if len(imported.log) else (log, 0)
        course.replace(
            merged_bank if merged_bank.content_hash != bank.content_hash else None,
            merged_log if added or _folds_differ(log, merged_log) else None,
        )
    rejects_file = None
    if imported.rejects:
        rejects_file = course.path / "rejects.csv"
        write_rejects(rejects_file, imported.rejects)
    result = ImportResult(
        added=added,
        counts=course.counts(),
        report=imported.report,
        notes=imported.notes,
        rejects=len(imported.rejects),
        rejects_file=rejects_file,
        uncheckable=sum(1 for question in imported.bank.questions if question.uncheckable),
        seconds=clock.monotonic() - start,
    )
    config = {"format": format_name, "sources": [source.name for source in sources]}
    metrics = {"added": added, "rejects": result.rejects, "uncheckable": result.uncheckable, **imported.report}
    write_run(course, "import", config, course.data_hash, None, metrics, result.seconds, at_seconds=clock.now())
    return result


def _folds_differ(old: Log, new: Log) -> bool:
    return old.student_ids != new.student_ids or bool((old.student_fold != new.student_fold).any())
