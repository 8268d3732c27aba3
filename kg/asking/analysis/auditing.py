"""Recomputing the figures that a report derives from others.

Checked are: a percent change against the values before and after it; the size of a change ("672 fewer");
a share in percent, a ratio or a rate with its numerator and denominator. A figure agrees where what is
stated and what comes out can both be right when every rounded number stands for all that round to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from kg.asking.analysis.figure_rows import FigureRow, is_difference, load_figures
from kg.asking.sparql.parameters import Ask

Range = tuple[Decimal, Decimal]
_NUMBER = re.compile(r"\d[\d,]*(?:\.(\d+))?")


@dataclass(frozen=True, slots=True)
class Check:
    """One recomputed figure. ``low``..``high`` is what its inputs allow; ``recomputed`` the plain result."""

    report: str
    force: str | None
    kind: str
    text: str
    stated: Decimal
    recomputed: Decimal
    low: Decimal
    high: Decimal
    agrees: bool
    how: str
    note: str
    sentence: str
    start: int
    end: int
    figure: str

    columns = ("report", "figure", "recomputed", "verdict", "how", "note", "sentence")

    @property
    def verdict(self) -> str:
        return "agrees" if self.agrees else "disagrees"

    @property
    def row(self) -> list[str]:
        """The cells of the table, under ``columns``."""
        report = self.report.rpartition("/")[2]
        return [
            report,
            self.text,
            two_decimals(self.recomputed),
            self.verdict,
            self.how,
            self.note,
            self.sentence,
        ]


def two_decimals(value: Decimal) -> str:
    """A number with at most two decimals and thousands set apart.

    >>> two_decimals(Decimal("27.6297")), two_decimals(Decimal("688000000"))
    ('27.63', '688,000,000')
    """
    rounded = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    text = f"{rounded:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def audit_figures(ask: Ask) -> list[Check]:
    """Every figure that can be recomputed from others of its report, in the order of reports and text."""
    checks: list[Check] = []
    for _, group in groupby(load_figures(ask), key=lambda figure: figure.report):
        figures = list(group)
        checks += [check for figure in figures for check in _checks(figure, figures)]
    return checks


def _checks(figure: FigureRow, figures: list[FigureRow]) -> Iterator[Check]:
    if figure.numerator is not None and figure.denominator:
        yield from _share(figure, figures)
    elif figure.base_value and figure.unit == "percent":
        yield from _percent_change(figure, figures)
    elif figure.base_value is not None:
        yield from _difference(figure, figures)


# --- shares and rates --------------------------------------------------------------------------------


def _share(figure: FigureRow, figures: list[FigureRow]) -> Iterator[Check]:
    """A value that is its numerator over its denominator, times 100 or the base of the rate."""
    assert figure.numerator is not None and figure.denominator is not None
    factor = _factor(figure)
    if factor is None:
        return
    part, whole = _known(figure.numerator, figure, figures), _known(figure.denominator, figure, figures)
    if whole[0] <= 0:
        return
    plain = factor * figure.numerator / figure.denominator
    how = f"{two_decimals(figure.numerator)} of {two_decimals(figure.denominator)}"
    if figure.unit == "rate":
        how += f", times {two_decimals(factor)}"
    yield _check(figure, figure.unit, plain, (factor * part[0] / whole[1], factor * part[1] / whole[0]), how)


def _factor(figure: FigureRow) -> Decimal | None:
    if figure.unit == "rate":
        return Decimal(figure.base) if figure.base and figure.base.isdigit() else None
    return {"percent": Decimal(100), "ratio": Decimal(1)}.get(figure.unit)


def _known(value: Decimal, figure: FigureRow, figures: list[FigureRow]) -> Range:
    """What a number stands for: the rounding of the nearest figure of this value, else the number itself."""
    same = [other for other in figures if other.value == value and other.unit != "percent"]
    if not same:
        return value, value
    return spread(min(same, key=lambda other: abs(other.start - figure.start)))


def spread(figure: FigureRow) -> Range:
    """The values that round to what a figure's words say; a plain count stands for itself.

    "27.6" stands for 27.55 to 27.65, "£156m" for 155.5 to 156.5 million.
    """
    number = _NUMBER.search(figure.text)
    if number is None:
        return figure.value, figure.value
    written = Decimal(number[0].replace(",", ""))
    scale = figure.value / written if written else Decimal(1)
    if figure.unit == "count" and scale == 1 and not number[1]:
        return figure.value, figure.value
    half = abs(scale) * Decimal(10) ** -len(number[1] or "") / 2
    return figure.value - half, figure.value + half


# --- changes -----------------------------------------------------------------------------------------


def _percent_change(figure: FigureRow, figures: list[FigureRow]) -> Iterator[Check]:
    """A percent change against the value after it; a percentage that changed is no percent change."""
    assert figure.base_value is not None
    later = _after(figure, figures)
    if later is None:
        return
    before, after = _known(figure.base_value, figure, figures), spread(later)
    plain = abs(later.value - figure.base_value) / figure.base_value * 100
    ends = [abs(a - b) / b * 100 for a in after for b in before if b > 0]
    if ends:
        how = f"{two_decimals(figure.base_value)} to {two_decimals(later.value)}"
        yield _check(figure, "percent change", plain, (min(ends), max(ends)), how)


def _after(figure: FigureRow, figures: list[FigureRow]) -> FigureRow | None:
    """The value after a change: of those with its base, no percentage and no difference, the nearest."""
    with_base = [o for o in figures if o.base_value == figure.base_value and o.figure != figure.figure]
    fits = [
        o for o in with_base
        if o.unit != "percent" and o.passage == figure.passage and not is_difference(o, with_base)
    ]  # fmt: skip
    return min(fits, key=lambda o: abs(o.start - figure.start), default=None)


def _difference(figure: FigureRow, figures: list[FigureRow]) -> Iterator[Check]:
    """The size of a change against the values before and after it."""
    assert figure.base_value is not None
    if not is_difference(figure, [o for o in figures if o.figure != figure.figure]):
        return
    later = _after(figure, figures)
    if later is None or later.unit != figure.unit:
        return
    before, after = _known(figure.base_value, figure, figures), spread(later)
    ends = [abs(a - b) for a in after for b in before]
    plain = abs(later.value - figure.base_value)
    how = f"{two_decimals(figure.base_value)} to {two_decimals(later.value)}"
    yield _check(figure, "difference", plain, (min(ends), max(ends)), how)


def _check(figure: FigureRow, kind: str, plain: Decimal, possible: Range, how: str) -> Check:
    low, high = spread(figure)
    agrees = possible[0] <= high and possible[1] >= low
    note = _note(figure, plain, high - figure.value, agrees)
    return Check(
        figure.report, figure.force, kind, figure.text, figure.value, plain, *possible, agrees, how, note,
        figure.sentence, figure.start, figure.end, figure.figure,
    )  # fmt: skip


def _note(figure: FigureRow, plain: Decimal, half: Decimal, agrees: bool) -> str:
    notes = ["said to be approximate"] if figure.is_approximate else []
    if not agrees and abs(plain - figure.value) <= 2 * half:
        notes.append("differs in the last digit only")
    return "; ".join(notes)
