"""Places beyond the vocabulary: the area that the force is named after, and names after "in", "across" …"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from kg.model.bodies import area_of
from kg.model.gazetteer import Entry, Gazetteer
from kg.model.records import Span
from kg.nlp.mentions.candidates import Candidate
from kg.nlp.mentions.lexicon import verb_forms, words
from kg.nlp.mentions.words import Text, occurrences
from kg.nlp.rules.pattern_files import load_patterns, pattern
from kg.nlp.rules.prefilter import prefiltered


def find_places(text: Text, forces: Iterable[str], known: Sequence[Candidate]) -> list[Candidate]:
    """Candidates for the areas of the named ``forces`` and for capitalised names after place prepositions."""
    spans: dict[Span, str] = {}
    for area in sorted({area for name in forces if (area := area_of(name))}):
        for match in occurrences(area, text.plain):
            spans[match.span()] = "place-of-force"
    common = {word.text for word in text.words if word.text.islower()}
    named = [*_after_prepositions(text, common), *_joined(text, common, known)]
    said = [span for span in named if _free(span, known)]
    for name in sorted({text.plain[s:e] for s, e in said}):
        for match in occurrences(name, text.plain):
            spans.setdefault(match.span(), "place-in")
    return [Candidate(s, e, "PLACE", rule, owner="", rank=6) for (s, e), rule in sorted(spans.items())]


def _free(span: Span, known: Sequence[Candidate]) -> bool:
    """Whether no known name is in the way; a place inside a longer place is not."""
    there = [c for c in known if c.overlaps(*span)]
    return all(c.label == "PLACE" and c.length < span[1] - span[0] for c in there)


def find_joined_forces(text: Text, known: Sequence[Candidate], gazetteer: Gazetteer) -> list[Candidate]:
    """Candidates for forces that share the word "Police" with a later one: "Kent and Essex Police"."""
    places = {c.end: c for c in known if c.label == "PLACE" and c.name}
    joined = pattern("mention-context", "joined-to-force")
    found = []
    for force in (c for c in known if c.label == "FORCE" and not c.nominal):
        start = force.start
        while join := joined.search(text.plain[max(0, start - 6) : start]):
            place = places.get(start - len(join[0]))
            entry = _force_of(place.name, gazetteer) if place and place.name else None
            if place is None or entry is None:
                break
            found.append(
                Candidate(
                    place.start, place.end, "FORCE", "joined-force", entry, entry.iri, entry.name, rank=0
                )
            )
            start = place.start
    return found


def _force_of(area: str, gazetteer: Gazetteer) -> Entry | None:
    forces = (*gazetteer.find(area + " Police", "FORCE"), *gazetteer.find(area + " Constabulary", "FORCE"))
    return forces[0] if forces else None


def _after_prepositions(text: Text, common: AbstractSet[str]) -> Iterator[Span]:
    """Capitalised names; none of the ``common`` words, which the text has in small letters too."""
    for rule in load_patterns("mention-places"):
        for match in prefiltered(text.plain).finditer(rule.regex):
            spans = [match.span(group) for group in rule.regex.groupindex if match[group]]
            decided = rule.role != "open-ended"
            if decided or _ends_phrase(text, max(end for _, end in spans)):
                yield from (s for s in spans if _is_place(text.plain[s[0] : s[1]], common))


def _joined(text: Text, common: AbstractSet[str], known: Sequence[Candidate]) -> Iterator[Span]:
    """Capitalised names that a comma or an "and" joins to a known place."""
    for place in (c for c in known if c.label == "PLACE"):
        after = pattern("mention-context", "place-too").match(text.plain, place.end)
        if after and _ends_phrase(text, after.end()) and _is_place(after["name"], common):
            yield after.span("name")


def _is_place(name: str, common: AbstractSet[str]) -> bool:
    parts = name.split()
    verbs = name.lower() in words("verb-or-noun") or name.lower() in verb_forms()
    return not (len(parts) == 1 and (verbs or name.lower() in common)) and not any(
        p.lower() in words("not-places") or p.isupper() or p.lower() in words("closed") for p in parts
    )


def _ends_phrase(text: Text, end: int) -> bool:
    """Whether the name is not the modifier of a noun that follows."""
    after = re.match(r"('s)? ?([\w'-]+|.)?", text.plain[end : end + 40])
    if after is None or after[1] or after[2] is None:
        return True
    word = after[2]
    if word[0].isdigit():
        return False
    if not word[0].isalpha() or "\n" in text.plain[end : end + 1]:
        return True
    return (
        word in words("closed") | words("place-nouns") or word in verb_forms() or word.endswith(("ly", "ed"))
    )
