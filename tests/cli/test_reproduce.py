"""`preceptor reproduce`: what it prints, and what is refused."""

import shutil

import pytest

from preceptor.workflow.reproducing import exrec
from preceptor.workflow.reproducing.options import ReproduceOptions
from preceptor.workflow.reproducing.page import Page
from preceptor.workflow.reproducing.pieces import Piece


@pytest.fixture
def told(monkeypatch):
    """A paper whose reproduction takes no time; returns the options that reached it."""
    reached = []

    def run(self, courses):
        reached.append((self.options, [course.path for course in courses]))
        return {"paper": "exrec"}, Page("A page", ("Text.",)), [Piece("pieces/a.json", {}, new=True)]

    monkeypatch.setattr(exrec.ExRec, "run", run)
    return reached


def test_one_json_object_and_the_pages(cli, told, semantic_course, tmp_path):
    done = cli("reproduce", "exrec", semantic_course, "--out", tmp_path / "out", "--trainings", 2, "--json")
    assert done.code == 0, done.err
    assert done.err == ""
    result = done.json()
    assert {name: result[name] for name in ("paper", "pieces", "new")} == {"paper": "exrec", "pieces": 1, "new": 1}
    for kind in ("page", "html"):
        assert "A page" in (tmp_path / "out" / result[kind].rpartition("/")[2]).read_text()
    assert told == [(ReproduceOptions(trainings=2), [semantic_course])]


def test_without_json_it_says_where_the_page_is(cli, told, tmp_path):
    shown = " ".join(cli("reproduce", "exrec", "--out", tmp_path / "out", "--quick").out.split())
    assert "1 pieces, 1 of them measured now" in shown
    assert "exrec.md" in shown
    assert told[0][0].quick


def test_what_another_paper_takes_is_refused_by_its_flag(refused, tmp_path):
    message = refused("reproduce", "exrec", "--out", tmp_path, "--lambda", 0.3)
    assert "takes no --lambda" in message
    assert "--trainings" in message
    assert "takes no --preset" in refused("reproduce", "tasa", "--out", tmp_path, "--preset", "paper")


def test_an_unknown_paper_and_a_folder_that_is_no_course(refused, tmp_path):
    assert "exrec, tasa" in refused("reproduce", "exre", "--out", tmp_path)
    assert "is not a course" in refused("reproduce", "exrec", tmp_path, "--out", tmp_path / "out")


def test_a_course_that_is_not_calibrated_says_what_to_do(refused, semantic_course, tmp_path):
    course = shutil.copytree(semantic_course, tmp_path / "course")
    assert "preceptor calibrate" in refused("reproduce", "exrec", course, "--out", tmp_path / "out")
