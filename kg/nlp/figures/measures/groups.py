"""The sub-group that a figure is about, and the concept of the measure vocabulary that it measures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg.model.records import Known, Span
from kg.nlp.figures.context import Context
from kg.nlp.figures.links.comparisons import group_key
from kg.nlp.figures.links.links import Links
from kg.nlp.figures.measures.wording import is_person
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-measures"


def find_groups(context: Context, links: Links) -> list[Known | None]:
    """The words of the group of each quantity ("Black or Black British people"), in their order."""
    return [_group(context, links, index) for index in range(len(context.quantities))]


def _group(context: Context, links: Links, index: int) -> Known | None:
    """The group as written; a compared ratio has its focal figure's."""
    quantity = context.quantities[index]
    if quantity.unit == "rank":
        return None
    focal = links.focal.get(index)
    stated = _stated_group(context, index)
    carried = None if focal is None else _stated_group(context, focal)
    if carried is not None and focal is not None:
        vague = stated is not None and context.text.startswith("a ", stated[0]) and group_key(context, focal)
        if vague or (stated is None and quantity.unit == "ratio"):
            return Known("group", "carried", *carried)
    return None if stated is None else Known("group", "stated", *stated)


def _stated_group(context: Context, index: int) -> Span | None:
    """The group that the words next to a figure name: before it in its clause, or after "percent of"."""
    quantity = context.quantities[index]
    before = context.before(index)
    cut = quantity.start - len(pattern(_FILE, "group.not-before").split(before)[-1])
    of = re.match(r" of [^,;.]{0,60}", context.after(index))
    for start, end in ((cut, quantity.end), (quantity.end, quantity.end + (of.end() if of else 0))):
        for form in ("group.ethnic", "group.sex"):
            found = pattern(_FILE, form).search(context.text[start:end])
            if found:
                return start + found.start(), start + found.end()
    return None


def find_concepts(
    context: Context, measures: Sequence[str | None], wholes: Sequence[str | None], labels: Mapping[str, str]
) -> list[str | None]:
    """The concept of each quantity, in their order; ``labels`` maps labels of the vocabulary to IRIs.

    ``wholes`` are what shares are parts of: "1.8 percent of its net revenue budget" measures no budget.
    """
    finder = ConceptFinder(context, labels)
    return [
        None if words and words == whole and _is_part(context, index) else finder.concept(index, words)
        for index, (words, whole) in enumerate(zip(measures, wholes, strict=True))
    ]


def _is_part(context: Context, index: int) -> bool:
    return context.quantities[index].unit in ("percent", "ratio")


class ConceptFinder:
    """Finds the concept of a figure; ``labels`` maps labels of the measure vocabulary to IRIs."""

    def __init__(self, context: Context, labels: Mapping[str, str]) -> None:
        self.context = context
        self.labels = {label.lower(): iri for label, iri in labels.items()}
        self.impersonal = {label: iri for label, iri in self.labels.items() if not is_person(label)}

    def concept(self, index: int, measure: str | None) -> str | None:
        """IRI of the measure whose longest label stands in the phrase of the measure, else before the figure.

        A share of cases is not measured by the people in them, so labels of people count only where people
        are counted.
        """
        quantity = self.context.quantities[index]
        words = re.sub(r"^change in ", "", measure or "")
        if " in which " in words or quantity.denominator is not None or quantity.unit in ("percent", "ratio"):
            found = _longest(words, self.impersonal)
        else:
            words = re.split(r" (?:that|with) ", words)[0]
            found = self._people(words) or _longest(words, self.impersonal)
        if found is None and quantity.noun is None:
            found = _longest(re.split(r",|\band\b", self.context.before(index))[-1], self.impersonal)
        return found

    def _people(self, words: str) -> str | None:
        """A label of people stands for their number only where nothing says which of them are meant."""
        counted = re.sub(r"^(?:increase in|reduction in|(?:total )?number of|total) ", "", words.lower())
        return self.labels.get(re.sub(r" (?:in the (?:force|service)|employed)$", "", counted))


def _longest(words: str, labels: Mapping[str, str]) -> str | None:
    """The IRI of the longest label that stands in the words."""
    plain = " " + re.sub(r"[^\w%’'-]+", " ", words.lower()) + " "
    fitting = [label for label in labels if f" {label} " in plain]
    best = max(fitting, key=lambda label: (len(label), label), default=None)
    return None if best is None else labels[best]
