"""Namespaces, the closed list of our terms, and how IRIs are made.

A term that the ontology does not have is an error at its first use: ``KG.findng`` raises. A test compares
the list here with ``ontology/kg.ttl`` in both directions.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache
from pathlib import Path

BASE = "https://kg.example/"
"""Base of the ontology, of the vocabularies and, unless told otherwise, of what is minted."""


class Namespace:
    """A namespace; ``ns.Name`` is the IRI as a string. ``names`` closes it: others raise AttributeError.

    >>> KG.Finding
    'https://kg.example/ontology#Finding'
    """

    def __init__(self, iri: str, names: str | None = None) -> None:
        self.iri = iri
        self.names = None if names is None else frozenset(names.split())

    @property
    def words(self) -> frozenset[str]:
        """The names of a closed namespace."""
        return self.names or frozenset()

    def __getattr__(self, name: str) -> str:
        if name.startswith("__") or (self.names is not None and name not in self.names):
            raise AttributeError(f"{self.iri} has no term {name!r}")
        term = self.__dict__[name] = self.iri + name  # found at once from now on
        return term

    def __getitem__(self, name: str) -> str:
        """``ns["class"]`` for a name that Python reserves."""
        return self.__getattr__(name)


KG = Namespace(
    BASE + "ontology#",
    """
    Area AreaForImprovement Body Box BoxKind CauseOfConcern Concern Coverage Derivation Entity Figure
    Finding FireService Framework Grade GradeScheme ImprovementNeed InnovativePractice InspectedBody
    Judgement Legislation Link LocalAuthority Measure Mention Mixed NamedDocument Negative Neutral Notice
    Operation Organisation Passage Period Person Place Polarity PoliceForce Positive Programme
    PromisingPractice Recommendation Report ReportKind ReportText Role Section SourceFile Span
    StatedConcern Statement StatusEvent System Topic Unit Wording
    about annexHeading area attribution base baseValue basis bodyKind bodyNoun bodyPattern captured
    changeFrom code comparatorValue comparedWith confidence dateLabel denominator derived direction due
    dueDerived dueText earlier evidence finding followsUp fragment framework fromCatalogue grade
    gradeNotePattern gradeScheme graded group hasFigure heading inPassage inSection inspectedBody
    inspectionBegin inspectionEnd inspectionLabel inspector inspectorLabel inspectorTitle interval
    intervalLevel judgementPattern keyword knowsBox knowsKind label later leadIn length level
    mainFindingsHeading measure measureText mentions message nominal number numerator order outOf
    overviewHeading ownedBy page partOf pattern period periodBegin periodEnd polarity population previous
    programmePattern publisherName publisherPattern questionPattern rank recognisedBy refersTo relatedConcern
    report reportKind saidBy sectionHeading sentence sha256 statement status summaryHeading supportedBy text
    textSha256 titlePattern topicHeading unit usesWording value valueText what
    """,
)
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
DCT = Namespace("http://purl.org/dc/terms/")
PROV = Namespace("http://www.w3.org/ns/prov#")
OA = Namespace("http://www.w3.org/ns/oa#")
ORG = Namespace("http://www.w3.org/ns/org#")
TIME = Namespace("http://www.w3.org/2006/time#")
QB = Namespace("http://purl.org/linked-data/cube#")
VOID = Namespace("http://rdfs.org/ns/void#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")

ENTITY_PATHS = {
    "FORCE": "force",
    "OPERATION": "operation",
    "UNIT": "unit",
    "BODY": "body",
    "ORGANISATION": "organisation",
    "PERSON": "person",
    "ROLE": "role",
    "LEGISLATION": "legislation",
    "PROGRAMME": "programme",
    "DOCUMENT": "document",
    "SYSTEM": "system",
    "PLACE": "place",
    "PERIOD": "period",
    "AREA": "area",
    "GRADE": "grade",
    "TOPIC": "topic",
    "MEASURE": "measure",
}
"""Mention label (and TOPIC, MEASURE) to the path segment of its entities' IRIs."""

ENTITY_CLASSES = {
    "FORCE": KG.InspectedBody,
    "OPERATION": KG.Operation,
    "UNIT": KG.Unit,
    "BODY": KG.Body,
    "ORGANISATION": KG.Organisation,
    "PERSON": KG.Person,
    "ROLE": KG.Role,
    "LEGISLATION": KG.Legislation,
    "PROGRAMME": KG.Programme,
    "DOCUMENT": KG.NamedDocument,
    "SYSTEM": KG.System,
    "PLACE": KG.Place,
    "PERIOD": KG.Period,
    "AREA": KG.Area,
    "GRADE": KG.Grade,
    "TOPIC": KG.Topic,
    "MEASURE": KG.Measure,
}
"""Mention label (and TOPIC, MEASURE) to the class of its entities."""

PREFIXES = {
    "kg": KG.iri,
    "dcat": DCAT.iri,
    "dct": DCT.iri,
    "oa": OA.iri,
    "org": ORG.iri,
    "prov": PROV.iri,
    "qb": QB.iri,
    "rdf": RDF.iri,
    "rdfs": RDFS.iri,
    "skos": SKOS.iri,
    "time": TIME.iri,
    "void": VOID.iri,
    "xsd": XSD.iri,
    "graph": BASE + "graph/",
    "report": BASE + "report/",
    "framework": BASE + "id/framework/",
    "authority": BASE + "id/authority/",
    "fire": BASE + "id/fire/",
    "grades": BASE + "id/grades/",
    **{path: f"{BASE}id/{path}/" for path in ENTITY_PATHS.values()},
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


def entity_iri(label: str, name: str, owner: str | None = None, base: str = BASE) -> str:
    """The IRI of the entity of this label (or TOPIC, MEASURE) and name; ``owner`` is its force's IRI.

    >>> entity_iri("UNIT", "control room", owner="https://kg.example/id/force/west-midlands")
    'https://kg.example/id/unit/west-midlands--control-room'
    """
    local = slug(name)
    if owner is not None:
        local = owner.rpartition("/")[2] + "--" + local
    return f"{base}id/{ENTITY_PATHS[label]}/{local}"


def period_iri(begin: str | None, end: str | None, base: str = BASE) -> str:
    """The IRI of a period; an open bound is written ``open``.

    >>> period_iri("2022-04-01", "2023-03-31")
    'https://kg.example/id/period/2022-04-01--2023-03-31'
    """
    return f"{base}id/period/{begin or 'open'}--{end or 'open'}"


def period_bounds(iri: str) -> tuple[str | None, str | None]:
    """The dates in the IRI of a period; None for an open bound.

    >>> period_bounds("https://kg.example/id/period/2023-03-31--open")
    ('2023-03-31', None)
    """
    begin, _, end = iri.rpartition("/")[2].partition("--")
    return (None if begin == "open" else begin or None), (None if end == "open" else end or None)


def report_iri(report_id: str, base: str = BASE) -> str:
    return f"{base}report/{report_id}"


def graph_iri(report_id: str, base: str = BASE) -> str:
    return f"{base}graph/{report_id}"


@cache
def ontology_dir() -> Path:
    """The folder of the ontology: inside the installed package, or beside it in a checkout."""
    here = Path(__file__).resolve().parent.parent
    inside = here / "ontology"
    return inside if inside.is_dir() else here.parent / "ontology"
