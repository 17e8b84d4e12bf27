"""An encoder that encodes no text twice."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

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


def test_threads_that_encode_at_once_lose_nothing(tmp_path):
    kept = KeptEncoder("counting", Counting(), tmp_path)
    texts = [[f"{'x' * (i % 9)}{i}" for i in range(start, start + 40)] for start in range(0, 200, 20)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(kept.encode, texts))
    assert [rows[:, 1].tolist() for rows in found] == [[float(len(text)) for text in row] for row in texts]
    later = Counting()
    KeptEncoder("counting", later, tmp_path).encode([text for row in texts for text in row])
    assert later.asked == []
