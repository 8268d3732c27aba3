"""Who may say a figure: every speaker near it, its sample, what it is set beside, and that nobody says it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from typing import TypeVar

from kg.model.records import Span
from kg.nlp.figures.accounts import Account, accounts_in
from kg.nlp.figures.choosing.candidates import (
    NOWHERE,
    Candidate,
    Cue,
    by_words,
    candidates_of,
    crossed,
    is_quoted,
    opening_of,
    place_before,
    place_in_sentence,
    seen_of,
    words_around,
)
from kg.nlp.figures.choosing.chooser import (
    Neighbours,
    above_paragraph,
    neighbours,
    number_again,
)
from kg.nlp.figures.choosing.continuity import begins_anew, goes_on
from kg.nlp.figures.context import Context, Sentence
from kg.nlp.figures.dates.document_samples import DocumentSamples
from kg.nlp.figures.dates.occasions import Occasions
from kg.nlp.figures.links.links import Links
from kg.nlp.figures.links.topic_chains import TopicChains
from kg.nlp.figures.sources.attribution import is_case_review
from kg.nlp.figures.sources.data_note import DataNote, read_data_note, table_labels
from kg.nlp.figures.sources.official import KindsOfData, beside_national, counts_officially, official_words
from kg.nlp.figures.sources.section_note import note_of
from kg.nlp.figures.sources.speakers import Speaker, meant_by_pronoun, speakers_in
from kg.nlp.rules.pattern_files import load_patterns, pattern

_BACK = 4
T = TypeVar("T")
_QUOTED = 8
_QUALIFIED = 3
_SOURCES = "figure-sources"
_OFFICIAL = "official-statistics"
_ANYWHERE = ("inspectorate", "force", _OFFICIAL)
_ABOVE, _ABOVE_TABLE = 3, 2
_BRACKET = re.compile(r"[^().;]{0,60}\(")
_SETTLED = ("account.puts", "account.those", "section-note")


@dataclass(frozen=True)
class SourceProposals:
    """Proposes sources; ``ruled`` are those of the rules, ``named`` those of them that the sentence names."""

    context: Context
    links: Links
    chains: TopicChains
    populations: Sequence[str]
    named: Sequence[str | None]
    ruled: Sequence[str | None]
    samples: DocumentSamples

    @property
    def occasions(self) -> Occasions:
        return self.samples.occasions

    @cached_property
    def _kinds(self) -> KindsOfData:
        return KindsOfData.of(self.context)

    @cached_property
    def _note(self) -> DataNote:
        return read_data_note(self.context.text)

    @cached_property
    def _is_noted(self) -> str:
        """Whether the report says of any data that it is official: ``noted`` or ``unnoted``."""
        rest = self._note.rest is not None and self._note.rest.source == _OFFICIAL
        return "noted" if rest or self._note.words_of(_OFFICIAL) else "unnoted"

    @cached_property
    def _speakers(self) -> list[list[Speaker]]:
        """The speakers of each sentence whose paragraph has figures."""
        return self._where_listened(self._speakers_of)

    @cached_property
    def _listened(self) -> set[int]:
        """The sentences of paragraphs with figures, and the lead-ins of lists that have any."""
        told = {s.paragraph for s in self.context.sentences if s.quantities}
        leads = {s.lead for s in self.context.sentences if s.quantities}
        return {n for n, s in enumerate(self.context.sentences) if s.paragraph in told or n in leads}

    def _where_listened(self, told_in: Callable[[int], list[T]]) -> list[list[T]]:
        listened = self._listened
        return [told_in(n) if n in listened else [] for n in range(len(self.context.sentences))]

    @cached_property
    def _speakers_of(self) -> Callable[[int], list[Speaker]]:
        """The speakers of any sentence, by its number."""

        @cache
        def found(number: int) -> list[Speaker]:
            spoken = speakers_in(self.context, self.context.sentences[number])
            return [self._as_told(number, speaker) for speaker in spoken]

        return found

    def _as_told(self, number: int, speaker: Speaker) -> Speaker:
        """A speaker who is somebody else by the wording, as what the account’s grammar says who it is.

        "The unit’s detective inspector told us": one who tells something is of another body unless a part or
        person of the inspected one.
        """
        if speaker.value != "other":
            return speaker
        accounts = (a for a in self._accounts_of(number) if a.start < speaker.end and speaker.start < a.end)
        value = next((a.value for a in accounts if a.how != "asks"), speaker.value)
        return replace(speaker, value=value)

    @cached_property
    def _official(self) -> list[tuple[str, Span] | None]:
        """The kind of official data that each sentence with figures tells of, and its words."""
        return [official_words(s, self._kinds) if s.quantities else None for s in self.context.sentences]

    @cached_property
    def _accounts(self) -> list[list[Account]]:
        """The accounts that each sentence of a paragraph with figures gives, and each lead-in."""
        return self._where_listened(self._accounts_of)

    @cached_property
    def _accounts_of(self) -> Callable[[int], list[Account]]:
        """The accounts that any sentence gives, by its number."""

        @cache
        def found(number: int) -> list[Account]:
            given = accounts_in(self.context, self.context.sentences[number])
            return [self._as_quoted(number, account) for account in given]

        return found

    def _as_quoted(self, number: int, account: Account) -> Account:
        """An account with the source that its “we” or “our” means in a quotation."""
        value = self._in_mouth(number, account.start, account.end)
        return account if value is None else replace(account, value=value, party=f"quoted.{value}")

    def of(self, index: int) -> list[Candidate[str | None]]:
        """The candidates of a figure, that nobody says it among them."""
        context = self.context
        sentence = context.sentence(index)
        put = self._put_at(index)
        if put is not None:
            return [Candidate(put.value, "stated", put.start, put.end, ("account.puts", "rules"))]
        note = self._section_note(index, sentence) or self._told_behind(index, sentence)
        note = note or self._captioned(index)
        if note is not None:
            return [note]
        seen = seen_of(context, sentence, index)
        quantity = context.quantities[index]
        seen.append(f"of.{self.populations[index]}")
        if is_quoted(context, quantity.start):
            quoted = self._speaks(quantity.sentence)
            seen += ["quoted", f"quoted.{quoted[0]}" if quoted else "quoted.nobody"]
        own = self._speakers[quantity.sentence]
        told = [*words_around(context, sentence, index), f"noted.{self._is_noted}"]
        nobody = ["none", "none.with-own" if own else "none.alone"]
        if any(self._speakers[quantity.sentence - n] for n in range(1, self._room(quantity.sentence) + 1)):
            nobody.append("none.with-before")
        if self._note.rest is not None:
            nobody.append("none.against-note")
        candidates = candidates_of(
            [*self._cues(index, sentence), (None, "", NOWHERE, nobody)],
            seen,
            self.ruled[index],
            lambda value: self._rules(index, value),
            sentence,
            by_value=True,
        )
        here = (quantity.start, quantity.end)
        candidates.append(by_words(None, "", NOWHERE, seen, told))
        for value in _ANYWHERE:
            candidates.append(by_words(value, "implied", here, seen, told))
        return candidates

    def handed(
        self,
        index: int,
        candidates: Sequence[Candidate[str | None]],
        before: Neighbours,
        known: Mapping[int, Candidate[str | None]],
    ) -> Iterator[Candidate[str | None]]:
        """The sources of the figures near it."""
        if candidates[0].features[0] in _SETTLED:
            return
        for other, how in before:
            given = known.get(other)
            if given is None or given.value is None or self._is_anew(index, other, given.value):
                continue
            names = ["handed", f"handed.{how[0]}", *(f"handed.{name}" for name in how[1:])]
            names += crossed([f"={given.value}"], names[:2])
            names += crossed([f"={given.value}"], (name for name in names if name.startswith("handed.on.")))
            yield Candidate(given.value, "carried", given.start, given.end, tuple(names))

    def near(self, index: int) -> Neighbours:
        """The figures before this one whose source speaks for its own."""
        found = [
            (other, [*how, *self._on(index, other)])
            for other, how in neighbours(self.context, self.links, index)
        ]
        cell, above = self.context.cells[index], index - 1
        if above >= 0 and cell is not None and not found:
            other = self.context.cells[above]
            if other is not None and other.table == cell.table:
                found.append((above, ["cell"]))
        again = number_again(self.context, index, whole=True)
        if again is not None:
            found.append((again, ["whole-again"]))
        if not found:
            found += [(other, [name]) for name, other in above_paragraph(self.context, index)]
        return found

    def _is_anew(self, index: int, other: int, value: str) -> bool:
        """Whether what somebody has told of an earlier figure of the paragraph ends before this one."""
        here, there = self.context.sentence(index), self.context.sentence(other)
        told = here.paragraph == there.paragraph and here is not there and value != _OFFICIAL
        return told and begins_anew(self.context, here, there)

    def _on(self, index: int, other: int) -> list[str]:
        """How the sentence of a figure goes on from that of an earlier figure, if it is another one."""
        first, last = self.context.quantities[other].sentence, self.context.quantities[index].sentence
        here, there = self.context.sentences[last], self.context.sentences[first]
        return [] if first == last else goes_on(self.context, here, there, last - first)

    def _section_note(self, index: int, sentence: Sentence) -> Candidate[str | None] | None:
        """The source that a note above its list or table gives a figure; a line that names one keeps that."""
        number = self.context.quantities[index].sentence
        note = note_of(self.context.text, self.context.quantities[index].start)
        if note is None or self._speakers[number] or self._accounts[number]:
            return None
        source = note.source_of(sentence.text)
        return Candidate(source, "stated", *note.span, ("section-note", "rules")) if source else None

    def _told_behind(self, index: int, sentence: Sentence) -> Candidate[str | None] | None:
        """The source that the sentence behind says of its figures: "These are the force’s own figures"."""
        number = self.context.quantities[index].sentence
        if self._speakers[number] or self._accounts[number]:
            return None
        for following in self.context.sentences[number + 1 : number + 2]:
            told = self._accounts[number + 1] or self._speakers[number + 1]
            behind = following.paragraph == sentence.paragraph and not following.quantities
            if told and behind and pattern("figure-accounts", "account.those").match(following.text):
                here = (told[0].start, told[0].end)
                return Candidate(told[0].value, "stated", *here, ("account.those", "rules"))
        return None

    def _captioned(self, index: int) -> Candidate[str | None] | None:
        """The source whose data the caption of its table, or the sentence above that, says it has."""
        cell, number = self.context.cells[index], self.context.quantities[index].sentence
        if cell is None or self._speakers[number] or self._accounts[number]:
            return None
        last = bisect_right(self.context.sentences, cell.table - 1, key=lambda s: s.start)
        for above in range(last - 1, max(-1, last - 1 - _ABOVE_TABLE), -1):
            for account in self._accounts_of(above):
                if account.how in ("has", "given") and account.value != "survey":
                    here = (account.start, account.end)
                    return Candidate(account.value, "stated", *here, ("account.those", "rules"))
        return None

    def _put_at(self, index: int) -> Account | None:
        """The account that puts this number on something: "shopkeepers put it at 40%"."""
        quantity = self.context.quantities[index]
        for account in self._accounts[quantity.sentence]:
            between = self.context.text[account.end : quantity.start]
            before = account.how == "puts" and account.end <= quantity.start
            if before and len(between.split()) <= _QUALIFIED and not any(map(str.isdigit, between)):
                return account
        return None

    def _room(self, number: int) -> int:
        return min(_BACK, len(self.context.paragraph_before(number)))

    def _rules(self, index: int, value: str | None) -> Iterator[str]:
        """What the rules say of a value for this figure and its neighbours; each begins with ``rules``."""
        context = self.context
        if self.ruled[index] == value:
            stage = "named" if self.named[index] == value else "carried"
            yield "rules"
            yield f"rules.{stage}"
            yield f"rules={value}"
            yield f"rules.{stage}={value}"
        previous, following = context.previous(index), context.next(index)
        if previous is not None and self.ruled[previous] == value:
            yield from ("rules.previous", f"rules.previous={value}")
        if following is not None and self.ruled[following] == value:
            yield from ("rules.next", f"rules.next={value}")
        last = context.last_of_before(context.quantities[index].sentence)
        if previous is None and last is not None and self.ruled[last[0]] == value:
            yield from ("rules.before", f"rules.before={value}")

    # --- what proposes a source

    def _cues(self, index: int, sentence: Sentence) -> Iterator[Cue[str | None]]:
        yield from self._said(index, sentence)
        yield from self._said_around(index, sentence)
        yield from self._accounted(index, sentence)
        yield from self._said_behind(index, sentence)
        yield from self._above_table(index)
        yield from self._on_occasion(index, sentence)
        yield from self._of_sample(index, sentence)
        yield from self._of_document_sample(index, sentence)
        yield from self._of_data(index, sentence)
        yield from self._noted(index, sentence)
        yield from self._hinted(index, sentence)
        yield from self._set_beside(index, sentence)
        yield from self._quoted(index, sentence)

    def _said(self, index: int, sentence: Sentence) -> Iterator[Cue[str | None]]:
        context = self.context
        speakers = self._speakers[context.quantities[index].sentence]
        start = context.quantities[index].start
        for speaker in speakers:
            if self._tells_of_another(index, sentence, speaker.start, speaker.value):
                continue
            value = (
                self._in_mouth(context.quantities[index].sentence, speaker.start, speaker.end)
                or meant_by_pronoun(context, speaker)
                or speaker.value
            )
            span = (speaker.start, speaker.end)
            place = place_in_sentence(context, sentence, index, span)
            nearer = any(speaker.start < other.start < start for other in speakers)
            place.append("outdone" if nearer else "last")
            rivals = any(other.value != speaker.value for other in speakers)
            place.append("rivals" if rivals else "alone")
            cues = [f"own.{speaker.form}", "own", *(f"own.{name}" for name in place)]
            cues += crossed([f"own.{speaker.form}"], [*place[1:3], *place[-2:]])
            head = context.text[span[0] : span[1]].lower().removeprefix("the ").split()[0]
            cues.append(f"own.head.{head}")
            yield value, "stated", span, cues
            if speaker.value == "other":
                yield (
                    "force",
                    "stated",
                    span,
                    [f"own.other.head.{head}", *(f"own.other.{name}" for name in place)],
                )
            if speaker.role == "crime-survey":
                yield "survey", "stated", span, ["own.crime-survey", *(f"own.{name}" for name in place)]

    def _tells_of_another(self, index: int, sentence: Sentence, start: int, value: str) -> bool:
        """Whether who speaks behind a figure, at ``start``, tells of a later one.

        So in a clause of their own ("takes nine days, and the charity told us that …"), and in words on
        another number ("144 detectives, which is 11 percent below the number it says it needs").
        """
        end = self.context.quantities[index].end
        if start < end or value == "inspectorate":
            return False
        between = self.context.text[end:start]
        if pattern(_SOURCES, "source.new-clause").search(between):
            return True
        others = any(end <= self.context.quantities[i].start < start for i in sentence.quantities)
        return others and pattern(_SOURCES, "source.contact-clause").search(between) is not None

    def _said_around(self, index: int, sentence: Sentence) -> Iterator[Cue[str | None]]:
        context, number = self.context, self.context.quantities[index].sentence
        own_name = "own-speaker" if self._speakers[number] else "no-own"
        if sentence.lead is not None:
            for speaker in self._speakers[sentence.lead][:2]:
                yield speaker.value, "carried", (speaker.start, speaker.end), ["lead", f"lead.{speaker.form}"]
            for other in [context.sentences[sentence.lead], *context.paragraph_before(sentence.lead)[:1]]:
                yield from self._hints("lead", other, [f"lead.{own_name}"])
        told = False
        for far in range(1, self._room(number) + 1):
            other = context.sentences[number - far]
            speakers = self._speakers[number - far]
            place = [*place_before(sentence, other, far), *goes_on(context, sentence, other, far)]
            place.append(own_name)
            place.append("told-since" if told else "first")
            for speaker in () if begins_anew(context, sentence, other) else reversed(speakers):
                cues = [f"around.{speaker.form}", *(f"around.{name}" for name in place)]
                cues += crossed([f"around.{speaker.form}"], place[:1])
                yield speaker.value, "carried", (speaker.start, speaker.end), cues
            told = told or bool(speakers)
        following = context.sentences[number + 1 : number + 2]
        if following and following[0].paragraph == sentence.paragraph and not following[0].quantities:
            after = pattern("figure-discourse", "topic.source-after").search(following[0].text)
            for speaker in self._speakers[number + 1][:1]:
                yield (
                    speaker.value,
                    "stated",
                    (speaker.start, speaker.end),
                    ["after.told" if after else "after"],
                )

    def _accounted(self, index: int, sentence: Sentence) -> Iterator[Cue[str | None]]:
        """By the grammar of reporting: who gives an account in the sentence, its lead-in or those before."""
        context, number = self.context, self.context.quantities[index].sentence
        start = context.quantities[index].start
        own = self._accounts[number]
        for account in own:
            if account.how == "tells" and self._tells_of_another(
                index, sentence, account.start, account.value
            ):
                continue
            span = (account.start, account.end)
            place = place_in_sentence(context, sentence, index, span)
            place.append("outdone" if any(account.start < a.start < start for a in own) else "last")
            place.append("rivals" if any(a.value != account.value for a in own) else "agreed")
            names = [f"account.{name}" for name in (account.how, account.party, *place)]
            names += [f"account.{account.how}.{account.party}", f"account.thing.{account.thing}"]
            names.append(f"account.{account.party}.{account.thing}")
            names += crossed([f"account.{account.how}"], [*place[1:5], *place[-2:]])
            yield account.value, "stated", span, names
        if sentence.lead is not None:
            for account in self._accounts[sentence.lead]:
                names = ["account-lead", f"account-lead.{account.how}", f"account-lead.{account.party}"]
                yield account.value, "carried", (account.start, account.end), names
        since = "own" if own else "silent"
        for far in range(1, self._room(number) + 1):
            other, accounts = context.sentences[number - far], self._accounts[number - far]
            place = [*place_before(sentence, other, far), since]
            place += goes_on(context, sentence, other, far)
            for account in () if begins_anew(context, sentence, other) else reversed(accounts):
                heard = [f"{account.how}.{account.party}", account.how, account.party]
                names = [f"account-around.{name}" for name in (*heard, *place)]
                names += crossed([f"account-around.{account.how}"], place)
                yield account.value, "carried", (account.start, account.end), names
            since = "told" if accounts and since == "silent" else since

    def _said_behind(self, index: int, sentence: Sentence) -> Iterator[Cue[str | None]]:
        """Who gives an account in the sentence behind: "1,412 applications. Our data shows that it …".

        Who tells there of figures of their own tells nothing of this one, unless the words go back to it: "In
        2022 there were 5,529 cases. The force told us that it had reduced them to 1,769".
        """
        number = self.context.quantities[index].sentence
        for following in self.context.sentences[number + 1 : number + 2]:
            if following.paragraph != sentence.paragraph:
                return
            told = "told" if self._accounts[number] or self._speakers[number] else "untold"
            names = [told, opening_of(following), "figures" if following.quantities else "plain"]
            own = bool(following.quantities) and opening_of(following) == "none"
            own = own and not pattern(_SOURCES, "source.of-it").search(following.text)
            for account in self._accounts[number + 1][:2]:
                if own and account.how == "tells":
                    continue
                cues = [f"behind.{account.how}.{account.party}", f"behind.{account.how}"]
                cues += [f"behind.{name}" for name in names]
                cues += crossed(cues[:2], names)
                yield account.value, "carried", (account.start, account.end), cues

    def _above_table(self, index: int) -> Iterator[Cue[str | None]]:
        """Who gives an account in the caption of the figure’s table, or in the sentence above it."""
        cell = self.context.cells[index]
        if cell is None:
            return
        last = bisect_right(self.context.sentences, cell.table - 1, key=lambda s: s.start) - 1
        for far in range(_ABOVE):
            number = last - far
            if number < 0:
                return
            where = f"table{far}"
            for account in self._accounts_of(number):
                names = [where, f"{where}.{account.how}.{account.party}", f"table.{account.party}"]
                yield account.value, "carried", (account.start, account.end), names
            for speaker in self._speakers_of(number):
                names = [f"{where}.spoken", f"{where}.{speaker.form}"]
                yield speaker.value, "carried", (speaker.start, speaker.end), names

    def _on_occasion(self, index: int, sentence: Sentence) -> Iterator[Cue[str | None]]:
        """Whose the audit, survey or visit is that the sentence or one before it speaks of."""
        number = self.context.quantities[index].sentence
        for far in range(self._room(number) + 1):
            for one in self.occasions.references[number - far]:
                value = one.source
                if value is None or self.context.text.startswith("’s", one.end):
                    continue  # "the survey’s report makes 20 recommendations": nobody answered that
                other = self.context.sentences[number - far]
                span = (one.start, one.end)
                place = (
                    [*place_before(sentence, other, far), *goes_on(self.context, sentence, other, far)]
                    if far
                    else place_in_sentence(self.context, sentence, index, span)
                )
                where = "occasion-before" if far else "occasion"
                names = [f"{where}.{name}" for name in (f"{one.kind}.{one.form}", one.kind, one.by, *place)]
                names += crossed([f"{where}.{one.kind}.{one.form}"], place[:2])
                yield value, "carried" if far else "stated", span, names

    def _of_sample(self, index: int, sentence: Sentence) -> Iterator[Cue[str | None]]:
        yield from self._sampled(index, sentence)
        partner = self._partner(index)
        if partner is not None:
            for value, how, span, names in self._sampled(partner, sentence):
                yield value, how, span, [f"partner.{name}" for name in names]

    def _of_document_sample(self, index: int, sentence: Sentence) -> Iterator[Cue[str | None]]:
        """Who took the samples that it may be part of, wherever the report tells of them."""
        number = self.context.quantities[index].sentence
        told = "told" if self._speakers[number] or self._accounts[number] else "untold"
        for sample, way in self.samples.of(index):
            other = self.context.sentences[sample.sentence]
            far = "here" if other is sentence else "near" if other.paragraph == sentence.paragraph else "far"
            names = [f"taken.{way}", f"taken.{way}.{far}", f"taken.{way}.{told}"]
            names.append(f"taken.{way}.alike{self.samples.alike(index, sample)}")
            size = self.context.quantities[sample.quantity]
            yield sample.by, "stated" if far == "here" else "carried", (size.start, size.end), names

    def _partner(self, index: int) -> int | None:
        """The share in a bracket behind a percentage, or before it: "88 percent of cases (92 of 104)"."""
        context = self.context
        following, previous = context.next(index), context.previous(index)
        for other, first, second in ((following, index, following), (previous, previous, index)):
            if other is not None and first is not None and second is not None:
                one, two = context.quantities[first], context.quantities[second]
                shares = "percent" in (one.unit, two.unit) or one.denominator or two.denominator
                if shares and _BRACKET.fullmatch(context.gap(first, second)):
                    return other
        return None

    def _sampled(self, index: int, sentence: Sentence) -> Iterator[Cue[str | None]]:
        context, quantity = self.context, self.context.quantities[index]
        sample = self.chains.of.get(index)
        if sample is not None:
            whole = context.quantities[sample.quantity]
            how = "stated" if whole.sentence == quantity.sentence else "carried"
            yield sample.speaker, how, (whole.start, whole.end), ["sample", f"sample.{how}"]
        here = (quantity.start, quantity.end)
        if self.populations[index] == "survey-respondents":
            yield "survey", "implied", here, ["respondents"]
        if pattern(_SOURCES, "source.own-box").search(context.text, *here):
            others = pattern(_SOURCES, "source.others-box").search(sentence.text)
            yield "other" if others else "inspectorate", "implied", here, ["own-box"]
        if is_case_review(context, index):
            yield "inspectorate", "implied", here, ["case-review"]
        if quantity.interval is not None:
            yield "inspectorate", "implied", here, ["interval"]
        if context.extraction.report.kind == "news-item":
            yield "inspectorate", "implied", here, ["news"]

    def _of_data(self, index: int, sentence: Sentence) -> Iterator[Cue[str | None]]:
        context, kinds = self.context, self._kinds
        for kind in kinds.collected:
            if found := kind.regex.search(sentence.text):
                span = (sentence.start + found.start(), sentence.start + found.end())
                yield "inspectorate", "implied", span, ["collected"]
                break
        words = self._official[context.quantities[index].sentence]
        if words is not None:
            counted = counts_officially(context, index, kinds, in_official=True)
            name, noted = "counted" if counted else "uncounted", self._is_noted
            names = [f"data.{name}", f"data.{words[0]}", f"data.{words[0]}.{name}"]
            yield _OFFICIAL, "implied", words[1], [*names, f"data.{noted}", f"data.{name}.{noted}"]
        if beside_national(context, index, self.populations, self.links):
            yield _OFFICIAL, "implied", (sentence.start, sentence.end), ["beside-national"]
        if self.populations[index] in ("england-and-wales", "other", "other-force"):
            yield _OFFICIAL, "implied", (sentence.start, sentence.end), ["is-national"]
        focal = self.links.focal.get(index)
        others = [*self.links.comparators.get(index, ()), *([] if focal is None else [focal])]
        if any(self.populations[other] in ("other", "other-force") for other in others):
            yield _OFFICIAL, "implied", (sentence.start, sentence.end), ["beside-others"]

    def _noted(self, index: int, sentence: Sentence) -> Iterator[Cue[str | None]]:
        """What the report's note on its data says: of what is counted, of words beside it, of all else."""
        context, quantity = self.context, self.context.quantities[index]
        begin, end = quantity.start - len(context.before(index)), quantity.end + len(context.after(index))
        before = context.paragraph_before(quantity.sentence)[:1]
        places = [
            ("counted", quantity.noun or NOWHERE),
            ("beside", (begin, end)),
            ("sentence", (sentence.start, sentence.end)),
            *(("before", (other.start, other.end)) for other in before),
        ]
        told = "told" if self._speakers[quantity.sentence] else "untold"
        for noted in self._note.data:
            if noted.nouns is None:
                continue
            place = next((name for name, span in places if noted.nouns.search(context.text, *span)), None)
            if place is not None:
                names = [f"note.{place}", "note", f"note.{place}.{told}", f"note.{noted.source}.{place}"]
                yield noted.source, "implied", noted.span, names
        for label in table_labels(context.text):
            if label.names(context.noun(index)):
                names = ["note.row", "note", f"note.row.{told}", f"note.{label.source}.row"]
                yield label.source, "implied", label.span, names
                break
        lived = self._residents(index)
        if lived is not None:
            names = ["note.residents", f"note.residents.{told}", "note"]
            yield _OFFICIAL, "implied", lived, names
        rest = self._note.rest
        if rest is not None:
            names = ["note-rest", f"note-rest.{told}", f"note-rest.{quantity.unit}"]
            yield rest.source, "implied", rest.span, names

    def _residents(self, index: int) -> Span | None:
        """Of a figure that counts who lives in the area: the note that says where populations are from."""
        quantity = self.context.quantities[index]
        before, after = self.context.before(index)[-60:], self.context.after(index)[:30]
        if not pattern(_SOURCES, "source.residents").search(self.context.noun(index)):
            return None
        if not pattern(_SOURCES, "source.lived-in").search(f"{before}# {after}"):
            return None
        told = (n for n in self._note.data if n.source == _OFFICIAL and n.span[0] > quantity.end)
        return next((n.span for n in told if pattern(_SOURCES, "source.populations").search(n.words)), None)

    # --- weaker grounds

    def _hints(self, where: str, other: Sentence, more: list[str]) -> Iterator[Cue[str | None]]:
        """Words of a sentence that hint at a source: the first of each kind."""
        for rule, values, start, end, told in _hints_in(other.text):
            how = "stated" if where == "hint" else "carried"
            for value in values:
                names = [f"{where}.{rule}", *more, *crossed([rule], more)]
                span = (other.start + start, other.start + end)
                yield value, how, span, [*names, *([f"{where}.who.{told}"] if told else [])]

    def _hinted(self, index: int, sentence: Sentence) -> Iterator[Cue[str | None]]:
        """Hints in the figure's own sentence and in the one before it."""
        context, number = self.context, self.context.quantities[index].sentence
        speakers = self._speakers[number]
        for value, how, span, names in self._hints("hint", sentence, []):
            place = [f"hint.{name}" for name in place_in_sentence(context, sentence, index, span)]
            said = any(s.start < span[1] and span[0] < s.end for s in speakers)
            place.append("hint.said" if said else "hint.told" if speakers else "hint.alone")
            yield value, how, span, [*names, *place, *crossed(names[:1], place)]
        for other in context.paragraph_before(number)[:1]:
            yield from self._hints("hint-before", other, place_before(sentence, other, 1))

    def _set_beside(self, index: int, sentence: Sentence) -> Iterator[Cue[str | None]]:
        """Official data near it: of the sentence before or after, a rank or a national figure near it."""
        context, number = self.context, self.context.quantities[index].sentence
        here = self._speakers[number]
        for steps, other in (
            (-1, context.paragraph_before(number)[:1]),
            (1, context.sentences[number + 1 : number + 2]),
        ):
            if not other or other[0].paragraph != sentence.paragraph or not other[0].quantities:
                continue
            name = "data-before" if steps < 0 else "data-after"
            told = "told" if self._speakers[number + steps] else "told-here" if here else "untold"
            opening = opening_of(sentence if steps < 0 else other[0])
            words = self._official[number + steps]
            if words is not None:
                yield (
                    _OFFICIAL,
                    "carried",
                    words[1],
                    [
                        f"{name}.{opening}",
                        f"{name}.{told}",
                        f"{name}.{words[0]}",
                        name,
                        f"{name}.{self._is_noted}",
                    ],
                )
            for near in other[0].quantities:
                q = context.quantities[near]
                kind = (
                    "rank"
                    if q.unit == "rank"
                    else "nation"
                    if self.populations[near] != "inspected-force"
                    else ""
                )
                if kind:
                    same = "same-unit" if q.unit == context.quantities[index].unit else "other-unit"
                    names = [
                        f"{name}.{kind}",
                        f"{name}.{kind}.{told}",
                        f"{name}.{kind}.{same}",
                        f"{name}.{kind}.{opening}",
                    ]
                    yield _OFFICIAL, "carried", (q.start, q.end), names
                    break
        for near in sentence.quantities:
            q = context.quantities[near]
            if near != index and (q.unit == "rank" or self.populations[near] != "inspected-force"):
                kind = "rank" if q.unit == "rank" else self.populations[near]
                same = "same-unit" if q.unit == context.quantities[index].unit else "other-unit"
                told = "told" if here else "untold"
                yield (
                    _OFFICIAL,
                    "implied",
                    (q.start, q.end),
                    [f"near.{kind}", f"near.{kind}.{same}", f"near.{told}"],
                )

    def _quoted(self, index: int, sentence: Sentence) -> Iterator[Cue[str | None]]:
        """In a quotation of several paragraphs, and in letters and news: who was named last as speaking."""
        context, quantity = self.context, self.context.quantities[index]
        kind = context.extraction.report.kind
        here = (quantity.start, quantity.end)
        if kind == "revisit-letter":
            yield "inspectorate", "implied", here, ["letter"]
        quoted = self._speaks(quantity.sentence) if is_quoted(context, quantity.start) else None
        if quoted is not None:
            yield quoted[0], "carried", quoted[1], [f"quote.{quoted[0]}", "quote"]

    def _speaks(self, number: int) -> tuple[str, Span] | None:
        """Whom the report has named last as speaking, up to a sentence, with the words."""
        for other in reversed(self.context.sentences[max(0, number - _QUOTED) : number + 1]):
            spoken = pattern("figure-places", "place.speaking").search(other.text)
            if spoken is not None:
                value = next(name for name, words in spoken.groupdict().items() if words)
                return value.replace("_", "-"), (other.start + spoken.start(), other.start + spoken.end())
        return None

    def _in_mouth(self, number: int, start: int, end: int) -> str | None:
        """The source that “we” and “our” mean in a quotation: whoever is quoted."""
        context = self.context
        if (
            not is_quoted(context, start)
            or pattern(_SOURCES, "source.first-person").match(context.text, start, end) is None
        ):
            return None
        quoted = self._speaks(number)
        return None if quoted is None else quoted[0]


@lru_cache(maxsize=512)
def _hints_in(words: str) -> tuple[tuple[str, tuple[str, ...], int, int, str], ...]:
    """The first hint of each kind in a sentence: its rule, the sources it hints at, its place, who tells."""
    found = []
    for form in load_patterns("figure-cues"):
        if match := form.regex.search(words):
            told = match["who"].lower() if form.regex.groupindex else ""
            found.append((form.id, tuple(form.value.split("|")), *match.span(), told))
    return tuple(found)
