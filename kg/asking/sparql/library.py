"""The saved queries: one ``.rq`` file each, with a head of comments that says what it answers.

::

    # purpose: Which grade did each force get in each area?
    # group: grades and reasons
    # param force ?body (entity): only this force
    # columns: force, framework, area, grade, report
    # derived: (columns that are computed and not stated in a report)
    # needs: (a parameter without which the answer is the whole dataset)

A parameter binds a variable (``?name`` unless the head names another) where the text has the comment
``# VALUES ?variable``; without a value the comment stays, the variable is free and all rows come. What stands
behind ``# WITH ?variable:`` is part of the text only where the variable has a value: it binds what the rows
are about before anything is looked up, so that an answer on one force costs what its rows cost. A meaning
``one of count, percent; more words`` closes the list of values: any other is an error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.asking.sparql.composing import composed
from kg.model.errors import CannotRead, CannotUnderstand, Unknown
from kg.model.labels import MENTION_LABELS
from kg.model.vocab import under_base

FOLDER = Path(__file__).resolve().parent / "saved"
KINDS = ("entity", "report", "area", "iri", "text", "date", "number")
GROUPS = (
    "grades and reasons",
    "figures and trends",
    "concerns and duties",
    "who and what is named",
    "over reports",
    "for curators",
)
"""What the saved queries are sorted by: the kinds of question that people ask, in the order of the lists."""
_PARAM = re.compile(r"param (\w+)(?: \?(\w+))? \((\w+)\): (.+)")
_ONE_OF = re.compile(r"one of ([\w-]+(?:, [\w-]+)*)(?:;.*)?")
_FIELD = re.compile(r"(purpose|group|columns|derived|keywords|needs): (.+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that can be bound. ``kind`` is one of KINDS and says how a text becomes a term.

    ``values`` are the only ones that it may have, in the order of the head; empty where the list is open.
    """

    name: str
    variable: str
    kind: str
    meaning: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query with its head. ``parameters`` are names; ``inputs`` says more about each of them.

    ``text`` is the whole SPARQL. ``group`` is one of GROUPS for those that are kept here. ``needs`` is the
    parameter without which the rows are those of the whole dataset and hardly what was asked.
    """

    name: str
    purpose: str
    parameters: tuple[str, ...]
    columns: tuple[str, ...]
    text: str
    inputs: tuple[Parameter, ...] = ()
    derived: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    group: str = ""
    needs: str = ""


def parse_saved(name: str, text: str) -> SavedQuery:
    """A saved query from its text. Raises CannotUnderstand for a head line that is wrong.

    >>> parse_saved("n", "# purpose: Reports.\\n# columns: report\\nSELECT ?report {}").columns
    ('report',)
    """
    text = composed(name, text)
    fields: dict[str, str] = {}
    inputs: list[Parameter] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith("#"):
            break
        body = line[1:].strip()
        if field := _FIELD.fullmatch(body):
            fields[field[1]] = field[2]
        elif body.startswith("param "):
            inputs.append(_parameter(body, f"{name}, line {number}"))
    return SavedQuery(
        name, fields.get("purpose", ""), tuple(p.name for p in inputs), _list(fields, "columns"), text,
        tuple(inputs), _list(fields, "derived"), _list(fields, "keywords"),
        fields.get("group", ""), fields.get("needs", ""),
    )  # fmt: skip


def _list(fields: dict[str, str], name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in fields.get(name, "").split(",") if part.strip())


def _parameter(body: str, where: str) -> Parameter:
    match = _PARAM.fullmatch(body)
    if match is None or match[3] not in KINDS:
        kinds = "|".join(KINDS)
        raise CannotUnderstand(f"{where}: write a parameter as 'param name ?variable ({kinds}): meaning'")
    meaning = match[4].replace("{labels}", ", ".join(MENTION_LABELS))
    closed = _ONE_OF.fullmatch(meaning)
    values = tuple(closed[1].split(", ")) if closed else ()
    return Parameter(match[1], match[2] or match[1], match[3], meaning, values)


@cache
def saved_queries() -> tuple[SavedQuery, ...]:
    """All saved queries, by name; ``by_group`` sorts them for people."""
    paths = sorted(FOLDER.glob("*.rq"))
    return tuple(parse_saved(path.stem, under_base(path.read_text(encoding="utf-8"))) for path in paths)


def by_group() -> dict[str, tuple[SavedQuery, ...]]:
    """The saved queries of each group, in the order of GROUPS."""
    return {group: tuple(q for q in saved_queries() if q.group == group) for group in GROUPS}


def saved_query(name: str) -> SavedQuery:
    """The saved query of this name; raises Unknown with the names that are close."""
    for each in saved_queries():
        if each.name == name:
            return each
    raise Unknown.name("saved query", name, (q.name for q in saved_queries()), "kg queries lists them")


def query_from_file(path: str | Path) -> SavedQuery:
    """A query in a file, with or without a head. Raises CannotRead."""
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CannotUnderstand(f"{path}: a query is a text in UTF-8") from error
    except OSError as error:
        raise CannotRead(f"{path}: {error.strerror or error}") from error
    return parse_saved(path.stem, text)
