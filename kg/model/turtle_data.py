"""Turtle files of the ontology as values by subject and property, for those that make records of them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg.model.errors import CannotUnderstand
from kg.model.ontology import TERM_FILES, ontology_dir
from kg.model.vocab import DCT, KG, RDF, SKOS, local_name, under_base


def own_quads(file: Path) -> list[ox.Quad]:
    """The quads of a Turtle file of the ontology, under the base of this process.

    Raises SyntaxError or ValueError for what is no Turtle.
    """
    text = under_base(file.read_bytes().decode("utf-8", "surrogateescape"))
    return list(ox.parse(text.encode("utf-8", "surrogateescape"), format=ox.RdfFormat.TURTLE))


class TurtleData:
    """The triples of Turtle files by subject and property; remembers which file a subject stands in."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], list[str]] = {}
        self.files: dict[str, str] = {}

    def add(self, file: Path) -> None:
        try:
            triples = own_quads(file)
        except (SyntaxError, ValueError) as error:
            raise CannotUnderstand(f"{file.name}: not Turtle: {error}") from error
        for triple in triples:
            subject = str(getattr(triple.subject, "value", triple.subject))
            self.files.setdefault(subject, file.name)
            self.values.setdefault((subject, triple.predicate.value), []).append(
                str(getattr(triple.object, "value", ""))
            )

    def all(self, subject: str, term: str) -> tuple[str, ...]:
        return tuple(sorted(set(self.values.get((subject, term), ()))))

    def one(self, subject: str, term: str) -> str | None:
        values = self.all(subject, term)
        if len(values) > 1:
            raise self.error(subject, f"has {len(values)} values of {short_term(term)}, may have one")
        return values[0] if values else None

    def need(self, subject: str, term: str) -> str:
        value = self.one(subject, term)
        if value is None:
            raise self.error(subject, f"needs {short_term(term)}")
        return value

    def number(self, subject: str, term: str) -> int:
        value = self.need(subject, term)
        if not re.fullmatch(r"\d{1,6}", value):
            raise self.error(subject, f"{short_term(term)} is {value!r}, should be a whole number")
        return int(value)

    def flag(self, subject: str, term: str, default: bool) -> bool:
        value = self.one(subject, term)
        return default if value is None else value in ("true", "1")

    def properties(self, subject: str) -> list[str]:
        """The properties that a subject has, in order."""
        return sorted(term for s, term in self.values if s == subject)

    def of_class(self, cls: str) -> list[str]:
        return sorted(s for (s, term), values in self.values.items() if term == RDF.type and cls in values)

    def pointing(self, term: str, target: str, cls: str) -> list[str]:
        """Things of a class that point to a target by a property."""
        return [s for s in self.of_class(cls) if target in self.all(s, term)]

    def error(self, subject: str, what: str) -> CannotUnderstand:
        name = local_name(subject)
        return CannotUnderstand(f"{self.files.get(subject, 'Turtle')}: {name} {what}")


@cache
def ontology_data() -> TurtleData:
    """What the ontology says of its own terms; read once, to be looked at and not added to."""
    data = TurtleData()
    for name in TERM_FILES:
        data.add(ontology_dir() / name)
    return data


def short_term(term: str) -> str:
    """The term with its usual prefix: kg:Figure."""
    for prefix, namespace in (("kg", KG), ("skos", SKOS), ("dct", DCT)):
        if term.startswith(namespace.iri):
            return f"{prefix}:{term.removeprefix(namespace.iri)}"
    return term
