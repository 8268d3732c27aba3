"""Improvement needs: sentences that say what the inspected body needs to, should or could do.

A sentence is read clause by clause: the subject has to be the body, a part of it or a pronoun for it at the
start of a clause. Relative clauses ("the resources it needs to …"), norms ("forces should …", "officers
must …"), expectations ("this should help …") and possibilities ("could put victims at risk") are no needs.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.nlp.wording import Words

_ADVERB = r"(?:(?:also|will|now|still|therefore|further|clearly|urgently|must|quickly|always|then|first|again|\w+ly) )*"
_START = (
    r"(?:^|[,;:–—-] |[.!?] |\b(?:but|and|yet|or|however|although|though|because|while|, so) "
    r"|\b(?:means|shows|recognises|recognised|acknowledges|accepts|believe|believes|clear|knows|found|think"
    r"|recommend|agree|conclude|concluded|said|told us|suggests|understands|aware|confident|says) (?:that )?)"
)
_COULD_START = r"(?:^|[,;:–—-] |[.!?] |\b(?:but|and|yet|or|however|although|though|while|believe (?:that)?|think (?:that)?) )"
_GENERAL = (
    r"\b(?:(?:much |far |still )?more|(?:further |more |additional )?(?:work|improvement|improvements|action|progress|effort)s?)"
    r" (?:still )?(?:should be (?:done|made|taken)|must be (?:done|made)|needs? to be (?:done|made|taken)|could be (?:done|made)"
    r"|(?:is|are) (?:still |urgently |therefore )?(?:needed|required|necessary))",
    r"\b(?:there (?:is|was|are) (?:still |also |clearly )?(?:more|further|some|much|a lot|work|room|scope|significant|plenty)"
    r"(?: [\w-]+){0,3}?(?: to do| to be done| for improvement| to improve| needed| required| for the))",
    r"\b(?:has|have) (?:still |also )?(?:got )?(?:more|further|much|a lot|some|significant|considerable)(?: [\w-]+){0,2} to do\b",
    r"\b(?:needs?|requires? (?=urgent|further|signif|more|consid)) ?(?:urgent |further |significant |some |more |considerable )?(?:improvement|improving|strengthening|attention|development)\b",
    r"\bwe (?:would (?:encourage|urge|like|expect)|encourage|urge|recommend|expect to see)\b(?! (?:readers|forces|all))",
    r"\b(?:it is|it’s) (?:important|essential|vital|crucial|critical|imperative) (?:that|for) (?:{body}|it|leaders)\b",
    r"^(?:an )?(?:area|areas) for improvement (?:is|are) ",
)


@dataclass(frozen=True, slots=True)
class _Lists:
    parts: tuple[str, ...]
    improving: tuple[str, ...]
    possibilities: tuple[str, ...]
    expectations: tuple[str, ...]


@cache
def _lists() -> _Lists:
    path = Path(__file__).parent / "patterns" / "needs.json"
    return _Lists(
        **{key: tuple(words) for key, words in json.loads(path.read_text(encoding="utf-8")).items()}
    )


def _any(words: tuple[str, ...]) -> str:
    return "(?:" + "|".join(sorted(words, key=lambda w: (-len(w), w))) + r")\b"


@cache
def _forms(body: str) -> tuple[re.Pattern[str], ...]:
    """The patterns that make a sentence a need, for one inspected body (a regular expression)."""
    lists = _lists()
    body = re.sub(r"\?P<\w+>", "?:", body)
    its = rf"(?:{body}(?:[’']s?)? (?:[\w-]+ ){{0,3}}?|(?:its|their|the|these|some|senior|local|all|both) (?:[\w-]+ ){{0,2}}?)?"
    part = rf"{its}{_any(lists.parts)}"
    partners = r"(?: and (?:its|the|their|local|some) [\w-]+(?: [\w-]+)?)?"
    self_ = rf"(?:(?:both )?{body}{partners}|it|they|you|both (?:forces|services))"
    any_ = r"(?:[\w’,-]+ ){1,14}?"
    no_could, no_should, better = _any(lists.possibilities), _any(lists.expectations), _any(lists.improving)
    forms = [
        rf"{_START}(?:{self_}|{part}) {_ADVERB}needs? {_ADVERB}to (?!do with\b)\w+",
        rf"{_START}{self_} {_ADVERB}(?:have|has) {_ADVERB}to (?!do with\b)\w+",
        rf"{_START}{self_} [^.;:]{{1,160}}?\b(?:but|and|yet) {_ADVERB}(?:needs to|should|could) {_ADVERB}"
        rf"(?!{no_could})(?!{no_should})\w+",
        rf"\b(?:something|areas?|an issue|a matter|one thing) (?:that |which )?{self_} {_ADVERB}"
        rf"(?:should|needs? to|could|must) {_ADVERB}\w+",
        rf"{_START}{any_}could {_ADVERB}be (?:further |significantly |much )?"
        r"(?:better|improved|more|stronger|clearer|quicker|faster|strengthened|developed|enhanced)\b",
        rf"{_START}(?:{self_}) {_ADVERB}(?:should|must|needs? to)(?:,? [^:.]{{1,60}})?:$",
        rf"{_START}(?:{self_}) {_ADVERB}should (?!{no_should}){_ADVERB}(?!{no_should})\w+",
        rf"{_COULD_START}(?:{self_}) {_ADVERB}could (?!{no_could}){_ADVERB}(?!{no_could})\w+",
        rf"{_START}(?:{self_}|{part}) {_ADVERB}must {_ADVERB}{better}",
        rf"{_START}(?:{self_}|{part}|{any_}|{any_}\w+) ?would {_ADVERB}benefit from\b",
        rf"{_START}(?:{self_}|{part}) {_ADVERB}(?:needs?|requires?) (?:more|better|clearer|further|greater|additional)\b",
        rf"{_START}(?:{part}) {_ADVERB}should {_ADVERB}{better}",
        rf"{_START}{any_}{_ADVERB}(?:needs?|have|has) {_ADVERB}to {_ADVERB}{_any(_passives(lists.improving))}",
        *(general.replace("{body}", body) for general in _GENERAL),
    ]
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)


def _passives(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word.startswith("be ") or word in ("improve", "get better"))


_EXCUSED = re.compile(
    r"\b(?:forces|services|police officers|chief constables|every force|all forces|each force|nobody|everyone)"
    r" (?:should|must|need to|have to)\b|\bareas? (?:where|in which) (?:the \w+|it) (?:still )?(?:needs? to|should|could|must) improve\b|\bin line with what\b",
    re.IGNORECASE,
)
_NOT_TO = re.compile(
    r"\b(?:has|have) to (?:date|be (?:admired|commended))|\b(?:doesn’t|don’t|didn’t|not) (?:need|have) to\b",
    re.IGNORECASE,
)


def states_need(sentence: str, words: Words) -> bool:
    """Whether a sentence (or heading) says what the inspected body needs to, should or could do."""
    plain = re.sub(r"\s+", " ", sentence.replace("'", "’")).strip(" ‘“")
    plain = re.sub(r"^(?:- |\(?\d+[.)] )", "", plain)
    plain = _NOT_TO.sub("·", plain)
    if _EXCUSED.search(plain):
        plain = _EXCUSED.sub("·", plain)
    return any(form.search(plain) for form in _forms(words.body))
