"""What a document is: title, inspected body, framework, kind, date, publisher, inspector.

Everything comes from the text by the wordings of the frameworks, or from facts that are given; what neither
states stays None and is said in a notice.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from kg.model.frameworks import Framework, KindDef
from kg.model.iris import slug
from kg.model.records import Document, Ground, Notice, Report, Span
from kg.model.text.comparing import without_punctuation
from kg.model.vocab import local_name
from kg.nlp.document.body_kind import kind_spoken_of
from kg.nlp.document.body_names import families_of, find_names
from kg.nlp.document.dates import (
    Published,
    find_date,
    find_fieldwork,
    find_inspection_dates,
    find_withdrawal,
    metadata,
)
from kg.nlp.document.framework import FrameworkFound, find_framework
from kg.nlp.document.grades_used import with_grades_used
from kg.nlp.document.inspected_body import (
    BodyFound,
    find_body,
    given_body,
    names_of,
    places_named,
    with_what_is_read,
)
from kg.nlp.document.inspector import find_inspector, find_lead
from kg.nlp.document.lines import Line
from kg.nlp.document.opening import Opening
from kg.nlp.document.title import find_title, find_title_in_letter, full_title
from kg.nlp.document.wording import Words, words_for
from kg.nlp.rules.pattern_files import compiled, pattern
from kg.nlp.rules.prefilter import prefiltered


@dataclass(frozen=True, slots=True)
class Recognised:
    report: Report
    words: Words
    kind: KindDef | None
    title_line: Line | None
    notices: tuple[Notice, ...]
    of_many: bool = False
    """Whether the document is about several bodies."""
    of_method: bool = False
    """Whether it says how is inspected, and nothing of what was found."""
    body_kind: str | None = None
    """The class of bodies that its framework inspects, failing that the one that it speaks of."""


def recognise(
    document: Document, lines: Sequence[Line], given: Mapping[str, str], frameworks: Sequence[Framework]
) -> Recognised:
    """The report that a document is; ``given`` overrides what the text says."""
    everything = words_for(None, frameworks)
    title_line = find_title(lines, everything, frameworks)
    if title_line is None and metadata(document, "title", "dc:title") is None:
        title_line = find_title_in_letter(lines, everything, frameworks)
    title = given.get("title") or (title_line.text if title_line else metadata(document, "title", "dc:title"))
    at = (title_line.start, title_line.end) if title_line and title == title_line.text else None
    in_text = find_names(document.text, families_of(frameworks))
    speaks_of = kind_spoken_of(document.text, title, lines, in_text, frameworks)
    day_read = find_date(document, lines, everything, title_line)
    dated = None if given.get("published") else day_read
    address = given.get("web") or metadata(document, "web", "canonical", "og:url", "url")
    likely_kind = _kind(given.get("kind"), title, address, document.text, lines, everything)
    opening = Opening(
        document.text,
        lines,
        title,
        at,
        metadata(document, "title", "og:title"),
        address,
        given.get("published") or (dated.date if dated else None),
        find_inspection_dates(lines, everything)[0] or find_fieldwork(lines),
        speaks_of,
        likely_kind is None or likely_kind.graded,
    )
    found = find_framework(given, opening, frameworks)
    told = find_framework({}, opening, frameworks) if given.get("framework") else found
    framework = found.framework and with_grades_used(
        found.framework, (line.text for line in lines), frameworks
    )
    inspects = framework.body_kind if framework else speaks_of
    likely = [f for f in frameworks if inspects in (None, f.body_kind)] or frameworks
    words = words_for(framework, likely)
    if framework and framework.body_kind != speaks_of:
        in_text = find_names(document.text, families_of(frameworks, (framework.body_kind,)))
    read = find_body(replace(opening, body_kind=inspects), in_text, frameworks)
    body = with_what_is_read(given_body(given["force"], inspects), read) if given.get("force") else read
    called = names_of(body.named, given.get("force"))
    words = words_for(framework, likely, (*called, *_short_names(document.text, called)))
    words = replace(words, places=places_named(body.named))
    if title_line and not given.get("title"):
        title = full_title(title_line, lines, words)
    kind = _kind(given.get("kind"), title, address, document.text, lines, words)
    begin, end = find_inspection_dates(lines, words)
    iri = body.named.iri if body.named else None
    report = Report(
        id=given.get("id") or identifier(document.source.file, iri),
        title=title,
        kind=kind.notation if kind else given.get("kind"),
        force=iri,
        force_name=body.named.name if body.named else None,
        bodies=body.bodies,
        framework=framework.notation if framework else given.get("framework"),
        publisher=given.get("publisher") or _publisher(framework, document.text, words, frameworks),
        published=given.get("published") or (dated.date if dated else None),
        source=document.source,
        text=document.text,
        text_sha256=hashlib.sha256(document.text.encode()).hexdigest(),
        given=tuple(sorted(key for key in given if given[key])),
        inspected_begin=given.get("inspected_begin") or begin,
        inspected_end=given.get("inspected_end") or end,
        inspector=given.get("inspector") or find_lead(lines, words) or find_inspector(lines, words),
        web=given.get("web") or metadata(document, "canonical", "web", "url"),
        licence=given.get("licence"),
        attribution=given.get("attribution"),
        blocks=document.blocks,
        grounds=tuple(_grounds(given, title_line if title else None, body, found, dated)),
    )
    notices = (
        *body.notices,
        *(n for n in _unknown(report, framework) if not (n.code == "unknown-force" and body.notices)),
        *_doubtful(found),
        *_updated(dated),
        *_stated_otherwise(given, found, told, day_read),
        *_withdrawn(find_withdrawal(lines, title_line)),
        *_wider(found.framework, framework),
    )
    method = body.named is None and title is not None and pattern("document", "of-method").search(title)
    if method:
        said = "the page says how is inspected, not what was found: no findings, boxes and grades are read"
        notices = (*notices, Notice("page-of-method", said))
    return Recognised(report, words, kind, title_line, notices, body.of_many, bool(method), inspects)


def _grounds(
    given: Mapping[str, str],
    title: Line | None,
    body: BodyFound,
    framework: FrameworkFound,
    dated: Published | None,
) -> Iterator[Ground]:
    """On which words the fields of a report rest that no catalogue gave, and how sure those are in doubt."""
    if title and not given.get("title"):
        yield Ground("title", ((title.start, title.end),))
    if not given.get("force") and (body.named or body.bodies):
        yield Ground("force", body.spans, body.confidence if body.confidence < 1 else None)
    if not given.get("framework") and framework.framework:
        sure = framework.confidence == 1 and framework.inferred is None
        yield Ground("framework", framework.spans, None if sure else framework.confidence)
    if dated:
        spans = (dated.span,) if dated.span else ()
        yield Ground("published", spans, _OF_UPDATE if dated.updated else None)


_OF_UPDATE = 0.5
"""How sure it is that the day on which a page was last changed is that of its publication."""


def _short_names(text: str, names: Sequence[str]) -> Iterable[str]:
    """What stands in brackets behind a name and is some of its words or capitals: "… Constabulary (Kent)"."""
    for name in names:
        written = re.escape(name).replace(r"\ and\ ", " (?:and|&) ")
        for match in compiled(
            rf"{written}(?:[’']s?)? \((?:the )?[‘“']?([A-Z][\w’ -]{{1,30}})[’”']?\)"
        ).finditer(text):
            short = match[1].strip(" ’")
            if short not in names and (short.isupper() or set(short.split()) <= set(name.split())):
                yield short


def identifier(file: str, body: str | None) -> str:
    """The id of a report: its file's name, with the body's before it where the name does not have it.

    >>> identifier("inspection 1 July 2019.pdf", "https://kg.example/id/authority/barnet")
    'barnet-inspection-1-july-2019'
    >>> identifier("barnet-2019.txt", "https://kg.example/id/authority/barnet")
    'barnet-2019'
    """
    own, name = slug(PurePosixPath(file).stem), local_name(body or "")
    return own if not name or name in own else slug(f"{name}-{own}")


def _unknown(report: Report, framework: Framework | None) -> Iterable[Notice]:
    missing = {
        "title": "title not stated",
        "kind": "kind of report not recognised",
        "force": "inspected body not recognised",
        "framework": "framework not recognised: grades are read only where words name their area",
        "publisher": "publisher not stated",
        "published": "date of publication not stated",
    }
    for name, message in missing.items():
        if getattr(report, name) is None:
            yield Notice(f"unknown-{name}", message + "; state it in the catalogue")
    if report.framework is not None and framework is None:
        yield Notice("unknown-framework", f'no framework "{report.framework}" is described')


def _doubtful(found: FrameworkFound) -> Iterable[Notice]:
    """That a framework is not named, or another is nearly as likely."""
    if found.framework is None:
        return
    other = f"; {found.rival.title} is nearly as likely" if found.rival else ""
    state = "state the framework in the catalogue if it is another"
    if found.inferred is not None:
        said = f"{found.framework.title} is not named but inferred from {found.inferred}{other}; {state}"
        yield Notice("framework-inferred", said)
    elif found.rival is not None:
        said = f"the framework is taken to be {found.framework.title}{other}; {state}"
        yield Notice("doubtful-framework", said, *(found.spans[0] if found.spans else (None, None)))


def _withdrawn(said: Span | None) -> Iterator[Notice]:
    if said is not None:
        message = "the report says that it is withdrawn or replaced: what it states may not stand any more"
        yield Notice("says-withdrawn", message, *said)


def _updated(dated: Published | None) -> Iterable[Notice]:
    if dated is not None and dated.updated:
        said = "the date of publication is that of the last update, the only one that the page states"
        yield Notice(
            "doubtful-published", said + "; state it in the catalogue", *(dated.span or (None, None))
        )


def _stated_otherwise(
    given: Mapping[str, str], found: FrameworkFound, told: FrameworkFound, day: Published | None
) -> Iterable[Notice]:
    """What the catalogue states and the text surely says otherwise: the catalogue counts all the same."""
    one, other = found.framework, told.framework
    if other and other != one and told.inferred is None and told.rival is None:
        stated = one.title if one else given.get("framework", "")
        said = f"the catalogue says {stated}, the text {other.title}; check the catalogue"
        yield Notice("doubtful-framework", said, *(told.spans[0] if told.spans else (None, None)))
    stated_day = given.get("published")
    if stated_day and day and day.span and not day.updated:
        shorter, longer = sorted((stated_day, day.date), key=len)
        if not longer.startswith(shorter):
            said = f"the catalogue says published {stated_day}, the text {day.date}; check the catalogue"
            yield Notice("doubtful-published", said, *day.span)


def _wider(known: Framework | None, used: Framework | None) -> Iterable[Notice]:
    if known is not None and used is not None and used.grades != known.grades:
        more = [grade.label for grade in used.grades if grade not in known.grades]
        said = f"{known.title} does not have the grade {', '.join(more)}, which the report uses"
        yield Notice("grade-of-another-cycle", said)


def _kind(
    given: str | None,
    title: str | None,
    address: str | None,
    text: str,
    lines: Sequence[Line],
    words: Words,
) -> KindDef | None:
    """The kind of report: the given one; what stands among the news of a site is news; else the one that most
    forms speak for."""
    if given:
        named = [
            k
            for k in words.kinds
            if without_punctuation(given)
            in (without_punctuation(k.notation), *map(without_punctuation, k.names))
        ]
        return named[0] if named else None
    if address and pattern("document", "address-of-news").search(urlsplit(address).path):
        return next((kind for kind in words.kinds if kind.states_grades and not kind.graded), None)
    head = "\n".join(filter(None, [title, *(line.text for line in lines[:2] if line.is_open)]))
    scores = {kind.notation: _kind_score(kind, head, text) for kind in words.kinds}
    best = max(scores.values(), default=0)
    leaders = [kind for kind in words.kinds if scores[kind.notation] == best]
    return leaders[0] if best > 0 and len(leaders) == 1 else None


def _kind_score(kind: KindDef, head: str, text: str) -> int:
    patterns = [compiled(pattern, re.IGNORECASE | re.MULTILINE) for pattern in kind.patterns]
    return sum(prefiltered(text).holds(p) for p in patterns) + 4 * sum(bool(p.search(head)) for p in patterns)


def _publisher(
    framework: Framework | None, text: str, words: Words, frameworks: Sequence[Framework]
) -> str | None:
    if framework is not None:
        return framework.publisher_name
    names = {
        f.publisher_name
        for f in frameworks
        if f.publisher_name and any(compiled(p).search(text) for p in f.wording.publisher_patterns)
    }
    return names.pop() if len(names) == 1 else None
