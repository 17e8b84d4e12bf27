"""Importing: whole or not at all, and twice is once."""

import csv
import errno
import json
import os
from dataclasses import replace

import pytest

from preceptor.course import Course
from preceptor.data import ReadOptions
from preceptor.domain import Question, QuestionKind, UserError, question_id
from preceptor.store import SqliteStore
from preceptor.workflow.context import STORE_FILE
from preceptor.workflow.importing import REJECTS_FILE, UNCHECKABLE_FILE, import_data

LOG = "student,question,correct,concept,time\n" + "".join(
    f"s{i % 3},q{i % 4},{i % 2},k{i % 2},{1_700_000_000 + 60 * i}\n" for i in range(24)
)
BANK = "question,text,kind,key,concepts\nq0,What is 1+1?,number,2,k0\nq1,What is 1+2?,number,3,k1\n"
BAD_KEY = "q2,Say it,expression,no words are a key ((,k0\n"


@pytest.fixture
def load(tmp_path, still_clock):
    """Imports CSV text into `tmp_path/course`."""

    def run(text=LOG, name="log.csv", **options):
        source = tmp_path / name
        source.write_text(text)
        return import_data("table", [source], tmp_path / "course", ReadOptions(**options), still_clock)

    return run


def rows_of(path):
    return list(csv.DictReader(path.read_text().splitlines()))


def test_a_new_folder_becomes_a_course(load, tmp_path):
    result = load()
    course = Course.open(tmp_path / "course")
    assert result.added == 24
    assert result.counts == {"students": 3, "questions": 4, "concepts": 2, "interactions": 24} == course.counts()
    assert len(course.load_log()) == 24
    assert len(list((tmp_path / "course" / "runs").glob("*-import.json"))) == 1


def test_importing_twice_changes_nothing(load, tmp_path):
    load()
    course = Course.open(tmp_path / "course")
    before, manifest = course.data_hash, (tmp_path / "course/manifest.json").read_bytes()
    assert load().added == 0
    assert course.data_hash == before
    assert (tmp_path / "course/manifest.json").read_bytes() == manifest


def test_a_file_that_has_grown_adds_its_new_rows(load):
    load()
    result = load(LOG + "s9,q0,1,k0,1800000000\n")
    assert (result.added, result.counts["interactions"], result.counts["students"]) == (1, 25, 4)


def test_a_bad_row_writes_nothing_at_all(load, tmp_path, fingerprint):
    with pytest.raises(UserError, match=r"row 25 \(line 26\): correctness"):
        load(LOG + "s9,q0,7,k0,1800000000\n")
    assert not (tmp_path / "course").exists()
    load()
    before = fingerprint(tmp_path / "course")
    with pytest.raises(UserError, match="row 25"):
        load(LOG + "s9,q0,7,k0,1800000000\n")
    assert fingerprint(tmp_path / "course") == before


def test_skipped_rows_are_listed_with_their_reason(load, tmp_path):
    result = load(LOG + "s9,q0,7,k0,1800000000\n", on_bad_row="skip")
    assert (result.added, result.rejects) == (24, 1)
    assert result.rejects_file == tmp_path / "course" / REJECTS_FILE
    rows = rows_of(result.rejects_file)
    assert list(rows[0]) == ["file", "row", "reason"]
    assert [row["row"] for row in rows] == ["25"]
    assert "'7'" in rows[0]["reason"]


def test_questions_that_cannot_be_checked_are_listed_and_not_served(load, tmp_path):
    (tmp_path / "bank.csv").write_text(BANK + BAD_KEY + "q3,Number 3,number,4,k1\n")
    result = load(bank_file=tmp_path / "bank.csv")
    assert result.self_graded == 3
    assert sum(result.uncheckable.values()) == 1
    assert result.uncheckable_file == tmp_path / "course" / UNCHECKABLE_FILE
    listed = rows_of(result.uncheckable_file)
    assert [row["question_id"] for row in listed] == [question_id("table", "q2")]
    assert listed[0]["reason"]
    bank = Course.open(tmp_path / "course").load_bank()
    assert not bank.question[question_id("table", "q2")].servable
    assert bank.question[question_id("table", "q0")].servable


def test_the_list_keeps_what_an_earlier_import_could_not_check(load, tmp_path):
    for source in ("one", "two"):
        (tmp_path / "bank.csv").write_text(BANK + BAD_KEY + "q3,Number 3,number,4,k1\n")
        result = load(bank_file=tmp_path / "bank.csv", source=source)
    listed = {row["question_id"] for row in rows_of(result.uncheckable_file)}
    assert listed == {question_id("one", "q2"), question_id("two", "q2")}


def test_a_log_imported_alone_keeps_the_texts_of_the_bank(load, tmp_path):
    (tmp_path / "bank.csv").write_text(BANK + "q2,Two,number,3,k0\nq3,Three,number,4,k1\n")
    load(bank_file=tmp_path / "bank.csv")
    bank = Course.open(tmp_path / "course").load_bank()
    later = LOG + "s9,q0,1,k0,1800000000\n"
    assert load(later).added == 1
    again = Course.open(tmp_path / "course").load_bank()
    assert again.question[question_id("table", "q0")].text == "What is 1+1?"
    assert again.questions == bank.questions


def test_an_unknown_format_names_the_nearest(tmp_path, still_clock):
    with pytest.raises(UserError, match="did you mean 'table'"):
        import_data("tabel", [tmp_path], tmp_path / "course", ReadOptions(), still_clock)


def fail_writing(monkeypatch, code, allowed=0):
    """After `allowed` more writes the disk refuses."""
    real, made = os.write, [0]

    def refuse(*args):
        made[0] += 1
        if made[0] > allowed:
            raise OSError(code, os.strerror(code))
        return real(*args)

    monkeypatch.setattr(os, "write", refuse)


@pytest.mark.parametrize("allowed", [0, 1, 2, 3, 5, 8, 13])
def test_a_full_disk_leaves_the_course_as_it_was(load, tmp_path, fingerprint, monkeypatch, allowed):
    load()
    course = Course.open(tmp_path / "course")
    before, files = course.data_hash, fingerprint(tmp_path / "course")
    with monkeypatch.context() as patch:
        fail_writing(patch, errno.ENOSPC, allowed)
        with pytest.raises(UserError, match="disk is full"):
            load(LOG + "s9,q9,1,k9,1800000000\n")
    assert course.data_hash == before
    assert fingerprint(tmp_path / "course") == files


@pytest.mark.parametrize("allowed", [0, 1, 2, 5])
def test_a_full_disk_leaves_no_new_course(load, tmp_path, monkeypatch, allowed):
    with monkeypatch.context() as patch:
        fail_writing(patch, errno.ENOSPC, allowed)
        with pytest.raises(UserError, match="disk is full"):
            load()
    assert not (tmp_path / "course" / "course.toml").exists()
    assert load().added == 24


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES])
def test_a_list_that_cannot_be_written_is_the_users_matter(load, tmp_path, monkeypatch, code):
    load()
    before = Course.open(tmp_path / "course").data_hash
    (tmp_path / "bank.csv").write_text(BANK + BAD_KEY + "q3,Number 3,number,4,k1\n")
    with monkeypatch.context() as patch:
        fail_writing(patch, code)
        with pytest.raises(UserError, match=r"disk is full|no permission"):
            load(bank_file=tmp_path / "bank.csv")
    assert Course.open(tmp_path / "course").data_hash == before


BAD_ROW = "s9,q0,7,k0,1800000000\n"
BAD_BANK = BANK + BAD_KEY + "q3,Number 3,number,4,k1\n"


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("spot", ["write_manifest", "replace_file"])
def test_a_killed_import_leaves_lists_no_newer_than_the_course(load, tmp_path, fingerprint, monkeypatch, spot):
    def die(*args):
        raise Killed

    load(LOG + BAD_ROW, on_bad_row="skip")
    before = fingerprint(tmp_path / "course")
    (tmp_path / "bank.csv").write_text(BAD_BANK)
    module = "preceptor.course.course" if spot == "write_manifest" else "preceptor.workflow.importing"
    with monkeypatch.context() as patch:
        patch.setattr(f"{module}.{spot}", die)
        with pytest.raises(Killed):
            load(LOG + BAD_ROW + BAD_ROW, on_bad_row="skip", bank_file=tmp_path / "bank.csv")
    after = fingerprint(tmp_path / "course")
    lists = {REJECTS_FILE, UNCHECKABLE_FILE}
    assert {name: after.get(name) for name in lists} == {name: before.get(name) for name in lists}
    assert (after == before) == (spot == "write_manifest")
    load(LOG + BAD_ROW + BAD_ROW, on_bad_row="skip", bank_file=tmp_path / "bank.csv")
    assert len(rows_of(tmp_path / "course" / REJECTS_FILE)) == 2
    assert len(rows_of(tmp_path / "course" / UNCHECKABLE_FILE)) == 1


def test_a_full_disk_after_the_course_was_written_is_told_as_it_is(load, tmp_path, monkeypatch):
    def full(*args):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("preceptor.workflow.importing.replace_file", full)
        with pytest.raises(UserError, match=r"rejects\.csv: the disk is full\. The data was imported") as caught:
            load(LOG + BAD_ROW, on_bad_row="skip")
    assert "Nothing was changed" not in str(caught.value)
    assert Course.open(tmp_path / "course").counts()["interactions"] == 24
    assert load(LOG + BAD_ROW, on_bad_row="skip").added == 0
    assert len(rows_of(tmp_path / "course" / REJECTS_FILE)) == 1


def test_lists_of_which_nothing_holds_any_more_are_removed(load, tmp_path):
    (tmp_path / "bank.csv").write_text(BAD_BANK)
    load(LOG + BAD_ROW, on_bad_row="skip", bank_file=tmp_path / "bank.csv")
    assert (tmp_path / "course" / REJECTS_FILE).exists()
    assert load().rejects_file is None
    assert not (tmp_path / "course" / REJECTS_FILE).exists()
    assert [row["question_id"] for row in rows_of(tmp_path / "course" / UNCHECKABLE_FILE)] == [
        question_id("table", "q2")
    ]
    (tmp_path / "bank.csv").write_text(BAD_BANK.replace("no words are a key ((", "x+1"))
    load(bank_file=tmp_path / "bank.csv")
    assert not (tmp_path / "course" / UNCHECKABLE_FILE).exists()


def test_a_row_mended_after_a_skip_makes_the_totals_those_of_the_file(load):
    untimed = "student,question,correct\nann,q1,1\nann,q2,7\nann,q1,1\nbob,q1,0\n"
    assert load(untimed, on_bad_row="skip").added == 3
    mended = load(untimed.replace("7", "0"), "mended.csv")
    assert (mended.added, mended.counts["interactions"]) == (1, 4)


def test_questions_known_from_the_log_alone_are_not_vetted(load, tmp_path):
    result = load()
    assert (result.self_graded, dict(result.uncheckable), result.uncheckable_file) == (0, {}, None)
    kinds = {question.kind for question in Course.open(tmp_path / "course").load_bank().questions}
    assert kinds == {QuestionKind.UNKNOWN}


def test_a_mended_key_is_a_new_revision_and_orphans_no_history(load, tmp_path):
    (tmp_path / "bank.csv").write_text(BANK + "q2,Two,number,3,k0\nq3,Three,number,4,k1\n")
    load(bank_file=tmp_path / "bank.csv")
    old: Question = Course.open(tmp_path / "course").load_bank().question[question_id("table", "q0")]
    (tmp_path / "bank.csv").write_text(BANK.replace(",2,k0", ",5,k0") + "q2,Two,number,3,k0\nq3,Three,number,4,k1\n")
    assert load(bank_file=tmp_path / "bank.csv").added == 0
    course = Course.open(tmp_path / "course")
    new = course.load_bank().question[old.question_id]
    assert (new.key, new) == ("5", replace(old, key="5"))
    assert new.revision != old.revision
    assert {event.revision for event in course.load_log().interactions("s0")} >= {old.revision}


def test_what_a_format_would_ignore_is_refused(load, tmp_path, still_clock):
    """Seconds that were meant as milliseconds must not pass in silence."""
    with pytest.raises(UserError, match=r"'timestamped-table' takes no --time-unit") as told:
        import_data("timestamped-table", [tmp_path], tmp_path / "new", ReadOptions(time_unit="ms"), still_clock)
    assert "--source" in told.value.allowed
    with pytest.raises(UserError, match="takes no --only"):
        load(courses=("z",))
    assert not (tmp_path / "new").exists()


def test_questions_come_without_a_log(tmp_path, still_clock):
    table = tmp_path / "questions.csv"
    table.write_text("question,text,key\nq1,Add $1/2$ and $1/4$.,3/4\nq2,What is 12 · 11?,132\n")
    result = import_data("table", [], tmp_path / "course", ReadOptions(bank_file=table), still_clock)
    assert result.counts["questions"] == 2
    assert result.counts["interactions"] == 0
    assert any("2 questions name no concept" in note for note in result.notes)


def test_neither_files_nor_questions_are_refused(tmp_path, still_clock):
    with pytest.raises(UserError, match="No file was given"):
        import_data("table", [], tmp_path / "course", ReadOptions(), still_clock)
    assert not (tmp_path / "course").exists()


def test_dialogues_are_kept_with_their_students_each_once(tmp_path, still_clock):
    spoken = (("user", "hello"), ("assistant", "A question."))
    said = [{"role": role, "round": 0, "content": text} for role, text in spoken]
    told = {"student_id": 5, "dataset": "assist2017", "concept_text": "discount", "dialogue": said}
    answer = {"concept_text": "discount", "question_id": 3, "response": 1, "timestamp": 1_569_453_660_000}
    sources = [tmp_path / "dialogue.json", tmp_path / "memory_assist2017_5.json"]
    sources[0].write_text(json.dumps(told))
    sources[1].write_text(json.dumps([answer]))
    for _ in range(2):
        import_data("tasa", sources, tmp_path / "course", ReadOptions(), still_clock)
    with SqliteStore(tmp_path / "course" / STORE_FILE) as store:
        (kept,) = store.dialogues("assist2017-5")
    assert [entry["text"] for entry in kept.utterances] == ["hello", "A question."]
    assert [entry["by_tutor"] for entry in kept.utterances] == [False, True]
