"""The forms of English verbs: a lexicon of 6,400 verbs, and the regular rules for all others.

The lexicon (``verbs.txt``, with its notice) was made from a library by ``.ci/verb_forms.py``: it is read in
a few milliseconds, the library takes half a second and 35 MB.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_PREFIXES = ("counter", "inter", "under", "over", "out", "mis", "co", "de", "re", "un", "up")
_REGULAR = "-"


@dataclass(frozen=True, slots=True)
class VerbForms:
    """The forms of one verb; several where more than one spelling is in use ("travelled", "traveled")."""

    base: str
    third: tuple[str, ...]
    past: tuple[str, ...]
    participle: tuple[str, ...]
    gerund: tuple[str, ...]

    @property
    def all(self) -> frozenset[str]:
        """Every form."""
        return frozenset((self.base, *self.third, *self.past, *self.participle, *self.gerund))


def forms_of(base: str) -> VerbForms:
    """The forms of a verb in lower case: those of the lexicon, else of its last part, else by the rules.

    >>> forms_of("stop").past, forms_of("undertake").past, forms_of("quality-assure").third
    (('stopped',), ('undertook',), ('quality-assures',))
    """
    head, hyphen, last = base.rpartition("-")
    if hyphen:
        return _prefixed(head + hyphen, forms_of(last))
    if base not in _lexicon():
        for prefix in _PREFIXES:
            if base.startswith(prefix) and base.removeprefix(prefix) in _lexicon():
                return _prefixed(prefix, forms_of(base.removeprefix(prefix)))
    regular = (third_by_rule(base), past_by_rule(base), past_by_rule(base), gerund_by_rule(base))
    written = _lexicon().get(base) or [_REGULAR] * 4
    forms = ((rule if form == _REGULAR else form) for form, rule in zip(written, regular, strict=True))
    return VerbForms(base, *(tuple(form.split("/")) for form in forms))


def _prefixed(prefix: str, forms: VerbForms) -> VerbForms:
    parts = (forms.third, forms.past, forms.participle, forms.gerund)
    return VerbForms(prefix + forms.base, *(tuple(prefix + form for form in part) for part in parts))


def third_by_rule(base: str) -> str:
    """The third person of a regular verb.

    >>> third_by_rule("rely"), third_by_rule("focus"), third_by_rule("stay")
    ('relies', 'focuses', 'stays')
    """
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ies"
    return base + ("es" if base.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def past_by_rule(base: str) -> str:
    """The past form and participle of a regular verb that doubles no consonant.

    >>> past_by_rule("rely"), past_by_rule("agree"), past_by_rule("stay")
    ('relied', 'agreed', 'stayed')
    """
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ied"
    return base + ("d" if base.endswith("e") else "ed")


def gerund_by_rule(base: str) -> str:
    """The -ing form of a verb that doubles no consonant.

    >>> gerund_by_rule("tie"), gerund_by_rule("agree"), gerund_by_rule("give")
    ('tying', 'agreeing', 'giving')
    """
    if base.endswith("ie"):
        return base[:-2] + "ying"
    return (base[:-1] if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) else base) + "ing"


@cache
def past_forms() -> frozenset[str]:
    """The past forms of all verbs of the lexicon that are not like their base form ("put").

    >>> {"stopped", "took", "admitted"} <= past_forms(), "taken" in past_forms(), "put" in past_forms()
    (True, False, False)
    """
    return frozenset(form for base, form in _forms(1) if form != base)


@cache
def participles() -> frozenset[str]:
    """The past participles of all verbs of the lexicon.

    >>> {"stopped", "taken"} <= participles(), "took" in participles()
    (True, False)
    """
    return frozenset(form for _, form in _forms(2))


@cache
def bases() -> dict[str, str]:
    """The base form of the verb that each past participle of the lexicon is of.

    >>> bases()["given"], bases()["checked"]
    ('give', 'check')
    """
    return {form: base for base, form in _forms(2)}


@cache
def pasts() -> dict[str, str]:
    """The base form of the verb that each past form of the lexicon is of.

    >>> pasts()["took"], pasts()["checked"]
    ('take', 'check')
    """
    return {form: base for base, form in _forms(1)}


@cache
def thirds() -> dict[str, str]:
    """The base form of the verb that each third person of the lexicon is of.

    >>> thirds()["relies"]
    'rely'
    """
    return {form: base for base, form in _forms(0)}


@cache
def all_third() -> frozenset[str]:
    """The third person of all verbs of the lexicon.

    >>> {"stops", "relies"} <= all_third()
    True
    """
    return frozenset(thirds())


def is_base(word: str) -> bool:
    """Whether a word in small letters is the base form of a verb of the lexicon.

    >>> is_base("forge"), is_base("forged")
    (True, False)
    """
    return word in _lexicon()


def _forms(place: int) -> Iterator[tuple[str, str]]:
    """Each verb with each of its third persons (place 0), past forms (1) or participles (2)."""
    rule = third_by_rule if place == 0 else past_by_rule
    for base, written in _lexicon().items():
        form = written[place] if written else _REGULAR
        for one in (rule(base),) if form == _REGULAR else form.split("/"):
            yield base, one


@cache
def _lexicon() -> dict[str, list[str]]:
    """The verbs of ``verbs.txt`` with their third person, past, participle and gerund; empty if regular."""
    lines = (Path(__file__).parent / "verbs.txt").read_text(encoding="utf-8").splitlines()
    entries = (line.split(" ") for line in lines if not line.startswith("#"))
    return {base: written for base, *written in entries}
