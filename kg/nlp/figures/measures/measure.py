"""What a figure measures, as a short noun phrase from its sentence.

The phrase is built from the words around the number: what is counted and what was done with it ("stop and
searches recorded"), what a share is of ("respondents who said that …"), what changed ("change in recorded
robbery"), in which cases something was so ("cases in which officers kept victims up to date"). ``_PHRASES``
says which function builds the phrase of which kind of figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from kg.nlp.figures.context import Context
from kg.nlp.figures.links.links import Links
from kg.nlp.figures.measures.wording import (
    cases,
    is_generic,
    is_person,
    passive,
    relative,
    without_loose_ends,
)
from kg.nlp.figures.measures.zones import Zones, clause_after
from kg.nlp.figures.numbers.shares import whole_behind
from kg.nlp.figures.quantities import Quantity
from kg.nlp.rules.pattern_files import load_patterns, pattern

_FILE = "figure-measures"
_LONGEST_CHAIN = 12
"""How far one measure may lead to another. What refers to a figure further on in a long list of them would
otherwise be followed to its end, once for each."""
_CHANGE_IN = re.compile(r"^(?:change|increase|reduction) in ")
_UNNAMED = re.compile(r"^(?:It|They|Officers|Staff|Supervisors|Crews|Managers|Leaders|Social workers)\b")
_TIME_UNIT = re.compile(r" \((?:\w+ )?\w+s\)$")


def find_measures(context: Context, links: Links) -> list[str | None]:
    """What each quantity measures, in their order; None where its sentence does not tell."""
    finder = _MeasureFinder(context, links)
    return [finder.measure(index) for index in range(len(context.quantities))]


def _match(rule: str, words: str) -> re.Match[str] | None:
    return pattern(_FILE, rule).match(words)


def _search(rule: str, words: str) -> re.Match[str] | None:
    return pattern(_FILE, rule).search(words)


class _MeasureFinder:
    """Builds the measures of a context; each is built once, as they refer to one another."""

    def __init__(self, context: Context, links: Links) -> None:
        self.context = context
        self.links = links
        self.zones = Zones(context)
        self._made: dict[int, str | None] = {}
        self._chain = 0

    def measure(self, index: int) -> str | None:
        """A short noun phrase for what the figure measures; None if its sentence gives none."""
        if index not in self._made:
            if self._chain == _LONGEST_CHAIN:
                return None
            self._made[index] = None  # a figure that refers to itself ends here
            self._chain += 1
            self._made[index] = self._phrase(index)
            self._chain -= 1
        return self._made[index]

    def _phrase(self, index: int) -> str | None:
        """That of a linked figure, else its own words, else that of a neighbour, else all its clause."""
        quantity = self.context.quantities[index]
        before, after = self.zones.around(index)
        made = self._of_links(index) or without_loose_ends(
            _PHRASES[self._kind(index)](self, index, before, after)
        )
        if made is None or is_generic(made):
            made = self._of_neighbour(index) or made or without_loose_ends(f"{before} {after}")
        made = pattern(_FILE, "measure.owner").sub("", made) if made else None
        return f"{made} ({quantity.base})" if made and quantity.unit == "duration" and quantity.base else made

    def _kind(self, index: int) -> str:
        quantity = self.context.quantities[index]
        if index in self.links.direction and self._is_size(index):
            return "change"
        if quantity.unit == "ratio" and quantity.numerator is None:
            return "likelihood"
        return "counted" if quantity.noun and quantity.unit != "rank" else quantity.unit

    # --- from linked figures and neighbours

    def _of_links(self, index: int) -> str | None:
        """The measure of a base or comparator is that of its focal figure, that of a pair what changed."""
        context, links, quantity = self.context, self.links, self.context.quantities[index]
        previous, following, base = context.previous(index), context.next(index), links.base.get(index)
        if following is not None and (quantity.bare or quantity.open_range):
            joined = pattern("figure-forms", "form.range").fullmatch(context.gap(index, following))
            if joined and base is None and not links.is_base(index):
                return self._plain(following)
        if context.before(index).endswith("(") and quantity.unit == "count" and previous is not None:
            return self.measure(previous)
        for size in self._sizes.get(index, ()):
            if self._is_size(size) and size < index:
                words = self.measure(size)
                return words.removeprefix("change in ") if words else None
        if index in links.focal:
            return self._plain(links.focal[index])
        if base is not None and base < index and quantity.noun is None and not self._is_size(index):
            return self._plain(base)
        for first, later in links.pairs:  # "from 10 to 20 officers": only the later one says what is counted
            names_more = context.quantities[later].noun is not None and quantity.noun is None
            if first == index and (later < first or names_more):
                return self._plain(later)
        return None

    @cached_property
    def _later(self) -> dict[int, int]:
        return self.links.later_of()

    @cached_property
    def _sizes(self) -> dict[int, list[int]]:
        """The changes that a base or the later figure of its pair takes part in."""
        sizes: dict[int, list[int]] = {}
        for size, base in self.links.base.items():
            for member in (base, self._later.get(base)):
                if member is not None:
                    sizes.setdefault(member, []).append(size)
        return sizes

    def _is_size(self, index: int) -> bool:
        """Whether a percentage is the size of a change, not a level that changed."""
        if self.context.quantities[index].unit != "percent":
            return False
        base = self.links.base.get(index)
        if base is not None:
            return self.context.quantities[base].unit != "percent"
        before, after = self.context.before(index), self.context.after(index)
        if pattern("figure-change", "change.directly").search(before) or _search("measure.by-or-of", before):
            return True
        return pattern("figure-change", "change.noun-after").match(after) is not None

    def _plain(self, index: int) -> str | None:
        """The measure of another figure, without the time unit that each duration adds itself."""
        words = self.measure(index)
        return words.removesuffix(f" ({self.context.quantities[index].base})") if words else None

    def _neighbours(self, index: int) -> list[int]:
        """Figures that may measure the same: linked ones first, then those before it in the paragraph."""
        linked = [
            links[index] for links in (self._later, self.links.base, self.links.focal) if index in links
        ]
        previous = self.context.previous(index)
        number = self.context.quantities[index].sentence
        earlier = [i for s in self.context.paragraph_before(number)[:1] for i in s.quantities]
        return [*linked, *([] if previous is None else [previous]), *reversed(earlier)]

    def _of_neighbour(self, index: int) -> str | None:
        for other in self._neighbours(index):
            if other in self._made and self._made[other] is None:
                continue
            words = self.measure(other)
            if words:
                return _TIME_UNIT.sub("", _CHANGE_IN.sub("", words))
        return None

    def _counted_before(self, index: int) -> str | None:
        """What is counted by the nearest figure before: "29 of the 68", "24.6 percent of them"."""
        number = self.context.quantities[index].sentence
        here = [i for i in self.context.sentences[number].quantities if i < index]
        before = [i for s in self.context.paragraph_before(number)[:1] for i in s.quantities]
        nouns = (self.context.noun(other) for other in (*reversed(here), *reversed(before)))
        noun = next((noun for noun in nouns if noun), None)
        return pattern(_FILE, "measure.uncounted").sub("", noun) if noun else None

    # --- phrases of each kind

    def _change(self, index: int, before: str, after: str) -> str | None:
        """ "reduced the number of suspects by 40 percent", "a 28 percent fall in burglary"."""
        found = pattern("figure-change", "change.object").search(self.context.before(index))
        found = found or pattern("figure-change", "change.noun-object").match(self.context.after(index))
        changed = without_loose_ends(clause_after(found["object"])) if found else None
        subject = changed or _subject(self.zones.clause_before(index))
        if subject is None or is_generic(subject):
            subject = self._of_neighbour(index)
        return f"change in {subject}" if subject else None

    def _rank(self, index: int, before: str, after: str) -> str:
        """ "rank (highest) by charge rate", "rank (largest) of area in England"; "rank" alone."""
        quantity, previous = self.context.quantities[index], self.context.previous(index)
        way = self.context.text[quantity.number_end : quantity.end].strip(" -")
        if not way:
            return "rank"
        by = _match("measure.ranked-by", self.context.after(index))
        thing = None if by else _match("measure.ranked-thing", way + after)
        if thing:
            return f"rank ({way}) of {thing['n'].removeprefix('of ')}"
        other = previous if previous is not None else next(iter(self._neighbours(index)), None)
        of = self.measure(previous) if previous is not None else self._of_neighbour(index)
        if by:
            return f"rank ({way}) by {by['n']}" + (f" of {of}" if of else "")
        rate = other is not None and self.context.quantities[other].unit in ("rate", "percent", "rank")
        return f"rank ({way}) by {'rate of ' if rate else ''}{of}" if of else f"{way} rank"

    def _likelihood(self, index: int, before: str, after: str) -> str | None:
        sentence = self.context.sentence(index).text
        found = _search("measure.likely", sentence)
        if found:
            return f"likelihood {found['what']}"
        for other in self._neighbours(index):
            if self.context.quantities[other].unit == "ratio" and self._made.get(other):
                return self._made[other]
        return None

    def _counted(self, index: int, before: str, after: str) -> str | None:
        """What is counted, with what changed, in which cases it was so, or what was done with it."""
        quantity = self.context.quantities[index]
        noun = pattern(_FILE, "measure.uncounted").sub("", self.context.noun(index))
        previous = self.context.previous(index)
        if previous is not None and whole_behind(self.context, previous) == index:
            return f"number of {noun}"
        if index in self.links.direction and self._is_difference(index, quantity):
            word = {"increase": "increase in", "decrease": "reduction in"}[self.links.direction[index]]
            return f"{word} {noun}"
        inside = None
        if quantity.numerator is not None and not quantity.of_antecedent:
            inside = _match("measure.in-which", before)
        if inside is None:
            return _with_state(noun, before, after)
        # "… advice on evidence in 9 of 16 cases, and on crime prevention in 10 of 23 cases"
        clause = inside["clause"]
        opening = _match("measure.same-lead", clause)
        words = self.measure(previous) if previous is not None else None
        if opening is not None and words is not None and f" {opening[1]} " in words:
            return words.rpartition(f" {opening[1]} ")[0] + " " + clause.strip()
        return cases(noun, clause)

    def _is_difference(self, index: int, quantity: Quantity) -> bool:
        if index in self._later.values():
            return False
        base = self.links.base.get(index)
        apart = base is not None and self.context.quantities[base].sentence != quantity.sentence
        return apart or " fewer" in self.context.text[quantity.number_end : quantity.end].lower()

    def _rate(self, index: int, before: str, after: str) -> str | None:
        quantity = self.context.quantities[index]
        noun = _match("measure.rate-noun", self.context.text[quantity.number_end : quantity.end])
        named = noun or _search("measure.rate-of", before)
        return named["what"] if named else self._of_neighbour(index) or _subject(before)

    def _share(self, index: int, before: str, after: str) -> str | None:
        """What a share is of: "of victims in …", "of them", or what "respondents who" did."""
        of, inside = _match("measure.of", after), _match("measure.in-which", before)
        what, whole = of["what"] if of else "", whole_behind(self.context, index)
        if whole is not None:
            what = f"{self.context.noun(whole)} {self.zones.around(whole)[1].strip()}".strip()
        them = _match("measure.them", what)
        if them:
            what = f"{self._counted_before(index) or them[0]}{what[them.end() :]}"
        if what and inside and _match("measure.short-noun", what):
            return cases(what, inside["clause"])
        if what:
            done = _search("measure.done-by", before)
            return passive(what, done["verb"]) if done else relative(what)
        named = _search("measure.rate", before)
        if named:
            return named["rate"]
        who = "respondents who" if "survey" in self.context.lead_in(index) else "share that"
        return f"{who} {after.strip()}" if _match("measure.verb", after.strip()) else _subject(before)

    def _money(self, index: int, before: str, after: str) -> str | None:
        of, done = _match("measure.of", after), _search("measure.done", before)
        worth, named = _search("measure.worth", before), _search("measure.rate", before)
        if worth:
            return "value of " + worth["what"].split(" ")[-1]
        if "of which" in before:
            return f"part that {after.strip()}"
        if named:
            return named["rate"]
        for form in load_patterns(_FILE):
            if form.role == "money" and form.regex.search(before):
                return f"{form.value}{after}" if of else form.value
        if of and done:
            return f"{of['what']} {done['verb']}"
        return _subject(before + "was x") or (of["what"] if of else None)

    def _time(self, index: int, before: str, after: str) -> str | None:
        aim = _match("measure.aim", after) if _search("measure.took", before + " ") else None
        return f"time to {aim['aim']}" if aim else self._part(index, before, after)

    def _part(self, index: int, before: str, after: str) -> str | None:
        """A number that counts nothing by itself: a part of a whole, a time, or what its clause names."""
        quantity = self.context.quantities[index]
        if quantity.numerator is not None or quantity.unit == "duration":
            state, noun = _match("measure.be", after), self._counted_before(index)
            if state and noun and quantity.bare:
                return f"{noun} that were {state['state']}"
            lead = _search("measure.of-lead", self.zones.lead(index))
            if lead:
                return _with_state(lead["noun"], "", after)
            inside = _match("measure.in-which", before) if quantity.numerator is not None else None
            if inside and noun:
                return cases(noun, inside["clause"])
        named = _search("measure.rate", before)
        return _subject(before) or (named["rate"] if named else None)


Phrase = Callable[[_MeasureFinder, int, str, str], str | None]
_PHRASES: dict[str, Phrase] = {
    "change": _MeasureFinder._change,
    "counted": _MeasureFinder._counted,
    "likelihood": _MeasureFinder._likelihood,
    "rank": _MeasureFinder._rank,
    "rate": _MeasureFinder._rate,
    "percent": _MeasureFinder._share,
    "ratio": _MeasureFinder._share,
    "GBP": _MeasureFinder._money,
    "duration": _MeasureFinder._time,
    "count": _MeasureFinder._part,
}
"""Which function builds the phrase, by the kind of figure: its unit, if nothing says more."""


def _subject(words: str) -> str | None:
    """The noun phrase before the verb of a clause."""
    words = (pattern(_FILE, "measure.subject-start").split(words)[-1] or words).strip()
    match = _match("measure.changed", words) or _match("measure.subject", words)
    return without_loose_ends(match["subject"]) if match else None


def _with_state(noun: str, before: str, after: str) -> str:
    """A counted noun with what it did or what was done with it: "officers who left", "searches recorded"."""
    state, post = _match("measure.be", after), _match("measure.post", after)
    verb, done = _match("measure.verb", after.strip()), _search("measure.done", before)
    tail = ""
    if state:
        tail = state["state"]
    elif verb and _match("measure.participle", after.strip()):
        tail = after.strip()
    elif verb:
        tail = ("who " if is_person(noun) else "that ") + after.strip()
    elif post:
        tail = post["post"]
    not_done = _search("measure.not-done", before)
    if not_done and not state and not verb:
        words = without_loose_ends(not_done["clause"]) or ""
        tail = f"that {_UNNAMED.sub(lambda m: m[0].lower(), words)} {tail}"
    elif done and not state and not tail.startswith(("made", "recorded", "received")):
        tail = f"{done['verb']} {tail}"
    return f"{noun} {tail}"
