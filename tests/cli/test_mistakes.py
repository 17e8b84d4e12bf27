"""A user's mistake: exit 2, one message without a traceback, nothing written."""

import errno
import os
import socket

import polars as pl
import pytest

from preceptor.cli import evaluate
from preceptor.course import Course

HEADER = "student,question,correct,time\n"
GOOD = HEADER + "a,q1,1,10\na,q2,0,20\nb,q1,1,15\n"


@pytest.fixture
def filled(cli, tmp_path):
    """A course with a small log."""
    (tmp_path / "good.csv").write_text(GOOD)
    assert cli("import", "table", tmp_path / "good.csv", "--course", tmp_path / "course").code == 0
    return tmp_path / "course"


def truncated_parquet():
    import io

    whole = io.BytesIO()
    pl.DataFrame({"student": ["a"] * 99, "question": ["q"] * 99, "correct": [1] * 99}).write_parquet(whole)
    return whole.getvalue()[: len(whole.getvalue()) // 2]


BAD = {
    "missing file": (None, "log.csv", [], ["log.csv", "does not exist"]),
    "wrong column": (GOOD, "log.csv", ["--column", "student=studnt"], ["studnt", "did you mean 'student'"]),
    "missing column": ("student,question\na,q\n", "log.csv", [], ["log.csv", "no column for correct"]),
    "empty log": (HEADER, "log.csv", [], ["log.csv"]),
    "correctness": (GOOD + "c,q1,7,30\n", "log.csv", [], ["log.csv, row 4 (line 5)", "'7'"]),
    "date": (GOOD + "c,q1,1,yesterday\n", "log.csv", [], ["log.csv, row 4 (line 5)", "'yesterday'"]),
    "order": (GOOD + "a,q1,1,5\n", "log.csv", ["--order", "file"], ["log.csv, row 4 (line 5)", "before"]),
    "encoding": ("student,question,correct\nJosé,q,1\n".encode("cp1252"), "log.csv", [], ["log.csv, row 1", "utf-8"]),
    "parquet": (truncated_parquet(), "log.parquet", [], ["log.parquet", "truncated"]),
    "unknown encoding": (GOOD, "log.csv", ["--encoding", "klingon"], ["klingon"]),
    "column option": (GOOD, "log.csv", ["--column", "student"], ["ROLE=NAME"]),
    "order option": (GOOD, "log.csv", ["--order", "random"], ["--order is 'random'", "time, file"]),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("into", ["course", "new"])
def test_bad_input_writes_nothing(refused, filled, tmp_path, fingerprint, name, into):
    content, file, options, words = BAD[name]
    if content is not None:
        (tmp_path / file).write_bytes(content if isinstance(content, bytes) else content.encode())
    before = fingerprint(filled)
    message = refused("import", "table", tmp_path / file, "--course", tmp_path / into, *options)
    for word in words:
        assert word in message
    assert fingerprint(filled) == before
    assert not (tmp_path / "new").exists()


def test_an_unknown_question(refused, filled, tmp_path, fingerprint):
    (tmp_path / "bank.csv").write_text("question\nq1\nq2\n")
    (tmp_path / "log.csv").write_text(GOOD + "a,q7,1,30\n")
    before = fingerprint(filled)
    arguments = ["import", "table", tmp_path / "log.csv", "--course", filled, "--bank", tmp_path / "bank.csv"]
    assert "log.csv, row 4 (line 5): question 'q7'" in refused(*arguments)
    assert fingerprint(filled) == before


def test_a_course_of_a_newer_version(refused, filled, tmp_path, fingerprint):
    text = (filled / "course.toml").read_text()
    (filled / "course.toml").write_text(text.replace("schema_version = 1", "schema_version = 999"))
    before = fingerprint(filled)
    for arguments in (
        ["import", "table", tmp_path / "good.csv", "--course", filled],
        ["status", filled],
        ["train", filled],
        ["recommend", filled, "--student", "a"],
        ["tutor", filled, "--student", "a"],
        ["serve", filled],
        ["evaluate", "policy", filled],
    ):
        assert "newer Preceptor: schema version 999" in refused(*arguments)
    assert fingerprint(filled) == before


@pytest.mark.parametrize(
    ("code", "words"),
    [(errno.ENOSPC, "disk is full"), (errno.EACCES, "no permission"), (errno.EROFS, "read-only")],
)
def test_a_folder_that_cannot_be_written(refused, filled, tmp_path, fingerprint, monkeypatch, code, words):
    (tmp_path / "log.csv").write_text(GOOD + "c,q9,1,30\n")
    before, real = fingerprint(filled), os.open

    def refuse(path, flags, *rest, **options):
        if flags & os.O_ACCMODE != os.O_RDONLY and str(path).startswith(str(tmp_path)):
            raise OSError(code, os.strerror(code))
        return real(path, flags, *rest, **options)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        for folder in (filled, tmp_path / "new"):
            assert words in refused("import", "table", tmp_path / "log.csv", "--course", folder)
    assert fingerprint(filled) == before
    assert not (tmp_path / "new" / "course.toml").exists()


def test_names_that_do_not_exist_offer_the_nearest(refused, small_course, tmp_path):
    assert "did you mean 'table'" in refused("import", "tabel", tmp_path, "--course", tmp_path / "x")
    assert "did you mean 'dkt'" in refused("train", small_course, "--model", "dtk")
    student = ["--student", "s0001"]
    assert "did you mean 'weakest'" in refused("recommend", small_course, *student, "--objective", "weekest")
    assert "did you mean 's0001'" in refused("recommend", small_course, "--student", "s00001")
    assert "did you mean 's0001'" in refused("tutor", small_course, "--student", "s00001")
    assert "did you mean 'policy'" in refused("evaluate", "polcy", small_course)
    assert "small" in refused("train", small_course, "--size", "huge")


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [("--k", 0, "--k is 0"), ("--horizon-days", -1, "--horizon-days is -1"), ("--at", "soon", "--at is 'soon'")],
)
def test_values_out_of_range(refused, small_course, option, value, words):
    assert words in refused("recommend", small_course, "--student", "s0001", option, value)


@pytest.mark.parametrize("command", [["train"], ["evaluate", "policy"]])
def test_a_negative_seed(refused, small_course, command):
    assert "--seed" in refused(*command, small_course, "--seed", -1)


def test_a_negative_seed_of_others(refused, small_course):
    assert "--other-than-seed" in refused("evaluate", "policy", small_course, "--other-than-seed", -1)


def test_what_is_no_course(refused, tmp_path):
    for path in (tmp_path, tmp_path / "nothing"):
        assert "is not a course" in refused("status", path)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1"])
def test_only_this_computer_is_served_and_nothing_is_loaded_before(cli, small_course, monkeypatch, host):
    monkeypatch.setattr("preceptor.cli.serve.Classroom.open", lambda *given: pytest.fail("the course was opened"))
    result = cli("serve", small_course, "--host", host)
    assert (result.code, result.out) == (2, "")
    assert "127.0.0.1" in result.err
    assert "until accounts exist" in result.err
    assert "Traceback" not in result.err


def test_a_missing_extra_names_the_line_that_installs_it(refused, small_course, monkeypatch):
    import builtins
    import sys

    real = builtins.__import__

    def without_nicegui(name, *rest, **options):
        if name.split(".")[0] == "nicegui":
            raise ModuleNotFoundError("No module named 'nicegui'", name="nicegui")
        return real(name, *rest, **options)

    for name in [name for name in sys.modules if name.startswith("preceptor.serve")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", without_nicegui)
    assert "pip install 'preceptor[app]'" in refused("serve", small_course)


def test_a_port_in_use_is_told_before_anything_is_made(refused, small_course, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        for arguments in (["serve", small_course], ["demo", "--course", tmp_path / "demo"]):
            assert f"port {port} is used by another program" in refused(*arguments, "--port", port)
    assert not (tmp_path / "demo").exists()
    for wrong in (0, 70_000):
        assert "--port" in refused("serve", small_course, "--port", wrong)


def test_nothing_is_written_by_asking(refused, filled, fingerprint):
    before = fingerprint(filled)
    refused("evaluate", "policy", filled)
    refused("train", filled, "--model", "dtk")
    assert fingerprint(filled) == before
    assert Course.open(filled).counts()["interactions"] == 3


def test_an_option_of_another_kind_of_evaluation_is_refused(refused, small_course, monkeypatch):
    monkeypatch.setitem(evaluate.KINDS, "policy", "preceptor.cli.status")  # takes no --students
    assert "takes no --students" in refused("evaluate", "policy", small_course, "--students", 5)


@pytest.mark.parametrize("kind", ["forgetting", "policy", "tracing"])
def test_an_unknown_backend_is_told_with_those_that_there_are(refused, small_course, kind):
    said = refused("evaluate", kind, small_course, "--backend", "workers")
    assert "The backend is 'workers'" in said
    assert "workers:N" in said
