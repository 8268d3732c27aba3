"""Which sentences of a report praise or find fault so that they may be given as reasons for a grade.

``polarity`` tells how words sound, and a plain statement of what is done counts as good there; as a reason
only what is asserted of the body is given: no norm, plan or purpose, no general truth, no earlier grade.
"""

from __future__ import annotations

import re

from kg.model.records import Span
from kg.model.text.sentences import find_sentences
from kg.nlp.rules.pattern_files import load_patterns, pattern
from kg.nlp.structure.polarity import cues, point, polarity, praises
from kg.nlp.subjects import main_part

_FILE = "reasons"
_FAULTS = frozenset({"negative", "negation", "worsened", "flawed"})
"""Cues of what is wrong; a sentence that only says what should be is a need, or a norm."""
_GOOD_NEWS = frozenset({"eased", "denied", "scarce"})
"""Cues of a fault that there is not: “delays have fallen”, “visits are rarely late”."""
_NAMES = re.compile(r"(?<=[\w,]) [A-Z][\w’-]*")
"""Words with a capital inside a sentence: “Rapid Video Response” is a name and no praise."""


def sentences_of(text: str, span: Span) -> list[Span]:
    """Where the sentences of a span stand in the text."""
    return [(span[0] + a, span[0] + b) for a, b in find_sentences(text[slice(*span)])]


def sign_of(sentence: str) -> str:
    """How a sentence speaks by what it comes down to; where a fault is told before “but” it does both.

    >>> sign_of("Although records were poor, they are now clear.")
    'positive'
    >>> sign_of("Records are poor, but a new form is improving them.")
    'mixed'
    """
    sign = polarity(point(sentence))
    opened = pattern("polarity", "opening").match(sentence) or pattern("polarity", "despite").match(sentence)
    return "mixed" if sign == "positive" and not opened and polarity(sentence) == "mixed" else sign


def stands_for(sentence: str) -> str:
    """How a sentence speaks that stands alone: it has to have words of praise or of fault; else nothing.

    >>> stands_for("Plans are clear."), stands_for("Plans are late."), stands_for("There are ten plans.")
    ('positive', 'negative', '')
    """
    if finds_fault(sentence):
        return "negative"
    if sign_of(sentence) == "mixed":
        return "mixed" if praises(point(sentence)) and not is_unasserted(sentence) else ""
    return "positive" if finds_strength(sentence) else ""


def finds_fault(sentence: str) -> bool:
    """Whether a sentence says that something is wrong, not what should, may or tends to be.

    >>> finds_fault("Visits are overdue."), finds_fault("Visits should be made on time.")
    (True, False)
    """
    plain = pattern(_FILE, "manner").sub("", pattern(_FILE, "ratio").sub("", point(sentence)))
    wrong = polarity(plain) == "negative" and set(cues(plain)) & _FAULTS
    return bool(wrong) and not is_unasserted(sentence) and not pattern(_FILE, "no-fault").search(plain)


def is_bare_ratio(sentence: str) -> bool:
    """Whether a sentence tells how many times as likely something is, and finds no other fault: what that
    means is said in the conclusion of its paragraph, which may be in favour.

    >>> is_bare_ratio("They were 2.9 times as likely to be stopped.")
    True
    >>> is_bare_ratio("They were 2.9 times as likely to be stopped, and the force doesn’t know why.")
    False
    """
    plain, times = pattern(_FILE, "ratio").subn("", point(sentence))
    return times > 0 and _FAULTS.isdisjoint(cues(plain))


def gives_verdict(sentence: str) -> bool:
    """Whether a sentence tells something and ends in the inspector's praise of it.

    >>> gives_verdict("All 19 buildings have been visited, and this is good work.")
    True
    >>> gives_verdict("This is good work."), gives_verdict("It visits, but this is good work wasted.")
    (False, False)
    """
    told = pattern(_FILE, "verdict").search(sentence.replace("'", "’"))
    return told is not None and finds_strength(sentence)


def finds_strength(sentence: str) -> bool:
    """Whether a sentence says in words of praise that something is good, and not only what is done, what for,
    or what is good in general.

    >>> finds_strength("Officers are well trained."), finds_strength("Officers are trained to save lives.")
    (True, True)
    >>> finds_strength("There are ten officers."), finds_strength("Well-trained officers are important.")
    (False, False)
    >>> finds_strength("Data is used to bring about improvements.")
    False
    """
    if is_unasserted(sentence) or sign_of(sentence) != "positive":
        return False
    said = point(sentence)
    if any(p.regex.search(said) for p in load_patterns(_FILE) if p.role == "unpraised"):
        return False
    return favours(said[: main_part(said)])


def favours(said: str) -> bool:
    """Whether words, but those of names and of fixed terms, have any of praise or good news.

    >>> favours("Plans are on time."), favours("Rapid Video Response"), favours("an area for improvement")
    (True, False, False)
    """
    plain = _NAMES.sub(" ·", pattern(_FILE, "no-praise").sub("·", said))
    favourable = pattern(_FILE, "favourable").search(plain)
    return praises(plain) or favourable is not None or not _GOOD_NEWS.isdisjoint(cues(plain))


def is_unasserted(sentence: str) -> bool:
    """Whether a sentence states no fact about the body: what may be, holds in general or is expected, what
    says nothing without the sentence before it, and all that is an aside (``is_aside``)."""
    plain = sentence.replace("'", "’")
    return is_aside(sentence) or any(
        p.regex.search(plain) for p in load_patterns(_FILE) if p.role == "unasserted"
    )


def is_aside(sentence: str) -> bool:
    """Whether a sentence tells of another inspection, of what is planned, of a fault that is seen to or of
    what inspectors did, or gives the grade itself: no ground of a grade.

    >>> is_aside("The authority was inspected in March 2020 and was judged to be inadequate.")
    True
    """
    plain = sentence.replace("'", "’")
    return is_seen_to(plain) or any(p.regex.search(plain) for p in load_patterns(_FILE) if p.role == "aside")


def is_seen_to(sentence: str) -> bool:
    """Whether a sentence tells of something that somebody knows of and acts on.

    >>> is_seen_to("Leaders know that plans are late and have taken action.")
    True
    """
    return pattern("polarity", "acted-on").search(sentence.replace("'", "’")) is not None
