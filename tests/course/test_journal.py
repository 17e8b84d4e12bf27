import os

import pytest

from preceptor.course.journal import Journal, extend_journal, read_journal


def test_lines_come_back_in_order(tmp_path):
    path = tmp_path / "new" / "file.jsonl"
    assert read_journal(path) == Journal()
    extend_journal(path, ["a"])
    extend_journal(path, ["ä"])
    extend_journal(path, ["c", "d"])
    assert read_journal(path) == Journal(("a", "ä", "c", "d"))
    assert path.read_bytes() == "a\nä\nc\nd\n".encode()


@pytest.mark.parametrize("added", [["c"], ["c", "d"]])
def test_a_torn_end_is_told_and_cut_off_by_the_next_line(tmp_path, added):
    path = tmp_path / "file.jsonl"
    extend_journal(path, ["a", "b"])
    with path.open("ab") as file:
        file.write(b'{"half')
    assert read_journal(path) == Journal(("a", "b"), '{"half')
    extend_journal(path, added)
    assert read_journal(path) == Journal(("a", "b", *added))


def test_a_file_that_is_only_torn(tmp_path):
    path = tmp_path / "file.jsonl"
    path.write_bytes(b"half")
    assert read_journal(path) == Journal((), "half")
    extend_journal(path, ["a"])
    assert read_journal(path) == Journal(("a",))


def test_no_line_is_written_that_is_not_on_the_disk(tmp_path, monkeypatch):
    path = tmp_path / "file.jsonl"
    extend_journal(path, ["a"])

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    for added in (["b"], ["b", "c"]):
        with pytest.raises(OSError, match="No space"):
            extend_journal(path, added)
        assert path.read_bytes() == b"a\n"
