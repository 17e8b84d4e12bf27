"""Import banks and logs into a course."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from preceptor.course import Course, explained, replace_file, write_run
from preceptor.course.course import COURSE_FILE
from preceptor.data import Imported, ReadOptions, Reject, doubtful, make_reader, merge_logs
from preceptor.domain import Bank, Log, QuestionKind, UserError
from preceptor.progress import Progress, silent
from preceptor.registry import require_taken
from preceptor.workflow.clock import Clock
from preceptor.workflow.imported_model import imported_tracer, keep_tracer
from preceptor.workflow.tables import csv_bytes

if TYPE_CHECKING:
    from preceptor.answers import VettedBank

REJECTS_FILE, UNCHECKABLE_FILE = "rejects.csv", "uncheckable.csv"
LESSONS_FORMAT = "lessons"
_VECTORS_LEFT_OUT = "The vectors were not kept: the course has questions or concepts that came without."


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
        self_graded: Loaded questions that grade their own key right and every other option wrong.
        uncheckable: Reason → questions that are never served for it.
        uncheckable_file: Where they and those of earlier imports are listed; None if there are none.
        model: `NAME/RUN` of a model that came with the bank and serves now; empty if none did.
        seconds: How long it took.
    """

    added: int
    counts: Mapping[str, int]
    report: Mapping[str, int]
    notes: tuple[str, ...]
    rejects: int
    rejects_file: Path | None
    self_graded: int
    uncheckable: Mapping[str, int]
    uncheckable_file: Path | None
    model: str
    seconds: float


def import_data(
    format_name: str,
    sources: Sequence[Path],
    course_path: Path,
    options: ReadOptions,
    clock: Clock,
    progress: Progress = silent,
) -> ImportResult:
    """Read files and add them to a course, which is made if the folder holds none yet.

    Importing the same files again changes nothing. If anything is wrong, nothing is written. The lists of what was
    left out are written last: an import that is killed leaves them older than the course, never newer.

    Args:
        format_name: A registered reader.
        sources: Files or folders; for `lessons` also the name of a shipped course.
        course_path: The course folder.
        options: What the user says about the files.
        clock: For the run file.
        progress: Told how many questions are checked.

    Raises:
        UserError: If the input or the course cannot be read, or the course cannot be written.
    """
    start = clock.monotonic()
    reader = make_reader(format_name)
    require_taken(f"The format {format_name!r}", reader, options, _flag)
    _require_files(format_name, sources, options)
    sources = [_shipped(source) for source in sources] if format_name == LESSONS_FORMAT else sources
    existing = Course.open(course_path) if (course_path / COURSE_FILE).exists() else None
    imported = reader.read(sources, options)
    vetted = _vetted(imported.bank, progress)
    config = {"format": format_name, "sources": [source.name for source in sources]}
    course = existing or Course.create(course_path, course_path.resolve().name)
    with _taken_back(course, new=existing is None), course.writing():
        stored = _stored(course, imported, vetted.bank, config)
    result = ImportResult(
        added=stored.added,
        counts=course.counts(),
        report=imported.report,
        notes=(*imported.notes, *stored.notes, *doubtful(imported.log, clock.now())),
        rejects=len(imported.rejects),
        rejects_file=stored.lists.get(REJECTS_FILE),
        self_graded=vetted.self_graded,
        uncheckable=vetted.uncheckable,
        uncheckable_file=stored.lists.get(UNCHECKABLE_FILE) if vetted.uncheckable else None,
        model=stored.model,
        seconds=clock.monotonic() - start,
    )
    metrics = {
        "added": stored.added,
        "rejects": result.rejects,
        "self_graded": result.self_graded,
        "uncheckable": result.uncheckable,
        **imported.report,
    }
    write_run(course, "import", config, course.data_hash, None, metrics, result.seconds, at_seconds=clock.now())
    return result


def _require_files(format_name: str, sources: Sequence[Path], options: ReadOptions) -> None:
    if not sources and not options.bank_file:
        raise UserError(
            "No file was given.",
            allowed="files or folders of the format",
            mend=f"preceptor import {format_name} SOURCE …",
        )


def _shipped(source: Path) -> Path:
    """The folder of a shipped course of lessons, `earth` or `earth/de`, where no folder of one's own has this name."""
    from preceptor.curriculum.lessons import LESSONS, lessons_folder  # loads the whole curriculum

    name, *language = source.parts or ("",)
    if source.exists() or name not in LESSONS or len(language) > 1:
        return source
    return lessons_folder(name, *language)


def _flag(option: str) -> str:
    """How `preceptor import` calls a field of `ReadOptions`."""
    own = {"columns": "column", "mapping_file": "mapping", "bank_file": "bank", "courses": "only"}
    return "--" + own.get(option, option).replace("_", "-")


class _Stored(NamedTuple):
    """What was added to a course: new interactions, the new model, notes on what was not, and the lists written."""

    added: int
    model: str
    notes: tuple[str, ...]
    lists: dict[str, Path]


def _stored(course: Course, imported: Imported, vetted: Bank, source: Mapping[str, Any]) -> _Stored:
    """Add bank, log, vectors and model to the course."""
    bank, log = course.load_bank(), course.load_log()
    if course.simulated and len(imported.log):
        raise UserError(
            f"The course {course.name!r} has a simulated log, and answers of people never join it.",
            allowed="a bank without a log",
            mend="import into another folder with --course",
        )
    merged_bank = _merged(course, bank, vetted)
    merged_log, added = merge_logs(log, imported.log) if len(imported.log) else (log, 0)
    tracer = imported_tracer(imported, merged_bank)  # whether it fits is known before anything is written
    course.replace(
        merged_bank if merged_bank.content_hash != bank.content_hash else None,
        merged_log if added or _folds_differ(log, merged_log) else None,
    )
    _keep_dialogues(course, imported)
    left_out = _kept_vectors(course, imported, merged_bank)
    model = keep_tracer(course, tracer, merged_bank, merged_log, source) if tracer else ""
    return _Stored(added, model, left_out, _write_lists(course.path, imported.rejects, merged_bank))


def _keep_dialogues(course: Course, imported: Imported) -> None:
    """Keep dialogues with their students, so that they are exported and deleted with them."""
    if not imported.dialogues:
        return
    from preceptor.store import SqliteStore, StoredDialogue  # few formats bring dialogues
    from preceptor.workflow.context import STORE_FILE

    told = [
        StoredDialogue(entry.student, entry.tutor, entry.concept, [asdict(said) for said in entry.utterances])
        for entry in imported.dialogues
    ]
    with SqliteStore(course.path / STORE_FILE) as store:
        store.keep_dialogues(told)


def _merged(course: Course, bank: Bank, imported: Bank) -> Bank:
    """Bank and import together: labels of an annotation stay where the import has none, and nothing is left over."""
    if course.default("annotations") is None:
        return bank.merged(imported)
    from preceptor.workflow.annotating import course_annotation  # loads what only annotated courses need
    from preceptor.workflow.earlier_labels import brought, without_orphans
    from preceptor.workflow.reviewing import decided_in

    merged = bank.merged(brought(bank, imported))
    annotation = course_annotation(course)
    return merged if annotation is None else without_orphans(merged, annotation, decided_in(course))


def _kept_vectors(course: Course, imported: Imported, bank: Bank) -> tuple[str, ...]:
    """Keep the vectors that came with the bank; why not, as a note."""
    if imported.vectors is None:
        return ()
    from preceptor.workflow.imported_vectors import keep_vectors  # loads an encoder's libraries

    return () if keep_vectors(course, imported.vectors, bank) else (_VECTORS_LEFT_OUT,)


@contextmanager
def _taken_back(course: Course, *, new: bool) -> Iterator[None]:
    """Leave no empty course behind where a new one could not be filled."""
    try:
        yield
    except BaseException:
        if new and not any(course.counts().values()):
            (course.path / COURSE_FILE).unlink(missing_ok=True)
        raise


def _vetted(bank: Bank, progress: Progress) -> "VettedBank":
    """Settle which questions can be checked; questions known only from a log have no key to check."""
    from preceptor.answers import VettedBank, Worker, vet_bank  # a log alone needs none of it

    if all(question.kind is QuestionKind.UNKNOWN for question in bank.questions):
        return VettedBank(bank, 0, {})
    with Worker() as worker:
        return vet_bank(bank, worker, progress)


def _write_lists(folder: Path, rejects: Sequence[Reject], bank: Bank) -> dict[str, Path]:
    """Write what was left out and what is never served, each with its reason; a list of nothing is removed."""
    unserved = [(q.question_id, q.uncheckable, q.text) for q in bank.questions if q.uncheckable]
    left_out = [(reject.file, str(reject.row), reject.reason) for reject in rejects]
    written = {}
    for name, header, rows in (
        (REJECTS_FILE, ("file", "row", "reason"), left_out),
        (UNCHECKABLE_FILE, ("question_id", "reason", "text"), unserved),
    ):
        path = folder / name
        with explained("write", path, kept="The data was imported; this list is missing or that of an earlier import."):
            if rows:
                written[name] = path
                replace_file(path, csv_bytes(header, rows))
            else:
                path.unlink(missing_ok=True)
    return written


def _folds_differ(old: Log, new: Log) -> bool:
    return old.student_ids != new.student_ids or bool((old.student_fold != new.student_fold).any())
