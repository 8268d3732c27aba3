"""What is usual in a document: the size, distance and weight of most of its lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from kg.reading.pdf.layout import PageItems
from kg.reading.pdf.lines import Line


@dataclass(frozen=True, slots=True)
class Style:
    """What is usual in a document: font size of the text, distance of lines as a multiple of the size."""

    size: float
    pitch: float
    bold: bool


def usual_style(pages: Iterable[PageItems], size: float) -> Style:
    """The style of most of the text."""
    pitches: Counter[float] = Counter()
    weights: Counter[bool] = Counter()
    for page in pages:
        lines = [item for item in page.items if isinstance(item, Line)]
        for line in lines:
            weights[line.bold] += len(line.text)
        for one, two in pairwise(lines):
            if abs(one.size - size) < 0.6 and abs(two.size - size) < 0.6 and 0 < one.y - two.y < 3 * size:
                pitches[round((one.y - two.y) / size, 1)] += 1
    common = [pitch for pitch, times in pitches.items() if times >= 0.2 * pitches.total()]
    return Style(size, min(common, default=1.2), weights[True] > weights[False])
