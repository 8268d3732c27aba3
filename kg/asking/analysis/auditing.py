"""Recomputing the figures that a report derives from others.

Checked are: a percent change against the values before and after it; the size of a change ("672 fewer");
a share in percent, a ratio or a rate with its numerator and denominator. A figure agrees where what is
stated and what comes out can both be right when every rounded number stands for all that round to it. What
the text calls approximate is not wrong for being so, and of parts that nearly make up their whole the rest is
told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from kg.asking.analysis.figure_rows import FigureRow, load_figures
from kg.asking.sparql.parameters import Ask
from kg.model.vocab import local_name

Range = tuple[Decimal, Decimal]
_FEWEST_PARTS = 2
_SMALL_REST = Decimal("0.05")
"""Of a whole: how much the parts may leave for the rest to be remarked on."""
_SAID = {
    "about": "said to be approximate",
    "at-least": "said to be the least",
    "at-most": "said to be the most",
}
_NUMBER = re.compile(r"\d[\d,]*(?:\.(\d+))?")


@dataclass(frozen=True, slots=True)
class Check:
    """One recomputed figure. ``low``..``high`` is what its inputs allow; ``recomputed`` the plain result.

    ``verdict`` is ``agrees``, ``disagrees``, ``approximate`` (the text says that it is about right) or
    ``rest`` (the parts of a whole leave one).
    """

    report: str
    force: str | None
    kind: str
    text: str
    stated: Decimal
    recomputed: Decimal
    low: Decimal
    high: Decimal
    verdict: str
    how: str
    note: str
    sentence: str
    start: int
    end: int
    figure: str

    columns = ("report", "figure", "recomputed", "verdict", "how", "note", "sentence")

    @property
    def agrees(self) -> bool:
        """Whether the text need not be wrong."""
        return self.verdict != "disagrees"

    @property
    def row(self) -> list[str]:
        """The cells of the table, under ``columns``."""
        report = local_name(self.report)
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
        checks += _rests(figures)
    return sorted(checks, key=lambda check: (check.report, check.start))


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
    if number is None:  # "a third" is stored with nine places, and no word of it is rounded
        last = Decimal(1).scaleb(min(0, int(figure.value.as_tuple().exponent)))
        return (figure.value - last, figure.value + last) if last < 1 else (figure.value, figure.value)
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
    """The value after a change: the nearest with its base that is no percentage and no size of a change."""
    with_base = [o for o in figures if o.base_value == figure.base_value and o.figure != figure.figure]
    fits = [o for o in with_base if o.unit != "percent" and o.passage == figure.passage and not o.is_size]
    return min(fits, key=lambda o: abs(o.start - figure.start), default=None)


def _difference(figure: FigureRow, figures: list[FigureRow]) -> Iterator[Check]:
    """The size of a change against the values before and after it."""
    assert figure.base_value is not None
    if not figure.is_size:
        return
    later = _after(figure, figures)
    if later is None or later.unit != figure.unit:
        return
    before, after = _known(figure.base_value, figure, figures), spread(later)
    ends = [abs(a - b) for a in after for b in before]
    plain = abs(later.value - figure.base_value)
    how = f"{two_decimals(figure.base_value)} to {two_decimals(later.value)}"
    yield _check(figure, "difference", plain, (min(ends), max(ends)), how)


# --- parts of a whole --------------------------------------------------------------------------------


def _rests(figures: list[FigureRow]) -> Iterator[Check]:
    """What the counted parts of a whole leave: "out of 1,257 cases, … in 1,243 and … in 12" leaves 2.

    Only parts of a whole that the sentence names once, before them, and only a small rest: others are parts
    among many, overlap, or count unlike things ("no supervision in 37 of the 68, no plan in 29 of the 68").
    """
    counts = [f for f in figures if f.kind == "share" and f.unit == "count" and f.denominator]
    parts = [f for f in counts if " of " not in f.text]
    for _, same in groupby(parts, key=lambda f: (f.sentence_start, f.denominator)):
        group = list(same)
        whole, total = group[0].denominator, sum((f.value for f in group), Decimal(0))
        if whole is None or len(group) < _FEWEST_PARTS or not 0 < whole - total <= whole * _SMALL_REST:
            continue
        how = f"{' + '.join(two_decimals(f.value) for f in group)} of {two_decimals(whole)}"
        note = f"{two_decimals(whole - total)} of the whole are in none of the parts"
        first = group[0]
        yield Check(
            first.report, first.force, "parts", first.text, whole, total, total, total, "rest", how, note,
            first.sentence, first.start, first.end, first.figure,
        )  # fmt: skip


# --- the verdict -------------------------------------------------------------------------------------


def _check(figure: FigureRow, kind: str, plain: Decimal, possible: Range, how: str) -> Check:
    low, high = spread(figure)
    fits = possible[0] <= high and possible[1] >= low
    if figure.bound == "at-least":
        fits = fits or possible[1] >= figure.value
    elif figure.bound == "at-most":
        fits = fits or possible[0] <= figure.value
    verdict = "agrees" if fits else "approximate" if figure.bound == "about" else "disagrees"
    note = _note(figure, plain, high - figure.value, fits)
    return Check(
        figure.report, figure.force, kind, figure.text, figure.value, plain, *possible, verdict, how, note,
        figure.sentence, figure.start, figure.end, figure.figure,
    )  # fmt: skip


def _note(figure: FigureRow, plain: Decimal, half: Decimal, fits: bool) -> str:
    notes = [_SAID[figure.bound]] if figure.bound in _SAID else []
    if not fits and abs(plain - figure.value) <= 2 * half:
        notes.append("differs in the last digit only")
    return "; ".join(notes)
