"""The Shapiro-Wilk test of normality, in plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from math import asin, exp, log, pi, sqrt
from statistics import NormalDist

_NORMAL = NormalDist()
_LAST = (-2.706056, 4.434685, -2.071190, -0.147981, 0.221157)
_BUT_ONE = (-3.582633, 5.682633, -1.752461, -0.293762, 0.042981)


def shapiro_wilk(values: Sequence[float]) -> tuple[float, float]:
    """The statistic W and its p-value; a small p says that the values are not from a normal distribution.

    Raises ValueError for fewer than 3 or more than 5,000 values, and where all are equal.
    Source: P. Royston (1995), Applied Statistics 44, 547-551 (algorithm AS R94).

    >>> weights = [148, 154, 158, 160, 161, 162, 166, 170, 182, 195, 236]
    >>> [round(part, 4) for part in shapiro_wilk(weights)]
    [0.7888, 0.0067]
    """
    ordered = sorted(map(float, values))
    if not 3 <= len(ordered) <= 5000 or ordered[0] == ordered[-1]:
        raise ValueError("the test needs 3 to 5,000 values that are not all equal")
    mean = sum(ordered) / len(ordered)
    weights = _weights(len(ordered))
    above = sum(w * x for w, x in zip(weights, ordered, strict=True)) ** 2
    statistic = min(above / sum((x - mean) ** 2 for x in ordered), 1.0)
    return statistic, _p_value(statistic, len(ordered))


def _weights(n: int) -> list[float]:
    """Antisymmetric weights of the ordered values."""
    if n == 3:
        return [-sqrt(0.5), 0.0, sqrt(0.5)]
    scores = [_NORMAL.inv_cdf((i - 0.375) / (n + 0.25)) for i in range(1, n + 1)]
    total = sum(score * score for score in scores)
    root = 1 / sqrt(n)
    last = _polynomial(_LAST, root) + scores[-1] / sqrt(total)
    ends = [last]
    if n > 5:
        ends.append(_polynomial(_BUT_ONE, root) + scores[-2] / sqrt(total))
    size = len(ends)
    rest = total - 2 * sum(score * score for score in scores[-size:])
    factor = sqrt(rest / (1 - 2 * sum(end * end for end in ends)))
    middle = [score / factor for score in scores[size:-size]]
    return [-end for end in ends] + middle + ends[::-1]


def _polynomial(coefficients: Sequence[float], x: float) -> float:
    """Highest power first, without a constant."""
    value = 0.0
    for coefficient in coefficients:
        value = (value + coefficient) * x
    return value


def _p_value(statistic: float, n: int) -> float:
    if n == 3:
        return max(0.0, 6 / pi * (asin(sqrt(statistic)) - asin(sqrt(0.75))))
    if statistic >= 1:
        return 1.0
    rest = log(1 - statistic)
    if n <= 11:
        bound = -2.273 + 0.459 * n
        if rest >= bound:
            return 0.0
        rest = -log(bound - rest)
        mean = 0.5440 - 0.39978 * n + 0.025054 * n**2 - 0.0006714 * n**3
        spread = exp(1.3822 - 0.77857 * n + 0.062767 * n**2 - 0.0020322 * n**3)
    else:
        size = log(n)
        mean = -1.5861 - 0.31082 * size - 0.083751 * size**2 + 0.0038915 * size**3
        spread = exp(-0.4803 - 0.082676 * size + 0.0030302 * size**2)
    return 1 - _NORMAL.cdf((rest - mean) / spread)
