"""The forms of clauses that state a need: who is asked (the body, its leader, an office or a group in it, or
whatever it is) and by which verb. ``need_sentences`` asks what they mean where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.nlp.rules.pattern_files import compiled, one_of, word_lists

_FILE = "needs"
_SOME_WORDS = r"(?:[\w’,-]+ ){1,14}?"
_DETERMINER = r"(?:an?|the|its|their|one|enough|clear|effective|sufficient|regular|robust|reliable)\b"
_SOONER = r"(?:sooner|faster|better|earlier|further|quicker|more (?:often|closely|widely|\w+ly))\b"
_DATE = r"(?:the end of )?(?:\d{1,2} )?[A-Z][a-z]+ 20\d\d\b"
BY = r"(?:by|before|within|no later than)\b"
"""The words before a deadline."""


@cache
def need_forms(body: str) -> tuple[re.Pattern[str], ...]:
    """The patterns that make a sentence a need, for one inspected body (a regular expression)."""
    forms = [*_of_body(body), *_of_parts(body), *_of_offices(), *_of_groups(), *_of_anything()]
    forms += [general.replace("{body}", body) for general in word_lists(_FILE)["general"]]
    return tuple(compiled(form, re.IGNORECASE) for form in forms)


@cache
def whole_forms(body: str) -> tuple[re.Pattern[str], ...]:
    """Forms that state a need wherever they stand: "what the force needs now is a plan"."""
    return tuple(compiled(form.replace("{body}", body), re.IGNORECASE) for form in word_lists(_FILE)["whole"])


def _of_body(body: str) -> Iterator[str]:
    """Forms whose subject is the body or a pronoun for it."""
    start, adverb = _start(), _adverb()
    lists, more = word_lists(_FILE), _list("more")
    others = rf"(?: {one_of(lists['others'])})?"
    leader = rf"(?:{one_of(lists['leaders'])}|{one_of(lists['own'])}){others}"
    leader = rf"{leader}(?:,? (?:who|that) (?:(?!should|must|could)[\w’-]+ ){{1,6}}?[\w’-]+,?)?"
    it = rf"(?:(?:both )?{body}{others}|{leader}|it|they|you|both (?:forces|services))"
    verb = rf"(?!{_list('adverbs')})\w+"
    could = rf"(?!{_list('possibilities')})"
    should = rf"(?!{_list('expectations')})"
    duty = rf"(?!{_list('phrases')})(?![^.;:]*\bwithin (?:[\w-]+ ){{1,2}}(?:seconds|minutes|hours?)\b)"
    yield rf"{start}(?:{body}{others}|{leader}|it|you) {adverb}must {duty}{adverb}{duty}\w+"
    yield rf"{start}{it} {adverb}(?:shouldn’t|should not) {adverb}{should}(?!{_list('phrases')})\w+"
    yield rf"{start}{it} {adverb}(?:needs?|have|has) {adverb}to (?!do with\b)\w+"
    yield rf"{start}{it} {adverb}(?:should|must|needs? to)(?:$|(?:,? [^:.]{{1,60}})?:(?= |$))"
    yield rf"{start}{it} {adverb}(?:should|ought to) (?:\(\w{{1,4}}\) )?{should}{adverb}{should}{verb}"
    yield rf"{start}{it} {adverb}should {adverb}have (?:in place|{_DETERMINER})"
    yield rf"\b{BY}[^,;:]{{3,40}}, {it} {adverb}should {adverb}have (?:in place|\w+)"
    yield rf"{start}{it} {adverb}must (?:(?:now|urgently|immediately) \w+|[^.;:]{{3,160}}? {_SOONER})"
    yield rf"{start}{it} (?:(?:may|might) {adverb}(?:wish|want) to (?!know\b)|would {adverb}do well to )\w+"
    yield rf"{start}(?:{body}{others}|{leader}|it) {adverb}needs an? (?!£|(?:further |extra )?[£\d])\w+"
    yield rf"{start}{it} {adverb}(?:should|needs? to|must), [^,.;:]{{1,60}}, {should}\w+"
    yield rf"{start}{leader} {adverb}(?:must|ha(?:s|ve) to) {adverb}\w+"
    yield rf"{start}(?:both )?{body}{others} {adverb}should {adverb}(?:help|enable|allow) \w+"
    yield rf"{_start_of_could()}{it} {adverb}could {could}{adverb}{could}\w+"
    yield rf"{start}{it} {adverb}must {adverb}{_list('improving')}"
    yield rf"{start}{it} {adverb}(?:needs?|requires?) {more}"
    yield (
        rf"{start}{it} [^.;:]{{1,160}}?\b(?:but|and|yet) {adverb}(?:needs to|should|could|must "
        rf"(?={_list('improving')})) ?{adverb}{could}{should}\w+"
    )
    yield (
        rf"\b(?:something|areas?|an issue|a matter|one thing) (?:that |which )?{it} {adverb}"
        rf"(?:should|needs? to|could|must) {adverb}\w+"
    )


def _of_parts(body: str) -> Iterator[str]:
    """Forms whose subject is a part of the body: leaders, supervisors, its control room."""
    start, adverb = _start(), _adverb()
    of_body = rf"{body}(?:[’']s?)? (?:[\w-]+ ){{0,3}}?"
    some = rf"{one_of(word_lists(_FILE)['owners'])} (?:[\w-]+ ){{0,2}}?"
    inner = r"(?!(?:that|which|who|whom|whose|to|is|are|was|were|has|have|and|or)\b)[\w’-]+"
    where = rf"(?: (?:in|at|on|of|across|within|from) {inner}(?: {inner}){{0,4}}?)?"
    part = rf"(?:{of_body}|{some})?{_list('parts')}{where}"
    yield rf"{start}{part} {adverb}needs? {adverb}to (?!do with\b)\w+"
    yield rf"{start}{part} {adverb}(?:must|should) {adverb}{_list('improving')}"
    yield rf"{start}{part} {adverb}should {adverb}(?:have|get|receive|be given) (?:more|better|clearer|the)\b"
    yield rf"{start}{part} {adverb}(?:needs?|requires?) {_list('more')}"


def _of_offices() -> Iterator[str]:
    """Forms whose subject is an office: custody sergeants, the vetting manager, response officers.

    Everybody of a kind ("every sergeant", "police officers") stands in rules, and in no needs of one body.
    """
    start, adverb = _start(), _adverb()
    anybody = rf"(?!{_list('anybody')}|{_list('not-in-groups')})"
    word = rf"{anybody}[\w’-]+"
    inner = r"(?!(?:that|which|who|whom|whose|to|is|are|was|were|has|have|and|or|told|said)\b)[\w’-]+"
    where = rf"(?: (?:in|at|on|across|within|from) {inner}(?: {inner}){{0,4}}?)?"
    worker = rf"(?!{_list('everyday')})(?:{word} ){{1,4}}?{_list('workers')}"
    office = rf"(?:{word} ){{0,4}}?{anybody}{_list('roles')}|{worker}"
    also = rf"(?: {one_of(word_lists(_FILE)['others'])}|(?: and (?:{word} ){{0,2}}?{_list('roles')}))?"
    subject = rf"(?:{office}){also}{where}"
    other = rf"(?!{_list('expectations')})(?!{_list('effects')})(?!(?:feel|know)\b)"
    yield rf"{start}{subject} {adverb}needs? {adverb}to (?!do with\b)\w+"
    yield rf"{start}{subject} {adverb}(?:should|ought to) {other}{adverb}{other}\w+"
    yield rf"{start}{subject} {adverb}must {adverb}{_list('improving')}"
    lacking = rf"(?:{_list('more')}|(?:an?|access|time|enough|support)\b)"
    yield rf"{start}{subject} {adverb}needs? (?!to\b){lacking}"


def _of_groups() -> Iterator[str]:
    """Forms whose subject is a board, group or team: not what it ought to be like or may bring about."""
    adverb, start = _adverb(), r"(?:^|[.;] |\b(?:but|and|yet) )"
    group = (
        rf"(?:the|its|their|this|these)(?: (?!{_list('not-in-groups')})[\w’-]+){{1,6}}?"
        rf" {one_of(word_lists(_FILE)['groups'])}(?:, [^,.;:]{{3,60}},)?"
    )
    gain, maybe = _list("gains"), _list("possibilities")
    other = rf"(?!{_list('expectations')})(?!{_list('effects')})"
    standard = r"(?![^.;]*\bwithin (?:[\w-]+ ){1,2}(?:seconds|minutes|hours?|days)\b)"
    yield rf"{start}{group} {adverb}should {standard}{other}{adverb}{other}\w+"
    yield rf"{start}{group} {adverb}could (?!{gain}|{maybe}){other}{adverb}(?!{gain}|{maybe}){other}\w+"
    yield rf"{start}{group} {adverb}needs? to (?!do with\b)\w+"
    yield rf"{start}{group} {adverb}(?:needs?|requires?) (?:{_list('more')}|an? \w+)"
    yield rf"{start}{group} {adverb}must {standard}{other}{adverb}{other}\w+"
    yield rf"{start}{group} {adverb}should have (?:access|more|better|clearer|enough)\b"


def _of_anything() -> Iterator[str]:
    """Forms that say by themselves that something is to be better, whatever the subject."""
    start, adverb = _start(), _adverb()
    lists = word_lists(_FILE)
    passives = [w for w in lists["improving"] if w.startswith("be ") or w in lists["rising"]]
    rising = one_of(
        [*lists["rising"], "stop", "get better", "be (?:improved|strengthened|addressed|resolved)"]
    )
    other = rf"(?!(?:the |all |most )?(?:other )?{_list('outsiders')})"
    yield rf"{_start_of_could()}{other}{_SOME_WORDS}could {adverb}do (?:much |even |far )?(?:more|better)\b"
    yield rf"{start}(?:{_SOME_WORDS}|this |that |it ){adverb}must {adverb}{rising}(?=[.,;]|$| and\b| if\b)"
    outsider = rf"(?:(?:[\w’-]+ ){{0,3}}?{_list('clients')}|(?:police )?(?:forces|services|staff|officers)\b)"
    expected = rf"(?!{_list('expectations')})(?!{_list('possibilities')})"
    noun = rf"(?:(?!{_list('not-in-groups')})[\w’-]+ ){{0,4}}?(?:of (?:[\w’-]+ ){{1,3}}?)?"
    thing = rf"(?:(?:this|these|those|that|the|its|their) {noun})"
    yield rf"{start}{thing}should {adverb}be (?:\w+ly |more \w+ )?{_list('changing')}"
    yield rf"{start}{thing}must {adverb}be (?:\w+ly |more \w+ )?{_list('changing')}"
    verdict = r"(?:is|are|was|were|isn’t|aren’t) [^.;:]{3,90}? (?:and|but|so)"
    judged = rf"{start}(?!{outsider}){_SOME_WORDS}{verdict} {adverb}"
    short = rf"{start}(?!{outsider})(?:[\w’-]+ ){{1,5}}?should {adverb}"
    yield rf"{judged}(?:should {adverb}{expected}|needs? to |must (?={_list('improving')}))\w+"
    yield rf"{short}be (?:much |far )?(?:{_list('more')}|better) \w+"
    yield rf"{short}(?:{one_of(lists['rising'])})(?=[.,;]|$| and\b)"
    named = r"(?:the )?(?-i:(?:[A-Z][\w’-]+ ){1,5}(?:\([A-Z]+\) )?)"
    yield rf"^{BY} [^,;:]{{3,40}}, {named}{adverb}(?:should|must)\b(?! have \d)"
    yield rf"{start}{_SOME_WORDS}should {adverb}be {one_of(lists['bounds'])} [^.;:]{{1,60}}? {BY} {_DATE}"
    yield rf"{start}(?:{_SOME_WORDS}\w+|\w+) would {adverb}benefit from\b"
    yield rf"{start}{_SOME_WORDS}{adverb}(?:needs?|have|has) {adverb}to {adverb}{one_of(passives)}\b"
    subject = rf"(?:{_SOME_WORDS})?(?:(?<=\bof )|(?!{_list('clients')}|{_list('adverbs')}))\w+"
    yield rf"{start}{subject} {adverb}(?:needs?|requires?) {_list('more')} \w+"
    yield (
        rf"{start}{_SOME_WORDS}could {adverb}be (?:further |significantly |much )?"
        rf"{_list('better')}"
    )


def _list(key: str) -> str:
    return one_of(word_lists(_FILE)[key]) + r"\b"


def _adverb() -> str:
    return rf"(?:(?:{one_of(word_lists(_FILE)['adverbs'])}|[a-z]+ly) )*"


def _start() -> str:
    """Where a clause can begin, also one that reports ("recognises that it needs to …")."""
    reporting = one_of(word_lists(_FILE)["reporting"])
    return (
        r"(?:^|[,;:–—-] |[.!?] |\b(?:but|and|yet|or|however|although|though|because|while|, so) "
        rf"|\b{reporting} (?:that )?)"
    )


def _start_of_could() -> str:
    """Where a clause with "could" can begin: not after "so" or a report of what somebody could do."""
    return (
        r"(?:^|[,;:–—-] |[.!?] |\b(?:but|and|yet|or|however|although|though|while"
        r"|believe|think|believe that|think that) )"
    )
