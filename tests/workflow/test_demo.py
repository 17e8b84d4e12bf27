"""The demo: whole or made anew, and never in somebody else's folder."""

import json
import shutil
from dataclasses import replace

import pytest

from preceptor.course import Course
from preceptor.domain import Interaction, Outcome, UserError
from preceptor.evaluate import PolicyDesign
from preceptor.store import SqliteStore
from preceptor.workflow.built_in import BuiltInOptions, require_subject
from preceptor.workflow.demo import DEMO_FILE, DemoOptions, demo
from preceptor.workflow.training_options import TrainOptions

OPTIONS = DemoOptions(BuiltInOptions(50, 20, 2), TrainOptions(model="history"), PolicyDesign(students=4))


@pytest.fixture
def play(tmp_path, still_clock, quiet):
    """Plays the demo in `tmp_path/demo`."""
    return lambda options=OPTIONS, path=tmp_path / "demo": demo(path, options, still_clock, quiet)


@pytest.fixture(scope="module")
def finished(tmp_path_factory, still_clock, fits_end_early):
    """A folder with a finished demo, and its result; copy it before anything is changed."""
    path = tmp_path_factory.mktemp("finished") / "demo"
    with fits_end_early():
        return path, demo(path, OPTIONS, still_clock, lambda what, done, total: None)


@pytest.fixture
def played(finished, tmp_path):
    """The finished demo in `tmp_path/demo`, and its result."""
    path, result = finished
    shutil.copytree(path, tmp_path / "demo")
    return result


def test_the_result_has_the_promised_shape_and_is_reused(play, played, tmp_path):
    result = played
    assert {"students", "questions", "concepts", "interactions", "seconds"} <= set(result)
    assert {"auc", "accuracy", "log_loss"} <= set(result["test"])
    assert result["floor"]["auc"] == pytest.approx(result["test"]["auc"] - result["auc_gain"]["mean"])
    assert len(result["auc_gain"]["ci95"]) == 2
    for arm in result["improvement"].values():
        for moment in ("now", "day7"):
            assert set(arm[moment]) >= {"mean", "ci95"}
    assert result["simulated"]
    assert not result["reused"]
    path = tmp_path / "demo"
    before = {file: file.stat().st_mtime_ns for file in path.rglob("*") if file.is_file()}
    again = play()
    assert again["reused"]
    assert {**again, "reused": False} == json.loads(json.dumps(result))
    assert {file: file.stat().st_mtime_ns for file in path.rglob("*") if file.is_file()} == before


def test_other_options_make_it_anew(play, played, tmp_path):
    first = Course.open(tmp_path / "demo").data_hash
    result = play(DemoOptions(BuiltInOptions(50, 20, 3), OPTIONS.train, OPTIONS.design))
    assert not result["reused"]
    assert Course.open(tmp_path / "demo").data_hash != first
    assert OPTIONS.fingerprint != DemoOptions().fingerprint


def test_an_outdated_demo_with_live_answers_is_refused_and_kept(play, played, tmp_path):
    store = tmp_path / "demo" / "students.sqlite"
    answer = Interaction("e1", "s0001", "q1", "r1", 1.0, 0, 1.0, "7", None, Outcome.CORRECT)
    with SqliteStore(store) as live:
        live.append(answer)
    assert play()["reused"]
    with pytest.raises(UserError, match="students have answered 1 questions"):
        play(DemoOptions(BuiltInOptions(50, 20, 3), OPTIONS.train, OPTIONS.design))
    with SqliteStore(store) as live:
        assert live.events("s0001") == (answer,)


def test_a_changed_course_makes_it_anew(play, played, tmp_path):
    course = Course.open(tmp_path / "demo")
    whole = course.data_hash
    course.replace(log=course.load_log().of_students(range(30)))
    assert not play()["reused"]
    assert Course.open(tmp_path / "demo").data_hash == whole


@pytest.mark.parametrize("content", [b'{"finished": false}', b"", b"[]", b"null", b'{"finished": true}'])
def test_an_interrupted_demo_is_made_anew(play, tmp_path, content):
    path = tmp_path / "demo"
    path.mkdir()
    (path / DEMO_FILE).write_bytes(content)
    (path / "half-written").write_text("x")
    assert not play()["reused"]
    assert not (path / "half-written").exists()
    assert json.loads((path / DEMO_FILE).read_text())["finished"]


def test_a_killed_demo_is_known_as_one(play, tmp_path, monkeypatch):
    def stop(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("preceptor.workflow.demo.train", stop)
        with pytest.raises(KeyboardInterrupt):
            play()
    assert json.loads((tmp_path / "demo" / DEMO_FILE).read_text()) == {"finished": False}
    assert not play()["reused"]


def test_somebody_elses_folder_is_refused(play, tmp_path, fingerprint):
    path = tmp_path / "demo"
    path.mkdir()
    (path / "thesis.txt").write_text("years of work")
    with pytest.raises(UserError, match="is no demo course"):
        play()
    assert list(fingerprint(path)) == ["thesis.txt"]
    with pytest.raises(UserError, match=r"thesis\.txt"):
        play(path=path / "thesis.txt")


def test_an_empty_folder_is_welcome(play, tmp_path):
    (tmp_path / "demo").mkdir()
    assert not play()["reused"]


@pytest.mark.parametrize(("subject", "language"), [("alchemy", "en"), ("earth", "fr")])
def test_a_subject_that_there_is_not_is_refused(subject, language):
    with pytest.raises(UserError, match="subject"):
        require_subject(subject, language)


def test_the_demo_plays_on_a_course_without_mathematics(play, tmp_path):
    result = play(replace(OPTIONS, built_in=BuiltInOptions(50, 20, subject="earth")))
    assert (result["questions"], result["concepts"], result["simulated"]) == (150, 15, True)
    assert {question.kind for question in Course.open(tmp_path / "demo").load_bank().questions} == {
        "choice",
        "text",
        "order",
    }
