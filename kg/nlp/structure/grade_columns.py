"""Which column of a table of grades holds those that this report gives; its heads tell.

A table shows the grades of two cycles side by side, what a force thinks of itself, what it aims at, or those
of another force. A grade is taken only from the column of this inspection, and by its place: a row whose cell
there is empty has none, whatever stands beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.model.text.comparing import name_key
from kg.nlp.document.wording import Words, last_year
from kg.nlp.rules.pattern_files import pattern
from kg.nlp.structure.earlier_grades import is_earlier_column

_MOST_WORDS = 12


def heads_by_column(heads: Sequence[str], width: int) -> dict[int, str]:
    """The heads with the numbers of their columns, in a table so many columns wide.

    That of the names may have no head, and readers leave out empty cells at the ends of rows.
    """
    without_first = len(heads) < width or (len(heads) > 0 and _is_of_grades(heads[0]))
    return dict(enumerate(heads, max(width - len(heads), 1) if without_first else 0))


def this_column(heads: Mapping[int, str], used: set[int], words: Words) -> int | None:
    """The column of this inspection's grades, where ``used`` are those that hold any.

    None if the heads do not say which it is, or that all are others'.
    """
    if 0 in heads and 0 not in used and is_of_others(heads[0], words):
        return None  # "How people rated the force | Grade"
    columns = sorted(used | {at for at, head in heads.items() if _is_of_grades(head)})
    own = [at for at in columns if at not in heads or not is_of_others(heads[at], words)]
    current = [at for at in own if pattern("structure", "overview.current").search(heads.get(at, ""))]
    if len(current) == 1:
        return current[0]
    if len(own) == 1:
        return own[0]
    years = {at: last_year(heads.get(at, "")) for at in own}
    latest = max((year for year in years.values() if year), default=None)
    if None not in years.values() and list(years.values()).count(latest) == 1:
        return next(at for at, year in years.items() if year == latest)
    return None


def is_of_others(head: str, words: Words) -> bool:
    """Whether grades under this head are not those that this report gives the inspected body."""
    others = pattern("structure", "overview.others").search(head) is not None
    return others or is_earlier_column(head) or names_another_body(head, words)


def heads_others(text: str, words: Words) -> bool:
    """Whether a heading or lead-in says that the grades below it are of an earlier cycle, of another body, or
    in another's voice ("In 2021/22 the grades were:", "Kent Police", "The force’s self-assessment"). A long
    sentence may speak of an earlier year or a survey and lead to this inspection's grades all the same."""
    if len(text.split()) > _MOST_WORDS:
        return False
    body = pattern("structure", "overview.body")
    of_body = pattern("structure", "overview.grades-of").search(text) or body.fullmatch(text.rstrip(":"))
    return (
        (of_body is not None and names_another_body(text, words))
        or pattern("structure", "overview.others").search(text) is not None
        or words.is_of_earlier_cycle(text)
    )


def names_another_body(text: str, words: Words) -> bool:
    """Whether a head or lead-in names a force, service or council, and not the inspected one."""
    own = [name_key(name) for name in words.names]
    named = [name_key(match["body"]) for match in pattern("structure", "overview.body").finditer(text)]
    return bool(own and named) and not any(one in name or name in one for name in named for one in own)


def _is_of_grades(head: str) -> bool:
    """Whether the head of a column says of when or whose the grades in it are."""
    return (
        last_year(head) is not None
        or is_earlier_column(head)
        or pattern("structure", "overview.current").search(head) is not None
    )
