from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from preceptor.domain import Interaction, Outcome
from preceptor.store import SqliteStore


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with SqliteStore(tmp_path / "students.sqlite") as opened:
        yield opened


@pytest.fixture
def answer() -> Callable[..., Interaction]:
    def build(event_id: str = "e1", student_id: str = "ann", **changes: object) -> Interaction:
        values: dict[str, object] = {
            "event_id": event_id,
            "student_id": student_id,
            "question_id": "q1",
            "revision": "r1",
            "correct": 1.0,
            "position": 0,
            "time_seconds": 1_700_000_000.25,
            "response": "1/2",
            "duration_seconds": 12.5,
            "outcome": Outcome.CORRECT,
            "hints_used": 1,
        }
        return Interaction(**(values | changes))  # type: ignore[arg-type]

    return build
