"""The grammar of needs: which clauses ask something of whom.

One clause has a subject (``need_subjects``: who is asked), words of asking ("should", "needs to", "is urged
to": the rules with the role ``ought``) and a predicate. What each kind of subject can be asked by which
words is one table: the body "should" do almost anything, its officers at large only what is an improvement
("officers should record their grounds" is a rule for everybody), a thing only what mends it. What asks
nobody by name ("it is time that …", "a plan is wanted") has forms of its own: the rules with the role
``impersonal``, the lists ``general`` and ``whole``, and ``_of_things``. ``need_sentences`` asks what they
mean where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kg.nlp.rules.pattern_files import compiled, load_patterns, one_of, pattern, word_lists
from kg.nlp.structure.need_subjects import Subject, Who, subjects_before, who_is

_FILE = "needs"
_SOME_WORDS = r"(?:[\w’,-]+ ){1,14}?"
_DATE = r"(?:the end of )?(?:\d{1,2} )?[A-Z][a-z]+ 20\d\d\b"
BY = r"(?:by|before|within|no later than)\b"
"""The words before a deadline."""


@dataclass(frozen=True, slots=True)
class Ought:
    """Words of asking in a sentence: their kind, where they begin, and where the predicate begins."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a predicate has to begin with (one of the lists ``only``, if there are any), and must not begin
    with (``never``), for its clause to ask something."""

    only: tuple[str, ...] = ()
    never: tuple[str, ...] = ()

    def admits(self, predicate: str) -> bool:
        plain = _adverbs().sub("", predicate)
        said = (predicate, plain)
        if any(_begins(key).match(words) for key in self.never for words in said):
            return False
        return not self.only or any(_begins(key).match(words) for key in self.only for words in said)


_ANY = _Asked()
_IMPROVING = _Asked(only=("improving",))
_NO_NORM = _Asked(never=("expectations", "effects", "standards"))
_TABLE: Mapping[str, Mapping[Who, _Asked]] = {
    "need": {
        **dict.fromkeys((Who.BODY, Who.LEADER, Who.OFFICE, Who.PEOPLE, Who.GROUP, Who.NAMED), _ANY),
        Who.THING: _Asked(only=("mending",)),
    },
    "have": {
        Who.BODY: _ANY,
        Who.LEADER: _ANY,
        Who.GROUP: _Asked(only=("mending",)),
        Who.THING: _Asked(only=("mending",)),
    },
    "should": {
        Who.BODY: _Asked(never=("expectations", "phrases")),
        Who.LEADER: _Asked(never=("expectations", "phrases")),
        Who.OFFICE: _Asked(never=("expectations", "effects", "feelings")),
        Who.PEOPLE: _Asked(only=("improving", "provided")),
        Who.GROUP: _NO_NORM,
        Who.NAMED: _Asked(never=("expectations", "standards")),
    },
    "must": {
        Who.BODY: _Asked(never=("phrases", "standards")),
        Who.LEADER: _Asked(never=("phrases",)),
        Who.OFFICE: _IMPROVING,
        Who.PEOPLE: _IMPROVING,
        Who.GROUP: _NO_NORM,
        Who.NAMED: _IMPROVING,
    },
    "could": {
        Who.BODY: _Asked(never=("possibilities",)),
        Who.LEADER: _Asked(never=("possibilities",)),
        Who.GROUP: _Asked(never=("gains", "possibilities", "expectations", "effects")),
    },
    "may": dict.fromkeys((Who.BODY, Who.LEADER, Who.GROUP, Who.NAMED), _ANY),
    "wise": dict.fromkeys((Who.BODY, Who.LEADER, Who.OFFICE, Who.GROUP, Who.NAMED), _ANY),
    "can": dict.fromkeys((Who.BODY, Who.LEADER, Who.GROUP, Who.NAMED), _ANY),
    "asked": dict.fromkeys((Who.BODY, Who.LEADER), _ANY),
    "urged": dict.fromkeys((Who.BODY, Who.LEADER, Who.GROUP, Who.NAMED), _ANY),
    "lacks": {
        Who.BODY: _Asked(only=("more", "something")),
        Who.LEADER: _Asked(only=("more", "something")),
        Who.OFFICE: _Asked(only=("more", "something", "means")),
        Who.PEOPLE: _Asked(only=("more",)),
        Who.GROUP: _Asked(only=("more", "something")),
    },
}
"""By words of asking and who is asked: what is asked."""


def asking_verbs(plain: str, body: str) -> Iterator[int]:
    """Where the words of asking begin in each clause that asks somebody for something.

    ``body`` is a regular expression for the inspected body.
    """
    for ought in _oughts(plain):
        for subject in subjects_before(plain, ought.start):
            who = _who(plain, subject, body)
            if who is None:
                continue
            if _asks(plain, ought, who, subject):
                yield ought.start
                break
            if not subject.joined:
                break


_SPEAKS_FOR_BODY = (Who.BODY, Who.LEADER, Who.GROUP, Who.NAMED)
_CAN_BE_ASKED = (*_SPEAKS_FOR_BODY, Who.OFFICE, Who.PEOPLE)
_WORDS_OF_A_NAME = 9
"""Words behind "it is time that" among which the one who is asked has to be named."""


def impersonal_requests(plain: str, body: str) -> Iterator[int]:
    """Where a clause begins that asks without a subject that is asked: "it is time that the board …".

    The rules have groups for what has to be looked at: ``asked`` begins with who is asked, ``subject`` is
    that and no more, ``body`` begins with the body or one of its leaders or groups; ``thing`` is what is to
    be better.
    """
    for rule in load_patterns(_FILE):
        if rule.role == "impersonal":
            for match in rule.regex.finditer(plain):
                if all(_fits(key, words, body) for key, words in match.groupdict().items() if words):
                    yield match.start()


def _fits(key: str, words: str, body: str) -> bool:
    if key == "thing":
        return who_is(words.strip(), body) is not Who.OTHERS
    if key == "subject":
        return who_is(words.strip(), body) in _CAN_BE_ASKED
    told = words.split()[:_WORDS_OF_A_NAME]
    named = {who_is(" ".join(told[:n]), body) for n in range(1, len(told) + 1)}
    return not named.isdisjoint(_CAN_BE_ASKED if key == "asked" else _SPEAKS_FOR_BODY)


def _oughts(plain: str) -> Iterator[Ought]:
    for rule in load_patterns(_FILE):
        if rule.role == "ought":
            for match in rule.regex.finditer(plain):
                if _is_verb(plain, match):
                    yield Ought(rule.value, match.start(), match.end())


def _is_verb(plain: str, match: re.Match[str]) -> bool:
    """Whether "needs" is a verb: no noun stands before it that has them ("children’s needs to be met")."""
    noun = re.search(r"need|require", match[0])
    return noun is None or pattern(_FILE, "verb").match(plain, match.start() + noun.start()) is not None


def _who(plain: str, subject: Subject, body: str) -> Who | None:
    if subject.words:
        return who_is(subject.words, body)
    shared = compiled(rf"{_start()}(?P<who>{body}|it|they|you|s?he)\b [^.;:]{{1,160}}\Z", re.IGNORECASE)
    return Who.BODY if subject.joined and shared.search(plain[: subject.start]) else None


def _asks(plain: str, ought: Ought, who: Who, subject: Subject) -> bool:
    asked = _TABLE[ought.kind].get(who)
    if asked is None or (ought.kind == "could" and subject.reported):
        return False
    predicate = plain[ought.end :].lstrip(" ")
    if ought.kind in ("asked", "urged") and subject.words.casefold() in ("they", "you"):
        return False  # "they are encouraged to speak up" tells of staff
    if not subject.words and ought.kind not in ("need", "should", "could", "must"):
        return False
    if not subject.words and ought.kind == "must":
        asked = _IMPROVING
    if asked.admits(predicate):
        return True
    if ought.kind != "should":
        return False
    if who not in (Who.BODY, Who.LEADER):
        return who in (Who.OFFICE, Who.GROUP) and _begins("provided").match(predicate) is not None
    named = " " in subject.words and _begins("helping").match(predicate) is not None
    return named or _is_to_have(plain, ought, predicate)


def _is_to_have(plain: str, ought: Ought, predicate: str) -> bool:
    """Whether a body "should have" something: what is named, or what a deadline is set for."""
    dated = compiled(rf"\b{BY}[^,;:]{{3,40}}, [^,;:]*\Z", re.IGNORECASE).search(plain[: ought.start])
    return _begins("having").match(_adverbs().sub("", predicate)) is not None or (
        dated is not None and re.match(r"have \w", predicate) is not None
    )


@cache
def need_forms(body: str) -> tuple[re.Pattern[str], ...]:
    """Forms that state a need whatever their subject is, for one inspected body (a regular expression)."""
    forms = [*_of_things(), *(form.replace("{body}", body) for form in word_lists(_FILE)["general"])]
    return tuple(compiled(form, re.IGNORECASE) for form in forms)


@cache
def whole_forms(body: str) -> tuple[re.Pattern[str], ...]:
    """Forms that state a need wherever they stand: "what the force needs now is a plan"."""
    return tuple(compiled(form.replace("{body}", body), re.IGNORECASE) for form in word_lists(_FILE)["whole"])


def _of_things() -> Iterator[str]:
    """Forms that say by themselves that something is to be better, whatever it is."""
    start, adverb = _start(), _adverb()
    lists = word_lists(_FILE)
    rising = one_of(
        [*lists["rising"], "stop", "get better", "be (?:improved|strengthened|addressed|resolved)"]
    )
    outsider = rf"(?:(?:[\w’-]+ ){{0,3}}?{_list('clients')}|(?:police )?(?:forces|services|staff|officers)\b)"
    expected = rf"(?!{_list('expectations')})(?!{_list('possibilities')})"
    noun = rf"(?:(?!{_list('not-in-groups')})[\w’-]+ ){{0,4}}?(?:of (?:[\w’-]+ ){{1,3}}?)?"
    thing = rf"(?:(?:this|these|those|that|the|its|their) {noun})"
    other = rf"(?!(?:the |all |most )?(?:other )?{_list('outsiders')})"
    must = "(?:must|ought to)"
    yield rf"{_start_of_could()}{other}{_SOME_WORDS}could {adverb}do (?:much |even |far )?(?:more|better)\b"
    degree = r"(?:further |significantly |much )?"
    yield rf"{_start_of_could()}{_SOME_WORDS}could {adverb}be {degree}{_list('better')}"
    yield rf"{start}(?:{_SOME_WORDS}|this |that |it ){adverb}{must} {adverb}{rising}(?=[.,;]|$| and\b| if\b)"
    yield rf"{start}{thing}(?:should|ought to|must) {adverb}be (?:\w+ly |more \w+ )?{_list('changing')}"
    pointed = rf"(?:(?:this|these|those|its|their) {noun})"
    done = r"(?:\w+ed|put|set|made|given|brought|met|built|found|kept|held|told|shown|dealt|done)"
    yield rf"{start}{pointed}(?:needs? to|ha(?:s|ve) to) {adverb}be {adverb}{done}\b"
    verdict = r"(?:is|are|was|were|isn’t|aren’t) [^.;:]{3,90}? (?:and|but|so)"
    judged = rf"{start}(?!{outsider}){_SOME_WORDS}{verdict} {adverb}"
    short = rf"{start}(?!{outsider})(?:[\w’-]+ ){{1,5}}?should {adverb}"
    yield rf"{judged}(?:should {adverb}{expected}|needs? to |must (?={_list('improving')}))\w+"
    yield rf"{short}be (?:much |far )?(?:{_list('more')}|better) \w+"
    yield rf"{short}(?:{one_of(lists['rising'])})(?=[.,;]|$| and\b)"
    named = r"(?:the )?(?-i:(?:[A-Z][\w’-]+ ){1,5}(?:\([A-Z]+\) )?)"
    yield rf"^{BY} [^,;:]{{3,40}}, {named}{adverb}(?:should|must)\b(?! have \d)"
    yield rf"{start}{_SOME_WORDS}should {adverb}be {one_of(lists['bounds'])} [^.;:]{{1,60}}? {BY} {_DATE}"
    gaining = rf"(?:would {adverb}(?:benefit|profit|gain) (?:from|if|by)|stands? to gain from)"
    yield rf"{start}(?:{_SOME_WORDS}\w+|\w+) {gaining}\b"
    yield rf"{start}{_SOME_WORDS}{adverb}(?:needs?|have|has) {adverb}to {adverb}{_mending()}\b"
    subject = rf"(?:{_SOME_WORDS})?(?:(?<=\bof )|(?!{_list('clients')}|{_list('adverbs')}))\w+"
    yield rf"{start}{subject} {adverb}(?:needs?|requires?) {_list('more')} \w+"


def _mending() -> str:
    """What has to happen to a thing that is to be better: "be improved", "quicken"."""
    lists = word_lists(_FILE)
    return one_of([w for w in lists["improving"] if w.startswith("be ") or w in lists["rising"]])


@cache
def _begins(key: str) -> re.Pattern[str]:
    """What a predicate begins with, by the name of a list."""
    return compiled(_mending() if key == "mending" else _list(key), re.IGNORECASE)


@cache
def _adverbs() -> re.Pattern[str]:
    return compiled(rf"\A{_adverb()}", re.IGNORECASE)


def _list(key: str) -> str:
    return one_of(word_lists(_FILE)[key]) + r"\b"


def _adverb() -> str:
    return rf"(?:(?:{one_of(word_lists(_FILE)['adverbs'])}|[a-z]+ly) )*"


def _start() -> str:
    """Where a clause can begin, also one that reports ("recognises that it needs to …")."""
    return rf"(?:\A|{pattern(_FILE, 'clause-start').pattern})"


def _start_of_could() -> str:
    """Where a clause with "could" can begin: not after "so" or a report of what somebody could do."""
    return rf"(?:\A|{pattern(_FILE, 'could-start').pattern})"
