"""Simulated students with a documented latent mind, and the built-in log made from them."""

from preceptor.simulate.acts import NOTHING, Acts
from preceptor.simulate.family import LatentFamily
from preceptor.simulate.known import KnownMind
from preceptor.simulate.latent import LatentMind
from preceptor.simulate.log import Simulated, simulate_log
from preceptor.simulate.logistic import LogisticMind, LogisticParameters
from preceptor.simulate.misconception import MisconceptionMind
from preceptor.simulate.misconception_state import MisconceptionParameters
from preceptor.simulate.parameter_limits import require_possible
from preceptor.simulate.parameters import DEFAULT_KNOWN, DEFAULT_LATENT, KnownParameters, LatentParameters
from preceptor.simulate.ranges import SWEEPS, loose_ranges, swept_ranges
from preceptor.simulate.registry import (
    DEFAULT_FAMILY,
    family_class,
    family_names,
    make_family,
    make_taught_family,
    taught_family_names,
)
from preceptor.simulate.state import KnownState, LatentState, LatentStudents
from preceptor.simulate.taught import TaughtFamily
from preceptor.simulate.teacher import TERM_START_SECONDS
from preceptor.simulate.truth import LatentTruth
from preceptor.simulate.two_state import TwoStateMind, TwoStateParameters

__all__ = [
    "DEFAULT_FAMILY",
    "DEFAULT_KNOWN",
    "DEFAULT_LATENT",
    "NOTHING",
    "SWEEPS",
    "TERM_START_SECONDS",
    "Acts",
    "KnownMind",
    "KnownParameters",
    "KnownState",
    "LatentFamily",
    "LatentMind",
    "LatentParameters",
    "LatentState",
    "LatentStudents",
    "LatentTruth",
    "LogisticMind",
    "LogisticParameters",
    "MisconceptionMind",
    "MisconceptionParameters",
    "Simulated",
    "TaughtFamily",
    "TwoStateMind",
    "TwoStateParameters",
    "family_class",
    "family_names",
    "loose_ranges",
    "make_family",
    "make_taught_family",
    "require_possible",
    "simulate_log",
    "swept_ranges",
    "taught_family_names",
]
