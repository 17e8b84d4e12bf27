"""Which of ExRec's files there are."""

from collections.abc import Sequence
from enum import StrEnum
from fnmatch import fnmatch
from pathlib import Path

from preceptor.domain import UserError


class Part(StrEnum):
    """A kind of file of ExRec; its value is the pattern of its name."""

    QUESTIONS = "questions_translated*.json"
    LINKS = "kc_questions_map.json"
    CLUSTERS = "kc_clusters.json"
    CLUSTER_QUESTIONS = "cluster_to_que_ids_map.json"
    QUESTION_VECTORS = "*qid2content_sol_avg_emb.json"
    CONCEPT_VECTORS = "kc_emb.json"
    CHECKPOINT = "*.ckpt"
    IDS = "preceptor_ids.json"
    """Written by `preceptor export exrec` alone: the ids that questions and concepts had."""


_SEVERAL = frozenset([Part.QUESTIONS, Part.QUESTION_VECTORS])
"""What may stand in several files, which are joined."""

Parts = dict[Part, tuple[Path, ...]]


def find_parts(sources: Sequence[Path]) -> Parts:
    """Sort files by what they are; folders are searched with all that is in them.

    A JSON file that is named itself and has no name of ExRec's holds questions, for the annotation scripts write to any
    name.

    Raises:
        UserError: If a source is missing or nothing of ExRec, or there are two files of a kind that stands alone.
    """
    found: dict[Part, list[Path]] = {part: [] for part in Part}
    for source in sources:
        for part, path in _of_source(source):
            if path not in found[part]:
                found[part].append(path)
    for part, paths in found.items():
        if len(paths) > 1 and part not in _SEVERAL:
            raise UserError(
                f"There are {len(paths)} files {part.value}: {', '.join(map(str, paths))}.",
                allowed="one",
                mend="name the files to read instead of their folder",
            )
    return {part: tuple(paths) for part, paths in found.items() if paths}


def _of_source(source: Path) -> list[tuple[Part, Path]]:
    if not source.exists():
        raise UserError(f"{source} does not exist.", mend="check the spelling of the path")
    if source.is_dir():
        files = [path for path in sorted(source.rglob("*")) if path.is_file()]
        found = [(part, path) for path in files if (part := _part_of(path))]
        if not found:
            raise UserError(f"The folder {source} holds nothing of ExRec.", allowed=", ".join(part for part in Part))
        return found
    part = _part_of(source) or (Part.QUESTIONS if source.suffix == ".json" else None)
    if part is None:
        raise UserError(f"{source} is no file of ExRec.", allowed=", ".join(part for part in Part))
    return [(part, source)]


def _part_of(path: Path) -> Part | None:
    return next((part for part in Part if fnmatch(path.name, part.value)), None)
