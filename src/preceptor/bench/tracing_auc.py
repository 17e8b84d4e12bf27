"""How long training takes until the test students are predicted as well as the peer ends up predicting them."""

from collections.abc import Callable
from dataclasses import dataclass

from preceptor.bench.tracing_sizes import Converged
from preceptor.bench.worker import Worker

EVERY_BATCHES, MOST_BATCHES = 10, 4_000
PATIENCE, MOST_EPOCHS = 3, 20


@dataclass(frozen=True, slots=True)
class Reached:
    """A training that got somewhere.

    Args:
        seconds: Time of training alone; looking at the test students is not counted.
        auc: Test AUC then.
        passes: Batches or epochs it took.
    """

    seconds: float
    auc: float
    passes: int


def until(ours: Worker, auc: float, tell: Callable[[int], None]) -> Reached | None:
    """Train until the test AUC is at least `auc`; None if `MOST_BATCHES` do not get there."""
    seconds = 0.0
    for done in range(EVERY_BATCHES, MOST_BATCHES + 1, EVERY_BATCHES):
        seconds += ours.ask(do="train", batches=EVERY_BATCHES)["seconds"]
        now = ours.ask(do="auc", side="test")["auc"]
        tell(done)
        if now >= auc:
            return Reached(seconds, now, done)
    return None


def converge(peer: Worker, tell: Callable[[int], None]) -> tuple[Reached, Converged]:
    """Train the peer until its validation AUC has not risen for `PATIENCE` passes.

    Returns:
        Time to the end of its best pass, and that pass with its test AUC.
    """
    seconds, best, found = 0.0, 0.0, Reached(0.0, 0.0, 0)
    for epoch in range(1, MOST_EPOCHS + 1):
        seconds += peer.ask(do="epoch")["seconds"]
        valid = peer.ask(do="auc", side="valid")["auc"]
        tell(epoch)
        if valid > best:
            best, found = valid, Reached(seconds, peer.ask(do="auc", side="test")["auc"], epoch)
        elif epoch - found.passes >= PATIENCE:
            break
    return found, Converged(found.auc, found.passes)
