"""What a figure measures, as a short noun phrase from its sentence.

The phrase is built from the words around the number: what is counted and what was done with it ("stop and
searches recorded"), what a share is of ("respondents who said that …"), what changed ("change in recorded
robbery"), in which cases something was so ("cases in which officers kept victims up to date"). ``_PHRASES``
says which function builds the phrase of which kind of figure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.model.text.plurals import looks_plural
from kg.nlp.figures.context import Context
from kg.nlp.figures.links.links import Links
from kg.nlp.figures.measures.by_role import by_role
from kg.nlp.figures.measures.carried import own_subject
from kg.nlp.figures.measures.changes import change_phrase
from kg.nlp.figures.measures.clauses import clause_of
from kg.nlp.figures.measures.counts import counted_phrase, time_phrase, uncounted_phrase
from kg.nlp.figures.measures.finder import MeasureFinder
from kg.nlp.figures.measures.linked import is_beside_unnamed, of_links, of_neighbour
from kg.nlp.figures.measures.mended import mended
from kg.nlp.figures.measures.money import sum_phrase
from kg.nlp.figures.measures.plain import plain
from kg.nlp.figures.measures.rates import likelihood_phrase, rank_phrase, rate_phrase
from kg.nlp.figures.measures.set_apart import (
    fronted_level,
    of_alternative,
    of_fact,
    of_list,
    of_part,
    of_table,
    of_whom,
    put_on,
    thing_of_part,
)
from kg.nlp.figures.measures.shares import share_phrase
from kg.nlp.figures.measures.wording import (
    CHANGE_IN,
    TIME_UNIT,
    is_generic,
    match_whole,
    says_what,
    search_rule,
    without_loose_ends,
)
from kg.nlp.figures.measures.zones import Zones
from kg.nlp.figures.quantities import Quantity
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-measures"


def find_measures(context: Context, links: Links, sizes: Mapping[int, str] | None = None) -> list[str | None]:
    """What each quantity measures, in their order; None where its sentence does not tell.

    ``sizes`` are those that are the size of a change or of a difference, with that kind.
    """
    finder = MeasureFinder(context, links, sizes, _phrase)
    made = [finder.measure(index) for index in range(len(context.quantities))]
    return _told_apart(finder.zones, links, made)


def _told_apart(zones: Zones, links: Links, made: list[str | None]) -> list[str | None]:
    """The phrases, where siblings that share one are of different places: "11 in towns and 19 elsewhere"."""
    found, context = list(made), zones.context
    for sentence in context.sentences:
        for index in sentence.quantities:
            phrase = made[index]
            same = [i for i in sentence.quantities if i != index and made[i] == phrase]
            linked = index in links.base or links.is_base(index) or index in links.focal
            place = match_whole("measure.own-place", zones.clause_behind(index).rstrip(" .,"))
            if phrase is None or not same or linked or place is None or place[0].strip() in phrase:
                continue
            bracket = TIME_UNIT.search(phrase)
            end = bracket.start() if bracket else len(phrase)
            found[index] = phrase[:end] + place[0].rstrip(",") + phrase[end:]
    return found


def _phrase(finder: MeasureFinder, index: int) -> str | None:
    """That of a linked figure, else its own words, else that of a neighbour, else all its clause."""
    quantity = finder.context.quantities[index]
    fact = of_fact(finder, index)
    label = of_table(finder, index) or (fact if quantity.noun is None else None)
    if label is not None:
        label = mended(finder, index, label) or label
        return _with_unit(quantity, _with_size(finder, index, label))
    before, after = finder.zones.around(index)
    if is_beside_unnamed(finder, index):
        return None
    made = put_on(finder, index) or of_links(finder, index) or of_list(finder, index)
    made = made or of_whom(finder, index) or fronted_level(finder, index) or of_alternative(finder, index)
    made = made or of_part(finder, index) or thing_of_part(finder, index)
    made = made or by_role(finder, index, before, after)
    made = made or without_loose_ends(_PHRASES[finder.kind_of(index)](finder, index, before, after))
    if made is None or is_generic(made):
        made = of_neighbour(finder, index) or own_subject(finder.zones, index)
        made = None if made is not None and " " not in made and is_generic(made) else made
    for form in ("measure.owner", "measure.reported", "measure.witnessed"):
        made = pattern(_FILE, form).sub("", made) if made else None
    made = plain(made) if made else None
    made = mended(finder, index, made) if made else None
    made = _that_says_what(finder, index, made) if made else None
    # "Workforce: 1,610 officers" counts officers, "Population: 904,300 people" no people
    made = made or fact or _noun_alone(finder, index)
    made = _with_time(finder, index, made) if made else None
    return _with_unit(quantity, _with_size(finder, index, made)) if made else None


def _with_time(finder: MeasureFinder, index: int, made: str) -> str:
    """A phrase with the time in which so many are counted again and again: "messages a month"."""
    per = pattern("figure-kinds", "rate.per-time").match(finder.context.after(index))
    quantity = finder.context.quantities[index]
    if per is None or quantity.unit not in ("count", "GBP", "duration") or quantity.denominator is not None:
        return made
    return made if per["per"] in made else f"{made} {per['per']}"


def _noun_alone(finder: MeasureFinder, index: int) -> str | None:
    """The counted noun, which says less than its clause, but nothing wrong; none for a part of a whole."""
    quantity = finder.context.quantities[index]
    if quantity.noun is None or quantity.unit != "count" or quantity.numerator is not None or quantity.lead:
        return None
    noun = pattern(_FILE, "measure.uncounted").sub("", finder.noun_of(index))
    return noun if says_what(noun) and looks_plural(noun.split(" ")[-1]) else None


def _with_unit(quantity: Quantity, made: str) -> str:
    return f"{made} ({quantity.base})" if quantity.unit == "duration" and quantity.base else made


def _that_says_what(finder: MeasureFinder, index: int, made: str) -> str | None:
    """A phrase that can be read alone, what the body has as "officers employed"; else none."""
    made = pattern(_FILE, "measure.possessive-end").sub("", made)
    clause = clause_of(finder.zones, index) if made in ("officers", "staff") else None
    if clause is not None and pattern(_FILE, "clause.having").fullmatch(clause.verb):
        part = search_rule("concept.part-of-body", finder.zones.lead(index))
        whose = pattern(_FILE, "clause.body").fullmatch(clause.subject)
        narrows = part is not None or clause.behind.strip() or whose is None
        return None if narrows else f"{made} employed"
    return made if says_what(made) else None


def _with_size(finder: MeasureFinder, index: int, made: str) -> str:
    """A phrase that says whether the number is the size of a change: "reduction in searches"."""
    if finder.sizes is None:
        return made
    kind = finder.sizes.get(index)
    if kind is None:
        return CHANGE_IN.sub("", made)
    if CHANGE_IN.match(made) or pattern(_FILE, "measure.tells-size").search(made):
        return made
    if kind == "difference":
        return f"difference in {made}"
    if pattern("figure-kinds", "size.extra").search(finder.context.before(index)):
        return f"extra {made}"
    way = {"increase": "increase", "decrease": "reduction"}.get(finder.links.direction.get(index, ""))
    return f"{way if way and finder.context.quantities[index].noun else 'change'} in {made}"


Phrase = Callable[[MeasureFinder, int, str, str], str | None]
_PHRASES: dict[str, Phrase] = {
    "change": change_phrase,
    "counted": counted_phrase,
    "likelihood": likelihood_phrase,
    "rank": rank_phrase,
    "rate": rate_phrase,
    "percent": share_phrase,
    "ratio": share_phrase,
    "GBP": sum_phrase,
    "duration": time_phrase,
    "count": uncounted_phrase,
}
"""Which function builds the phrase, by the kind of figure: its unit, if nothing says more."""
