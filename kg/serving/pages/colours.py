"""The colours of the pages, from the tables of the pictures: the end of the style sheet."""

from __future__ import annotations

from collections.abc import Iterator

from kg.asking.things.kinds import GRADE_COLOURS, KINDS, STATEMENTS, TONES
from kg.model.labels import LABELS

_MARKED = ("judgement", "finding", "need", "concern", "figure")
"""The statements that the reader highlights; ``style.css`` says how."""


def colour_rules() -> str:
    """CSS for grades by notation, polarities, kinds of statement, and for each label of mentions its
    highlight and the switch of the legend that takes it away.

    >>> colour_rules().splitlines()[0]
    '.grade-outstanding { background: #d6e9f8; color: #0b4a78 }'
    """
    return "\n".join(_rules()) + "\n"


def _rules() -> Iterator[str]:
    for notation, (fill, edge) in GRADE_COLOURS.items():
        yield f".grade-{notation} {{ background: {fill}; color: {edge} }}"
    for polarity, (_, _, _, edge) in TONES.items():
        yield f".polarity-{polarity} {{ color: {edge}; border-color: {edge} }}"
    for kind in STATEMENTS:
        edge = KINDS[kind].edge
        yield f".kind-{kind.replace(' ', '-')} {{ color: {edge}; border-color: {edge} }}"
    labels = [label for label in LABELS if label.is_mentioned]
    for label in labels:
        yield f".m-{label.name.lower()} {{ border-bottom: 2px dotted {label.edge} }}"
    for mark in (*_MARKED, *(label.name.lower() for label in labels)):
        yield (
            f"main:has(#show-{mark}:not(:checked)) .reader .m-{mark} "
            "{ background: none; border: 0; padding: 0; font-weight: inherit }"
        )
