"""Comparisons: which figure is compared with which.

"B compared with A" makes A a comparator of B, unless A is the base of a change; a figure for England and
Wales or another force is a comparator of the inspected force's nearest figure of the same kind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.nlp.figures.links.change import find_changes
from kg.nlp.figures.links.links import Links, is_compared, same_kind
from kg.nlp.figures.links.scene import Scene, Sentence
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-change"


def find_links(scene: Scene, populations: Sequence[str]) -> Links:
    """All links between the figures of a report: changes and comparisons."""
    links = Links()
    for number in range(len(scene.sentences)):
        find_changes(scene, links, number)
        _compared(scene, links, number, populations)
        _same_thing_earlier(scene, links, number, populations)
    _with_other_populations(scene, links, populations)
    return links


def _compared(scene: Scene, links: Links, number: int, populations: Sequence[str]) -> None:
    """Comparisons of a sentence ("B compared with A"), pairwise where both sides have as many."""
    sentence = scene.sentences[number]
    for place, index in enumerate(sentence.drafts):
        if scene.drafts[index].unit == "rank" or links.is_base(index) or index in links.base:
            continue
        if not is_compared(scene.before(index)):
            continue
        right = [i for i in sentence.drafts[place:] if same_kind(scene, i, index)]
        left = [i for i in sentence.drafts[:place] if same_kind(scene, i, index) and not links.is_base(i)]
        left = left or _focal_of_previous(scene, links, sentence, number, index)
        _match(links, left, right)


def _match(links: Links, left: list[int], right: list[int]) -> None:
    if len(left) == len(right):
        for focal, other in zip(left, right, strict=True):
            links.compare(focal, other)
    elif left:
        links.compare(left[-1], right[0])


def _focal_of_previous(scene: Scene, links: Links, sentence: Sentence, number: int, index: int) -> list[int]:
    if not pattern(_FILE, "change.anaphora").match(sentence.text):
        return []
    for earlier in scene.paragraph_before(number)[:2]:
        found = [i for i in earlier.drafts if same_kind(scene, i, index) and not links.is_base(i)]
        if found:
            return found[-1:]
    return []


def _same_thing_earlier(scene: Scene, links: Links, number: int, populations: Sequence[str]) -> None:
    """ "In 2018, our estimate was 87.9 percent" after a sentence that gives the figure of another time."""
    sentence = scene.sentences[number]
    earlier = scene.paragraph_before(number)[:1]
    if not earlier or not sentence.drafts or not earlier[0].drafts:
        return
    opening = pattern(_FILE, "compare.opening").match(sentence.text)
    same = pattern(_FILE, "compare.same-thing").search(sentence.text)
    if not (opening and same and sentence.periods):
        return
    here = [i for i in sentence.drafts if populations[i] == "inspected-force" and i not in links.direction]
    there = [i for i in earlier[0].drafts if not links.is_base(i) and not links.is_referred(i)]
    there = [i for i in there if here and same_kind(scene, i, here[0]) and _share_form(scene, i, here[0])]
    if not there or not here or any(not same_kind(scene, i, here[0]) for i in here):
        return
    if _is_later(sentence, earlier[0]):
        here, there = there, here
    if len(here) == len(there):
        for focal, other in zip(there, here, strict=True):
            links.compare(focal, other)
    elif len(here) == 1:
        links.compare(there[-1], here[0])


def _share_form(scene: Scene, first: int, second: int) -> bool:
    """A share ("56 of 60") is compared with a share."""
    return (scene.drafts[first].denominator is None) == (scene.drafts[second].denominator is None)


def _is_later(sentence: Sentence, earlier: Sentence) -> bool:
    """Whether the sentence's own period lies after that of the sentence before it."""
    if not earlier.periods:
        return False
    here, there = sentence.periods[0].end_date, earlier.periods[0].end_date
    return here is not None and there is not None and here > there


def _with_other_populations(scene: Scene, links: Links, populations: Sequence[str]) -> None:
    """A figure for England and Wales or another force is a comparator of the inspected force's nearest."""
    for index, population in enumerate(populations):
        if population not in ("england-and-wales", "other-force", "other"):
            continue
        if links.is_referred(index) or links.is_base(index) or scene.drafts[index].unit == "rank":
            continue
        focal = _nearest_focal(scene, links, populations, index)
        if focal is not None:
            links.compare(focal, index)


def _nearest_focal(scene: Scene, links: Links, populations: Sequence[str], index: int) -> int | None:
    """The inspected force's nearest figure of the same kind: with the same group, before, then after."""
    fits = [
        i
        for i in scene.paragraph_drafts(index)
        if populations[i] == "inspected-force"
        and same_kind(scene, i, index)
        and not links.is_base(i)
        and (i in links.direction) >= (index in links.direction and i < index)
    ]
    before = [i for i in fits if i < index]
    if before:
        group = group_key(scene, index)
        grouped = [i for i in before if group and group_key(scene, i) == group]
        return (grouped or before)[-1]
    after = [i for i in fits if scene.drafts[i].sentence - scene.drafts[index].sentence <= 1]
    return after[0] if after else None


_GROUP_KEY = re.compile(
    r"\b(Black or Black British|Asian or Asian British|Black|Asian|mixed|ethnic minority|White)\b",
    re.IGNORECASE,
)


def group_key(scene: Scene, index: int) -> str | None:
    """The ethnic group that stands before a figure in its sentence, in lower case."""
    words = re.split(r"\bcompared (?:to|with)\b", scene.before(index))[-1]
    found = _GROUP_KEY.findall(words)
    return found[0].lower() if found else None
