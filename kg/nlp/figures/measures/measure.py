"""What a figure measures, as a short noun phrase from its sentence.

The phrase is built from the words around the number: what is counted and what was done with it ("stop and
searches recorded"), what a share is of ("respondents who said that …"), what changed ("change in recorded
robbery"), in which cases something was so ("cases in which officers kept victims up to date"). ``_PHRASES``
says which function builds the phrase of which kind of figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property

from kg.model.text.verbs import participles
from kg.nlp.figures.context import Context
from kg.nlp.figures.links.links import Links, is_points
from kg.nlp.figures.lists import head_of_list, whole_of_list
from kg.nlp.figures.measures.carried import (
    is_about_all,
    is_of_another_subject,
    opens_own_clause,
    own_subject,
    speaks_for_itself,
    with_own_place,
)
from kg.nlp.figures.measures.clauses import (
    after_subject,
    clause_of,
    has_verb,
    names_things,
    opens_phrase,
    opens_with_verb,
    verb_at,
    with_relative,
)
from kg.nlp.figures.measures.roles import SUM, as_share, inside, phrase_by_role, share_by_role
from kg.nlp.figures.measures.wording import (
    cases,
    is_generic,
    is_person,
    lower_first,
    passive,
    relative,
    says_what,
    without_loose_ends,
    without_loose_start,
)
from kg.nlp.figures.measures.zones import Zones, clause_after
from kg.nlp.figures.numbers.shares import whole_behind
from kg.nlp.figures.quantities import Quantity
from kg.nlp.rules.pattern_files import load_patterns, pattern

_FILE = "figure-measures"
_LONGEST_CHAIN = 12
"""How far one measure may lead to another. What refers to a figure further on in a long list of them would
otherwise be followed to its end, once for each."""
_CHANGE_IN = re.compile(r"^(?:(?:change|increase|reduction|difference) in |extra )")
_UNNAMED = re.compile(r"^(?:It|They|Officers|Staff|Supervisors|Crews|Managers|Leaders|Social workers)\b")
_AMOUNTS = ("GBP", "count", "duration")
_TIME_UNIT = re.compile(r" \((?:\w+ )?\w+s\)$")


def find_measures(context: Context, links: Links, sizes: Mapping[int, str] | None = None) -> list[str | None]:
    """What each quantity measures, in their order; None where its sentence does not tell.

    ``sizes`` are those that are the size of a change or of a difference, with that kind.
    """
    finder = _MeasureFinder(context, links, sizes)
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
            place = _match_whole("measure.own-place", zones.clause_behind(index).rstrip(" .,"))
            if phrase is None or not same or linked or place is None or place[0].strip() in phrase:
                continue
            bracket = _TIME_UNIT.search(phrase)
            end = bracket.start() if bracket else len(phrase)
            found[index] = phrase[:end] + place[0].rstrip(",") + phrase[end:]
    return found


def _match(rule: str, words: str) -> re.Match[str] | None:
    return pattern(_FILE, rule).match(words)


def _match_whole(rule: str, words: str) -> re.Match[str] | None:
    return pattern(_FILE, rule).fullmatch(words)


def _search(rule: str, words: str) -> re.Match[str] | None:
    return pattern(_FILE, rule).search(words)


class _MeasureFinder:
    """Builds the measures of a context; each is built once, as they refer to one another."""

    def __init__(self, context: Context, links: Links, sizes: Mapping[int, str] | None) -> None:
        self.sizes = sizes
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
        if self._is_beside_unnamed(index):
            return None
        made = self._put_on(index) or self._of_links(index) or self._of_list(index)
        made = made or self._of_whom(index) or self._fronted_level(index) or self._alternative(index)
        made = made or self._row_label(index) or self._of_part(index) or self._by_role(index, before, after)
        made = made or without_loose_ends(_PHRASES[self._kind(index)](self, index, before, after))
        if made is None or is_generic(made):
            made = self._of_neighbour(index) or own_subject(self.zones, index)
        for form in ("measure.owner", "measure.reported", "measure.witnessed"):
            made = pattern(_FILE, form).sub("", made) if made else None
        made = self._that_says_what(index, made) if made else None
        made = self._with_size(index, made) if made else None
        return f"{made} ({quantity.base})" if made and quantity.unit == "duration" and quantity.base else made

    def _is_beside_unnamed(self, index: int) -> bool:
        """Whether what a figure is set beside in its sentence has no name: then it has none either."""
        focal = self.links.focal.get(index)
        if focal is None or focal > index:
            return False
        here = self.context.quantities[focal].sentence == self.context.quantities[index].sentence
        return here and self.measure(focal) is None

    def _that_says_what(self, index: int, made: str) -> str | None:
        """A phrase that can be read alone, what the body has as "officers employed"; else none."""
        made = pattern(_FILE, "measure.possessive-end").sub("", made)
        clause = clause_of(self.zones, index) if made in ("officers", "staff") else None
        if clause is not None and pattern(_FILE, "clause.having").fullmatch(clause.verb):
            part = _search("concept.part-of-body", self.zones.lead(index))
            whose = pattern(_FILE, "clause.body").fullmatch(clause.subject)
            narrows = part is not None or clause.behind.strip() or whose is None
            return None if narrows else f"{made} employed"
        return made if says_what(made) else None

    def _with_size(self, index: int, made: str) -> str:
        """A phrase that says whether the number is the size of a change: "reduction in searches"."""
        if self.sizes is None:
            return made
        kind = self.sizes.get(index)
        if kind is None:
            return _CHANGE_IN.sub("", made)
        if _CHANGE_IN.match(made) or pattern(_FILE, "measure.tells-size").search(made):
            return made
        if kind == "difference":
            return f"difference in {made}"
        if pattern("figure-kinds", "size.extra").search(self.context.before(index)):
            return f"extra {made}"
        way = {"increase": "increase", "decrease": "reduction"}.get(self.links.direction.get(index, ""))
        return f"{way if way and self.context.quantities[index].noun else 'change'} in {made}"

    def _put_on(self, index: int) -> str | None:
        """What somebody puts a number on: "the cost, which shopkeepers put at 40% and the force at 31%"."""
        previous = self.context.previous(index)
        if previous is not None and _match("measure.also-at", self.context.gap(previous, index)):
            return self._put_on(previous)
        quantity = self.context.quantities[index]
        told = _search(
            "measure.put-at", self.context.text[self.context.sentence(index).start : quantity.start]
        )
        return without_loose_ends(told["thing"] or told["what"]) if told else None

    def _row_label(self, index: int) -> str | None:
        """The first cell of the row that a number is a cell of: "Burglary | 310 | 290"."""
        sentence, quantity = self.context.sentence(index), self.context.quantities[index]
        row = _match("measure.row", self.context.text[sentence.start : quantity.start])
        after = self.context.text[quantity.end : sentence.end].strip()
        return row["label"].strip() if row and (not after or after[0] in "|\t") else None

    def _of_list(self, index: int) -> str | None:
        """What a lead-in and its item say together: "Of this number: • 40 live with relatives"."""
        context, sentence = self.context, self.context.sentence(index)
        head = head_of_list(context, index)
        if head is not None:
            return without_loose_ends(head)
        whole = whole_of_list(context, self.links, context.quantities[index].sentence)
        if whole is None:
            return None
        among, noun = self._plain(whole) or context.noun(whole), context.noun(whole)
        if len(among.split()) == len(noun.split()) + 1:  # "files reviewed"
            among = noun
        if context.previous(index) is not None:
            return None
        behind = self.zones.clause_behind(index)
        item = context.paragraph_before(context.quantities[index].sentence)
        start = item[-1].start if item else sentence.start
        # "eight live with relatives, of whom 75% …": small numbers in words are read with a noun only
        unread = _match("measure.unread-part", context.text[start : context.quantities[index].start])
        if unread is not None:
            part = self._narrowed(among, noun, f" {unread['said']}")
            return self._narrowed(part, noun, behind) if part else None
        counted = context.noun(index).split()[-1:]
        if item or (counted and counted != noun.split()[-1:]):
            return None
        return self._narrowed(among, noun, behind)

    def _fronted_level(self, index: int) -> str | None:
        """What is at a level that stands before it: "At 33%, the re-referral rate remains high"."""
        if not _match_whole("measure.at-level", self.zones.lead(index)):
            return None
        behind = self.context.text[self.context.quantities[index].end : self.context.sentence(index).end]
        told = _match("measure.at-level-what", behind)
        tokens = told["what"].split(" ") if told else []
        verb = verb_at(tokens)
        if verb and tokens[verb - 1] in ("who", "that", "which"):  # the main verb comes behind the relative
            behind_it = verb_at(["things", *tokens[verb + 1 :]])
            verb = None if behind_it is None else verb + behind_it
        return without_loose_ends(" ".join(tokens[:verb])) if verb else None

    def _of_whom(self, index: int) -> str | None:
        """What is said of some of those counted before: "40 live with relatives, of whom 9% are boys"."""
        context, previous = self.context, self.context.previous(index)
        if previous is None:
            return None
        gap, noun = context.gap(previous, index), context.noun(previous)
        whole = whole_of_list(context, self.links, context.quantities[index].sentence)
        if whole is not None and gap in (" (", " (or "):
            return self.measure(previous)
        part = self.measure(previous) if _match("measure.whom", gap) else None
        if part is None or not (noun or whole is not None):
            return None
        noun = noun or context.noun(whole or 0)
        return self._narrowed(part, noun, self.zones.clause_behind(index))

    def _narrowed(self, among: str, noun: str, said: str) -> str | None:
        """What was counted, with what is said of some of it: "children in care who live with relatives"."""
        clause = clause_after(said.split(",")[0]).strip()
        passive_form = _match("measure.be", f" {clause}")
        if passive_form and passive_form["state"].split(" ")[0] in participles():
            joint = " and " if re.search(r" (?:who|that|which) ", among) else " "
            return f"{among}{joint}{passive_form['state']}"
        if not clause or not opens_with_verb(noun, re.sub(r"^[a-z]+ly ", "", clause)):
            return None
        who = "and" if re.search(r" (?:who|that|which) ", among) else "who" if is_person(noun) else "that"
        return f"{among} {who} {clause}"

    def _of_part(self, index: int) -> str | None:
        """A part with what is said of it alone: "four desks, one of which is empty"."""
        quantity, sentence = self.context.quantities[index], self.context.sentence(index)
        after = self.context.text[quantity.number_end : sentence.end]
        behind = self.zones.clause_behind(index)
        if _search("measure.part-that", self.zones.lead(index)) and re.match(r" (?:that|who|which) ", behind):
            whole = self._counted_before(index)  # "90 files, among them 20 that the force had closed"
            return without_loose_ends(f"{whole}{behind.split(':')[0]}") if whole else None
        said, state = _match("measure.of-which", after), _match("measure.of-them-state", after)
        noun = self._antecedent(index) if said or state else None
        if noun is None:
            return None
        noun = pattern(_FILE, "measure.uncounted").sub("", noun)
        if said is None:
            return without_loose_ends(f"{noun} {state['state']}") if state else None
        verb = re.sub(r"^is\b", "are", re.sub(r"^was\b", "were", re.sub(r"^has\b", "have", said["said"])))
        return without_loose_ends(f"{noun} {'who' if said['who'] == 'whom' else 'that'} {verb}")

    def _alternative(self, index: int) -> str | None:
        """What a bracket behind one of several alternatives gives.

        So "76 percent would prefer video calling to telephone calls (14 percent) or a visit (10 percent)".
        """
        before, place = self.context.before(index), self.context.previous(index)
        if not before.endswith(" (") or self.context.quantities[index].unit != "percent":
            return None
        while place is not None and self.context.quantities[place].unit == "percent":
            focal = self.measure(place)
            told = pattern(_FILE, "measure.alternatives").match(focal) if focal else None
            thing = pattern(_FILE, "measure.alternative").search(before)
            if told and thing and not self.context.before(place).endswith("("):
                return f"{told['who']} {without_loose_ends(thing['thing'])}"
            place = self.context.previous(place)
        return None

    def _by_role(self, index: int, before: str, after: str) -> str | None:
        """That of a count, share or sum by the part which it plays in its clause."""
        quantity, kind = self.context.quantities[index], self._kind(index)
        made: str | None = None
        if kind in ("percent", "ratio"):
            rate = _search("measure.named-level", before)
            if rate is not None:  # "The overall absence rate of 4% for children in care is low"
                whom = _match("measure.level-of-whom", after)
                tokens = whom["whom"].split(" ") if whom else []
                narrowed = " ".join(tokens[: verb_at(tokens)])
                return without_loose_ends(f"{rate['rate']} {narrowed}")
            made = self._series(index, before) or self._share_by_role(index, before, after)
        elif (
            kind == "GBP"
            and not _match("measure.sum-noun", after)
            and not self._is_named_sum(before)
            and "of which" not in before
        ):
            made = phrase_by_role(self.context, self.zones, index, SUM)
        elif kind in ("counted", "count") and not quantity.lead and not self._is_own_item(index):
            if index in self.links.direction and self._is_difference(index, quantity):
                return None
            noun = self._noun(index) if quantity.noun is not None else self._antecedent(index)
            if not noun:  # "callers abandoned 18,930 of its 101 calls"
                behind = _match("measure.counted-behind", self.zones.clause_behind(index, whole=True))
                noun = behind["noun"] if behind else None
            noun = pattern(_FILE, "measure.uncounted").sub("", noun or "")
            made = phrase_by_role(self.context, self.zones, index, noun)
        return without_loose_start(made)

    def _share_by_role(self, index: int, before: str, after: str) -> str | None:
        of = _match("measure.of", clause_after(self.zones.clause_behind(index))) or self._of_sum_behind(index)
        if of is None or whole_behind(self.context, index) is not None:
            return None
        them = _match("measure.them", of["what"])
        if them is not None and ("of them" in after or not of["what"][them.end() :].strip()):
            noun = self._counted_before(index)  # "in 85.6 percent of cases"
            generic = them[0] in ("cases", "occasions", "instances")
            return phrase_by_role(self.context, self.zones, index, noun or (them[0] if generic else ""))
        beside = self._share_beside(index)
        whole = relative(pattern(_FILE, "measure.each-time").sub("", of["what"]))
        if them is not None or " who " in whole or " that " in whole:
            return None
        if beside is not None:
            return as_share(beside, whole)
        return share_by_role(self.context, self.zones, index, whole)

    def _of_sum_behind(self, index: int) -> re.Match[str] | None:
        """ "79 percent of its £61.0m budget": the whole without its value."""
        following = self.context.next(index)
        if following is None or self.context.quantities[following].unit != "GBP":
            return None
        words = self.context.gap(index, following).rstrip() + self.zones.clause_behind(following)
        return _match("measure.of", words) if _match("measure.of-the", words) else None

    def _series(self, index: int, before: str) -> str | None:
        """ "Neglect was the reason in 54 percent of conferences, emotional abuse in 27 percent"."""
        last = re.split(r", (?:and )?| and ", before)[-1]
        previous, thing = self.context.previous(index), _match("measure.series", last.strip())
        if previous is None or thing is None or self.context.quantities[previous].unit != "percent":
            return None
        made = self.measure(previous)
        told = _match("measure.in-clause", made) if made else None
        rest = None if told is None else after_subject(told["clause"])
        return None if rest is None or told is None else f"{told['noun']} in which {thing['thing']} {rest}"

    def _share_beside(self, index: int) -> str | None:
        """What a percentage behind a figure in apposition is a share of: "£156m through the precept, about 20
        percent of its total funding"."""
        previous, quantity = self.context.previous(index), self.context.quantities[index]
        if previous is None or self.context.quantities[previous].unit not in ("GBP", "count"):
            return None
        between = pattern(_FILE, "clause.apposition").fullmatch(self.context.gap(previous, index))
        if between is None or quantity.unit != "percent":
            return None
        return self.measure(previous)

    def _is_named_sum(self, before: str) -> bool:
        named = _search("measure.worth", before) or _search("measure.rate", before)
        return named is not None or any(
            form.role == "money" and form.regex.search(before) for form in load_patterns(_FILE)
        )

    def _is_own_item(self, index: int) -> bool:
        """Whether a count is of the report’s own causes of concern and the like."""
        return pattern("figure-periods", "carry.never").search(self.context.noun(index)) is not None

    def _antecedent(self, index: int) -> str | None:
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
            return self.context.noun(whole) if whole is not None else self._counted_before(index)
        here = [i for i in before if self.context.quantities[i].sentence == quantity.sentence]
        return self.context.noun(here[0]) if here else None

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
        start = index if links.is_base(index) else base
        told = None
        if start is not None and start in links.starts:
            told = _search("measure.change-from", self.zones.lead(start))
        if told and not self._is_size(index):
            return without_loose_ends(told["what"])
        level = previous is not None and context.quantities[previous].unit == "percent"
        is_size = self.sizes is not None and index in self.sizes and is_points(context, index)
        if previous is not None and level and is_size and not is_points(context, previous):
            return self.measure(previous)  # "61% said so, 5 percentage points more than in 2022"
        if context.before(index).endswith("(") and quantity.unit == "count" and previous is not None:
            return self.measure(previous)
        for size in self._sizes.get(index, ()):
            if self._is_size(size) and size < index:
                words = self.measure(size)
                return _CHANGE_IN.sub("", words) if words else None
        if index in links.focal and self._may_share(index, links.focal[index]):
            focal = self._plain(links.focal[index])
            if focal and is_of_another_subject(self.zones, index, focal):
                return own_subject(self.zones, index)
            return with_own_place(context, index, focal)
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

    def _may_share(self, index: int, other: int) -> bool:
        """Whether a figure may have the measure of another: a rank’s is its own."""
        units = [self.context.quantities[i].unit for i in (index, other)]
        if "GBP" in units and units[0] in _AMOUNTS and units[1] in _AMOUNTS:
            return units[0] == units[1]  # what was received for each resident counts no officers
        return (units[0] == "rank") == (units[1] == "rank")

    def _of_neighbour(self, index: int) -> str | None:
        is_rank = self.context.quantities[index].unit == "rank"
        for other in self._neighbours(index):
            if not is_rank and not self._may_share(index, other):
                continue
            if other in self._made and self._made[other] is None:
                continue
            words = self.measure(other)
            asked = f"number of {self.context.noun(other)}" if self.context.noun(other) else None
            if words and words == asked and self.context.quantities[index].unit == "percent":
                continue  # how many were asked is no share of them
            if words and not is_rank and speaks_for_itself(self.zones, index, words):
                return None
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

    def _noun(self, index: int) -> str:
        """What a quantity counts, with what is counted with it: "cautions and community resolutions"."""
        noun = self.context.noun(index)
        quantity = self.context.quantities[index]
        if not noun or quantity.noun is None or quantity.numerator is not None:
            return noun
        behind = self.context.text[quantity.noun[1] : self.context.sentence(index).end]
        other = _match("measure.coordinate", behind)
        return noun if other is None or not names_things(other["things"]) else noun + other["other"]

    # --- phrases of each kind

    def _change(self, index: int, before: str, after: str) -> str | None:
        """ "reduced the number of suspects by 40 percent", "a 28 percent fall in burglary"."""
        found = pattern("figure-change", "change.object").search(self.context.before(index))
        found = found or pattern("figure-change", "change.noun-object").match(self.context.after(index))
        thing = next((words for words in found.groups() if words), "") if found else ""
        changed = without_loose_ends(clause_after(thing)) if thing else None
        changed = changed or self._what_changes(index)
        subject = changed or _subject(self.zones.clause_before(index))
        if subject is None or is_generic(subject):
            subject = self._of_neighbour(index)
        per = _match("measure.per-head", self.context.after(index))
        told = per is not None and subject is not None and per[0] not in subject
        return f"change in {subject}{per[0] if per and told else ''}" if subject else None

    def _what_changes(self, index: int) -> str | None:
        """The subject of a verb of change; a neighbour tells what "it" and "the number" take up."""
        clause = clause_of(self.zones, index)
        if clause is None or not pattern(_FILE, "clause.changing").fullmatch(clause.verb):
            return None
        if is_about_all(clause.subject):
            return self._of_neighbour(index)
        return own_subject(self.zones, index)

    def _rank(self, index: int, before: str, after: str) -> str:
        """ "rank (highest) by charge rate", "rank (largest) of area in England"; "rank" alone."""
        quantity, previous = self.context.quantities[index], self.context.previous(index)
        way = self.context.text[quantity.number_end : quantity.end].strip(" -")
        if not way:
            among = _match("measure.ranked-in", after)
            return f"rank in {among['list']}" if among else "rank"
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
        noun = pattern(_FILE, "measure.uncounted").sub("", self._noun(index))
        after = after.removeprefix(noun.removeprefix(self.context.noun(index)))
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
            lead = _search("measure.in-subject", self.zones.clause_before(index))
            if lead and quantity.numerator is None and not has_verb(f"things {lead['head']}"):
                after = self._up_to_verb(after)  # "Reoffending among the 142 people on its scheme fell"
                if _match_whole("measure.store", lead["head"].split(" ")[-1].lower()):
                    return f"{lead['head'].split(' ')[-1].lower()} of {noun}"
            elif self._is_listed(index):
                return f"{noun} {after.strip()}"  # "There were 804 suspects on bail and 1,377 released"
            before_pair = self._changed_thing(index, noun)
            if before_pair is not None:
                return before_pair
            return _with_state(noun, before, after)
        # "… advice on evidence in 9 of 16 cases, and on crime prevention in 10 of 23 cases"
        clause = inside["clause"]
        opening = _match("measure.same-lead", clause)
        words = self.measure(previous) if previous is not None else None
        if opening is not None and words is not None and f" {opening[1]} " in words:
            return words.rpartition(f" {opening[1]} ")[0] + " " + clause.strip()
        return cases(noun, clause)

    def _up_to_verb(self, after: str) -> str:
        """What stands behind a noun, up to the verb of another subject."""
        tokens = after.split(" ")
        at = verb_at(["things", *(token.strip(",’‘") or "," for token in tokens if token)])
        return after if at is None else " " + " ".join([token for token in tokens if token][: at - 1])

    def _is_listed(self, index: int) -> bool:
        """Whether a number stands in a row behind "there were", so that a participle behind it is no verb."""
        there = _match("measure.there-were", self.zones.clause_before(index).strip()) is not None
        return there and _match("measure.participle", self.zones.clause_behind(index).strip()) is not None

    def _changed_thing(self, index: int, noun: str) -> str | None:
        """What rose or fell to a number of mere offences: "vehicle crime went up to 5,234 offences"."""
        clause = clause_of(self.zones, index)
        changed = clause is not None and _match_whole("clause.changing", clause.verb) is not None
        paired = changed or any(index in pair for pair in self.links.pairs)
        if not paired or not _match_whole("measure.bare-unit", noun):
            return None
        subject = clause.subject if clause and changed else _subject(self.zones.clause_before(index))
        if subject is None or is_generic(subject) or _match_whole("clause.body", subject):
            return None
        return None if noun.split()[-1] in subject else f"{subject} ({noun})"

    def _is_difference(self, index: int, quantity: Quantity) -> bool:
        if index in self._later.values():
            return False
        base = self.links.base.get(index)
        apart = base is not None and self.context.quantities[base].sentence != quantity.sentence
        return apart or " fewer" in self.context.text[quantity.number_end : quantity.end].lower()

    def _rate(self, index: int, before: str, after: str) -> str | None:
        quantity = self.context.quantities[index]
        noun = _match("measure.rate-noun", self.context.text[quantity.number_end : quantity.end])
        previous = self.context.previous(index)
        if noun and noun["what"] in ("times", "occasions") and previous is not None:
            return self.measure(previous)  # "used their powers 2,904 times, or 3.9 times per 1,000 people"
        taken_up = self._same_noun_before(index, noun["what"]) if noun else None
        if taken_up is not None:
            return taken_up  # "5,210 incidents of arson. That is 4.1 incidents per 1,000 population"
        named = noun or _search("measure.rate-of", before)
        return named["what"] if named else self._of_neighbour(index) or _subject(before)

    def _same_noun_before(self, index: int, what: str) -> str | None:
        """The phrase of a figure before that counts the same things and is said in another way."""
        number, previous = self.context.quantities[index].sentence, self.context.previous(index)
        if previous is not None and re.fullmatch(r"[^.;:]{0,40}, or (?:about )?", self.context.before(index)):
            # "14 organised crime groups, or 23 groups per million population"
            return self.measure(previous) if self._is_same_noun(previous, what) else None
        if not _match("measure.takes-up", self.context.sentences[number].text):
            return None
        for other in (i for s in self.context.paragraph_before(number)[:1] for i in reversed(s.quantities)):
            if self._is_same_noun(other, what):
                return self.measure(other)
        return None

    def _is_same_noun(self, other: int, what: str) -> bool:
        return self.context.noun(other).split()[-1:] == what.split()[-1:]

    def _share(self, index: int, before: str, after: str) -> str | None:
        """What a share is of: "of victims in …", "of them", or what "respondents who" did."""
        # "The gap was widest in Year 11, where attainment was poor at 4%"
        before = re.sub(r"^.*\b(?:is|are|was|were)\b.*\bwhere ", "", before)
        of, inside = _match("measure.of", after), _match("measure.in-which", before)
        what, whole = of["what"] if of else "", whole_behind(self.context, index)
        if whole is not None:
            what = f"{self.context.noun(whole)} {self.zones.around(whole)[1].strip()}".strip()
        them = _match("measure.them", what)
        if them:
            tail = what[them.end() :]
            answered = _match("measure.answerers", tail)
            if answered:  # "61 percent of those who took part said …": no people of an earlier sentence
                return f"respondents who{tail[answered.end() :]}"
            told = "" if not tail or opens_phrase(tail) else " that were"
            what = f"{self._counted_before(index) or them[0]}{told}{tail}"
        if what and inside and _match("measure.short-noun", what):
            return cases(what, inside["clause"])
        if what:
            done = _search("measure.done-by", before)
            return passive(what, done["verb"]) if done else relative(what)
        headed = self._headed(index)
        if headed is not None:
            return headed
        named = _search("measure.rate", before)
        if named and not opens_own_clause(self.zones, index):
            return named["rate"]
        if not _match("measure.verb", after.strip()):
            return _subject(before)
        opens = self.context.quantities[index].start == self.context.sentence(index).start
        known = opens or self.context.quantities[index].denominator is not None
        noun = self._counted_before(index) if known else self._counted_here(index)
        if "survey" in self.context.lead_in(index):
            return f"respondents who {after.strip()}"
        said = re.sub(r"^is\b", "are", after.strip()) if noun else after.strip()
        return f"{noun or 'share'} {'who' if noun and is_person(noun) else 'that'} {said}"

    def _counted_here(self, index: int) -> str | None:
        """What is counted by a number before in the clause: "in our review of 218 records, 31.2 per cent"."""
        previous = self.context.previous(index)
        if previous is None or not self.context.noun(previous):
            return None
        told = self.context.text[self.context.quantities[previous].end : self.context.quantities[index].start]
        return self.context.noun(previous) if not has_verb(f"things{told}") and ";" not in told else None

    def _money(self, index: int, before: str, after: str) -> str | None:
        of, done = _match("measure.of", after), _search("measure.done", before)
        in_kind = None if after.startswith(" in ") else of
        worth, named = _search("measure.worth", before), _search("measure.rate", before)
        if worth:
            return "value of " + worth["what"].split(" ")[-1]
        of_what = _match("measure.worth-of", after)
        if of_what:  # "recovered £86,000 worth of machinery"
            return f"value of {of_what['what']}" + (f" {done['verb']}" if done else "")
        each = _match("measure.for-each", after)
        if each and done:  # "received £196 for each resident"
            return f"sum {done['verb']}{each[0]}"
        previous = self.context.previous(index)
        beside = previous is not None and _match_whole("measure.or-each", self.context.gap(previous, index))
        if each and beside and previous is not None:
            return f"{self.measure(previous) or 'sum'}{each[0]}"  # "a budget of £31.6m, or £44.10 for each …"
        its_noun = _match("measure.sum-noun", after)
        if its_noun and not of:
            return its_noun["noun"]
        if "of which" in before:
            return f"part that {after.strip()}"
        clause = clause_of(self.zones, index)
        if clause is not None and clause.verb.split(" ")[-1] in ("cost", "costs") and clause.subject:
            forms = ("clause.body", "clause.unnamed")
            if says_what(clause.subject) and not any(_match_whole(form, clause.subject) for form in forms):
                return f"cost of {lower_first(clause.subject)}"
        if named:
            return named["rate"]
        for form in load_patterns(_FILE):
            if form.role == "money" and form.regex.search(before):
                told = of or pattern(_FILE, "measure.spent-on").match(after)
                return f"{form.value}{after}" if told else form.value
        if of and done:
            return f"{of['what']} {done['verb']}"
        headed = self._headed(index)
        if headed is not None:
            return headed
        if self._is_done(index) or (in_kind and clause is None):
            # who took "£2m of cannabis off the streets" is not what is measured
            return self._taken(index, in_kind["what"]) if in_kind else None
        return _subject(before + "was x") or (of["what"] if of else None)

    def _taken(self, index: int, what: str) -> str:
        """ "heroin that Operation Marlpit took off the streets"."""
        clause, parts = clause_of(self.zones, index), _match_whole("measure.things-then", what)
        whose = clause is not None and not _match_whole("clause.body", clause.subject)
        if clause is None or parts is None or not whose:
            return what
        return f"{parts['things']} that {clause.subject} {clause.verb}{parts['then']}"

    def _is_done(self, index: int) -> bool:
        """Whether the verb before a number tells what somebody did, not how much something is."""
        clause = clause_of(self.zones, index)
        if clause is None or not clause.verb or not clause.subject:
            return False
        said = f"{clause.verb} {clause.between}".strip()
        forms = ["clause.copula", "clause.changing", "clause.accounts"]
        if self.context.quantities[index].unit != "GBP" or not clause.behind.startswith(" of "):
            forms.append("clause.costs")
        return not any(_match_whole(form, words) for form in forms for words in (clause.verb, said))

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
                return _with_state(lead["noun"], "", pattern(_FILE, "measure.read-again").sub("", after))
            inside = _match("measure.in-which", before) if quantity.numerator is not None else None
            if inside and noun:
                return cases(noun, inside["clause"])
        own = own_subject(self.zones, index)
        if own is not None and pattern(_FILE, "carry.subordinate").search(own):
            return own  # "the average time before a suspect was found was 37 days"
        named = _search("measure.rate", before)
        headed = self._headed(index)
        if headed is not None:
            return headed
        if self._is_done(index):
            return named["rate"] if named else None
        return _subject(before) or (named["rate"] if named else None)

    def _headed(self, index: int) -> str | None:
        """The noun that a number is the size of, with whose it is: "the desk had a staff turnover of 26%"."""
        head = _search("measure.head-of", self.zones.lead(index))
        if head is None or has_verb(f"things {head['head']}"):
            return None
        clause = clause_of(self.zones, index)
        of_body = clause is None or not clause.subject or _match_whole("clause.body", clause.subject)
        if of_body or clause is None or _match_whole("clause.unnamed", clause.subject):
            return str(head["head"])
        if _match_whole("clause.having", clause.verb):
            whose = inside(self.context, clause.subject)
            return f"{head['head']} of {re.sub(r'^(?:its|their|your|our) ', 'the ', whose)}"
        return str(head["head"])


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
    elif (
        verb
        and _match("measure.participle", after.strip())
        and not (is_person(noun) and (" " not in after.strip() or _match("measure.own-act", after.strip())))
    ):
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
        of_things = _match_whole("measure.of-things", tail) is not None
        # "incidents of antisocial behaviour recorded"
        tail = f"{tail} {done['verb']}" if of_things else f"{done['verb']} {tail}"
    return with_relative(f"{noun} {tail}".strip()) if post and tail == post["post"] else f"{noun} {tail}"
