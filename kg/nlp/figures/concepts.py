"""The measure of the vocabulary that a figure is of: where phrase, unit, kind and polarity fit, else none.

What only one of several fits is no reason to link: a figure without a concept keeps its phrase, and a wrong
concept puts it into a series with others (docs/vocabularies.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kg.model.frameworks import load_frameworks
from kg.model.measures import Measure, load_measures
from kg.nlp.figures.context import Context
from kg.nlp.figures.kinds import NumberKind
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-measures"
_NEAR = 40
"""How many characters behind a bare number may say what it counts."""


def measures_read_with(framework: str | None) -> tuple[Measure, ...]:
    """The measures that reports of a framework are read with; all where the framework is not known."""
    if framework is None:
        return load_measures()
    schemes = next((f.vocabularies for f in load_frameworks() if f.notation == framework), ())
    return tuple(m for m in load_measures() if set(m.schemes) & set(schemes))


def find_concepts(
    context: Context, phrases: Sequence[str | None], kinds: Sequence[NumberKind], measures: Sequence[Measure]
) -> list[str | None]:
    """The IRI of the measure of each quantity, in their order."""
    return [
        _concept(context, index, phrase, kind, measures)
        for index, (phrase, kind) in enumerate(zip(phrases, kinds, strict=True))
    ]


def _concept(
    context: Context, index: int, phrase: str | None, kind: NumberKind, measures: Sequence[Measure]
) -> str | None:
    """The measure whose longest name fits the phrase of the figure, else the words just before it."""
    quantity = context.quantities[index]
    fitting = [m for m in measures if quantity.unit in m.units and kind.kind in m.kinds]
    whole = phrase if phrase and phrase == kind.of and kind.kind == "share" else None
    if not fitting or whole is not None:  # "1.8 percent of its budget" measures no budget
        return None
    after = context.after(index)[:_NEAR] if quantity.bare else ""
    found = measure_named(phrase or "", after, fitting)
    if found is None and quantity.noun is None and phrase is not None and len(phrase.split()) < 3:
        before = re.split(r",|\band\b", context.before(index))[-1]
        found = measure_named(pattern(_FILE, "concept.opening").sub("", before), after, fitting)
    if found is None or (kind.complement and (found.better == "lower" or not found.is_share)):
        return None  # "not closed without a suspect": what is negated twice is read by people
    if found.is_full_time_equivalent and not _says_full_time(context, index):
        return None
    return None if found.counts_people and not _are_of_the_body(context, index) else found.iri


def _says_full_time(context: Context, index: int) -> bool:
    """Whether the sentence of a count of posts, or one before it in the paragraph, says that they are FTE."""
    near = [context.sentence(index), *context.paragraph_before(context.quantities[index].sentence)]
    return any(pattern(_FILE, "concept.full-time").search(sentence.text) for sentence in near)


def _are_of_the_body(context: Context, index: int) -> bool:
    """Whether people who are counted are those of the whole body: not "the unit has grown to 19 officers"."""
    before = context.text[context.sentence(index).start : context.quantities[index].start]
    if pattern(_FILE, "concept.part-of-body").search(before) is not None:
        return False
    named = context.quantities[index].noun is not None
    return named or pattern(_FILE, "concept.level-before").search(context.before(index)) is not None


@lru_cache(maxsize=8192)
def _bare(words: str) -> str:
    """The words in lower case, without brackets, quotation marks and punctuation."""
    bare = re.sub(r" \([^()]*\)|(?<!\w)[‘’'](?=\w)|(?<=\w)[’'](?!\w)", "", words.lower())
    return re.sub(r"[^\w%’'-]+", " ", bare).strip()


def _plain(words: str) -> str:
    """The bare words without what says how a number is counted or whose it is."""
    plain = _bare(words)
    plain = pattern(_FILE, "concept.counted").sub("", plain)
    return pattern(_FILE, "concept.of-the-body").sub("", plain)


def measure_named(words: str, after: str, measures: Sequence[Measure]) -> Measure | None:
    """The measure of the longest name that the words are headed by, or, of a share, that stands in them.

    Both the bare words and the plain are looked at: "reported violent crime" names another measure than
    "violent crime". ``after`` are the words behind a bare number: they may say that it counts another thing.
    """
    best: tuple[int, str, Measure] | None = None
    bare, plain = _bare(words), _plain(words)
    for measure in measures:
        beside = [word for word in measure.not_meant if word in f"{plain} {after}"]
        for name in map(_bare, measure.phrases):
            fits = (
                f" {name} " in f" {bare} "
                if measure.is_share
                else any(_is_headed(said, name, measure.counts_people) for said in (plain, bare))
            )
            if any(word not in name for word in beside):  # "emergency calls" is a part of another name
                continue
            if fits and (best is None or (len(name), name) > best[:2]):
                best = (len(name), name, measure)
    return None if best is None else best[2]


def _is_headed(plain: str, name: str, counts_people: bool) -> bool:
    """Whether a phrase is a name with nothing that narrows it: "robbery", "stop and searches carried out".

    People and things of which something more is said are others: "officers on long-term sick leave".
    """
    if plain == name:
        return True
    if not plain.startswith(name + " "):
        return False
    tail = plain[len(name) :]
    return not counts_people and pattern(_FILE, "concept.tail").fullmatch(tail) is not None
