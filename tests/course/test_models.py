import json

import pytest

from preceptor.course import Course
from preceptor.domain import UserError


@pytest.fixture
def course(tmp_path):
    return Course.create(tmp_path / "c", "x")


def save(course, name="dkt", run="r1"):
    with course.new_run_folder("models", name, run) as folder:
        (folder / "config.json").write_text("{}")


def test_a_saved_run_appears_with_its_manifest(course):
    save(course)
    (folder,) = course.saved_runs("models")
    assert folder == course.path / "models" / "dkt" / "r1"
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest == {"kind": "models", "name": "dkt", "run": "r1", "bytes": {"config.json": 2}}


def test_a_failed_run_leaves_nothing(course):
    def diverge():
        with course.new_run_folder("models", "dkt", "r1") as folder:
            (folder / "weights").write_text("half")
            raise ValueError("diverged")

    with pytest.raises(ValueError, match="diverged"):
        diverge()
    assert course.saved_runs("models") == ()
    assert not list((course.path / "models" / "dkt").iterdir())


def test_what_a_killed_run_left_is_no_run_and_does_not_stand_in_the_way(course):
    left = course.path / "models" / "dkt" / ".partial-r1"
    left.mkdir(parents=True)
    (left / "manifest.json").write_text("{}")
    assert course.saved_runs("models") == ()
    save(course)
    assert [folder.name for folder in course.saved_runs("models")] == ["r1"]
    assert not left.exists()


def test_runs_are_never_overwritten(course):
    save(course)
    with pytest.raises(UserError, match="exists already"):
        save(course)


def test_the_default_is_chosen_and_replaced(course):
    assert course.default("models") is None
    save(course, run="r1")
    save(course, run="r2")
    course.set_default("models", "dkt", "r1")
    assert course.default("models") == course.path / "models" / "dkt" / "r1"
    course.set_default("models", "dkt", "r2")
    assert Course.open(course.path).default("models") == course.path / "models" / "dkt" / "r2"
    assert course.default("policies") is None


def test_only_a_complete_run_can_be_the_default(course):
    (course.path / "models" / "dkt" / "r1").mkdir(parents=True)
    with pytest.raises(UserError, match="no complete run"):
        course.set_default("models", "dkt", "r1")


def test_a_default_that_is_gone_or_damaged_is_told(course):
    save(course)
    course.set_default("models", "dkt", "r1")
    (course.path / "models" / "dkt" / "r1" / "manifest.json").unlink()
    with pytest.raises(UserError, match="is gone"):
        course.default("models")
    (course.path / "models" / "default.json").write_text("[]")
    with pytest.raises(UserError, match=r"default\.json"):
        course.default("models")


@pytest.mark.parametrize("name", ["../x", "", ".hidden", "a/b", "a b"])
def test_names_stay_inside_the_course(course, name):
    with pytest.raises(UserError, match="cannot name a folder"):
        save(course, name=name)
