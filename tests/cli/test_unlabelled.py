"""A copy of a course without its labels."""

import shutil

import pytest

from preceptor.annotate import UNLABELLED
from preceptor.cli.unlabelled import main, unlabelled_copy
from preceptor.course import Course
from preceptor.domain import UserError


def test_texts_and_log_stay_and_labels_go(small_course, tmp_path):
    whole = Course.open(small_course)
    copy = unlabelled_copy(small_course, tmp_path / "copy")
    bank, own = copy.load_bank(), whole.load_bank()
    assert [question.text for question in bank.questions] == [question.text for question in own.questions]
    assert {concept for question in bank.questions for concept in question.concepts} == {UNLABELLED.concept_id}
    assert not any(question.family or question.hints for question in bank.questions)
    assert any(question.difficulty is not None for question in own.questions)
    assert all(question.difficulty is None for question in bank.questions), "the generator's difficulty"
    assert len(copy.load_log()) == len(whole.load_log())
    assert copy.default("models") is None
    assert whole.load_bank().concepts == own.concepts


def test_an_existing_folder_is_refused(small_course, tmp_path):
    with pytest.raises(UserError, match="exists already"):
        unlabelled_copy(small_course, tmp_path)


@pytest.mark.parametrize("given", [[], ["one"], ["one", "two", "three"]])
def test_wrong_use_says_how_it_is_used(given, capsys):
    assert main(given) == 2
    assert "SOURCE TARGET" in capsys.readouterr().err


def test_a_mistake_is_a_message_and_no_traceback(small_course, tmp_path, capsys):
    assert main([str(tmp_path / "none"), str(tmp_path / "copy")]) == 2
    assert main([str(small_course), str(tmp_path)]) == 2
    told = capsys.readouterr().err
    assert told.count("Error: ") == 2
    assert "exists already" in told
    assert main([str(small_course), str(tmp_path / "copy")]) == 0


def test_what_models_answered_and_live_students_stay_behind(small_course, tmp_path):
    source = shutil.copytree(small_course, tmp_path / "source")
    (source / "asked").mkdir()
    (source / "asked" / "answers.sqlite").write_text("answers that name the labels")
    for name in ("students.sqlite", "students.sqlite-wal", "students.sqlite-shm"):
        (source / name).write_text("somebody's answers")
    copy = unlabelled_copy(source, tmp_path / "copy")
    left = {path.name for path in copy.path.iterdir()}
    assert not {name for name in left if name.startswith(("asked", "students"))}
    assert {"bank", "log", "course.toml"} <= left
    assert len(list((copy.path / "bank").iterdir())) == 1, "no earlier bank with the labels"
