"""What happens when the system says no in the middle of a write."""

import errno
import os
import random
import signal
import subprocess
import sys
import time

import pytest

from preceptor.course import Course
from preceptor.domain import UserError

CALLS = ("open", "write", "fsync", "replace", "rename")


@pytest.fixture
def filled(tmp_path, bank, log_of):
    course = Course.create(tmp_path / "course", "x")
    course.replace(bank, log_of(5, 60, 1))
    return course


def fail_at(monkeypatch, number, code):
    """Let the `number`-th call that changes the disk fail; returns a counter of the calls made."""
    made = [0]
    for name in CALLS:
        real = getattr(os, name)

        def fake(*args, real=real, name=name, **kwargs):
            if name == "open" and args[1] & os.O_ACCMODE == os.O_RDONLY:
                return real(*args, **kwargs)
            made[0] += 1
            if made[0] == number:
                raise OSError(code, os.strerror(code))
            return real(*args, **kwargs)

        monkeypatch.setattr(os, name, fake)
    return made


def test_a_write_that_fails_anywhere_leaves_the_course_as_it_was(filled, log_of, assert_same_log, monkeypatch):
    before, after = filled.load_log(), log_of(6, 80, 2)
    failed = 0
    for number in range(1, 200):
        with monkeypatch.context() as patch:
            made = fail_at(patch, number, errno.ENOSPC)
            try:
                filled.replace(log=after)
                changed = True
            except UserError:
                changed = False
                failed += 1
        assert_same_log(filled.load_log(), after if changed else before)
        assert not list(filled.path.rglob(".partial-*"))
        assert len(list((filled.path / "log").iterdir())) == 1
        if made[0] < number:  # every call was made to fail once
            break
        if changed:
            filled.replace(log=before)
    assert changed
    assert failed > 40


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EACCES, "no permission"),
        (errno.EROFS, "read-only"),
        (errno.EIO, "Input/output"),
    ],
)
@pytest.mark.parametrize("number", [1, 9])
def test_the_cause_is_told(filled, bank, monkeypatch, code, words, number):
    hash_before = filled.data_hash
    fail_at(monkeypatch, number, code)
    with pytest.raises(UserError, match=words):
        filled.replace(bank=type(bank)(bank.concepts, ()))
    assert filled.data_hash == hash_before


def test_a_read_only_folder_cannot_become_a_course(tmp_path, monkeypatch):
    fail_at(monkeypatch, 1, errno.EACCES)
    with pytest.raises(UserError, match="no permission"):
        Course.create(tmp_path / "course", "x")
    assert not list((tmp_path / "course").iterdir())


def test_a_second_writer_is_told_to_wait(filled, bank):
    other = Course.open(filled.path)
    with filled.writing():
        with pytest.raises(UserError, match="Another command is writing"):
            other.replace(bank)
        filled.replace(bank)  # the holder of the lock may
    other.replace(bank)


def test_an_error_of_the_caller_is_not_blamed_on_the_course(filled):
    with pytest.raises(FileNotFoundError), filled.writing():
        raise FileNotFoundError("source.csv")


WRITER = """
import sys
import numpy as np
from pathlib import Path
from preceptor.course import Course
from preceptor.domain import Bank, Concept, Log

course = Course.open(sys.argv[1])
size = 0
while True:
    size = size % 7 + 1
    rows = 200 * size
    code = np.full(rows, b"x")
    log = Log.of(["s%d" % i for i in range(rows)], ["q"], student=np.arange(rows), question=np.zeros(rows),
                 correct=np.ones(rows), event_id=code, revision=code)
    course.replace(Bank(tuple(Concept(f"c{i}", "n") for i in range(size)), ()), log)
    print("replaced", flush=True)
"""


def test_a_killed_writer_leaves_a_whole_course(tmp_path):
    course = Course.create(tmp_path / "course", "x")
    rng = random.Random(7)
    sizes = set()
    for _ in range(5):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(course.path)], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(rng.uniform(0, 0.4))
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        bank, log = course.load_bank(), course.load_log()
        assert len(log) == 200 * len(bank.concepts)  # both of one import
        assert course.counts()["interactions"] == len(log)
        sizes.add(len(log))
    assert 0 not in sizes
    course.replace(bank, log)  # the lock of the dead is free, and what it left is swept
    assert len(list((course.path / "log").iterdir())) == 1
