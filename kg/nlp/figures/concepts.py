"""The measure of the vocabulary that a figure is of: where phrase, unit, kind and polarity fit, else none.

What only one of several fits is no reason to link: a figure without a concept keeps its phrase, and a wrong
concept puts it into a series with others (docs/vocabularies.md). Whether a figure counts a measure or its
opposite is said of the measure: “no suspect identified” is a negated predicate and the very name of one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.model.frameworks import load_frameworks
from kg.model.measures import Measure, load_measures
from kg.model.text.plurals import singular_word
from kg.model.text.verbs import bases, forms_of
from kg.nlp.figures.context import Context
from kg.nlp.figures.kinds import NumberKind
from kg.nlp.figures.negations import affirmed, is_negated, is_said_in, negated_clauses
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-measures"
_ACT_NEAR = 6
"""How many words may part what was done from the thing that it was done with."""
_OCCASION = frozenset({"when", "where", "if", "after", "once", "before", "until"})
_NEAR = 40
"""How many characters behind a bare number may say what it counts."""


def measures_read_with(framework: str | None) -> tuple[Measure, ...]:
    """The measures that reports of a framework are read with; all where the framework is not known."""
    if framework is None:
        return load_measures()
    schemes = next((f.vocabularies for f in load_frameworks() if f.notation == framework), ())
    return tuple(m for m in load_measures() if set(m.schemes) & set(schemes))


@dataclass(frozen=True, slots=True)
class LinkedMeasure:
    """The IRI of a measure; ``complement`` is true where the figure counts its opposite."""

    iri: str
    complement: bool = False


def find_concepts(
    context: Context, phrases: Sequence[str | None], kinds: Sequence[NumberKind], measures: Sequence[Measure]
) -> list[LinkedMeasure | None]:
    """The measure of each quantity, in their order."""
    return [
        _concept(context, index, phrase, kind, measures)
        for index, (phrase, kind) in enumerate(zip(phrases, kinds, strict=True))
    ]


def _concept(
    context: Context, index: int, phrase: str | None, kind: NumberKind, measures: Sequence[Measure]
) -> LinkedMeasure | None:
    """The measure whose longest name fits the phrase of the figure, else the words just before it."""
    quantity = context.quantities[index]
    said_to_be = "rate" if kind.per_one else kind.kind  # "900 calls a day" is no total of calls
    fitting = [m for m in measures if quantity.unit in m.units and said_to_be in m.kinds]
    whole = phrase if phrase and phrase == kind.of and kind.kind == "share" else None
    if not fitting or whole is not None:  # "1.8 percent of its budget" measures no budget
        return None
    after = context.after(index)[:_NEAR] if quantity.bare else ""
    if kind.kind == "share" and phrase is not None:
        shares = _shares_meant(context, index, phrase, fitting)
        said = str(context.text[context.sentence(index).start : context.sentence(index).end])
        apart = _of_negated(phrase, said, shares) if kind.complement else None
        apart = apart or _opposite_named(phrase, shares, kind)
        if apart is not None:
            return apart
        fitting = [m for m in fitting if m in shares or not m.is_share]
    if kind.complement or pattern(_FILE, "concept.not-actual").search(context.before(index)):
        return None
    found = measure_named(phrase or "", after, fitting)
    if found is None and quantity.noun is None and phrase is not None and len(phrase.split()) < 3:
        before = re.split(r",|\band\b", context.before(index))[-1]
        found = measure_named(pattern(_FILE, "concept.opening").sub("", before), after, fitting)
    if found is None or (found.counts_people and not _are_of_the_body(context, index)):
        return None
    if found.is_full_time_equivalent and not _says_full_time(context, index):
        return None
    return LinkedMeasure(found.iri)


def _shares_meant(context: Context, index: int, phrase: str, measures: Sequence[Measure]) -> list[Measure]:
    """The shares of which neither the phrase nor the words before the number say that another is meant."""
    around = f"{_bare(phrase)} {context.before(index).lower()}"
    before = _bare(context.before(index))
    measures = [m for m in measures if not any(_is_narrowed(before, _bare(name)) for name in m.phrases)]
    return [
        measure
        for measure in measures
        if measure.is_share and not any(word in around for word in measure.not_meant)
    ]


def _of_negated(phrase: str, sentence: str, shares: Sequence[Measure]) -> LinkedMeasure | None:
    """The share of which a negated predicate counts the opposite, or that it is a name of.

    “Weren’t effective” counts the opposite of “were effective”; “the victim didn’t support action” is itself
    what the measure is called. What is no shortcoming has an opposite that a reader can name.
    """
    for clause in negated_clauses(phrase):
        if not is_said_in(clause, sentence):
            continue
        bare = f" {_bare(clause)} "
        for measure in shares:
            if any(is_negated(name) and f" {name} " in bare for name in map(_bare, measure.phrases)):
                return LinkedMeasure(measure.iri)
        for words in affirmed(clause):
            found = measure_named(words, "", [m for m in shares if m.better != "lower"])
            if found is not None:
                return LinkedMeasure(found.iri, complement=True)
    return None


def _opposite_named(phrase: str, shares: Sequence[Measure], kind: NumberKind) -> LinkedMeasure | None:
    """The share that declares words of the phrase as its opposite: “were ineffective”.

    They are negated where the predicate is: “weren’t ineffective” counts neither, for it is read by people.
    """
    bare = f" {_bare(phrase)} "
    found = [
        (len(name), name, measure)
        for measure in shares
        for name in map(_bare, measure.opposites)
        if f" {name} " in bare and is_negated(name) == kind.complement
    ]
    return LinkedMeasure(max(found, key=lambda one: one[:2])[2].iri, complement=True) if found else None


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
                (f" {name} " in f" {bare} " and not _is_narrowed(bare, name)) or _says_act(bare, name)
                if measure.is_share
                else any(_is_headed(said, name, measure.counts_people) for said in (plain, bare))
            )
            if any(word not in name for word in beside):  # "emergency calls" is a part of another name
                continue
            if fits and (best is None or (len(name), name) > best[:2]):
                best = (len(name), name, measure)
    return None if best is None else best[2]


def _is_narrowed(bare: str, name: str) -> bool:
    """Whether the words say that a rate is of a part only, which its name does not have.

    >>> _is_narrowed("charge rate for burglary", "charge rate"), _is_narrowed("charge rate", "charge rate")
    (True, False)
    """
    tail = bare.partition(name)[2]
    return name.endswith("rate") and pattern(_FILE, "concept.narrowed").match(tail) is not None


@lru_cache(maxsize=8192)
def _says_act(bare: str, name: str) -> bool:
    """Whether words say in another order what a name of a thing and a participle says was done with it.

    >>> _says_act("calls in which we checked whether it was a repeat victim", "repeat victim checked")
    True
    >>> _says_act("calls from a repeat victim", "repeat victim checked")
    False
    """
    *thing, done = [singular_word(word) for word in name.split()[:-1]] + name.split()[-1:]
    base = bases().get(done)
    if base is None or not thing:
        return False
    forms, words = forms_of(base).all, bare.split()
    things = [singular_word(word) for word in words]
    for at in range(len(words) - len(thing) + 1):
        if not _OCCASION.isdisjoint(words[max(0, at - 2) : at]):
            continue  # "information gathered when a repeat victim was identified": only the occasion
        around = [*words[max(0, at - _ACT_NEAR) : at], *words[at + len(thing) : at + len(thing) + _ACT_NEAR]]
        if things[at : at + len(thing)] == thing and not forms.isdisjoint(around):
            return True
    return False


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
