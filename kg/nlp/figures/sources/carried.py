"""Sources carried on: a figure that names nobody, where the text goes on about the same data."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from kg.nlp.figures.context import Context, Sentence, refers_to_same_time
from kg.nlp.figures.links.anaphora import is_elliptic
from kg.nlp.figures.links.links import Links
from kg.nlp.figures.sources.speakers import speakers_in
from kg.nlp.rules.pattern_files import pattern

_SOURCES = "figure-sources"
_FAR = 3
_OFFICIAL = "official-statistics"


def with_carried_sources(
    context: Context, links: Links, sources: Sequence[str | None], carried: AbstractSet[int]
) -> list[str | None]:
    """The sources, completed from the sentences around; ``carried`` have their period from others.

    In this order: from the sentence before and from neighbours in the sentence; from the sentence after that
    tells whose figures these are; along comparisons; along changes.
    """
    result = list(sources)
    for number, sentence in enumerate(context.sentences):
        if sentence.quantities:
            _from_before(context, links, number, sentence, carried, result)
            _from_neighbours(context, sentence, result)
    for number, sentence in enumerate(context.sentences):
        _from_after(context, number, sentence, result)
    for focal, others in links.comparators.items():
        base = links.base.get(focal)
        for other in others if base is None else (*others, base):
            _inherit(context, result, other, focal)
    for later, base in links.base.items():
        _inherit(context, result, base, later)
        if result[base] is None and _is_said_after(context, base, later):
            result[base] = result[later]
    return result


def _from_before(
    context: Context,
    links: Links,
    number: int,
    sentence: Sentence,
    carried: AbstractSet[int],
    result: list[str | None],
) -> None:
    earlier = [i for i in _figures_before(context, number) if result[i]]
    goes_on_saying = _goes_on_saying(context, number)
    for index in sentence.quantities:
        if result[index] is not None:
            continue
        if not earlier:
            result[index] = _named_before(context, number)
        elif goes_on_saying or _goes_on(context, links, sentence, index, carried):
            result[index] = result[earlier[-1]]


def _figures_before(context: Context, number: int) -> Sequence[int]:
    """The figures of the sentence before; one that speaks of the same period reaches over plain sentences."""
    before = context.paragraph_before(number)[:_FAR]
    again = any(refers_to_same_time(period) for period in context.sentences[number].periods)
    while again and before and not before[0].quantities:
        before = before[1:]
    return before[0].quantities if before else ()


def _named_before(context: Context, number: int) -> str | None:
    """A sentence without figures that names the data ("Our data from … shows") speaks for the next one."""
    before = context.paragraph_before(number)[:1]
    if not before or before[0].quantities:
        return None
    ours = pattern("figure-attribution", "by.our").search(before[0].text)
    return "inspectorate" if ours is not None and "data" in ours[0].split() else None


def _goes_on_saying(context: Context, number: int) -> bool:
    """Whether a sentence goes on with what the force said before: "… told us that …. It takes …"."""
    before = context.paragraph_before(number)[:1]
    told = before and pattern("figure-attribution", "by.force-told").search(before[0].text)
    again = pattern(_SOURCES, "source.goes-on-saying").match(context.sentences[number].text)
    return bool(told) and again is not None


def _goes_on(
    context: Context, links: Links, sentence: Sentence, index: int, carried: AbstractSet[int]
) -> bool:
    """Whether a figure is of the data of the sentence before, by its links, its words or its period."""
    quantity, before, base = context.quantities[index], context.before(index), links.base.get(index)
    if base is not None and context.quantities[base].sentence != quantity.sentence:
        return True
    if quantity.of_antecedent or before.endswith((" other ", " remaining ")) or is_elliptic(context, index):
        return True
    if any(pattern(_SOURCES, form).match(sentence.text) for form in ("source.same-thing", "source.means")):
        return True
    if index in links.direction and pattern(_SOURCES, "source.this-is").search(before):
        return True
    same_time = any(refers_to_same_time(period) for period in sentence.periods) and any(
        pattern(_SOURCES, form).match(sentence.text) for form in ("source.same-time", "source.anaphora")
    )
    return same_time or index in carried


def _from_neighbours(context: Context, sentence: Sentence, result: list[str | None]) -> None:
    """A figure without a source beside an official one of the same unit in its sentence is official too."""
    units = {context.quantities[i].unit for i in sentence.quantities if result[i] == _OFFICIAL}
    for index in sentence.quantities:
        if result[index] is None and context.quantities[index].unit in units:
            result[index] = _OFFICIAL


def _from_after(context: Context, number: int, sentence: Sentence, result: list[str | None]) -> None:
    """ "These are the force’s own figures": who says the figures of the sentence before."""
    before = context.sentences[number - 1] if number and not sentence.quantities else None
    if before is None or not before.quantities or before.paragraph != sentence.paragraph:
        return
    if pattern("figure-discourse", "topic.source-after").search(sentence.text):
        speakers = speakers_in(context, sentence)
        for index in before.quantities if speakers else ():
            result[index] = result[index] or speakers[0].value


def _inherit(context: Context, result: list[str | None], index: int, focal: int) -> None:
    """A base or comparator in the same sentence or after its focal figure has the same source."""
    quantities = context.quantities
    later = index > focal and quantities[index].sentence >= quantities[focal].sentence
    if result[index] is None and later:
        result[index] = result[focal]


def _is_said_after(context: Context, base: int, later: int) -> bool:
    """Whether who says in the next sentence that "it had halved" gives the base of that change as well."""
    here, there = context.quantities[base].sentence, context.quantities[later].sentence
    together = there == here + 1 and context.sentence(base).paragraph == context.sentence(later).paragraph
    return together and pattern(_SOURCES, "source.of-it").search(context.before(later)) is not None
