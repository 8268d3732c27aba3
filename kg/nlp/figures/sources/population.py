"""Whom a figure is about: the inspected force, another force, England and Wales, survey respondents."""

from __future__ import annotations

import re
from functools import cache

from kg.nlp.figures.links.discourse import Topics
from kg.nlp.figures.links.scene import Scene, Sentence
from kg.nlp.rules.pattern_files import load_patterns, pattern

_FILE = "figure-population"
_FOCAL = "inspected-force"
_NATIONAL = ("england-and-wales", "other", "other-force")


def find_populations(scene: Scene, topics: Topics) -> list[str]:
    """The population of each draft, in the order of the drafts; ``topics`` tells what goes on."""
    populations = [_FOCAL] * len(scene.drafts)
    for number, sentence in enumerate(scene.sentences):
        current, survey = _FOCAL, bool(sentence.drafts) and _is_survey(scene, number)
        for place, index in enumerate(sentence.drafts):
            asked = survey or (index in topics.of and topics.of[index].is_survey)
            current = _population(scene, sentence, index, current if place else _FOCAL, asked)
            populations[index] = current
    return populations


def _population(scene: Scene, sentence: Sentence, index: int, inherited: str, survey: bool) -> str:
    draft = scene.drafts[index]
    if draft.unit == "rank":
        return _FOCAL
    left, right, joined = _zones(scene, index)
    if pattern(_FILE, "population.where").search(scene.text, sentence.start, draft.start):
        return "england-and-wales"
    named = _national(left) or _national(right)
    if named:
        return named
    if survey or pattern(_FILE, "population.who-replied").match(_unbracketed(scene.after(index))):
        return "survey-respondents"
    other = _other_force(left, scene.force_name) or _other_force(right, scene.force_name, opening=True)
    if other:
        return "other-force"
    keeps = joined and not pattern(_FILE, "population.force").search(left)
    return inherited if keeps and inherited != "survey-respondents" else _FOCAL


def _zones(scene: Scene, index: int) -> tuple[str, str, bool]:
    """Words before and after a draft that belong to it, and whether nothing parts it from the one before."""
    boundary = pattern(_FILE, "population.boundary")
    before = _unscoped(_before(scene, index))
    joined = True
    cut = [m for m in boundary.finditer(before) if not _qualifies(before, m)]
    if cut:
        before, joined = before[cut[-1].start() :], False
    draft = scene.drafts[index]
    end = scene.sentence(index).end
    following = scene.next(index)
    if following is not None:
        end = scene.drafts[following].start
    after = _unscoped(scene.text[draft.end : end])
    if following is not None:
        after = re.split(r"\band\b(?! Wales)", after)[0] if "England" not in after else _own_part(after)
    stop = boundary.search(after)
    return before, after[: stop.start()] if stop else after, joined


def _unbracketed(words: str) -> str:
    """The words behind a figure without the interval that stands between."""
    return re.sub(r"^ \([^()]*\)", "", words)


def _before(scene: Scene, index: int) -> str:
    """The words before a figure; a rank before it belongs to them, with the scope it may have."""
    previous = scene.previous(index)
    if previous is None or scene.drafts[previous].unit != "rank":
        return scene.before(index)
    return scene.text[scene.drafts[previous].start : scene.drafts[index].start]


def _unscoped(words: str) -> str:
    """The words without the scope of a rank ("highest of all forces") and names with a country in them."""
    words = pattern(_FILE, "population.rank-scope").sub(" ", words)
    words = pattern(_FILE, "population.partner").sub(" ", words)
    return pattern(_FILE, "population.mask").sub(" ", words)


def _own_part(after: str) -> str:
    """Of "percent in the force and in England and Wales" the part before "and in"."""
    return re.split(r"(?:,|;| and)(?= (?:in|for|across|the|all|it|that|its|used|officers)\b)", after)[0]


def _qualifies(words: str, match: re.Match[str]) -> bool:
    """ "more than 200": the boundary only qualifies the number that follows at once."""
    return match[0].lower().endswith("than") and not words[match.end() :].strip()


def _national(zone: str) -> str | None:
    for form in load_patterns(_FILE):
        if form.value in _NATIONAL and form.id != "population.where" and form.regex.search(zone):
            return form.value
    return None


def _is_survey(scene: Scene, number: int) -> bool:
    """Whether a sentence is about a survey: by its words, its lead-in, or going on from the one before it."""
    survey, sentence = pattern(_FILE, "population.survey"), scene.sentences[number]
    lead = "" if sentence.lead is None else scene.sentences[sentence.lead].text
    if survey.search(sentence.text) or survey.search(lead):
        return True
    before = scene.paragraph_before(number)[:1]
    goes_on = pattern(_FILE, "population.replies").search(sentence.text)
    return bool(goes_on and before and pattern(_FILE, "population.surveyed").search(before[0].text))


@cache
def _own_name(name: str) -> re.Pattern[str]:
    return re.compile(re.escape(name), re.IGNORECASE)


def _other_force(zone: str, own: str | None, *, opening: bool = False) -> bool:
    """Whether the words make another force the one that the figure is about.

    The name of a force counts as subject at the beginning of the zone or after "for", "in", "than"; with
    ``opening`` only directly after the figure.
    """
    if own is None:
        return False
    for match in pattern(_FILE, "population.name").finditer(zone):
        lead = zone[: match.start()].strip().lower()
        fits = lead in ("in", "for", "at", "by") if opening else _subject(lead)
        if re.match(r"(?:the|our|your|my|this|every) ", match[0].lower()):
            continue
        if fits and not _own_name(own).search(match[0]) and match[0].lower() not in own.lower():
            rest = zone[match.end() :]
            return not (pattern(_FILE, "population.force").search(rest) or _own_name(own).search(rest))
    return False


def _subject(lead: str) -> bool:
    return (
        not lead
        or re.search(r"(?:^|\b)(?:in|for|at|than|with|to|that|whereas|while|and|but|,)$", lead) is not None
    )
