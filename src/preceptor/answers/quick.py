"""Algebra without sympy: exact numbers, identical trees, and sample points that prove a difference."""

from preceptor.answers.numeric import UndefinedValueError, differ, is_real, sample_points, value_at, variables
from preceptor.answers.rational import exact
from preceptor.answers.tree import Node, Symbol, walk

_NOTHING = 1e-12


class NeedsAlgebraError(Exception):
    """Numbers agree; only symbolic algebra can confirm it."""


class QuickAlgebra:
    """Decides what is decidable in microseconds and refuses the rest."""

    def same(self, key: Node, response: Node) -> bool:
        """Whether two expressions have the same value.

        At positive points values must agree, complex ones included; at points with negative coordinates they must
        agree wherever both are real, so that |x| and x differ but ln x² and 2 ln x do not.

        Raises:
            NeedsAlgebraError: All sampled values agree.
        """
        first, second = exact(key), exact(response)
        if first is not None and second is not None:
            return first == second
        if key == response:
            return True
        if _has_infinity(key) or _has_infinity(response):
            return False
        names = variables(key, response)
        for signed in (False, True):
            for point in sample_points(names, signed=signed):
                try:
                    left, right = value_at(key, point), value_at(response, point)
                except UndefinedValueError:
                    continue
                if differ(left, right) and (not signed or (is_real(left) and is_real(right))):
                    return False
        raise NeedsAlgebraError

    def proportional(self, key: Node, response: Node, *, positive: bool) -> bool:
        """Whether one expression is a constant other than 0 times the other.

        Raises:
            NeedsAlgebraError: The ratio is the same at all sampled points.
        """
        if key == response:
            return True
        ratios: list[complex] = []
        for signed in (False, True):
            for point in sample_points(variables(key, response), signed=signed):
                try:
                    left, right = value_at(key, point), value_at(response, point)
                except UndefinedValueError:
                    continue
                if (abs(left) < _NOTHING) != (abs(right) < _NOTHING):
                    return False
                if is_real(left) and is_real(right) and abs(right) > 0:
                    ratios.append(left / right)
        if any(differ(ratio, ratios[0]) for ratio in ratios[1:]):
            return False
        if ratios and positive and ratios[0].real <= 0:
            return False
        raise NeedsAlgebraError


def _has_infinity(node: Node) -> bool:
    return any(isinstance(part, Symbol) and part.name == "oo" for part in walk(node))
