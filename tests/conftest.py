"""Fixtures every room may use."""

import importlib.util
import os
import shutil
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

# Numerical libraries read these when they are first loaded: one thread each, here and in the processes tests start.
for variable in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS"):
    os.environ.setdefault(variable, "1")
os.environ["HF_HUB_OFFLINE"] = "1"  # read once, when the hub's library is loaded

NOW = 1_770_000_000.0


def _helper(path: str):
    """A module of the tests themselves."""
    file = Path(__file__).parent / path
    spec = importlib.util.spec_from_file_location(f"preceptor_tests_{file.stem}", file)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def scripted():
    """The module of the scripted server: `ScriptedServer` and `Answer`."""
    return _helper("llm/scripted_server.py")


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
def uncovered(request):
    """Within, no coverage is measured: for fixtures that repeat at length what is covered elsewhere.

    Measuring makes Python code two to four times slower. Whole tests are marked `no_cover` for the same reason.
    """
    measuring = getattr(request.config.pluginmanager.getplugin("_cov"), "cov_controller", None)

    @contextmanager
    def paused():
        if measuring is None:
            yield
            return
        measuring.pause()
        try:
            yield
        finally:
            measuring.resume()

    return paused


@pytest.fixture(scope="session")
def exrec_files():
    """The module that writes small files in ExRec's schemas."""
    spec = importlib.util.spec_from_file_location("preceptor_exrec_files", Path(__file__).parent / "exrec_files.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def small_course(tmp_path_factory, still_clock) -> Path:
    """A built-in course of 60 students with a trained DKT; pristine, so copy it before anything is changed."""
    from preceptor.workflow.built_in import BuiltInOptions, make_built_in_course
    from preceptor.workflow.training import train
    from preceptor.workflow.training_options import TrainOptions

    path = tmp_path_factory.mktemp("small") / "course"
    course = make_built_in_course(path, BuiltInOptions(students=60, days=30, questions_per_family=3), NOW)
    train(course, TrainOptions(model="dkt", size="small"), still_clock, lambda what, done, total: None)
    return path


@pytest.fixture(scope="session")
def earth_course(tmp_path_factory, still_clock) -> Path:
    """A built-in course without mathematics, 60 students, with a fitted forgetting curve; copy it first."""
    from preceptor.workflow.built_in import BuiltInOptions, make_built_in_course
    from preceptor.workflow.training import train
    from preceptor.workflow.training_options import TrainOptions

    path = tmp_path_factory.mktemp("earth") / "course"
    course = make_built_in_course(path, BuiltInOptions(students=60, days=30, subject="earth"), NOW)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("preceptor.forgetting.fit.STEPS", 4)
        train(course, TrainOptions(model="history"), still_clock, lambda what, done, total: None)
    return path


@pytest.fixture(scope="session")
def semantic_course(tmp_path_factory, still_clock) -> Path:
    """A built-in course of 40 students with a semantic DKT of a few passes over vectors of words; copy it first."""
    from preceptor.trace.neural import NeuralTracer
    from preceptor.trace.training import TrainingPlan
    from preceptor.workflow.built_in import BuiltInOptions, make_built_in_course
    from preceptor.workflow.training import train
    from preceptor.workflow.training_options import TrainOptions

    path = tmp_path_factory.mktemp("semantic") / "course"
    course = make_built_in_course(path, BuiltInOptions(students=40, days=20, questions_per_family=2), still_clock.now())
    patch = pytest.MonkeyPatch()
    patch.setattr(NeuralTracer, "plan_default", TrainingPlan(epochs=2))
    patch.setattr("preceptor.forgetting.fit.STEPS", 4)
    train(course, TrainOptions(model="semantic-dkt", size="small"), still_clock, lambda what, done, total: None)
    patch.undo()
    return path


@pytest.fixture
def course_copy(small_course, tmp_path) -> Path:
    """A copy of the small course to work in."""
    return shutil.copytree(small_course, tmp_path / "course")


@pytest.fixture(scope="session")
def quick_tracer():
    """Build a tracer of any name that is fitted in a moment."""
    import numpy as np

    from preceptor.trace import QuestionVectors, make_tracer, tracer_class
    from preceptor.trace.neural import NeuralTracer
    from preceptor.trace.training import TrainingPlan

    def build(name, q_matrix, epochs=2, **options):
        kind, rng = tracer_class(name), np.random.default_rng(3)
        if "vectors" in kind.needs:
            concepts = rng.normal(size=(len(q_matrix.concept_ids), 16))
            questions = q_matrix.dense @ concepts + 0.5 * rng.normal(size=(len(q_matrix.question_ids), 16))
            options |= {"vectors": QuestionVectors(questions.astype(np.float32), concepts.astype(np.float32))}
        if issubclass(kind, NeuralTracer):
            options |= {"size": "small", "plan": TrainingPlan(epochs=epochs, answers_per_batch=200)}
        return make_tracer(name, q_matrix, **options)

    return build
