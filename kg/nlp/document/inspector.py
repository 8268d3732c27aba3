"""Who led the inspection: the name after a label of the framework, or beside the inspector's office."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.nlp.document.lines import Line
from kg.nlp.document.wording import Words, longest_first
from kg.nlp.rules.pattern_files import compiled, pattern


def find_lead(lines: Sequence[Line], words: Words) -> str | None:
    """The name after one of the labels of the inspector ("Lead inspector: Helen Example HMI")."""
    labels = "|".join(words.wording.inspector_labels)
    if not labels:
        return None
    label = compiled(
        rf"(?:.*?\s)??(?:{labels})(?: on site)?(?P<colon>\s*[:|])?\s*(?P<rest>.*)", re.IGNORECASE
    )
    for at, line in enumerate(lines):
        if len(line.text) < 160 and (match := label.fullmatch(line.text)):
            following = lines[at + 1].text if at + 1 < len(lines) else ""
            named = match["rest"] or (following if match["colon"] else "")
            if name := _name(named, words, titled=not match["colon"]):
                return name
    return None


def _name(text: str, words: Words, titled: bool) -> str | None:
    """The name that a text begins with, without the offices and names that follow; only one with its office
    ("Jo Bloggs HMI") if it must be ``titled``."""
    titles = longest_first(words.wording.inspector_titles)
    offices = "|".join(re.escape(title).replace("’", "[’']") for title in titles) or r"(?!)"
    office = compiled(rf"\b(?:{offices})\b")
    name = re.split(rf"\s*(?:[,;(|]|\band\b|{office.pattern})", text, maxsplit=1)[0].strip()
    if titled and not office.search(text):
        return None
    return name if pattern("document", "inspector-name").match(name) else None


def find_inspector(lines: Sequence[Line], words: Words) -> str | None:
    """The name above (or before) the inspector's office: "Helen Example" / "HM Inspector of Constabulary"."""
    for before, line in zip((None, *lines), lines, strict=False):
        name, _, office = line.text.partition(", ")
        if office and words.is_inspector(office) and _is_name(name):
            return pattern("document", "from").sub("", name)
        if words.is_inspector(line.text) and before is not None and _is_name(before.text):
            return before.text
    return None


def _is_name(text: str) -> bool:
    text = pattern("document", "from").sub("", text)
    return pattern("document", "signature").match(text) is not None
