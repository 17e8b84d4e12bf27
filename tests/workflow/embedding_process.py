"""Runs `preceptor embed` with a slow encoder in a process of its own, so that a test can kill it: COURSE TOLD FLAGS."""

import os
import sys
import time
from hashlib import sha256

import numpy as np

from preceptor.cli import main
from preceptor.embed.head import TuningPlan

SECONDS_PER_TEXT = 0.004


class SlowEncoder:
    """Tells of every text in a file, before its vector can be kept."""

    key = "slow"

    def __init__(self, told):
        self.told = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def encode(self, texts):
        for text in texts:
            time.sleep(SECONDS_PER_TEXT)
            os.write(self.told, f"{sha256(text.encode()).hexdigest()}\n".encode())
        table = np.random.default_rng(0).normal(size=(97, 24))
        rows = [table[[sum(map(ord, word)) % 97 for word in text.split()]].sum(axis=0) for text in texts]
        found = np.array(rows, dtype=np.float32).reshape(len(texts), 24)
        return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-6)


if __name__ == "__main__":
    course, told, *flags = sys.argv[1:]
    from preceptor.workflow import embedding

    embedding.make_encoder = lambda *given: SlowEncoder(told)
    sys.modules["preceptor.embed.head"].TuningPlan = lambda: TuningPlan(epochs=3)
    main(["embed", course, "--encoder", "minilm", "--json", *flags])
