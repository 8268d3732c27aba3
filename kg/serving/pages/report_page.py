"""The page of a report, and the view of its whole text with everything marked that was read in it."""

from __future__ import annotations

import pyoxigraph as ox

from kg.asking.sparql.parameters import with_values
from kg.asking.things.kinds import KINDS
from kg.model.labels import LABELS as ALL_LABELS
from kg.model.text.bullets import after_bullet
from kg.serving.pages import facts as asked
from kg.serving.pages import questions
from kg.serving.pages.facts import Shown, rows
from kg.serving.pages.marking import Mark, cut
from kg.serving.pages.naming import ending, short
from kg.serving.pages.rendering import link
from kg.serving.pages.source import PageSource

_FACTS = """SELECT ?title ?id ?kind ?body ?bodyIri ?framework ?frameworkIri ?issued ?begin ?finish ?publisher
  ?inspector ?web ?licence ?file ?format ?length {
  # VALUES ?report
  OPTIONAL { ?report dct:title ?title } OPTIONAL { ?report dct:identifier ?id }
  OPTIONAL { ?report kg:reportKind ?kind } OPTIONAL { ?report dct:issued ?issued }
  OPTIONAL { ?report kg:inspectedBody ?bodyIri OPTIONAL { ?bodyIri skos:prefLabel ?body } }
  OPTIONAL { ?report kg:framework ?frameworkIri OPTIONAL { ?frameworkIri dct:title ?framework } }
  OPTIONAL { ?report kg:inspectionBegin ?begin } OPTIONAL { ?report kg:inspectionEnd ?finish }
  OPTIONAL { ?report dct:publisher/skos:prefLabel ?publisher }
  OPTIONAL { ?report kg:inspector/skos:prefLabel ?inspector }
  OPTIONAL { ?report dcat:landingPage ?web } OPTIONAL { ?report dct:license ?licence }
  OPTIONAL { ?report kg:text ?text . OPTIONAL { ?text kg:length ?length }
    OPTIONAL { ?text prov:wasDerivedFrom ?source OPTIONAL { ?source dct:title ?file }
      OPTIONAL { ?source dct:format ?format } } }
} ORDER BY ?bodyIri ?inspector ?file"""
_CATALOGUED = "SELECT ?fact {\n # VALUES ?report\n ?report kg:fromCatalogue ?fact } ORDER BY ?fact"
_COVERAGE = """SELECT ?what ?captured ?outOf {
  # VALUES ?report
  ?coverage a kg:Coverage ; kg:report ?report ; kg:what ?what ; kg:captured ?captured ; kg:outOf ?outOf .
} ORDER BY ?what"""
_NOTICES = """SELECT ?statement ?message ?start ?end ?exact {
  # VALUES ?report
  ?statement a kg:Notice ; kg:report ?report ; kg:message ?message .
  OPTIONAL { ?statement kg:evidence?/oa:hasSelector ?selector .
    ?selector oa:start ?start ; oa:end ?end ; oa:exact ?exact }
} ORDER BY ?start ?message ?statement"""
_GRADES = questions.GRADES.replace("{\n", "{\n  # VALUES ?report\n", 1)
_MENTIONS = """SELECT ?statement ?label ?start ?end ?name {
  # VALUES ?report
  ?statement a kg:Mention ; kg:report ?report ; kg:label ?label ; kg:evidence/oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end .
  OPTIONAL { ?statement kg:refersTo/skos:prefLabel ?name }
} ORDER BY ?start ?end ?statement ?name"""
COVERED = {
    "headings": "headings that were understood", "lines": "lines of the report that belong to a section",
    "names": "names in the text that were recognised", "numbers": "numbers in the text that were read",
    "sentences": "sentences that a statement rests on", "dates": "dates that were understood",
}  # fmt: skip
"""What the counts of coverage mean, in words."""
CLASSES = {
    "judgement": "Judgements", "finding": "Finding headings", "need": "Needs",
    "concern": "Concerns and boxes", "figure": "Figures",
}  # fmt: skip
"""The classes of highlight besides the mentions, with the words of the legend."""
LABELS = {label.name.lower(): label.heading for label in ALL_LABELS if label.is_mentioned}
"""The labels of mentions, with the words of the legend. METRIC is left: it is the figure."""


def report_page(site: PageSource, iri: str) -> Shown:
    """What the page of a report shows, besides what every thing has."""
    statements = rows(site, asked.STATEMENTS, report=iri)
    asked.with_events(site, statements, source=iri)
    counts: dict[str, int] = {}
    for row in statements:
        counts[str(row["word"])] = counts.get(str(row["word"]), 0) + 1
    grades = site.ask(with_values(_GRADES, {"report": ox.NamedNode(iri)})).dicts()
    return {
        "about": about(site, iri),
        "catalogued": [str(row["fact"]) for row in rows(site, _CATALOGUED, report=iri)],
        "areas": asked.by_area(statements),
        "counts": {(KINDS[word].plural if count > 1 else word): count for word, count in counts.items()},
        "concerns": asked.concerns_of(statements),
        "heat": questions.heat_tables(grades),
        "figures": rows(site, asked.FIGURES, report=iri),
        "coverage": [_share(row) for row in rows(site, _COVERAGE, report=iri)],
        "notices": rows(site, _NOTICES, report=iri),
        "outline": _outline(site, iri),
        "link": lambda thing: link(site, thing),
    }


def about(site: PageSource, iri: str) -> Shown:
    """The facts of a report; where a fact has several values, they are joined."""
    found = rows(site, _FACTS, report=iri)
    joined = {key: sorted({str(row[key]) for row in found if row.get(key) is not None}) for key in found[0]}
    facts: Shown = {key: ", ".join(values) for key, values in joined.items()}
    for key in ("bodyIri", "frameworkIri"):
        facts[key.replace("Iri", "Href")] = link(site, joined[key][0]) if joined[key] else None
    return facts


def _share(row: Shown) -> Shown:
    captured, total = int(str(row["captured"])), int(str(row["outOf"]))
    what = str(row["what"])
    percent = f"{100 * captured / total:.0f} %" if total else "–"
    words = COVERED.get(what, what)
    return {"words": words, "captured": captured, "total": total, "percent": percent}


def _outline(site: PageSource, iri: str) -> list[Shown]:
    """The sections in the order of the text, with ``depth`` (1, 2, …) that never skips a level."""
    outline: list[Shown] = []
    above: list[int] = []
    for row in rows(site, asked.SECTIONS, report=iri):
        level = int(str(row["level"]))
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        outline.append({**row, "depth": len(above), "anchor": ending(str(row["passage"]))})
    return outline


# --- the reader's view -------------------------------------------------------------------------------


def reader_page(site: PageSource, iri: str, show: str) -> Shown:
    """The whole text by passages, each cut into pieces; ``show`` names classes (with commas) or is empty."""
    every = _marks(site, iri)
    known = {**CLASSES, **LABELS}
    wanted = {word.strip().lower() for word in show.split(",")}
    chosen = [kind for kind in known if not show or wanted & {kind, kind + "s", known[kind].lower()}]
    marks = [mark for mark in every if mark.kind in chosen]
    present = {mark.kind for mark in every}
    counts = {kind: sum(mark.kind == kind for mark in every) for kind in known if kind in present}
    return {
        "about": about(site, iri),
        "passages": _passages(site, iri, marks),
        "legend": [(kind, known[kind], count, kind in chosen) for kind, count in counts.items()],
        "mentions_from": next((kind for kind in counts if kind in LABELS), None),
    }


def _passages(site: PageSource, iri: str, marks: list[Mark]) -> list[Shown]:
    depths = {str(row["passage"]): int(str(row["depth"])) for row in _outline(site, iri)}
    headings = {mark.start for mark in marks if mark.kind == "finding"}
    shown: list[Shown] = []
    page, seen, done = None, 0, set[Mark]()
    for row in rows(site, asked.PASSAGES, report=iri):
        start, end, text = int(str(row["start"])), int(str(row["end"])), str(row["exact"])
        while seen < len(marks) and marks[seen].start < start and marks[seen].end <= start:
            seen += 1
        near = [mark for mark in marks[seen:] if mark.start < end and mark.end > start]
        fresh = [mark for mark in near if mark not in done]
        done.update(near)
        shown.append({
            "anchor": ending(str(row["passage"])), "start": start, "end": end,
            "page": row["page"] if row["page"] != page else None,
            "heading": min(depths.get(str(row["passage"]), 0) + 1, 6) if str(row["passage"]) in depths else 0,
            "finding": start in headings,
            "item": after_bullet(text) > 0,
            "pieces": cut(text, start, near, fresh),
        })  # fmt: skip
        page = row["page"]
    return shown


def _marks(site: PageSource, iri: str) -> list[Mark]:
    """All that was read in a report as marks, in the order of the text."""
    marks: list[Mark] = []
    for row in rows(site, asked.STATEMENTS, report=iri):
        word = str(row["word"])
        kind = word if word in CLASSES else "concern"
        tone = f"{str(row['polarity']).lower()} " if row["polarity"] else ""
        said = short(str(row["heading"] or ""), 90)
        if row["grade"]:
            said = f"{row['area'] or 'Overall'}: {row['grade']}"
        marks.append(_mark(row, kind, f"{tone}{word}{': ' + said if said else ''}"))
    for row in rows(site, asked.FIGURES, report=iri):
        said = str(row["conceptName"] or row["measure"] or "no measure named")
        marks.append(_mark(row, "figure", f"figure ({row['unit'] or 'no unit'}): {said}"))
    for row in rows(site, _MENTIONS, report=iri):
        kind = str(row["label"]).lower()
        if kind in LABELS:
            marks.append(_mark(row, kind, f"{kind}: {row['name'] or 'not named'}"))
    return sorted(set(marks), key=lambda mark: (mark.start, mark.end, mark.kind, mark.anchor))


def _mark(row: Shown, kind: str, title: str) -> Mark:
    href = str(row["href"]) if row["href"] else None
    start, end = int(str(row["start"])), int(str(row["end"]))
    return Mark(start, end, kind, href, title, ending(str(row["statement"])))
