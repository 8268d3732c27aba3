"""Topic chains: what a paragraph goes on about, as the sample that was read or asked.

A sentence that states the size of a sample ("We examined 36 investigations", "620 people answered the
survey") opens a chain. It lasts to the end of the paragraph at most: a sentence goes on with it if it
tells of a part of the sample or of the same measure and nobody else speaks; any other sentence with figures
ends it. Samples that inspectors read are remembered through the report by their size ("71 of the 75 cases")
and as "people whose records we read".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from kg.nlp.figures.accounts import Account, accounts_in
from kg.nlp.figures.context import Context, Sentence, refers_to_known_time
from kg.nlp.rules.pattern_files import load_patterns, pattern

_FILE = "figure-discourse"
_OPENING = 12
_INSPECTORS = "inspectorate"
_SURVEY = "survey"


@dataclass(frozen=True, slots=True)
class Sample:
    """Who read or asked it (an attribution), the quantity that states its size, its largest size."""

    speaker: str
    quantity: int
    size: Decimal

    @property
    def is_survey(self) -> bool:
        return self.speaker == _SURVEY


@dataclass(frozen=True, slots=True)
class TopicChains:
    """The sample that each quantity is about, by its index; ``opening`` has those that state its size."""

    of: Mapping[int, Sample] = field(default_factory=dict)
    opening: Mapping[int, Sample] = field(default_factory=dict)


def find_topic_chains(context: Context) -> TopicChains:
    """The topic chains of a report, read from its first sentence to its last."""
    reader = _Reader(context)
    for number, sentence in enumerate(context.sentences):
        reader.read(number, sentence)
    return TopicChains(reader.of, reader.opening)


def visit_before(context: Context, chains: TopicChains, index: int) -> Sentence | None:
    """The sentence before the one that opens a chain if it tells when the inspectors came."""
    before = context.paragraph_before(context.quantities[index].sentence)[:1]
    if index not in chains.opening or not before or before[0].quantities:
        return None
    words = before[0].text
    told = all(pattern(_FILE, form).search(words) for form in ("topic.inspectors", "topic.visit"))
    return before[0] if told else None


class _Reader:
    """Reads sentence after sentence and remembers the samples that it has met."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.of: dict[int, Sample] = {}
        self.opening: dict[int, Sample] = {}
        self._by_noun: dict[str, Sample] = {}
        self._by_size: dict[Decimal, Sample] = {}
        self._topic: Sample | None = None
        self._paragraph = -1
        self._has_parts = False

    def read(self, number: int, sentence: Sentence) -> None:
        if sentence.paragraph != self._paragraph:
            self._topic, self._paragraph, self._has_parts = None, sentence.paragraph, False
        for index in sentence.quantities:  # "71 of the 75 cases", also far from the sample
            whole = self.context.quantities[index].denominator
            if whole is not None and whole in self._by_size:
                self.of[index] = self._by_size[whole]
        opened = self._opened(number, sentence)
        if opened is not None:
            self._topic, self._has_parts = opened, False
        elif self._topic is not None and self._goes_on(sentence, self._topic):
            self._has_parts = self._has_parts or bool(sentence.quantities)
            self.of.update(dict.fromkeys(sentence.quantities, self._topic))
        else:
            again = pattern(_FILE, "topic.read-before").search(sentence.text)
            self._topic = self._by_noun.get(again["noun"].lower()) if again else None
            self._has_parts = self._topic is not None
            if self._topic is not None:
                self.of.update(dict.fromkeys(sentence.quantities, self._topic))

    def _opened(self, number: int, sentence: Sentence) -> Sample | None:
        """The sample whose size a sentence states; the parts of it that follow in the sentence go with it."""
        quantities = self.context.quantities
        if not sentence.quantities:
            return None
        if pattern("figure-population", "population.survey").search(sentence.text) or self._replies(
            number, sentence
        ):
            counts = [quantities[i].value for i in sentence.quantities if quantities[i].unit == "count"]
            return Sample(_SURVEY, sentence.quantities[0], max(counts, default=Decimal(0)))
        sizes = self._sizes_read(number, sentence)
        if not sizes:
            return None
        for index, reader in sizes.items():
            quantity = quantities[index]
            sample = Sample(reader, index, quantity.value)
            self._by_size[quantity.value] = self.opening[index] = self.of[index] = sample
            if quantity.noun:
                self._by_noun[self.context.noun(index).split()[-1].lower()] = sample
        last = self.opening[max(sizes)]
        parts = [i for i in sentence.quantities if i > last.quantity and quantities[i].bare]
        self.of.update({index: last for index in parts if quantities[index].value <= last.size})
        return max((self.opening[i] for i in sizes), key=lambda sample: sample.size)

    def _replies(self, number: int, sentence: Sentence) -> bool:
        """Whether a sentence tells what was answered in the survey of the one before."""
        before = self.context.paragraph_before(number)[:1]
        return (
            bool(before)
            and not before[0].quantities
            and pattern("figure-population", "population.surveyed").search(before[0].text) is not None
            and pattern("figure-population", "population.replies").search(sentence.text) is not None
        )

    def _sizes_read(self, number: int, sentence: Sentence) -> dict[int, str]:
        """The quantities of a sentence that are sizes of samples, with who read or asked them."""
        found: dict[int, str] = {}
        accounts: list[Account] | None = None
        for index in sentence.quantities:
            quantity = self.context.quantities[index]
            if quantity.unit != "count" or quantity.denominator is not None:
                continue
            before = self.context.text[sentence.start : quantity.start]
            read = pattern(_FILE, "topic.reads").search(before)
            joined = index - 1 in found and self.context.gap(index - 1, index) in (" and ", ", ")
            if read and self._are_inspectors(number, before[: read.start()]):
                found[index] = _INSPECTORS
            elif joined:
                found[index] = found[index - 1]
            else:
                accounts = accounts_in(self.context, sentence) if accounts is None else accounts
                reader = next((a.value for a in accounts if self._is_size_of(index, a)), None)
                if reader is not None:
                    found[index] = reader
        return found

    def _is_size_of(self, index: int, account: Account) -> bool:
        """Whether a quantity is how many cases somebody read ("the panel viewed 72") or people it asked.

        What the inspected body reads is its work and no sample: "the service has audited 402 premises".
        """
        quantity, text = self.context.quantities[index], self.context.text
        if account.how == "reads" and account.party == "party.force":
            return False
        if account.how == "asks":
            return account.start <= quantity.start < account.end
        between = text[account.end : quantity.start] if account.end <= quantity.start else None
        form = {"reads": "topic.size-read", "has": "topic.size-of"}.get(account.how)
        return (
            form is not None and between is not None and pattern(_FILE, form).fullmatch(between) is not None
        )

    def _are_inspectors(self, number: int, subject: str) -> bool:
        """Whether the words before a verb name inspectors or stand for those of the sentence before."""
        if pattern(_FILE, "topic.others").search(subject):
            return False
        if pattern(_FILE, "topic.inspectors").search(subject):
            return True
        before = self.context.paragraph_before(number)[:1]
        pronoun = pattern(_FILE, "topic.pronoun").match(self.context.sentences[number].text)
        return bool(pronoun and before and pattern(_FILE, "topic.inspectors").search(before[0].text))

    def _goes_on(self, sentence: Sentence, topic: Sample) -> bool:
        """Whether a sentence goes on with a chain: nobody else speaks, its figures can be of the sample."""
        if any(form.regex.search(sentence.text) for form in load_patterns("figure-attribution")):
            return False
        if not sentence.quantities:
            return True
        quantities = [self.context.quantities[i] for i in sentence.quantities]
        first = quantities[0]
        if pattern(_FILE, "topic.of-them").search(sentence.text):
            return True
        past = pattern(_FILE, "topic.counted-then").match(self.context.text, first.end, sentence.end)
        opens = first.start == sentence.start and past is not None
        if topic.is_survey and first.numerator is not None and opens:
            return True
        if all(quantity.unit == "percent" for quantity in quantities):
            again = [p for p in sentence.periods[:1] if p.start - sentence.start < _OPENING]
            known = topic.is_survey and any(refers_to_known_time(period) for period in again)
            too = (
                topic.is_survey
                and not sentence.periods
                and pattern(_FILE, "topic.asked-too").match(sentence.text)
            )
            return known or bool(too) or pattern(_FILE, "topic.same-measure").match(sentence.text) is not None
        if any(q.unit != "count" or q.value > topic.size for q in quantities):
            return False
        generic = pattern("figure-shares", "share.cases-again")
        nouns = [self.context.noun(i) for i in sentence.quantities]
        parts = zip(quantities, nouns, strict=True)
        if all(q.bare or q.of_antecedent or generic.fullmatch(noun) for q, noun in parts):
            return True
        return self._has_parts and opens
