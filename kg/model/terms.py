"""Python values become RDF terms: one function a kind of value; None stays None.

Literals get the form that the store keeps ("16" for 16.0), so that writing before and after the store gives
the same bytes.
"""

from __future__ import annotations

import re
from datetime import date as calendar_date
from decimal import Decimal
from functools import cache

import pyoxigraph as ox

from kg.model.vocab import XSD

_DATE_TYPES = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}

Term = ox.NamedNode | ox.Literal


@cache
def node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)


def iri_or_none(iri: str | None) -> ox.NamedNode | None:
    return None if iri is None else ox.NamedNode(iri)


def text_literal(text: str | None) -> ox.Literal | None:
    return ox.Literal(text) if text else None


def label_literal(text: str | None) -> ox.Literal | None:
    """A name or label of a thing; reports and vocabularies are in English."""
    return ox.Literal(text, language="en") if text else None


def integer_literal(number: int | None) -> ox.Literal | None:
    return None if number is None else ox.Literal(str(number), datatype=node(XSD.integer))


def decimal_literal(value: Decimal | None) -> ox.Literal | None:
    """An xsd:decimal in the form that the store keeps: no exponent, no idle zeros."""
    if value is None:
        return None
    digits = format(value, "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return ox.Literal("0" if digits in ("-0", "") else digits, datatype=node(XSD.decimal))


def boolean_literal(value: bool) -> ox.Literal:
    return ox.Literal("true" if value else "false", datatype=node(XSD.boolean))


def date_literal(date: str | None) -> ox.Literal | None:
    """A date, month or year as its XML Schema type; anything else, a 31 February too, stays a string."""
    if not date:
        return None
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", date) or not _exists(date):
        return ox.Literal(date)
    return ox.Literal(date, datatype=node(_DATE_TYPES[len(date)]))


def _exists(date: str) -> bool:
    try:
        calendar_date.fromisoformat(date + "0000-01-01"[len(date) :])
    except ValueError:
        return False
    return True


def whole_number(value: object) -> int:
    """The number that digits state, such as an offset or a count; 0 for anything else, whoever's data it is.

    >>> whole_number("12"), whole_number(12), whole_number("-1"), whole_number("9" * 99), whole_number(None)
    (12, 12, 0, 0, 0)
    """
    text = str(value)
    return int(text) if re.fullmatch(r"[0-9]{1,15}", text) else 0


def text_of(term: object) -> str:
    """An IRI or the text of a literal; empty for anything else."""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""
