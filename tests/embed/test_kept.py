"""An encoder that encodes no text twice."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from preceptor.course import exclusive
from preceptor.domain import UserError
from preceptor.embed import KeptEncoder


class Counting:
    """Says how many texts it was given; a text's vector is its length."""

    key = "counting"

    def __init__(self):
        self.asked = []

    def encode(self, texts):
        self.asked += texts
        return np.array([[1.0, len(text)] for text in texts], dtype=np.float32).reshape(len(texts), 2)


def test_a_text_is_encoded_once_even_by_another_process(tmp_path):
    first, second = Counting(), Counting()
    one = KeptEncoder("counting", first, tmp_path).encode(["a", "bbb", "a"])
    again = KeptEncoder("counting", second, tmp_path)
    np.testing.assert_array_equal(again.encode(["bbb", "a", "cc"]), [[1, 3], [1, 1], [1, 2]])
    np.testing.assert_array_equal(one, [[1, 1], [1, 3], [1, 1]])
    assert sorted(first.asked) == ["a", "bbb"]
    assert second.asked == ["cc"]
    assert (again.name, again.key) == ("counting", "counting")


def test_what_another_process_is_appending_to_is_left_alone(tmp_path):
    kept = KeptEncoder("counting", Counting(), tmp_path / "texts")
    kept.encode(["a"])
    before = sorted((path.name, path.read_bytes()) for path in (tmp_path / "texts").iterdir())
    with exclusive(tmp_path / "texts"), pytest.raises(UserError, match="Another command"):
        kept.encode(["b"])
    assert sorted((path.name, path.read_bytes()) for path in (tmp_path / "texts").iterdir()) == before


def test_threads_of_one_command_wait_for_each_other(tmp_path):
    counting = Counting()
    kept = KeptEncoder("counting", counting, tmp_path)
    texts = [[f"{'x' * (i % 9)}{i}" for i in range(start, start + 40)] for start in range(0, 200, 20)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(kept.encode, texts))
    assert [rows[:, 1].tolist() for rows in found] == [[float(len(text)) for text in row] for row in texts]
    assert len(counting.asked) == len(set(counting.asked)) == 220
