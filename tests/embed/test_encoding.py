import importlib.util
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from preceptor.embed import LexicalEncoder, encode_texts
from preceptor.embed.encoding import CHUNK

SLOW = Path(__file__).with_name("slow_encoding.py")
spec = importlib.util.spec_from_file_location("slow_encoding", SLOW)
slow = importlib.util.module_from_spec(spec)
spec.loader.exec_module(slow)


class Counting:
    """Knows of a text how long it is, and which texts it was asked."""

    key = "counting"

    def __init__(self):
        self.asked = []

    def encode(self, texts):
        self.asked += texts
        return np.array([[len(text), 1] for text in texts], dtype=np.float32).reshape(len(texts), 2)


def test_only_new_texts_are_encoded_each_once(tmp_path):
    texts, first, second = ["aaa", "b", "aaa", ""], Counting(), Counting()
    steps = []
    found = encode_texts(first, texts, tmp_path, lambda *step: steps.append(step))
    assert found.vectors.tolist() == [[3, 1], [1, 1], [3, 1], [0, 1]]
    assert (found.new, found.kept) == (3, 0)
    assert steps[-1] == ("texts", 3, 3)
    found = encode_texts(second, ["cc", *texts], tmp_path, lambda *step: None)
    assert second.asked == ["cc"]
    assert (found.new, found.kept) == (1, 3)
    assert found.vectors[:, 0].tolist() == [2, 3, 1, 3, 0]


def test_another_encoder_keeps_its_own(tmp_path):
    one, other = Counting(), Counting()
    other.key = "other"
    for encoder in (one, other):
        encode_texts(encoder, ["a"], tmp_path, lambda *step: None)
    assert one.asked == other.asked == ["a"]


def test_vectors_that_belong_to_a_corpus_are_not_kept(tmp_path):
    encoder = LexicalEncoder().fit(["some words", "other words"])
    encode_texts(encoder, ["some words"], tmp_path / "texts", lambda *step: None)
    assert not (tmp_path / "texts").exists()


@pytest.mark.no_cover
def test_killed_at_random_it_goes_on_and_loses_a_chunk_at_most(tmp_path):
    command, chance, kills = [sys.executable, str(SLOW), str(tmp_path)], random.Random(5), 0
    for _ in range(3):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        started = process.stdout.readline()  # one chunk is on the disk: some progress is made every time
        if started:
            time.sleep(chance.random() * 2 * CHUNK * slow.SECONDS_PER_TEXT)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        kills += process.returncode == -signal.SIGKILL
    assert kills == 3
    subprocess.run(command, check=True, capture_output=True)
    told = (tmp_path / "told").read_text().splitlines()
    assert set(told) == set(slow.TEXTS)
    assert len(told) <= len(slow.TEXTS) + kills * CHUNK
    slow.SECONDS_PER_TEXT = 0
    np.testing.assert_array_equal(np.load(tmp_path / "done.npy"), slow.SlowEncoder(tmp_path / "own").encode(slow.TEXTS))
    subprocess.run(command, check=True, capture_output=True)
    assert (tmp_path / "told").read_text().splitlines() == told  # nothing is encoded twice that was kept
