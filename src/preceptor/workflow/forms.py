"""Test forms as tables: what students get, and the keys apart from it."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

from preceptor.course import explained, replace_file
from preceptor.curriculum import CONCEPTS
from preceptor.curriculum.parallel import ITEMS_PER_CONCEPT, ParallelForm, ParallelItem, parallel_forms
from preceptor.domain import UserError, unknown_name
from preceptor.workflow.tables import csv_bytes

ITEM_COLUMNS = ("item", "concept", "kind", "text", "options")
KEY_COLUMNS = ("item", "concept", "key", "level", "difficulty", "question_id")


def write_forms(folder: Path, items_per_concept: int, concepts: Collection[str], language: str) -> dict[str, Any]:
    """Write the parallel forms A, B and C, each as a table of items and a table of keys.

    Args:
        folder: Where they go; made if it is not there.
        items_per_concept: Items of each concept in each form, 1 to 30.
        concepts: Ids of the concepts to test; empty for all.
        language: ISO 639-1 code.

    Returns:
        The shape that `--json` prints.

    Raises:
        UserError: If a number, a concept or the language is out of range, or the folder cannot be written to.
    """
    if not 1 <= items_per_concept <= ITEMS_PER_CONCEPT:
        raise UserError(f"items is {items_per_concept}.", allowed=f"1 to {ITEMS_PER_CONCEPT}")
    known = {concept.concept_id for concept in CONCEPTS}
    for concept_id in concepts:
        if concept_id not in known:
            raise unknown_name("concept", concept_id, known)
    files: dict[str, bytes] = {}
    for form in parallel_forms(items_per_concept, language=language):
        items = [item for item in form.items if not concepts or item.concept_id in concepts]
        files |= _tables(form, items)
    with explained("write the forms to", folder):
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            replace_file(folder / name, content)
    return {
        "folder": str(folder),
        "files": sorted(files),
        "items": items_per_concept * (len(set(concepts)) or len(known)),
        "concepts": len(set(concepts)) or len(known),
        "language": language,
    }


def _tables(form: ParallelForm, items: list[ParallelItem]) -> dict[str, bytes]:
    asked, keys = [], []
    for number, item in enumerate(items, 1):
        question = item.question
        options = " | ".join(question.options)
        asked.append((number, item.concept_id, question.kind.value, question.text, options))
        row = (question.key, item.level, question.difficulty, question.question_id)
        keys.append((number, item.concept_id, *row))
    return {
        f"form-{form.letter}.csv": csv_bytes(ITEM_COLUMNS, asked),
        f"form-{form.letter}-keys.csv": csv_bytes(KEY_COLUMNS, keys),
    }
