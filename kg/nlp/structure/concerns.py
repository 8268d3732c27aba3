"""The inspector's own statements of concern ("I have serious concerns about how well …", "It troubles me that
…", "… gives me cause for concern").

How concern is stated is data (``concerns.jsonl``): who inspects is the subject, or the object of what causes
concern. One concern for each thing that concern is expressed about: coordinated clauses are taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.model.records import Concern, Known, Span
from kg.model.text.sentences import find_sentences
from kg.nlp.document.wording import Words
from kg.nlp.rules.pattern_files import compiled, load_patterns, one_of, pattern, word_lists
from kg.nlp.structure.area_clauses import area_of_clause, area_of_matter
from kg.nlp.structure.clauses import third_person_forms
from kg.nlp.structure.grade_columns import names_another_body
from kg.nlp.structure.outline import Part

_FILE = "concerns"
_LONGEST = 200
"""Characters of what causes concern, at most: a longer subject is more than its own clause."""


@dataclass(frozen=True, slots=True)
class _Forms:
    """What parts the things that concern is expressed about."""

    calmed: re.Pattern[str]
    stop: re.Pattern[str]
    digression: re.Pattern[str]
    new_thing: re.Pattern[str]
    how: re.Pattern[str]
    pronoun: re.Pattern[str]


@cache
def _forms() -> _Forms:
    lists = {key: one_of(words) for key, words in word_lists(_FILE).items()}
    return _Forms(
        calmed=compiled(rf"\b{lists['calmed']}\b(?: \w+){{0,2}}$"),
        stop=compiled(lists["stops"]),
        digression=compiled(lists["digressions"]),
        new_thing=compiled(
            rf"(?:,? and (?:also )?|, )(?:{lists['links']} )?(?={lists['things']}\b)"
            r"|,? and(?:,[^,;:]{3,40},)? (?:also )?(?:about|over|regarding|relating to|in relation to|around)"
            r" (?!which\b|whom\b)"
        ),
        how=compiled(
            rf"(?:how (?:{lists['manners']} |the )?|the way (?:in which |that )?|the extent to which )"
        ),
        pronoun=compiled(rf"{lists['pronouns']}\b"),
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
            said = _of_sentence(text, part.line.start + start, part.line.start + end, words)
            found.extend(sorted(said, key=lambda concern: concern.start))
    return tuple(found)


def _of_sentence(text: str, start: int, end: int, words: Words) -> Iterator[Concern]:
    sentence = text[start:end].replace("'", "’")
    caused = list(_caused(sentence))
    for thing, until in caused:
        begin = start + thing[0]
        said = text[begin : start + until]
        if _is_of_another(sentence[slice(*thing)], words):
            continue
        new = Concern(said, begin, start + until, (), continuing=_continues(sentence[thing[1] : until]))
        yield _with_area(new, "", sentence[slice(*thing)], words)
    names = words.area_spans(sentence)
    for match in _stated(sentence):
        goes_on = _continues(sentence[match.start() : match.end()])
        begin, body = match.start("words"), match.end()
        clauses = [thing[0] for thing, _ in caused if thing[0] > body]
        stop = _end_of_things(sentence, body, min(clauses, default=len(sentence)))
        aside = match.groupdict().get("aside") or ""
        for prefix, at, until in _things(sentence, body, stop, names):
            if not _is_thing(sentence[at:until]) or _is_of_another(prefix + sentence[at:until], words):
                continue
            lead = sentence[begin:body].replace(aside, "", 1) if at != begin else ""
            said = lead + prefix + sentence[at:until]
            composed = said != sentence[begin:until]
            stated = Concern(said, start + begin, start + until, (), composed, goes_on)
            yield _with_area(stated, prefix, sentence[at:until], words)


def _continues(said: str) -> bool:
    """Whether the words of concern say that it is not new."""
    return pattern(_FILE, "continuing").search(said) is not None


def _stated(sentence: str) -> Iterator[re.Match[str]]:
    """The words by which the inspector states concern, up to what it is about; ``words`` is "concerns"."""
    for form in load_patterns(_FILE):
        if form.role == "stated":
            for match in form.regex.finditer(sentence):
                if not _forms().calmed.search(sentence[: match.start("words")].rstrip()):
                    yield match


def _caused(sentence: str) -> Iterator[tuple[Span, int]]:
    """What causes concern, as the subject of a clause, and where the words of concern end."""
    for match in pattern(_FILE, "caused").finditer(sentence):
        before = [m.end() for m in pattern(_FILE, "clause").finditer(sentence, 0, match.start())]
        begin = before[-1] if before else 0
        if opening := pattern(_FILE, "opening").match(sentence, begin, match.start()):
            begin = opening.end()
        thing = pattern(_FILE, "before-cause").sub("", sentence[begin : match.start()])
        if 3 <= len(thing) <= _LONGEST and _is_subject(thing) and not _forms().calmed.search(thing):
            yield (begin, begin + len(thing)), match.end()


def _is_subject(said: str) -> bool:
    """Whether words can be the subject of "… worries me": no pronoun begins or ends them."""
    return not (_forms().pronoun.match(said) or said.endswith((" that", " which", " who")))


def _is_of_another(thing: str, words: Words) -> bool:
    """Whether a thing is another body, or what it does, by its name: "how Kent Police answers calls"."""
    subject = pattern(_FILE, "subject").match(thing)
    named = pattern("structure", "overview.body").match(thing, subject.end() if subject else 0)
    ours = compiled(rf"\b{words.body}\b").search(thing) is not None
    return named is not None and not ours and names_another_body(named[0], words)


def _is_thing(said: str) -> bool:
    """Whether words say what a concern is about, and do not only point to it or count what follows."""
    only_points = _forms().pronoun.match(said) and " " not in said.strip()
    return not (only_points or pattern(_FILE, "counted").search(said))


def _end_of_things(sentence: str, body: int, before: int) -> int:
    stop = _forms().stop.search(sentence, body, before)
    end = stop.start() if stop else before
    plain = compiled(r"(?:,? and|,)?[ .!’”\"']*\Z").sub("", sentence[body:end])
    return body + len(plain)


def _things(sentence: str, start: int, end: int, names: Sequence[Span]) -> Iterator[tuple[str, int, int]]:
    """(words that go before, start, end) of each thing of a coordination; no name is taken apart."""
    cuts = [(m.start(), m.end()) for m in _forms().new_thing.finditer(sentence, start, end)]
    cuts = [(a, b) for a, b in cuts if not any(name[0] < a < name[1] for name in names)]
    cuts = [(a, b) for a, b in cuts if not pattern(_FILE, "dangling").search(sentence, start, a)]
    begins = [start, *(after for _, after in cuts)]
    ends = [*(before for before, _ in cuts), end]
    for begin, until in zip(begins, ends, strict=True):
        digression = _forms().digression.search(sentence, begin, until)
        own_end = digression.start() if digression else until
        yield from _verb_things(sentence, begin, own_end, names)


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
        for m in re.finditer(r"(?:, and |, | and | or )(?:(?:in|at|with|by) (?=\w+ing\b))?", sentence[at:end])
        if is_verb(sentence[at + m.end() : end])
        and not _is_bare(sentence[at : at + m.start()])
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


def _is_bare(said: str) -> bool:
    """Whether words are verbs alone, whose object is still to come: "answers and attends calls"."""
    verb = rf"(?:{one_of(word_lists(_FILE)['before-verb'])} )*[\w’-]+"
    return compiled(rf"{verb}(?:(?:, and |, | and | or ){verb})*").fullmatch(said) is not None


def _is_third(text: str) -> bool:
    return (
        _word(text) in third_person_forms() or _word(text) in ("is", "has", "does")
    ) and " " in text.strip()


def _is_gerund(text: str) -> bool:
    return _word(text).endswith("ing") and len(_word(text)) > 4 and " " in text.strip()


def _with_area(concern: Concern, prefix: str, thing: str, words: Words) -> Concern:
    """The concern with the areas that its thing names; failing that, with the one whose deed or matter it
    tells, which is derived: "how it answers non-emergency calls" is no name of an area."""
    named = words.areas_named(thing, running=True) or words.areas_named(prefix + thing, running=True)
    how = "stated"
    if not named:
        told = area_of_clause(prefix + thing, words.areas) or area_of_matter(prefix + thing, words.areas)
        named, how = [told] if told else [], "derived"
    known = (Known("area", how, concern.start, concern.end),) if named else ()
    return replace(concern, areas=tuple(area.label for area in named), known=known)
