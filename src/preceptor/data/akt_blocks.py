"""The block layout of AKT's fold files: a header line, then one comma list a line for every column."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from preceptor.data.problems import Problem
from preceptor.data.students import name_fault
from preceptor.domain import UserError

WITH_QUESTIONS, WITHOUT_QUESTIONS = 4, 3


@dataclass(frozen=True, slots=True)
class Blocks:
    """The good blocks of one file.

    Args:
        students: Names of the students, one a block.
        lengths: int64 [students]; rows of each.
        question: int64 [rows]; None where the file has no question ids.
        concept: int64 [rows].
        correct: float64 [rows], in 0..1.
        problems: What is wrong with the other blocks; their row is the number of the block.
    """

    students: tuple[str, ...]
    lengths: NDArray[np.int64]
    question: NDArray[np.int64] | None
    concept: NDArray[np.int64]
    correct: NDArray[np.float64]
    problems: tuple[Problem, ...]


def parse_blocks(path: Path, text: str) -> Blocks:
    """Parse a fold file: header, question ids (if the set has them), concept ids, correctness.

    Args:
        path: Its path, for messages.
        text: Its content.

    Raises:
        UserError: If the file is empty.
    """
    lines = text.rstrip().splitlines()
    if not lines:
        raise UserError(f"{path} is empty.", allowed="blocks of 3 or 4 lines, one a student")
    height = _height(lines)
    good: list[tuple[str, list[list[float]]]] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for number, block in enumerate(_blocks(lines, height), start=1):
        parsed = _parsed(block, height)
        if not isinstance(parsed, str) and parsed[0] in seen:
            parsed = f"student {parsed[0]} has an earlier block"
        if isinstance(parsed, str):
            problems.append(Problem(path, number, parsed, (number - 1) * height + 1))
        else:
            seen.add(parsed[0])
            good.append(parsed)
    columns = [np.array([v for _, rows in good for v in rows[i]], dtype=float) for i in range(height - 1)]
    return Blocks(
        tuple(student for student, _ in good),
        np.array([len(rows[0]) for _, rows in good], dtype=np.int64),
        columns[0].astype(np.int64) if height == WITH_QUESTIONS else None,
        columns[-2].astype(np.int64),
        columns[-1],
        tuple(problems),
    )


def _height(lines: list[str]) -> int:
    """Lines of a block: the layout that fits more blocks."""

    def misfits(height: int) -> float:
        blocks = list(_blocks(lines, height))
        return sum(isinstance(_shape(block, height), str) for block in blocks) / len(blocks)

    return min((WITH_QUESTIONS, WITHOUT_QUESTIONS), key=misfits)


def _blocks(lines: list[str], height: int) -> Iterator[list[str]]:
    return (lines[start : start + height] for start in range(0, len(lines), height))


def _shape(block: list[str], height: int) -> str | None:
    """What is wrong with the shape of a block; None if it is right."""
    if len(block) < height:
        return f"the block ends after {len(block)} of {height} lines"
    counts = [line.count(",") + 1 for line in block]
    if counts[0] != 2:
        return f"the header has {counts[0]} entries, not `index,user`"
    if len(set(counts[1:])) > 1:
        return f"its lists have different lengths: {', '.join(map(str, counts[1:]))}"
    return None


def _parsed(block: list[str], height: int) -> tuple[str, list[list[float]]] | str:
    """Student and columns of a block, or what is wrong with it."""
    wrong = _shape(block, height)
    if wrong:
        return wrong
    try:
        rows: list[list[float]] = [[*map(int, line.split(","))] for line in block[1:-1]]
        rows.append([*map(float, block[-1].split(","))])
    except ValueError as error:
        return f"not a number: {str(error).rpartition(':')[2].strip()}"
    outside = [value for value in rows[-1] if not 0 <= value <= 1]
    if outside:
        return f"correctness {outside[0]:g} is outside 0..1"
    student = block[0].split(",")[1].strip()
    return name_fault(student) or (student, rows)
