"""The scheme of our IRIs: every one is made, and taken apart again, here (the last part by ``vocab``).

Under a base (``https://kg.example/``) there are

- ``id/{path}/{slug}``: things that reports speak of; ``path`` is that of the label or of the kind of body;
- ``report/{id}``: a report, and ``report/{id}/{part}-…``: what its text says (see PARTS);
- ``graph/{id}``: the graph of a report's statements; ``graph/dataset``, ``graph/links``, … hold others;
- ``dataset``: all of it, and ``ontology#…``: our terms.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping

from kg.model.bodies import BodyKind, body_kinds
from kg.model.labels import LABEL, LABELS
from kg.model.version import __version__
from kg.model.vocab import (
    BASE,
    DCAT,
    DCT,
    FOAF,
    KG,
    OA,
    ORG,
    PROV,
    QB,
    RDF,
    RDFS,
    SCHEMA,
    SDMX,
    SH,
    SKOS,
    TIME,
    VOID,
    XSD,
    local_name,
)

_PREFIX = re.compile(r"[A-Za-z0-9_-]+")
PARTS = frozenset((
    "passage", "span", "selector", "section", "judgement", "finding", "need", "concern", "box", "mention",
    "figure", "notice", "coverage", "recognised", "text", "source", "reading", "link", "parallel", "status",
    "about", "reason", "event", "earlier",
))  # fmt: skip
"""What a report has parts of: places in its text, statements, and how it was read."""

PREFIXES = {
    "kg": KG.iri,
    "dcat": DCAT.iri,
    "dct": DCT.iri,
    "oa": OA.iri,
    "org": ORG.iri,
    "prov": PROV.iri,
    "qb": QB.iri,
    "foaf": FOAF.iri,
    "rdf": RDF.iri,
    "rdfs": RDFS.iri,
    "schema": SCHEMA.iri,
    "sdmx-attribute": SDMX.iri,
    "sh": SH.iri,
    "skos": SKOS.iri,
    "time": TIME.iri,
    "void": VOID.iri,
    "xsd": XSD.iri,
    "graph": BASE + "graph/",
    "report": BASE + "report/",
    "framework": BASE + "id/framework/",
    "grades": BASE + "id/grades/",
    "instant": BASE + "id/instant/",
    "code": BASE + "id/code/",
    **{kind.path: f"{BASE}id/{kind.path}/" for kind in body_kinds()},
    **{label.path: f"{BASE}id/{label.path}/" for label in LABELS},
}
"""Prefixes of every Turtle file and of every query; a query may use them without declaring them."""


def slug(text: str, limit: int = 60) -> str:
    """A readable IRI part of lower-case ASCII letters, digits and single hyphens.

    What is longer than ``limit`` is cut at a word and gets eight hex digits of its SHA-256, so that
    different texts keep different slugs. A text without any letter or digit gets its hash alone.

    >>> slug("Neighbourhood teams’ café")
    'neighbourhood-teams-cafe'
    """
    plain = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", "").replace("&", " and "))
    plain = plain.encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    if words and len(words) <= limit:
        return words
    return "-".join(filter(None, [words[:limit].rpartition("-")[0], short_hash(text, 8)]))


def short_hash(text: str, digits: int = 10) -> str:
    """The first hex digits of the SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()[:digits]


# --- things ------------------------------------------------------------------------------------------


def entity_iri(label: str, name: str, owner: str | None = None, base: str = BASE) -> str:
    """The IRI of the entity of this label (or TOPIC, MEASURE) and name; ``owner`` is its force's IRI.

    >>> entity_iri("UNIT", "control room", owner="https://kg.example/id/force/west-midlands")
    'https://kg.example/id/unit/west-midlands--control-room'
    """
    local = slug(name)
    if owner is not None:
        local = local_name(owner) + "--" + local
    return f"{base}id/{LABEL[label].path}/{local}"


def body_iri(kind: BodyKind, name: str, base: str = BASE) -> str:
    """The IRI of an inspected body of this kind and name."""
    return f"{base}id/{kind.path}/{slug(name)}"


def moved(iri: str, old: str, new: str) -> str:
    """The IRI of the same thing under another base; what is no thing under the old base stays.

    >>> moved("https://kg.example/id/unit/x", "https://kg.example/", "https://data.example/")
    'https://data.example/id/unit/x'
    """
    return new + iri.removeprefix(old) if iri.startswith(old + "id/") else iri


def period_iri(begin: str | None, end: str | None, base: str = BASE) -> str:
    """The IRI of a period; an open bound is written ``open``.

    >>> period_iri("2022-04-01", "2023-03-31")
    'https://kg.example/id/period/2022-04-01--2023-03-31'
    """
    return f"{base}id/{LABEL['PERIOD'].path}/{begin or 'open'}--{end or 'open'}"


def period_bounds(iri: str) -> tuple[str | None, str | None]:
    """The dates in the IRI of a period; None for an open bound.

    >>> period_bounds("https://kg.example/id/period/2023-03-31--open")
    ('2023-03-31', None)
    """
    begin, _, end = local_name(iri).partition("--")
    return (None if begin == "open" else begin or None), (None if end == "open" else end or None)


def instant_iri(date: str, edge: str, base: str = BASE) -> str:
    """The IRI of the first or the last moment of a day, an ISO date; ``edge`` is ``begin`` or ``end``.

    A period of one day begins and ends at two moments.

    >>> instant_iri("2023-03-31", "end")
    'https://kg.example/id/instant/2023-03-31-end'
    """
    return f"{base}id/instant/{date}-{edge}"


def code_iri(of: str, value: str) -> str:
    """The IRI of the concept of a value of a closed list, by what it is a value of.

    >>> code_iri("unit", "percent")
    'https://kg.example/id/code/unit--percent'
    """
    return f"{BASE}id/code/{of}--{slug(value)}"


def vocabulary_iri(name: str) -> str:
    """The IRI of a vocabulary: a scheme of concepts or other things."""
    return f"{BASE}id/vocabulary/{name}"


def software_iri() -> str:
    """The IRI of this version of this package, as provenance names it."""
    return f"{BASE}id/software/inspection-findings-kg-{__version__}"


# --- reports, their parts, graphs --------------------------------------------------------------------


def report_iri(report_id: str, base: str = BASE) -> str:
    """The IRI of a report by its id."""
    return f"{base}report/{report_id}"


def digested_id(report_id: str, content: str, digits: int = 16) -> str:
    """The id of a report that tells it from all others called so: by the SHA-256 of its file.

    >>> digested_id("kent", "0123456789abcdef" * 4)
    'kent-0123456789abcdef'
    """
    return f"{report_id}-{content[:digits]}"


def graph_iri(name: str, base: str = BASE) -> str:
    """The IRI of a graph: that of a report's statements by the report's id, or another by its name."""
    return f"{base}graph/{name}"


def dataset_iri(base: str = BASE, part: str = "") -> str:
    """The IRI of the dataset, or of a part of its description."""
    return f"{base}dataset" + (f"/{part}" if part else "")


def part_iri(report: str, part: str, local: str = "") -> str:
    """The IRI of a part of a report (by the report's IRI); raises ValueError for what is not in PARTS.

    >>> part_iri("https://kg.example/report/x", "finding", "officers-do-well")
    'https://kg.example/report/x/finding-officers-do-well'
    """
    if part not in PARTS:
        raise ValueError(f"a report has no parts called {part!r}")
    return f"{report}/{part}-{local}" if local else f"{report}/{part}"


def parse_part(iri: str) -> tuple[str, str, str] | None:
    """The report, the kind of part and the local name of a part's IRI; None for another IRI.

    >>> parse_part("https://kg.example/report/x/span-a009b579e3-4-9")
    ('https://kg.example/report/x', 'span', 'a009b579e3-4-9')
    """
    report, _, name = iri.rpartition("/")
    part, _, local = name.partition("-")
    return (report, part, local) if part in PARTS and "/report/" in report else None


def graph_of(iri: str) -> str | None:
    """The graph that holds the statements of a report, by the IRI of the report or of one of its parts.

    >>> graph_of("https://kg.example/report/x/finding-y"), graph_of("https://kg.example/id/force/z")
    ('https://kg.example/graph/x', None)
    """
    base, _, rest = iri.partition("/report/")
    return graph_iri(rest.partition("/")[0], base + "/") if rest else None


def report_of(graph: str) -> str | None:
    """The report of which a graph has the statements; None for an IRI that names no graph."""
    base, _, name = graph.partition("/graph/")
    return report_iri(name, base + "/") if name else None


def is_graph(iri: str) -> bool:
    """Whether an IRI, or a path under a base, names a graph."""
    return report_of("/" + iri) is not None


def base_of(graph: str) -> str | None:
    """The base under which a graph is named; None for an IRI that names no graph."""
    base, _, name = graph.partition("/graph/")
    return base + "/" if name else None


def prefixes_for(graphs: Iterable[str], prefixes: Mapping[str, str] = PREFIXES) -> dict[str, str]:
    """The standard prefixes and one for the parts of each report among these graphs.

    For one report it is ``r:``, for several it is made from their ids; an id that no prefix can be made
    from (``a%20b``, in the data of others) has none.
    """
    starts = {graph: report + "/" for graph in graphs if (report := report_of(graph))}
    if len(starts) == 1:
        return {**prefixes, "r": next(iter(starts.values()))}
    named = {"r-" + local_name(graph): start for graph, start in starts.items()}
    return {**{name: start for name, start in named.items() if _PREFIX.fullmatch(name)}, **prefixes}
