"""Arithmetic over figures."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist


def wilson_interval(numerator: int, denominator: int, *, level: float = 0.95) -> tuple[float, float]:
    """Lower and upper bound of the share numerator/denominator, as fractions of 1.

    Raises ValueError if denominator is 0 or numerator is outside 0..denominator.
    Source: E. B. Wilson (1927), JASA 22, 209-212.

    >>> [round(bound, 3) for bound in wilson_interval(9, 16)]
    [0.332, 0.769]
    """
    if denominator == 0 or not 0 <= numerator <= denominator:
        raise ValueError(f"no share: {numerator} of {denominator}")
    z = NormalDist().inv_cdf((1 + level) / 2)
    share, spread = numerator / denominator, z * z / denominator
    centre = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * sqrt((share * (1 - share) + spread / 4) / denominator)
    return centre - half, centre + half
