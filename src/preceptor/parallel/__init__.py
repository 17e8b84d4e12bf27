"""One `map` for every sweep: here, on local workers or on a Ray cluster, with equal results bit for bit."""

from preceptor.parallel.backends import BACKENDS, require_backend
from preceptor.parallel.outcome import FailedPiecesError, Failure
from preceptor.parallel.pieces import map  # noqa: A004 - called as `parallel.map`

__all__ = ["BACKENDS", "FailedPiecesError", "Failure", "map", "require_backend"]
