"""Whether a sentence states an improvement need: what the inspected body needs to, should or could do.

A sentence is read clause by clause: the subject has to be the body, a part of it or a pronoun for it at the
start of a clause. Relative clauses ("the resources it needs to …"), norms ("forces should …", "officers
must …"), expectations ("this should help …") and possibilities ("could put victims at risk") are no needs.
Nor is a clause that is only known, asked or supposed (``asserted``), or a fact of the budget.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from kg.model.text.verbs import participles
from kg.nlp.document.wording import Words
from kg.nlp.rules.pattern_files import compiled, load_patterns, one_of, pattern, word_lists
from kg.nlp.rules.prefilter import lowered, may_match
from kg.nlp.structure.asserted import is_asserted

_LONGEST = 2_000
"""Characters of a sentence that are read; real ones have up to 600."""
_FILE = "needs"
_SOME_WORDS = r"(?:[\w’,-]+ ){1,14}?"
_DETERMINER = r"(?:an?|the|its|their|one|enough|clear|effective|sufficient|regular|robust|reliable)\b"
_SOONER = r"(?:sooner|faster|better|earlier|further|quicker|more (?:often|closely|widely|\w+ly))\b"
_DATE = r"(?:the end of )?(?:\d{1,2} )?[A-Z][a-z]+ 20\d\d\b"
_BY = r"(?:by|before|within|no later than)\b"


def states_need(sentence: str, words: Words) -> bool:
    """Whether a sentence (or heading) says what the inspected body needs to, should or could do."""
    plain = re.sub(r"\s+", " ", sentence[:_LONGEST].replace("'", "’")).strip(" ‘“")
    plain = re.sub(r"^(?:- |\(?\d+[.)] )", "", plain)
    plain = _excused().sub("·", plain)
    if any(rule.regex.search(plain) for rule in load_patterns(_FILE) if rule.role == "request"):
        return True
    return not plain.endswith("?") and _has_form(plain, words.body)


@lru_cache(maxsize=4096)
def _has_form(plain: str, body: str) -> bool:
    low = lowered(plain)
    return any(
        _is_meant(plain, match)
        for form in _forms(body)
        if may_match(form, low)
        for match in form.finditer(plain)
    )


def _is_meant(plain: str, match: re.Match[str]) -> bool:
    """Whether the words of a form state a need where they stand: their verb is asserted, and is no noun."""
    verbs = [verb.start() for verb in pattern(_FILE, "verb").finditer(plain, match.start(), match.end())]
    if not verbs and pattern(_FILE, "noun").search(plain, match.start(), match.end()):
        return False
    verb = verbs[-1] if verbs else match.start()
    if any(rule.regex.match(plain, verb) for rule in load_patterns(_FILE) if rule.role == "no-need"):
        return False
    before = plain[:verb]
    suffered = pattern(_FILE, "habit").match(before) or pattern(_FILE, "consequence").search(before)
    if plain.startswith("ha", verb) and suffered:
        return False
    if plain.startswith("could", verb) and pattern(_FILE, "opinion").search(before):
        return False
    if (had := re.match(r"should (?:\w+ly )?have (\w+)", plain[verb:])) and had[
        1
    ].casefold() in participles():
        return compiled(rf"\b{_BY}[^,;:]{{3,40}}, [^,;:]*\Z", re.IGNORECASE).search(before) is not None
    negated = pattern(_FILE, "negated").search(plain, 0, verb) is not None
    return not negated and is_asserted(plain, verb)


@cache
def _excused() -> re.Pattern[str]:
    return compiled(r"\b" + one_of(word_lists(_FILE)["excused"]), re.IGNORECASE)


@cache
def _forms(body: str) -> tuple[re.Pattern[str], ...]:
    """The patterns that make a sentence a need, for one inspected body (a regular expression)."""
    forms = [*_of_body(body), *_of_parts(body), *_of_groups(), *_of_anything()]
    forms += [general.replace("{body}", body) for general in word_lists(_FILE)["general"]]
    return tuple(compiled(form, re.IGNORECASE) for form in forms)


def _of_body(body: str) -> Iterator[str]:
    """Forms whose subject is the body or a pronoun for it."""
    start, adverb = _start(), _adverb()
    lists, more = word_lists(_FILE), _list("more")
    others, leader = rf"(?: {one_of(lists['others'])})?", one_of(lists["leaders"])
    it = rf"(?:(?:both )?{body}{others}|{leader}|it|they|you|both (?:forces|services))"
    could = rf"(?!{_list('possibilities')})"
    should = rf"(?!{_list('expectations')})"
    yield rf"{start}{it} {adverb}(?:needs?|have|has) {adverb}to (?!do with\b)\w+"
    yield rf"{start}{it} {adverb}(?:should|must|needs? to)(?:$|(?:,? [^:.]{{1,60}})?:(?= |$))"
    yield rf"{start}{it} {adverb}(?:should|ought to) (?:\(\w{{1,4}}\) )?{should}{adverb}{should}\w+"
    yield rf"{start}{it} {adverb}should {adverb}have (?:in place|{_DETERMINER})"
    yield rf"\b{_BY}[^,;:]{{3,40}}, {it} {adverb}should {adverb}have (?:in place|\w+)"
    yield rf"{start}{it} {adverb}must (?:(?:now|urgently|immediately) \w+|[^.;:]{{3,160}}? {_SOONER})"
    yield rf"{start}{it} (?:(?:may|might) {adverb}(?:wish|want) to (?!know\b)|would {adverb}do well to )\w+"
    yield rf"{start}(?:{body}{others}|{leader}) {adverb}needs an? (?!£|(?:further |extra )?[£\d])\w+"
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


def _of_groups() -> Iterator[str]:
    """Forms whose subject is a board, group or team: not what it ought to be like or may bring about."""
    adverb, start = _adverb(), r"(?:^|[.;] |\b(?:but|and|yet) )"
    group = (
        rf"(?:the|its|their|this|these)(?: (?!{_list('not-in-groups')})[\w’-]+){{1,6}}?"
        rf" {one_of(word_lists(_FILE)['groups'])}(?:, [^,.;:]{{3,60}},)?"
    )
    gain = _list("gains")
    other = rf"(?!{_list('expectations')})(?!{_list('possibilities')})(?!{_list('effects')})"
    standard = r"(?![^.;]*\bwithin (?:[\w-]+ ){1,2}(?:seconds|minutes|hours?|days)\b)"
    yield rf"{start}{group} {adverb}should {standard}{other}{adverb}{other}\w+"
    yield rf"{start}{group} {adverb}could (?!{gain}){other}{adverb}(?!{gain}){other}\w+"
    yield rf"{start}{group} {adverb}needs? to (?!do with\b)\w+"
    yield rf"{start}{group} {adverb}(?:needs?|requires?) {_list('more')}"


def _of_anything() -> Iterator[str]:
    """Forms that say by themselves that something is to be better, whatever the subject."""
    start, adverb = _start(), _adverb()
    lists = word_lists(_FILE)
    passives = [w for w in lists["improving"] if w.startswith("be ") or w in lists["rising"]]
    rising = one_of(
        [*lists["rising"], "stop", "get better", "be (?:improved|strengthened|addressed|resolved)"]
    )
    other = r"(?!(?:the |all |most )?(?:other )?(?:forces|services|bodies|organisations)\b)"
    yield rf"{_start_of_could()}{other}{_SOME_WORDS}could {adverb}do (?:much |even |far )?(?:more|better)\b"
    yield rf"{start}(?:{_SOME_WORDS}|this |that |it ){adverb}must {adverb}{rising}(?=[.,;]|$| and\b| if\b)"
    yield rf"{start}{_SOME_WORDS}should {adverb}be {one_of(lists['bounds'])} [^.;:]{{1,60}}? {_BY} {_DATE}"
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
