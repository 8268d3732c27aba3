"""Which figures are of official data: by the kind of data, by who is counted, by what they are set beside.

What a report's section on its data ("About the data") says of each kind of data is heard too: "Data on crime
is from the Home Office"; "We collected the data on sickness from forces".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.model.records import Span
from kg.nlp.figures.context import Context, Sentence
from kg.nlp.figures.links.links import Links
from kg.nlp.figures.sources.data_note import NotedData, read_data_note
from kg.nlp.rules.pattern_files import Pattern, load_patterns, pattern

_OFFICIAL = "figure-official"
_SOURCES = "figure-sources"


@dataclass(frozen=True)
class KindsOfData:
    """Wordings of the kinds of data that are official in a report, and of those that inspectors collected."""

    official: tuple[Pattern, ...]
    collected: tuple[Pattern, ...]

    @classmethod
    def of(cls, context: Context) -> KindsOfData:
        """The kinds of a report: the usual ones, and those that its section on data names."""
        usual = [form for form in load_patterns(_OFFICIAL) if form.role == "usual"]
        note = read_data_note(context.text)
        named = _named_kinds(note.words_of("official-statistics"))
        return cls((*usual, *named), _named_kinds(note.words_of("inspectorate")))


def _named_kinds(data: Sequence[NotedData]) -> tuple[Pattern, ...]:
    """The kinds of data, other than the usual ones, that clauses of the note name."""
    kinds = [form for form in load_patterns(_OFFICIAL) if form.role == "named"]
    return tuple(kind for kind in kinds if any(noted.names(kind.value) for noted in data))


def is_official_sentence(sentence: Sentence, kinds: KindsOfData) -> bool:
    """Whether a sentence tells of an official kind of data."""
    return official_words(sentence, kinds) is not None


def official_words(sentence: Sentence, kinds: KindsOfData) -> tuple[str, Span] | None:
    """The id of the official kind of data that a sentence tells of, and its words."""
    masked = pattern(_OFFICIAL, "official.mask").sub(lambda found: " " * len(found[0]), sentence.text)
    for kind in kinds.official:
        if found := kind.regex.search(masked):
            return kind.id, (sentence.start + found.start(), sentence.start + found.end())
    return None


def counts_officially(context: Context, index: int, kinds: KindsOfData, in_official: bool) -> bool:
    """Whether a figure is of official data; these are totals and rates, never "33 of 34".

    Where something is counted it must be what official data counts; otherwise its sentence decides.
    """
    noun, words = context.noun(index), context.sentence(index).text
    if context.quantities[index].denominator is not None:
        return False
    if not noun or pattern(_OFFICIAL, "official.noun").search(noun):
        return in_official
    return _counts_people(noun, words, kinds)


def _counts_people(noun: str, words: str, kinds: KindsOfData) -> bool:
    """Whether official statistics count these people: inhabitants, the workforce, victims of homicide."""

    def told(kind: str, *, anywhere: bool = False) -> bool:
        form = pattern(_OFFICIAL, kind)
        known = anywhere or any(form is one.regex for one in kinds.official)
        return known and form.search(words) is not None

    def are(people: str) -> bool:
        return pattern(_OFFICIAL, people).search(noun) is not None

    return (
        (told("official.population") and are("people.inhabitants"))
        or (told("official.strength") and are("people.workforce"))
        or (are("people.persons") and told("official.people-searched", anywhere=True))
        or told("official.homicide", anywhere=True)
        or (are("people.officers") and told("official.officers", anywhere=True))
    )


def beside_national(context: Context, index: int, populations: Sequence[str], links: Links) -> bool:
    """Whether a figure is set beside England and Wales: theirs, a rank, compared, said to be like them."""
    quantity, sentence, own = context.quantities[index], context.sentence(index), context.next(index)
    if _compared_nationally(index, populations, links):
        return True
    if quantity.unit == "rank" and is_of_thing(context, index):
        return False
    if quantity.unit == "rank":
        return pattern(_SOURCES, "source.rank-scope").search(context.after(index)) is not None
    if quantity.unit not in ("percent", "rate", "count", "ratio", "duration"):
        return False
    if own is not None and context.quantities[own].unit == "rank":
        return True
    return any(
        following.paragraph == sentence.paragraph
        and all(context.quantities[i].unit == "rank" for i in following.quantities)
        and pattern(_SOURCES, "source.anaphora").match(following.text)
        and pattern("figure-population", "population.beside").search(following.text) is not None
        for following in context.sentences[quantity.sentence + 1 : quantity.sentence + 2]
    )


def is_of_thing(context: Context, index: int) -> bool:
    """Whether a rank orders things by what they are ("the second largest area"), not by published data."""
    quantity, after = context.quantities[index], context.after(index)
    way = context.text[quantity.number_end : quantity.end].strip(" -")
    by = pattern("figure-measures", "measure.ranked-by").match(after)
    return by is None and pattern("figure-measures", "measure.ranked-thing").match(way + after) is not None


def is_national_rate(context: Context, index: int, populations: Sequence[str], links: Links) -> bool:
    """Whether a rate that "we found" is set beside that of England and Wales, which no case review gives."""
    quantity = context.quantities[index]
    if quantity.unit not in ("percent", "rate") or quantity.denominator is not None:
        return False
    return quantity.interval is None and _compared_nationally(index, populations, links)


def _compared_nationally(index: int, populations: Sequence[str], links: Links) -> bool:
    beside = (index, *links.comparators.get(index, ()))
    return any(populations[other] in ("england-and-wales", "other") for other in beside)
