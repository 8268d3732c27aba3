"""Numerators and denominators that stand apart: "15.4 percent of respondents (53 of 343)", "8 of those"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from kg.nlp.figures.links.links import Links
from kg.nlp.figures.links.scene import Scene
from kg.nlp.figures.numbers.drafts import Draft
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-shares"


def with_shares(scene: Scene, links: Links) -> list[Draft]:
    """The drafts with the numerators and denominators that other figures of the passage give them."""
    drafts = list(scene.drafts)
    for number, sentence in enumerate(scene.sentences):
        for index in sentence.drafts:
            if drafts[index].of_antecedent:
                drafts[index] = replace(drafts[index], denominator=_antecedent(scene, drafts, number, index))
        _leads(scene, drafts, sentence.drafts, _of_these(scene, drafts, number))
        for index in sentence.drafts:
            drafts[index] = _part(scene, drafts, index)
        for index in sentence.drafts:
            if drafts[index].unit == "percent" and drafts[index].denominator is None:
                drafts[index] = _percent(scene, drafts, links, number, index)
    return drafts


def _antecedent(scene: Scene, drafts: Sequence[Draft], number: int, index: int) -> Decimal | None:
    """What "those" in "8 of those callers" are: the count before it in the sentence or the one before."""
    before = [i for i in scene.sentences[number].drafts if i < index]
    earlier = [i for s in scene.paragraph_before(number)[:1] for i in s.drafts]
    for other in [*reversed(before), *reversed(earlier)]:
        if drafts[other].unit == "count":
            return drafts[other].value
    return None


def _of_these(scene: Scene, drafts: Sequence[Draft], number: int) -> Decimal | None:
    """The count that "Of these, …" at the start of a sentence goes back to."""
    if not pattern(_FILE, "share.of-these").match(scene.sentences[number].text):
        return None
    earlier = [i for s in scene.paragraph_before(number)[:1] for i in s.drafts]
    counts = [drafts[i].value for i in earlier if drafts[i].unit == "count"]
    return counts[-1] if counts else None


def _part(scene: Scene, drafts: Sequence[Draft], index: int) -> Draft:
    """ "9,812 incidents, of which 4,310 …", "We reviewed 45 cases and found that 41 had a plan"."""
    draft, previous = drafts[index], scene.previous(index)
    if (
        draft.pattern != "form.bare"
        or draft.unit != "count"
        or draft.numerator is not None
        or previous is None
    ):
        return draft
    whole = drafts[previous]
    reviewed = pattern(_FILE, "share.reviewed").search(scene.before(previous))
    if whole.unit != "count" or not (whole.noun or reviewed) or draft.value > whole.value:
        return draft
    gap = scene.before(index)
    found = reviewed and pattern(_FILE, "share.found").search(gap)
    if not found and not pattern(_FILE, "share.of-which").search(gap):
        return draft
    return replace(draft, numerator=draft.value, denominator=whole.value)


def _leads(scene: Scene, drafts: list[Draft], members: Sequence[int], whole: Decimal | None) -> None:
    """Parts of a whole: "Of 1,257 cases, it used bail in 1,243 cases and released … in 12 cases"."""
    noun = ""
    for index in members:
        draft = drafts[index]
        if draft.lead and draft.unit == "count":
            whole = draft.value
            noun = _noun(scene, draft)
        elif whole is not None and draft.unit == "count" and draft.numerator is None and draft.value <= whole:
            part = replace(draft, numerator=draft.value, denominator=whole)
            belongs = _same_head(_noun(scene, draft), noun) or scene.before(index) == " ("
            drafts[index] = part if belongs else draft


def _same_head(noun: str, whole: str) -> bool:
    return not noun or not whole or noun.split()[-1] == whole.split()[-1]


def _noun(scene: Scene, draft: Draft) -> str:
    return scene.text[slice(*draft.noun)] if draft.noun else ""


def _percent(scene: Scene, drafts: Sequence[Draft], links: Links, number: int, index: int) -> Draft:
    draft = drafts[index]
    if index in links.direction and index in links.base:
        return draft
    beside = _beside(scene, drafts, index)
    if beside is not None:
        return replace(draft, numerator=beside[0], denominator=beside[1])
    whole = _whole(scene, drafts, links, number, index)
    return draft if whole is None else replace(draft, numerator=whole[0], denominator=whole[1])


def _beside(
    scene: Scene, drafts: Sequence[Draft], index: int
) -> tuple[Decimal | None, Decimal | None] | None:
    """A share next to its percentage: "P percent … (x of y)", "x of y (P percent)", "x …, or P percent"."""
    following, previous = scene.next(index), scene.previous(index)
    if following is not None and drafts[following].denominator is not None and _in_bracket(scene, following):
        return drafts[following].numerator, drafts[following].denominator
    if previous is None:
        return None
    gap, other = scene.gap(previous, index), drafts[previous]
    if not pattern(_FILE, "share.or-percent").fullmatch(gap) or other.unit not in ("count", "GBP"):
        return None
    if other.denominator is not None:
        return other.numerator, other.denominator
    if other.unit == "GBP" and _total(scene, index):
        return None
    if other.unit == "GBP":
        return _money_share(scene, drafts, previous)
    return other.value, None


def _in_bracket(scene: Scene, index: int) -> bool:
    return pattern(_FILE, "share.bracket").fullmatch(scene.before(index)) is not None


def _total(scene: Scene, index: int) -> str | None:
    """The total that a percentage is of: "of its total funding" gives "funding"."""
    match = pattern(_FILE, "share.total").match(scene.text, scene.drafts[index].end)
    return None if match is None else match["noun"]


def _money_share(scene: Scene, drafts: Sequence[Draft], part: int) -> tuple[Decimal, Decimal | None] | None:
    """ "budget is £171.4m, of which £66.8m (39.0 percent)"."""
    whole = scene.previous(part)
    of_which = pattern(_FILE, "share.of-which").search(scene.before(part))
    if whole is not None and drafts[whole].unit == "GBP" and of_which:
        return drafts[part].value, drafts[whole].value
    return drafts[part].value, None


def _whole(
    scene: Scene, drafts: Sequence[Draft], links: Links, number: int, index: int
) -> tuple[Decimal | None, Decimal] | None:
    """The count a percentage is of: "recorded 9,540 searches, and … in 97.1 percent of cases"."""
    after = scene.after(index)
    total = _total(scene, index)
    if total:
        return _money_total(scene, drafts, number, index, total)
    before = [i for i in scene.sentences[number].drafts if i < index]
    generic = pattern(_FILE, "share.cases").match(after)
    if generic is None:
        return None
    found = [i for i in before if drafts[i].unit == "count" and not links.is_base(i)]
    if not found and generic[0].split()[-1] in ("them", "these", "those"):
        found = [i for s in scene.paragraph_before(number)[:1] for i in s.drafts if not links.is_base(i)]
        found = [i for i in found if drafts[i].unit == "count"]
    return (None, drafts[found[-1]].value) if found else None


def _money_total(
    scene: Scene, drafts: Sequence[Draft], number: int, index: int, noun: str
) -> tuple[Decimal | None, Decimal] | None:
    """ "£156m …, about 20 percent of its total funding", with "£688m in funding" before it."""
    part = scene.previous(index)
    if part is None or drafts[part].unit != "GBP":
        return None
    for sentence in scene.paragraph_before(number):
        for other in sentence.drafts:
            if (
                drafts[other].unit == "GBP"
                and noun in sentence.text
                and drafts[other].value > drafts[part].value
            ):
                return drafts[part].value, drafts[other].value
    return None
