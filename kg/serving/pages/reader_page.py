"""The whole text of a report with everything marked that was read in it."""

from __future__ import annotations

from dataclasses import replace

from kg.asking.things.kinds import KINDS
from kg.model.labels import LABELS as ALL_LABELS
from kg.model.terms import whole_number
from kg.model.text.bullets import after_bullet
from kg.model.text.display import shortened
from kg.model.vocab import local_name
from kg.serving.http.messages import Response
from kg.serving.pages import queries
from kg.serving.pages.labels import names
from kg.serving.pages.marking import Mark, cut
from kg.serving.pages.queries import bound
from kg.serving.pages.rendering import page
from kg.serving.pages.report_page import outline, report_facts
from kg.serving.pages.source import PageSource
from kg.serving.pages.statements import Shown, once_each, rows
from kg.serving.pages.thing_parts import Answers

CLASSES = {
    "judgement": KINDS["judgement"].plural.capitalize(),
    "finding": f"{KINDS['finding'].label.capitalize()} headings",
    "need": KINDS["need"].plural.capitalize(),
    "concern": f"{KINDS['concern'].plural.capitalize()} and boxes",
    "figure": KINDS["figure"].plural.capitalize(),
}
"""The classes of highlight besides the mentions, with the words of the legend."""
LABELS = {label.name.lower(): label.heading for label in ALL_LABELS if label.is_mentioned}
"""The labels of mentions, with the words of the legend. METRIC is left: it is the figure."""


def reader_page(site: PageSource, path: str, iri: str, show: str) -> Response | None:
    """The whole text by passages, each cut into pieces; ``show`` names classes (with commas) or is empty.

    None where the IRI is no report's.
    """
    name = names(site, [iri])[iri]
    if name.kind != "report":
        return None
    answers = site.ask_all({
        "facts": bound(queries.REPORT_FACTS, report=iri), "statements": bound(queries.STATEMENTS, report=iri),
        "figures": bound(queries.FIGURES, report=iri), "mentions": bound(queries.MENTIONS_IN, report=iri),
        "passages": bound(queries.PASSAGES, report=iri), "sections": bound(queries.SECTIONS, report=iri),
    })  # fmt: skip
    every = _marks(site, answers)
    known = {**CLASSES, **LABELS}
    wanted = {word.strip().lower() for word in show.split(",")}
    chosen = [kind for kind in known if not show or wanted & {kind, kind + "s", known[kind].lower()}]
    marks = [mark for mark in every if mark.kind in chosen]
    present = {mark.kind for mark in every}
    counts = {kind: sum(mark.kind == kind for mark in every) for kind in known if kind in present}
    return page("reader.html", {
        "title": name.label,
        "path": path,
        "about": report_facts(site, answers["facts"]),
        "passages": _passages(site, answers, marks),
        "legend": [(kind, known[kind], count, kind in chosen) for kind, count in counts.items()],
        "mentions_from": next((kind for kind in counts if kind in LABELS), None),
    })  # fmt: skip


def _passages(site: PageSource, answers: Answers, marks: list[Mark]) -> list[Shown]:
    depths = {str(row["passage"]): whole_number(row["depth"]) for row in outline(site, answers["sections"])}
    headings = {mark.start for mark in marks if mark.kind == "finding"}
    shown: list[Shown] = []
    page, seen, done = None, 0, set[Mark]()
    for row in rows(site, answers["passages"]):
        start, end, text = whole_number(row["start"]), whole_number(row["end"]), str(row["exact"])
        while seen < len(marks) and marks[seen].start < start and marks[seen].end <= start:
            seen += 1
        near = [mark for mark in marks[seen:] if mark.start < end and mark.end > start]
        fresh = [mark for mark in near if mark not in done]
        done.update(near)
        shown.append({
            "anchor": local_name(str(row["passage"])), "start": start, "end": end,
            "page": row["page"] if row["page"] != page else None,
            "heading": min(depths.get(str(row["passage"]), 0) + 1, 6) if str(row["passage"]) in depths else 0,
            "finding": start in headings,
            "item": after_bullet(text) > 0,
            "pieces": cut(text, start, near, fresh),
        })  # fmt: skip
        page = row["page"]
    return shown


def _marks(site: PageSource, answers: Answers) -> list[Mark]:
    """All that was read in a report as marks, in the order of the text."""
    marks: list[Mark] = []
    statements = rows(site, answers["statements"])
    anchored = [(row["statement"], row["start"]) for row in once_each(statements)]
    for row in statements:
        kind = str(row["type"]) if row["type"] in CLASSES else "concern"
        tone = f"{str(row['polarity']).lower()} " if row["polarity"] else ""
        said = shortened(str(row["heading"] or ""), 90)
        if row["grade"]:
            said = f"{row['area'] or 'Overall'}: {row['grade']}"
        mark = _mark(row, kind, f"{tone}{row['type_label']}{': ' + said if said else ''}")
        marks.append(mark if (row["statement"], row["start"]) in anchored else replace(mark, anchor=""))
    for row in rows(site, answers["figures"]):
        said = str(row["concept_name"] or row["measure"] or "no measure named")
        marks.append(_mark(row, "figure", f"figure ({row['unit'] or 'no unit'}): {said}"))
    for row in rows(site, answers["mentions"]):
        kind = str(row["label"]).lower()
        if kind in LABELS:
            marks.append(_mark(row, kind, f"{kind}: {row['name'] or 'not named'}"))
    return sorted(set(marks), key=lambda mark: (mark.start, mark.end, mark.kind, mark.anchor, mark.title))


def _mark(row: Shown, kind: str, title: str) -> Mark:
    href = str(row["href"]) if row["href"] else None
    start, end = whole_number(row["start"]), whole_number(row["end"])
    return Mark(start, end, kind, href, title, local_name(str(row["statement"])))
