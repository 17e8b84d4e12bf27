"""Forgetting: how much of mastery is left, and how practice makes memory last."""

from preceptor.forgetting.contract import Counters, ForgettingCurve, Practice, PracticeLog
from preceptor.forgetting.none import NoForgetting
from preceptor.forgetting.power import PowerCurve
from preceptor.forgetting.practice_log import practice_log
from preceptor.forgetting.registry import curve_names, load_curve, make_curve

__all__ = [
    "Counters",
    "ForgettingCurve",
    "NoForgetting",
    "PowerCurve",
    "Practice",
    "PracticeLog",
    "curve_names",
    "load_curve",
    "make_curve",
    "practice_log",
]
