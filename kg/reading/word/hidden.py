"""What a Word file holds and nobody who opens or prints it sees: it is taken out of the tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from kg.reading.word.docx_parts import child, style_chain, value

_UNSEEN = ("vanish", "strike", "dstrike")
"""Properties of words that are hidden or struck out."""
_LEFT_OUT = {
    "sdt": ("sdtPr", ("showingPlcHdr",)),
    "tr": ("trPr", ("hidden", "del")),
    "tc": ("tcPr", ("cellDel",)),
}
"""Placeholders, rows and cells, by which of their properties they are no part of the text."""
_OFF = ("0", "false", "off")
_KNOWN = ("wps", "wpg", "wpc", "wpi", "w14", "w15", "w16", "wp14", "a14", "v")
"""What a choice may require, by the prefixes that Word writes: drawings, and what newer versions added."""


def take_out_hidden(document: Element, styles: Element | None) -> list[str]:
    """Empties hidden and struck-out runs, codes of fields, placeholders, hidden and deleted rows and cells;
    gives the words of those that are no codes.

    Of alternatives the first that Word knows stays, else what it falls back to. A property that a run or a
    style sets off is off, whatever it is based on.
    """
    by_id = {one.get("styleId", ""): one for one in styles.iter("style")} if styles is not None else {}
    unseen = {name: _of_style(name, by_id) for name in by_id}
    taken: list[str] = []
    fields: list[bool] | None = [] if _are_balanced(document) else None
    for element, paragraph in _walk(document, None):
        if element.tag == "r":
            if fields is not None:
                _take_out_codes(element, fields)
            own = {**unseen.get(paragraph or "", {}), **unseen.get(value(element, "rPr", "rStyle") or "", {})}
            if any((own | _stated(child(element, "rPr"))).values()):
                taken.append(_emptied(element))
        elif element.tag in _LEFT_OUT and _has(element, *_LEFT_OUT[element.tag]):
            taken.append(_emptied(element))
        elif element.tag == "AlternateContent":
            _choose(element)
    return taken


def join_paragraphs(document: Element) -> None:
    """Joins each paragraph whose mark a reviewer deleted with the next, as Word does in the end."""
    for parent in list(document.iter()):
        kept: list[Element] = []
        for one in reversed(parent):
            following = kept[-1] if kept and kept[-1].tag == "p" else None
            joined = one.tag == "p" and child(one, "pPr", "rPr", "del") is not None
            if joined and following is not None:
                own = next((at for at, inner in enumerate(following) if inner.tag != "pPr"), len(following))
                following[own:own] = [inner for inner in one if inner.tag != "pPr"]
            else:
                kept.append(one)
        if len(kept) < len(parent):
            parent[:] = kept[::-1]


def _walk(element: Element, paragraph: str | None) -> Iterator[tuple[Element, str | None]]:
    """All elements in document order, each with the style of its paragraph; what was emptied has no more."""
    todo = [(element, paragraph)]
    while todo:
        one, style = todo.pop()
        if one.tag == "p":
            style = value(one, "pPr", "pStyle")
        yield one, style
        todo += [(inner, style) for inner in reversed(one)]


def _emptied(element: Element) -> str:
    """Takes all out of an element, which is from here on one that a reviewer deleted; gives its words."""
    words = " ".join(part for inner in element.iter("t") if (part := inner.text))
    element.clear()
    element.tag = "del"
    return words


def _has(element: Element, properties: str, names: tuple[str, ...]) -> bool:
    found = child(element, properties)
    return found is not None and any(one.tag in names and one.get("val") not in _OFF for one in found)


def _stated(properties: Element | None) -> dict[str, bool]:
    """Which of the properties are set here, and whether on or off."""
    found = properties if properties is not None else ()
    return {one.tag: one.get("val") not in _OFF for one in found if one.tag in _UNSEEN}


def _of_style(name: str, by_id: Mapping[str, Element]) -> dict[str, bool]:
    stated: dict[str, bool] = {}
    for style in style_chain(name, by_id):
        stated = _stated(child(style, "rPr")) | stated
    return stated


def _are_balanced(document: Element) -> bool:
    """Whether each field ends: what follows one that does not is no part of it."""
    kinds = [one.get("fldCharType") for one in document.iter("fldChar")]
    return kinds.count("begin") == kinds.count("end")


def _take_out_codes(run: Element, fields: list[bool]) -> None:
    """Takes out words between the beginning of a field and its result; ``fields`` are those at their code."""
    for inner in list(run):
        kind = inner.get("fldCharType") if inner.tag == "fldChar" else None
        if kind == "begin":
            fields.append(True)
        elif kind == "separate" and fields:
            fields[-1] = False
        elif kind == "end" and fields:
            fields.pop()
        elif inner.tag == "t" and any(fields):
            run.remove(inner)


def _choose(element: Element) -> None:
    choices = [one for one in element if one.tag == "Choice"]
    known = [one for one in choices if all(name in _KNOWN for name in one.get("Requires", "").split())]
    fallback = child(element, "Fallback")
    for one in choices:
        if one not in known[:1]:
            element.remove(one)
    if not known and fallback is not None:
        fallback.tag = "Choice"
