"""Texts as they are compared: one function for each meaning of "the same words", from the mildest on.

``tests/model/test_text_comparing.py`` has a table of what each of them keeps and drops.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

_PLAIN = str.maketrans("’‘‛ʼ`´“”„–—‒‑−\u00a0\u2009\u202f", "''''''\"\"\"-----   ")
_RANGE_DASH = re.compile(r"(?<=\d)( ?)[‐‑‒—―−─━﹘－](?= ?\d)")
_MIDDLE_POINT = re.compile(r"(?<=\d)·(?=\d)")
_FIXED = "[\u00a0\u2009\u202f]"
LINES_OF_CALLS = r"(?:999|101|111|105)\b"
"""Numbers that are dialled, and are never what comes behind the thousands: "184 999 calls" are 184."""
_GROUPED = re.compile(
    rf"(?<!\d{_FIXED})(?<![\w.,/-])\d{{1,3}}(?:{_FIXED}(?!{LINES_OF_CALLS})\d{{3}})+(?![\d/])"
    rf"|(?<=£)\d{{1,3}}(?:(?: |{_FIXED})\d{{3}})+(?![\d/])"
)
_MINUS = re.compile(r"(?<![\w)])[‑﹣－](?=£?\d)")
_HEADING_NUMBER = re.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2}){0,2}[.)]?|[A-Z]\.|question \d+:?"
    r"|(?:section|chapter|part|theme) (?:\d{1,2}|[a-z]|[ivx]{1,4}|one|two|three|four|five|six)"
    r"(?:[.:]| [–—-]))\s+",
    re.IGNORECASE,
)


def with_plain_typography(text: str) -> str:
    """The text with typographic quotes, dashes and spaces made plain, character for character.

    >>> with_plain_typography("Clare’s Law – 2023–2025")
    "Clare's Law - 2023-2025"
    """
    return text.translate(_PLAIN)


def with_range_dashes(text: str) -> str:
    """The text with an en dash for whatever dash stands between two digits, character for character: PDF
    writes "2012─15" with a box-drawing line (U+2500), others with a figure dash, an em dash or a minus.

    >>> with_range_dashes("2012─15, 10—12 March, −5")
    '2012–15, 10–12 March, −5'
    """
    return _RANGE_DASH.sub(r"\1–", text)


def with_plain_numerals(text: str) -> str:
    """The text with the signs in its numbers as programs write them, character for character.

    That is the raised point of British statistics ("9·3"), spaces that part thousands and no words (those
    that never end a line; behind £ any), the minus signs of word processors; and ``with_range_dashes``.

    >>> with_plain_numerals("9·3% of 1\u202f243, £1 243 000, \u20113.5")
    '9.3% of 1,243, £1,243,000, −3.5'
    """
    plain = _MIDDLE_POINT.sub(".", with_range_dashes(text))
    plain = _GROUPED.sub(lambda match: re.sub(r"\s", ",", match[0]), plain)
    return _MINUS.sub("−", plain)


def name_key(name: str) -> str:
    """A name without case, typography and double spaces, in one Unicode form (NFC).

    >>> name_key("The  Victims’ Board"), name_key("Cafe\N{COMBINING ACUTE ACCENT}") == name_key("CAFÉ")
    ("the victims' board", True)
    """
    return " ".join(normalize("NFC", with_plain_typography(name)).casefold().split())


def name_key_without_article(name: str) -> str:
    """A name as people ask for it: as ``name_key``, without the article before it.

    >>> name_key_without_article("The  Victims’ Board")
    "victims' board"
    """
    return re.sub(r"^(?:the|an?) ", "", name_key(name))


@lru_cache(maxsize=8192)
def without_number(text: str) -> str:
    """A heading without the number before it.

    >>> without_number("Section 2. First contact"), without_number("3.1 Cells"), without_number("Part of it")
    ('First contact', 'Cells', 'Part of it')
    """
    return _HEADING_NUMBER.sub("", text.strip())


def without_punctuation(text: str) -> str:
    """A wording as lower-case words, without its number and punctuation; "anti-social" equals "antisocial".

    >>> without_punctuation("1. HM Inspector’s summary:"), without_punctuation("Well-being & care")
    ('hm inspectors summary', 'wellbeing and care')
    """
    words = without_number(text).casefold().replace("&", " and ")
    words = re.sub(r"(?<=\w)[-‐‑'’](?=\w)|[’']", "", words)
    return " ".join(re.findall(r"\w+", words))


_SMALL = frozenset(
    ["the", "a", "an", "and", "its", "it", "their", "they", "them", "our", "of", "all", "that"]
)
_ENDING = re.compile(r"(?<=\w{2})(?:ies|ied|ing|ed|es|s|e|y)$")


@lru_cache(maxsize=8192)
def stems(text: str) -> str:
    """A wording by its stems, whatever the form of its verbs and the number of its nouns, without articles,
    possessives and "and": "how it investigates the crimes" equals "how investigating crime".

    >>> stems("it investigates the crimes"), stems("Planning for its future demands")
    ('investigat crim', 'plan for futur demand')
    """
    words = [word for word in without_punctuation(text).split() if word not in _SMALL]
    return " ".join(_stem(word) for word in words)


@lru_cache(maxsize=16384)
def _stem(word: str) -> str:
    stem = word if word.endswith("ss") else _ENDING.sub("", word)
    stem = _ENDING.sub("", stem) if stem.endswith(("e", "y")) else stem
    return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "sl" else stem


_DERIVED = re.compile(r"(?<=\w{4})(?:ment|ation|ion|fully|ful|ly|ilit|able|abl)$")
_VERBAL = re.compile(r"(?<=\w{5})at$")
"""What a verb keeps that its noun loses: "investigat-ing" beside "investig-ation"."""
_LIGHT = frozenset(
    {"how", "well", "way", "is", "are", "be", "does", "do", "at", "in", "for", "to", "with", "by", "on"}
    | {"from", "as", "who", "those", "ensur", "mak", "sur", "out", "it", "us"}
)


@lru_cache(maxsize=8192)
def content_stems(text: str) -> frozenset[str]:
    """The stems of the words that carry what a wording means, whether verb, noun or adverb: "fair treatment
    of the workforce" equals "how it treats its workforce fairly".

    >>> sorted(content_stems("ensuring the fair treatment of its workforce"))
    ['fair', 'treat', 'workforc']
    >>> content_stems("investigations") == content_stems("how it investigates")
    True
    """
    found = set()
    for word in without_punctuation(text).split():
        stem = _stem(_DERIVED.sub("", word))
        stem = _VERBAL.sub("", _stem(_DERIVED.sub("", stem)))
        if word not in _SMALL and stem not in _LIGHT:
            found.add("respond" if stem.startswith("respon") else stem)
    return frozenset(found)


def letters_and_digits(text: object) -> str:
    """Nothing but letters and digits, without case; None is empty.

    >>> letters_and_digits("Requires improvement"), letters_and_digits(None)
    ('requiresimprovement', '')
    """
    return "".join(char for char in str(text or "").casefold() if char.isalnum())
