"""The inspector's own statements of concern ("I have serious concerns about how well the force …").

One concern for each thing that concern is expressed about: coordinated clauses are taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.nlp.clauses import verb_forms
from kg.nlp.outline import Part
from kg.nlp.sentences import find_sentences
from kg.nlp.wording import Words
from kg.records import Concern

_DEGREE = (
    "serious|significant|particular|major|grave|real|deep|further|continuing|ongoing|specific|considerable|substantial"
    "|several|wider|similar|main|greatest|biggest|strong|additional|important|fundamental|overriding|principal|acute"
)
_HAVE = re.compile(
    rf"\b(?:I|[Ww]e)(?:’ve)? (?:\w+ ){{0,3}}?(?:have|had|retain|hold|express(?:ed)?) (?:(?:also|still|some|a number of|now|two|three|four"
    rf"|the following|clear|had) )*(?P<words>(?:(?:{_DEGREE})(?:,| and)? )*concerns?) (?P<link>about|over|regarding|with|relating to"
    r"|in relation to|around|that|as to|at) "
)
_AM = re.compile(
    r"\b(?:I|[Ww]e)(?:’m| am| are| remain| was| were| continue to be) (?:(?:also|still|very|particularly|deeply|seriously|extremely|now|therefore"
    r"|especially|most|increasingly|\w+ly) )*(?P<words>concerned|worried) (?P<link>about|that|by|at|with|over) "
)
_MY = re.compile(
    rf"\b[Mm]y (?P<words>(?:(?:{_DEGREE}) )*concerns?) (?:is|are|relates? to|remains?)(?: still)? (?P<link>about|with|over|that)? ?"
)
_CALMED = re.compile(
    r"\b(?:no longer|don’t|do not|not|no|never|haven’t|few|without|had|was|were)\b(?: \w+){0,2}$"
)
_STOP = re.compile(
    r"(?:, (?:but|although|though|which|who|and (?:I|we|this|these|it is|there|will|have)\b|so|as|because|where|despite|while|whilst|given|since)\b"
    r"| (?:but|although|because|despite|which is why) |; | – | — |: )"
)
_NEW_FRAME = re.compile(
    r"(?:,? and (?:also )?|, )(?:(?:about|over|with|regarding) )?(?=(?:how|whether|its|the (?:way|number|time|quality|lack|force’s|service’s|constabulary’s"
    r"|performance|extent|level|management|investigation|protection|standard|effectiveness|response|rate|backlog|delays?))\b)"
)
_HOW = re.compile(
    r"(?:how (?:well |effectively |efficiently |quickly |consistently |promptly |the )?|the way (?:in which |that )?|the extent to which )"
)


def find_concerns(text: str, parts: Sequence[Part], words: Words) -> tuple[Concern, ...]:
    """All concerns in order; ``start``/``end`` run from "concerns" to the end of the thing's words."""
    found: list[Concern] = []
    for part in parts:
        if part.role not in ("prose", "item") or part.top == "annex" or part.box is not None:
            continue
        for start, end in find_sentences(part.line.text):
            found.extend(_of_sentence(text, part.line.start + start, part.line.start + end, words))
    return tuple(found)


def _of_sentence(text: str, start: int, end: int, words: Words) -> Iterator[Concern]:
    sentence = text[start:end].replace("'", "’")
    for form in (_HAVE, _AM, _MY):
        for match in form.finditer(sentence):
            if _CALMED.search(sentence[: match.start("words")].rstrip()):
                continue
            begin, body = match.start("words"), match.end()
            stop = _end_of_things(sentence, body)
            for prefix, at, until in _things(sentence, body, stop):
                lead = sentence[begin:body] if at != begin else ""
                said = lead + prefix + sentence[at:until]
                named = _areas(prefix, sentence[at:until], words)
                yield Concern(said, start + begin, start + until, named)


def _end_of_things(sentence: str, body: int) -> int:
    stop = _STOP.search(sentence, body)
    end = stop.start() if stop else len(sentence)
    return body + len(sentence[body:end].rstrip(" .!’”\"'"))


def _things(sentence: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """(words that go before, start, end) of each thing of a coordination."""
    cuts = [(m.start(), m.end()) for m in _NEW_FRAME.finditer(sentence, start, end)]
    begins = [start, *(after for _, after in cuts)]
    ends = [*(before for before, _ in cuts), end]
    for begin, until in zip(begins, ends, strict=True):
        yield from _verb_things(sentence, begin, until)


def _verb_things(sentence: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
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
    ]
    begins = [at, *(at + after for _, after in cuts)]
    ends = [*(at + before for before, _ in cuts), end]
    for begin, until in zip(begins, ends, strict=True):
        yield sentence[start:at], begin, until


def _frame_end(sentence: str, start: int, end: int):  # type: ignore[no-untyped-def]
    """Where the first verb of the coordination begins, and the test that finds the others."""
    piece = sentence[start:end]
    if match := _HOW.match(piece):
        verb = next(
            (
                m
                for m in re.finditer(r"\S+", piece)
                if m.start() >= match.end() and _is_third(piece[m.start() :])
            ),
            None,
        )
        return (start + verb.start(), _is_third) if verb else None
    if match := re.search(r"\b(?:in|at|when|with|by|about) (?=\w+ing\b)", piece):
        return start + match.end(), _is_gerund
    if re.match(r"\w+ing\b", piece):
        return start, _is_gerund
    if match := re.search(r"\b(?:ability|capacity|failure|need|capability) to ", piece):
        return start + match.end(), _is_base
    return None


def _word(text: str) -> str:
    match = re.match(r"(?:(?:doesn’t|isn’t|also|then|effectively|consistently|\w+ly) )*([\w’-]+)", text)
    return match[1].casefold() if match else ""


def _is_third(text: str) -> bool:
    return (_word(text) in verb_forms()[1] or _word(text) in ("is", "has", "does")) and " " in text.strip()


def _is_base(text: str) -> bool:
    return _word(text) in verb_forms()[0] and " " in text.strip()


def _is_gerund(text: str) -> bool:
    return _word(text).endswith("ing") and len(_word(text)) > 4 and " " in text.strip()


def _areas(prefix: str, thing: str, words: Words) -> tuple[str, ...]:
    """The areas that a thing names; failing that, the one that its words speak for."""
    named = words.areas_named(thing) or words.areas_named(prefix + thing)
    if named:
        return tuple(area.label for area in named)
    about = words.area_about((thing, 1))
    return (about.label,) if about else ()
