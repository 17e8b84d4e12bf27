"""The side of pyKT: a script for `turns.py` that runs in pyKT's own environment and knows nothing of Preceptor.

It hands pyKT arrays in the layout of its own processed files and trains by its own step. pyKT's classes are found by
name; its data set is given its cache, because reading its text files needs a GPU.
"""

import importlib
import pickle
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

WINDOW, PADDING, SHORTEST = 200, -1, 3


def serve(arguments: dict[str, Any]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Build a model.

    Args:
        arguments: `model` and `config` as pyKT names them, `batch`, `data` (see `TracingData.save`), `threads`,
            `seed`.

    Returns:
        Answers `do`: "train" with `batches`; "epoch", a whole pass; "auc" with `side`.
    """
    warnings.simplefilter("ignore")
    side = _Side(arguments)
    actions: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
        "train": side.train,
        "epoch": side.epoch,
        "auc": side.auc,
    }
    return lambda request: actions[request["do"]](request)


class _Side:
    def __init__(self, arguments: dict[str, Any]) -> None:
        self.torch = importlib.import_module("torch")
        self.torch.set_num_threads(arguments["threads"])
        self.torch.manual_seed(arguments["seed"])
        self.batch, self.file = arguments["batch"], Path(arguments["data"])
        with np.load(self.file) as data:
            concepts = int(data["concepts"])
        config = {"num_c": concepts, "num_q": 0, "emb_path": ""}
        make = importlib.import_module("pykt.models.init_model").init_model
        self.model = make(arguments["model"], arguments["config"], config, "qid")
        self.forward = importlib.import_module("pykt.models.train_model").model_forward
        self.evaluate = importlib.import_module("pykt.models.evaluate_model").evaluate
        self.optimizer = self.torch.optim.Adam(self.model.parameters(), lr=1e-3)
        self.loader = self._loader("train")
        self.batches = self._endless()

    def train(self, request: dict[str, Any]) -> dict[str, Any]:
        start, answers = time.perf_counter(), 0
        for _ in range(request["batches"]):
            answers += self._step(next(self.batches))
        return {"answers": answers, "seconds": time.perf_counter() - start}

    def epoch(self, request: dict[str, Any]) -> dict[str, Any]:
        start = time.perf_counter()
        answers = sum(self._step(batch) for batch in self.loader)
        return {"answers": answers, "seconds": time.perf_counter() - start}

    def auc(self, request: dict[str, Any]) -> dict[str, Any]:
        auc, _ = self.evaluate(self.model, self._loader(request["side"]), self.model.model_name)
        return {"auc": float(auc)}

    def _step(self, batch: Any) -> int:
        """One step as pyKT's own loop does it; a window's first answer counts, though pyKT does not predict it."""
        self.model.train()
        loss = self.forward(self.model, batch)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return int(batch["masks"].sum()) + len(batch["masks"])

    def _endless(self) -> Iterator[Any]:
        while True:
            yield from self.loader

    def _loader(self, side: str) -> Any:
        file = self.file.with_name(f"{side}.csv")
        cache = file.with_name(f"{file.name}_0.pkl")
        if not cache.exists():
            with np.load(self.file) as data:
                columns = [data[f"{side}_{name}"] for name in ("student", "concept", "correct")]
            cache.write_bytes(pickle.dumps(self._layout(*columns)))
        made = importlib.import_module("pykt.datasets.data_loader").KTDataset(str(file), ["concepts"], {0})
        return importlib.import_module("torch.utils.data").DataLoader(made, batch_size=self.batch)

    def _layout(self, student: NDArray[Any], concept: NDArray[Any], correct: NDArray[Any]) -> dict[str, Any]:
        """Windows of 200, padded; stretches of less than three answers are dropped, as pyKT does."""
        starts = np.flatnonzero(np.diff(student, prepend=-1))
        cuts = [np.arange(begin, end, WINDOW) for begin, end in zip(starts, [*starts[1:], len(student)], strict=True)]
        first = np.concatenate(cuts)
        last = np.minimum(first + WINDOW, np.append(first[1:], len(student)))
        first, last = first[last - first >= SHORTEST], last[last - first >= SHORTEST]
        row = first[:, None] + np.arange(WINDOW)
        real = row < last[:, None]
        row = np.where(real, row, 0)
        tensor, none = self.torch.tensor, self.torch.tensor([], dtype=self.torch.int64)
        concepts = np.where(real, concept[row], PADDING)
        mask = tensor(real[:, :-1] & real[:, 1:])
        return {
            "qseqs": none,
            "cseqs": tensor(concepts, dtype=self.torch.int64),
            "rseqs": tensor(np.where(real, correct[row], PADDING), dtype=self.torch.float32),
            "tseqs": none,
            "utseqs": none,
            "masks": mask,
            "smasks": mask,
        }
