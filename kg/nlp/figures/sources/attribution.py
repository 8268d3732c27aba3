"""Who says a figure: the force, the inspectorate, official statistics, a survey, someone else, or nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.model.text.bullets import ITEM_MARK
from kg.nlp.figures.dates.period_forms import refers_back
from kg.nlp.figures.links.discourse import Topics
from kg.nlp.figures.links.links import Links
from kg.nlp.figures.links.scene import Scene, Sentence
from kg.nlp.figures.numbers.drafts import Draft
from kg.nlp.figures.sources.annex import inspectorate_kinds, official_kinds
from kg.nlp.rules.pattern_files import load_patterns, pattern

_FILE = "figure-attribution"
_OFFICIAL = "figure-official"
_SOURCES = "figure-sources"
_NEAR = 20_000
_SAME_PERIODS = ("period.same", "period.same-days", "period.those")
_REACH = 3
_VICTIM_SERVICE = re.compile(r"victim service assessment|service to the victims of crime", re.IGNORECASE)
_BOX_NOUN = re.compile(r"causes? of concern|areas? for improvement|\brecommendations\b", re.IGNORECASE)
_OTHERS_BOX = re.compile(
    r"\b(?:survey|report|review|audit|inquiry|panel)\b[^.;]{0,80}\b(?:makes|made)\b", re.IGNORECASE
)
_SAME_THING = re.compile(
    r"(?:This time|This year|By [^,]{3,40}|For [^,]{3,60}),? (?:there (?:was|were)|"
    r"(?:it|this|the (?:figure|rate|number|estimate|proportion|share|total)) (?:was|had|is))\b"
)
_INHABITANTS = re.compile(r"\b(?:people|residents|inhabitants|households)$")
_PERSONS = re.compile(r"\b(?:people|children|women|men|adults|persons)$")
_WORKFORCE = re.compile(r"^(?:(?:police|full-time|warranted) )?(?:officers|staff|PCSOs|firefighters)$")
_REFERS = re.compile(r"(?:But |And )?(?:This|That|These|Those)\b")
_MEANS = re.compile(r"(?:This|That) (?:means|equates|represents|is equivalent|amounts|suggests)\b")
_GOES_ON_SAYING = re.compile(
    r"(?:It|They|This|These|That|(?:Their|Its) (?:[a-z]+ ){1,3}?) ?(?:also )?"
    r"(?:takes?|has|have|had|was|were|is|are|means?|expects?|lost)\b"
)
_SAME_TIME = re.compile(r"(?:But |And )?(?:[Ii]n|[Oo]ver|[Dd]uring|[Ff]or) (?:the same|those|these) ")
_ANAPHORA = re.compile(
    rf"(?:{ITEM_MARK})?(?:But |And )?"
    r"(?:This|That|It|These|They|Of (?:the|these|those)|The \w+ (?:was|is|were))\b"
)


@dataclass(frozen=True, slots=True)
class _Cue:
    start: int
    end: int
    value: str
    id: str


def find_sources(scene: Scene, populations: Sequence[str], links: Links, topics: Topics) -> list[str | None]:
    """The attribution of each draft, in the order of the drafts, before any is carried on."""
    finder = _SourceFinder(scene, populations, links, topics)
    return [finder.source(index) for index in range(len(scene.drafts))]


def carry_sources(
    scene: Scene, sources: Sequence[str | None], carried: set[int], links: Links
) -> list[str | None]:
    """Attributions completed from the sentence before where the text plainly goes on about the same data."""
    result = list(sources)
    for number, sentence in enumerate(scene.sentences):
        if not sentence.drafts:
            continue
        earlier = [i for i in _figures_before(scene, number) if result[i]]
        for index in sentence.drafts:
            if result[index] is None and earlier and _goes_on(scene, sentence, index, carried, links):
                result[index] = result[earlier[-1]]
            elif result[index] is None and not earlier:
                result[index] = _data_cue_before(scene, number)
            if result[index] is None and _goes_on_saying(scene, number):
                result[index] = result[earlier[-1]] if earlier else None
        _from_neighbours(scene, sentence, result)
    _said_of_the_one_before(scene, result)
    for focal, others in links.comparators.items():
        for other in [*others, *filter(None, [links.base.get(focal)])]:
            _inherit(scene, result, other, focal)
    for later, base in links.base.items():
        _inherit(scene, result, base, later)
        _said_after(scene, result, base, later)
    return result


def _figures_before(scene: Scene, number: int) -> Sequence[int]:
    """The figures of the sentence before; one that speaks of the same period reaches over plain sentences."""
    before = scene.paragraph_before(number)[:_REACH]
    again = any(p.pattern in _SAME_PERIODS for p in scene.sentences[number].periods)
    while again and before and not before[0].drafts:
        before = before[1:]
    return before[0].drafts if before else ()


def _inherit(scene: Scene, result: list[str | None], index: int, focal: int) -> None:
    """A base or comparator in the same sentence or after its focal figure has the same source."""
    later = index > focal and scene.drafts[index].sentence >= scene.drafts[focal].sentence
    if result[index] is None and later:
        result[index] = result[focal]


def _said_of_the_one_before(scene: Scene, result: list[str | None]) -> None:
    """ "These are the force’s own figures": who says the figures of the sentence before."""
    for number, sentence in enumerate(scene.sentences):
        if sentence.drafts or not number or not scene.sentences[number - 1].drafts:
            continue
        before = scene.sentences[number - 1]
        told = pattern("figure-discourse", "topic.source-after").search(sentence.text)
        cues = _cues(scene, sentence) if told and before.paragraph == sentence.paragraph else []
        for index in before.drafts if cues else ():
            result[index] = result[index] or cues[0].value


def _said_after(scene: Scene, result: list[str | None], base: int, later: int) -> None:
    """Who says in the next sentence that "it had halved" gives the base of that change as well."""
    here, there = scene.drafts[base].sentence, scene.drafts[later].sentence
    together = there == here + 1 and scene.sentence(base).paragraph == scene.sentence(later).paragraph
    if result[base] is None and together and pattern(_SOURCES, "source.of-it").search(scene.before(later)):
        result[base] = result[later]


def _from_neighbours(scene: Scene, sentence: Sentence, result: list[str | None]) -> None:
    """A figure without a source beside an official one of the same unit in its sentence is official too."""
    units = {scene.drafts[i].unit for i in sentence.drafts if result[i] == "official-statistics"}
    for index in sentence.drafts:
        if result[index] is None and scene.drafts[index].unit in units:
            result[index] = "official-statistics"


class _SourceFinder:
    """Reads the sources of figures; what a sentence says is read once and kept."""

    def __init__(self, scene: Scene, populations: Sequence[str], links: Links, topics: Topics) -> None:
        self.scene = scene
        self.topics = topics
        self.populations = populations
        self.links = links
        self.kinds = official_kinds(scene)
        self.collected = inspectorate_kinds(scene)
        self._cues: dict[int, list[_Cue]] = {}
        self._officials: dict[int, bool] = {}

    def source(self, index: int) -> str | None:
        """Who says this figure, as far as its sentence and the kind of data tell."""
        cue = self._governing(index)
        if cue is not None:
            return self._said(index, cue)
        draft, sentence = self.scene.drafts[index], self.scene.sentence(index)
        topic = self.topics.of.get(index)
        if topic is not None and (topic.is_survey or self.populations[index] != "england-and-wales"):
            return topic.speaker
        if self.populations[index] == "survey-respondents":
            return "survey"
        if _BOX_NOUN.search(self.scene.text, draft.start, draft.end):
            return "other" if _OTHERS_BOX.search(sentence.text) else "inspectorate"
        if _is_case_review(self.scene, index):
            return "inspectorate"
        if any(kind.search(sentence.text) for kind in self.collected):
            return "inspectorate"
        official = _beside_national(self.scene, index, self.populations, self.links)
        if draft.interval is not None and not official and "satisf" not in sentence.text:
            return "inspectorate"
        if draft.unit not in ("GBP", "duration"):
            official = official or self._is_official(index)
        return "official-statistics" if official else None

    def _said(self, index: int, cue: _Cue) -> str:
        """The value of a cue; "it told us" is of whom the sentence is about, else of the one before."""
        if cue.value == "force" and self.scene.text[cue.start : cue.end].lower().startswith("it "):
            return self._pronoun_source(index, cue)
        if cue.id == "by.they-told":
            before = self.scene.paragraph_before(self.scene.drafts[index].sentence)[:1]
            ours = before and pattern(_SOURCES, "source.force-people").match(before[0].text)
            return "force" if ours else "other"
        if cue.id == "by.survey-according" and self.populations[index] == "survey-respondents":
            return "survey"
        return "official-statistics" if self._must_be_official(index, cue) else cue.value

    def _pronoun_source(self, index: int, cue: _Cue) -> str:
        number = self.scene.drafts[index].sentence
        sentence, words = self.scene.sentences[number], ""
        before = self.scene.paragraph_before(number)[:1]
        if re.match(r"It (?:also )?(?:found|concluded) ", self.scene.text[cue.start : cue.end]):
            words = "".join(s.text for s in before)
        elif cue.start == sentence.start and pattern(_SOURCES, "source.review").match(
            "".join(s.text for s in before)
        ):
            return "other"
        begin = sentence.start + 4 * sentence.text.startswith("The ")
        starts = {sentence.start, begin}
        if cue.start > sentence.start and any(
            m.label == "ORGANISATION" and m.start in starts for m in self.scene.extraction.mentions
        ):
            return "other"
        found = pattern(_SOURCES, "source.evaluator").search(words)
        return "other" if found else "force"

    def _must_be_official(self, index: int, cue: _Cue) -> bool:
        """What the force says is not of England and Wales; what "we found" beside it is no case review."""
        if cue.value == "force":
            return self.populations[index] == "england-and-wales"
        draft = self.scene.drafts[index]
        return cue.id == "by.inspectorate" and _compared_nationally(
            draft, index, self.populations, self.links
        )

    def _governing(self, index: int) -> _Cue | None:
        """The cue that governs a figure: the last one before it, else the first one after it."""
        draft, sentence = self.scene.drafts[index], self.scene.sentence(index)
        if draft.sentence not in self._cues:
            self._cues[draft.sentence] = _cues(self.scene, sentence)
        cues = self._cues[draft.sentence]
        before = [c for c in cues if c.start < draft.start]
        if any(c.value == "survey" for c in before):
            before = [c for c in before if c.value != "other"]
        before = [c for c in before if not self._conceded(draft, c)]
        if before:
            return max(before, key=lambda c: c.start)
        lead = "" if sentence.lead is None else self.scene.sentences[sentence.lead].text
        for form in load_patterns(_FILE) if lead else ():
            if form.regex.search(lead):
                return _Cue(0, 0, form.value, form.id)
        after = [c for c in cues if c.start >= draft.start and not self._parted(draft, c)]
        return min(after, key=lambda c: c.start, default=None)

    def _conceded(self, draft: Draft, cue: _Cue) -> bool:
        """Whether what the force says ends before the figure: "it expects 26, although it has only 21"."""
        between = self.scene.text[cue.end : draft.start]
        return cue.value == "force" and pattern(_SOURCES, "source.although").search(between) is not None

    def _parted(self, draft: Draft, cue: _Cue) -> bool:
        """Whether what someone says begins a new clause after the figure: "has £5m, and it expects …"."""
        if cue.value not in ("force", "other"):
            return False
        between = self.scene.text[draft.end : cue.start]
        return pattern(_SOURCES, "source.new-clause").search(between) is not None

    def _is_official(self, index: int) -> bool:
        """Whether a figure is of official data; these are totals and rates, never "33 of 34"."""
        draft, sentence = self.scene.drafts[index], self.scene.sentence(index)
        if draft.denominator is not None:
            return False
        noun = "" if draft.noun is None else self.scene.text[slice(*draft.noun)]
        if noun and not pattern(_OFFICIAL, "official.noun").search(noun):
            return self._counts_people(noun, sentence.text)
        if draft.sentence not in self._officials:
            words = pattern(_OFFICIAL, "official.mask").sub(" ", sentence.text)
            self._officials[draft.sentence] = any(kind.search(words) for kind in self.kinds)
        return self._officials[draft.sentence]

    def _counts_people(self, noun: str, words: str) -> bool:
        """Whether official statistics count these people: inhabitants, the workforce, victims of homicide."""
        forms = [pattern(_OFFICIAL, f"official.{name}") for name in ("population", "strength")]
        people, strength = (form in self.kinds and form.search(words) is not None for form in forms)
        if people and _INHABITANTS.search(noun):
            return True
        if strength and _WORKFORCE.search(noun):
            return True
        if _PERSONS.search(noun) and pattern(_OFFICIAL, "official.people-searched").search(words):
            return True
        return _counts_people_officially(noun, words)


def _counts_people_officially(noun: str, words: str) -> bool:
    """People are counted by official statistics as victims of homicide and as full-time equivalents."""
    if pattern(_OFFICIAL, "official.homicide").search(words):
        return True
    officers = re.search(r"\b(?:officers|PCSOs|firefighters|staff)$", noun) is not None
    return officers and pattern(_OFFICIAL, "official.officers").search(words) is not None


def _compared_nationally(draft: Draft, index: int, populations: Sequence[str], links: Links) -> bool:
    """Whether a rate that "we found" is set beside that of England and Wales, which no case review gives."""
    if draft.unit not in ("percent", "rate") or draft.denominator is not None or draft.interval is not None:
        return False
    beside = [populations[index], *(populations[other] for other in links.comparators.get(index, ()))]
    return "england-and-wales" in beside


def _cues(scene: Scene, sentence: Sentence) -> list[_Cue]:
    """All cues of a sentence; the first pattern of the file that claims words has them."""
    cues: list[_Cue] = []
    for form in load_patterns(_FILE):
        for match in form.regex.finditer(scene.text, sentence.start, sentence.end):
            if all(match.end() <= c.start or c.end <= match.start() for c in cues):
                cues.append(_Cue(match.start(), match.end(), form.value, form.id))
    return cues


def _is_case_review(scene: Scene, index: int) -> bool:
    """Whether a share ("41 of 52 cases") is of cases that inspectors review."""
    draft = scene.drafts[index]
    parted = draft.lead or pattern("figure-forms", "form.after-lead").search(
        scene.text[scene.sentence(index).start : draft.start]
    )
    if (draft.numerator is None and not parted) or draft.unit != "count":
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
    lines = scene.text[max(0, position - _NEAR) : position].split("\n")
    return [line for line in lines if line and not line.rstrip().endswith((".", ";", ":", ","))][-3:]


def _beside_national(scene: Scene, index: int, populations: Sequence[str], links: Links) -> bool:
    """Whether a figure is set beside England and Wales: theirs, a rank, compared, said to be like them."""
    draft = scene.drafts[index]
    beside = [populations[index], *(populations[other] for other in links.comparators.get(index, ()))]
    if "england-and-wales" in beside:
        return True
    sentence = scene.sentence(index)
    if draft.unit == "rank":
        return re.search(r"forces?\b|England|Wales|area", scene.after(index)) is not None
    if draft.unit not in ("percent", "rate", "count", "ratio", "duration"):
        return False
    following = scene.sentences[draft.sentence + 1 : draft.sentence + 2]
    own = scene.next(index)
    if own is not None and scene.drafts[own].unit == "rank":
        return True
    return any(
        s.paragraph == sentence.paragraph
        and all(scene.drafts[i].unit == "rank" for i in s.drafts)
        and _ANAPHORA.match(s.text)
        and pattern("figure-population", "population.beside").search(s.text) is not None
        for s in following
    )


def _goes_on(scene: Scene, sentence: Sentence, index: int, carried: set[int], links: Links) -> bool:
    if index in links.base and scene.drafts[links.base[index]].sentence != scene.drafts[index].sentence:
        return True
    rest = scene.before(index).endswith((" other ", " remaining "))
    if index in links.direction and pattern(_SOURCES, "source.this-is").search(scene.before(index)):
        return True
    if scene.drafts[index].of_antecedent or rest:
        return True
    if _is_elliptic(scene, index) or (
        _SAME_THING.match(sentence.text)
        or (_REFERS.match(sentence.text) and index in links.direction)
        or _MEANS.match(sentence.text)
    ):
        return True
    nominal = any(p.pattern in _SAME_PERIODS for p in sentence.periods)
    if nominal and _SAME_TIME.match(sentence.text):
        return True
    return index in carried or (nominal and _ANAPHORA.match(sentence.text) is not None)


def _is_elliptic(scene: Scene, index: int) -> bool:
    """Whether a figure has neither noun nor name, as its measure is that of the sentence before."""
    draft, words = scene.drafts[index], scene.sentence(index).text
    again = ("topic.same-measure", "topic.left-out")
    if refers_back(scene, index) or any(pattern("figure-discourse", form).search(words) for form in again):
        return True
    bare = draft.unit == "count" and draft.pattern == "form.bare"
    return bare and pattern("figure-discourse", "topic.elliptic").match(scene.before(index)) is not None


def _goes_on_saying(scene: Scene, number: int) -> bool:
    """Whether a sentence goes on with what the force said before: "… told us that …. It takes …"."""
    before = scene.paragraph_before(number)[:1]
    told = before and pattern(_FILE, "by.force-told").search(before[0].text)
    return bool(told) and _GOES_ON_SAYING.match(scene.sentences[number].text) is not None


def _data_cue_before(scene: Scene, number: int) -> str | None:
    """A sentence without figures that names the data ("Our data from … shows") speaks for the next one."""
    for earlier in scene.paragraph_before(number)[:1]:
        if earlier.drafts:
            return None
        if pattern(_SOURCES, "source.found-lead").search(earlier.text):
            return "inspectorate"
        cue = pattern(_FILE, "by.our").search(earlier.text)
        if cue and re.search(r"\bdata\b", cue[0]):
            return "inspectorate"
    return None
