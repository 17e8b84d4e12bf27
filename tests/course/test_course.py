import dataclasses
import json
import time
from pathlib import Path

import numpy as np
import pytest

from preceptor.course import Course
from preceptor.domain import Bank, Log, UserError


@pytest.fixture
def course(tmp_path):
    return Course.create(tmp_path / "maths", 'Maths "5" – ½')


def test_a_new_course_is_empty_and_keeps_its_name(course):
    again = Course.open(course.path)
    assert (again.name, again.language, again.path) == ('Maths "5" – ½', "en", course.path)
    assert again.load_bank() == Bank((), ())
    assert len(again.load_log()) == 0
    assert set(again.counts().values()) == {0}


def test_bank_and_log_come_back_exactly(course, bank, log_of, assert_same_log):
    log = log_of(40, 500, 1)
    course.replace(bank, log)
    again = Course.open(course.path)
    loaded = again.load_bank()
    assert loaded == bank
    assert [q.retired for q in loaded.questions] == [True, False]  # equality of questions leaves it out
    assert_same_log(again.load_log(), log)


def test_students_without_answers_stay(course, log_of, assert_same_log):
    log = log_of(30, 5, 1)
    course.replace(log=log)
    assert_same_log(course.load_log(), log)
    assert course.counts()["students"] == len(np.unique(log.student)) < 30


def test_an_empty_log_comes_back(course, assert_same_log):
    course.replace(log=Log.empty())
    assert_same_log(course.load_log(), Log.empty())


def test_counts_and_hash_need_no_data(course, bank, log_of):
    course.replace(bank, log_of(7, 300, 1))
    before = course.data_hash
    for file in course.path.glob("*/*/*.parquet"):
        file.unlink()
    assert course.counts() == {"students": 7, "questions": 2, "concepts": 2, "interactions": 300}
    assert course.data_hash == before


def test_the_hash_follows_the_content(course, bank, log_of):
    course.replace(bank, log_of(7, 300, 1))
    first = course.data_hash
    course.replace(bank, log_of(7, 300, 2))
    second = course.data_hash
    course.replace(dataclasses.replace(bank, questions=bank.questions[:1]))
    third = course.data_hash
    course.replace(bank, log_of(7, 300, 1))
    assert len({first, second, third}) == 3
    assert course.data_hash == first


def test_replacing_one_part_keeps_the_other(course, bank, log_of, assert_same_log):
    log = log_of(5, 50, 1)
    course.replace(bank, log)
    course.replace(bank=Bank(bank.concepts, bank.questions[1:]))
    assert_same_log(course.load_log(), log)
    assert course.counts()["questions"] == 1


def test_excluding_a_question_is_stored(course, bank):
    course.replace(bank)
    other = dataclasses.replace(bank.questions[1], retired=True)
    course.replace(dataclasses.replace(bank, questions=(bank.questions[0], other)))
    assert course.load_bank().question["q2"].retired


def test_only_the_current_version_stays_on_disk(course, bank, log_of):
    for seed in range(3):
        course.replace(bank, log_of(5, 50, seed))
    (course.path / "log" / ".partial-killed").mkdir()
    course.replace(bank, log_of(5, 50, 3))
    assert len(list((course.path / "log").iterdir())) == 1
    assert len(list((course.path / "bank").iterdir())) == 1


def test_a_reader_that_was_overtaken_by_a_writer_reads_the_new_version(course, log_of, assert_same_log, monkeypatch):
    old, new = log_of(5, 50, 1), log_of(5, 50, 2)
    course.replace(log=old)
    from preceptor.course import course as module

    read = module.read_log

    def overtaken(folder):
        monkeypatch.setattr(module, "read_log", read)
        course.replace(log=new)
        return read(folder)

    monkeypatch.setattr(module, "read_log", overtaken)
    # The loader holds the function it was given, so both attempts go through the overtaken one.
    assert_same_log(course.load_log(), new)


def test_a_large_log_loads_fast(course, log_of):
    log = log_of(2000, 400_000, 1)
    course.replace(log=log)
    seconds = []
    for _ in range(3):
        begin = time.perf_counter()
        course.load_log()
        seconds.append(time.perf_counter() - begin)
    assert min(seconds) < 1.5


def test_creating_twice_is_refused(course):
    with pytest.raises(UserError, match="holds a course already"):
        Course.create(course.path, "other")


def test_a_folder_that_is_no_course_says_how_to_make_one(tmp_path):
    with pytest.raises(UserError, match="is not a course") as caught:
        Course.open(tmp_path)
    assert f"--course {tmp_path}" in caught.value.mend


@pytest.mark.parametrize("version", ["2", "99", "0", '"x"'])
def test_an_unknown_schema_version_is_refused(course, version):
    file = course.path / "course.toml"
    file.write_text(file.read_text().replace("schema_version = 1", f"schema_version = {version}"))
    with pytest.raises(UserError, match="schema"):
        Course.open(course.path)


def test_a_newer_manifest_is_refused(course, bank):
    course.replace(bank)
    file = course.path / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"schema_version": 2}))
    with pytest.raises(UserError, match="newer Preceptor") as caught:
        Course.open(course.path)
    assert "upgrade" in caught.value.mend


@pytest.mark.parametrize("content", ["{", "[]", '{"schema_version": 1}'])
def test_a_damaged_manifest_is_told(course, content):
    (course.path / "manifest.json").write_text(content)
    with pytest.raises(UserError, match=r"manifest\.json"):
        Course.open(course.path)


@pytest.mark.parametrize("content", [b"name = ", b"\xff", b'schema_version = 1\nsettings = "x"'])
def test_a_damaged_course_file_is_told(course, content):
    (course.path / "course.toml").write_bytes(content)
    with pytest.raises(UserError, match=r"course\.toml"):
        Course.open(course.path)


def test_damaged_and_missing_data_files_are_told(course, log_of):
    course.replace(log=log_of(5, 50, 1))
    bucket = max(course.path.glob("log/*/bucket-*.parquet"), key=lambda path: path.stat().st_size)
    content = bucket.read_bytes()
    bucket.write_bytes(content[: len(content) // 2])
    with pytest.raises(UserError, match="is damaged"):
        course.load_log()
    bucket.unlink()
    with pytest.raises(UserError, match="lacks"):
        course.load_log()


def test_a_path_below_a_file_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="Cannot create the course"):
        Course.create(Path(tmp_path / "file" / "course"), "x")


def test_a_course_that_may_not_be_read_is_told(course, bank, monkeypatch):
    course.replace(bank)
    read = Path.read_bytes

    def refuse(path):
        if path.suffix == ".parquet":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UserError, match="Permission denied"):
        course.load_bank()
