"""What the page of every thing shows: its properties, what leads to it, its words, where it is mentioned."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kg.asking.results import Results, term_text
from kg.model.terms import whole_number
from kg.model.vocab import local_name
from kg.serving.pages.labels import Name, named_cell
from kg.serving.pages.rendering import Cell, cell, link
from kg.serving.pages.source import PageSource
from kg.serving.pages.statements import Shown, rows

Answers = dict[str, Results]
"""What was asked of a thing, by name."""


@dataclass(frozen=True, slots=True)
class ThingPage:
    """The page of a kind of thing.

    ``applies`` is told the classes of a thing and what is asked of every thing; ``asks`` gives
    the queries that this kind needs besides, and ``shows`` what the template takes from all the answers, with
    the names of the things in them.
    """

    template: str
    applies: Callable[[frozenset[str], Answers], bool]
    asks: Callable[[str, Answers], dict[str, str]]
    shows: Callable[[PageSource, str, Answers, Mapping[str, Name]], Shown]
    shows_incoming: bool = True


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a thing, or one that leads to it, with all values."""

    name: Cell
    values: tuple[Cell, ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """The words that a statement rests on, with some before and after, and where they stand."""

    exact: str
    start: int
    end: int
    prefix: str = ""
    suffix: str = ""
    statement: Cell | None = None
    report: Cell | None = None


def properties(site: PageSource, results: Results, known: Mapping[str, Name]) -> list[Property]:
    """Rows (property, value, …) grouped by property, in their order; ``known`` has the names of values."""
    grouped: dict[str, list[Cell]] = {}
    called: dict[str, Cell] = {}
    for property_, value, *_ in results.terms:
        key = term_text(property_)
        called.setdefault(key, cell(site, property_, site.term_label(property_) or local_name(key)))
        grouped.setdefault(key, []).append(named_cell(site, value, known))
    return [Property(called[key], tuple(values[:100]), len(values) > 100) for key, values in grouped.items()]


def quotes(site: PageSource, results: Results, known: Mapping[str, Name]) -> list[Quote]:
    """Quotes from the rows of EVIDENCE and MENTIONS_OF; ``known`` has the names of reports."""
    found = []
    for terms, row in zip(results.terms, results.dicts(), strict=True):
        named = dict(zip(results.columns, terms, strict=True))
        found.append(
            Quote(
                str(row["exact"]),
                whole_number(row["start"]),
                whole_number(row["end"]),
                str(row["prefix"] or ""),
                str(row["suffix"] or ""),
                cell(site, named["statement"]) if named["statement"] else None,
                named_cell(site, named["report"], known) if named["report"] else None,
            )
        )
    return found


_FACTS = ("definition", "owner", "scheme", "broader", "begin", "finish")


def facts(site: PageSource, answers: Answers) -> Shown:
    """Definition, owner, scheme and the like of a thing (``about``), and its other names (``aliases``)."""
    found = rows(site, answers["about"])
    about: Shown = dict.fromkeys(_FACTS) | (found[0] if found else {})
    for key in ("owner", "scheme", "broader"):
        about[f"{key}_href"] = link(site, str(about[f"{key}Iri"])) if about.get(f"{key}Iri") else None
    return {"about": about, "aliases": [str(alias) for (alias,) in answers["aliases"].rows]}
