"""Who speaks in a sentence: "we reviewed", "the force told us", "according to the charity"."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from kg.nlp.figures.accounts import gone_back_to
from kg.nlp.figures.context import Context, Sentence
from kg.nlp.rules.pattern_files import load_patterns, pattern

_FILE = "figure-attribution"
_SOURCES = "figure-sources"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Words that name a source, where they stand, and the role and id of the rule that found them."""

    start: int
    end: int
    value: str
    role: str = ""
    form: str = ""


def speakers_in(context: Context, sentence: Sentence) -> list[Speaker]:
    """All speakers of a sentence; words that one rule has claimed no later one gets."""
    found: list[Speaker] = []
    for form in load_patterns(_FILE):
        for match in form.regex.finditer(context.text, sentence.start, sentence.end):
            if all(match.end() <= other.start or other.end <= match.start() for other in found):
                found.append(Speaker(match.start(), match.end(), form.value, form.role, form.id))
    return found


def names_a_speaker(words: str) -> bool:
    """Whether anybody speaks in these words."""
    return any(form.regex.search(words) for form in load_patterns(_FILE))


def speaker_of(
    context: Context, sentence: Sentence, index: int, speakers: Sequence[Speaker]
) -> Speaker | None:
    """Who says a figure: the last speaker before it, else of the list's lead-in, else the first after it."""
    quantity = context.quantities[index]
    before = [s for s in speakers if s.start < quantity.start]
    if any(s.value == "survey" for s in before):
        before = [s for s in before if s.value != "other"]
    before = [s for s in before if not _is_conceded(context, s, quantity.start)]
    if before:
        return max(before, key=lambda s: s.start)
    lead = "" if sentence.lead is None else context.sentences[sentence.lead].text
    for form in load_patterns(_FILE) if lead else ():
        if form.regex.search(lead):
            return Speaker(0, 0, form.value, form.role, form.id)
    after = [s for s in speakers if s.start >= quantity.start and not _opens_clause(context, s, quantity.end)]
    return min(after, key=lambda s: s.start, default=None)


def _is_conceded(context: Context, speaker: Speaker, start: int) -> bool:
    """Whether what the force says ends before the figure: "it expects 26, although it has only 21"."""
    between = context.text[speaker.end : start]
    return speaker.value == "force" and pattern(_SOURCES, "source.although").search(between) is not None


def _opens_clause(context: Context, speaker: Speaker, end: int) -> bool:
    """Whether what someone says begins a new clause after the figure: "has £5m, and it expects …"."""
    if speaker.value not in ("force", "other"):
        return False
    between = context.text[end : speaker.start]
    return pattern(_SOURCES, "source.new-clause").search(between) is not None


def meant_by_pronoun(context: Context, speaker: Speaker) -> str | None:
    """The source that "it" and "they" stand for; None for a speaker that is named.

    "It" is the inspected body where the sentence names it before, or where nobody is named at all: "the force
    made 16 referrals, it told us". "They" who go back to nobody are others.
    """
    they = speaker.role == "they"
    said = context.text[speaker.start : speaker.end]
    if not they and (speaker.value != "force" or not said.lower().startswith("it ")):
        return None
    number = bisect_right(context.sentences, speaker.start, key=lambda sentence: sentence.start) - 1
    before = context.text[context.sentences[number].start : speaker.start]
    if not they and pattern(_SOURCES, "source.own-body").search(before):
        return "force"
    known = gone_back_to(context, speaker.start, "" if they else said.partition(" ")[2])
    return known[1] if known is not None else "other" if they else "force"
