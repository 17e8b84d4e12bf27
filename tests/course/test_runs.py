import json

import numpy as np
import pytest

from preceptor.course import Course, runs, write_run
from preceptor.domain import UserError


@pytest.fixture
def course(tmp_path):
    return Course.create(tmp_path / "c", "x")


def test_a_run_is_named_by_time_and_command_and_comes_back(course):
    path = write_run(
        course, "train", {"model": "dkt"}, "h", 7, {"auc": np.float32(0.5)}, 1.5, at_seconds=1_700_000_000.25
    )
    assert path.name == "20231114T221320.250Z-train.json"
    (run,) = runs(course)
    assert run["command"] == "train"
    assert run["config"] == {"model": "dkt"}
    assert (run["data_hash"], run["seed"], run["seconds"]) == ("h", 7, 1.5)
    assert run["metrics"] == {"auc": 0.5}
    assert run["versions"]["numpy"] == np.__version__
    assert set(run["versions"]) == {"preceptor", "numpy", "torch"}


def test_what_is_not_finite_is_null(course):
    metrics = {"auc": float("nan"), "rows": [{"ci95": np.array([1.0, np.inf])}], "path": course.path}
    path = write_run(course, "train", {}, "h", None, metrics, 0, at_seconds=0)
    stored = json.loads(path.read_text())["metrics"]
    assert stored == {"auc": None, "rows": [{"ci95": [1.0, None]}], "path": str(course.path)}


def test_two_runs_of_one_moment_both_stay_and_come_in_order(course):
    for at, command in ((5, "train"), (5, "train"), (1, "import")):
        write_run(course, command, {}, "h", 0, {}, 0, at_seconds=at)
    assert [run["command"] for run in runs(course)] == ["import", "train", "train"]
    assert len(runs(course, "train")) == 2


def test_a_package_that_is_absent_is_null(course, monkeypatch):
    monkeypatch.setitem(write_run.__globals__, "_PACKAGES", ("no-such-package",))
    path = write_run(course, "train", {}, "h", 0, {}, 0, at_seconds=0)
    assert json.loads(path.read_text())["versions"] == {"no-such-package": None}


def test_a_damaged_run_file_is_told(course):
    write_run(course, "train", {}, "h", 0, {}, 0, at_seconds=0).write_text("{")
    with pytest.raises(UserError, match="Cannot read"):
        runs(course)
