"""Simulated students with a documented latent mind, and the built-in log made from them."""

from preceptor.simulate.acts import Acts
from preceptor.simulate.family import LatentFamily
from preceptor.simulate.known import KnownMind
from preceptor.simulate.latent import LatentMind
from preceptor.simulate.log import Simulated, simulate_log
from preceptor.simulate.parameters import DEFAULT_KNOWN, DEFAULT_LATENT, KnownParameters, LatentParameters
from preceptor.simulate.registry import DEFAULT_FAMILY, family_names, make_family
from preceptor.simulate.state import KnownState, LatentState, LatentStudents
from preceptor.simulate.teacher import TERM_START_SECONDS
from preceptor.simulate.truth import LatentTruth

__all__ = [
    "DEFAULT_FAMILY",
    "DEFAULT_KNOWN",
    "DEFAULT_LATENT",
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
    "Simulated",
    "family_names",
    "make_family",
    "simulate_log",
]
