"""`evaluate forgetting` in pieces: equal on every backend, under one bar."""

import json

import pytest

from preceptor.course import Course
from preceptor.domain import UserError
from preceptor.evaluate.forgetting import ForgettingDesign
from preceptor.workflow.forgetting import evaluate_course_forgetting


@pytest.fixture(autouse=True)
def short_fit():
    """Fits take their whole time here: what is patched in this process alone would part it from its workers."""


def test_results_are_equal_bit_for_bit_in_workers(course_copy, still_clock):
    course, design, seen = Course.open(course_copy), ForgettingDesign(model="history", curves=("none",), folds=3), []

    def figures(backend):
        result = evaluate_course_forgetting(course, design, still_clock, lambda *told: seen.append(told), backend)
        return json.dumps({name: told for name, told in result.items() if name != "seconds"})

    assert figures("here") == figures("workers:2")
    bar = [("mastery and curves", done, 21) for done in range(22)]
    assert list(dict.fromkeys(seen[: len(seen) // 2])) == list(dict.fromkeys(seen[len(seen) // 2 :])) == bar
    assert not list((course.path / "runs").glob(".forgetting-*"))
    with pytest.raises(UserError, match="The backend is 'cloud'"):
        figures("cloud")
