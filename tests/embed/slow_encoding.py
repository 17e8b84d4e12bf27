"""Encodes texts slowly, telling of each one in a file: a program for tests to kill."""

import os
import sys
import time
from hashlib import sha256
from pathlib import Path

import numpy as np

from preceptor.embed import encode_texts

TEXTS = [f"{'word ' * (i % 7)}{i}" for i in range(900)]
SECONDS_PER_TEXT = 0.003


class SlowEncoder:
    key = "slow"

    def __init__(self, told):
        self.told = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def encode(self, texts):
        for text in texts:
            time.sleep(SECONDS_PER_TEXT)
            os.write(self.told, f"{text}\n".encode())
        numbers = [np.frombuffer(sha256(text.encode()).digest(), dtype=np.uint8) for text in texts]
        return np.array(numbers, dtype=np.float32).reshape(len(texts), 32)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    done = encode_texts(SlowEncoder(folder / "told"), TEXTS, folder, lambda *step: os.write(1, f"{step}\n".encode()))
    np.save(folder / "done.npy", done.vectors)
