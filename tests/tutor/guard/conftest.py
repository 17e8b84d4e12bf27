import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from preceptor.curriculum import built_in_bank
from preceptor.domain import Bank, Question, QuestionKind

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


@pytest.fixture(scope="session")
def ask() -> Callable[..., Question]:
    """Build a question: key, kind, stem, and whatever else."""

    def build(
        key: str, kind: QuestionKind = QuestionKind.NUMBER, text: str = "Work out $18 + 74$.", **more
    ) -> Question:
        return Question("q", text, kind, key, ("c",), **more)

    return build


@pytest.fixture(scope="session", params=["en", "de"])
def course(request) -> Bank:
    return built_in_bank(1, language=request.param)
