"""What a report says of its own data: from whom each kind is, and from whom all that has no other source.

The note stands in a section of its own ("About the data"), or is a sentence that begins like one ("Except
where we say otherwise, figures on crimes were supplied to the Home Office"). It is read clause by clause:
each has a source, and what else it names are the kinds of data; "and so are workforce numbers" goes on with
the source.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.model.records import Span
from kg.model.text.headings import looks_like_heading
from kg.model.text.plurals import singular_word
from kg.nlp.figures.tables import cells_of
from kg.nlp.rules.pattern_files import compiled, pattern, word_set

_FILE = "figure-data-notes"
_SOURCES = "figure-sources"
_NAMED_BY = {
    "official-statistics": (_SOURCES, "source.official"),
    "force": (_FILE, "note.force"),
    "inspectorate": (_SOURCES, "source.inspectorate"),
}
"""Which rule finds a source in a note; the first that does."""
_SHORTEST = 4


@dataclass(frozen=True)
class NotedData:
    """A clause of a note: the source, its words, the heading above it, and where it stands."""

    source: str
    words: str
    heading: str
    span: Span

    def names(self, kind: str) -> bool:
        """Whether it names a kind of data, given as alternatives of a regular expression."""
        return compiled(rf"\b(?:{kind})", re.IGNORECASE).search(f"{self.heading} {self.words}") is not None

    @property
    def nouns(self) -> re.Pattern[str] | None:
        """What finds the nouns that the clause names in other words of the report; None if it names none."""
        return nouns_of(_kinds_told(self.words))


@dataclass(frozen=True)
class DataNote:
    """What a report says of its data; ``rest`` is the source of all that it names no other for."""

    data: tuple[NotedData, ...]
    rest: NotedData | None

    def words_of(self, source: str) -> tuple[NotedData, ...]:
        """The clauses with a source."""
        return tuple(noted for noted in self.data if noted.source == source)


@lru_cache(maxsize=8)
def read_data_note(text: str) -> DataNote:
    """Reads what a report says of its own data."""
    data: list[NotedData] = []
    rest: NotedData | None = None
    for heading, start, end in _sentences_of_notes(text):
        sentence = text[start:end]
        if pattern(_FILE, "note.rest").match(sentence):
            source = source_of(sentence)
            rest = NotedData(source, sentence, heading, (start, end)) if source else rest
            continue
        for source, begin, finish in _told(sentence):
            data.append(NotedData(source, sentence[begin:finish], heading, (start + begin, start + finish)))
    return DataNote(tuple(data), rest)


@dataclass(frozen=True)
class TableLabel:
    """What the row of a table measures, in the words of the report, and the source below the table."""

    source: str
    words: frozenset[str]
    span: Span

    def names(self, noun: str) -> bool:
        """Whether a counted noun of two words or more has only words of the row: "fire safety visits"."""
        found = {singular_word(word.lower()) for word in re.findall(r"[A-Za-z]{3,}", noun)} - {"and", "the"}
        return len(found) > 1 and found <= self.words


@lru_cache(maxsize=8)
def table_labels(text: str) -> tuple[TableLabel, ...]:
    """The rows of tables below which a source is named: "Source: Home Office"."""
    found: list[TableLabel] = []
    cells = cells_of(text)
    for below in pattern(_FILE, "note.below").finditer(text):
        source = source_of(below[0])
        last = bisect_right(cells, below.start(), key=lambda cell: cell.end) - 1
        if not source or last < 0 or text[cells[last].end : below.start()].count("\n") > 1:
            continue
        for cell in cells[: last + 1]:
            if cell.table == cells[last].table and cell.row is not None:
                words = re.findall(r"[A-Za-z]{3,}", text[slice(*cell.row)].lower())
                found.append(TableLabel(source, frozenset(map(singular_word, words)), cell.row))
    return tuple(found)


def _sentences_of_notes(text: str) -> Iterator[tuple[str, int, int]]:
    """The sentences about the report's data, each with the heading above it in the section on data."""
    about, alone = pattern(_SOURCES, "source.about"), pattern(_FILE, "note.alone")
    inside, heading, position = False, "", 0
    for line in text.split("\n"):
        inside = inside or about.match(line.strip()) is not None
        if inside and looks_like_heading(line):
            heading = line
        if inside or alone.match(line):
            for found in re.finditer(r"\S.*?(?:[.;](?= )|$)", line):
                if inside or alone.match(found[0]):
                    yield heading, position + found.start(), position + found.end()
        position += len(line) + 1


def _told(sentence: str) -> Iterator[tuple[str, int, int]]:
    """The clauses of a sentence with their sources: their own, that of the one before if they go on with it.

    What stands before the first source has that one ("Stop and search figures, and those on leavers, are …").
    """
    clauses = list(_clauses(sentence))
    named = [source_of(sentence[begin:end]) for begin, end in clauses]
    source = next((name for name in named if name), "")
    for (begin, end), name in zip(clauses, named, strict=True):
        goes_on = begin == 0 or pattern(_FILE, "note.goes-on").match(sentence[begin:end])
        source = name or (source if goes_on else "")
        if source:
            yield source, begin, end


def _clauses(sentence: str) -> Iterator[Span]:
    """The clauses of a sentence that may each have a source of their own."""
    begin = 0
    for parting in pattern(_FILE, "note.parts").finditer(sentence):
        yield begin, parting.start()
        begin = parting.end()
    yield begin, len(sentence)


def source_of(clause: str) -> str:
    """The source that a clause of a note names; empty if it names none."""
    return next((source for source, rule in _NAMED_BY.items() if pattern(*rule).search(clause)), "")


def _kinds_told(words: str) -> str:
    """The part of a clause that names the kinds of data; empty if it names none."""
    told = pattern(_FILE, "note.told").search(words)
    return "" if told is None else next(part for part in told.groups() if part is not None)


@lru_cache(maxsize=256)
def nouns_of(words: str) -> re.Pattern[str] | None:
    """What finds the nouns that some words name, and their relatives, in other words; None without any."""
    left = words
    for rule in _NAMED_BY.values():
        left = pattern(*rule).sub(" ", left)
    general = word_set(_FILE, "note.general")
    found = {
        singular_word(word.lower()) for word in re.findall(r"[A-Za-z]{2,}", left) if len(word) >= _SHORTEST
    }
    stems = sorted(re.escape(_stem(word)) for word in found if word not in general)
    return compiled(rf"\b(?:{'|'.join(stems)})\w*", re.IGNORECASE) if stems else None


def _stem(noun: str) -> str:
    """The part of a noun that its relatives share ("dismissal", "dismissed"): without the endings of nouns.

    >>> [_stem(noun) for noun in ("dismissal", "complaint", "recording", "visit")]
    ['dismiss', 'complaint', 'record', 'visit']
    """
    return re.sub(r"(?<=\w{4})(?:al|ing|ation|ment)$", "", noun)
