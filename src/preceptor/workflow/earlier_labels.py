"""What an annotation replaces: labels that people gave, and the bank before it, which can be put back."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from preceptor.annotate import UNLABELLED, Annotation, QuestionLabels, Review, content_of, read_annotation
from preceptor.course import Course, write_run
from preceptor.course.bank_files import read_bank, write_bank
from preceptor.data.bank_table import stands_for_itself
from preceptor.domain import Bank, Question, Step, UserError, claims_nothing
from preceptor.workflow.clock import Clock

KIND = "annotations"
BEFORE, CHOSEN_BEFORE = "before", "before.json"


def labelled(question: Question) -> bool:
    """Whether a question has a label at all: not "Unlabelled", and not itself as a concept of its own."""
    return not (all(map(claims_nothing, question.concepts)) or stands_for_itself(question))


def labelled_by_people(course: Course, bank: Bank, review: Review) -> int:
    """How many questions have labels that no annotation of the course gave, with or without its review."""
    left = {question.question_id: set(question.concepts) for question in bank.questions if labelled(question)}
    for annotation in _annotations(course):
        for given in (annotation, review(annotation)):
            found = {one.question_id: {label.concept_id for label in one.labels} for one in given.questions}
            left = {name: concepts for name, concepts in left.items() if found.get(name) != concepts}
        if not left:
            break
    return len(left)


def require_replaceable(course: Course, bank: Bank, review: Review) -> None:
    """Refuse to replace labels that people gave.

    Raises:
        UserError: If there are any.
    """
    people = labelled_by_people(course, bank, review)
    if people:
        raise UserError(
            f"{people:,} of {len(bank.questions):,} questions have labels that no annotation gave: they were imported.",
            allowed="questions without labels, or --replace-labels",
            mend="add --replace-labels to replace them; `preceptor annotate COURSE --undo` puts them back",
        )


def keep_before(folder: Path, course: Course) -> None:
    """Keep a course's bank, and which annotation was in force, in the folder of a new annotation."""
    (folder / BEFORE).mkdir()
    write_bank(folder / BEFORE, course.load_bank())
    chosen = course.default(KIND)
    content = {} if chosen is None else {"name": chosen.parent.name, "run": chosen.name}
    (folder / CHOSEN_BEFORE).write_text(json.dumps(content), encoding="utf-8")


def unannotated(course: Course, bank: Bank, review: Review) -> tuple[Bank, frozenset[str]]:
    """A bank without what annotations and their reviews put there, and the questions that annotations added.

    What is annotated rests on this bank alone, so that annotating again finds what the first time found, and asks a
    model for nothing that it answered already. Labels and steps that people brought since stay.

    Args:
        course: Keeps the bank before each of its annotations.
        bank: The bank as it is.
        review: Replays a teacher's decisions over an annotation.
    """
    added: set[str] = set()
    chosen = course.default(KIND)
    while chosen is not None and (chosen / CHOSEN_BEFORE).is_file():
        earlier, annotation = read_bank(chosen / BEFORE), read_annotation(chosen)
        added |= {found.question_id for found in annotation.questions} - earlier.question.keys()
        bank = _taken_back(bank, earlier, (annotation, review(annotation)))
        before = json.loads((chosen / CHOSEN_BEFORE).read_text(encoding="utf-8"))
        chosen = course.path / KIND / before["name"] / before["run"] if before else None
    return bank, frozenset(added & bank.question.keys())


def _taken_back(bank: Bank, earlier: Bank, annotations: Iterable[Annotation]) -> Bank:
    """The bank with labels and steps as they were earlier wherever one of these annotations gave those it has."""
    given: dict[str, list[QuestionLabels]] = {}
    for annotation in annotations:
        for found in annotation.questions:
            given.setdefault(found.question_id, []).append(found)
    questions = tuple(
        _before(q, earlier.question.get(q.question_id), given.get(q.question_id, ())) for q in bank.questions
    )
    known = {c.concept_id: c for c in (UNLABELLED, *bank.concepts, *earlier.concepts)}
    used = _used(questions)
    return closed(replace(bank, concepts=tuple(c for name, c in known.items() if name in used), questions=questions))


def _before(question: Question, known: Question | None, given: Iterable[QuestionLabels]) -> Question:
    content = content_of(question)
    concepts, steps = question.concepts, question.steps
    if known is not None and content_of(known) != content:
        return question
    for found in given:
        if found.content != content:
            continue
        if {label.concept_id for label in found.labels} == set(question.concepts):
            concepts = known.concepts if known else (UNLABELLED.concept_id,)
        if _texts(found.steps) == _texts(question.steps):
            steps = known.steps if known else ()
    return replace(question, concepts=concepts, steps=steps)


def _texts(steps: Iterable[Step]) -> list[str]:
    return [step.text for step in steps]


def undo(course: Course, clock: Clock) -> dict[str, Any]:
    """Put back the bank as it was before the annotation in force, and the annotation before that.

    Questions that joined or were mended since stay as they are. Killed in between, it can be done again.

    Returns:
        The shape that `--json` prints.

    Raises:
        UserError: If no annotation is in force, or it kept no earlier bank.
    """
    start, hash_before = clock.monotonic(), course.data_hash
    with course.writing():
        folder = course.default(KIND)
        if folder is None:
            raise UserError(
                f"No annotation of {course.name!r} is in force: there is nothing to undo.",
                allowed="a course that was annotated",
                mend=f"preceptor annotate {course.path}",
            )
        if not (folder / CHOSEN_BEFORE).is_file():
            raise UserError(
                f"{folder} was written by a version that kept no earlier bank.", mend="import the bank again"
            )
        earlier, now = read_bank(folder / BEFORE), course.load_bank()
        course.replace(put_back(earlier, now))
        chosen = json.loads((folder / CHOSEN_BEFORE).read_text(encoding="utf-8"))
        if chosen:
            course.set_default(KIND, chosen["name"], chosen["run"])
        else:
            course.clear_default(KIND)
    stayed = sum(not _same(earlier, question) for question in now.questions)
    result = {
        "undone": str(folder),
        "in_force": "/".join(chosen.values()),
        "questions": len(now.questions),
        "concepts": course.counts()["concepts"],
        "stayed": stayed,
    }
    seconds = clock.monotonic() - start
    run = write_run(course, "annotate", {"undo": True}, hash_before, None, result, seconds, at_seconds=clock.now())
    return {**result, "seconds": seconds, "run": str(run)}


def put_back(earlier: Bank, now: Bank) -> Bank:
    """The earlier bank; questions that joined or say something else since stay as they are, with their concepts."""
    questions = tuple(earlier.question[q.question_id] if _same(earlier, q) else q for q in now.questions)
    used = _used(questions) - earlier.concept.keys()
    newer = tuple(concept for concept in now.concepts if concept.concept_id in used)
    wrong = tuple({m.misconception_id: m for m in (*now.misconceptions, *earlier.misconceptions)}.values())
    return closed(Bank((*earlier.concepts, *newer), questions, wrong))


def closed(bank: Bank) -> Bank:
    """A bank whose prerequisites and misconceptions name no concept that it lacks."""
    known = bank.concept
    concepts = tuple(replace(c, prerequisites=tuple(n for n in c.prerequisites if n in known)) for c in bank.concepts)
    wrong = tuple(m if m.concept_id in known else replace(m, concept_id="") for m in bank.misconceptions)
    return Bank(concepts, bank.questions, wrong)


def brought(bank: Bank, imported: Bank) -> Bank:
    """What an import brings to an annotated bank: a question that comes without a label keeps the one it has."""
    questions = tuple(_kept(bank.question.get(question.question_id), question) for question in imported.questions)
    unused = _used(imported.questions) - _used(questions)
    return replace(
        imported, concepts=tuple(c for c in imported.concepts if c.concept_id not in unused), questions=questions
    )


def without_orphans(bank: Bank, annotation: Annotation, review: Review) -> Bank:
    """A bank without concepts of an annotation, its review included, that no question has."""
    used = _used(bank.questions)
    made = {concept.concept_id for one in (annotation, review(annotation)) for concept in one.concepts}
    kept = tuple(
        concept
        for concept in bank.concepts
        if concept.concept_id in used or not (concept.concept_id in made or claims_nothing(concept.concept_id))
    )
    return bank if kept == bank.concepts else closed(replace(bank, concepts=kept))


def _annotations(course: Course) -> Iterator[Annotation]:
    """The annotations a course keeps, the one in force first; others stand behind it if a store was killed."""
    chosen = course.default(KIND)
    if chosen is not None:
        yield read_annotation(chosen)
        yield from (read_annotation(folder) for folder in course.saved_runs(KIND) if folder != chosen)


def _same(earlier: Bank, question: Question) -> bool:
    known = earlier.question.get(question.question_id)
    return known is not None and content_of(known) == content_of(question)


def _kept(known: Question | None, question: Question) -> Question:
    if known is None or labelled(question) or content_of(known) != content_of(question):
        return question
    unchanged = _texts(question.steps) in ([], _texts(known.steps))
    steps = known.steps if unchanged else tuple(replace(step, concepts=known.concepts) for step in question.steps)
    return replace(question, concepts=known.concepts, steps=steps)


def _used(questions: Iterable[Question]) -> set[str]:
    """Concepts of questions and of their steps."""
    return {
        concept
        for question in questions
        for concepts in (question.concepts, *(step.concepts for step in question.steps))
        for concept in concepts
    }
