"""The one table of labels: what a mention can be of, and everything that depends on that alone.

A new label is a row here and a class of the same meaning in ``ontology/kg.ttl``. The shape of mentions in
``ontology/shapes.ttl`` and the JSON schema list the labels too, for those who read them without Python;
tests compare. How names of the label are found in a text is data in ``kg/nlp/patterns`` and
``ontology/vocabularies``.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.model.vocab import KG

METRIC = "METRIC"
"""The label of a mention that is the number of a figure; it refers to the figure, not to an entity."""


@dataclass(frozen=True, slots=True)
class Label:
    """A kind of entity, by the name that mentions carry.

    ``cls`` is the class of its entities and ``path`` the segment of their IRIs (``id/operation/…``).
    ``kind`` names one of them in pictures and lists, ``plural`` several, ``heading`` all of them in a
    legend; ``shape``, ``fill`` and ``edge`` are how a picture shows them (see ``kg.asking.network``).

    ``is_mentioned``: mentions have it (topics and measures are of passages and of figures). ``is_tagged``:
    the names in the vocabularies are found in texts. ``is_countable``: their plurals are found too, and
    ``always_counts``: also of names with a capital letter. ``is_owned``: what a text names so belongs to
    the body that the text is about, unless the vocabularies know it. ``is_shortened``: a longer name that
    ends in a shorter one of the same owner means the same. ``is_dated``: a year after the name belongs to it.
    """

    name: str
    cls: str
    path: str
    kind: str
    plural: str
    heading: str
    shape: str
    fill: str
    edge: str
    is_mentioned: bool = True
    is_tagged: bool = True
    is_countable: bool = False
    always_counts: bool = False
    is_owned: bool = False
    is_shortened: bool = False
    is_dated: bool = False


LABELS = (
    Label(
        "FORCE", KG.InspectedBody, "force", "inspected body", "inspected bodies", "Inspected bodies",
        "round", "#d5dff6", "#142d6b",
    ),
    Label(
        "OPERATION", KG.Operation, "operation", "operation", "operations", "Operations",
        "slanted", "#d3ecfa", "#085682", is_owned=True,
    ),
    Label(
        "UNIT", KG.Unit, "unit", "unit", "units", "Units",
        "round", "#e0f0f7", "#235f7d", is_countable=True, is_owned=True, is_shortened=True,
    ),
    Label(
        "BODY", KG.Body, "body", "body", "bodies", "Boards and panels",
        "pill", "#d7f0f0", "#0d5c60",
        is_countable=True, always_counts=True, is_owned=True, is_shortened=True,
    ),
    Label(
        "ORGANISATION", KG.Organisation, "organisation", "organisation", "organisations", "Organisations",
        "pill", "#e2ecdf", "#3b5c2c", is_countable=True,
    ),
    Label(
        "PERSON", KG.Person, "person", "person", "people", "People",
        "pill", "#fae1ee", "#8a2460",
    ),
    Label(
        "ROLE", KG.Role, "role", "role", "roles", "Roles",
        "pill", "#fae9f1", "#8a2460", is_countable=True, always_counts=True,
    ),
    Label(
        "LEGISLATION", KG.Legislation, "legislation", "legislation", "legislation", "Laws",
        "note", "#efe9dc", "#5f4f22", is_countable=True, always_counts=True, is_dated=True,
    ),
    Label(
        "PROGRAMME", KG.Programme, "programme", "programme", "programmes", "Programmes",
        "slanted", "#e9e6fb", "#493c9c", is_countable=True, is_owned=True, is_dated=True,
    ),
    Label(
        "DOCUMENT", KG.NamedDocument, "document", "document", "documents", "Documents",
        "note", "#f0ecf6", "#5a4674", is_countable=True, is_owned=True, is_dated=True,
    ),
    Label(
        "SYSTEM", KG.System, "system", "system", "systems", "Systems",
        "ticket", "#e3eef0", "#35585f", is_countable=True, is_owned=True,
    ),
    Label(
        "PLACE", KG.Place, "place", "place", "places", "Places",
        "round", "#efece7", "#5c4f3d",
    ),
    Label(
        "GRADE", KG.Grade, "grade", "grade", "grades", "Grades",
        "pill", "#eef0f2", "#424b57", is_tagged=False,
    ),
    Label(
        "AREA", KG.Area, "area", "area", "areas", "Areas",
        "hexagon", "#dfe6fa", "#2a3f96", is_tagged=False,
    ),
    Label(
        "PERIOD", KG.Period, "period", "period", "periods", "Periods",
        "pill", "#f1efe9", "#5c5343", is_tagged=False,
    ),
    Label(
        "TOPIC", KG.Topic, "topic", "topic", "topics", "Topics",
        "pill", "#eceff3", "#434d5b", is_mentioned=False, is_tagged=False,
    ),
    Label(
        "MEASURE", KG.Measure, "measure", "measure", "measures", "Measures",
        "pill", "#efe9f8", "#553490", is_mentioned=False, is_tagged=False,
    ),
)  # fmt: skip
"""Every label, in the order in which lists show them."""

LABEL = {label.name: label for label in LABELS}
"""Labels by name."""

MENTION_LABELS = (*(label.name for label in LABELS if label.is_mentioned), METRIC)
"""What the label of a mention can be."""

TAGGED = tuple(label.name for label in LABELS if label.is_tagged)
"""The labels whose names in the vocabularies are found in texts."""
