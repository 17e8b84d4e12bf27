"""Export a course: its bank, vectors and model as the files of another system."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.course import Course, explained, new_folder, write_run
from preceptor.data.exrec_checkpoint import write_checkpoint
from preceptor.data.exrec_files import Part
from preceptor.data.exrec_names import SILENT
from preceptor.data.exrec_writing import QUESTIONS_FILE, WrittenBank, write_bank
from preceptor.domain import Bank, UserError
from preceptor.progress import Progress, silent
from preceptor.trace.exrec_weights import EXREC_SIZE, exrec_from_tracer
from preceptor.trace.semantic_dkt import SIZES, SemanticDktTracer
from preceptor.workflow.clock import Clock
from preceptor.workflow.models import load_trained
from preceptor.workflow.vectors import course_vectors

QUESTION_VECTORS_FILE, CHECKPOINT_FILE = "qid2content_sol_avg_emb.json", "pretrained_kt_model.ckpt"
Tables = tuple[NDArray[np.float32], NDArray[np.float32]]
"""Vectors of questions and of concepts, in the bank's order."""

PARTS = (1, 2)
"""In how many files vectors of questions may be written."""
MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What an export wrote.

    Args:
        folder: Where it stands.
        files: Names of its files.
        questions: Questions written.
        concepts: KCs written.
        clusters: Clusters written; a concept without one stands alone.
        links: Links between questions and KCs.
        vectors: Width of the vectors; None if the course has none that could be written.
        model: `NAME/RUN` of the model that was written; empty if none was.
        lost: What the other system's files cannot hold, one sentence each.
        seconds: How long it took.
    """

    folder: str
    files: tuple[str, ...]
    questions: int
    concepts: int
    clusters: int
    links: int
    vectors: int | None
    model: str
    lost: tuple[str, ...]
    seconds: float


def export_exrec(course: Course, out: Path, parts: int, clock: Clock, progress: Progress = silent) -> ExportResult:
    """Write a course as ExRec's files; the folder is whole or not there.

    Args:
        course: The course.
        out: The folder to make.
        parts: In how many files vectors of questions are written, 1 or 2.
        clock: For the run file.
        progress: Told of every file.

    Raises:
        UserError: If the folder holds something already or cannot be written, or the course has no questions.
    """
    begun = clock.monotonic()
    if parts not in PARTS:
        raise UserError(f"--parts is {parts}.", allowed=", ".join(map(str, PARTS)))
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UserError(f"{out} exists already.", allowed="a folder that is new or empty", mend="choose another --out")
    bank = course.load_bank()
    if not bank.questions:
        raise UserError(f"The course {course.name!r} has no questions.", mend="import a bank first")
    written, carried = write_bank(bank), _Carried.of(course, bank)
    contents = {**_tables(written, carried), **_vector_tables(written, carried, parts)}
    with explained("write", out), new_folder(out.resolve()) as folder:
        for done, (name, content) in enumerate(contents.items(), start=1):
            (folder / name).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
            progress("files written", done, len(contents))
        if carried.tracer:
            write_checkpoint(folder / CHECKPOINT_FILE, exrec_from_tracer(carried.tracer))
    result = ExportResult(
        folder=str(out),
        files=(*contents, *([CHECKPOINT_FILE] if carried.tracer else [])),
        questions=len(bank.questions),
        concepts=len(bank.concepts),
        clusters=len(written.clusters),
        links=sum(map(len, written.links.values())),
        vectors=carried.vectors[0].shape[1] if carried.vectors else None,
        model=carried.model,
        lost=(*written.lost, *carried.lost),
        seconds=clock.monotonic() - begun,
    )
    config = {"format": "exrec", "parts": parts}
    write_run(course, "export", config, course.data_hash, None, asdict(result), result.seconds, at_seconds=clock.now())
    return result


@dataclass(frozen=True)
class _Carried:
    """What goes along with the bank: vectors in its order, the tracer that reads them, and what stays behind."""

    vectors: Tables | None
    tracer: SemanticDktTracer | None
    model: str
    lost: tuple[str, ...]

    @classmethod
    def of(cls, course: Course, bank: Bank) -> "_Carried":
        trained, lost = load_trained(course, bank), _answers_lost(course)
        tracer, run = trained.model.tracer, trained.run
        name = f"{run.parent.name}/{run.name}" if run else ""
        if not isinstance(tracer, SemanticDktTracer):
            lost += [f"The model {name}: ExRec has a network of its own, ours is semantic-dkt."] if run else []
            found = course_vectors(course, bank)
            stored = (found.questions, found.concepts) if found else None
            lost += _length_lost(stored, bank) if stored else ["Vectors: the course keeps none."]
            return cls(stored if stored and _directed(stored) else None, None, "", tuple(lost))
        weights = tracer.weights()
        own = (weights["question_vectors"], weights["concept_vectors"])
        lost.append(f"The forgetting curve {trained.model.curve.name!r}: ExRec's students forget nothing.")
        if not _directed(own):
            return cls(
                None, None, "", (*lost, *_length_lost(own, bank), f"The model {name}, which reads these vectors.")
            )
        return cls(own, tracer, name, (*lost, *_length_lost(own, bank), *_size_lost(tracer, own[0].shape[1])))


def _tables(written: WrittenBank, carried: _Carried) -> dict[str, Any]:
    names = (list(written.questions), list(written.links))
    silent = [[own[i] for i in rows] for own, rows in zip(names, _silent(carried.vectors), strict=True)]
    return {
        QUESTIONS_FILE: written.questions,
        Part.LINKS.value: written.links,
        Part.CLUSTERS.value: written.clusters,
        Part.CLUSTER_QUESTIONS.value: written.cluster_questions,
        Part.IDS.value: {**written.ids, **{name: found for name, found in zip(SILENT, silent, strict=True) if found}},
    }


def _vector_tables(written: WrittenBank, carried: _Carried, parts: int) -> dict[str, Mapping[str, list[float]]]:
    if carried.vectors is None:
        return {}
    numbers, half = list(written.questions), -(-len(written.questions) // parts)
    of_questions, of_concepts = (
        {name: row.tolist() for name, row in zip(names, table, strict=True) if row.any()}
        for names, table in zip((numbers, written.links), carried.vectors, strict=True)
    )
    groups = [numbers[begin : begin + half] for begin in range(0, len(numbers), half)]
    names = [QUESTION_VECTORS_FILE if parts == 1 else f"part{i}_{QUESTION_VECTORS_FILE}" for i in range(1, parts + 1)]
    tables = {
        name: {n: of_questions[n] for n in group if n in of_questions}
        for name, group in zip(names, groups, strict=False)
    }
    return {**tables, Part.CONCEPT_VECTORS.value: of_concepts}


def _answers_lost(course: Course) -> list[str]:
    answers = course.counts()["interactions"]
    return [f"{answers:,} answers of the log: ExRec reads XES3G5M's own sequence files."] if answers else []


def _directed(tables: Tables) -> bool:
    """Whether any vector has a direction."""
    return any(bool(table.any()) for table in tables)


def _silent(tables: Tables | None) -> tuple[list[int], list[int]]:
    """Rows of questions and of concepts that have no direction: ExRec divides by lengths."""
    if tables is None:
        return [], []
    questions, concepts = (np.flatnonzero(~table.any(axis=1)).tolist() for table in tables)
    return questions, concepts


def _length_lost(tables: Tables, bank: Bank) -> list[str]:
    """What is not written for its length 0, and what ExRec makes of lengths other than √d."""
    questions, concepts = _silent(tables)
    ids = [bank.questions[i].question_id for i in questions] + [bank.concepts[i].concept_id for i in concepts]
    lost = []
    if ids:
        named = ", ".join(ids[:MOST_NAMED]) + (f" and {len(ids) - MOST_NAMED:,} more" if len(ids) > MOST_NAMED else "")
        which = (
            f"The vectors of {len(questions):,} questions and {len(concepts):,} KCs"
            if _directed(tables)
            else ("All vectors: those")
        )
        lost.append(
            f"{which} whose texts say nothing: they have the length 0, by which ExRec divides ({named}). It needs a "
            "vector of everything: give these a text, run `preceptor embed` and export again."
        )
    lengths = np.linalg.norm(np.concatenate(tables).astype(np.float64), axis=1)
    other = int(((np.abs(lengths / np.sqrt(tables[0].shape[1]) - 1) > 1e-3) & (lengths > 0)).sum())
    if other:
        lost.append(f"The lengths of {other:,} vectors: ExRec stretches every vector to √d when it loads it.")
    return lost


def _size_lost(tracer: SemanticDktTracer, width: int) -> list[str]:
    sizes = (*SIZES[tracer.size], width)
    if sizes == EXREC_SIZE:
        return []
    ours, theirs = (" / ".join(map(str, values)) for values in (sizes, EXREC_SIZE))
    return [f"ExRec's defaults: the network has {ours} units, head and vector numbers, ExRec's classes {theirs}."]
