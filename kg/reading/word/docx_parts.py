"""The parts of a Word file (.docx) as trees and tables: XML without document types, styles, numbering."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from kg.model.errors import CannotRead

_MAX_DEPTH = 400


def parse_xml(data: bytes, name: str) -> Element:
    """The tree of a part, element and attribute names without their namespaces.

    Raises CannotRead for a document type (it could define entities), for nesting deeper than 400, and for
    XML that is not well-formed.
    """
    builder, depth = TreeBuilder(), 0
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _MAX_DEPTH:
            raise CannotRead(
                f"{name}: elements nested deeper than {_MAX_DEPTH}; not made by a word processor"
            )
        builder.start(_local(tag), {_local(key): value for key, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_local(tag))

    def refuse(*_: object) -> None:
        raise CannotRead(f"{name}: it has a document type, which Word files never have; not read")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise CannotRead(f"{name}: damaged XML at line {error.lineno}") from error
    return builder.close()


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def child(element: Element | None, *path: str) -> Element | None:
    """The first child with that name, and so on down ``path``; None where one is missing."""
    for name in path:
        element = next((one for one in element if one.tag == name), None) if element is not None else None
    return element


def value(element: Element | None, *path: str) -> str | None:
    """The ``val`` attribute of the element at ``path``."""
    found = child(element, *path)
    return found.get("val") if found is not None else None


_SYMBOLS = {0x2D: "−", 0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB8: "÷"}
"""Of the font Symbol, by the last two digits of what Word writes for them."""


def symbol(element: Element) -> str:
    """The character of ``w:sym``; an unknown one is for private use, and beside it no number is read."""
    written = element.get("char", "")
    code = int(written, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,4}", written) else 0
    known = _SYMBOLS.get(code & 0xFF) if element.get("font", "").lower() == "symbol" else None
    return known or chr(0xF000 | code & 0xFF)


def is_raised(run: Element) -> bool:
    """Whether a run, or the exponent of an equation, stands above the line."""
    if run.tag == "sup":
        return True
    raising = value(run, "rPr", "position") or "" if run.tag == "r" else ""
    return run.tag == "r" and (
        value(run, "rPr", "vertAlign") == "superscript" or re.fullmatch(r"[1-9]\d{0,2}", raising) is not None
    )


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: its name in small letters, heading level, and numbering, with what it inherits."""

    name: str
    level: int | None
    numbering: tuple[str | None, str | None]


def read_styles(root: Element | None) -> dict[str, Style]:
    """The paragraph styles by id."""
    if root is None:
        return {}
    raw = {one.get("styleId", ""): one for one in root.iter("style")}
    return {name: _style(name, raw) for name in raw}


def _style(name: str, raw: Mapping[str, Element]) -> Style:
    chain = list(style_chain(name, raw))
    own = (value(chain[0], "name") or name).lower()
    level = next((found for one in chain if (found := _level(one)) is not None), None)
    return Style(own, level, (_inherited(chain, "numId"), _inherited(chain, "ilvl")))


def _inherited(chain: list[Element], name: str) -> str | None:
    return next((found for one in chain if (found := value(one, "pPr", "numPr", name))), None)


def style_chain(name: str, raw: Mapping[str, Element]) -> Iterator[Element]:
    """A style and those that it is based on, the nearest first."""
    seen: set[str] = set()
    while name in raw and name not in seen:
        seen.add(name)
        yield raw[name]
        name = value(raw[name], "basedOn") or ""


def _level(style: Element) -> int | None:
    name = (value(style, "name") or "").lower()
    if name == "title":
        return 1
    if found := re.fullmatch(r"heading ([1-9])", name):
        return min(int(found[1]), 6)
    outline = value(style, "pPr", "outlineLvl")
    return int(outline) + 1 if outline is not None and re.fullmatch("[0-5]", outline) else None


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a numbering: ``form`` is Word's name of it (bullet, decimal), ``text`` like ``%1.``."""

    form: str
    text: str
    start: int


class Numbering:
    """The numberings of a document; counts as paragraphs come."""

    def __init__(self, root: Element | None) -> None:
        self._levels: dict[str, list[Level]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._abstract: dict[str, str] = {}
        if root is None:
            return
        abstracts = {one.get("abstractNumId", ""): one for one in root if one.tag == "abstractNum"}
        for num in (one for one in root if one.tag == "num"):
            key = value(num, "abstractNumId") or ""
            if key in abstracts:
                self._abstract[num.get("numId", "")] = key
                self._levels[num.get("numId", "")] = [
                    _numbering_level(one) for one in abstracts[key].iter("lvl")
                ]

    def mark(self, num_id: str, depth: int) -> str | None:
        """The mark of the next paragraph: ``-`` for a bullet, else its number; None if it has none."""
        levels = self._levels.get(num_id, [])
        if not 0 <= depth < len(levels) or levels[depth].form == "none":
            return None
        if levels[depth].form == "bullet":
            return "-"
        counts = self._counts.setdefault(self._abstract[num_id], [None] * 9)
        for at in range(depth + 1):
            if counts[at] is None:
                counts[at] = levels[at].start - (at == depth)
        counts[depth] = (counts[depth] or 0) + 1
        counts[depth + 1 :] = [None] * (8 - depth)
        return self._text(levels, counts, depth)

    def _text(self, levels: list[Level], counts: list[int | None], depth: int) -> str:
        text = levels[depth].text
        for at, level in enumerate(levels[: depth + 1]):
            text = text.replace(f"%{at + 1}", _number(counts[at] or 0, level.form))
        return text.strip()


def _numbering_level(level: Element) -> Level:
    start = value(level, "start") or "1"
    text = value(level, "lvlText") or ""
    return Level(
        value(level, "numFmt") or "decimal", text, int(start) if re.fullmatch(r"\d{1,4}", start) else 1
    )


_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def _number(count: int, form: str) -> str:
    """A list's number in a format of Word (ST_NumberFormat): after "z" come "aa", "bb" …

    >>> [_number(n, "lowerLetter") for n in (1, 26, 27, 54)], [_number(n, "upperRoman") for n in (4, 49, 50)]
    (['a', 'z', 'aa', 'bbb'], ['IV', 'XLIX', 'L'])
    """
    if form in ("lowerLetter", "upperLetter") and count > 0:
        again, place = divmod(count - 1, 26)
        written = "abcdefghijklmnopqrstuvwxyz"[place] * (again + 1)
    elif form in ("lowerRoman", "upperRoman") and 0 < count < 4000:
        written, left = "", count
        for value_, letters in _ROMAN:
            written += letters * (left // value_)
            left %= value_
    else:
        return str(count)
    return written.upper() if form.startswith("upper") else written
