"""Fixtures every room may use."""

import os
import shutil
import time
from pathlib import Path

import pytest

# Numerical libraries read these when they are first loaded: one thread each, here and in the processes tests start.
for variable in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS"):
    os.environ.setdefault(variable, "1")

NOW = 1_770_000_000.0


@pytest.fixture(scope="session")
def now() -> float:
    """The moment at which the small course was made, UTC seconds: early on 2 February 2026."""
    return NOW


@pytest.fixture(scope="session")
def still_clock():
    """A clock that stands at `now`; durations are real."""
    from preceptor.workflow.clock import Clock

    return Clock(lambda: NOW, time.monotonic)


@pytest.fixture(scope="session")
def small_course(tmp_path_factory, still_clock) -> Path:
    """A built-in course of 60 students with a trained DKT; pristine, so copy it before anything is changed."""
    from preceptor.workflow.built_in import BuiltInOptions, make_built_in_course
    from preceptor.workflow.training import TrainOptions, train

    path = tmp_path_factory.mktemp("small") / "course"
    course = make_built_in_course(path, BuiltInOptions(students=60, days=30, questions_per_family=3), NOW)
    train(course, TrainOptions(model="dkt", size="small"), still_clock, lambda what, done, total: None)
    return path


@pytest.fixture
def course_copy(small_course, tmp_path) -> Path:
    """A copy of the small course to work in."""
    return shutil.copytree(small_course, tmp_path / "course")
