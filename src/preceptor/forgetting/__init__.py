"""Forgetting: how much of mastery is left, and how practice makes memory last."""

from preceptor.forgetting.contract import ForgettingCurve
from preceptor.forgetting.exponential import ExponentialCurve
from preceptor.forgetting.fitted import FittedCurve
from preceptor.forgetting.fsrs6 import Fsrs6Curve
from preceptor.forgetting.half_life import HalfLifeCurve
from preceptor.forgetting.level import LevelCurve
from preceptor.forgetting.none import NoForgetting
from preceptor.forgetting.odds import OddsCurve
from preceptor.forgetting.power import PowerCurve
from preceptor.forgetting.practice import Counters, Practice, PracticeLog
from preceptor.forgetting.practice_log import practice_log, practice_now
from preceptor.forgetting.registry import (
    DEFAULT_CURVE,
    TIMELESS_CURVE,
    curve_class,
    curve_names,
    forgetting_names,
    load_curve,
    make_curve,
)
from preceptor.forgetting.score import ForgettingScore, TasaExponential, TasaRational, make_score, score_names
from preceptor.forgetting.tau import TAU_MODES, tau_days

__all__ = [
    "DEFAULT_CURVE",
    "TAU_MODES",
    "TIMELESS_CURVE",
    "Counters",
    "ExponentialCurve",
    "FittedCurve",
    "ForgettingCurve",
    "ForgettingScore",
    "Fsrs6Curve",
    "HalfLifeCurve",
    "LevelCurve",
    "NoForgetting",
    "OddsCurve",
    "PowerCurve",
    "Practice",
    "PracticeLog",
    "TasaExponential",
    "TasaRational",
    "curve_class",
    "curve_names",
    "forgetting_names",
    "load_curve",
    "make_curve",
    "make_score",
    "practice_log",
    "practice_now",
    "score_names",
    "tau_days",
]
