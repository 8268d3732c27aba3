"""Which forces stand out in a measure, by the method that reports give for their outlier lines.

"The dotted lines on the Bar Charts show one Standard Deviation (sd) above and below the unweighted mean
across all forces. Where the distribution of the scores appears normally distributed, the sd is calculated
in the normal way. If the forces are not normally distributed, the scores are transformed by taking logs
and a Shapiro Wilks test performed to see if this creates a more normal distribution. If it does, the
logged values are used to estimate the sd. If not, the sd is calculated using the normal values."

What the text leaves open is decided so: scores appear normal where the test's p is at least 0.05; logs are
more normal where their W is larger; the sd has n - 1 below.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import exp, log
from statistics import mean, stdev

from kg.asking.analysis.figure_rows import FigureRow, load_figures
from kg.asking.analysis.normality import shapiro_wilk
from kg.asking.sparql.parameters import Ask, iri_of
from kg.model.errors import Unknown
from kg.model.text.comparing import letters_and_digits
from kg.model.vocab import local_name

LEAST = 3
"""Fewest forces over which the lines mean anything."""
NORMAL = 0.05


@dataclass(frozen=True, slots=True)
class Score:
    """One force: its value, its distance from the mean in sd, and ``above``, ``below`` or ``within``."""

    force: str
    value: float
    z: float | None
    place: str
    report: str


@dataclass(frozen=True, slots=True)
class Outliers:
    """The scores of one measure, the highest first; ``low`` and ``high`` are the outlier lines."""

    measure: str
    unit: str
    scores: tuple[Score, ...]
    mean: float | None
    low: float | None
    high: float | None
    logged: bool
    note: str

    columns = ("force", "value", "z", "place", "report")

    @property
    def rows(self) -> list[list[str]]:
        return [
            [
                score.force,
                f"{score.value:.12g}",
                "" if score.z is None else f"{score.z:.2f}",
                score.place,
                local_name(score.report),
            ]
            for score in self.scores
        ]


@dataclass(frozen=True, slots=True)
class Lines:
    """The mean and the lines one sd from it, in the unit of the values; z-scores in their order."""

    mean: float
    low: float
    high: float
    logged: bool
    z: tuple[float, ...]


def outlier_lines(values: Sequence[float]) -> Lines:
    """The lines for the values of all forces. Raises ValueError for fewer than 3, or if all are equal.

    >>> lines = outlier_lines([9, 10, 11, 10, 9, 11, 10, 10])
    >>> round(lines.low, 2), round(lines.high, 2), lines.logged
    (9.24, 10.76, False)
    """
    fit, p = shapiro_wilk(values)
    logged = p < NORMAL and min(values) > 0 and shapiro_wilk([log(v) for v in values])[0] > fit
    scores = [log(value) for value in values] if logged else list(map(float, values))
    centre, spread = mean(scores), stdev(scores)
    z = tuple((score - centre) / spread for score in scores)
    middle, low, high = (exp(e) if logged else e for e in (centre, centre - spread, centre + spread))
    return Lines(middle, low, high, logged, z)


def find_outliers(measure: str, ask: Ask) -> Outliers:
    """The forces whose values of a measure lie outside the lines.

    ``measure`` is a concept of the vocabulary (name or IRI) or the words of a measure. Compared are values
    of the inspected forces with the same unit, base, kind of number, group and period: those that most
    forces have, and of each force that of its latest report. The sizes of samples are no values of a
    measure, a count of a part ("9 of 16") is compared as a share, a change with its sign. Raises Unknown
    for a measure without figures.
    """
    own = (None, "inspected-force")
    figures = [f for f in load_figures(ask) if f.body is not None and f.population in own]
    measured = [f for f in _of_measure(figures, measure) if _value(f) is not None and f.kind != "sample"]
    if not measured:
        raise Unknown.name(
            "measure", measure, (), "its figures are sizes of samples, or changes without a sign"
        )
    chosen = _comparable(measured)
    by_force = _latest(chosen)
    values = [float(_value(figure) or 0) for figure in by_force.values()]
    lines = outlier_lines(values) if len(values) >= LEAST and len(set(values)) > 1 else None
    return _outliers(chosen[0], list(by_force.values()), lines, len(measured) - len(chosen))


def _value(figure: FigureRow) -> Decimal | None:
    """What is compared of a figure: "9 of 16" by its share, a change with its sign; None without a sign."""
    if _is_part(figure) and figure.denominator:
        return figure.value / figure.denominator
    return figure.signed


def _is_part(figure: FigureRow) -> bool:
    return figure.unit == "count" and figure.kind == "share" and bool(figure.denominator)


def _of_measure(figures: Sequence[FigureRow], measure: str) -> list[FigureRow]:
    iri = iri_of(measure)
    if iri is not None:
        found = [figure for figure in figures if figure.concept == iri.value]
    else:
        wanted = letters_and_digits(measure)
        found = [f for f in figures if letters_and_digits(f.concept_name) == wanted] or [
            f for f in figures if letters_and_digits(f.measure) == wanted
        ]
    if not found:
        known = {f.concept_name or f.measure or "" for f in figures} - {""}
        raise Unknown.name("measure", measure, known, "kg query measures lists them")
    return found


def _key(figure: FigureRow) -> tuple[str, ...]:
    unit = "share" if _is_part(figure) else figure.unit
    parts = (figure.base, figure.group, figure.period_begin, figure.period_end)
    return unit, figure.kind, str(figure.complement), *(part or "" for part in parts)


def _comparable(figures: Sequence[FigureRow]) -> list[FigureRow]:
    """The figures of the unit, kind, group and period that most forces have; of equals the latest period."""
    forces = Counter(key for key, _ in {(_key(figure), figure.body) for figure in figures})
    best = max(forces, key=lambda key: (forces[key], key[-1], key))
    return [figure for figure in figures if _key(figure) == best]


def _latest(figures: Sequence[FigureRow]) -> Mapping[str, FigureRow]:
    """For each force the figure of its latest report, the first in it."""
    chosen: dict[str, FigureRow] = {}
    for figure in figures:
        assert figure.body is not None
        held = chosen.get(figure.body)
        if held is None or (figure.published or "") > (held.published or ""):
            chosen[figure.body] = figure
    return dict(sorted(chosen.items()))


def _outliers(example: FigureRow, figures: Sequence[FigureRow], lines: Lines | None, others: int) -> Outliers:
    z = lines.z if lines else [None] * len(figures)
    unit = "share" if _is_part(example) else example.unit
    scores = [
        Score(f.force or "", float(_value(f) or 0), score, _place(score), f.report)
        for f, score in zip(figures, z, strict=True)
    ]
    scores.sort(key=lambda score: (-score.value, score.force))
    return Outliers(
        example.concept_name or example.measure or "", unit, tuple(scores),
        lines.mean if lines else None, lines.low if lines else None, lines.high if lines else None,
        bool(lines and lines.logged), _note(example, len(figures), lines, others),
    )  # fmt: skip


def _place(z: float | None) -> str:
    if z is None:
        return "no lines"
    return "above" if z > 1 else "below" if z < -1 else "within"


def _note(example: FigureRow, count: int, lines: Lines | None, others: int) -> str:
    ends = [end for end in (example.period_begin, example.period_end) if end]
    forces = "1 force" if count == 1 else f"{count} forces"
    unit = "share" if _is_part(example) else example.unit
    about = f"{forces}, {unit}" + (f" per {example.base}" if unit == "rate" else "")
    about += f" ({example.kind})" if example.kind not in ("level", unit) else ""
    about += ", of the opposite" if example.complement else ""
    bare = unit in ("count", "GBP") and example.kind == "level"
    about += " (of forces that differ in size)" if bare else ""
    about += f", {' to '.join(ends)}" if ends else ""
    left = f"; {others} more of another unit, kind, group or period are not compared" if others else ""
    if lines is None:
        few = f"too few different values for outlier lines (at least {LEAST} forces are needed)"
        return f"{about}: {few}{left}"
    how = "of the logged values" if lines.logged else "of the values"
    drawn = f"mean {lines.mean:.4g}, lines at {lines.low:.4g} and {lines.high:.4g} (one sd {how})"
    return f"{about}: {drawn}{left}"
