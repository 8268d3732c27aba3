"""What a report's section on its data ("About the data") says of the sources of each kind of data.

Each sentence of the section that names a source speaks for the kinds of data that it, or the heading
above it, names: "Data on crime is from the Home Office"; "We collected the data on bail from forces".
"""

from __future__ import annotations

import re

from kg.nlp.figures.links.scene import Scene
from kg.nlp.rules.pattern_files import Pattern, compiled, load_patterns, pattern

_OFFICIAL = "figure-official"
_SOURCES = "figure-sources"
_NO_KINDS = ("mask", "noun")


def official_kinds(scene: Scene) -> list[re.Pattern[str]]:
    """Wordings of the kinds of data that are official: the usual ones and those that the section names."""
    about = _about_text(scene, "source.official")
    usual = [form for form in load_patterns(_OFFICIAL) if form.value.startswith("*")]
    return [form.regex for form in [*usual, *_named_kinds(about)]]


def inspectorate_kinds(scene: Scene) -> list[re.Pattern[str]]:
    """Wordings of the kinds of data that the section says the inspectorate collected itself."""
    return [form.regex for form in _named_kinds(_about_text(scene, "source.inspectorate"))]


def _named_kinds(about: str) -> list[Pattern]:
    """The kinds of data, other than the usual ones, that the words name."""
    return [
        form
        for form in load_patterns(_OFFICIAL)
        if form.value
        and form.value not in _NO_KINDS
        and not form.value.startswith("*")
        and compiled(rf"\b(?:{form.value})", re.IGNORECASE).search(about)
    ]


def _about_text(scene: Scene, source: str) -> str:
    """The sentences of the section on data that name such a source, each with the heading above it."""
    about, named = pattern(_SOURCES, "source.about"), pattern(_SOURCES, source)
    found, inside, heading, previous = [], False, "", ""
    for line in scene.text.split("\n"):
        inside = inside or about.match(line.strip()) is not None
        if not inside:
            continue
        if line and not line.rstrip().endswith((".", ";", ":")):
            heading = line
        for sentence in re.split(r"(?<=[.;]) ", line):
            if named.search(sentence):
                anaphoric = re.match(r"(?:This|These|It|The data)\b", sentence) is not None
                found.append(f"{heading} {previous if anaphoric else ''} {sentence}")
            previous = sentence
    return "\n".join(found)
