"""What the steps of making measures share: the context, what is counted, and each measure once it is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from kg.model.text.plurals import looks_plural, plural
from kg.nlp.figures.context import Context
from kg.nlp.figures.links.links import Links
from kg.nlp.figures.measures.clauses import names_things
from kg.nlp.figures.measures.wording import match_rule, search_rule
from kg.nlp.figures.measures.zones import Zones
from kg.nlp.figures.quantities import Quantity
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-measures"
_LONGEST_CHAIN = 12
"""How far one measure may lead to another. What refers to a figure further on in a long list of them would
otherwise be followed to its end, once for each."""


class MeasureFinder:
    """Builds the measures of a context; each is built once, as they refer to one another.

    ``phrase`` makes that of one figure.
    """

    def __init__(
        self, context: Context, links: Links, sizes: Mapping[int, str] | None, phrase: Phrase
    ) -> None:
        self.sizes = sizes
        self.context = context
        self.links = links
        self.zones = Zones(context)
        self.made: dict[int, str | None] = {}
        self._chain = 0
        self._phrase = phrase

    def measure(self, index: int) -> str | None:
        """A short noun phrase for what the figure measures; None if its sentence gives none."""
        if index not in self.made:
            if self._chain == _LONGEST_CHAIN:
                return None
            self.made[index] = None  # a figure that refers to itself ends here
            self._chain += 1
            self.made[index] = self._phrase(self, index)
            self._chain -= 1
        return self.made[index]

    def antecedent_of(self, index: int) -> str | None:
        """What a bare number counts: the things of its whole, else those counted before in its sentence."""
        quantity, sentence = self.context.quantities[index], self.context.sentence(index)
        earlier = list(reversed([i for i in self.context.paragraph_quantities(index) if i < index]))
        if sentence.lead is not None:
            lead = self.context.sentences[sentence.lead]
            above = [lead, *self.context.paragraph_before(sentence.lead)[:1]]
            earlier += [i for one in above for i in reversed(one.quantities)]
        before = [i for i in earlier if self.context.noun(i)]
        if quantity.denominator is not None:
            whole = next(
                (i for i in before if self.context.quantities[i].value == quantity.denominator), None
            )
            return self.context.noun(whole) if whole is not None else self.counted_before(index)
        here = [i for i in before if self.context.quantities[i].sentence == quantity.sentence]
        return self.context.noun(here[0]) if here else None

    def kind_of(self, index: int) -> str:
        """Which phrase a figure gets (see ``measure``): by its unit, if nothing says more."""
        quantity = self.context.quantities[index]
        if index in self.links.direction and self.is_size(index):
            return "change"
        if quantity.unit == "ratio" and quantity.numerator is None:
            return "likelihood"
        return "counted" if quantity.noun and quantity.unit != "rank" else quantity.unit

    @cached_property
    def later(self) -> dict[int, int]:
        """The later figure of each base that is one of a pair."""
        return self.links.later_of()

    @cached_property
    def sizes_of(self) -> dict[int, list[int]]:
        """The changes that a base or the later figure of its pair takes part in."""
        sizes: dict[int, list[int]] = {}
        for size, base in self.links.base.items():
            for member in (base, self.later.get(base)):
                if member is not None:
                    sizes.setdefault(member, []).append(size)
        return sizes

    def is_size(self, index: int) -> bool:
        """Whether a percentage is the size of a change, not a level that changed."""
        if self.context.quantities[index].unit != "percent":
            return False
        base = self.links.base.get(index)
        if base is not None:
            return self.context.quantities[base].unit != "percent"
        before, after = self.context.before(index), self.context.after(index)
        if pattern("figure-change", "change.directly").search(before) or search_rule(
            "measure.by-or-of", before
        ):
            return True
        return pattern("figure-change", "change.noun-after").match(after) is not None

    def plain(self, index: int) -> str | None:
        """The measure of another figure, without the time unit that each duration adds itself."""
        words = self.measure(index)
        return words.removesuffix(f" ({self.context.quantities[index].base})") if words else None

    def counted_before(self, index: int) -> str | None:
        """What is counted by the nearest figure before: "29 of the 68", "24.6 percent of them"."""
        number = self.context.quantities[index].sentence
        here = [i for i in self.context.sentences[number].quantities if i < index]
        before = [i for s in self.context.paragraph_before(number)[:1] for i in s.quantities]
        nouns = (self.context.noun(other) for other in (*reversed(here), *reversed(before)))
        noun = next((noun for noun in nouns if noun), None)
        return pattern(_FILE, "measure.uncounted").sub("", noun) if noun else None

    def noun_of(self, index: int) -> str:
        """What a quantity counts, with what is counted with it: "cautions and community resolutions"."""
        noun = self.context.noun(index)
        quantity = self.context.quantities[index]
        if quantity.unit == "ratio" and noun and not looks_plural(noun):
            return plural(noun)  # "one call in five"
        if not noun or quantity.noun is None or quantity.numerator is not None:
            return noun
        behind = self.context.text[quantity.noun[1] : self.context.sentence(index).end]
        other = match_rule("measure.coordinate", behind)
        return noun if other is None or not names_things(other["things"]) else noun + other["other"]

    def is_difference(self, index: int, quantity: Quantity) -> bool:
        """Whether a count is how many more or fewer there are, not how many."""
        if index in self.later.values():
            return False
        base = self.links.base.get(index)
        apart = base is not None and self.context.quantities[base].sentence != quantity.sentence
        return apart or " fewer" in self.context.text[quantity.number_end : quantity.end].lower()


Phrase = Callable[[MeasureFinder, int], str | None]
