"""Simulated students with a documented latent mind, and the built-in log made from them."""

from preceptor.simulate.latent import LatentMind
from preceptor.simulate.log import Simulated, simulate_log
from preceptor.simulate.parameters import DEFAULT_LATENT, LatentParameters
from preceptor.simulate.state import LatentState
from preceptor.simulate.teacher import TERM_START_SECONDS
from preceptor.simulate.truth import LatentTruth

__all__ = [
    "DEFAULT_LATENT",
    "TERM_START_SECONDS",
    "LatentMind",
    "LatentParameters",
    "LatentState",
    "LatentTruth",
    "Simulated",
    "simulate_log",
]
