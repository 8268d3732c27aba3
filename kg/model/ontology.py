"""Where the ontology lies, and its own terms: ``kg.ttl`` and ``reading.ttl`` are the one list of them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

TERM_FILES = ("kg.ttl", "reading.ttl")
"""The terms of the data, and those that say how reports are read."""


@cache
def ontology_dir() -> Path:
    """The folder of the ontology: inside the installed package, or beside it in a checkout."""
    here = Path(__file__).resolve().parent.parent
    inside = here / "ontology"
    return inside if inside.is_dir() else here.parent / "ontology"


@cache
def ontology_terms() -> frozenset[str]:
    """The local names of the terms that are defined there; each definition begins a line: ``kg:Figure a …``.

    It is read as text so that naming a term needs no parser; a test compares with what a parser reads.

    >>> "Figure" in ontology_terms()
    True
    """
    return frozenset(re.findall(r"(?m)^kg:(\w+) a ", _text()))


@cache
def object_properties() -> frozenset[str]:
    """The local names of the properties that lead to things and not to words or numbers.

    >>> "polarity" in object_properties(), "heading" in object_properties()
    (True, False)
    """
    return frozenset(re.findall(r"(?m)^kg:(\w+) a owl:ObjectProperty\b", _text()))


@cache
def _text() -> str:
    return "\n".join((ontology_dir() / name).read_text(encoding="utf-8") for name in TERM_FILES)
