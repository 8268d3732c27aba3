"""Samples: the figure that says how many were asked or looked at, of which another is a share.

"We received 343 responses … Of those surveyed: • 84.5 percent agreed …": the share has no whole in its own
sentence, and the sample is stated some lines above. A reader who wants to weigh the share needs both.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.model.records import Known
from kg.nlp.figures.context import Context
from kg.nlp.figures.kinds import NumberKind
from kg.nlp.figures.links.topic_chains import TopicChains
from kg.nlp.rules.pattern_files import pattern

_SURVEY = "survey-respondents"


def find_samples(
    context: Context, chains: TopicChains, populations: Sequence[str], kinds: Sequence[NumberKind]
) -> dict[int, int]:
    """For each quantity that is a share of a sample the quantity that states its size, where the text does.

    Of people who answered a survey it is the one whose size is the whole of the share ("53 of 343"), or else
    the last one above in the section, if no other survey is named between them; of cases that were read, the
    one that the paragraph goes on about, or one of things of the same name.
    """
    sizes = [index for index, kind in enumerate(kinds) if kind.kind == "sample"]
    asked = [index for index in sizes if populations[index] == _SURVEY]
    read = [index for index in sizes if populations[index] != _SURVEY]
    found: dict[int, int] = {}
    for index, kind in enumerate(kinds):
        if kind.kind != "share" or not (kind.of_sample or populations[index] == _SURVEY):
            continue
        is_survey = populations[index] == _SURVEY
        sample = _of_asked(context, asked, index) if is_survey else _of_read(context, chains, read, index)
        if sample is not None:
            found[index] = sample
    return found


def _of_asked(context: Context, sizes: Sequence[int], index: int) -> int | None:
    """The sample of people that a share of them is of."""
    share = context.quantities[index]
    if share.denominator is not None:
        same = [i for i in sizes if context.quantities[i].value == share.denominator]
        return same[0] if len(same) == 1 else None
    if share.numerator is not None:
        return (
            None  # what part of all staff the sample is: "343 responses, around 2.7 percent of the workforce"
        )
    above = max((i for i in sizes if i < index), default=None)
    if above is None or _titles(context, above) != _titles(context, index):
        return None
    end = share.start if _same_sentence(context, above, index) else context.sentence(index).end
    between = context.text[context.quantities[above].end : end]
    return None if pattern("figure-population", "population.other-survey").search(between) else above


def _titles(context: Context, index: int) -> list[str]:
    return context.section_titles(context.sentence(index).start)


def _of_read(context: Context, chains: TopicChains, sizes: Sequence[int], index: int) -> int | None:
    """The sample of cases that a share of them is of; a number of the same size may be another sample."""
    share, here = context.quantities[index], context.sentence(index).paragraph
    above = [i for i in sizes if i < index and context.sentence(i).paragraph == here]
    same = [i for i in above if context.quantities[i].value == share.denominator]
    chain = chains.of.get(index)
    if not same and (chain is None or chain.quantity not in sizes):
        return None
    sample = same[-1] if same or chain is None else chain.quantity
    noun = context.noun(index)
    if noun and noun.split()[-1:] == context.noun(sample).split()[-1:]:
        return sample
    again = pattern("figure-shares", "share.cases-again").fullmatch(noun) is not None
    again = again or not noun or share.bare or share.of_antecedent
    return sample if sample in above and again else None


def _same_sentence(context: Context, first: int, second: int) -> bool:
    return context.quantities[first].sentence == context.quantities[second].sentence


def known_sample(context: Context, index: int, sample: int | None) -> Known | None:
    """How the sample of a quantity is known: stated in its sentence, or carried from another."""
    if sample is None:
        return None
    how = "stated" if _same_sentence(context, sample, index) else "carried"
    size = context.quantities[sample]
    return Known("sample", how, size.start, size.end)
