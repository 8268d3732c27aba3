"""The inspected body of a report: its name as the text gives it, and the body of the vocabularies it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from kg.frameworks import Framework, KnownBody, load_bodies
from kg.nlp.lines import HEAD, Line, normal
from kg.nlp.wording import Words
from kg.vocab import BASE, KG, entity_iri, slug

_LEADING = re.compile(
    r"^(?:(?:The|In|For|But|And|At|From|When|While|Like|Since|During|Although|Because|If|By|As|With|Both|Our|An?"
    r"|Across|Within|Of|To|On|However|Overall|Chief|Constable|Dear|Former|Deputy|Assistant|Commissioner"
    r"|of|Inspection|Report|PEEL|Review|Revisit|Letter|Re|HMICFRS|Concerns|News) )+"
)
_NO_BODY = re.compile(r"\b(?:Inspectors?|Inspectorate|College|National|Federation|Crime|All|Every|Each)\b")
_ENDINGS = re.compile(
    r" (?:Police Service|Police|Constabulary|Fire (?:and|&) Rescue (?:Service|Authority)"
    r"|Fire Brigade|Fire Service|FRS|(?:City |County |Borough |Metropolitan )*Council)$"
)
_PATHS = {KG.FireService: "fire", KG.LocalAuthority: "authority"}


def title_forms(words: Words) -> list[re.Pattern[str]]:
    body = "(?:" + "|".join(words.wording.body_patterns or (r"(?!)",)) + ")"
    return [
        re.compile(form.replace("{body}", f"(?P<body>{body})", 1)) for form in words.wording.title_patterns
    ]


def find_body(text: str, title: str | None, lines: Sequence[Line], words: Words) -> str | None:
    """The name of the inspected body: from the title, else the one that the text is most about."""
    for candidate in (title, *(line.text for line in lines[:2] if line.is_open)):
        if candidate and (found := _title_body(candidate, words)):
            return found
    counts = Counter(_bodies(text, words.wording.body_patterns))
    for line in lines[:HEAD]:
        counts.update(dict.fromkeys(_bodies(line.text, words.wording.body_patterns), 3))
    for name in counts:
        counts[name] += 5 * len(
            re.findall(rf"(?m)^(?:[Tt]he )?{re.escape(name)}(?:[’']s? [^.\n]*)? (?:is|requires|was)\b", text)
        )
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _title_body(title: str, words: Words) -> str | None:
    found = list(dict.fromkeys(_bodies(title, words.wording.body_patterns)))
    if len(found) == 1:
        return found[0]
    for form in title_forms(words):
        if match := form.fullmatch(title):
            return _LEADING.sub("", match["body"])
    return None


def _bodies(text: str, patterns: Iterable[str]) -> list[str]:
    found = []
    for pattern in patterns:
        names = (_LEADING.sub("", match[0]) for match in re.finditer(pattern, text))
        found += [name for name in names if " " in name and not _NO_BODY.search(name)]
    return found


def known_body(name: str, kinds: Sequence[str]) -> KnownBody | None:
    """The body of the vocabularies with this name (or IRI); of those, one of the wanted kinds first."""
    plain = normal(name)
    found = [b for b in load_bodies() if name == b.iri or plain in map(normal, b.names)]
    preferred = [b for b in found if b.kind in kinds]
    return next(iter(preferred or found), None)


def names_of(name: str | None, known: KnownBody | None) -> tuple[str, ...]:
    names = ([name] if name else []) + (list(known.names) if known else [])
    return tuple(dict.fromkeys(n for n in names if not n.startswith("http")))


def minted(name: str | None, framework: Framework | None) -> str | None:
    if name is None:
        return None
    local = _ENDINGS.sub("", name) or name
    path = _PATHS.get(framework.body_kind if framework else "")
    if path is None and re.search(r"\b(?:Fire|FRS)\b", name):
        path = "fire"
    return f"{BASE}id/{path}/{slug(local)}" if path else entity_iri("FORCE", local)
