"""The area that a clause names in other words: "how well it looks after children at risk".

A clause names an area by what is done and to whom. Both are classes of wordings (``area-clauses.jsonl``);
an area has the classes of its own names, so that no framework needs a list of its own. Some matters are an
area's by themselves, where they are what a phrase is about: "the standard of its *investigations*".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.model.frameworks import AreaDef
from kg.model.text.comparing import content_stems
from kg.nlp.rules.pattern_files import load_patterns, pattern, words

_FILE = "area-clauses"
_FARTHEST = 60
"""Characters between what is done and to whom: about eight words."""

Deed = tuple[str, str]
"""The class of what is done and the class of whom or what it is done to."""


def area_of_clause(clause: str, areas: Sequence[AreaDef]) -> AreaDef | None:
    """The one area with the deed of this clause in a name; None if there is none, or more than one."""
    for deed in _deeds(clause):
        found = [area for area in areas if deed in _deeds_of(area)]
        if len(found) == 1:
            return found[0]
    return None


def area_of_matter(phrase: str, areas: Sequence[AreaDef]) -> AreaDef | None:
    """The one area whose label has the matter of a phrase; None if there is none, or more than one."""
    matters = content_stems(_head(phrase)) & content_stems(" ".join(words(_FILE, "matters")))
    found = [area for area in areas if matters & content_stems(area.label)]
    return found[0] if len(found) == 1 else None


def _head(phrase: str) -> str:
    """The words that a phrase is about, up to a preposition or its verb: "the quality of *some
    investigations* has …", "the way it handles *equality, diversity and inclusion*"."""
    text = phrase.replace("'", "’")
    at = 0
    while opening := pattern(_FILE, "before-matter").match(text, at):
        at = opening.end()
    end = pattern(_FILE, "after-matter").search(text, at)
    return text[at : end.start() if end else len(text)]


@lru_cache(maxsize=256)
def _deeds_of(area: AreaDef) -> frozenset[Deed]:
    return frozenset(deed for name in area.names for deed in _deeds(name))


def _deeds(clause: str) -> Iterator[Deed]:
    """What is done and to whom, in the order of the words; in the passive whom it is done to comes first."""
    text = clause.replace("'", "’")
    acts = sorted((m.start(), m.end(), value) for m, value in _matches("act", text))
    objects = sorted((m.start(), m.end(), value) for m, value in _matches("object", text))
    for start, end, act in acts:
        after = [value for begin, _, value in objects if end <= begin <= end + _FARTHEST]
        before = [value for _, stop, value in objects if start - _FARTHEST <= stop <= start]
        passive = pattern(_FILE, "passive").search(text, 0, start) is not None
        if passive and before:
            yield act, before[-1]
        elif after:
            yield act, after[0]


def _matches(role: str, text: str) -> Iterator[tuple[re.Match[str], str]]:
    """All wordings of a role with their class."""
    for rule in load_patterns(_FILE):
        if rule.role == role:
            for match in rule.regex.finditer(text):
                yield match, rule.value
