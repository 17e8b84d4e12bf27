"""95 % intervals of shares and of geometric means, from sums that grow answer by answer."""

import math
from functools import lru_cache

Z = 1.959963984540054
"""97.5 % quantile of the normal distribution."""


def wilson(hits: float, trials: int) -> tuple[float, float]:
    """Wilson's score interval of a share.

    (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n) with p = hits / n. It stays within 0 and 1, and is wide for few
    trials even where all of them ended alike.

    Args:
        hits: Sum of successes; parts of a point count as parts.
        trials: n, at least 1.

    References:
        Wilson, Probable inference, the law of succession, and statistical inference, 1927.
    """
    share, slack = hits / trials, Z * Z / trials
    middle = share + slack / 2
    reach = Z * math.sqrt(max(share * (1 - share), 0.0) / trials + slack / (4 * trials))
    low, high = (middle - reach) / (1 + slack), (middle + reach) / (1 + slack)
    return max(0.0, min(low, share)), min(1.0, max(high, share))  # rounding must not push the share out


def geometric_mean(log_sum: float, log_squares: float, trials: int) -> tuple[float, tuple[float, float]]:
    """Geometric mean and Student's t interval, taken on logarithms and turned back.

    Args:
        log_sum: Σ ln x.
        log_squares: Σ (ln x)².
        trials: How many, at least 2.
    """
    mean = log_sum / trials
    variance = max(log_squares - trials * mean * mean, 0.0) / (trials - 1)
    reach = _t_quantile(trials - 1) * math.sqrt(variance / trials)
    return math.exp(mean), (math.exp(mean - reach), math.exp(mean + reach))


@lru_cache(maxsize=1024)
def _t_quantile(freedom: int) -> float:
    from scipy.stats import t

    return float(t.ppf(0.975, freedom))
