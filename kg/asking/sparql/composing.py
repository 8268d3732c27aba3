"""Saved queries are put together from what they share: ``parts/*.rq``, named where they belong.

::

    # columns: force, area, heading, {place}
    SELECT DISTINCT {columns} WHERE {
      ?statement a kg:Finding ; kg:report ?report ; kg:heading ?heading .
      # include statement ?statement
    }

The line ``# include NAME ?variable`` is replaced by the part of that name, in which ``?this`` is the
variable (``?statement`` where none is named); parts may include parts. The parameters that a part declares
are the query's too. ``{place}`` and ``{figure}`` in the list of columns stand for those that every answer
about a statement, or a figure, has (a column is given once, where it is named first), ``{columns}`` in the
text for all of them. Prefixes are declared. What comes out is SPARQL 1.1 that any engine runs, and
``kg query NAME --show`` prints it.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from kg.model.errors import CannotUnderstand
from kg.model.iris import PREFIXES

PARTS = Path(__file__).resolve().parent / "parts"
SHARED_COLUMNS = {
    "place": "report, start, end, reportTitle, published, section, quote, statement",
    "figure": "measure, value, unit, base, kind, bound, complement, numerator, denominator, of, group, "
    "periodBegin, periodEnd, population, attribution, known, text",
    "example": "report, reportTitle, quote, statement",
}
"""Lists of columns that many queries have. ``quote`` is verbatim, ``start`` and ``end`` are its offsets; but
for a figure they are those of its number, and the quotation is the sentence."""
COMMON = ("force", "report", "area", "from", "to")
"""The parameters that queries have in common, in the order in which they are listed."""
_INCLUDE = re.compile(r"[ \t]*# include ([\w-]+)(?: \?(\w+))?[ \t]*")
_DECLARED = re.compile(r"PREFIX ([\w.-]*):", re.IGNORECASE)
_USED = re.compile(r"(?<![\w?$<])([A-Za-z][\w.-]*):(?=[A-Za-z])")
_NO_NAMES = re.compile(r'<[^<>"\s]*>|"(?:[^"\\]|\\.)*"|#[^\n]*')


def composed(name: str, text: str) -> str:
    """The whole SPARQL of a query that names parts; any other text as it is.

    ``name`` is for messages. Raises CannotUnderstand for a part or a list of columns that there is not.
    """
    if not re.search(r"^[ \t]*# include ", text, re.MULTILINE) and "{columns}" not in text:
        return text
    head, body = _split(text)
    lines, parameters = _expanded(name, body, (), set())
    columns = columns_of(name, next((line for line in head if line.startswith("# columns:")), ""))
    own = {_parameter_name(line) for line in head}
    head = [f"# columns: {', '.join(columns)}" if line.startswith("# columns:") else line for line in head]
    at = next((n for n, line in enumerate(head) if line.startswith(("# param ", "# columns:"))), len(head))
    parameters = [line for line in parameters if _parameter_name(line) not in own]
    parameters += [line for line in head if line.startswith("# param ")]
    head = [line for line in head if not line.startswith("# param ")]
    head[at:at] = sorted(parameters, key=_place_in_list)
    body = "\n".join(lines).replace("{columns}", " ".join("?" + column for column in columns))
    return "\n".join([*head, *_prefixes(body), body])


def columns_of(name: str, line: str) -> list[str]:
    """The columns that a head line names, lists of columns opened; each once.

    >>> columns_of("mine", "# columns: force, quote, {place}")[:4]
    ['force', 'quote', 'report', 'start']
    """
    text = line.partition(":")[2]
    for wanted in re.findall(r"\{(\w+)\}", text):
        if wanted not in SHARED_COLUMNS:
            known = ", ".join(SHARED_COLUMNS)
            raise CannotUnderstand(f"{name}: no list of columns {{{wanted}}}; known: {known}")
        text = text.replace(f"{{{wanted}}}", SHARED_COLUMNS[wanted])
    return list(dict.fromkeys(column.strip() for column in text.split(",") if column.strip()))


def _split(text: str) -> tuple[list[str], str]:
    """The lines of the head, and what is below it."""
    lines = text.split("\n")
    end = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return lines[:end], "\n".join(lines[end:]).lstrip("\n")


def _expanded(name: str, body: str, within: tuple[str, ...], done: set[str]) -> tuple[list[str], list[str]]:
    """The lines of a body with its parts written out, and the head lines of these that declare parameters."""
    lines: list[str] = []
    parameters: list[str] = []
    for line in body.split("\n"):
        found = _INCLUDE.fullmatch(line)
        if found is None:
            lines.append(line)
            continue
        part, variable = found[1], found[2] or "statement"
        if part in within:
            raise CannotUnderstand(f"{name}: the part {part} includes itself")
        head, inside = _split(_part(name, part))
        parameters += [each for each in head if each.startswith("# param ") and each not in done]
        done.update(head)
        inner, further = _expanded(name, inside.rstrip("\n"), (*within, part), done)
        lines += [re.sub(r"\?this\b", f"?{variable}", each) for each in inner]
        parameters += further
    return lines, parameters


@cache
def _part(name: str, part: str) -> str:
    path = PARTS / f"{part}.rq"
    if not path.is_file():
        known = ", ".join(sorted(each.stem for each in PARTS.glob("*.rq")))
        raise CannotUnderstand(f"{name}: no part {part}; known: {known}")
    return path.read_text(encoding="utf-8")


def _parameter_name(line: str) -> str:
    return line.split()[2] if line.startswith("# param ") and len(line.split()) > 2 else ""


def _place_in_list(line: str) -> int:
    """What all queries have stands first and in one order."""
    name = _parameter_name(line)
    return COMMON.index(name) if name in COMMON else len(COMMON)


def _prefixes(body: str) -> list[str]:
    bare = _NO_NAMES.sub(" ", body)
    wanted = set(_USED.findall(bare)) - set(_DECLARED.findall(body))
    return [f"PREFIX {name}: <{PREFIXES[name]}>" for name in sorted(wanted & PREFIXES.keys())]
