"""The outlines of boxes as SVG path data: a kind can be told by its outline as well as by its colour."""

from __future__ import annotations

from collections.abc import Callable

Outline = Callable[[float, float, float, float], str]


def number(value: float) -> str:
    """A coordinate with at most one decimal, the same text on every machine.

    >>> number(12.0), number(-3.25), number(0.04)
    ('12', '-3.2', '0')
    """
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _path(*points: tuple[float, float]) -> str:
    return "M" + " L".join(f"{number(x)} {number(y)}" for x, y in points) + " Z"


def _square(x: float, y: float, w: float, h: float) -> str:
    return _path((x, y), (x + w, y), (x + w, y + h), (x, y + h))


def _rounded(x: float, y: float, w: float, h: float, r: float) -> str:
    corner = f"a{number(r)} {number(r)} 0 0 1 "
    return (
        f"M{number(x + r)} {number(y)} H{number(x + w - r)} {corner}{number(r)} {number(r)}"
        f" V{number(y + h - r)} {corner}{number(-r)} {number(r)} H{number(x + r)}"
        f" {corner}{number(-r)} {number(-r)} V{number(y + r)} {corner}{number(r)} {number(-r)} Z"
    )


def _round(x: float, y: float, w: float, h: float) -> str:
    return _rounded(x, y, w, h, 8)


def _pill(x: float, y: float, w: float, h: float) -> str:
    return _rounded(x, y, w, h, min(h / 2, 20))


def _cut(x: float, y: float, w: float, h: float) -> str:
    """One corner cut off, as on a card in an index."""
    return _path((x, y), (x + w - 14, y), (x + w, y + 14), (x + w, y + h), (x, y + h))


def _octagon(x: float, y: float, w: float, h: float) -> str:
    c = min(10.0, h / 3.5)
    return _path(
        (x + c, y), (x + w - c, y), (x + w, y + c), (x + w, y + h - c),
        (x + w - c, y + h), (x + c, y + h), (x, y + h - c), (x, y + c),
    )  # fmt: skip


def _hexagon(x: float, y: float, w: float, h: float) -> str:
    c = min(10.0, h / 2)
    middle = y + h / 2
    return _path((x + c, y), (x + w - c, y), (x + w, middle), (x + w - c, y + h), (x + c, y + h), (x, middle))


def _slanted(x: float, y: float, w: float, h: float) -> str:
    return _path((x + 10, y), (x + w, y), (x + w - 10, y + h), (x, y + h))


def _arrow(x: float, y: float, w: float, h: float) -> str:
    return _path((x, y), (x + w - 10, y), (x + w, y + h / 2), (x + w - 10, y + h), (x, y + h))


def _ticket(x: float, y: float, w: float, h: float) -> str:
    """Bitten in the middle of both sides."""
    return (
        f"M{number(x)} {number(y)} H{number(x + w)} V{number(y + h / 2 - 6)} a6 6 0 0 0 0 12 V{number(y + h)}"
        f" H{number(x)} V{number(y + h / 2 + 6)} a6 6 0 0 0 0 -12 Z"
    )


def _note(x: float, y: float, w: float, h: float) -> str:
    """A sheet with a corner folded down."""
    f = 11
    sheet = _path((x, y), (x + w - f, y), (x + w, y + f), (x + w, y + h), (x, y + h))
    return sheet + f" M{number(x + w - f)} {number(y)} V{number(y + f)} H{number(x + w)}"


def _double(x: float, y: float, w: float, h: float) -> str:
    return _square(x, y, w, h) + " " + _square(x + 3, y + 3, w - 6, h - 6)


SHAPES: dict[str, Outline] = {
    "square": _square,
    "round": _round,
    "pill": _pill,
    "cut": _cut,
    "octagon": _octagon,
    "hexagon": _hexagon,
    "slanted": _slanted,
    "arrow": _arrow,
    "ticket": _ticket,
    "note": _note,
    "double": _double,
}
