from collections.abc import Callable
from dataclasses import fields

import numpy as np
import pytest

from preceptor.domain import (
    Bank,
    Concept,
    Distractor,
    Log,
    Misconception,
    Question,
    QuestionKind,
    Step,
    digest,
)


@pytest.fixture
def bank() -> Bank:
    """Every field used once, and once left at its default."""
    concepts = (
        Concept("c1", "Addition", "1.OA.1", 1, "Putting together.", ()),
        Concept("c2", "Äquivalente Brüche", prerequisites=("c1",)),
    )
    full = Question(
        "q1",
        "What is $\\frac{1}{2}$?\nSay it.",
        QuestionKind.CHOICE,
        "one half",
        ("c1", "c2"),
        options=("one half", "two"),
        ordered=True,
        simplest=True,
        steps=(Step("Look at $1/2$.", ("c1",), "1/2"), Step("Say it.")),
        hints=("Think.", "It is one half."),
        distractors=(Distractor("two", "m1"), Distractor("three")),
        difficulty=-0.123456789,
        family="fractions",
        uncheckable="a reason",
        retired=True,
    )
    plain = Question("q2", "", QuestionKind.UNKNOWN, "", ("c2",))
    return Bank(concepts, (full, plain), (Misconception("m1", "c2", "Inverts", "Look again."),))


def make_log(students: int, rows: int, seed: int) -> Log:
    rng = np.random.default_rng(seed)
    return Log.of(
        [f"s{i}" for i in range(students)],
        ["q1", "q2", "q3"],
        student=np.sort(rng.integers(0, students, rows)),
        question=rng.integers(0, 3, rows),
        correct=rng.random(rows),
        event_id=np.char.add(f"{seed}-", np.arange(rows).astype("U9")).astype("S20"),
        revision=np.array([f"r{digest(i)}" for i in range(3)], dtype="S21")[np.arange(rows) % 3],
        time_seconds=np.where(rng.random(rows) < 0.3, np.nan, rng.random(rows) * 1e9),
        duration_seconds=np.where(rng.random(rows) < 0.3, np.nan, rng.random(rows)),
        response=np.array(["" if i % 2 else f"½ «{i}»" for i in range(rows)], dtype=object),
        student_fold=rng.integers(-1, 6, students),
    )


def check_same(one: Log, other: Log) -> None:
    for field in fields(Log):
        left, right = getattr(one, field.name), getattr(other, field.name)
        if isinstance(left, tuple):
            assert left == right, field.name
        else:
            assert left.dtype == right.dtype, field.name
            assert np.array_equal(left, right, equal_nan=left.dtype.kind == "f"), field.name


@pytest.fixture
def log_of() -> Callable[[int, int, int], Log]:
    """Makes a log of (students, rows, seed) with unknown times, folds and responses among known ones."""
    return make_log


@pytest.fixture
def assert_same_log() -> Callable[[Log, Log], None]:
    return check_same
