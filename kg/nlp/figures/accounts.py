"""Accounts: who gives one in a sentence, by the grammar of reporting.

Somebody tells ("managers told us"), reads cases ("the panel viewed 72 recordings"), asks people ("which asked
1,048 residents"), has data ("the council’s evaluation", "Home Office figures") or has given them ("data from
the force"). The verb or the noun finds the account, and the noun phrase that is its subject or owner says to
which party the giver belongs: the inspectors, the inspected body and its people, publishers of official
statistics, the public, other bodies.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from kg.model.records import Mention
from kg.nlp.figures.context import Context, Sentence
from kg.nlp.rules.pattern_files import load_patterns, pattern

_FILE = "figure-accounts"
_SUBJECT = 90
"""How many characters before a verb its subject may begin."""
_ASIDE = re.compile(
    r", (?:who|which|whose|aged|asked)\b[^.;]{1,70}?,(?= )| \([^()]{1,40}\)|"
    r", (?:an? (?!further\b|total\b)[^,.;\d]{3,60}|on the other hand|for (?:its|their) part),(?= )|"
    r", (?:though|however|in turn),(?= )|"
    r"(?<=\w), (?:(?:[A-Z][\w’&-]*|and|of)(?: |(?=,))){1,6},(?= )"
)
_CUT = re.compile(
    r"[,;:.–—()“”‘]|\b(?:that|and|but|while|whereas|although|as|because|when|where|which|who|so|if|than|or)\b"
)
_FRESH = re.compile(
    r"(?<!\bof)(?<!\bto)(?<!\bin)(?<!\bfrom)(?<!\bfor)(?<!\bwith)(?<!\bby)(?<!\bat)(?<!\bon)(?<!\band)(?<!\ball)"
    r" (?=(?:the|its|our|their|your) )"
)
"""Where a noun phrase begins behind another without a comma: "In a return to the Home Office the force …"."""
_FRESH_OWNER = re.compile(r"\b(?:\d{4}|\d{2}|then|now|today) (?=(?:the|its|our|their|your) )")
"""Where an owner begins behind a date: "On 1 April 2024 the force’s records"."""
_NOUN_END = re.compile(r" (?:of|in|at|from|for|with|on|to|by|under|within|across) ")
_BEFORE_OWNER = re.compile(
    r"\b(?:to|by|from|in|with|on|for|than|shows?|through|using|is|are|was|were|gives?|sets(?: out)?) "
)
_BEHIND_GIVER = re.compile(
    r"\b(?:shows?|showed|suggests?|found|judged|concluded|estimated|is|are|was|were|has|have|had)\b"
)
_ADVERBS = re.compile(
    r"(?: (?:also|have|has|had|then|now|itself|themselves|later|since|recently|not|further|only|just))+$"
)
_MODAL = re.compile(r" (?:must|should|could|would|will|can|may|to|not)$")
_DATA = re.compile(r"\b(?:data|figures|statistics|estimates?|records|report|review|plans?)$")
_SURVEYS = ("survey", "surveys", "poll", "polls", "questionnaire", "consultation")


@dataclass(frozen=True, slots=True)
class Account:
    """Words that tell who gives an account: ``how`` they tell it, the ``party`` of who does, its source.

    ``party`` is the id of the rule that knows the party, ``value`` an attribution.
    ``thing`` is the verb, or what the account is in, for one who has data: "audit", "records".
    """

    start: int
    end: int
    how: str
    party: str
    value: str
    thing: str = ""


def accounts_in(context: Context, sentence: Sentence) -> list[Account]:
    """The accounts of a sentence, in the order of the text."""
    found = [
        *_verbs(context, sentence),
        *_inverted(context, sentence),
        *_puts_at(context, sentence),
        *_owned(context, sentence),
    ]
    return sorted(found, key=lambda one: (one.start, one.end, one.how))


def _verbs(context: Context, sentence: Sentence) -> Iterator[Account]:
    """Accounts that a verb gives: its subject stands before it."""
    for how in ("tells", "reads", "asks"):
        for match in pattern(_FILE, f"account.{how}").finditer(sentence.text):
            place = sentence.start + match.start()
            subject = _subject(sentence.text, match.start())
            party = _party(context, sentence.start + subject[0], sentence.start + subject[1], match[0])
            if how == "asks":
                asker = "" if party is None else party[0]
                # "We asked 24 commanders": inspectors who interview people hold no survey
                spoken = asker == "party.inspectorate" and match[0].lower().startswith(
                    ("asked", "questioned")
                )
                value = "inspectorate" if spoken else "survey"
                yield Account(
                    place, sentence.start + match.end(), how, asker, value, match[0].split()[0].lower()
                )
                continue
            finite = pattern(_FILE, "account.finite").match(match[0].split()[0])
            if party is None and finite and subject[0] == subject[1]:
                # "The force has 236 detectives and says that it needs 310"
                party = _begun_with(context, sentence, place)
            party = party or _somebody(sentence.text[slice(*subject)], match[0])
            if party is not None and party[0] == "party.frontline" and how == "tells":
                speaks = pattern(_FILE, "account.of-own-work").match(sentence.text, match.start())
                party = party if speaks else None
            elif party is not None and party[0] == "party.frontline":
                party = party[0], "force"  # "Supervisors had checked 33 of these plans"
            if party is not None and not _reads_part(sentence.text, match, how, party[1]):
                start = sentence.start + subject[0]
                verb = match[0].split()[0].lower()
                yield Account(start, sentence.start + match.end(), how, party[0], party[1], verb)


def _inverted(context: Context, sentence: Sentence) -> Iterator[Account]:
    """Accounts whose subject stands behind the verb: "24 days on average, said the head of protection"."""
    for match in pattern(_FILE, "account.inverted").finditer(sentence.text):
        start, end = (sentence.start + place for place in match.span("who"))
        party = _party(context, start, end) or _somebody(match["who"], match[0].split()[0])
        if party is not None:
            yield Account(sentence.start + match.start() + 1, end, "tells", *party)


def _reads_part(words: str, verb: re.Match[str], how: str, value: str) -> bool:
    """Whether somebody of the inspected body read a part of the sample, which is what inspectors found."""
    part = pattern(_FILE, "account.reads-part").match(words, verb.start())
    return how == "reads" and value == "force" and part is not None


def _puts_at(context: Context, sentence: Sentence) -> Iterator[Account]:
    """ "The cost, which shopkeepers put at 40% and the force at 31%": each gives its own number."""
    has_put = False
    for match in pattern(_FILE, "account.puts-at").finditer(sentence.text):
        start, end = match.span("also") if match["also"] else _subject(sentence.text, match.start())
        if match["also"] and not has_put:
            continue
        has_put = True
        party = _party(context, sentence.start + start, sentence.start + end)
        if party is not None:
            yield Account(sentence.start + start, sentence.start + match.end(), "puts", party[0], party[1])


def _owned(context: Context, sentence: Sentence) -> Iterator[Account]:
    """Accounts that stand in data: whose they are, or who has given them."""
    for form in ("account.has", "account.data-of", "account.given"):
        for match in pattern(_FILE, form).finditer(sentence.text):
            name = next(key for key, words in match.groupdict().items() if words and key != "thing")
            start, end = match.span(name)
            head = sentence.text[start:end].rstrip()
            if form == "account.given":
                # Whoever gave it stands right behind: "data from the force shows that …".
                head = _BEHIND_GIVER.split(_CUT.split(head)[0])[0].rstrip()
            cuts = (_CUT, _BEFORE_OWNER) if form == "account.has" else (_CUT,)
            begin = start + max((m.end() for cut in cuts for m in cut.finditer(head)), default=0)
            begin = max([begin, *(start + m.end() for m in _FRESH_OWNER.finditer(head))])
            words = sentence.text[begin : start + len(head)]
            begin += len(words) - len(words.lstrip())
            party = _party(context, sentence.start + begin, sentence.start + start + len(head))
            thing = (match.groupdict().get("thing") or "").lower()
            if party is None and name == "according" and _is_system(context, sentence.start + begin):
                party = "party.system", "force"
            if party is None:
                continue
            official = party[0] == "party.official"  # what the Crime Survey finds is published as statistics
            value = "survey" if thing in _SURVEYS and not official else party[1]
            if party[0] == "party.frontline" and form != "account.given":
                value = "force"
            how = form.removeprefix("account.").replace("data-of", "has")
            yield Account(sentence.start + begin, sentence.start + match.end(), how, party[0], value, thing)


def _subject(words: str, verb: int) -> tuple[int, int]:
    """Where the noun phrase before a verb stands: "Officers in Ansley told", "Its manager, who …, told"."""
    start = max(0, verb - _SUBJECT)
    before = _ASIDE.sub(lambda aside: " " * len(aside[0]), words[start:verb]).rstrip()
    before = _ADVERBS.sub("", before).rstrip()
    cut = max((match.end() for match in _CUT.finditer(before)), default=0)
    cut = max([cut, *(match.end() for match in _FRESH.finditer(before, cut))])
    shared = pattern(_FILE, "account.shared-phrase").search(before, 0, cut)
    if shared is not None and before[cut:].strip() and (shared.start() or not start):
        cut = shared.start()
    phrase = before[cut:]
    return start + cut + len(phrase) - len(phrase.lstrip()), start + cut + len(phrase)


def _party(context: Context, start: int, end: int, verb: str = "") -> tuple[str, str] | None:
    """The party and the source of who is named before a verb; None where nobody that could tell is.

    The whole phrase tells ("a manager at Tern Council"), else its head ("staff at four stations").
    """
    phrase = re.sub(r"(?:’s|’)$", "", context.text[start:end].strip())
    if not phrase or _MODAL.search(phrase):
        return None
    head = _NOUN_END.split(phrase)[0]
    name = context.force_name
    if name is not None and head.lower().endswith(name.lower()):
        return "party.force", "force"
    if pattern(_FILE, "account.pronoun").match(phrase):
        known = gone_back_to(context, start, verb)
        if known is not None or not pattern(_FILE, "account.of-thing").match(phrase):
            return known
    for form in load_patterns("figure-parties"):
        if form.regex.search(head) or (form.role == "whole" and form.regex.search(phrase)):
            return form.id, form.value
    if _DATA.search(head):
        return None
    named = any(
        start <= mention.start and mention.end <= end and mention.label in ("ORGANISATION", "BODY", "PERSON")
        for mention in _mentions_near(context, start)
    )
    return ("party.named", "other") if named else None


def _is_system(context: Context, start: int) -> bool:
    """Whether a system is named at a place: what it holds is the body’s own data ("according to NICHE")."""
    return any(m.label == "SYSTEM" and m.start == start for m in _mentions_near(context, start))


def _somebody(phrase: str, verb: str) -> tuple[str, str] | None:
    """Whoever speaks without being known to any rule is of another body: "Headteachers told us"."""
    if _MODAL.search(phrase):
        return None
    speaks = pattern(_FILE, "account.speech").match(verb) and pattern(_FILE, "account.somebody").match(phrase)
    return ("party.unknown", "other") if speaks else None


def gone_back_to(context: Context, place: int, verb: str = "") -> tuple[str, str] | None:
    """The party that "it", "its chair" or "she" goes back to; None where nobody is before it.

    Whoever gives the last account before it in the sentence, else in the sentence before in the paragraph;
    else the body that such a sentence begins with: "The council’s trust says … It adds that …". Who speaks
    (``verb``) is no data: in "Home Office statistics show … It told us" it is not the Home Office.
    """
    speaks = pattern(_FILE, "account.speech").match(verb) is not None
    number = bisect_right(context.sentences, place, key=lambda sentence: sentence.start) - 1
    for sentence in (context.sentences[number], *context.paragraph_before(number)[:1]):
        told = [
            m
            for how in ("tells", "reads")
            for m in pattern(_FILE, f"account.{how}").finditer(sentence.text)
            if sentence.start + m.end() <= place
        ]
        for match in sorted(told, key=lambda m: -m.start()):
            start, end = _subject(sentence.text, match.start())
            phrase = sentence.text[start:end]
            if pattern(_FILE, "account.pronoun").match(phrase):
                continue
            if speaks and _DATA.search(phrase):
                return None
            party = _party(context, sentence.start + start, sentence.start + end) or _somebody(
                phrase, match[0]
            )
            if party is not None:
                return f"party.back.{party[1]}", party[1]
        begun = next((m for m in _mentions_at(context, sentence) if m.end <= place), None)
        if begun is not None and begun.label in ("ORGANISATION", "BODY"):
            return "party.back.other", "other"
        party = _begun_with(context, sentence, place)
        if party is not None:
            return party
    return None


def _begun_with(context: Context, sentence: Sentence, place: int) -> tuple[str, str] | None:
    """The party that a sentence begins with, before a place: "A charity, Doorway Ansley, gives vouchers"."""
    begins = pattern(_FILE, "account.begins").match(context.text, sentence.start, min(sentence.end, place))
    if begins is None or pattern(_FILE, "account.pronoun").match(begins[0]):
        return None
    for word in re.finditer(r"[\w’&-]+", begins[0]):
        party = _party(context, begins.start(), begins.start() + word.end())
        if party is not None:
            return party if party[1] == "force" else (f"party.back.{party[1]}", party[1])
    name = pattern(_FILE, "account.begins-name").match(context.text, sentence.start, sentence.end)
    if name is None or name.end() > place:
        return None
    own = context.force_name is not None and name[0].removeprefix("The ") in context.force_name
    return ("party.force", "force") if own else ("party.back.other", "other")


def _mentions_at(context: Context, sentence: Sentence) -> Iterator[Mention]:
    """The mentions that a sentence begins with, after an article."""
    starts = (sentence.start, sentence.start + 4 * sentence.text.startswith("The "))
    return (mention for mention in _mentions_near(context, sentence.start) if mention.start in starts)


def _mentions_near(context: Context, start: int) -> list[Mention]:
    """The mentions of the report from a place on, as far as a subject reaches."""
    mentions = context.extraction.mentions
    first = bisect_left(mentions, start, key=lambda mention: mention.start)
    return list(takewhile(lambda m: m.start < start + _SUBJECT, mentions[first:]))
