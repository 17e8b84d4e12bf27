"""A tracer of another package: one class and one entry point, and the command line trains it."""

import sys
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import EntryPoint
from types import SimpleNamespace

import numpy as np
import pytest

from preceptor import registry
from preceptor.trace import ArrayState, FitReport, Tracer
from preceptor.trace.registry import TRACERS


# --- everything that an outside package writes, forty lines ---
@dataclass(frozen=True)
class StreakState(ArrayState):
    streak: np.ndarray


class StreakTracer(Tracer):
    """Chance of a right answer by how many right answers came just before, up to nine."""

    name = "streak"

    def __init__(self, q_matrix):
        super().__init__(q_matrix)
        self.share = np.full(10, 0.5, dtype=np.float32)

    def fit(self, train, valid, *, seed, clock, progress=lambda *_: None, checkpoint=None):
        right, seen, streak = np.ones(10), np.full(10, 2.0), 0
        for position, correct in zip(train.position, train.correct, strict=True):
            streak = 0 if position == 0 else streak
            right[streak] += correct
            seen[streak] += 1
            streak = min(streak + 1, 9) if correct >= 0.5 else 0
        self.share = (right / seen).astype(np.float32)
        return FitReport(1, len(train), (), 0, 0.0)

    def initial(self, n):
        return StreakState(np.zeros(n, dtype=np.int64))

    def update(self, state, answers):
        return StreakState(np.where(answers.correct >= 0.5, np.minimum(state.streak + 1, 9), 0))

    def predict(self, state, questions, at_seconds):
        return np.repeat(self.share[state.streak][:, None], questions.shape[1], axis=1)

    def mastery(self, state, concepts, at_seconds):
        return np.repeat(self.share[state.streak][:, None], len(concepts), axis=1)

    def weights(self):
        return {"share": self.share}

    def set_weights(self, weights):
        self.share = weights["share"]


# --- end ---


@pytest.fixture(autouse=True)
def installed(monkeypatch):
    """The package is there; commands are read anew, since their help lists the tracers they found."""
    commands = [import_module(f"preceptor.cli.{name}").__name__ for name in ("train", "evaluate", "evaluate_options")]
    entry = EntryPoint("streak", "streak_package:StreakTracer", TRACERS.group)
    monkeypatch.setattr(registry, "entry_points", lambda group: [entry] if group == TRACERS.group else [])
    monkeypatch.setitem(sys.modules, "streak_package", SimpleNamespace(StreakTracer=StreakTracer))
    monkeypatch.delitem(sys.modules, commands[0])


def test_it_is_trained_saved_and_serves(cli, course_copy):
    assert "streak" in cli("train", "--help").out
    trained = cli("train", course_copy, "--model", "streak", "--json").json()
    assert trained["model"] == "streak"
    assert trained["test"]["auc"] > 0.5
    assert cli("recommend", course_copy, "--student", "s0009", "--k", 1, "--at", "2026-02-02").code == 0


def test_it_is_evaluated_by_name(cli, course_copy):
    found = cli("evaluate", "tracing", course_copy, "--models", "streak,history", "--test-folds", "1", "--json").json()
    assert [row["model"] for row in found["rows"]][1:] == ["streak", "history"]
    assert found["rows"][1]["auc"]["mean"] > 0.5
