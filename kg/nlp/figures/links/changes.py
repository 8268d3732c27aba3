"""Changes: what a figure rose or fell from.

A pair "from A to B" makes A the base of B; "by P percent" before it and "an increase of N" after it have
the same base. ``STEPS`` are tried in their order over each sentence; what was found first stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.nlp.figures.context import Context
from kg.nlp.figures.links.earlier import said_of_earlier
from kg.nlp.figures.links.links import Links, comparable, is_points, rate_beside
from kg.nlp.rules.pattern_files import load_patterns, pattern

_FILE = "figure-change"
_FAR = 5
_ROUNDING = Decimal("0.6")
_FROM_AFTER = re.compile(r"(?: (?:in|by|at|on|during) [^.;,]{1,60})? from (?:\w+ )?")


@dataclass(frozen=True, slots=True)
class Change:
    """What a step reads: the quantity ``later`` changed in a direction, from the quantity ``base``.

    In a pair both are levels ("fell from 9 to 7"); ``size`` is true where ``later`` is by how much.
    """

    later: int
    direction: str | None = None
    base: int | None = None
    pair: bool = False
    start: bool = False
    size: bool = False


def find_changes(context: Context) -> Links:
    """All changes that the sentences of a report state."""
    direction: dict[int, str] = {}
    base: dict[int, int] = {}
    bases: set[int] = set()
    pairs: list[tuple[int, int]] = []
    starts: set[int] = set()
    sizes: set[int] = set()
    known = Links(direction, base, bases, pairs, starts, sizes)  # what the steps see; they only read it
    for sentence in context.sentences:
        for step in STEPS:
            for index in sentence.quantities:
                for change in step(context, known, index):
                    if change.direction is not None:
                        direction.setdefault(change.later, change.direction)
                    if change.size:
                        sizes.add(change.later)
                    if change.base is None:
                        continue
                    if change.base != change.later:
                        base.setdefault(change.later, change.base)
                        bases.add(change.base)
                    if change.pair:
                        pairs.append((change.base, change.later))
                    if change.start:
                        starts.add(change.base)
    return known


def direction_in(words: str) -> str | None:
    """The direction that the last word of change names: "rose", "reduction" …

    >>> direction_in("robbery fell by"), direction_in("it has grown from"), direction_in("it was")
    ('decrease', 'increase', None)
    """
    found = [
        (match.start(), -place, form.value)
        for place, form in enumerate(load_patterns(_FILE))
        if form.role == "direction"
        for match in form.regex.finditer(words)
    ]
    return max(found)[2] if found else None


def _by_values(context: Context, base: int, later: int) -> str | None:
    before, after = context.quantities[base].value, context.quantities[later].value
    return None if before == after else "increase" if after > before else "decrease"


def _level(context: Context, base: int, later: int) -> Change:
    """A change between two levels whose direction only their values tell."""
    return Change(later, _by_values(context, base, later), base, pair=True)


# --- from A to B -------------------------------------------------------------------------------------


def _from_to(context: Context, known: Links, first: int) -> list[Change]:
    """ "rose by 8 percent, from 250 to 270, an increase of 20"."""
    before, later = context.before(first), context.next(first)
    if later is None or not pattern(_FILE, "change.from").search(before):
        return []
    if pattern(_FILE, "change.not-from").search(before):
        return []
    to = pattern(_FILE, "change.to").match(context.gap(first, later))
    if not to or not comparable(context, first, later):
        return []
    percent = context.previous(first)
    words = before if percent is None else context.before(percent) + " " + before
    direction = direction_in(words) or _by_values(context, first, later)
    found = [Change(later, direction, first, pair=True, start=True)]
    if percent is not None and _opens_change(context, percent) and len(before) < 40:
        found.append(Change(percent, direction, first, size=True))
    following = context.next(later)
    if following is not None:
        gap, after = context.gap(later, following), context.after(following)
        noun = pattern(_FILE, "change.noun-of").search(gap) or pattern(_FILE, "change.noun-after").match(
            after
        )
        in_bracket = gap in (" (", " (by ", ", by ") and context.quantities[following].unit == "percent"
        if noun or in_bracket:
            way = direction_in(gap + after[:30]) or direction
            found.append(Change(following, way, first, size=True))
    return found


def _opens_change(context: Context, index: int) -> bool:
    before = context.before(index)
    return any(pattern(_FILE, form).search(before) for form in ("change.by", "change.noun-of")) or bool(
        pattern(_FILE, "change.noun-after").match(context.after(index))
    )


# --- B, up from A ------------------------------------------------------------------------------------


def _up_from(context: Context, known: Links, base: int) -> list[Change]:
    """ "270 robberies, up from 250"."""
    match = None if known.is_base(base) else pattern(_FILE, "change.up-from").search(context.before(base))
    if match is None:
        return []
    later = context.previous(base)
    if later is None and pattern(_FILE, "change.anaphora").match(context.sentence(base).text):
        later = _nearest_before(context, known, base)
    if later is None or not comparable(context, base, later):
        return []
    return [Change(later, "increase" if match["up"] else "decrease", base, pair=True)]


def _than_then(context: Context, known: Links, first: int) -> list[Change]:
    """ "both are higher than in 2020, when they were 58.0 and 49.5 percent": each its own base."""
    match = pattern(_FILE, "change.than-then").search(context.before(first))
    if match is None:
        return []
    sentence = context.sentence(first)
    bases = [i for i in sentence.quantities if i >= first and comparable(context, first, i)]
    here = [i for i in sentence.quantities if i < first and comparable(context, first, i)]
    nearest = here[-1:]
    if not here and pattern(_FILE, "change.anaphora").match(sentence.text):
        before = context.paragraph_before(context.quantities[first].sentence)[:1]
        here = [i for s in before for i in s.quantities if comparable(context, first, i)]
        nearest = here[:1]  # "That" is what the sentence before is about
    direction = "increase" if match["up"] else "decrease" if match["down"] else None
    pairs = zip(bases, here, strict=True) if len(here) == len(bases) else zip(bases, nearest, strict=False)
    return [
        Change(later, direction or _by_values(context, base, later), base, pair=True)
        for base, later in pairs
        if not known.is_base(later) and later not in known.sizes
    ]


def _changed_since(context: Context, known: Links, index: int) -> list[Change]:
    """ "7,930 visits. In 2019/20 it made 9,012, so this is a fall of 12 percent"."""
    then = said_of_earlier(context, known, index)
    if then is None or then.change is None:
        return []
    return [Change(then.focal, direction_in(then.change), index, pair=True)]


def _reached(context: Context, known: Links, index: int) -> list[Change]:
    """ "was three weeks, had reached nine", "34 percent, having been 28"."""
    before, previous = context.before(index), context.previous(index)
    if previous is None or not comparable(context, previous, index):
        return []
    if pattern(_FILE, "change.reached").search(before):
        return [_level(context, previous, index)]
    return [_level(context, index, previous)] if pattern(_FILE, "change.having-been").search(before) else []


def _nearest_before(context: Context, known: Links, index: int) -> int | None:
    """The nearest earlier quantity of the same kind in the paragraph: what "this had fallen to" is about."""
    number = context.quantities[index].sentence
    earlier = [i for s in context.paragraph_before(number)[:1] for i in s.quantities]
    earlier += [i for i in context.sentences[number].quantities if i < index]
    own = [i for i in earlier if not _is_of_others(context, i)]
    fitting = [i for i in own if comparable(context, i, index) and not known.is_base(i)]
    return fitting[-1] if fitting else None


def _is_of_others(context: Context, index: int) -> bool:
    """Whether a number is that of others, or says how far off they are: nothing that later changed."""
    others = pattern(_FILE, "change.of-others").search(context.before(index))
    return others is not None or pattern(_FILE, "change.fewer").match(context.after(index)) is not None


# --- by P percent, an increase of N, N fewer ---------------------------------------------------------


def _size_of_change(context: Context, known: Links, index: int) -> list[Change]:
    """ "rose by 12 percent from 2,687", "a fall of 30", "3,418 incidents, a 4 percent increase"."""
    if index in known.direction or known.is_base(index):
        return []
    direction = _stated_direction(context, index)
    if direction is None:
        return []
    found = [Change(index, direction, size=True), *_base_of_size(context, index, direction)]
    if index in known.base or any(change.later == index and change.base is not None for change in found):
        return found
    focal = _focal_of_apposition(context, index)
    if focal is not None and not known.is_base(focal):
        found.append(Change(focal, direction))
    return found


def _stated_direction(context: Context, index: int) -> str | None:
    before, after, quantity = context.before(index), context.after(index), context.quantities[index]
    clause = context.text[context.sentence(index).start : quantity.start]
    if any(pattern(_FILE, form).search(before) for form in ("change.is-up", "change.directly")):
        return direction_in(before) if quantity.unit != "count" or quantity.noun else None
    if pattern(_FILE, "change.and-by").match(before) and context.previous(index) is not None:
        return direction_in(clause)
    if pattern(_FILE, "change.by").search(before) or pattern(_FILE, "change.noun-of").search(before):
        return direction_in(before) or direction_in(clause)
    noun = pattern(_FILE, "change.noun-after").match(after)
    if noun and quantity.unit in ("percent", "count", "GBP", "duration"):
        return direction_in(noun[0])
    fewer = pattern(_FILE, "change.fewer").match(after)
    if quantity.unit == "GBP" or (quantity.unit == "count" and quantity.noun is None):
        fewer = pattern(_FILE, "change.more-than").match(after)
        return None if fewer is None else "increase" if fewer["up"] else "decrease"
    if fewer and quantity.unit in ("percent", "duration"):
        # "14.2 percent fewer than the 3,016 of the previous 12 months"
        then = context.text[quantity.end : context.sentence(index).end].split(";")[0]
        target = pattern("figure-kinds", "size.target").match(then[fewer.end() :])
        others = target and pattern("figure-kinds", "size.others").match(then[fewer.end() + target.end() :])
        if not others and pattern(_FILE, "change.time-cue").search(then):
            return "increase" if fewer["up"] else "decrease"
    return None


def _base_of_size(context: Context, index: int, direction: str) -> list[Change]:
    """The base of "a rise of 12 percent from 2,687", "… with 4,525 crimes compared with 3,239"."""
    first = context.next(index)
    if first is not None and pattern(_FILE, "change.to-end").search(context.gap(index, first)):
        base = context.next(first)
        fits = base is not None and comparable(context, first, base)
        if base is not None and fits and _FROM_AFTER.fullmatch(context.gap(first, base)):
            # "up by 6 percent, to 534 thefts from 503"
            return [Change(index, direction, base), Change(first, direction, base, pair=True)]
        return [Change(first, direction)]  # "fell 9 percent on 2021/22, to 410"
    if first is None or (
        context.quantities[index].unit != "percent" and not comparable(context, index, first)
    ):
        return []
    gap = context.gap(index, first)
    second = context.next(first)
    if second is not None and comparable(context, first, second) and is_compared(context.gap(first, second)):
        return [Change(index, direction, second), Change(first, direction, second, pair=True)]
    percentages = context.quantities[index].unit == context.quantities[first].unit == "percent"
    own_level = percentages and not is_points(context, index)  # "by 2 percent, compared with 3 percent in …"
    cue = pattern(_FILE, "change.base-gap").search(gap)
    if cue is None or own_level or pattern(_FILE, "change.base-parted").search(gap, cue.end()):
        return []
    if _opens_change(context, first):
        return []
    focal = _focal_of_size(context, index, first)
    found = [Change(index, direction, first)]
    return found if focal is None else [*found, Change(focal, direction, first, pair=True)]


def is_compared(gap: str) -> bool:
    """Whether the words between two figures compare them."""
    cue = pattern(_FILE, "compare.cue").search(gap)
    if cue is None or pattern(_FILE, "compare.than-number").search(gap[cue.start() :]):
        return False
    return not pattern(_FILE, "compare.parted").search(gap[cue.end() :])


def _focal_of_size(context: Context, change: int, base: int) -> int | None:
    """The figure that changed: before the size in its sentence, or in the one before it."""
    previous = context.previous(change)
    if previous is not None:
        return previous if comparable(context, previous, base) else None
    number = context.quantities[change].sentence
    if not pattern(_FILE, "change.anaphora").match(context.sentences[number].text):
        return None
    earlier = [i for sentence in context.paragraph_before(number)[:2] for i in sentence.quantities]
    return next((index for index in earlier if comparable(context, index, base)), None)


def _focal_of_apposition(context: Context, index: int) -> int | None:
    """ "3,418 incidents, a 4 percent increase on the previous year": from what, is not said."""
    if context.quantities[index].unit not in ("percent", "count", "GBP", "duration") or not pattern(
        _FILE, "change.apposition"
    ).search(context.before(index)):
        return None
    focal, points = context.previous(index), is_points(context, index)
    if focal is None:
        earlier = [
            i for s in context.paragraph_before(context.quantities[index].sentence)[:1] for i in s.quantities
        ]
        if points:
            earlier = [i for i in earlier if context.quantities[i].unit == "percent"]
        focal = earlier[0] if earlier else None
    if focal is None:
        return None
    timed = context.quantities[index].unit == context.quantities[focal].unit == "duration"
    return focal if timed or points or context.quantities[focal].unit in ("count", "GBP", "rate") else None


def _fewer(context: Context, known: Links, index: int) -> list[Change]:
    """ "30 fewer searches", "30 more than the 120 of the year before"."""
    quantity, following = context.quantities[index], context.next(index)
    fewer = pattern(_FILE, "change.fewer").match(context.text[quantity.number_end : quantity.end + 8])
    if fewer is None or quantity.unit != "count":
        return []
    if following is not None and pattern(_FILE, "change.than-base").fullmatch(context.gap(index, following)):
        return [Change(index, "decrease" if fewer["down"] else "increase", following, size=True)]
    return [Change(index, "decrease", size=True)] if fewer["down"] else []


# --- to N, and back to pairs -------------------------------------------------------------------------


def _to_only(context: Context, known: Links, index: int) -> list[Change]:
    """ "the wait had grown to 11 weeks", "it had reduced lapsed bail cases to 1,769"."""
    if index in known.base or known.is_base(index):
        return []
    before, previous, following = context.before(index), context.previous(index), context.next(index)
    match = pattern(_FILE, "change.to-only").search(before)
    direction = direction_in(match[0]) if match else None
    if direction is None:
        return []
    rising = pattern(_FILE, "change.rising-to").match(before)
    if previous is not None and rising and comparable(context, previous, index):
        return [Change(index, direction, previous, pair=True)]
    base = following if following and _FROM_AFTER.fullmatch(context.gap(index, following)) else None
    if base is None and pattern(_FILE, "change.pronoun-to").search(before):
        base = _nearest_before(context, known, index)
    return [Change(index, direction, base if base is not None else _named_before(context, index, before))]


def _named_before(context: Context, index: int, words: str) -> int | None:
    """An earlier count of the paragraph whose noun is named again in these words."""
    for sentence in context.paragraph_before(context.quantities[index].sentence):
        for other in reversed(sentence.quantities):
            noun = context.noun(other)
            if noun and noun.lower() in words.lower() and comparable(context, index, other):
                return other
    return None


def _of_a_pair_before(context: Context, known: Links, index: int) -> list[Change]:
    """ "An increase of 196 officers": the arithmetic leads to a pair of the sentences before."""
    quantity = context.quantities[index]
    says_more = pattern(_FILE, "change.fewer").match(context.text[quantity.number_end : quantity.end + 12])
    if index in known.base or not (index in known.direction or says_more):
        return []
    for base, later in reversed(known.pairs):
        first = context.quantities[base]
        if quantity.sentence - first.sentence > _FAR:
            break
        if context.sentence(base).paragraph != context.sentence(index).paragraph:
            break
        if index in (base, later):
            continue
        difference = abs(context.quantities[later].value - first.value)
        share = difference * 100 / abs(first.value) if first.value else None
        in_percent = quantity.unit == "percent" != first.unit and share
        if (quantity.unit == first.unit and difference == quantity.value) or (
            in_percent and share is not None and abs(share - quantity.value) < _ROUNDING
        ):
            return [Change(index, known.direction.get(later), base)]
    return []


def _rate_of_pair(context: Context, known: Links, index: int) -> list[Change]:
    """ "345 children (a rate of 38 per 10,000). This is an increase from 318 (36 per 10,000)"."""
    later = next((later for base, later in reversed(known.pairs[-_FAR:]) if base == index), None)
    if later is None:
        return []
    rates = [rate for rate in (rate_beside(context, i) for i in (index, later)) if rate is not None]
    alike = len(rates) == 2 and comparable(context, *rates) and not known.is_base(rates[0])
    return [_level(context, *rates)] if alike else []


Step = Callable[[Context, Links, int], Sequence[Change]]
STEPS: tuple[Step, ...] = (
    _from_to,
    _up_from,
    _than_then,
    _changed_since,
    _reached,
    _size_of_change,
    _fewer,
    _to_only,
    _of_a_pair_before,
    _rate_of_pair,
)
