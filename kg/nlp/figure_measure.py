"""What a figure measures: a short noun phrase from its sentence, the group it is about, the concept.

The phrase is built from the words around the number: what is counted and what was done with it ("stop and
searches recorded"), what a share is of ("respondents who said that …"), what changed ("change in recorded
robbery"), in which cases something was so ("cases in which officers kept victims up to date").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from kg.nlp.figure_change import Links, group_key
from kg.nlp.figure_drafts import Draft
from kg.nlp.figure_nouns import is_plural
from kg.nlp.figure_patterns import pattern
from kg.nlp.figure_scene import Scene

_FILE = "figure-measures"
_MOST_WORDS = 16
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
_LEADING = re.compile(
    r"^(?:[\s,;:–-]|(?:the|a|an|that|and|but|or|its|their|this|because|so|when|where|as|if|of)\b)+", re.I
)
_TRAILING = re.compile(
    r"(?:[\s,;:.()–-]|\b(?:in|of|on|for|to|at|by|with|from|and|or|but|the|a|an|than|was|were|is|are|that|which|as|"
    r"about|around|when|it|its|had|has|have|so|with the)\b)+$",
    re.I,
)


class MeasureFinder:
    """Builds the measures of a scene; ``labels`` maps labels of the measure vocabulary to IRIs."""

    def __init__(self, scene: Scene, links: Links, labels: Mapping[str, str]) -> None:
        self.scene = scene
        self.links = links
        self.labels = labels
        self._made: dict[int, str | None] = {}

    @cached_property
    def _masked(self) -> str:
        """The text with its periods blanked, each with the preposition before it."""
        pieces, position = [], 0
        text = self.scene.text
        for sentence in self.scene.sentences:
            if not sentence.drafts:
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
            self._made[index] = None  # a figure that refers to itself ends here
            self._made[index] = self._phrase(index)
        return self._made[index]

    def _phrase(self, index: int) -> str | None:
        draft = self.scene.drafts[index]
        before, after = self._zones(index)
        made = self._of_links(index) or _tidy(self._by_unit(index, draft, before, after))
        if made is None or _is_generic(made):
            made = self._borrowed(index) or made or _tidy(f"{before} {after}")
        made = _OWNER.sub("", made) if made else None
        return f"{made} ({draft.base})" if made and draft.unit == "duration" and draft.base else made

    def _of_links(self, index: int) -> str | None:
        """The measure of a base or comparator is that of its focal figure, that of a pair what changed."""
        draft = self.scene.drafts[index]
        following = self.scene.next(index)
        if following is not None and draft.pattern in ("form.bare", "form.range"):
            joined = pattern("figure-forms", "form.range").fullmatch(self.scene.gap(index, following))
            if joined and index not in self.links.base and not self.links.is_base(index):
                return self._plain(following)
        if self.scene.before(index).endswith("(") and self.scene.drafts[index].unit == "count":
            previous = self.scene.previous(index)
            if previous is not None:
                return self.measure(previous)
        for size, base in self.links.base.items():
            later = next((b for a, b in self.links.pairs if a == base), None)
            if self._is_size(size) and index in (base, later) and size < index:
                return self._changed(size)
        for focal, others in self.links.comparators.items():
            if index in others:
                return self._plain(focal)
        return next(
            (self._plain(later) for base, later in self.links.pairs if base == index and later < base), None
        )

    def _is_size(self, index: int) -> bool:
        return self.scene.drafts[index].unit == "percent" and self._is_change(index)

    def _changed(self, size: int) -> str | None:
        """What the percentage of a change says has changed."""
        words = self.measure(size)
        return re.sub(r"^change in ", "", words) if words else None

    def _plain(self, index: int) -> str | None:
        """The measure of another figure, without the time unit that each duration adds itself."""
        words = self.measure(index)
        base = self.scene.drafts[index].base
        return words.removesuffix(f" ({base})") if words else None

    def _by_unit(self, index: int, draft: Draft, before: str, after: str) -> str | None:
        if index in self.links.direction and self._is_size(index):
            subject = self._object(index) or self._subject(self._clean(self._masked_lead(index)))
            if subject is None or _is_generic(subject):
                subject = self._borrowed(index)
            return f"change in {subject}" if subject else None
        if draft.unit == "rank":
            return self._rank(index, draft)
        if draft.unit == "ratio" and draft.numerator is None:
            return self._ratio(index)
        if draft.noun:
            return self._counted(index, draft, before, after)
        if draft.unit == "rate":
            return self._rate(index, draft, before)
        if draft.unit in ("percent", "ratio"):
            return self._share(index, before, after)
        if draft.unit == "GBP":
            return self._money(before, after)
        if draft.numerator is not None or draft.unit == "duration":
            state = pattern(_FILE, "measure.be").match(after)
            noun = self._antecedent_noun(index)
            if state and noun and draft.pattern == "form.bare":
                return f"{noun} that were {state['state']}"
            lead = pattern(_FILE, "measure.of-lead").search(self._masked_lead(index))
            if lead:
                return self._with_state(lead["noun"], "", after)
            inside = pattern(_FILE, "measure.in-which").match(before) if draft.numerator is not None else None
            if inside and noun:
                return _cases(noun, inside["clause"])
        subject = self._subject(before)
        named = pattern(_FILE, "measure.rate").search(before)
        return subject or (named["rate"] if named else None)

    def _antecedent_noun(self, index: int) -> str | None:
        """What is counted by the nearest figure before: "29 of the 68", "24.6 percent of them"."""
        number = self.scene.drafts[index].sentence
        earlier = [i for i in reversed(self.scene.sentences[number].drafts) if i < index]
        earlier += [i for s in self.scene.paragraph_before(number)[:1] for i in reversed(s.drafts)]
        for other in earlier:
            noun = self.scene.drafts[other].noun
            if noun:
                return _UNCOUNTED.sub("", self.scene.text[slice(*noun)])
        return None

    # Zones of words

    def _zones(self, index: int) -> tuple[str, str]:
        """Cleaned words of the clause before and after a figure."""
        draft, sentence = self.scene.drafts[index], self.scene.sentence(index)
        previous, following = self.scene.previous(index), self.scene.next(index)
        start = sentence.start if previous is None else self.scene.drafts[previous].end
        while following is not None and re.search(
            r"\([^()]*$", self._masked[draft.end : self.scene.drafts[following].start]
        ):
            following = self.scene.next(following)
        end = sentence.end if following is None else self.scene.drafts[following].start
        before = self._clean(self._masked[start : draft.start])
        if previous is not None:
            before = re.split(r"^[^,]*, (?:and|but) (?=.)|^ ?and ", before)[-1]
        return before, self._clean_after(self._masked[draft.end : end])

    def _masked_lead(self, index: int) -> str:
        sentence = self.scene.sentence(index)
        return self._masked[sentence.start : self.scene.drafts[index].start]

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
            return self.scene.drafts[base].unit != "percent"
        return re.search(r"\b(?:by|of)\W+(?:\w+ )?$", self.scene.before(index)) is not None or bool(
            pattern("figure-change", "change.noun-after").match(self.scene.after(index))
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
        return _tidy(match["subject"]) if match else None

    def _object(self, index: int) -> str | None:
        """What was changed: "reduced the number of suspects by 40 percent", "a 28 percent fall in burglary"."""
        before = pattern("figure-change", "change.object").search(self.scene.before(index))
        after = pattern("figure-change", "change.noun-object").match(self.scene.after(index))
        found = before or after
        return _tidy(self._clean_after(found["object"])) if found else None

    def _counted(self, index: int, draft: Draft, before: str, after: str) -> str | None:
        assert draft.noun is not None
        noun = self.scene.text[slice(*draft.noun)]
        noun = _UNCOUNTED.sub("", noun)
        if index in self.links.direction and self._is_difference(index):
            word = {"increase": "increase in", "decrease": "reduction in"}[self.links.direction[index]]
            return f"{word} {noun}"
        if draft.numerator is not None and not draft.of_antecedent:
            inside = pattern(_FILE, "measure.in-which").match(before)
            if inside:
                return self._same_lead(index, noun, inside["clause"]) or _cases(noun, inside["clause"])
        return self._with_state(noun, before, after)

    def _same_lead(self, index: int, noun: str, clause: str) -> str | None:
        """ "… advice on evidence in 9 of 16 cases, and on crime prevention in 10 of 23 cases"."""
        opening = re.match(r"\s*(on|for|about|of|to) ", clause)
        previous = self.scene.previous(index)
        words = self.measure(previous) if previous is not None else None
        if opening is None or words is None or f" {opening[1]} " not in words:
            return None
        return words.rpartition(f" {opening[1]} ")[0] + " " + clause.strip()

    def _is_difference(self, index: int) -> bool:
        draft = self.scene.drafts[index]
        base = self.links.base.get(index)
        words = self.scene.text[draft.number_end : draft.end].lower()
        if any(later == index for _, later in self.links.pairs):
            return False
        return " fewer" in words or (base is not None and self.scene.drafts[base].sentence != draft.sentence)

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
            tail = ("who " if _is_person(noun) else "that ") + after.strip()
        elif post:
            tail = post["post"]
        if done and not state and not tail.startswith(("made", "recorded", "received")):
            tail = f"{done['verb']} {tail}"
        return f"{noun} {tail}"

    def _rate(self, index: int, draft: Draft, before: str) -> str | None:
        noun = re.match(r" ((?:[\w’-]+ ?)+?) (?:per|for)\b", self.scene.text[draft.number_end : draft.end])
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
            return _cases(what, inside["clause"])
        done = re.search(
            r"(?:^|\b(?:force|constabulary|service|it|Police|they) )(?P<verb>[a-z]+ed|found|made)\s*$", before
        )
        if what:
            return _passive(what, done["verb"]) if done else _relative(what)
        named = pattern(_FILE, "measure.rate").search(before)
        if named:
            return named["rate"]
        verb = pattern(_FILE, "measure.verb").match(after.strip())
        who = "respondents who" if "survey" in self.scene.lead_in(index) else "share that"
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

    def _rank(self, index: int, draft: Draft) -> str:
        way = self.scene.text[draft.number_end : draft.end].strip(" -")
        noun = re.match(
            r" (?P<n>(?:[\w-]+ ){0,2}?(?:rate|number|level|proportion|volume))\b", self.scene.after(index)
        )
        previous = self.scene.previous(index)
        of = self.measure(previous) if previous is not None else self._borrowed(index)
        kind = noun["n"] if noun else "rate"
        return f"rank ({way}) by {kind}" + (f" of {of}" if of else "") if way else "rank"

    def _ratio(self, index: int) -> str | None:
        sentence = self.scene.sentence(index)
        found = pattern(_FILE, "measure.likely").search(sentence.text)
        compared = re.search(
            r"\b(?:compared (?:to|with)|as likely as|than) (?P<g>White people|[A-Z][\w ]+ people)",
            sentence.text,
        )
        if found:
            return f"likelihood {found['what']}"
        for other in self._neighbours(index):
            if self.scene.drafts[other].unit == "ratio" and self._made.get(other):
                return self._made[other]
        return f"likelihood compared with {compared['g']}" if compared else None

    # From other figures

    def _neighbours(self, index: int) -> list[int]:
        """Figures that may measure the same: linked ones first, then those before it in the paragraph."""
        linked = [later for base, later in self.links.pairs if base == index]
        linked += [self.links.base[index]] if index in self.links.base else []
        linked += [focal for focal, others in self.links.comparators.items() if index in others]
        previous = self.scene.previous(index)
        earlier = [
            i for s in self.scene.paragraph_before(self.scene.drafts[index].sentence)[:1] for i in s.drafts
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

    # Group and concept

    def group(self, index: int) -> str | None:
        """The sub-group that the figure is about, as written nearest before it in its sentence."""
        if self.scene.drafts[index].unit == "rank":
            return None
        words = re.split(
            r";|\bcompared (?:to|with)\b|\bthan\b|\blikely as\b|^ as\b", self.scene.before(index)
        )[-1]
        nearby = words + self.scene.text[self.scene.drafts[index].start : self.scene.drafts[index].end]
        of = re.match(r" of [^,;.]{0,60}", self.scene.after(index))
        for zone in (nearby, of[0] if of else ""):
            for form in ("group.ethnic", "group.sex"):
                found = [m[0] for m in pattern(_FILE, form).finditer(zone)]
                if found:
                    return self._as_first_written(index, found[0])
        return self._group_of_focal(index)

    def _as_first_written(self, index: int, found: str) -> str:
        """ "a person who is Black or Black British" is the group that the paragraph named before."""
        if not found.startswith("a "):
            return found
        for focal, others in self.links.comparators.items():
            if index in others and group_key(self.scene, focal):
                return self.group(focal) or found
        return found

    def _group_of_focal(self, index: int) -> str | None:
        if self.scene.drafts[index].unit != "ratio":
            return None
        for focal, others in self.links.comparators.items():
            if index in others:
                return self.group(focal)
        return None

    def concept(self, index: int, words: str | None) -> str | None:
        """IRI of the measure whose longest label stands in the phrase, else in the words at the figure."""
        head, _, rest = re.sub(r"^change in ", "", words or "").partition(" in which ")
        draft = self.scene.drafts[index]
        if rest or draft.denominator is not None or draft.unit in ("percent", "ratio"):
            found = self._label(words or "", about_people=False)
        else:
            found = self._label(re.split(r" (?:who|that|with) ", head)[0], about_people=True)
        if found is None and draft.noun is None:
            found = self._label(re.split(r",|\band\b", self.scene.before(index))[-1], about_people=False)
        return self.labels[found] if found else None

    @cached_property
    def _impersonal(self) -> dict[str, str]:
        return {label: iri for label, iri in self.labels.items() if not _is_person(label)}

    def _label(self, words: str, *, about_people: bool) -> str | None:
        """The longest label in the words; a share of cases is not measured by the people in them."""
        labels = self.labels if about_people else self._impersonal
        return _longest_label(words, labels)


def _longest_label(words: str, labels: Mapping[str, str]) -> str | None:
    plain = " " + re.sub(r"[^\w%’'-]+", " ", words.lower()) + " "
    fitting = [label for label in labels if f" {label.lower()} " in plain]
    return max(fitting, key=lambda label: (len(label), label), default=None)


def _is_generic(words: str) -> bool:
    """Whether the words do not say what is measured: "the figure for England and Wales"."""
    return pattern(_FILE, "measure.generic").match(words) is not None


def _cases(noun: str, clause: str) -> str:
    """A phrase as "cases in which officers kept victims up to date", without a verb "cases with a plan"."""
    words = _tidy(clause) or ""
    first, _, rest = words.partition(" ")
    if first[1:].islower() and not rest[:1].isupper():
        words = first.lower() + " " + rest
    link = "in which" if pattern(_FILE, "measure.verb").search(words) else "with"
    return f"{noun} {link} {words}"


def _is_person(noun: str) -> bool:
    return (
        re.search(
            r"\b(?:people|officers|staff|respondents|victims|sergeants|detectives|callers|recruits|children|women|men|"
            r"offenders|suspects|adults|handlers|investigators|firefighters|supervisors|PCSOs)$",
            noun,
        )
        is not None
    )


def _relative(what: str) -> str:
    """ "police officers left the force" → "police officers who left the force"."""
    words = what.split(" ")
    for place in range(1, len(words)):
        verb = pattern(_FILE, "measure.verb").fullmatch(words[place])
        if words[place] in ("recorded", "reported", "registered") and words[-1] != words[place]:
            continue
        if verb and (is_plural(words[place - 1]) or place > 2 or words[place][:2] in ("wa", "we", "ar")):
            noun = " ".join(words[:place])
            who = "who" if any(_is_person(w) for w in words[:place]) else "that"
            return f"{noun} {who} {' '.join(words[place:])}"
    return what


def _passive(what: str, verb: str) -> str:
    """ "999 calls within ten seconds", "answered" → "999 calls answered within ten seconds"."""
    words = what.split(" ")
    for place, word in enumerate(words):
        if is_plural(word) or word == "crime":
            return " ".join([*words[: place + 1], verb, *words[place + 1 :]])
    return f"{what} {verb}"


def _tidy(words: str | None) -> str | None:
    """At most sixteen words without connecting words at the ends; None if nothing is left."""
    if not words:
        return None
    words = re.sub(r"\s+", " ", words).strip()
    kept = " ".join(words.split(" ")[:_MOST_WORDS])
    kept = _TRAILING.sub("", _LEADING.sub("", kept)).strip()
    return kept if re.search(r"[A-Za-z]{3}", kept) else None
