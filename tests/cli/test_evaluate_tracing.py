"""`preceptor evaluate tracing`: what it prints and writes."""

import polars as pl
import pytest

from preceptor.course import Course


@pytest.fixture
def few(course_copy):
    course = Course.open(course_copy)
    course.replace(log=course.load_log().of_students(range(30)))
    return course_copy


def test_a_table_and_an_object(cli, few, tmp_path):
    arguments = ["evaluate", "tracing", few, "--models", "history", "--folds", 3]
    files = ["--predictions", tmp_path / "p.csv", "--splits-out", tmp_path / "s.csv"]
    content = cli(*arguments, *files, "--json").json()
    assert {"mean", "sd", "ci95"} == set(content["rows"][1]["auc"])
    table = pl.read_csv(tmp_path / "p.csv")
    assert len(table) == 2 * content["rows"][1]["answers"]
    assert len(pl.read_csv(tmp_path / "s.csv")) == 30
    shown = cli(*arguments, "--splits", tmp_path / "s.csv", "--test-folds", "2", "--resume")
    assert shown.code == 0
    assert "history" in shown.out
    assert "folds 2" in shown.out


def test_files_that_cannot_be_written(refused, few, tmp_path):
    arguments = ["evaluate", "tracing", few, "--models", "history"]
    assert "'.txt'" in refused(*arguments, "--predictions", tmp_path / "p.txt")
    assert "is no folder" in refused(*arguments, "--splits-out", tmp_path / "none" / "s.csv")
    assert "--test-folds is 'two'" in refused(*arguments, "--test-folds", "two")


def test_rows_in_arbitrary_order_are_marked_on_the_screen(cli, few):
    arguments = ["evaluate", "tracing", few, "--models", "history", "--folds", 3, "--test-folds", "1"]
    shown = cli(*arguments, "--protocol", "unordered-new-concepts")
    assert shown.code == 0
    assert "order arbitrary" in " ".join(shown.out.split())
    assert "order arbitrary" not in cli(*arguments, "--protocol", "new-questions").out


def test_an_unknown_protocol_is_told(refused, few):
    said = refused("evaluate", "tracing", few, "--models", "history", "--protocol", "new-question")
    assert "new-questions" in said
