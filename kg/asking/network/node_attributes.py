"""What is written on a node: a short label, a note, the full text, and where its words stand."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.asking.things.kinds import GRADE_COLOURS, KINDS, LACKS, TONES, is_statement
from kg.asking.things.loaded_triples import LoadedTriples, name_of
from kg.model.iris import PREFIXES
from kg.model.terms import whole_number
from kg.model.text.display import shortened
from kg.model.vocab import DCT, KG, OA, SKOS, local_name

LABEL = 96
"""Most characters of a label."""

SNIPPET = 150
"""Most characters of a passage that is shown as words around a name."""

_OPENING = re.compile(
    r"^(?:overall,? |however,? |in (?:most|many|some) cases,? )?"
    r"the (?:force|service|constabulary|organisation)(?:’s|'s)? (?=\w)",
    re.IGNORECASE,
)

Attributes = dict[str, str | int]


def statement_label(text: str, limit: int = LABEL) -> str:
    """A text as a label: without a stock opening, cut at a word.

    >>> statement_label("The force doesn’t always supervise investigations well")
    'Doesn’t always supervise investigations well'
    """
    text = " ".join(text.split())
    cut = _OPENING.sub("", text)
    return shortened(cut[:1].upper() + cut[1:] if cut else text, limit)


def around(text: str, start: int, end: int, limit: int = SNIPPET) -> str:
    """The words around ``text[start:end]``, cut at words on both sides.

    >>> around("Its response includes Operation Lantern and Operation Beacon.", 22, 39, 40)
    '…includes Operation Lantern and…'
    """
    if len(text) <= limit:
        return text
    room = max(0, limit - (end - start))
    left = max(0, min(start - room // 2, len(text) - limit))
    right = min(len(text), max(end, left + limit))
    if left:
        left = text.find(" ", left, start) + 1 or start
    if right < len(text):
        right = max(text.rfind(" ", end, right), end)
    return ("…" if left else "") + text[left:right].strip() + ("…" if right < len(text) else "")


def node_attributes(
    facts: LoadedTriples, iri: str, selector: str | None, focus: tuple[int, int] | None = None
) -> Attributes:
    """The attributes of a node; ``focus`` is where in the report a passage names what is looked at.

    Always: iri, type, label, text, note, colour, fill. Where known: quote, report, report_title, start, end,
    grade, polarity, remark (what the report does not state). ``start`` and ``end`` are offsets into the text
    of the report.
    """
    kind = facts.kind(iri)
    quote = facts.word(selector, OA.exact) if selector else None
    text = _text(facts, iri, kind, quote)
    node: Attributes = {"iri": iri, "type": kind, "label": _label(facts, iri, kind, text), "text": text}
    node |= {"note": _note(facts, iri, kind), **_colours(facts, iri, kind)}
    if selector is not None and quote is not None:
        node |= {"quote": quote, "start": facts.start(selector)}
        node["end"] = whole_number(facts.word(selector, OA.end)) or facts.start(selector) + len(quote)
        if focus and kind == "passage":
            node["label"] = around(quote, focus[0] - int(node["start"]), focus[1] - int(node["start"]))
    if lacks := LACKS.get(facts.word(iri, KG.sectionLacks) or ""):
        node["remark"] = lacks
    return node | _report(facts, iri, kind)


def _text(facts: LoadedTriples, iri: str, kind: str, quote: str | None) -> str:
    if kind == "judgement":
        return quote or _judged(facts, iri)
    if kind == "figure":
        measure = facts.word(iri, KG.measureText) or ""
        return " · ".join(filter(None, [facts.word(iri, KG.valueText) or facts.word(iri, KG.value), measure]))
    for predicate in (SKOS.prefLabel, KG.heading, KG.statement, DCT.title):
        if word := facts.word(iri, predicate):
            return word
    return quote or name_of(facts, iri)


def _label(facts: LoadedTriples, iri: str, kind: str, text: str) -> str:
    if kind == "judgement":
        return _judged(facts, iri)
    if kind == "passage":
        return shortened(text, SNIPPET)
    return statement_label(text) if is_statement(kind) else shortened(text, LABEL)


def _judged(facts: LoadedTriples, iri: str) -> str:
    area = facts.iri(iri, KG.area)
    return name_of(facts, area) if area else "Judgement"


def _note(facts: LoadedTriples, iri: str, kind: str) -> str:
    """A few words beside the kind: grade, sign of a finding, due date, number, dates of a report."""
    if kind == "judgement":
        grade = facts.iri(iri, KG.grade)
        return name_of(facts, grade).upper() if grade else ""
    if kind == "finding":
        return TONES[tone][1] if (tone := polarity(facts, iri)) else ""
    due = facts.word(iri, KG.due)
    issued = facts.word(iri, DCT.issued)
    return f"due {due}" if due else issued or facts.word(iri, KG.status) or ""


def polarity(facts: LoadedTriples, iri: str) -> str:
    """Positive, Negative, Mixed or Neutral; empty for what has none."""
    found = facts.iri(iri, KG.polarity) or ""
    tone = local_name(found)
    return tone if tone in TONES else ""


def grade_of(facts: LoadedTriples, iri: str) -> str:
    """The notation of a judgement's grade, empty for what has none."""
    grade = facts.iri(iri, KG.grade)
    return (facts.word(grade, SKOS.notation) or local_name(grade)) if grade else ""


def _colours(facts: LoadedTriples, iri: str, kind: str) -> Attributes:
    plain = KINDS[kind]
    if tone := polarity(facts, iri):
        _, _, fill, edge = TONES[tone]
        return {"fill": fill, "colour": edge, "polarity": tone.casefold()}
    if grade := grade_of(facts, iri):
        fill, edge = GRADE_COLOURS.get(grade, (plain.fill, plain.edge))
        return {"fill": fill, "colour": edge, "grade": grade}
    return {"fill": plain.fill, "colour": plain.edge}


def _report(facts: LoadedTriples, iri: str, kind: str) -> Attributes:
    report = facts.iri(iri, KG.report)
    if report is None or kind == "report":
        return {}
    body = facts.body(iri)
    title = facts.word(report, DCT.title) or name_of(facts, report)
    found: Attributes = {"report": report, "report_title": title}
    return found | ({"body": name_of(facts, body)} if body else {})


def compact(iri: str, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """An IRI with its prefix, or as it is.

    >>> compact("https://kg.example/ontology#mentions")
    'kg:mentions'
    """
    fitting = [(len(start), prefix) for prefix, start in prefixes.items() if iri.startswith(start)]
    if not fitting:
        return iri
    length, prefix = max(fitting)
    return f"{prefix}:{iri[length:]}"
