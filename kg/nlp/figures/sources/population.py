"""Whom a figure is about: the inspected force, another force, England and Wales, survey respondents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from kg.model.records import Span
from kg.nlp.figures.context import Context, Sentence
from kg.nlp.figures.links.topic_chains import TopicChains
from kg.nlp.rules.pattern_files import load_patterns, pattern

_FILE = "figure-population"
_FOCAL = "inspected-force"
NATIONAL = ("england-and-wales", "other", "other-force")
_CELLS = {
    "table.own": _FOCAL,
    "table.national": "england-and-wales",
    "table.country": "other",
    "table.similar": "other-force",
}


def find_populations(context: Context, chains: TopicChains) -> list[str]:
    """The population of each quantity, in the order of the quantities; ``chains`` tells what goes on."""
    populations = [_FOCAL] * len(context.quantities)
    for number, sentence in enumerate(context.sentences):
        current, survey = _FOCAL, bool(sentence.quantities) and _is_survey(context, number)
        for place, index in enumerate(sentence.quantities):
            asked = survey or (index in chains.of and chains.of[index].is_survey)
            cell = body_of_cell(context, index)
            if cell is None:
                current = _population(context, sentence, index, current if place else _FOCAL, asked)
            populations[index] = current if cell is None else cell[0]
    return populations


def _population(context: Context, sentence: Sentence, index: int, inherited: str, survey: bool) -> str:
    quantity = context.quantities[index]
    if quantity.unit == "rank":
        return _FOCAL
    left, right, joined = _zones(context, index)
    if pattern(_FILE, "population.where").search(context.text, sentence.start, quantity.start):
        return "england-and-wales"
    named = _national(left) or _national(right)
    if named:
        return named
    if is_among_others(context, sentence, index):
        return "other-force"
    if survey or pattern(_FILE, "population.who-replied").match(_unbracketed(context.after(index))):
        return "survey-respondents"
    other = _other_force(left, context.force_name)
    if other:
        return "other-force"
    keeps = joined and not pattern(_FILE, "population.force").search(left)
    return inherited if keeps and inherited != "survey-respondents" else _FOCAL


def is_among_others(context: Context, sentence: Sentence, index: int) -> bool:
    """Whether the clause of a figure begins with the forces that it is of: "In forces most like it, …"."""
    quantity = context.quantities[index]
    if pattern("figure-places", "place.bodies").search(context.noun(index)):
        return False  # the number of those forces
    words = context.text[sentence.start : quantity.start]
    return pattern(_FILE, "population.among").search(words) is not None


def _zones(context: Context, index: int) -> tuple[str, str, bool]:
    """Words before and after a quantity that belong to it; whether nothing parts it from the one before."""
    boundary = pattern(_FILE, "population.boundary")
    before = _before(context, index)
    sentence = context.sentence(index)
    begin = context.quantities[index].start - len(before) - sentence.start
    before = unscoped(sentence.text)[begin : begin + len(before)]
    joined = True
    cut = [m for m in boundary.finditer(before) if not _qualifies(before, m)]
    if cut:
        before, joined = before[cut[-1].start() :], False
    quantity = context.quantities[index]
    end = context.sentence(index).end
    following = context.next(index)
    if following is not None:
        end = context.quantities[following].start
    after = unscoped(context.text[quantity.end : end])
    if pattern(_FILE, "population.own-place").match(after) and pattern(
        _FILE, "population.place-of-last"
    ).match(before):
        before, joined = "", False  # "2% for similar forces and 3% for England"
    if following is not None:
        after = re.split(r"\band\b(?! Wales)", after)[0] if "England" not in after else _own_part(after)
    stop = boundary.search(after)
    return before, after[: stop.start()] if stop else after, joined


def _unbracketed(words: str) -> str:
    """The words behind a figure without the interval that stands between."""
    return re.sub(r"^ \([^()]*\)", "", words)


def _before(context: Context, index: int) -> str:
    """The words before a figure; a rank before it belongs to them, with the scope it may have."""
    previous = context.previous(index)
    if previous is None or context.quantities[previous].unit != "rank":
        return context.before(index)
    return context.text[context.quantities[previous].start : context.quantities[index].start]


def unscoped(words: str) -> str:
    """The words, blank where a rank has its scope ("highest of all forces") or a name has a country in it."""
    for form in ("population.rank-scope", "population.partner", "population.mask"):
        words = pattern(_FILE, form).sub(lambda found: " " * len(found[0]), words)
    return words


def _own_part(after: str) -> str:
    """Of "percent in the force and in England and Wales" the part before "and in"."""
    return re.split(r"(?:,|;| and)(?= (?:in|for|across|the|all|it|that|its|used|officers)\b)", after)[0]


def _qualifies(words: str, match: re.Match[str]) -> bool:
    """ "more than 200": the boundary only qualifies the number that follows at once."""
    return match[0].lower().endswith("than") and not words[match.end() :].strip()


def _national(zone: str) -> str | None:
    for form in load_patterns(_FILE):
        if form.value in NATIONAL and form.regex.search(zone):
            return form.value
    return None


def _is_survey(context: Context, number: int) -> bool:
    """Whether a sentence is about a survey: by its words, its lead-in, or going on from the one before it."""
    survey, sentence = pattern(_FILE, "population.survey"), context.sentences[number]
    lead = "" if sentence.lead is None else context.sentences[sentence.lead].text
    if survey.search(sentence.text) or survey.search(lead):
        return True
    before = context.paragraph_before(number)[:1]
    goes_on = pattern(_FILE, "population.replies").search(sentence.text)
    return bool(goes_on and before and pattern(_FILE, "population.surveyed").search(before[0].text))


def body_named(words: str, own: str | None) -> str | None:
    """Whom the header of a column or the first cell of a row is about, where it names a body; else None."""
    words = words.strip()
    for form, value in _CELLS.items():
        if pattern("figure-tables", form).fullmatch(words):
            return value
    if own is not None and len(words) > 2 and own.casefold().startswith(words.casefold()):
        return _FOCAL
    named = any(start == 0 and end == len(words) for start, end in names_of_others(words, own))
    return "other-force" if named else None


def body_of_cell(context: Context, index: int) -> tuple[str, Span] | None:
    """Whom the column of a value is about, else its row, with the words that name it; None of no value."""
    cell = context.cells[index]
    for span in (cell.column, cell.row) if cell is not None else ():
        value = None if span is None else body_named(context.text[slice(*span)], context.force_name)
        if value is None and span is not None and context.is_of_many:
            short = _short_names(context.text)
            value = "other-force" if context.text[slice(*span)].strip() in short else None
        if span is not None and value is not None:
            return value, span
    return None


@lru_cache(maxsize=2)
def _short_names(text: str) -> frozenset[str]:
    """The names of the forces that a text names, without "Police": its tables call them so."""
    names = (text[start:end] for start, end in names_of_others(text, ""))
    return frozenset(name.rsplit(" ", 1)[0].removeprefix("In ").removeprefix("For ") for name in names)


@cache
def _own_name(name: str) -> re.Pattern[str]:
    return re.compile(re.escape(name), re.IGNORECASE)


def _other_force(zone: str, own: str | None) -> bool:
    """Whether the words make another force the one that the figure is about.

    The name of a force counts as subject at the beginning of the zone or after "for", "in", "than".
    """
    for start, end in names_of_others(zone, own):
        if own is not None and pattern(_FILE, "population.name-before").search(zone[:start].strip().lower()):
            rest = zone[end:]
            return not (pattern(_FILE, "population.force").search(rest) or _own_name(own).search(rest))
    return False


def names_of_others(words: str, own: str | None) -> Iterator[Span]:
    """Where the words name a body that is not the inspected one, ``own``.

    Nothing is another body where it is not known which is inspected (None); with "" none is, and all are.
    """
    for match in pattern(_FILE, "population.name").finditer(words) if own is not None else ():
        if pattern(_FILE, "population.no-name").match(match[0]):
            continue
        if not own or (not _own_name(own).search(match[0]) and match[0].lower() not in own.lower()):
            yield match.span()
