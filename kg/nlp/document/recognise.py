"""What a document is: title, inspected body, framework, kind, date, publisher, inspector.

Everything comes from the text by the wordings of the frameworks, or from facts that are given; what neither
states stays None and is said in a notice.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from kg.model.bodies import body_kinds
from kg.model.frameworks import Framework, KindDef
from kg.model.iris import slug
from kg.model.records import Document, Notice, Report
from kg.model.text.comparing import without_punctuation
from kg.nlp.document.framework import FrameworkFound, find_framework, speaks, with_grades_used
from kg.nlp.document.inspected_body import find_body, known_body, minted, names_of, title_forms
from kg.nlp.document.inspection_dates import find_inspection_dates, find_lead
from kg.nlp.document.lines import HEAD, Line
from kg.nlp.document.wording import Words, words_for
from kg.nlp.periods.dates import FULL_DATE, date_in
from kg.nlp.rules.needles import haystack
from kg.nlp.rules.pattern_files import compiled


@dataclass(frozen=True, slots=True)
class Recognised:
    report: Report
    words: Words
    kind: KindDef | None
    title_line: Line | None
    notices: tuple[Notice, ...]


def recognise(
    document: Document, lines: Sequence[Line], given: Mapping[str, str], frameworks: Sequence[Framework]
) -> Recognised:
    """The report that a document is; ``given`` overrides what the text says."""
    everything = words_for(None, frameworks)
    title_line = find_title(lines, everything, frameworks)
    if title_line is None and _metadata(document, "title", "dc:title") is None:
        title_line = _titled(lines, everything, frameworks)
    title = given.get("title") or (
        title_line.text if title_line else _metadata(document, "title", "dc:title")
    )
    when = given.get("published") or find_date(document, lines, everything)
    when = when or find_inspection_dates(lines, everything)[0]
    graded = _is_graded(given.get("kind"), title, document.text, lines, everything)
    found = find_framework(given, title, document.text, lines, frameworks, when, graded)
    framework = found.framework and with_grades_used(
        found.framework, (line.text for line in lines), frameworks
    )
    words = words_for(framework, frameworks)
    own = (framework.body_kind,) if framework else ()
    name = given.get("force") or find_body(document.text, title, lines, words, own)
    known = known_body(name, own or [kind.cls for kind in body_kinds()]) if name else None
    words = words_for(framework, frameworks, names_of(name, known))
    if title_line and not given.get("title"):
        title = _full_title(title_line, lines, words)
    kind = _kind(given.get("kind"), title, document.text, lines, words)
    begin, end = find_inspection_dates(lines, words)
    body = known.iri if known else minted(name, framework)
    report = Report(
        id=given.get("id") or identifier(document.source.file, body),
        title=title,
        kind=kind.notation if kind else given.get("kind"),
        force=body,
        force_name=known.names[0] if known else name,
        framework=framework.notation if framework else given.get("framework"),
        publisher=given.get("publisher") or _publisher(framework, document.text, words, frameworks),
        published=given.get("published") or find_date(document, lines, words),
        source=document.source,
        text=document.text,
        text_sha256=hashlib.sha256(document.text.encode()).hexdigest(),
        given=tuple(sorted(key for key in given if given[key])),
        inspected_begin=given.get("inspected_begin") or begin,
        inspected_end=given.get("inspected_end") or end,
        inspector=given.get("inspector") or find_lead(lines, words) or find_inspector(lines, words),
        web=given.get("web") or _metadata(document, "canonical", "web", "url"),
        licence=given.get("licence"),
        blocks=document.blocks,
    )
    notices = (*_unknown(report, framework), *_inferred(found), *_wider(found.framework, framework))
    return Recognised(report, words, kind, title_line, notices)


def identifier(file: str, body: str | None) -> str:
    """The id of a report: its file's name, with the body's before it where the name does not have it.

    >>> identifier("inspection 1 July 2019.pdf", "https://kg.example/id/authority/barnet")
    'barnet-inspection-1-july-2019'
    >>> identifier("barnet-2019.txt", "https://kg.example/id/authority/barnet")
    'barnet-2019'
    """
    own, name = slug(PurePosixPath(file).stem), (body or "").rpartition("/")[2]
    return own if not name or name in own else slug(f"{name}-{own}")


def _unknown(report: Report, framework: Framework | None) -> Iterable[Notice]:
    missing = {
        "title": "title not stated",
        "kind": "kind of report not recognised",
        "force": "inspected body not recognised",
        "framework": "framework not recognised: areas and grades can't be read",
        "publisher": "publisher not stated",
        "published": "date of publication not stated",
    }
    for name, message in missing.items():
        if getattr(report, name) is None:
            yield Notice(f"unknown-{name}", message + "; state it in the catalogue")
    if report.framework is not None and framework is None:
        yield Notice("unknown-framework", f'no framework "{report.framework}" is described')


def _inferred(found: FrameworkFound) -> Iterable[Notice]:
    if found.framework is not None and found.inferred is not None:
        yield Notice(
            "framework-inferred",
            f"{found.framework.title} is not named but inferred from {found.inferred}; "
            "state the framework in the catalogue if it is another",
        )


def _wider(known: Framework | None, used: Framework | None) -> Iterable[Notice]:
    if known is not None and used is not None and used.grades != known.grades:
        more = [grade.label for grade in used.grades if grade not in known.grades]
        said = f"{known.title} does not have the grade {', '.join(more)}, which the report uses"
        yield Notice("grade-of-another-cycle", said)


def _metadata(document: Document, *keys: str) -> str | None:
    values = {key.casefold(): value for key, value in document.metadata}
    return next((values[key] for key in keys if values.get(key)), None)


def find_title(lines: Sequence[Line], words: Words, frameworks: Sequence[Framework]) -> Line | None:
    """The line that is the title: a heading of level 1, else an early line that has the form of one."""
    for line in lines[: HEAD * 2]:
        if line.kind == "heading" and line.level == 1 and words.role_of(line.text) is None:
            return line
    for line in lines[:5]:
        if words.role_of(line.text) or not line.is_open or len(line.text) > 200:
            return None
        named = line is lines[0] and any(speaks(framework, line.text) for framework in frameworks)
        if named or any(form.fullmatch(line.text) for form in title_forms(words)):
            return line
    return None


def _titled(lines: Sequence[Line], words: Words, frameworks: Sequence[Framework]) -> Line | None:
    """A line near the start of a letter that names its framework as a title would."""
    for line in lines[: HEAD * 2]:
        named = line.is_open and len(line.text) < 200 and not line.is_item and line.kind != "row"
        if named and words.role_of(line.text) is None and any(speaks(f, line.text) for f in frameworks):
            return line
    return None


def _full_title(title: Line, lines: Sequence[Line], words: Words) -> str:
    """The title line, and the one below where the first is the name of the body and no more."""
    below = lines[lines.index(title) + 1 :][:1]
    alone = without_punctuation(title.text) in map(without_punctuation, words.names)
    if alone and below and words.framework and speaks(words.framework, below[0].text):
        return f"{title.text}: {below[0].text}"
    return title.text


def _kind(
    given: str | None, title: str | None, text: str, lines: Sequence[Line], words: Words
) -> KindDef | None:
    if given:
        named = [
            k
            for k in words.kinds
            if without_punctuation(given)
            in (without_punctuation(k.notation), *map(without_punctuation, k.names))
        ]
        return named[0] if named else None
    head = "\n".join(filter(None, [title, *(line.text for line in lines[:2] if line.is_open)]))
    scores = {kind.notation: _kind_score(kind, head, text) for kind in words.kinds}
    best = max(scores.values(), default=0)
    leaders = [kind for kind in words.kinds if scores[kind.notation] == best]
    return leaders[0] if best > 0 and len(leaders) == 1 else None


def _is_graded(given: str | None, title: str | None, text: str, lines: Sequence[Line], words: Words) -> bool:
    """Whether a report may grade areas, as far as its kind is known without its framework."""
    kind = _kind(given, title, text, lines, words)
    return kind is None or kind.graded


def _kind_score(kind: KindDef, head: str, text: str) -> int:
    patterns = [compiled(pattern, re.IGNORECASE | re.MULTILINE) for pattern in kind.patterns]
    return sum(haystack(text).holds(p) for p in patterns) + 4 * sum(bool(p.search(head)) for p in patterns)


def _publisher(
    framework: Framework | None, text: str, words: Words, frameworks: Sequence[Framework]
) -> str | None:
    if framework is not None:
        return framework.publisher_name
    names = {
        f.publisher_name
        for f in frameworks
        if f.publisher_name and any(re.search(p, text) for p in f.wording.publisher_patterns)
    }
    return names.pop() if len(names) == 1 else None


def find_date(document: Document, lines: Sequence[Line], words: Words) -> str | None:
    """ISO date of publication: after one of the framework's labels near the start, else from metadata."""
    labels = "|".join(words.wording.date_labels) or r"(?!)"
    label = re.compile(rf"(?:{labels})\s*:?\s*(?P<rest>.*)", re.IGNORECASE)
    head = [*lines[:HEAD], *lines[HEAD:][-5:]]
    for at, line in enumerate(head):
        if match := label.fullmatch(line.text):
            after = match["rest"] or (head[at + 1].text if at + 1 < len(head) else "")
            if found := date_in(after):
                return found
    short = [line.text for at, line in enumerate(lines[:HEAD]) if at < 4 or FULL_DATE.fullmatch(line.text)]
    alone = [found for text in short if len(text) < 25 and (found := date_in(text))]
    stated = _metadata(
        document,
        "dcterms.issued",
        "dcterms.created",
        "dc.date",
        "article:published_time",
        "published",
        "date",
        "dcterms.date",
    )
    return alone[0] if alone else date_in(stated or "")


def find_inspector(lines: Sequence[Line], words: Words) -> str | None:
    """The name above (or before) the inspector's office: "Helen Example" / "HM Inspector of Constabulary"."""
    for before, line in zip((None, *lines), lines, strict=False):
        name, _, office = line.text.partition(", ")
        if office and words.is_inspector(office) and _is_name(name):
            return re.sub(r"^From:\s*", "", name)
        if words.is_inspector(line.text) and before is not None and _is_name(before.text):
            return before.text
    return None


def _is_name(text: str) -> bool:
    text = re.sub(r"^From:\s*", "", text)
    return re.fullmatch(r"(?:[A-Z][\w’'-]*\.?|OBE|QPM|CBE|DL|KC)(?: [A-Z][\w’'.-]*){1,4}", text) is not None
