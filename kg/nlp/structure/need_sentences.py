"""Whether a sentence states an improvement need: what the inspected body needs to, should or could do.

A sentence is read clause by clause: the subject has to be the body, a part of it or a pronoun for it at the
start of a clause. Relative clauses ("the resources it needs to …"), norms ("forces should …", "officers
must …"), expectations ("this should help …") and possibilities ("could put victims at risk") are no needs.
Nor is a clause that is only known, asked or supposed (``asserted``), or a fact of the budget.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kg.model.text.verbs import participles
from kg.nlp.document.wording import Words
from kg.nlp.rules.pattern_files import compiled, load_patterns, one_of, pattern, word_lists
from kg.nlp.rules.prefilter import lowered, may_match
from kg.nlp.structure.asserted import is_asserted
from kg.nlp.structure.need_forms import BY, asking_verbs, impersonal_requests, need_forms, whole_forms

_LONGEST = 2_000
"""Characters of a sentence that are read; real ones have up to 600."""
_FILE = "needs"


def states_need(sentence: str, words: Words) -> bool:
    """Whether a sentence (or heading) says what the inspected body needs to, should or could do."""
    plain = re.sub(r"\s+", " ", sentence[:_LONGEST].replace("'", "’")).strip(" ‘“")
    plain = re.sub(r"^(?:- |\(?\d+[.)] )", "", plain)
    plain = re.sub(r"(?<=\b(?:We|we))’d|(?<=\bI)’d", " would", plain)
    plain = _excused("excused").sub("·", plain)
    if words.names or words.places:
        plain = _excused("norms").sub("·", plain)
    if any(rule.regex.search(plain) for rule in load_patterns(_FILE) if rule.role == "request"):
        return True
    if plain.endswith("?"):
        return False
    body = _called(words)
    return any(form.search(plain) for form in whole_forms(body)) or _has_form(plain, body)


def _called(words: Words) -> str:
    """The inspected body as sentences call it, by its place too: "Wyrdale needs to move faster". A report
    that names no body is on many: "forces should …"."""
    if not (words.names or words.places):
        return rf"(?:{words.body}|{one_of(word_lists(_FILE)['many-bodies'])})"
    if not words.places:
        return words.body
    return rf"(?:{words.body}|{one_of(map(re.escape, words.places))})"


@lru_cache(maxsize=4096)
def _has_form(plain: str, body: str) -> bool:
    if any(_is_meant(plain, verb) for verb in asking_verbs(plain, body)):
        return True
    if any(_is_own_view(plain[:at]) for at in impersonal_requests(plain, body)):
        return True
    low = lowered(plain)
    return any(
        _is_meant(plain, verb)
        for form in need_forms(body)
        if may_match(form, low)
        for match in form.finditer(plain)
        if (verb := _verb_of(plain, match)) is not None
    )


def _verb_of(plain: str, match: re.Match[str]) -> int | None:
    """Where the verb of a form begins; None if what looks like one is a noun ("in need of improvement")."""
    verbs = [verb.start() for verb in pattern(_FILE, "verb").finditer(plain, match.start(), match.end())]
    if not verbs and pattern(_FILE, "noun").search(plain, match.start(), match.end()):
        return None
    return verbs[-1] if verbs else match.start()


def _is_meant(plain: str, verb: int) -> bool:
    """Whether the words of asking at an offset state a need where they stand, and are asserted."""
    if any(rule.regex.match(plain, verb) for rule in load_patterns(_FILE) if rule.role == "no-need"):
        return False
    before = plain[:verb]
    suffered = pattern(_FILE, "habit").match(before) or pattern(_FILE, "consequence").search(before)
    if plain.startswith("ha", verb) and suffered:
        return False
    if plain.startswith("must", verb) and pattern(_FILE, "duty").search(before):
        return False
    if not _is_own_view(before):
        return False
    if plain.startswith(("should", "must", "ha"), verb) and pattern(_FILE, "condition").search(before):
        return False
    if (had := re.match(r"should (?:\w+ly )?have (\w+)", plain[verb:])) and had[
        1
    ].casefold() in participles():
        return compiled(rf"\b{BY}[^,;:]{{3,40}}, [^,;:]*\Z", re.IGNORECASE).search(before) is not None
    negated = pattern(_FILE, "negated").search(plain, 0, verb) is not None
    return not negated and is_asserted(plain, verb)


def _is_own_view(before: str) -> bool:
    """Whether what follows some words is what the inspectors think now: not what others say or rules ask."""
    return not any(
        pattern(_FILE, other).search(before) for other in ("opinion", "denied-view", "earlier", "law")
    )


@cache
def _excused(key: str) -> re.Pattern[str]:
    return compiled(r"\b" + one_of(word_lists(_FILE)[key]), re.IGNORECASE)
