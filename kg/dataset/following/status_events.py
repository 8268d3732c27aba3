"""What a later report says has become of earlier concerns and recommendations: closed, or still open.

The wordings are data in ``nlp/patterns/following.jsonl``; only a sentence that says clearly which concern or
recommendation it means gives an event. What is left over is closed too where a letter counts what is closed
and names all others as open ("We have closed seven of the nine recommendations. Recommendations 8 and 9 stay
open").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from kg.dataset.following.dated_reports import CAUSE, STATED, DatedReport, Item, Passage
from kg.dataset.following.similarity import overlap, words_of
from kg.model.text.numbers import word_value
from kg.model.text.sentences import find_sentences
from kg.nlp.rules.pattern_files import one_of, word_lists
from kg.nlp.structure.due import find_due

_NUMBER = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_WHICH = r"\b(?P<which>this|the|that|each|both|all)"
_CLEAR = Decimal("0.05")
"""By how much the likeliest concern must be ahead of the next."""
LEAST = Decimal("0.5")
"""How much of the wording of a recommendation must be there again."""


@dataclass(frozen=True, slots=True)
class Event:
    """One status of an earlier item, said in a passage of a later report (offsets within the passage)."""

    about: Item
    status: str
    passage: Passage
    start: int
    end: int
    basis: str
    due: str | None = None
    """The new ISO date that the words give to what stays open."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence with the passage that it is in and the words that tell what it is about."""

    passage: Passage
    start: int
    end: int
    text: str
    areas: frozenset[str]
    context: frozenset[str]


def find_events(later: DatedReport, earlier: DatedReport) -> list[Event]:
    """What ``later`` says of the concerns and recommendations of ``earlier``, in the order of its text."""
    sentences = list(_sentences(later))
    events = [event for said in sentences for rule in _RULES for event in rule(said, earlier)]
    events += _of_rest(sentences, events, earlier)
    return list({(e.about.iri, e.status, e.passage.iri, e.start): e for e in events}.values())


def _sentences(report: DatedReport) -> Iterator[_Said]:
    """The sentences that may say something, each with the heading and the words of its finding so far."""
    heard: dict[str, frozenset[str]] = {}
    for passage in report.passages:
        heading, areas = report.findings.get(passage.finding or "", ("", frozenset()))
        context = words_of(passage.text)
        if passage.finding is not None:
            context |= heard.get(passage.finding) or words_of(heading)
            heard[passage.finding] = context
        if _may_say().search(passage.text) is None:
            continue
        for start, end in find_sentences(passage.text):
            yield _Said(passage, start, end, passage.text[start:end], areas, context)


@cache
def _may_say() -> re.Pattern[str]:
    lists = word_lists("following")
    return re.compile(rf"\b(?:{one_of(lists['closed'])}|{one_of(lists['open'])}|no longer)\b", re.IGNORECASE)


@cache
def _status() -> str:
    lists = word_lists("following")
    verb, adverbs = one_of(lists["verb"]), r"(?: (?:now|still|therefore|both|all|also))*"
    return rf"{verb}{adverbs} (?:(?P<open>{one_of(lists['open'])})|(?P<closed>{one_of(lists['closed'])}))\b"


def _events(said: _Said, match: re.Match[str], about: Sequence[Item], basis: str) -> Iterator[Event]:
    status = "open" if match["open"] else "closed"
    due = _day_behind(said.text[match.end() :]) if match["open"] else None
    for item in about:
        yield Event(item, status, said.passage, said.start, said.end, basis, due)


def _day_behind(words: str) -> str | None:
    """The ISO day by or until which what is open has to be done, in the rest of its sentence."""
    found = find_due(_UNTIL.sub("by ", words), None)
    return found.date if found and not found.derived else None


_UNTIL = re.compile(r"\buntil (?=\d)", re.IGNORECASE)
"""“remain open until 31 January 2032” gives the day by which they have to be done."""


# --- concerns ----------------------------------------------------------------------------------------


@cache
def _concern_said() -> re.Pattern[str]:
    which = rf"{_WHICH}(?: (?:of )?(?:the|these|its))? (?:\w+ )?causes? of concern"
    return re.compile(rf"{which} {_status()}", re.IGNORECASE)


_I_CLOSE = re.compile(
    r"\b(?:I|we) (?:have |am |are )?(?:now |therefore )?"
    r"(?:(?P<closed>clos(?:ed|ing)|discharg(?:ed|ing))|(?P<open>not clos(?:ed|ing))) "
    rf"{_WHICH}(?: (?:of )?(?:the|these|its))?(?: \w+)? ?causes? of concern",
    re.IGNORECASE,
)


def _of_concern(said: _Said, earlier: DatedReport) -> Iterator[Event]:
    """ "This cause of concern is closed.": the one that the finding it stands in is about."""
    match = _concern_said().search(said.text) or _I_CLOSE.search(said.text)
    if match is None:
        return
    causes = [item for item in earlier.concerns if item.kind == CAUSE]
    if match["which"].casefold() in ("both", "all"):
        yield from _events(said, match, causes, "all causes of concern are named")
        return
    meant = meant_by(said.areas, said.context, causes, earlier)
    yield from _events(said, match, [meant] if meant else [], "the finding that says so")


def meant_by(
    areas: frozenset[str], context: frozenset[str], concerns: Sequence[Item], earlier: DatedReport
) -> Item | None:
    """The concern that some words are about: by area and words. None if it is not clear which."""

    def likely(concern: Item) -> Decimal:
        recommended = [item.words for item in earlier.of_concern(concern)]
        words = concern.words.union(*recommended)
        return overlap(words, context) + (1 if areas & concern.areas else 0)

    ranked = sorted(((likely(concern), concern) for concern in concerns), key=lambda pair: -pair[0])
    if not ranked or ranked[0][0] < LEAST:
        return None
    clear = len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= _CLEAR
    return ranked[0][1] if clear else None


_NO_LONGER = re.compile(
    r"\bno longer (?:have|has|had) (?:any |such )?(?:serious |significant )?(?P<closed>concerns?) "
    r"(?:about|over|with|regarding) (?P<what>[^.;]+)(?P<open>(?!))?",
    re.IGNORECASE,
)


def _of_stated(said: _Said, earlier: DatedReport) -> Iterator[Event]:
    """ "I no longer have concerns about how well it investigates crime.": the concern in such words."""
    for match in _NO_LONGER.finditer(said.text):
        what = words_of(match["what"])
        stated = [item for item in earlier.concerns if item.kind == STATED]
        meant = meant_by(frozenset(), what, stated, earlier)
        yield from _events(said, match, [meant] if meant else [], "the same words")


# --- recommendations ---------------------------------------------------------------------------------


@cache
def _item_said() -> re.Pattern[str]:
    lists = word_lists("following")
    closed, still_open = one_of(lists["closed"]), one_of(lists["open"])
    mark = r"\s*(?:[–—:-]|\()\s*(?:(?:now|is|this is|remains|still) )*"
    status = rf"(?:(?P<open>{still_open})|(?P<closed>{closed}))"
    return re.compile(rf"{mark}{status}\)?[;.,]?\s*(?:and|or)?$", re.IGNORECASE)


def _of_item(said: _Said, earlier: DatedReport) -> Iterator[Event]:
    """ "- every investigation has a plan – closed;": the recommendation with most of these words."""
    match = _item_said().search(said.text)
    if match is None:
        return
    words = words_of(said.text[: match.start()])
    meant = likest(words, earlier.recommendations)
    yield from _events(said, match, [meant] if meant else [], "the same recommendation in other words")


def likest(words: frozenset[str], items: Sequence[Item], least: Decimal = LEAST) -> Item | None:
    """The item that shares most of the words; None where less than ``least`` or two share as many."""
    ranked = sorted(((overlap(words, item.words), item) for item in items), key=lambda pair: -pair[0])
    if not ranked or ranked[0][0] < least or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


@cache
def _count_said() -> re.Pattern[str]:
    count = rf"\b(?P<count>all|both|each|{_NUMBER})(?: of)?(?: (?:the|these|those|its|our))?"
    named = rf"{count}(?: (?P<of>{_NUMBER}))? recommendations?(?: in this area)?"
    return re.compile(rf"{named} {_status()}(?P<list>: .*)?", re.IGNORECASE)


def _of_count(said: _Said, earlier: DatedReport) -> Iterator[Event]:
    """ "Two of the three recommendations are closed: those about visits and about staff."."""
    match = _count_said().search(said.text)
    causes = [item for item in earlier.concerns if item.kind == CAUSE]
    concern = meant_by(said.areas, said.context, causes, earlier) if match else None
    if match is None or concern is None:
        return
    theirs = earlier.of_concern(concern)
    if _are_all(match, len(theirs)):
        yield from _events(said, match, theirs, "all recommendations of the concern are named")
        return
    parts = re.split(
        r"(?:,|;| and|,? and)? ?(?:those |the one )?(?:about|on|for|concerning) ", match["list"] or ""
    )
    for part in parts[1:]:
        meant = likest(words_of(part), theirs, Decimal("0.5"))
        yield from _events(
            said, match, [meant] if meant else [], f"the recommendation about {part.strip(' .')}"
        )


def _are_all(match: re.Match[str], known: int) -> bool:
    count = match["count"].casefold()
    if count in ("all", "both", "each"):
        return match["of"] is None or _value(match["of"]) == known
    return match["list"] is None and _value(count) == known and match["of"] in (None, match["count"])


def _value(number: str) -> int:
    return int(number) if number.isdigit() else word_value(number)


@cache
def _one_said() -> re.Pattern[str]:
    numbers = r"\d{1,2}(?:(?:,|,? and|,? or) \d{1,2}){0,30}"
    which = (
        rf"\brecommendations? (?:(?P<numbers>{numbers})(?:, [^,.;:]{{3,60}},)?"
        r"|(?:about|on|for|concerning) (?P<what>[\w’' -]+?))"
    )
    return re.compile(rf"{which} {_status()}", re.IGNORECASE)


def _of_one(said: _Said, earlier: DatedReport) -> Iterator[Event]:
    """ "Recommendation 2 is closed.", "Recommendations 3 and 4, on visits, stay open.", the one about X."""
    for match in _one_said().finditer(said.text):
        if match["numbers"]:
            for number in re.findall(r"\d+", match["numbers"]):
                numbered = [item for item in earlier.recommendations if item.number == number]
                about = numbered if len(numbered) == 1 else []
                yield from _events(said, match, about, f"recommendation {number}")
        else:
            meant = likest(words_of(match["what"]), earlier.recommendations)
            yield from _events(
                said, match, [meant] if meant else [], f"the recommendation about {match['what']}"
            )


@cache
def _rest_said() -> re.Pattern[str]:
    def counted(nth: str) -> str:
        return rf"(?P<count{nth}>{_NUMBER}) of (?:the|these|its|our) (?P<of{nth}>{_NUMBER}) recommendations?"

    by_us = rf"\b(?:I|we) (?:have )?(?:now |therefore )?{one_of(word_lists('following')['closed'])}"
    return re.compile(rf"{by_us} {counted('')}|\b{counted('2')} {_status()}", re.IGNORECASE)


def _of_rest(sentences: Sequence[_Said], events: Sequence[Event], earlier: DatedReport) -> Iterator[Event]:
    """ "We have closed seven of the nine recommendations": those that the letter doesn't name as open, if it
    names as many as are left."""
    theirs = {item.iri: item for item in earlier.recommendations}
    still_open = {event.about.iri for event in events if event.status == "open"} & theirs.keys()
    for said in sentences:
        match = _rest_said().search(said.text)
        if match is None or match["open"]:
            continue
        count, known = _value(match["count"] or match["count2"]), _value(match["of"] or match["of2"])
        if known == len(theirs) and count + len(still_open) == known:
            rest = [item for iri, item in theirs.items() if iri not in still_open]
            yield from _events(said, match, rest, "all others are named as open")


_RULES: tuple[Callable[[_Said, DatedReport], Iterator[Event]], ...] = (
    _of_concern,
    _of_stated,
    _of_item,
    _of_count,
    _of_one,
)
