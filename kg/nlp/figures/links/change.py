"""Changes: what a figure rose or fell from.

A pair "from A to B" makes A the base of B; "by P percent" before it and "an increase of N" after it have
the same base.
"""

from __future__ import annotations

import re
from decimal import Decimal

from kg.nlp.figures.links.links import Links, comparable, direction_in, is_compared
from kg.nlp.figures.links.scene import Scene
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-change"
_FAR = 5
_FROM_AFTER = re.compile(r"(?: (?:in|by|at|on|during) [^.;,]{1,60})? from (?:\w+ )?")


def find_changes(scene: Scene, links: Links, number: int) -> None:
    """Add the changes that a sentence states to the links."""
    sentence = scene.sentences[number]
    for step in (_from_to, _up_from, _reached, _percent_change, _fewer, _to_only):
        for index in sentence.drafts:
            step(scene, links, index)
    _back_to_pairs(scene, links, number)


def _by_values(earlier: Decimal, later: Decimal) -> str | None:
    if earlier == later:
        return None
    return "increase" if later > earlier else "decrease"


def _clause_before(scene: Scene, index: int) -> str:
    sentence = scene.sentence(index)
    return scene.text[sentence.start : scene.drafts[index].start]


# From A to B


def _from_to(scene: Scene, links: Links, first: int) -> None:
    before = scene.before(first)
    later = scene.next(first)
    if later is None or not pattern(_FILE, "change.from").search(before):
        return
    if pattern(_FILE, "change.not-from").search(before):
        return
    if not pattern(_FILE, "change.to").match(scene.gap(first, later)) or not comparable(scene, first, later):
        return
    percent = scene.previous(first)
    words = before if percent is None else scene.before(percent) + " " + before
    direction = direction_in(words) or _by_values(scene.drafts[first].value, scene.drafts[later].value)
    links.pair(first, later, direction)
    links.starts.add(first)
    if percent is not None and _opens_change(scene, percent) and len(before) < 40:
        links.change(percent, direction, first)
    _trailing(scene, links, first, later, direction)


def _trailing(scene: Scene, links: Links, base: int, later: int, direction: str | None) -> None:
    """ "…, a decrease of 18 percent", "… (18 percent)" after a pair."""
    following = scene.next(later)
    if following is None:
        return
    gap = scene.gap(later, following)
    noun = pattern(_FILE, "change.noun-of").search(gap) or pattern(_FILE, "change.noun-after").match(
        scene.after(following)
    )
    if noun or (gap in (" (", " (by ", ", by ") and scene.drafts[following].unit == "percent"):
        links.change(following, direction_in(gap + scene.after(following)[:30]) or direction, base)


def _opens_change(scene: Scene, index: int) -> bool:
    before = scene.before(index)
    return any(pattern(_FILE, form).search(before) for form in ("change.by", "change.noun-of")) or bool(
        pattern(_FILE, "change.noun-after").match(scene.after(index))
    )


# B, up from A


def _up_from(scene: Scene, links: Links, base: int) -> None:
    if links.is_base(base):
        return
    match = pattern(_FILE, "change.up-from").search(scene.before(base))
    if match is None:
        return
    later = scene.previous(base)
    if later is None and pattern(_FILE, "change.anaphora").match(scene.sentence(base).text):
        later = _nearest_before(scene, links, base)
    if later is None:
        return
    if comparable(scene, base, later):
        links.pair(base, later, "increase" if match["up"] else "decrease")


def _reached(scene: Scene, links: Links, index: int) -> None:
    """ "was three weeks, had reached nine", "34 percent, having been 28"; "By May there were 146"."""
    before, previous = scene.before(index), scene.previous(index)
    if previous is not None and comparable(scene, previous, index):
        pair = None
        if pattern(_FILE, "change.reached").search(before):
            pair = previous, index
        elif pattern(_FILE, "change.having-been").search(before):
            pair = index, previous
        if pair:
            links.pair(*pair, _by_values(scene.drafts[pair[0]].value, scene.drafts[pair[1]].value))
    elif previous is None and pattern(_FILE, "change.by-then").search(before):
        base = _nearest_before(scene, links, index) if scene.drafts[index].noun is None else None
        if base is not None:
            links.pair(base, index, _by_values(scene.drafts[base].value, scene.drafts[index].value))


# P percent: by, of, increase


def _percent_change(scene: Scene, links: Links, index: int) -> None:
    if index in links.direction or links.is_base(index):
        return
    direction = _stated_change(scene, index)
    if direction is None:
        return
    links.change(index, direction)
    _percent_base(scene, links, index, direction)
    if index not in links.base:
        _focal_without_base(scene, links, index, direction)


def _stated_change(scene: Scene, index: int) -> str | None:
    before, after, draft = scene.before(index), scene.after(index), scene.drafts[index]
    if any(pattern(_FILE, form).search(before) for form in ("change.is-up", "change.directly")):
        return direction_in(before) if draft.unit != "count" or draft.noun else None
    if pattern(_FILE, "change.and-by").match(before) and scene.previous(index) is not None:
        return direction_in(_clause_before(scene, index))
    if pattern(_FILE, "change.by").search(before) or pattern(_FILE, "change.noun-of").search(before):
        return direction_in(before) or direction_in(_clause_before(scene, index))
    noun = pattern(_FILE, "change.noun-after").match(after)
    if noun and draft.unit in ("percent", "count", "GBP", "duration"):
        return direction_in(noun[0])
    fewer = pattern(_FILE, "change.fewer").match(after)
    if draft.unit == "GBP" and pattern(_FILE, "change.lost").search(before):
        return "decrease"
    if draft.unit == "GBP" or (draft.unit == "count" and draft.noun is None):
        fewer = pattern(_FILE, "change.more-than").match(after)
        return None if fewer is None else "increase" if fewer["up"] else "decrease"
    if fewer and draft.unit == "percent" and pattern(_FILE, "change.time-cue").search(after):
        return "increase" if fewer["up"] else "decrease"
    return None


def _percent_base(scene: Scene, links: Links, index: int, direction: str) -> None:
    """The base of "a rise of 12 percent from 2,687", "… with 4,525 crimes compared with 3,239"."""
    first = scene.next(index)
    if first is None or (scene.drafts[index].unit != "percent" and not comparable(scene, index, first)):
        return
    gap = scene.gap(index, first)
    if re.fullmatch(r" to (?:\w+ )?", gap):
        links.change(first, direction)
        return
    second = scene.next(first)
    if second is not None and comparable(scene, first, second) and is_compared(scene.gap(first, second)):
        links.change(index, direction, second)
        links.pair(second, first, direction)
        return
    if (
        not pattern(_FILE, "change.base-gap").search(gap)
        or ";" in gap
        or _same_unit_value(scene, index, first)
    ):
        return
    if _opens_change(scene, first):
        return
    links.change(index, direction, first)
    focal = _focal_before(scene, index, first)
    if focal is not None:
        links.pair(first, focal, direction)


def _focal_without_base(scene: Scene, links: Links, index: int, direction: str) -> None:
    """ "3,418 incidents, a 4 percent increase on the previous year": from what, is not said."""
    if scene.drafts[index].unit not in ("percent", "count", "GBP") or not pattern(
        _FILE, "change.apposition"
    ).search(scene.before(index)):
        return
    focal = scene.previous(index)
    if focal is None:
        earlier = scene.paragraph_before(scene.drafts[index].sentence)[:1]
        drafts = earlier[0].drafts if earlier else ()
        if _is_points(scene, index):
            drafts = tuple(i for i in drafts if scene.drafts[i].unit == "percent")
        focal = drafts[0] if drafts else None
    if (
        focal is not None
        and (scene.drafts[focal].unit in ("count", "GBP", "rate") or _is_points(scene, index))
        and not links.is_base(focal)
    ):
        links.change(focal, direction)


def _same_unit_value(scene: Scene, change: int, base: int) -> bool:
    """A percentage is no base of a change in percent ("rose by 2 percent compared with 3 percent in …")."""
    return scene.drafts[change].unit == scene.drafts[base].unit == "percent" and not _is_points(scene, change)


def _is_points(scene: Scene, index: int) -> bool:
    """Whether a figure is in percentage points."""
    return "point" in scene.text[scene.drafts[index].start : scene.drafts[index].end]


def _focal_before(scene: Scene, change: int, base: int) -> int | None:
    """The figure that changed: before the percentage in its sentence, or in the one before it."""
    previous = scene.previous(change)
    if previous is not None:
        return previous if comparable(scene, previous, base) else None
    number = scene.drafts[change].sentence
    if not pattern(_FILE, "change.anaphora").match(scene.sentences[number].text):
        return None
    for sentence in scene.paragraph_before(number)[:2]:
        for index in sentence.drafts:
            if comparable(scene, index, base):
                return index
    return None


# N fewer; to N


def _fewer(scene: Scene, links: Links, index: int) -> None:
    draft = scene.drafts[index]
    fewer = pattern(_FILE, "change.fewer").match(scene.text[draft.number_end : draft.end + 8])
    if fewer is None or draft.unit != "count":
        return
    following = scene.next(index)
    if following is not None and pattern(_FILE, "change.than-base").fullmatch(scene.gap(index, following)):
        links.change(index, "decrease" if fewer["down"] else "increase", following)
    elif fewer["down"]:
        links.change(index, "decrease")


def _to_only(scene: Scene, links: Links, index: int) -> None:
    """ "the wait had grown to 11 weeks", "it had reduced lapsed bail cases to 1,769"."""
    if index in links.base or links.is_base(index):
        return
    before = scene.before(index)
    match = pattern(_FILE, "change.to-only").search(before)
    if match is None:
        return
    direction = direction_in(match[0])
    if direction is None:
        return
    previous = scene.previous(index)
    if (
        previous is not None
        and pattern(_FILE, "change.rising-to").match(before)
        and comparable(scene, previous, index)
    ):
        links.pair(previous, index, direction)
        return
    following = scene.next(index)
    base = following if following and _FROM_AFTER.fullmatch(scene.gap(index, following)) else None
    if base is None and pattern(_FILE, "change.pronoun-to").search(before):
        base = _nearest_before(scene, links, index)
    links.change(index, direction, base if base is not None else _named_before(scene, index, before))


def _nearest_before(scene: Scene, links: Links, index: int) -> int | None:
    """The nearest earlier figure of the same kind in the paragraph: what "this had reduced to" is about."""
    number = scene.drafts[index].sentence
    earlier = [i for i in scene.sentences[number].drafts if i < index]
    earlier = [i for s in scene.paragraph_before(number)[:1] for i in s.drafts] + earlier
    fitting = [i for i in earlier if comparable(scene, i, index) and not links.is_base(i)]
    return fitting[-1] if fitting else None


def _named_before(scene: Scene, index: int, words: str) -> int | None:
    """An earlier count of the paragraph whose noun is named again in these words."""
    for sentence in scene.paragraph_before(scene.drafts[index].sentence):
        for other in reversed(sentence.drafts):
            noun = scene.drafts[other].noun
            if noun and scene.text[slice(*noun)].lower() in words.lower() and comparable(scene, index, other):
                return other
    return None


# An increase of 196 officers: back to the pair


def _back_to_pairs(scene: Scene, links: Links, number: int) -> None:
    """A change whose base stands in the sentences before: the arithmetic or the wording leads to it."""
    sentence = scene.sentences[number]
    for index in sentence.drafts:
        if index in links.base or scene.drafts[index].sentence != number:
            continue
        pair = _pair_with_difference(scene, links, index)
        if pair is not None and (index in links.direction or _says_more(scene, index)):
            base, later = pair
            links.change(index, links.direction.get(later), base)


def _says_more(scene: Scene, index: int) -> bool:
    draft = scene.drafts[index]
    return pattern(_FILE, "change.fewer").match(scene.text[draft.number_end : draft.end + 12]) is not None


def _pair_with_difference(scene: Scene, links: Links, index: int) -> tuple[int, int] | None:
    draft = scene.drafts[index]
    for base, later in reversed(links.pairs):
        far = scene.drafts[index].sentence - scene.drafts[base].sentence > _FAR
        if far or scene.sentence(base).paragraph != scene.sentence(index).paragraph:
            break
        if index in (base, later):
            continue
        first, last = scene.drafts[base], scene.drafts[later]
        difference = abs(last.value - first.value)
        if draft.unit == first.unit and difference == draft.value:
            return base, later
        share = difference * 100 / abs(first.value) if first.value else None
        if draft.unit == "percent" != first.unit and share and abs(share - draft.value) < Decimal("0.6"):
            return base, later
    return None
