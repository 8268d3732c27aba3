"""What a figure measures, as a short noun phrase from its sentence.

The phrase is built from the words around the number: what is counted and what was done with it ("stop and
searches recorded"), what a share is of ("respondents who said that …"), what changed ("change in recorded
robbery"), in which cases something was so ("cases in which officers kept victims up to date").
"""

from __future__ import annotations

import re
from functools import cached_property

from kg.nlp.figures.context import Context
from kg.nlp.figures.links.links import Links
from kg.nlp.figures.measures.wording import cases, is_generic, is_person, passive, relative, tidy
from kg.nlp.figures.quantities import Quantity
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-measures"
_DEEPEST = 12
_OWNER = re.compile(r"^(?:the )?(?:force|constabulary|service|organisation)’s ")
_UNCOUNTED = re.compile(r"^(?:more|fewer|extra|additional|further|other|relevant|applicable) ")
_MONEY_NOUNS = {
    "save": "savings",
    "saved": "savings",
    "saving": "savings",
    "invest": "investment",
    "invested": "investment",
    "investing": "investment",
    "spend": "spending",
    "spent": "spending",
    "spending": "spending",
    "pay": "payment",
    "paid": "payment",
    "cost": "cost",
    "costs": "cost",
}


def find_measures(context: Context, links: Links) -> list[str | None]:
    """What each quantity measures, in their order; None where its sentence does not tell."""
    finder = MeasureFinder(context, links)
    return [finder.measure(index) for index in range(len(context.quantities))]


class MeasureFinder:
    """Builds the measures of a context; each is built once."""

    def __init__(self, context: Context, links: Links) -> None:
        self.context = context
        self.links = links
        self._made: dict[int, str | None] = {}
        self._depth = 0

    @cached_property
    def _masked(self) -> str:
        """The text with its periods blanked, each with the preposition before it."""
        pieces, position = [], 0
        text = self.context.text
        for sentence in self.context.sentences:
            if not sentence.quantities:
                continue
            for period in sentence.periods:
                lead = pattern(_FILE, "measure.period-lead").search(
                    text, max(position, period.start - 24), period.start
                )
                start = max(position, lead.start() if lead else period.start)
                pieces.append(text[position:start] + " " * (period.end - start))
                position = period.end
        return "".join(pieces) + text[position:]

    def measure(self, index: int) -> str | None:
        """A short noun phrase for what the figure measures; None if its sentence gives none."""
        if index not in self._made:
            if self._depth == _DEEPEST:
                return None
            self._made[index] = None  # a figure that refers to itself ends here
            self._depth += 1
            self._made[index] = self._phrase(index)
            self._depth -= 1
        return self._made[index]

    def _phrase(self, index: int) -> str | None:
        quantity = self.context.quantities[index]
        before, after = self._zones(index)
        made = self._of_links(index) or tidy(self._by_unit(index, quantity, before, after))
        if made is None or is_generic(made):
            made = self._borrowed(index) or made or tidy(f"{before} {after}")
        made = _OWNER.sub("", made) if made else None
        return f"{made} ({quantity.base})" if made and quantity.unit == "duration" and quantity.base else made

    def _of_links(self, index: int) -> str | None:
        """The measure of a base or comparator is that of its focal figure, that of a pair what changed."""
        quantity = self.context.quantities[index]
        following = self.context.next(index)
        if following is not None and (quantity.bare or quantity.open_range):
            joined = pattern("figure-forms", "form.range").fullmatch(self.context.gap(index, following))
            if joined and index not in self.links.base and not self.links.is_base(index):
                return self._plain(following)
        if self.context.before(index).endswith("(") and self.context.quantities[index].unit == "count":
            previous = self.context.previous(index)
            if previous is not None:
                return self.measure(previous)
        for size in self._sizes.get(index, ()):
            if self._is_size(size) and size < index:
                return self._changed(size)
        if index in self.links.focal:
            return self._plain(self.links.focal[index])
        base = self.links.base.get(index)
        if base is not None and base < index and quantity.noun is None and not self._is_size(index):
            return self._plain(base)
        return next(
            (
                self._plain(later)
                for base, later in self.links.pairs
                if base == index and (later < base or self._names_more(later, base))
            ),
            None,
        )

    def _names_more(self, later: int, base: int) -> bool:
        """ "from 10 to 20 officers": only the later figure says what is counted."""
        return self.context.quantities[later].noun is not None and self.context.quantities[base].noun is None

    @cached_property
    def _later(self) -> dict[int, int]:
        """The later figure of each base."""
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
        return self.context.quantities[index].unit == "percent" and self._is_change(index)

    def _changed(self, size: int) -> str | None:
        """What the percentage of a change says has changed."""
        words = self.measure(size)
        return re.sub(r"^change in ", "", words) if words else None

    def _plain(self, index: int) -> str | None:
        """The measure of another figure, without the time unit that each duration adds itself."""
        words = self.measure(index)
        base = self.context.quantities[index].base
        return words.removesuffix(f" ({base})") if words else None

    def _by_unit(self, index: int, quantity: Quantity, before: str, after: str) -> str | None:
        if index in self.links.direction and self._is_size(index):
            subject = self._object(index) or self._subject(self._clean(self._masked_lead(index)))
            if subject is None or is_generic(subject):
                subject = self._borrowed(index)
            return f"change in {subject}" if subject else None
        if quantity.unit == "rank":
            return self._rank(index, quantity)
        if quantity.unit == "ratio" and quantity.numerator is None:
            return self._ratio(index)
        if quantity.noun:
            return self._counted(index, quantity, before, after)
        if quantity.unit == "rate":
            return self._rate(index, quantity, before)
        if quantity.unit in ("percent", "ratio"):
            return self._share(index, before, after)
        if quantity.unit == "GBP":
            return self._money(before, after)
        if quantity.unit == "duration" and re.search(r"\b(?:took|takes?|taken|taking) ", before + " "):
            aim = re.match(r" to (?P<aim>.+)", after)
            if aim:
                return f"time to {aim['aim']}"
        if quantity.numerator is not None or quantity.unit == "duration":
            state = pattern(_FILE, "measure.be").match(after)
            noun = self._antecedent_noun(index)
            if state and noun and quantity.bare:
                return f"{noun} that were {state['state']}"
            lead = pattern(_FILE, "measure.of-lead").search(self._masked_lead(index))
            if lead:
                return self._with_state(lead["noun"], "", after)
            inside = (
                pattern(_FILE, "measure.in-which").match(before) if quantity.numerator is not None else None
            )
            if inside and noun:
                return cases(noun, inside["clause"])
        subject = self._subject(before)
        named = pattern(_FILE, "measure.rate").search(before)
        return subject or (named["rate"] if named else None)

    def _antecedent_noun(self, index: int) -> str | None:
        """What is counted by the nearest figure before: "29 of the 68", "24.6 percent of them"."""
        number = self.context.quantities[index].sentence
        earlier = [i for i in reversed(self.context.sentences[number].quantities) if i < index]
        earlier += [i for s in self.context.paragraph_before(number)[:1] for i in reversed(s.quantities)]
        for other in earlier:
            noun = self.context.quantities[other].noun
            if noun:
                return _UNCOUNTED.sub("", self.context.text[slice(*noun)])
        return None

    # Zones of words

    def _zones(self, index: int) -> tuple[str, str]:
        """Cleaned words of the clause before and after a figure."""
        quantity, sentence = self.context.quantities[index], self.context.sentence(index)
        previous, following = self.context.previous(index), self.context.next(index)
        start = sentence.start if previous is None else self.context.quantities[previous].end
        while following is not None and re.search(
            r"\([^()]*$", self._masked[quantity.end : self.context.quantities[following].start]
        ):
            following = self.context.next(following)
        end = sentence.end if following is None else self.context.quantities[following].start
        before = self._clean(self._masked[start : quantity.start])
        if previous is not None:
            before = re.split(r"^[^,]*, (?:and|but) (?=.)|^ ?and ", before)[-1]
        return before, self._clean_after(self._masked[quantity.end : end])

    def _masked_lead(self, index: int) -> str:
        sentence = self.context.sentence(index)
        return self._masked[sentence.start : self.context.quantities[index].start]

    def _clean(self, words: str) -> str:
        cleaned = pattern(_FILE, "measure.noise").sub(" ", words)
        cleaned = re.split(r";|:|\. ", cleaned)[-1]
        return re.sub(r"\s+", " ", cleaned)

    def _clean_after(self, words: str) -> str:
        words = re.sub(r"\s*\([^()]*\)?", "", words).split(")")[0]
        words = re.split(r"[;:]|\.(?:\s|$)|, |\b(?:compared|whereas|while|up from|down from|than)\b", words)[
            0
        ]
        return re.sub(r"\s+", " ", words).rstrip(" .")

    # Forms

    def _is_change(self, index: int) -> bool:
        """Whether the percentage is the size of a change, not a level that changed."""
        base = self.links.base.get(index)
        if base is not None:
            return self.context.quantities[base].unit != "percent"
        before = self.context.before(index)
        if pattern("figure-change", "change.directly").search(before):
            return True
        return re.search(r"\b(?:by|of)\W+(?:\w+ )?$", before) is not None or bool(
            pattern("figure-change", "change.noun-after").match(self.context.after(index))
        )

    def _subject(self, words: str) -> str | None:
        """The noun phrase before the verb of a clause."""
        words = (
            re.split(
                r", (?:and|but)\b|\band\b(?=[^,]*$)(?=.*\b(?:fell|rose|increas|decreas|reduc))|, ", words
            )[-1]
            or words
        )
        changed = pattern(_FILE, "measure.changed").match(words.strip())
        match = changed or pattern(_FILE, "measure.subject").match(words.strip())
        return tidy(match["subject"]) if match else None

    def _object(self, index: int) -> str | None:
        """What changed: "reduced the number of suspects by 40 percent", "a 28 percent fall in burglary"."""
        before = pattern("figure-change", "change.object").search(self.context.before(index))
        after = pattern("figure-change", "change.noun-object").match(self.context.after(index))
        found = before or after
        return tidy(self._clean_after(found["object"])) if found else None

    def _counted(self, index: int, quantity: Quantity, before: str, after: str) -> str | None:
        assert quantity.noun is not None
        noun = self.context.text[slice(*quantity.noun)]
        noun = _UNCOUNTED.sub("", noun)
        if index in self.links.direction and self._is_difference(index):
            word = {"increase": "increase in", "decrease": "reduction in"}[self.links.direction[index]]
            return f"{word} {noun}"
        if quantity.numerator is not None and not quantity.of_antecedent:
            inside = pattern(_FILE, "measure.in-which").match(before)
            if inside:
                return self._same_lead(index, noun, inside["clause"]) or cases(noun, inside["clause"])
        return self._with_state(noun, before, after)

    def _same_lead(self, index: int, noun: str, clause: str) -> str | None:
        """ "… advice on evidence in 9 of 16 cases, and on crime prevention in 10 of 23 cases"."""
        opening = re.match(r"\s*(on|for|about|of|to) ", clause)
        previous = self.context.previous(index)
        words = self.measure(previous) if previous is not None else None
        if opening is None or words is None or f" {opening[1]} " not in words:
            return None
        return words.rpartition(f" {opening[1]} ")[0] + " " + clause.strip()

    def _is_difference(self, index: int) -> bool:
        quantity = self.context.quantities[index]
        base = self.links.base.get(index)
        words = self.context.text[quantity.number_end : quantity.end].lower()
        if index in self._later.values():
            return False
        return " fewer" in words or (
            base is not None and self.context.quantities[base].sentence != quantity.sentence
        )

    def _with_state(self, noun: str, before: str, after: str) -> str:
        state = pattern(_FILE, "measure.be").match(after)
        post = pattern(_FILE, "measure.post").match(after)
        verb = pattern(_FILE, "measure.verb").match(after.strip())
        done = pattern(_FILE, "measure.done").search(before)
        tail = ""
        if state:
            tail = state["state"]
        elif verb and re.match(
            r"(?:made|taken|given|[a-z]+ed)(?: (?:in|by|with|from|for|at|on|to|as)\b|$)", after.strip()
        ):
            tail = after.strip()
        elif verb:
            tail = ("who " if is_person(noun) else "that ") + after.strip()
        elif post:
            tail = post["post"]
        if done and not state and not tail.startswith(("made", "recorded", "received")):
            tail = f"{done['verb']} {tail}"
        return f"{noun} {tail}"

    def _rate(self, index: int, quantity: Quantity, before: str) -> str | None:
        noun = re.match(
            r" ((?:[\w’-]+ ?)+?) (?:per|for)\b", self.context.text[quantity.number_end : quantity.end]
        )
        if noun:
            return noun[1]
        named = re.search(r"\brate of (?P<what>[\w’ -]+?)(?: (?:was|were|is|has|had|at)\b|$)", before)
        if named:
            return named["what"]
        return self._borrowed(index) or self._subject(before)

    def _share(self, index: int, before: str, after: str) -> str | None:
        of = pattern(_FILE, "measure.of").match(after)
        inside = pattern(_FILE, "measure.in-which").match(before)
        what = of["what"] if of else ""
        them = re.match(r"(?:them|these|those|cases|occasions|instances)\b", what)
        if them:
            noun = self._antecedent_noun(index)
            what = f"{noun or them[0]}{what[them.end() :]}"
        if what and inside and re.match(r"^(?:all |the )?[\w-]+(?: and [\w-]+| [\w-]+){0,2}$", what):
            return cases(what, inside["clause"])
        done = re.search(
            r"(?:^|\b(?:force|constabulary|service|it|Police|they) )(?P<verb>[a-z]+ed|found|made)\s*$", before
        )
        if what:
            return passive(what, done["verb"]) if done else relative(what)
        named = pattern(_FILE, "measure.rate").search(before)
        if named:
            return named["rate"]
        verb = pattern(_FILE, "measure.verb").match(after.strip())
        who = "respondents who" if "survey" in self.context.lead_in(index) else "share that"
        return f"{who} {after.strip()}" if verb else self._subject(before)

    def _money(self, before: str, after: str) -> str | None:
        of = pattern(_FILE, "measure.of").match(after)
        done = pattern(_FILE, "measure.done").search(before)
        worth = re.search(r"(?P<what>[\w ]{3,30}) worth $", before)
        if worth:
            return "value of " + worth["what"].split(" ")[-1]
        if "of which" in before:
            return f"part that {after.strip()}"
        named = pattern(_FILE, "measure.rate").search(before)
        if named:
            per = re.match(r" per [\w ]{3,30}", after)
            return named["rate"] + (per[0] if per else "")
        for word, noun in _MONEY_NOUNS.items():
            if re.search(rf"\b{word}(?: \w+){{0,1}}\s*$", before):
                return f"{noun}{after}" if of else noun
        if of and done:
            return f"{of['what']} {done['verb']}"
        return self._subject(before + "was x") or (of["what"] if of else None)

    def _rank(self, index: int, quantity: Quantity) -> str:
        way = self.context.text[quantity.number_end : quantity.end].strip(" -")
        noun = re.match(
            r" (?P<n>(?:[\w-]+ ){0,2}?(?:rate|number|level|proportion|volume))\b", self.context.after(index)
        )
        previous = self.context.previous(index)
        of = self.measure(previous) if previous is not None else self._borrowed(index)
        kind = noun["n"] if noun else "rate"
        return f"rank ({way}) by {kind}" + (f" of {of}" if of else "") if way else "rank"

    def _ratio(self, index: int) -> str | None:
        sentence = self.context.sentence(index)
        found = pattern(_FILE, "measure.likely").search(sentence.text)
        compared = re.search(
            r"\b(?:compared (?:to|with)|as likely as|than) (?P<g>White people|[A-Z][\w ]+ people)",
            sentence.text,
        )
        if found:
            return f"likelihood {found['what']}"
        for other in self._neighbours(index):
            if self.context.quantities[other].unit == "ratio" and self._made.get(other):
                return self._made[other]
        return f"likelihood compared with {compared['g']}" if compared else None

    # From other figures

    def _neighbours(self, index: int) -> list[int]:
        """Figures that may measure the same: linked ones first, then those before it in the paragraph."""
        linked = [self._later[index]] if index in self._later else []
        linked += [self.links.base[index]] if index in self.links.base else []
        linked += [self.links.focal[index]] if index in self.links.focal else []
        previous = self.context.previous(index)
        earlier = [
            i
            for s in self.context.paragraph_before(self.context.quantities[index].sentence)[:1]
            for i in s.quantities
        ]
        return [*linked, *([previous] if previous is not None else []), *reversed(earlier)]

    def _borrowed(self, index: int) -> str | None:
        for other in self._neighbours(index):
            if other in self._made and self._made[other] is None:
                continue
            words = self.measure(other)
            if words:
                return re.sub(r"^(?:change|increase|reduction) in | \((?:\w+ )?\w+s\)$", "", words)
        return None
