"""Why an area was graded as it was: the reasons that the graph has for a judgement, with their words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from html import escape
from textwrap import wrap
from typing import Any, Protocol

import pyoxigraph as ox

from kg.asking.results import Results
from kg.asking.sparql.parameters import Ask, find_body, iri_of, with_values
from kg.asking.things.kinds import LACKS
from kg.model.errors import Ambiguous, Unknown, refuse_long
from kg.model.terms import whole_number
from kg.model.text.comparing import name_key_without_article
from kg.model.text.months import first_and_last

BASES = {
    "because": "the report gives it as the ground",
    "concern": "stated as a concern about this area",
    "summary": "said of this area where the inspector sums up",
    "section": "in the section on this area",
    "part": "the grade of a part of this area",
    "influence": "in a section that the report says influences other grades, about what belongs to this area",
    "fact": "plain facts told below such a statement, which show it",
    "subject": "elsewhere in the report, about what belongs to this area",
}
"""What makes a statement a reason (``kg:basis`` of a ``kg:Reason``), in words; the strongest first."""
_JUDGEMENTS = """
SELECT DISTINCT ?judgement ?areaIri ?area ?name ?grade ?body ?report ?id ?title ?published ?inspected ?day
  ?lacks ?carried ?gradedIn WHERE {
  # VALUES ?body
  ?judgement a kg:Judgement ; kg:inspectedBody ?bodyIri ; kg:area ?areaIri ; kg:grade ?gradeIri ;
    kg:report ?report .
  FILTER(?bodyIri = ?body)
  ?areaIri skos:prefLabel ?area ; skos:prefLabel|skos:altLabel|skos:hiddenLabel ?name .
  ?gradeIri skos:prefLabel ?grade .
  ?report dct:identifier ?id .
  OPTIONAL { ?report dct:title ?title }
  OPTIONAL { ?report dct:issued ?published }
  OPTIONAL { ?report kg:inspectionBegin ?begin }
  OPTIONAL { ?report kg:inspectionEnd ?end }
  OPTIONAL { ?judgement kg:sectionLacks ?lacks }
  OPTIONAL { ?judgement kg:carriedOver ?carried . OPTIONAL { ?judgement kg:gradedIn ?gradedIn } }
  BIND(COALESCE(?end, ?begin) AS ?inspected)
  # A report that states no day of publication has its place by that of the inspection.
  BIND(STR(COALESCE(?published, ?inspected)) AS ?day)
} ORDER BY ?day ?id ?judgement ?name
"""
REASONS = """
SELECT DISTINCT ?reason ?statement ?kind ?bearing ?polarity ?basis ?weight ?section ?ground ?leadIn
  ?quote ?start ?end
WHERE {
  # VALUES ?judgement
  ?reason kg:reasonFor ?judgement ; kg:ofStatement ?statement ; kg:bearing ?bearing ; kg:basis ?basis ;
    kg:weight ?weight ; kg:polarity ?polarityIri ; kg:reasonWords/oa:hasSelector ?selector .
  ?selector oa:exact ?quote ; oa:start ?start ; oa:end ?end .
  ?statement a ?class FILTER(STRSTARTS(STR(?class), STR(kg:)))
  BIND(STRAFTER(STR(?class), "#") AS ?kind)
  BIND(LCASE(STRAFTER(STR(?polarityIri), "#")) AS ?polarity)
  OPTIONAL {
    ?statement (kg:inPassage?)/kg:inSection ?sectionIri . ?sectionIri dct:title ?sectionTitle .
    OPTIONAL { ?sectionIri kg:area/skos:prefLabel ?sectionArea }
    BIND(COALESCE(?sectionArea, ?sectionTitle) AS ?section)
  }
  OPTIONAL { ?reason kg:basisWords/oa:hasSelector/oa:exact ?ground }
  OPTIONAL { ?statement kg:leadInText ?leadIn }
} ORDER BY DESC(?weight) ?start
"""
"""The reasons of a judgement (bound by ``with_values``), one row for each of their words."""
LACKING = """
SELECT ?lacks WHERE {
  # VALUES ?judgement
  ?judgement kg:sectionLacks ?lacks .
} ORDER BY ?lacks
"""
"""What the section of a judgement does not state: a key of ``LACKS``."""
STATED = """
SELECT DISTINCT ?statement WHERE {
  # VALUES ?judgement
  ?judgement a kg:Judgement ; kg:area ?area ; kg:report ?report .
  ?sectionIri kg:area ?area .
  ?statement (kg:inPassage?)/kg:inSection ?sectionIri ; kg:report ?report ; a ?class .
  FILTER(?class IN (kg:Finding, kg:ImprovementNeed, kg:CauseOfConcern, kg:AreaForImprovement,
    kg:Recommendation, kg:PromisingPractice, kg:InnovativePractice))
} ORDER BY ?statement
"""
"""The findings, boxed items and needs in the report's own sections on the area of a judgement."""
_WORDS = """
SELECT DISTINCT ?name ?quote ?start ?end ?quoted WHERE {
  # VALUES ?judgement
  ?judgement kg:quotation|kg:evidence ?span .
  ?span oa:hasSelector ?selector .
  ?selector oa:exact ?quote ; oa:start ?start ; oa:end ?end .
  OPTIONAL { ?judgement kg:quotation ?toQuote . FILTER(?toQuote = ?span) }
  OPTIONAL { ?judgement kg:inspectedBody/skos:prefLabel ?name }
  BIND(BOUND(?toQuote) AS ?quoted)
} ORDER BY DESC(?quoted) ?start ?name
"""


@dataclass(frozen=True)
class Quote:
    """Words of the report that bear on a grade. ``start`` and ``end`` are characters of its text.

    ``basis`` is one of ``BASES``; ``ground`` are the report's own words that what stands in the section of
    the quote influences other grades; ``lead_in`` is the line above the quoted item that asks for it (“The
    force should make sure that:”): alone the words may read as praise. ``weight``, from 0 to 1, is
    what quotes are ordered by.
    """

    quote: str
    start: int
    end: int
    section: str | None
    statement: str
    kind: str
    bearing: str
    polarity: str
    basis: str
    weight: float
    ground: str | None = None
    lead_in: str | None = None

    def __str__(self) -> str:
        """The words in quotation marks, behind those of the line above that asks for them, in brackets.

        >>> print(Quote("each child has a plan", 90, 111, None, "", "", "", "", "", 0.1, lead_in="It must:"))
        [It must:] “each child has a plan”
        """
        return f"[{' '.join(self.lead_in.split())}] “{self.quote}”" if self.lead_in else f"“{self.quote}”"


@dataclass(frozen=True)
class Words:
    """Words of the report that give a grade, from character ``start`` to ``end`` of its text."""

    quote: str
    start: int
    end: int


@dataclass(frozen=True)
class Why:
    """A grade with its reasons, worked out from the report that gives it.

    ``words`` are those that give the grade, first those to quote. ``supports``, ``mixed`` and ``contrary``
    are quotes by their weight; a middle grade is supported by strengths and shortcomings (``polarity``)
    alike. ``note`` says what the report's own section on the area does not state, and where few quotes
    or none speak for the grade, how many statements there are in it (``notes_on``). ``others`` are the ids
    of the body's other reports that grade the area.
    """

    body: str
    area: str
    grade: str
    judgement: str
    report: str
    id: str
    title: str | None
    published: str | None
    inspected: str | None
    """The last day of the inspection, where the report states one, else the first."""
    words: tuple[Words, ...]
    supports: tuple[Quote, ...]
    mixed: tuple[Quote, ...]
    contrary: tuple[Quote, ...]
    note: str | None = None
    others: tuple[str, ...] = ()
    carried: str | None = None
    """Where the grade was given by an earlier inspection and still holds: the words that say so here."""

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """All quotes: what supports the grade first, what is contrary last."""
        return (*self.supports, *self.mixed, *self.contrary)

    def as_dict(self) -> dict[str, Any]:
        """Everything as plain values, for JSON."""
        return asdict(self)

    def __str__(self) -> str:
        return "\n".join(as_lines(self))

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        parts = [f"<h4>{escape(self.body)} · {escape(self.area)}: {escape(self.grade)}</h4>"]
        notes = (self.carried, self.note)
        parts += [f"<p>{escape(note)}</p>" for note in notes if note]
        for title, quotes in groups(self.quotes):
            items = "".join(f"<li>{escape(str(q))} <small>{escape(place_of(q))}</small></li>" for q in quotes)
            parts.append(f"<p>{escape(title)}</p><ul>{items}</ul>")
        return "".join([*parts, f"<p><small>{escape(DERIVED)}</small></p>"])


def groups(quotes: Sequence[Quote]) -> list[tuple[str, tuple[Quote, ...]]]:
    """The quotes under headings, without empty ones; contrary ones always stand apart."""

    def those(bearing: str, *signs: str) -> tuple[Quote, ...]:
        return tuple(q for q in quotes if q.bearing == bearing and (not signs or q.polarity in signs))

    found = [
        ("Reasons: shortcomings", those("supports", "negative")),
        ("Reasons: strengths", those("supports", "positive")),
        ("Reasons: good and bad in one", those("supports", "mixed")),
        ("Partly a reason, partly contrary", those("mixed")),
        ("Contrary to the grade", those("contrary")),
    ]
    return [(title, told) for title, told in found if told]


def few(quotes: Sequence[Quote]) -> str | None:
    """That hardly any words of the report speak for the grade, where that is so: there may be no more to it
    than is quoted.

    >>> few([Quote("Visits are late.", 0, 16, None, "", "", "supports", "", "", 0.1)])
    'Only 1 quote that speaks for the grade was found in the report.'
    """
    count = sum(quote.bearing == "supports" for quote in quotes)
    if count >= FEW or not quotes:
        return None
    if not count:
        return "No quote that speaks for the grade was found in the report."
    told = (
        "1 quote that speaks for the grade was"
        if count == 1
        else f"{count} quotes that speak for the grade were"
    )
    return f"Only {told} found in the report."


def notes_on(lacks: str | None, quotes: Sequence[Quote], stated: Collection[str]) -> list[str]:
    """What is said beside the quotes for a grade: what the section of the area does not state (a key of
    ``LACKS``), that few or none speak for the grade, and how many statements (``stated``) there are in it.

    >>> notes_on("section", [], [])
    ['The report has no section of its own on this area.', 'No reason was found in the report.']
    """
    told = [LACKS[lacks]] if lacks in LACKS else []
    hardly = few(quotes) if quotes else NOTHING
    if hardly is None:
        return told
    told.append(hardly)
    if stated and lacks != "section":
        speaking = len({q.statement for q in quotes if q.bearing == "supports"}.intersection(stated))
        told.append(
            "Findings, boxed items and needs in the report’s own section on this area: "
            f"{len(stated)}, speaking for the grade: {speaking}."
        )
    return told


def as_lines(why: Why, width: int = 100) -> list[str]:
    """The answer as lines for a terminal: quotes by what makes them reasons, each with its place."""
    lines = [f"{why.body} · {why.area}: {why.grade}"]
    lines += wrapped(why.carried, width) if why.carried else []
    if why.words:
        words = why.words[0]
        lines += wrapped(f"“{words.quote}” (characters {words.start}–{words.end})", width)
    dated = f", inspected up to {why.inspected}" if why.inspected else ", date unknown"
    if why.published:
        dated = f", published {why.published}"
    lines += wrapped(f"in {why.title or why.id} ({why.id}){dated}", width)
    if why.others:
        lines += wrapped(f"also graded in: {', '.join(why.others)}", width)
    lines += ["", *wrapped(why.note, width)] if why.note else []
    for title, quotes in groups(why.quotes):
        lines += ["", title]
        for basis in dict.fromkeys(quote.basis for quote in quotes):
            lines += wrapped(f"{BASES.get(basis, basis)}:", width, "  ")
            for quote in (q for q in quotes if q.basis == basis):
                lines += wrapped(f"- {quote}", width, "    ", "      ")
                lines += wrapped(place_of(quote), width, "      ")
    for ground in dict.fromkeys(quote.ground for quote in why.quotes if quote.ground):
        lines += ["", *wrapped(f"On influence the report says: “{ground}”", width)]
    return [*lines, "", DERIVED] if why.quotes else lines


FEW = 5
"""Up to how many quotes less one it is said that there are few."""
NOTHING = "No reason was found in the report."
DERIVED = "Which words bear on the grade is worked out; the words are the report’s."


def wrapped(text: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    """The text as lines of at most ``width`` columns, ``first`` before the first, ``rest`` before others."""
    return wrap(
        " ".join(text.split()), width, initial_indent=first,
        subsequent_indent=first if rest is None else rest, break_long_words=False,
    )  # fmt: skip


class Placed(Protocol):
    """Words of a report with their place."""

    @property
    def section(self) -> str | None: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def place_of(quote: Placed) -> str:
    """Where a quote stands, in words."""
    section = f"{quote.section}, " if quote.section else ""
    return f"{section}characters {quote.start}–{quote.end}"


def find_why(body: str, area: str, ask: Ask, *, report: str | None = None, year: int | None = None) -> Why:
    """The reasons for the grade of an area of a body, in the report of this id or year (of publication, else
    of inspection), or else in the latest that grades the area.

    Both are found by IRI or name. Raises Unknown with what comes close, Ambiguous for words of several, and
    where nobody knows which of two reports with different grades is the later.
    """
    refuse_long("the body", body)
    refuse_long("the area", area)
    found = iri_of(body) or find_body(body, ask)
    graded = ask(with_values(_JUDGEMENTS, {"body": found})).dicts()
    judgements = _of_area(graded, area, body)
    kept = _of_report(judgements, report, year)
    last = kept[-1]
    _refuse_unknown_order(last, kept)
    others = tuple(dict.fromkeys(str(j["id"]) for j in judgements if j["id"] != last["id"]))
    return _why(ox.NamedNode(str(last["judgement"])), last, others, ask)


Judged = dict[str, Any]


def _of_area(graded: Sequence[Judged], area: str, body: str) -> list[Judged]:
    """The judgements of the area that is called so, or has these words in a name, in the order of reports."""
    if not graded:
        raise Unknown(f'no report grades "{body}" (kg query grades lists what is graded)')
    key, iri = name_key_without_article(area), iri_of(area)
    words = set(key.split())
    exact = [j for j in graded if name_key_without_article(str(j["name"])) == key or _is(j, iri)]
    near = [j for j in graded if words and words <= set(name_key_without_article(str(j["name"])).split())]
    found = {str(j["judgement"]): j for j in exact or near}
    labels = sorted({str(j["area"]) for j in graded})
    if not found:
        raise Unknown.name("graded area", area, labels, f"of {body}")
    by_report: dict[str, set[str]] = {}
    for judged in found.values():
        by_report.setdefault(str(judged["id"]), set()).add(str(judged["area"]))
    several = next((sorted(areas) for areas in by_report.values() if len(areas) > 1), None)
    if several:
        raise Ambiguous(f'"{area}" means several areas: ' + ", ".join(f'"{label}"' for label in several))
    return list(found.values())


def _is(judged: Judged, iri: ox.NamedNode | None) -> bool:
    return iri is not None and iri.value in (judged["judgement"], judged["areaIri"])


def _of_report(judgements: Sequence[Judged], report: str | None, year: int | None) -> list[Judged]:
    """Those in the report of this id or IRI, and published in this year, or else inspected in it."""
    kept = [j for j in judgements if report is None or report in (j["id"], j["report"])]
    if not kept:
        raise Unknown.name("report that grades the area", str(report), [str(j["id"]) for j in judgements])
    if year is None:
        return kept
    for day in ("published", "inspected"):
        if dated := [j for j in kept if str(j[day] or "")[:4] == str(year)]:
            return dated
    known = ", ".join(dict.fromkeys(f"{j['id']} ({_days_of(j)})" for j in kept))
    raise Unknown(f"no report published or inspected in {year} grades the area; there is: {known}")


def _refuse_unknown_order(last: Judged, kept: Sequence[Judged]) -> None:
    """Raises Ambiguous where another grade may be as late: of the same day, or of a month that has it."""
    begin = first_and_last(str(last["day"] or ""))[0]
    others = [j for j in kept if j["id"] != last["id"] and j["grade"] != last["grade"]]
    rivals = [j for j in others if begin and first_and_last(str(j["day"] or ""))[1] >= begin]
    if rivals:
        told = "; ".join(f"{j['grade']} in {j['id']} ({_days_of(j)})" for j in (*rivals, last))
        raise Ambiguous(f"which of these grades is the later is not known, so name the report: {told}")


def _days_of(judged: Judged) -> str:
    """When a report was published and its inspection was, as far as it says so."""
    days = [f"{word} {judged[word]}" for word in ("published", "inspected") if judged[word] is not None]
    return ", ".join(days) or "no date stated"


def _why(judgement: ox.NamedNode, judged: Judged, others: tuple[str, ...], ask: Ask) -> Why:
    words = ask(with_values(_WORDS, {"judgement": judgement})).rows
    quotes = quotes_of(ask(with_values(REASONS, {"judgement": judgement})))
    stated = [str(one) for (one,) in ask(with_values(STATED, {"judgement": judgement})).rows]
    notes = notes_on(_text(judged["lacks"]), quotes, stated)
    told = {way: tuple(q for q in quotes if q.bearing == way) for way in ("supports", "mixed", "contrary")}
    return Why(
        body=str(words[0][0] if words else judged["body"]),
        area=str(judged["area"]),
        grade=str(judged["grade"]),
        judgement=judgement.value,
        report=str(judged["report"]),
        id=str(judged["id"]),
        title=judged["title"],
        published=None if judged["published"] is None else str(judged["published"]),
        inspected=None if judged["inspected"] is None else str(judged["inspected"]),
        words=tuple(
            dict.fromkeys(Words(str(quote), whole_number(a), whole_number(b)) for _, quote, a, b, _ in words)
        ),
        note=" ".join(notes) or None,
        others=others,
        carried=carried_over(judged["gradedIn"]) if judged["carried"] else None,
        **told,
    )


def carried_over(year: object) -> str:
    """What is said of a grade that is carried over from an earlier inspection.

    >>> print(carried_over("2017"))
    carried over: given by an earlier inspection (2017), not by this one
    """
    return f"carried over: given by an earlier inspection{f' ({year})' if year else ''}, not by this one"


def quotes_of(rows: Results) -> list[Quote]:
    """The quotes of reasons, heaviest first; those of one reason together, in the order of the text."""
    found: dict[tuple[str, int, int], Quote] = {}
    places: dict[str, int] = {}
    for row in rows.dicts():
        reason, start, end = str(row["reason"]), whole_number(row["start"]), whole_number(row["end"])
        places[reason] = min(start, places.get(reason, start))
        found[reason, start, end] = Quote(
            str(row["quote"]), start, end, _text(row["section"]), str(row["statement"]), str(row["kind"]),
            str(row["bearing"]), str(row["polarity"]), str(row["basis"]), float(str(row["weight"])),
            _text(row["ground"]), _text(row["leadIn"]),
        )  # fmt: skip
    order = sorted(found, key=lambda key: (-found[key].weight, places[key[0]], key))
    return [found[key] for key in order]


def _text(value: object) -> str | None:
    return None if value is None else str(value)
