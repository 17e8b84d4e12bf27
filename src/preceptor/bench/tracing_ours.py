"""Preceptor's side: a script for `turns.py` that trains a network at the peer's size by the usual training step."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sklearn.metrics import roc_auc_score

from preceptor.bench.tracing_data import read_side
from preceptor.domain import QMatrix
from preceptor.trace.akt import AktNetwork, AktTracer
from preceptor.trace.attention import AttentionShape
from preceptor.trace.batches import batches, windows
from preceptor.trace.dkt import DktNetwork, DktTracer
from preceptor.trace.dkvmn import DkvmnNetwork, DkvmnTracer
from preceptor.trace.network import TracingNetwork
from preceptor.trace.neural import SCORE_POSITIONS
from preceptor.trace.sakt import SaktNetwork, SaktTracer
from preceptor.trace.sequences import LogTensors
from preceptor.trace.simplekt import SimpleKtNetwork, SimpleKtTracer
from preceptor.trace.training import Trainer, TrainingPlan

WINDOW = 200
GEMM_WIDTH, GEMM_REPEATS = 1024, 20


def _dkt(q_matrix: QMatrix, size: dict[str, Any]) -> TracingNetwork:
    return DktNetwork(q_matrix, size["hidden"])


def _dkvmn(q_matrix: QMatrix, size: dict[str, Any]) -> TracingNetwork:
    return DkvmnNetwork(q_matrix, size["width"], size["slots"])


def _sakt(q_matrix: QMatrix, size: dict[str, Any]) -> TracingNetwork:
    return SaktNetwork(q_matrix, AttentionShape(**size))


def _simplekt(q_matrix: QMatrix, size: dict[str, Any]) -> TracingNetwork:
    return SimpleKtNetwork(q_matrix, AttentionShape(**size))


def _akt(q_matrix: QMatrix, size: dict[str, Any]) -> TracingNetwork:
    return AktNetwork(q_matrix, AttentionShape(**size))


NETWORKS: dict[str, tuple[Callable[[QMatrix, dict[str, Any]], TracingNetwork], TrainingPlan]] = {
    "dkt": (_dkt, DktTracer.plan_default),
    "dkvmn": (_dkvmn, DkvmnTracer.plan_default),
    "sakt": (_sakt, SaktTracer.plan_default),
    "simplekt": (_simplekt, SimpleKtTracer.plan_default),
    "akt": (_akt, AktTracer.plan_default),
}
"""Tracer → its network at a given size, and its own plan of training."""


def serve(arguments: dict[str, Any]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Build a network.

    Args:
        arguments: `model`, its `size`, `data` (see `TracingData.save`), `threads`, `seed`.

    Returns:
        Answers `do`: "train" with `batches`; "auc" with `side`; "gemm", the speed of matrix products.
    """
    side = _Side(arguments)
    actions: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
        "train": side.train,
        "auc": side.auc,
        "gemm": side.gemm,
    }
    return lambda request: actions[request["do"]](request)


class _Side:
    def __init__(self, arguments: dict[str, Any]) -> None:
        torch.set_num_threads(arguments["threads"])
        self.threads, self.file = arguments["threads"], Path(arguments["data"])
        build, plan = NETWORKS[arguments["model"]]
        log, q_matrix = read_side(self.file, "train")
        self.network = build(q_matrix, arguments["size"])
        trainer = Trainer(self.network, replace(plan, window=WINDOW), arguments["model"])
        self.steps = trainer.steps(log, log.question.astype(np.int64), arguments["seed"])

    def train(self, request: dict[str, Any]) -> dict[str, Any]:
        start = time.perf_counter()
        answers = sum(next(self.steps) for _ in range(request["batches"]))
        return {"answers": answers, "seconds": time.perf_counter() - start}

    def auc(self, request: dict[str, Any]) -> dict[str, Any]:
        """AUC by the peer's protocol: windows of 200 that start anew, the first answer of each left out."""
        log, _ = read_side(self.file, request["side"])
        columns = LogTensors.of(log, log.question.astype(np.int64))
        found, device = windows(log, WINDOW), self.network.concepts.device
        score, asked = np.zeros(len(log), dtype=np.float32), np.ones(len(log), dtype=bool)
        asked[[window.start for window in found]] = False
        self.network.eval()
        with torch.inference_mode():
            for group in batches(found, SCORE_POSITIONS, None):
                batch, rows = columns.batch(group, device)
                score[rows] = self.network.logits(batch).numpy(force=True)
        self.network.train()
        return {"auc": float(roc_auc_score(log.correct[asked] > 0, score[asked]))}

    def gemm(self, request: dict[str, Any]) -> dict[str, Any]:
        """10⁹ floating-point operations a second of a large product on all threads; the best of several."""
        held = torch.get_num_threads()  # training lowers it to one for each of its workers
        torch.set_num_threads(self.threads)
        matrix, seconds = torch.ones(GEMM_WIDTH, GEMM_WIDTH), []
        for _ in range(GEMM_REPEATS):
            start = time.perf_counter()
            torch.mm(matrix, matrix)
            seconds.append(time.perf_counter() - start)
        torch.set_num_threads(held)
        return {"gigaflops": 2 * GEMM_WIDTH**3 / min(seconds) / 1e9}
