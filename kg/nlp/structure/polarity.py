"""Polarity of a heading or sentence: positive, negative, mixed or neutral, by a lexicon and clause rules.

What a sentence doesn't assert is left out (``asserted``), and the rest is cut into clauses at contrasts
("but", "although", ", with more to do"). A clause is negative when it has a cue of fault that nothing turns
around ("reduces delays", "fewer calls go unanswered", "not left behind") and that isn't what the clause is
about ("allegations of poor practice"), or says that something needs to, should or could be done. A plain
statement of what is done is a strength. docs/evaluation.md says how good it is on documents of others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.model.records import Span
from kg.nlp.rules.pattern_files import compiled, one_of, pattern, word_lists
from kg.nlp.structure.asserted import asserted
from kg.nlp.structure.clauses import third_person_forms
from kg.nlp.structure.finite_verbs import is_finite

_FILE = "polarity"
_WORD = re.compile(r"[\w’-]+")
_LACKS = re.compile(r" ?no (?!longer\b|doubt\b)[\w’-]+", re.IGNORECASE)
"""What a part without a verb lacks: "The plan has aims, but *no dates or owners*"."""
_SEMICOLON = re.compile(r"; ?")
_FAULTS = ("negative", "excess", "burdens", "unevenness", "left-undone", "longer")
"""The lists of what finds fault by itself."""


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The wordings as expressions.

    Of those that turn a fault into good news, ``scarce`` is “rarely late”, ``denied`` “not left behind”,
    ``remedied`` “reduces delays”, ``eased`` “delays have fallen”,
    ``cured`` “the backlog has gone and hasn’t come back”. ``governed`` is a fault that is only spoken
    of (“allegations of poor practice”), ``worsened`` “delays have grown”, “trust has fallen” and “has cut the
    number of visits”; ``level`` is how something counted stands to others, which by itself is neither.
    """

    contrast: re.Pattern[str]
    negative: re.Pattern[str]
    need: re.Pattern[str]
    negation: re.Pattern[str]
    benign: re.Pattern[str]
    scarce: re.Pattern[str]
    denied: re.Pattern[str]
    governed: re.Pattern[str]
    remedied: re.Pattern[str]
    eased: re.Pattern[str]
    cured: re.Pattern[str]
    worsened: re.Pattern[str]
    flawed: re.Pattern[str]
    neutral: re.Pattern[str]
    compared: re.Pattern[str]
    level: re.Pattern[str]
    positive: re.Pattern[str]


@cache
def _lexicon() -> _Lexicon:
    any_of = {key: one_of(words) for key, words in word_lists(_FILE).items()}
    bad, good, nouns, harms = any_of["bad"], any_of["good"], any_of["nouns"], any_of["harms"]
    faulty = rf"(?:{'|'.join(any_of[key] for key in _FAULTS)})"
    word = r"[\w’-]+"
    plain = rf"(?!{any_of['finite']}\b){word}"
    near = (
        rf"(?:(?: {plain}){{0,5}}?"
        rf"|(?: {word}){{0,3}}? {any_of['connectives']}(?: {word}){{0,4}}?)"
    )
    faults = rf"{near} {nouns}(?:(?:,| and| or)(?: {plain}){{0,2}}? {nouns})*\b"
    ends = rf"(?:before|after|so|they|it|no|not|never|{any_of['negation']})\b"
    moves = rf"(?: (?!{ends}){word}){{0,9}}? (?:{any_of['auxiliaries']} )*"
    dealt = rf"(?: (?!{ends}|yet\b){word}){{0,9}}? "
    unmade = rf"(?: (?!and\b|{any_of['remedies']}\b|{any_of['not-of-fault']}\b){word}){{0,4}}? (?!than\b)"
    stayed = rf"{any_of['negation']} (?:yet |since |also )?"
    object_ = rf"(?: (?!(?:{nouns}|{bad}|for|to|on|in|from)\b){word}){{0,5}}? {good}"
    with_object = rf"{any_of['transitives']} (?!{any_of['no-object']}\b){word}"
    others = any_of["comparators"]
    flaw = rf"(?:{any_of['degrees']} )?{any_of['flaws']}"
    return _Lexicon(
        contrast=_compiled(
            rf"(?:[,;:–—-]? ?\b{any_of['contrast']}\b|, {any_of['contrast-after-comma']}\b),? ?"
        ),
        negative=_compiled(rf"\b{faulty}\b"),
        need=_compiled(rf"\b{any_of['need']}"),
        negation=_compiled(rf"\b{any_of['negation']}\b"),
        benign=_compiled(rf"\b{any_of['benign']}\b"),
        scarce=_compiled(
            rf"(?<!too )(?<!only )(?<!a )\b{any_of['scarcity']}"
            rf"(?:{unmade}(?:{harms}|{faulty})| {bad})\b"
            rf"|^(?:very |relatively )?few (?:{plain} ){{1,9}}?{any_of['copulas']} (?:\w+ly )?"
            rf"(?:{harms}|{faulty})\b"
        ),
        denied=_compiled(
            rf"\b(?:{any_of['denials']}(?: {any_of['between-denial']})*? {harms}(?: or {word})?"
            rf"|{any_of['none-found']} (?:{harms}|{faulty})(?: or [^.;,]*)?)\b"
        ),
        governed=_compiled(rf"\b{any_of['governing']}{faults}"),
        remedied=_compiled(rf"\b{any_of['remedies']}(?! (?:too|slowly|poorly|badly)\b){faults}"),
        eased=_compiled(
            rf"\b(?:{bad}|issues){moves}(?:{any_of['shrinking']}|{stayed}{any_of['growing']}"
            rf"|{any_of['scarcity']} (?:been )?{any_of['occurring']}"
            rf"|{any_of['below']} {others})\b"
            rf"|\b(?:{bad}|issues){dealt}{any_of['settled']}\b"
            rf"|\b{harms} (?:far |much )?less(?: often)?(?=[.,;]|$| than\b| and\b)"
        ),
        cured=_compiled(rf"\b{bad}{moves}{any_of['shrinking']},? and {stayed}{any_of['growing']}\b"),
        worsened=_compiled(
            rf"\b(?:{bad}{moves}(?:{any_of['growing']}|{any_of['above']} {others})"
            rf"|{good}(?: (?!{bad}\b){word}){{0,9}}? {any_of['below']} {others}"
            rf"|{good}(?: {word}){{0,9}}? (?:{any_of['auxiliaries']} )+(?!{with_object}){any_of['shrinking']}"
            rf"|{any_of['swelling']} {bad}"
            rf"|{any_of['lessening']}{object_}(?! {harms}\b| who\b| (?:leaving|waiting|off|awaiting)\b))\b"
        ),
        flawed=_compiled(rf",? and (?:then )?(?:{word} (?:{word} )?{any_of['copulas']} )?{flaw}\b"),
        neutral=_compiled(rf"{any_of['neutral']}|\b{any_of['facts']}"),
        positive=_compiled(
            rf"\b(?:{any_of['positive']}"
            rf"|{good}(?:,? (?!{bad}\b)[\w’%.-]+){{0,9}}? {any_of['above']} {others})\b"
        ),
        compared=_compiled(rf"\b(?:{any_of['above']}|{any_of['below']}) {others}\b"),
        level=_compiled(
            rf"(?<!days )(?<!weeks )(?<!months )\b(?!longer|shorter)"
            rf"(?:{any_of['above']}|{any_of['below']}) {others}\b"
        ),
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    return compiled(pattern, re.IGNORECASE)


@lru_cache(maxsize=4096)
def polarity(heading: str) -> str:
    """``positive``, ``negative``, ``mixed`` or ``neutral``.

    >>> polarity("The force works well with partners"), polarity("Victims wait too long")
    ('positive', 'negative')
    >>> polarity("Investigations start well but lose momentum")
    'mixed'
    """
    said = pattern(_FILE, "none-harmed").sub("positive", heading.replace("'", "’"))
    said = pattern(_FILE, "identity").sub("", pattern(_FILE, "fewer-well").sub("decline", said))
    told = asserted(said)
    signs = {_sign(clause) for clause in _clauses(told)}
    if {"positive", "negative"} <= signs or (signs == {"positive"} and _turns(told)):
        return "mixed"
    for sign in ("negative", "positive"):
        if sign in signs:
            return sign
    return "neutral"


def passage_polarity(sentences: Sequence[str]) -> str:
    """The polarity of a passage: ``mixed`` where one sentence finds fault and another praises.

    A heading that plainly says what is done is praise; a sentence of a passage that does so is background.

    >>> passage_polarity(["Plans are clear.", "However, they are not always followed."])
    'mixed'
    >>> passage_polarity(["The unit has ten officers.", "Visits are overdue."])
    'negative'
    >>> passage_polarity(["The unit has ten officers."])
    'neutral'
    """
    signs = [polarity(sentence) for sentence in sentences]
    if "negative" in signs or "mixed" in signs:
        praised = any(
            sign == "mixed" or (sign == "positive" and praises(sentence))
            for sign, sentence in zip(signs, sentences, strict=True)
        )
        return "mixed" if praised else "negative"
    told = zip(signs, sentences, strict=True)
    return "positive" if any(sign == "positive" and praises(said) for sign, said in told) else "neutral"


def is_contrary(sentence: str, sign: str, before: str = "") -> bool:
    """Whether a sentence turns against a heading of this sign: with “However” or the like it finds fault
    below praise, or praises below a fault. A fault without such a word may be of another thing; of a sentence
    that concedes one thing and states another, what it states counts (``point``). What is set against praise
    and praises nothing is a fault in words that the lexicon doesn't know: inside the sentence, or at its
    beginning where ``before``, the sentence before it, praises.

    >>> is_contrary("However, visits are often late.", "positive")
    True
    >>> is_contrary("The unit is well led.", "negative")
    False
    >>> is_contrary("However, the unit is well led.", "negative")
    True
    >>> is_contrary("While managers work well together, visits are often late.", "negative")
    False
    >>> is_contrary("But many are seen by telephone.", "positive", "The team is effective.")
    True
    """
    if sign not in ("positive", "negative") or not pattern(_FILE, "turning-sentence").search(sentence):
        return False
    said = point(sentence)
    own = polarity(said)
    if sign == "positive":
        return own in ("negative", "mixed") or (not praises(said) and _is_set_against(sentence, own, before))
    return own == "positive" and praises(said)


def _is_set_against(sentence: str, own: str, before: str) -> bool:
    """Whether a sentence that praises nothing is set against praise: its own, or that of the sentence before
    it ("Despite this increase, …" names what is good itself)."""
    if polarity(sentence) == "mixed":
        return True
    if own == "neutral" or not before or polarity(before) in ("negative", "mixed"):
        return False
    if pattern(_FILE, "despite-that").match(sentence):
        return True
    return praises(before) and pattern(_FILE, "turning-opening").match(sentence) is not None


def point(sentence: str) -> str:
    """What a sentence comes down to: the main clause behind “Although …,” or “Despite …,”, what stands behind
    “but”; all of it where it concedes nothing, or only behind (“…, although …”).

    >>> point("However, although plans are clear, they are not followed.")
    'they are not followed.'
    >>> point("Plans were unclear, but they now are.")
    'they now are.'
    """
    said = pattern(_FILE, "sentence-adverb").sub("", sentence.replace("'", "’"))
    for opening in ("opening", "despite"):
        if match := pattern(_FILE, opening).match(said):
            return point(match["rest"])
    behind = list(pattern(_FILE, "conceding").finditer(said))
    return said[behind[-1].end() :] if behind else said


def cues(sentence: str) -> tuple[str, ...]:
    """The kinds of cue that a sentence has, by their names: ``negative``, ``need``, ``remedied``, …"""
    said, words = asserted(sentence.replace("'", "’")), _lexicon()
    return tuple(name for name in words.__slots__ if getattr(words, name).search(said))


def clause_spans(sentence: str) -> list[Span]:
    """Where the clauses of a sentence stand: between contrasts, semicolons and joined clauses.

    >>> said = "The force uses its powers fairly, but it needs to understand disproportionality"
    >>> [said[start:end] for start, end in clause_spans(said)]
    ['The force uses its powers fairly', 'it needs to understand disproportionality']
    """
    plain = sentence.replace("'", "’")
    parting = (_lexicon().contrast, pattern(_FILE, "joint"), _SEMICOLON)
    cuts = sorted(match.span() for parts in parting for match in parts.finditer(plain))
    found, begin = [], 0
    for start, end in (*cuts, (len(sentence), len(sentence))):
        if start > begin:
            found.append((begin, start))
        begin = max(begin, end)
    return found


def clause_at(sentence: str, position: int) -> Span:
    """The clause of a position, or that before it.

    >>> said = "Plans are clear, but they are not followed"
    >>> said[slice(*clause_at(said, said.index("followed")))]
    'they are not followed'
    """
    spans = clause_spans(sentence) or [(0, len(sentence))]
    return next((span for span in reversed(spans) if span[0] <= position), spans[0])


def praises(sentence: str) -> bool:
    """Whether a sentence has a word of praise, and does not only tell what is done."""
    return _lexicon().positive.search(asserted(sentence.replace("'", "’"))) is not None


def _clauses(heading: str) -> list[str]:
    better = pattern(_FILE, "getting-better")
    text = _lexicon().cured.sub(" improved ", pattern(_FILE, "sentence-adverb").sub("", heading))
    text = pattern(_FILE, "example").sub("", pattern(_FILE, "acted-on").sub(" improved ", text))
    if match := pattern(_FILE, "despite").match(text):
        first = [match["first"]] if better.search(match["first"]) else []
        return first + _clauses(match["rest"])
    if match := pattern(_FILE, "despite-behind").search(text):
        rest = [match["rest"]] if better.search(match["rest"]) else []
        return _clauses(text[: match.start()]) + rest
    if match := pattern(_FILE, "opening").match(text):
        return [match["first"], *_clauses(match["rest"])]
    joint = pattern(_FILE, "joint")
    turned = [piece for part in _lexicon().contrast.split(text) for piece in _without_details(part)]
    parts = [piece for part in turned for piece in joint.split(part)]
    pieces = [piece for part in parts for piece in _turned(part)]
    kept = [piece for piece in pieces if _states(piece)]
    if kept == pieces[1:] and _conceded(text, pieces[0]):
        return pieces
    return kept or [text]


def _conceded(sentence: str, first: str) -> bool:
    """Whether the first part of a sentence whose second is set against it is a clause, though no verb is
    known in it ("Well-being matters to leaders, but …"), and no phrase ("In most cases, but …")."""
    against = pattern("clauses", "against").match(sentence)
    return against is not None and len(first.split()) > 2 and not pattern(_FILE, "phrase").match(first)


def _turns(sentence: str) -> bool:
    """Whether the second of two clauses has no praise though “but” or “although” sets it against the first:
    it finds a fault in words that the lexicon doesn't know.

    >>> _turns("The plan is thorough but stops at May"), _turns("Demand changes but plans are thorough")
    (True, False)
    """
    said = sentence.rstrip()
    pair = pattern(_FILE, "conceded-first").match(said) or pattern("clauses", "against").match(said)
    if pair is None or praises(pair["second"]) or not _has_verb(pair["first"]):
        return False
    goes_on = pair["second"].partition(" ")[0].casefold() in third_person_forms()  # “… but stops at”
    return goes_on or _has_verb(pair["second"])


def _without_details(part: str) -> list[str]:
    """A part at its semicolons; behind one, what neither praises nor finds fault is a detail."""
    first, *more = part.split(";")
    words = _lexicon()
    cues = (words.positive, words.negative, words.negation, words.need)
    return [first, *(piece for piece in more if any(cue.search(piece) for cue in cues))]


def _states(piece: str) -> bool:
    """Whether a part between contrasts says something by itself."""
    words = _lexicon()
    if not piece.strip(" ,;:–—-·."):
        return False
    cues = (words.positive, words.negative, words.negation, words.need, words.remedied)
    if _LACKS.match(piece):
        return True
    return _has_verb(piece) or any(cue.search(piece) for cue in cues)


def _has_verb(piece: str) -> bool:
    spoken = _WORD.findall(piece)
    return any(is_finite(spoken, at) for at in range(len(spoken)))


def _turned(part: str) -> list[str]:
    """A part in two where it praises and then finds fault: "clear at the top and confused below"."""
    match = _lexicon().flawed.search(part)
    if match and _lexicon().positive.search(part[: match.start()]):
        return [part[: match.start()], part[match.start() :]]
    return [part]


def _sign(clause: str) -> str:
    words = _lexicon()
    if pattern(_FILE, "reported").search(clause):
        return "negative"
    plain = pattern(_FILE, "others-duty").sub(" · ", pattern(_FILE, "remark").sub("", clause))
    plain = pattern(_FILE, "none-without").sub(" positive ", plain)
    plain = words.eased.sub(" positive ", words.scarce.sub(" positive ", plain))
    plain = words.denied.sub(" positive ", words.benign.sub(" · ", plain))
    if words.need.search(plain):
        return "negative"
    if words.worsened.search(words.remedied.sub(" positive ", plain)):
        return "negative"
    plain = words.level.sub(" · ", plain)
    plain = _without_praised(words.remedied.sub(" positive ", words.governed.sub(" · ", plain)))
    if words.negation.search(plain) or words.negative.search(plain):
        return "negative"
    if _LACKS.match(plain) and not _has_verb(plain):
        return "negative"
    if words.positive.search(clause) or words.eased.search(clause):
        return "positive"
    if pattern(_FILE, "persisting").search(plain):
        return "negative"
    told = (
        words.neutral.search(clause)
        or words.compared.search(clause)
        or (clause.startswith("-") and not _has_verb(clause))
    )
    return "neutral" if told else "positive"


def _without_praised(clause: str) -> str:
    """A clause without what its praised predicate is about, which is no fault of anybody there: managers
    "have good oversight *of the few children in unregistered homes*".

    What a verb follows is a clause of its own ("good plans for children *are* rare").
    """
    if not _lexicon().positive.search(clause) or not pattern(_FILE, "about").search(clause):
        return clause  # most: to look for verbs takes longer
    spoken = list(_WORD.finditer(clause))
    said = [match[0] for match in spoken]
    last = next((at for at in reversed(range(len(said))) if is_finite(said, at)), None)
    praise = None if last is None else _lexicon().positive.search(clause, spoken[last].end())
    about = pattern(_FILE, "about").search(clause, praise.end()) if praise else None
    if about is None or _has_fault(clause[: about.end()]):
        return clause
    return f"{clause[: about.start()]} ·"


def _has_fault(said: str) -> bool:
    words = _lexicon()
    return any(cue.search(said) for cue in (words.negative, words.negation, words.need))
