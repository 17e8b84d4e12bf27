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
    contents = {**_tables(written), **_vector_tables(written, carried, parts)}
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
            lost += _length_lost(stored) if stored else ["Vectors: the course keeps none."]
            return cls(stored if stored and _directed(stored) else None, None, "", tuple(lost))
        weights = tracer.weights()
        own = (weights["question_vectors"], weights["concept_vectors"])
        lost.append(f"The forgetting curve {trained.model.curve.name!r}: ExRec's students forget nothing.")
        if not _directed(own):
            return cls(None, None, "", (*lost, *_length_lost(own), f"The model {name}, which reads these vectors."))
        return cls(own, tracer, name, (*lost, *_size_lost(tracer, own[0].shape[1])))


def _tables(written: WrittenBank) -> dict[str, Any]:
    return {
        QUESTIONS_FILE: written.questions,
        Part.LINKS.value: written.links,
        Part.CLUSTERS.value: written.clusters,
        Part.CLUSTER_QUESTIONS.value: written.cluster_questions,
        Part.IDS.value: written.ids,
    }


def _vector_tables(written: WrittenBank, carried: _Carried, parts: int) -> dict[str, Mapping[str, list[float]]]:
    if carried.vectors is None:
        return {}
    questions, concepts = (table.tolist() for table in carried.vectors)
    numbers, half = list(written.questions), -(-len(written.questions) // parts)
    of_questions = dict(zip(numbers, questions, strict=True))
    of_concepts = dict(zip(written.links, concepts, strict=True))
    groups = [numbers[begin : begin + half] for begin in range(0, len(numbers), half)]
    names = [QUESTION_VECTORS_FILE if parts == 1 else f"part{i}_{QUESTION_VECTORS_FILE}" for i in range(1, parts + 1)]
    tables = {name: {n: of_questions[n] for n in group} for name, group in zip(names, groups, strict=False)}
    return {**tables, Part.CONCEPT_VECTORS.value: of_concepts}


def _answers_lost(course: Course) -> list[str]:
    answers = course.counts()["interactions"]
    return [f"{answers:,} answers of the log: ExRec reads XES3G5M's own sequence files."] if answers else []


def _directed(tables: Tables) -> bool:
    """Whether every vector has a direction: ExRec divides by their lengths."""
    return all(bool(np.linalg.norm(table, axis=1).all()) for table in tables)


def _length_lost(tables: Tables) -> list[str]:
    """What ExRec makes of lengths other than √d."""
    lengths = np.linalg.norm(np.concatenate(tables).astype(np.float64), axis=1)
    empty = int((lengths == 0).sum())
    if empty:
        return [f"All vectors, because {empty:,} texts that say nothing have the length 0, by which ExRec divides."]
    other = int((np.abs(lengths / np.sqrt(tables[0].shape[1]) - 1) > 1e-3).sum())
    return [f"The lengths of {other:,} vectors: ExRec stretches every vector to √d when it loads it."] if other else []


def _size_lost(tracer: SemanticDktTracer, width: int) -> list[str]:
    sizes = (*SIZES[tracer.size], width)
    if sizes == EXREC_SIZE:
        return []
    ours, theirs = (" / ".join(map(str, values)) for values in (sizes, EXREC_SIZE))
    return [f"ExRec's defaults: the network has {ours} units, head and vector numbers, ExRec's classes {theirs}."]
