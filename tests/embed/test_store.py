import fcntl
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.domain import UserError
from preceptor.embed.store import VectorStore


def rows(n, width=3):
    return np.arange(n * width, dtype=np.float32).reshape(n, width) + 1


def test_what_was_appended_is_read_back(tmp_path):
    store = VectorStore(tmp_path / "new" / "v.bin", 3)
    assert store.missing(["b", "a", "b"]) == ["b", "a"]
    store.append(["a", "b"], rows(2))
    store.append(["ü"], rows(1))
    for found in (store, VectorStore(store.file, 3)):
        assert len(found) == 3
        assert found.missing(["a", "c"]) == ["c"]
        np.testing.assert_array_equal(found.vectors(["b", "a", "ü"]), [*rows(2)[::-1], rows(1)[0]])
    with pytest.raises(KeyError):
        store.vectors(["c"])
    assert store.vectors([]).shape == (0, 3)


@settings(deadline=None, derandomize=True, max_examples=40)
@given(cut=st.integers(0, 200))
def test_a_file_cut_anywhere_keeps_every_whole_record(tmp_path_factory, cut):
    file = tmp_path_factory.mktemp("cut") / "v.bin"
    VectorStore(file, 3).append(list("abcdef"), rows(6))
    content = file.read_bytes()
    record = len(content) // 6
    file.write_bytes(content[:cut])
    store = VectorStore(file, 3)
    whole = min(cut, len(content)) // record
    assert len(store) == whole
    store.append(store.missing(list("abcdef")), rows(6)[whole:])
    np.testing.assert_array_equal(VectorStore(file, 3).vectors(list("abcdef")), rows(6))


def test_a_damaged_record_is_not_read_as_a_vector(tmp_path):
    file = tmp_path / "v.bin"
    VectorStore(file, 3).append(["a", "b"], rows(2))
    content = bytearray(file.read_bytes())
    content[-6] ^= 1
    file.write_bytes(content)
    assert VectorStore(file, 3).missing(["a", "b"]) == ["b"]


def test_a_folder_in_its_place_is_told(tmp_path):
    with pytest.raises(UserError, match="Cannot read"):
        VectorStore(tmp_path, 3)


def test_two_that_append_at_once_lose_nothing(tmp_path):
    one, other = VectorStore(tmp_path / "v.bin", 3), VectorStore(tmp_path / "v.bin", 3)
    one.append(["a"], rows(1))
    other.append(["b", "c"], rows(2))
    one.append(["d"], rows(1))
    whole = VectorStore(tmp_path / "v.bin", 3)
    assert whole.missing(list("abcd")) == []
    np.testing.assert_array_equal(whole.vectors(list("abcd")), np.concatenate([rows(1), rows(2), rows(1)]))
    assert one.missing(["b"]) == [], "what another has appended is known"


def test_one_waits_for_another_that_is_appending(tmp_path):
    store = VectorStore(tmp_path / "v.bin", 3)
    store.append(["a"], rows(1))
    with store.file.open("rb") as held, ThreadPoolExecutor(1) as pool:
        fcntl.flock(held, fcntl.LOCK_EX)
        waiting = pool.submit(store.append, ["b"], rows(1))
        with pytest.raises(TimeoutError):
            waiting.result(0.2)
        fcntl.flock(held, fcntl.LOCK_UN)
        waiting.result(10)
    assert VectorStore(store.file, 3).missing(["a", "b"]) == []
