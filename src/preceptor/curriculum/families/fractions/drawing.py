"""Fractions drawn at random, and how they are shown."""

import math
import random
from fractions import Fraction

from preceptor.curriculum.notation import frac, tex


def over(rng: random.Random, bottom: int, least: int = 1) -> int:
    """Draw the numerator of a fraction between 0 and 1 with this denominator, in simplest form.

    Args:
        rng: The source of chance.
        bottom: The denominator.
        least: The smallest numerator wanted; 1 if no other has the simplest form.
    """
    tops = [top for top in range(1, bottom) if math.gcd(top, bottom) == 1]
    return rng.choice([top for top in tops if top >= least] or tops)


def simplified(top: int, bottom: int) -> str:
    """Write a fraction as LaTeX, followed by its simplest form where that is another one."""
    shown, value = frac(top, bottom), Fraction(top, bottom)
    return shown if value.denominator == bottom else f"{shown} = {tex(value)}"
