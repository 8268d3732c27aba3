"""Who says a figure: the force, the inspectorate, official statistics, a survey, someone else, or nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.nlp.figure_change import Links
from kg.nlp.figure_patterns import load_patterns, pattern
from kg.nlp.figure_scene import Scene, Sentence

_FILE = "figure-attribution"
_VICTIM_SERVICE = re.compile(r"victim service assessment|service to the victims of crime", re.IGNORECASE)
_BOX_NOUN = re.compile(r"causes? of concern|areas? for improvement|\brecommendations\b", re.IGNORECASE)
_OTHERS_BOX = re.compile(
    r"\b(?:survey|report|review|audit|inquiry|panel)\b[^.;]{0,80}\b(?:makes|made)\b", re.IGNORECASE
)
_ANAPHORA = re.compile(
    r"(?:[-•] )?(?:But |And )?(?:This|That|It|These|They|Of (?:the|these|those)|The \w+ (?:was|is|were))\b"
)
_NATIONAL = re.compile(r"England and Wales|all forces|(?:other|most) forces in England", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Cue:
    start: int
    end: int
    value: str


def find_sources(scene: Scene, populations: Sequence[str], links: Links) -> list[str | None]:
    """The attribution of each draft, in the order of the drafts, before any is carried on."""
    kinds = official_kinds(scene)
    return [_source(scene, index, populations, links, kinds) for index in range(len(scene.drafts))]


def carry_sources(
    scene: Scene, sources: Sequence[str | None], carried: set[int], links: Links
) -> list[str | None]:
    """Attributions completed from the sentence before where the text plainly goes on about the same data."""
    result = list(sources)
    for number, sentence in enumerate(scene.sentences):
        if not sentence.drafts:
            continue
        earlier = [i for s in scene.paragraph_before(number)[:1] for i in s.drafts if result[i]]
        for index in sentence.drafts:
            if result[index] is None and earlier and _goes_on(scene, sentence, index, carried, links):
                result[index] = result[earlier[-1]]
            elif result[index] is None and not earlier:
                result[index] = _data_cue_before(scene, number)
        _from_neighbours(scene, sentence, result)
    for focal, others in links.comparators.items():
        for other in [*others, *filter(None, [links.base.get(focal)])]:
            _inherit(scene, result, other, focal)
    for later, base in links.base.items():
        _inherit(scene, result, base, later)
    return result


def _inherit(scene: Scene, result: list[str | None], index: int, focal: int) -> None:
    """A base or comparator in the same sentence or after its focal figure has the same source."""
    if result[index] is None and scene.drafts[index].sentence >= scene.drafts[focal].sentence:
        result[index] = result[focal]


def _from_neighbours(scene: Scene, sentence: Sentence, result: list[str | None]) -> None:
    """A figure without a source beside an official one of the same unit in its sentence is official too."""
    units = {scene.drafts[i].unit for i in sentence.drafts if result[i] == "official-statistics"}
    for index in sentence.drafts:
        if result[index] is None and scene.drafts[index].unit in units:
            result[index] = "official-statistics"


def official_kinds(scene: Scene) -> list[re.Pattern[str]]:
    """Wordings of the kinds of data that are official: the usual ones and those "About the data" names."""
    about = _about_text(scene)
    return [
        form.regex
        for form in load_patterns("figure-official")
        if form.value.startswith("*")
        or (form.value and re.search(rf"\b(?:{form.value})", about, re.IGNORECASE))
    ]


def _about_text(scene: Scene) -> str:
    """The sentences about sources in the section on data, each with the heading above it."""
    about = pattern("figure-sources", "source.about")
    official = pattern("figure-sources", "source.official")
    found, inside, heading = [], False, ""
    for line in scene.text.split("\n"):
        inside = inside or about.match(line.strip()) is not None
        if inside and official.search(line):
            found.append(f"{heading} {line}")
        if line and not line.rstrip().endswith((".", ";", ":")):
            heading = line
    return "\n".join(found)


def _source(
    scene: Scene, index: int, populations: Sequence[str], links: Links, kinds: Sequence[re.Pattern[str]]
) -> str | None:
    sentence = scene.sentence(index)
    draft = scene.drafts[index]
    cue = _governing(scene, sentence, index)
    if cue == "force" and populations[index] == "england-and-wales":
        return "official-statistics"
    if cue is not None:
        return cue
    if populations[index] == "survey-respondents":
        return "survey"
    if _BOX_NOUN.search(scene.text, draft.start, draft.end):
        return "other" if _OTHERS_BOX.search(sentence.text) else "inspectorate"
    if _is_case_review(scene, index):
        return "inspectorate"
    if draft.unit in ("GBP", "duration"):
        return "official-statistics" if _beside_national(scene, index, populations, links) else None
    if _beside_national(scene, index, populations, links) or _is_official(scene, sentence, index, kinds):
        return "official-statistics"
    return None


def _governing(scene: Scene, sentence: Sentence, index: int) -> str | None:
    """The cue that governs a figure: the last one before it, else the first one after it."""
    draft = scene.drafts[index]
    cues = _cues(scene, sentence)
    before = [c for c in cues if c.start < draft.start]
    if before:
        return max(before, key=lambda c: c.start).value
    lead = "" if sentence.lead is None else scene.sentences[sentence.lead].text
    if lead:
        for form in load_patterns(_FILE):
            if form.regex.search(lead):
                return form.value
    after = [c for c in cues if c.start >= draft.start]
    return min(after, key=lambda c: c.start).value if after else None


def _cues(scene: Scene, sentence: Sentence) -> list[_Cue]:
    """All cues of a sentence; the first pattern of the file that claims words has them."""
    cues: list[_Cue] = []
    for form in load_patterns(_FILE):
        for match in form.regex.finditer(scene.text, sentence.start, sentence.end):
            if all(match.end() <= c.start or c.end <= match.start() for c in cues):
                cues.append(_Cue(match.start(), match.end(), form.value))
    return cues


def _is_case_review(scene: Scene, index: int) -> bool:
    """Whether a share ("41 of 52 cases") is of cases that inspectors review."""
    draft = scene.drafts[index]
    if draft.numerator is None or draft.unit != "count":
        return False
    if any(_VICTIM_SERVICE.search(title) for title in _titles(scene, draft.start)):
        return True
    noun = "" if draft.noun is None else scene.text[slice(*draft.noun)].lower()
    return (
        re.search(r"\b(?:cases|investigations|case files|files|calls|incidents|records|crimes)$", noun)
        is not None
    )


def _titles(scene: Scene, position: int) -> list[str]:
    titles = scene.section_titles(position)
    if titles:
        return titles
    lines = scene.text[:position].split("\n")
    return [line for line in lines if line and not line.rstrip().endswith((".", ";", ":", ","))][-3:]


def _beside_national(scene: Scene, index: int, populations: Sequence[str], links: Links) -> bool:
    """Whether a figure is set beside England and Wales: theirs, a rank, compared, said to be like them."""
    draft = scene.drafts[index]
    if populations[index] == "england-and-wales":
        return True
    if any(populations[other] == "england-and-wales" for other in links.comparators.get(index, ())):
        return True
    sentence = scene.sentence(index)
    if draft.unit == "rank":
        return re.search(r"forces|England|Wales|area", scene.after(index)) is not None
    if draft.unit not in ("percent", "rate", "count", "ratio", "duration"):
        return False
    following = scene.sentences[draft.sentence + 1 : draft.sentence + 2]
    own = scene.next(index)
    if own is not None and scene.drafts[own].unit == "rank":
        return True
    return any(
        s.paragraph == sentence.paragraph
        and not s.drafts
        and _ANAPHORA.match(s.text)
        and _NATIONAL.search(s.text) is not None
        for s in following
    )


def _is_official(scene: Scene, sentence: Sentence, index: int, kinds: Sequence[re.Pattern[str]]) -> bool:
    """Whether the sentence is about official data; these are totals and rates, never "33 of 34"."""
    if scene.drafts[index].denominator is not None:
        return False
    return any(kind.search(sentence.text) for kind in kinds)


def _goes_on(scene: Scene, sentence: Sentence, index: int, carried: set[int], links: Links) -> bool:
    if index in links.base and scene.drafts[links.base[index]].sentence != scene.drafts[index].sentence:
        return True
    if scene.drafts[index].of_antecedent:
        return True
    nominal = any(p.pattern == "period.same" for p in sentence.periods)
    return index in carried or (nominal and _ANAPHORA.match(sentence.text) is not None)


def _data_cue_before(scene: Scene, number: int) -> str | None:
    """A sentence without figures that names the data ("Our data from … shows") speaks for the next one."""
    for earlier in scene.paragraph_before(number)[:1]:
        if earlier.drafts:
            return None
        cue = pattern(_FILE, "by.our").search(earlier.text)
        if cue and re.search(r"\bdata\b", cue[0]):
            return "inspectorate"
    return None
