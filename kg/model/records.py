"""The nouns of the project: plain frozen records that travel between the steps.

All offsets are positions in ``Document.text``, in Unicode code points, end exclusive. A value that the
text does not state is ``None``. Areas are named by the label that their framework gives them, grades by
their notation (``requires-improvement``), entities and frameworks as said at each field.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from html import escape

Span = tuple[int, int]
LOST_HEADING = "heading-not-modelled"
GAPS = (
    LOST_HEADING,
    "grade-not-modelled",
    "box-not-modelled",
    "concern-not-modelled",
    "need-not-modelled",
    "number-not-modelled",
    "name-not-linked",
    "line-not-parsed",
)
"""Codes of notices that there is one of for each thing that was seen and not read."""
RULED_OUT = "number-ruled-out"
"""Code of notices about numbers of which a rule says that they are no figure (docs/honesty.md)."""
DOUBTFUL_SLOT = "doubtful-slot"
"""Code of notices about figures with a slot whose value was a close choice."""
DOUBTFUL_POLARITY = "doubtful-polarity"
"""Code of notices about findings whose words speak against their polarity."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should know about a reading: what was not understood, and where."""

    code: str
    message: str
    start: int | None = None
    end: int | None = None

    @property
    def is_gap(self) -> bool:
        """Whether it names one thing that was seen and not read (``GAPS``)."""
        return self.code in GAPS

    @property
    def is_detail(self) -> bool:
        """Whether it is one of many of its kind, so that lists for people count it."""
        return self.is_gap or self.code in (RULED_OUT, DOUBTFUL_SLOT, DOUBTFUL_POLARITY)


@dataclass(frozen=True, slots=True)
class Source:
    """The file that a document was read from. ``file`` is its name without folders."""

    file: str
    sha256: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Block:
    """One line or block of a document: ``heading``, ``paragraph``, ``list-item``, ``row`` or ``line``.

    ``line`` says that the format carries no markup (plain text, most PDF). ``level`` is the heading level
    from 1; of a list item it is how deep its list stands in others, from 1, None if that is not known.
    ``page`` is the page number of a PDF, from 1; ``fragment`` the nearest id of an HTML page.
    """

    start: int
    end: int
    kind: str
    level: int | None = None
    page: int | None = None
    fragment: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: its text, the blocks the format knows, and metadata that the file itself states."""

    text: str
    source: Source
    blocks: tuple[Block, ...]
    metadata: tuple[tuple[str, str], ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportBody:
    """A body that a report is about. ``role`` is ``inspected`` or, on a page about several of which none is
    the inspected one, ``one-of-several``."""

    iri: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Ground:
    """On which words a field of a report rests; ``confidence``, from 0 to 1, only where it is doubtful."""

    field: str
    spans: tuple[Span, ...]
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a document is: whose report, of which kind, under which framework.

    ``force`` is the IRI of the inspected body and ``force_name`` its name; ``bodies`` are all that the report
    is about: where they are several, there is no ``force``. ``framework`` is the notation of the framework
    (``peel-2023-25``); ``publisher`` a name; ``published`` an ISO date, or a month (``2018-05``) where the
    report states no day. ``given`` names the fields that a catalogue supplied, all others were read from the
    text; ``grounds`` says on which words.
    """

    id: str
    title: str | None
    kind: str | None
    force: str | None
    force_name: str | None
    framework: str | None
    publisher: str | None
    published: str | None
    source: Source
    text: str
    text_sha256: str
    given: tuple[str, ...] = ()
    inspected_begin: str | None = None
    inspected_end: str | None = None
    inspector: str | None = None
    web: str | None = None
    licence: str | None = None
    attribution: str | None = None
    blocks: tuple[Block, ...] = ()
    bodies: tuple[ReportBody, ...] = ()
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    title: str
    level: int
    start: int
    end: int
    area: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """How one slot of a statement is known, and from which words.

    ``how`` is ``stated`` (words in the same sentence, line or row), ``carried`` (words around it: a sentence
    before, a heading), ``implied`` (a convention, of the words that call for it) or ``derived`` (computed).
    """

    slot: str
    how: str
    start: int
    end: int


_QUOTED = 400
"""Characters of the stretch from the name of an area to its grade, at most, that is quoted for it."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The grade of one area; ``start``/``end`` is the sentence (or table row) that gives it.

    ``evidence`` are all places that give it, in the order of the text: an overview and the area's section
    are both evidence of one judgement. ``known`` has the words of the area and of the grade (slots ``area``
    and ``grade``). ``in_framework`` is false for an area that only this report has. ``decided`` is true
    where the report grades the area in two ways and a person has said which is right.
    """

    area: str
    grade: str
    start: int
    end: int
    evidence: tuple[Span, ...] = ()
    known: tuple[Known, ...] = ()
    in_framework: bool = True
    decided: bool = False

    @property
    def places(self) -> tuple[Span, ...]:
        """Where it is given: its evidence, or the one place that is known so far."""
        return self.evidence or ((self.start, self.end),)

    def quotation(self, text: str) -> Span:
        """The words of a text to quote: the longest place that says more than the grade and has it; else, of
        a label below a heading or an item below a label, the stretch that holds both; else the longest."""
        places = sorted({(self.start, self.end), *self.evidence}, key=lambda one: (one[0] - one[1], one))
        grades = [(known.start, known.end) for known in self.known if known.slot == "grade"]
        areas = [(known.start, known.end) for known in self.known if known.slot == "area"]
        names = {text[low:high].casefold() for low, high in grades}
        for start, end in places:
            said = text[start:end].casefold().strip("*_ .:|-")  # a label may stand in marks: "**Good**"
            if any(name in said and name != said for name in names):
                return start, end
        joined = [(min(a[0], g[0]), max(a[1], g[1])) for a in areas for g in grades]
        near = [span for span in joined if span[1] - span[0] <= _QUOTED]
        return min(near, key=lambda span: (span[1] - span[0], span)) if near else places[0]


@dataclass(frozen=True, slots=True)
class EarlierGrade:
    """The grade that an earlier inspection gave an area, as this report states it.

    ``year`` is that of the earlier inspection or report ("2019"), None where the words have none; ``stands``
    is true where the report says that the grade still holds, as the area was not inspected again.
    """

    area: str
    grade: str
    start: int
    end: int
    year: str | None = None
    stands: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """``passage_polarity`` has the polarity of each passage; ``contrary`` are the sentences in them that turn
    against the heading (“However, …”). ``known`` says how the area is known (slot ``area``)."""

    heading: str
    area: str | None
    section: str | None
    polarity: str
    start: int
    end: int
    passages: tuple[Span, ...]
    passage_polarity: tuple[str, ...] = ()
    contrary: tuple[Span, ...] = ()
    known: tuple[Known, ...] = ()


@dataclass(frozen=True, slots=True)
class Need:
    """A sentence that says what the body needs to, should or could do. ``finding`` is a heading; ``known``
    says how the area is known. ``due`` is the ISO day that the sentence itself sets ("should, by 30 June
    2025, …"), ``due_text`` its wording, ``due_derived`` whether the day was worked out."""

    text: str
    start: int
    end: int
    section: str | None
    area: str | None
    finding: str | None
    due: str | None = None
    due_text: str | None = None
    due_derived: bool = False
    known: tuple[Known, ...] = ()


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing that the inspector states concern about; ``start``/``end`` cover the words it rests on.

    ``composed`` is true where the text joins words that stand apart in the report. ``known`` says how the
    areas are known: stated, where its words name them, or derived from the things of an area in its words.
    ``continuing`` is true where the words say that it is not new ("I am still concerned").
    """

    text: str
    start: int
    end: int
    areas: tuple[str, ...]
    composed: bool = False
    continuing: bool = False
    known: tuple[Known, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A boxed item. A recommendation's ``parent`` is the (start, end) of the cause of concern it hangs on.

    ``text`` is the item's words without its label line, its title and its recommendations (the title, where
    it has no other words); ``composed`` is true where lines between them were left out. ``due`` is an ISO
    date, ``due_text`` the wording; ``due_derived`` is true when the date was worked out ("within six months"
    of the day of issue), or is that of the recommendations of a cause of concern. ``lead_in`` is the span of
    the line above that says who has to act, and by when.
    ``known`` says how the area is known, and from which words whom the item asks to act (``addressee``).
    """

    kind: str
    number: str | None
    title: str | None
    text: str
    due: str | None
    area: str | None
    start: int
    end: int
    due_text: str | None = None
    due_derived: bool = False
    parent: Span | None = None
    status: str | None = None
    lead_in: Span | None = None
    composed: bool = False
    known: tuple[Known, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """A topic that a statement is about.

    ``kind`` (``finding``, ``box``, ``need``, ``concern``) and ``index`` name the statement in its
    extraction, ``topic`` is an IRI. ``basis`` is ``heading`` or ``statement`` (its own words name the topic),
    ``passages`` (what stands below speaks of it again and again) or ``carried`` (what the cause of concern,
    boxed item or finding is about that it hangs on). ``weight`` is the share of the statement's sentences,
    heading included, that speak of the topic. ``polarity`` is how they do; ``words`` are the names of the
    topic in the words of the basis, ``told`` the clauses and sentences from which the polarity is known.
    """

    kind: str
    index: int
    topic: str
    basis: str
    weight: float
    polarity: str
    words: tuple[Span, ...]
    told: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """A statement that speaks for or against a grade, as far as the report lets one see.

    ``judgement`` is an index in the judgements of the extraction; ``kind`` (``finding``, ``box``, ``need``,
    ``concern``, ``figure``, or ``judgement`` where its own words give the ground) and ``index`` name the
    statement. ``basis`` (one of ``REASON_BASES``) says what makes it a reason, ``bearing`` (one of
    ``BEARINGS``) whether it supports the grade, ``sign`` whether it praises or finds fault. ``weight``, from
    0 to 1, is what reasons are ordered by. ``words`` are the words that bear so, ``ground`` where the report
    says that what stands in their section bears on other areas.
    """

    judgement: int
    kind: str
    index: int
    basis: str
    bearing: str
    sign: str
    weight: Decimal
    words: tuple[Span, ...]
    ground: Span | None = None


REASON_BASES = ("because", "concern", "summary", "section", "part", "influence", "fact", "subject")
"""What makes a statement a reason, the strongest first: the report says “because”; the inspector states
concern about the area, or boxes it as its cause of concern; it says something of the area where the inspector
sums up; it stands in the section of the area; it is the judgement of a part of the area, or stands in the
section of one; it stands in a section that the report says influences other grades, and is about what belongs
to the area; it is a plain fact below such a statement that shows it; it only is about what belongs to the
area."""
BEARINGS = ("supports", "contrary", "mixed")
"""Which way a reason bears on the grade."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that began, ended or changed at a stated time.

    ``kind`` is ``begin``, ``end`` or ``change``; ``start``/``end`` is the sentence, ``verb`` and ``time`` are
    the words that say what happened and when, ``period`` is the IRI of the time.
    """

    kind: str
    start: int
    end: int
    verb: Span
    time: Span
    period: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A tagged span. ``entity`` is an IRI, ``name`` the entity's name; ``pattern`` the rule that found it.

    ``text`` is exactly ``Document.text[start:end]``. A METRIC's entity is None: its figure has its span.
    """

    start: int
    end: int
    text: str
    label: str
    entity: str | None
    name: str | None
    pattern: str | None = None
    nominal: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that mentions refer to.

    ``known`` is true when the vocabulary has it; other entities are minted from the text. ``body`` is the
    inspected body that the thing is told apart by ("the control room" of one force is not that of another);
    ``owners`` are the bodies that it belongs to, with ``owner_known``: stated, or implied by a convention;
    ``kind`` is the IRI of the kind of the vocabulary that it is one of ("independent advisory group");
    ``holds`` are the offices that a person is named with.
    """

    iri: str
    label: str
    name: str
    aliases: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    owner_known: str | None = None
    body: str | None = None
    kind: str | None = None
    holds: tuple[str, ...] = ()
    known: bool = False


KINDS = ("level", "change", "difference", "share", "rate", "ratio", "rank", "sample")
"""What a number can be (annotation guide, section 2b). Only numbers of one kind are compared."""
BOUNDS = ("exact", "about", "at-least", "at-most")
"""How exact a number is said to be."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value (annotation guide, section 2).

    ``value`` is resolved to units ("£688m" = 688000000). ``unit`` is one of count, percent, rate, ratio,
    GBP, rank, duration. ``base`` is the base of a rate ("1000", "100000", "1000000") or the time unit of
    a duration ("days"). ``concept`` is the IRI of the measure in the vocabulary. Periods are ISO dates.
    ``base_value`` is the value that a change starts from, ``change_from`` the figure that states it, as its
    index in the figures of the extraction; so are ``comparators`` and ``compared_with`` what it is compared
    with. ``interval`` is the half-width, ``interval_level`` the level in percent. ``derived`` is true when
    the text does not state the value. ``known`` says from which words the period, population, attribution,
    group and whole (``of``) are; what is not known has none. ``measure_composed`` is true where the words of
    the measure do not stand together in the report: then it is no quotation. ``measure_parts`` are the spans
    of the words that it is made of.

    ``kind`` (one of ``KINDS``) says what the number is, ``sign`` (+ or -) which way a change or difference
    goes, ``bound`` (one of ``BOUNDS``) how exact it is said to be. ``complement`` is true where the words
    count the opposite of what is measured ("failed to give advice in 9 of 16"), ``of`` is the whole of a
    share, the base of a rate, the thing changed or compared. ``doubtful`` names the slots of which the value
    was a close choice (period, population, attribution): read the sentence before you quote it.
    ``of_sample`` is true for a share of what was looked at or asked, not of all there are; ``sample`` is the
    figure that says how many those were, as its index in the figures of the extraction.
    """

    start: int
    end: int
    text: str
    value: Decimal
    unit: str
    base: str | None = None
    measure: str | None = None
    measure_composed: bool = False
    measure_parts: tuple[Span, ...] = ()
    concept: str | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    period_begin: str | None = None
    period_end: str | None = None
    population: str | None = None
    group: str | None = None
    attribution: str | None = None
    direction: str | None = None
    base_value: Decimal | None = None
    change_from: int | None = None
    comparators: tuple[Decimal, ...] = ()
    compared_with: tuple[int, ...] = ()
    interval: Decimal | None = None
    interval_level: Decimal | None = None
    derived: bool = False
    kind: str = "level"
    sign: str | None = None
    bound: str = "exact"
    complement: bool = False
    of: str | None = None
    of_sample: bool = False
    sample: int | None = None
    doubtful: tuple[str, ...] = ()
    sentence_start: int = 0
    sentence_end: int = 0
    pattern: str | None = None
    known: tuple[Known, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """A PERIOD span resolved to ISO dates; either bound may be open (None)."""

    start: int
    end: int
    begin_date: str | None
    end_date: str | None
    pattern: str | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything that was read from one report.

    ``earlier_grades`` are those of earlier inspections that the report itself states: no judgements of it.
    """

    report: Report
    sections: tuple[Section, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    earlier_grades: tuple[EarlierGrade, ...] = ()
    findings: tuple[Finding, ...] = ()
    needs: tuple[Need, ...] = ()
    concerns: tuple[Concern, ...] = ()
    boxes: tuple[Box, ...] = ()
    mentions: tuple[Mention, ...] = ()
    figures: tuple[Figure, ...] = ()
    entities: tuple[Entity, ...] = ()
    coverage: tuple[tuple[str, int, int], ...] = field(default=())
    """(what, captured, of): e.g. ("headings", 27, 28), ("numbers", 140, 152)."""
    warnings: tuple[Notice, ...] = ()
    undecided: tuple[Judgement, ...] = ()
    """What a report states of areas that it grades in two ways: no judgements until a person decides."""

    def _repr_html_(self) -> str:
        """What a notebook shows: how many of each kind were read, and what was noticed."""
        kinds = ("sections", "judgements", "findings", "needs", "concerns", "boxes", "mentions", "figures")
        rows = "".join(f"<tr><th>{kind}</th><td>{len(getattr(self, kind))}</td></tr>" for kind in kinds)
        rows += "".join(f"<tr><th>{what}</th><td>{got}/{of}</td></tr>" for what, got, of in self.coverage)
        plain = [notice for notice in self.warnings if not notice.is_detail]
        noticed = "".join(f"<li>{escape(notice.message)}</li>" for notice in plain)
        title = escape(self.report.title or self.report.id)
        return f"<table><caption>{title}</caption>{rows}</table><ul>{noticed}</ul>"
