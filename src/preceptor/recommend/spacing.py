"""What a question is worth beside others when some of its concepts were practised a moment ago."""

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import QMatrix
from preceptor.forgetting import Practice

AT_ONCE = 0.25
"""What practice right after practice counts, where practice after a long pause counts 1."""
PAUSE_DAYS = 1.0
"""After this long half of what was missing counts again, as where memory strength counts spaced credit."""


def rested(practice: Practice, at_seconds: NDArray[np.float64]) -> NDArray[np.float64]:
    """What practice of each concept counts now, float64 [n, concepts], from 1/4 to 1.

    s_c = 1/4 + 3/4 · e / (e + 1 day), e days after the last practice; 1 where it is not known or there was none.
    """
    elapsed_days = practice.elapsed_days(at_seconds)
    since = elapsed_days / (elapsed_days + PAUSE_DAYS)
    unknown = np.isnan(practice.last_seconds) | np.isnan(at_seconds)[:, None]
    return np.where(unknown, 1.0, AT_ONCE + (1 - AT_ONCE) * since)


def spaced(
    improvement: NDArray[np.float64],
    counts: NDArray[np.float64],
    weights: NDArray[np.float64],
    allowed: NDArray[np.bool_],
    q_matrix: QMatrix,
) -> NDArray[np.float64]:
    """Improvements as they are compared, float64 [n, questions]: less where concepts are not rested.

    worth(q) = improvement(q) · s(q) / max over allowed questions of s,  s(q) = Σ_{c of q} w_c s_c / Σ_{c of q} w_c

    where improvement(q) > 0; nothing changes where all that counts is equally rested. That practice lasts longer after
    a pause is among the best established findings on learning (Cepeda et al., 2006, doi:10.1037/0033-2909.132.3.354);
    a tracer that knows only the order of answers cannot see it.

    Args:
        improvement: float64 [n, questions], expected; −∞ stays.
        counts: float64 [n, concepts], as `rested` gives it.
        weights: float64 [n, concepts], the objective's.
        allowed: bool [n, questions].
        q_matrix: The questions and concepts.
    """
    total, share = q_matrix.sums(weights), q_matrix.sums(weights * counts)
    share = np.divide(share, total, out=np.zeros_like(share), where=total > 0)
    most = np.where(allowed, share, 0.0).max(axis=1, keepdims=True, initial=0.0)
    share = np.divide(share, most, out=np.ones_like(share), where=most > 0)
    found = improvement.copy()
    np.multiply(found, share, out=found, where=improvement > 0)  # −∞ times 0 is no number
    return found
