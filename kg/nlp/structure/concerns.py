"""The inspector's own statements of concern ("I have serious concerns about how well …", "It troubles me that
…", "… gives me cause for concern").

One concern for each thing that concern is expressed about: coordinated clauses are taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.model.records import Concern, Span
from kg.model.text.sentences import find_sentences
from kg.nlp.document.wording import Words
from kg.nlp.rules.pattern_files import compiled, one_of, pattern, word_lists
from kg.nlp.structure.area_clauses import area_of_clause
from kg.nlp.structure.clauses import third_person_forms
from kg.nlp.structure.outline import Part


@dataclass(frozen=True, slots=True)
class _Forms:
    """``stating`` match up to the words that say what concern is about; group ``words`` is "concerns"."""

    stating: tuple[re.Pattern[str], ...]
    caused: re.Pattern[str]
    calmed: re.Pattern[str]
    stop: re.Pattern[str]
    new_thing: re.Pattern[str]
    how: re.Pattern[str]


@cache
def _forms() -> _Forms:
    lists = {key: one_of(words) for key, words in word_lists("concerns").items()}
    aside = rf"(?:, {lists['asides']},)?"
    who = r"\b(?:I|[Ww]e)"
    degrees = rf"(?:{lists['degrees']}(?:,| and)? )*"
    concerns = rf"(?P<words>{degrees}{lists['nouns']})"
    links, me = lists["links"], r"(?:me|us)"
    found = r"to (?:see|learn|find|hear)(?: that)?"
    adverbs = r"(?:(?:also|still|therefore|now|most|\w+ly) )*"
    return _Forms(
        stating=(
            compiled(
                rf"{who}(?:’ve)? (?:\w+ ){{0,3}}?{lists['having']} (?:{lists['quantities']} )*"
                rf"{concerns}{aside} {links} "
            ),
            compiled(
                rf"{who}(?: \w+ly| also| still)?(?:’m| am| are| feel| remain| was| were| continue to be"
                rf"| have become| came away) (?:{lists['moods']} )*(?P<words>{lists['states']}){aside} "
                rf"(?:{links}(?:, [^,;]{{3,40}},)?|{found}) "
            ),
            compiled(rf"{who} {adverbs}(?P<words>worry){aside} {links} "),
            compiled(
                rf"\b[Ii]t {adverbs}(?P<words>{lists['troubling']} {me}"
                rf"|(?:causes?|gives?) {me} (?:cause for )?{degrees}{lists['nouns']}"
                rf"|is (?:a |an )?(?:matter|source|cause) of {degrees}{lists['nouns']}(?: (?:to|for) {me})?)"
                rf" (?:{links}|how|when|{found}) "
            ),
            compiled(rf"\b[Mm]y {concerns} (?:is|are|relates? to|remains?)(?: still)? (?:{links} )?"),
            compiled(
                rf"\b[Ww]hat (?P<words>{lists['troubling']} {me}(?: most| above all| more than anything)?)"
                rf"(?: (?:in|about|at) [^,.;]{{2,40}}?)? (?:is|was|are|were) (?:{links} )?"
            ),
            compiled(
                rf"(?P<words>\b(?:I am|I’m|I remain) (?:still )?not(?: yet| at all)? {lists['sure']}"
                rf"|\b[Nn]or am I(?: yet)? {lists['sure']}) (?:that|about|of) "
            ),
        ),
        caused=compiled(
            r"(?:^|[;,:] )(?:(?:But|However|Also|In addition|And|but|and|yet),? )?"
            rf"(?P<thing>(?!{lists['pronouns']}\b)[^.;:,]{{3,160}}?) "
            r"(?:also |still |continues? to |therefore |\w+ly )*(?P<words>"
            rf"{lists['troubling']} {me}\b(?! that\b)"
            rf"|(?:causes?|caused|gives?|is causing) {me} {degrees}(?:cause for )?{degrees}{lists['nouns']}"
            rf"|(?:is|are|remains?) (?:a |an |of |the )?(?:(?:matter|source|cause) (?:of|for) )?{degrees}"
            rf"{lists['nouns']}(?= (?:to|for) {me}\b))"
        ),
        calmed=compiled(rf"\b{lists['calmed']}\b(?: \w+){{0,2}}$"),
        stop=compiled(lists["stops"]),
        new_thing=compiled(
            rf"(?:,? and (?:also )?|, )(?:{lists['links']} )?(?={lists['things']}\b)"
            r"|,? and (?:also )?(?:about|over|regarding|relating to|in relation to|around) (?!which\b|whom\b)"
        ),
        how=compiled(
            rf"(?:how (?:{lists['manners']} |the )?|the way (?:in which |that )?|the extent to which )"
        ),
    )


def find_concerns(text: str, parts: Sequence[Part], words: Words) -> tuple[Concern, ...]:
    """All concerns in order; ``start``/``end`` run from "concerns" to the end of the thing's words.

    Where the thing comes first ("… causes me concern") they run from the thing to "concern".
    """
    found: list[Concern] = []
    for part in parts:
        if part.role not in ("prose", "item") or part.top == "annex" or part.box is not None:
            continue
        for start, end in find_sentences(part.line.text):
            found.extend(_of_sentence(text, part.line.start + start, part.line.start + end, words))
    return tuple(found)


def _of_sentence(text: str, start: int, end: int, words: Words) -> Iterator[Concern]:
    sentence = text[start:end].replace("'", "’")
    for match in _forms().caused.finditer(sentence):
        if _forms().calmed.search(match["thing"]):
            continue
        begin, until = start + match.start("thing"), start + match.end()
        yield Concern(text[begin:until], begin, until, _areas("", match["thing"], words))
    for form in _forms().stating:
        for match in form.finditer(sentence):
            if _forms().calmed.search(sentence[: match.start("words")].rstrip()):
                continue
            begin, body = match.start("words"), match.end()
            stop = _end_of_things(sentence, body)
            names = words.area_spans(sentence)
            for prefix, at, until in _things(sentence, body, stop, names):
                lead = sentence[begin:body] if at != begin else ""
                said = lead + prefix + sentence[at:until]
                named = _areas(prefix, sentence[at:until], words)
                composed = said != sentence[begin:until]
                yield Concern(said, start + begin, start + until, named, composed)


def _end_of_things(sentence: str, body: int) -> int:
    stop = _forms().stop.search(sentence, body)
    end = stop.start() if stop else len(sentence)
    return body + len(sentence[body:end].rstrip(" .!’”\"'"))


def _things(sentence: str, start: int, end: int, names: Sequence[Span]) -> Iterator[tuple[str, int, int]]:
    """(words that go before, start, end) of each thing of a coordination; no name is taken apart."""
    cuts = [(m.start(), m.end()) for m in _forms().new_thing.finditer(sentence, start, end)]
    cuts = [(a, b) for a, b in cuts if not any(name[0] < a < name[1] for name in names)]
    begins = [start, *(after for _, after in cuts)]
    ends = [*(before for before, _ in cuts), end]
    for begin, until in zip(begins, ends, strict=True):
        yield from _verb_things(sentence, begin, until, names)


def _verb_things(
    sentence: str, start: int, end: int, names: Sequence[Span]
) -> Iterator[tuple[str, int, int]]:
    """Splits "how well X does this, does that and does more" (or "in doing …", "to do …") after its frame."""
    frame = _frame_end(sentence, start, end)
    if frame is None:
        yield "", start, end
        return
    at, is_verb = frame
    cuts = [
        (m.start(), m.end())
        for m in re.finditer(r", and |, | and | or ", sentence[at:end])
        if is_verb(sentence[at + m.end() : end])
        and not any(name[0] < at + m.start() < name[1] for name in names)
    ]
    begins = [at, *(at + after for _, after in cuts)]
    ends = [*(at + before for before, _ in cuts), end]
    for begin, until in zip(begins, ends, strict=True):
        yield sentence[start:at], begin, until


def _frame_end(sentence: str, start: int, end: int) -> tuple[int, Callable[[str], bool]] | None:
    """Where the first verb of the coordination begins, and the test that finds the others."""
    piece = sentence[start:end]
    if match := _forms().how.match(piece):
        places = (m.start() for m in re.finditer(r"\S+", piece) if m.start() >= match.end())
        verb = next((at for at in places if _is_third(piece[at:])), None)
        return None if verb is None else (start + verb, _is_third)
    if match := pattern("concerns", "doing").search(piece):
        return start + match.end(), _is_gerund
    if re.match(r"\w+ing\b", piece):
        return start, _is_gerund
    return None


def _word(text: str) -> str:
    before = one_of(word_lists("concerns")["before-verb"])
    match = compiled(rf"(?:{before} )*([\w’-]+)").match(text)
    return match[1].casefold() if match else ""


def _is_third(text: str) -> bool:
    return (
        _word(text) in third_person_forms() or _word(text) in ("is", "has", "does")
    ) and " " in text.strip()


def _is_gerund(text: str) -> bool:
    return _word(text).endswith("ing") and len(_word(text)) > 4 and " " in text.strip()


def _areas(prefix: str, thing: str, words: Words) -> tuple[str, ...]:
    """The areas that a thing names, by any of their names; failing that, the one whose deed it tells."""
    named = words.areas_named(thing) or words.areas_named(prefix + thing)
    told = None if named else area_of_clause(prefix + thing, words.areas)
    return tuple(area.label for area in named) or ((told.label,) if told else ())
