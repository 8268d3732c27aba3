"""The main verb of a line, found by grammar: a subject, a verb that agrees with it, what may follow a verb.

There is no tagger: which forms a verb has is known (a lexicon of 6,400 verbs), and which verbs are nouns too.
A form that may be a noun is one unless its subject agrees with it and the words around it leave no other
reading: "The force *records* most crime", unlike "crime *records*". A past form that may be a participle is
one unless an object or an actor shows that it is finite: "Officers *planned* operations", unlike "operations
*planned* by officers". A verb of a relative or subordinate clause is not the line’s own: "children who *need*
help".
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from kg.model.text.plurals import looks_plural
from kg.model.text.verbs import all_third, forms_of, is_base, participles, past_forms
from kg.nlp.rules.pattern_files import words
from kg.nlp.structure.subjects import (
    Word,
    begins_with_preposition,
    can_be_noun,
    can_head,
    is_adverb,
    is_agent,
    is_in,
    is_plural,
    is_pronoun,
    subject_of,
    word_list,
)

_ENDS_NOUN_PHRASE = ("of", "and", "or", "by")
_ELLIPSIS = 4
"""Words before which a clause without a verb ends."""


def has_main_verb(line: Sequence[Word]) -> bool:
    """Whether a line has a finite verb of its own: one more than the clauses that are inside it."""
    if line[0].low in word_list("auxiliaries") and "’" in line[0].low:
        return True  # "There’s", "They’re"
    starts = [0]  # where the subjects of the open clauses begin, the innermost last
    if line[0].low in word_list("subordinators"):
        starts.append(1)
    of_inner = verb_inside = False
    for at in range(1, len(line)):
        if line[at].mark and len(starts) > 1 and at - starts[-1] < _ELLIPSIS and not verb_inside:
            starts.pop()  # "Where possible, …"
            starts[0] = at if len(starts) == 1 and starts[0] == 0 and at <= _ELLIPSIS else starts[0]
        if _opens_clause(line, at):
            starts.append(at if line[at].low in word_list("relatives") else at + 1)
            verb_inside = False
        elif not of_inner and _opens_bare_relative(line, at, starts[-1]):
            starts.append(at)
            verb_inside = False
        elif _is_finite(line, at, starts[-1]):
            if len(starts) == 1 and not (of_inner and _is_joined(line, at)):
                return True
            of_inner = verb_inside = True
            if len(starts) > 1:
                starts.pop()
    return False


_FAR = 150
"""So many words before a word and behind it are looked at: more than any clause has."""


def is_finite(tokens: Sequence[str], at: int) -> bool:
    """Whether a token of a sentence, whose marks are tokens too, is the finite verb of its clause.

    The first word of a clause is none.
    """
    far = max(0, at - _FAR)
    start = next((n + 1 for n in range(at - 1, far - 1, -1) if not tokens[n][0].isalnum()), far)
    if at <= start or not tokens[at][0].isalnum():
        return False
    line = _words(tuple(tokens[start : at + _FAR]))
    end = next((n for n in range(at - start, len(line)) if not line[n].text[0].isalnum()), len(line))
    opened = [n for n in range(at - start) if is_in(line[n].low, "relatives")]
    place = at - start
    if place == end - 1 and _kind_of().get(line[place].low) == "both" and is_plural(line[place - 1]):
        return is_base(line[place].low)  # a sentence has a verb, a heading need not: "…, workers act"
    return _is_finite(line[:end], place, opened[-1] if opened else 0)


@lru_cache(maxsize=256)
def _words(tokens: tuple[str, ...]) -> tuple[Word, ...]:
    """Tokens as words; kept, since of one sentence each word is asked after."""
    return tuple(Word(token, token.replace("'", "’").casefold(), "") for token in tokens)


def is_instruction(line: Sequence[Word]) -> bool:
    """Whether a line begins with an imperative: "Ensure that …", "Review the …"."""
    first, second = line[0].low, line[1].low
    if line[0].text.isupper() or first not in report_verbs() or is_in(first, "plurals", "adjectives_too"):
        return False
    object_follows = second in word_list("articles") and second not in ("this", "that")
    only_verb = not is_in(first, "nouns_too", "nouns_first")
    return object_follows or (only_verb and (second in ("that", "sure") or is_plural(line[1])))


def _opens_clause(line: Sequence[Word], at: int) -> bool:
    """Whether a word opens a clause whose verb is not the line’s: a relative or subordinate one."""
    low, before = line[at].low, line[at - 1].low
    if low == "that":
        return before not in word_list("prepositions")
    return is_in(low, "relatives", "interrogatives", "subordinators")


def _opens_bare_relative(line: Sequence[Word], at: int, start: int) -> bool:
    """Whether a noun phrase directly after a noun opens a relative clause without its pronoun: "the time *it*
    takes", "crimes *the force* doesn’t record". Behind a verb ("to tackle *the* …") it is an object."""
    word, before = line[at], line[at - 1]
    if word.mark or word.low not in word_list("bare_relatives") or at - 1 < start:
        return False
    verbal = before.low.endswith(("ing", "ed")) or (at > 1 and line[at - 2].low == "to")
    opening = start == 0 and is_in(line[0].low, "function_words", "subordinators")
    other = is_in(before.low, "quantities", "pronouns", "particles", "bare_determiners")
    other = other or (before.low in word_list("times") and word.low != "it")
    return not (verbal or opening or other) and can_head(line, at - 1, start)


def _is_joined(line: Sequence[Word], at: int) -> bool:
    """Whether a verb is joined by "and" to the verb before, and has no subject of its own."""
    place = at - 1
    while place > 0 and is_adverb(line[place].low):
        place -= 1
    return line[place].low in ("and", "or", "but", "nor", "then")


# What kind of verb a word can be.


def _is_finite(line: Sequence[Word], at: int, start: int) -> bool:
    """Whether a word is a finite verb of the clause whose subject begins at ``start``."""
    word, before = line[at], line[at - 1]
    low = word.low
    if is_in(low, "plurals", "function_words", "adverbs", "particles", "joints"):
        return False
    if low in word_list("auxiliaries") and low not in ("needs", "need"):
        return not (before.low == "to" and low in ("have", "do")) and not (
            word.is_name and before.low in word_list("before_noun")
        )
    if low.endswith("n’t"):
        return True
    if word.mark == ":":
        return False  # no subject: "PEEL 2023–25: causes of concern"
    if word.is_name and not _is_title_case(line):
        return False  # a name: "Sarah Crew", "the Children Act 2004"
    if (before.low == "to" and is_base(low)) or (
        before.low in word_list("before_noun") and not is_pronoun(line, at - 1, start)
    ):
        return False
    if before.mark and before.low in word_list("function_words"):
        return False
    if low in past_forms() and low not in word_list("only_adjectives") and low not in _third():
        return _is_past(line, at, start)
    if low in _third():
        return _is_third(line, at, start)
    if not is_base(low):
        return False
    return _is_plural_verb(line, at, start) or (low in forms_of(low).past and _is_past(line, at, start))


@cache
def report_verbs() -> frozenset[str]:
    """The verbs of ``patterns/verbs.jsonl``, in their base form."""
    return frozenset(words("verbs", "verbs"))


@cache
def _third() -> frozenset[str]:
    """The third person of all verbs of the lexicon and of the list."""
    return all_third() | {form for verb in report_verbs() for form in forms_of(verb).third}


@cache
def _kind_of() -> dict[str, str]:
    """For the forms of the list’s verbs: only a verb, a noun too, or mostly a noun. Others are not known."""
    kinds: dict[str, str] = {}
    for verb in report_verbs():
        kind = (
            "noun"
            if verb in word_list("nouns_first")
            else "both"
            if verb in word_list("nouns_too")
            else "verb"
        )
        kinds |= dict.fromkeys((verb, *forms_of(verb).third), kind)
    return kinds


# What follows.


def _after(line: Sequence[Word], at: int, *, particles: bool = False) -> list[str]:
    following = [word.low for word in line[at + 1 :]]
    return (
        following[1:] if particles and following[:1] and following[0] in word_list("particles") else following
    )


def _only_verbs_before(following: Sequence[str]) -> bool:
    """Whether no noun can stand before these words: a determiner, pronoun or adverb comes next. "Each year"
    and the like may follow a noun."""
    if not following or (len(following) > 1 and following[1] in word_list("times")):
        return False
    return is_in(following[0], "after_finite", "particles") or following[0].endswith("ly")


def _bare_noun_follows(following: Sequence[str]) -> bool:
    """Whether a noun or adjective without determiner comes next."""
    return bool(following) and not (
        is_in(following[0], "function_words", "prepositions", "joints") or following[0] in participles()
    )


def _has_its_preposition(verb: Word, following: Sequence[str]) -> bool:
    """Whether a verb is followed by the preposition that it goes with: "result in", "focus on"."""
    return bool(following) and any(
        following[0] == preposition and verb.low in (base, *forms_of(base).third)
        for base, preposition in _fixed()
    )


@cache
def _fixed() -> tuple[tuple[str, str], ...]:
    return tuple(
        (base, preposition) for base, preposition in map(str.split, sorted(word_list("fixed_prepositions")))
    )


# The three forms.


def _is_third(line: Sequence[Word], at: int, start: int) -> bool:
    """A third person, told from a plural noun: "the force trains", "Prevention reduces the …"."""
    word, subject, following = line[at], subject_of(line, at, start), _after(line, at)
    if subject is None:
        return False
    kind, near = _kind_of().get(word.low), subject.near
    nested = subject.long and not is_plural(near)
    if not (subject.takes_singular or nested) or (kind != "verb" and not can_be_noun(near)):
        return False
    if begins_with_preposition(line, subject) and kind != "verb":
        return False
    if subject.is_pronoun or subject.adverb or (_only_verbs_before(following) and kind is not None):
        return True
    named = (near.is_name and near is not line[0]) or near.text.isupper()
    institution = near.low in word_list("singulars") or (named and subject.bare)
    first = subject.determined and at - start <= 3 and line[start].low in word_list("articles")
    if not following or following[0] in ("and", "or"):
        another = len(following) > 2 and following[1] in _third()
        return (kind == "verb" and (not following or institution or first)) or (another and institution)
    if kind == "verb":
        return True
    if kind is None or kind == "noun":
        return following[0] in word_list("articles") and _only_verbs_before(following)
    if following[0] in _ENDS_NOUN_PHRASE or following[0].startswith(("assess", "analys")):
        return False
    if institution or first or (subject.long and is_plural(near)):
        return True
    if word.low == "needs":
        return following[0] == "to" or _bare_noun_follows(following)
    if _has_its_preposition(word, following):
        return True
    if word.mark:
        return not _bare_noun_follows(following)
    return _bare_noun_follows(following) and word.low not in word_list("attributive_plurals")


def _is_plural_verb(line: Sequence[Word], at: int, start: int) -> bool:
    """A base form after a plural, told from a noun: "Officers use bail", "Delays in the scheme leave us"."""
    word, subject, following = line[at], subject_of(line, at, start), _after(line, at)
    if subject is None:
        return False
    kind, near = _kind_of().get(word.low), subject.near
    collective = near.low in word_list("singulars") or (near.text.isupper() and len(near.text) > 1)
    board = collective and not subject.is_pronoun and (kind == "verb" or _only_verbs_before(following))
    if not (subject.takes_plural or board):
        return False
    if kind == "verb" or (subject.is_pronoun and near.low not in word_list("bare_determiners")):
        return True
    if not can_be_noun(near) or begins_with_preposition(line, subject):
        return False
    if word.low in participles() and following and following[0] in word_list("particles"):
        return False  # "priorities set out by …"
    if _only_verbs_before(following) or (following[:1] == ["that"] and is_plural(near)):
        ends = len(following) == 1 and following[0] in word_list("particles")  # “referrals pile up”
        return kind is not None or following[0] in word_list("articles") or (ends and is_plural(near))
    if subject.is_pronoun:
        return kind == "both" and near.low not in word_list("quantities")
    if subject.adverb and kind == "both":
        return True
    if kind is None:
        people = is_agent(near.low) and near.low not in word_list("plurals")
        return people and bool(following) and following[0] not in _ENDS_NOUN_PHRASE
    if kind == "noun":
        return False
    if not following:
        return word.low in word_list("changes") and is_plural(near)
    if not is_plural(near):
        return subject.long and _has_its_preposition(word, following)
    counted = subject.first.low in word_list("plural_determiners")
    if near.low in word_list("attributive_plurals") and not counted:
        return _has_its_preposition(word, following)
    if following[0] in ("and", "or"):
        return len(following) > 2 and is_base(following[1])
    if word.low in participles():
        return _begins_object(following)  # "rules set by the board"
    return following[0] not in ("of", "by")


def _is_past(line: Sequence[Word], at: int, start: int) -> bool:
    """A past form with its subject before it, where no participle could stand.

    Most past forms are participles too. With an object after them they are finite: "Officers planned
    operations", "The force stopped recording crime". Without one they are finite after somebody who acts
    ("The force invested in training"), or if the verb needs no object ("Response times improved"); else they
    belong to the noun before ("Calls answered within target").
    """
    subject, low = subject_of(line, at, start), line[at].low
    if subject is None:
        return False
    if low not in participles():
        return True
    following = _after(line, at, particles=True)
    near = subject.near
    named = near.is_name and (near is not line[0] or near.text.isupper()) and not _is_title_case(line)
    acts = named or is_in(near.low, "singulars", "pronouns", "relatives")
    if subject.is_pronoun and not acts:
        return _is_past_of_pronoun(near.low, following)
    if following[:1] == ["that"]:
        return True
    if following and following[0] in word_list("articles") and _begins_object(following):
        return acts or is_agent(near.low) or low not in _past_of("ditransitives")
    if _begins_object(following):
        if low in word_list("compound_participles") or (
            subject.long and near.low in word_list("singulars") and not looks_plural(following[0])
        ):
            return False
        return acts or (is_plural(near) and (near.low, at) != ("police", 1)) or subject.determined
    if low in _past_of("intransitives"):
        return not _names_agent(following)
    if following and (is_adverb(following[0]) or following[0] in ("and", "or")):
        return acts or is_agent(near.low)
    return acts and bool(following) and not _names_agent(following)


def _is_past_of_pronoun(pronoun: str, following: Sequence[str]) -> bool:
    """As in "This resulted in", "This helped officers", unlike "these planned operations"."""
    if not following or _only_verbs_before(following):
        return bool(following)
    if pronoun in word_list("plural_determiners"):
        return False
    return is_in(following[0], "function_words", "joints") or looks_plural(following[0])


def _begins_object(following: Sequence[str]) -> bool:
    """Whether what follows a verb begins with its object, or with what takes the place of one."""
    if not following or following[0].isdigit():
        return False
    if len(following) > 1 and following[1] in word_list("times"):
        return False
    return not (is_in(following[0], "function_words", "joints") or is_adverb(following[0]))


def _names_agent(following: Sequence[str]) -> bool:
    """ "by officers", unlike "by 10 percent", "by a third" and "by training staff"."""
    if following[:1] != ["by"] or len(following) < 2:
        return False
    return not (following[1] in ("a", "an") or following[1].isdigit() or following[1].endswith("ing"))


@cache
def _past_of(key: str) -> frozenset[str]:
    """The past forms of the verbs of a list."""
    return frozenset(form for verb in word_list(key) for form in forms_of(verb).past)


def _is_title_case(line: Sequence[Word]) -> bool:
    """Whether a line has all its longer words in capitals."""
    long = [word for word in line if len(word.low) > 3]
    return len(long) > 2 and all(word.is_name for word in long)
