"""Arithmetic over figures: what text and numbers say to one another, and forces side by side."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

from kg.asking.analysis.auditing import Check, audit_figures
from kg.asking.analysis.comparing import GUARD, Comparison, compare_grades
from kg.asking.analysis.differences import Change, Diff, ReportDiff, find_differences
from kg.asking.analysis.normality import shapiro_wilk
from kg.asking.analysis.outliers import Outliers, find_outliers, outlier_lines
from kg.asking.analysis.reasons import Quote, Why, find_why
from kg.asking.sparql import StoreLike, asker
from kg.asking.sparql.sources import opened
from kg.graph.rdf_files import Files

__all__ = [
    "GUARD",
    "Change",
    "Check",
    "Comparison",
    "Diff",
    "Outliers",
    "Quote",
    "ReportDiff",
    "Why",
    "audit",
    "compare",
    "diff",
    "outlier_lines",
    "outliers",
    "shapiro_wilk",
    "why",
    "wilson_interval",
]


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


def audit(store: StoreLike = None, *, data: Files | None = None, endpoint: str | None = None) -> list[Check]:
    """Recomputes every figure that a report derives from others (see ``kg.asking.analysis.auditing``).

    What is asked is chosen as in ``kg.asking.sparql.query``.
    """
    return audit_figures(asker(store=store, data=data, endpoint=endpoint))


def compare(
    store: StoreLike = None,
    *,
    data: Files | None = None,
    endpoint: str | None = None,
    framework: str | None = None,
) -> list[Comparison]:
    """The grades of all forces side by side, one table for each framework and grade scheme.

    Grades of different frameworks are never set in one table. Raises Unknown for a framework that no
    report with judgements has.
    """
    return compare_grades(asker(store=store, data=data, endpoint=endpoint), framework)


def diff(old: StoreLike, new: StoreLike) -> Diff:
    """What two datasets say differently: reports, judgements, findings, boxes, concerns, needs and figures.

    Each is an open store, the folder of a store, a folder of RDF files (exports) or one RDF file. Where words
    stand is no difference (see ``kg.asking.analysis.differences``). Raises CannotRead, also for a dataset
    without reports, and CannotUnderstand.
    """
    return find_differences(opened(old), opened(new))


def outliers(
    measure: str, store: StoreLike = None, *, data: Files | None = None, endpoint: str | None = None
) -> Outliers:
    """The forces that stand out in a measure (see ``kg.asking.analysis.outliers``). Raises Unknown."""
    return find_outliers(measure, asker(store=store, data=data, endpoint=endpoint))


def why(
    body: str,
    area: str,
    store: StoreLike = None,
    *,
    report: str | None = None,
    year: int | None = None,
    data: Files | None = None,
    endpoint: str | None = None,
) -> Why:
    """The reasons that a report gives for the grade of an area, with the words and their places.

    ``body`` and ``area`` are names or IRIs; without the id of a ``report`` or a ``year`` (of publication,
    else of inspection) it is the latest report that grades the area. That a statement is a reason is worked
    out (``kg:Reason`` in the ontology), its words are the report's. Raises Unknown or Ambiguous for a name.
    """
    return find_why(body, area, asker(store=store, data=data, endpoint=endpoint), report=report, year=year)
