"""What this tool itself writes and a folder of reports may hold: by its marks it is no report there.

An answer repeats what a report says, so it would be read as a second report that says so. Pages carry
``GENERATOR``, the licences of a crate begin with ``LICENCES``; other texts are known by how they begin.
"""

from __future__ import annotations

import re

TOOL = "inspection-findings-kg"
GENERATOR = f'<meta name="generator" content="{TOOL}">'
"""Stands in the head of every page."""
LICENCES = "The words of the reports, and what is read from them, are under the licences of the reports:"
"""The first line of the licences of a crate."""
_HEAD = 1 << 16
"""Bytes in which a mark stands. A page that a browser saved in one file (.mhtml) has fields before it."""
_PAGE = re.compile(rb'<meta\s+name=(?:3D)?"generator"\s+content=(?:3D)?"' + TOOL.encode())
_RULE = re.compile(r"(?:[^\n]+\n){1,2}─+(?:  ─+)+\n")
"""The head of a table of several columns, with the line below it; it may have a title."""
_TREE = re.compile(r"[^\n]+\n[├└]─ ")
_PLACE = re.compile(r"[^\n]+ · [^\n]+: [^\n]+\n“[^”]{1,2000}”\s+\(characters\s+[\d,]+–[\d,]+\)")
"""The reasons for a grade (``kg why``)."""
_HIT = re.compile(r"\w+ · [^\n]+ · characters [\d,]+–[\d,]+")
_DATA = re.compile(
    r'\{"head":\{"vars":\[|\{\s+"report": \{\s+"id": "|<\?xml[^>]*\?><sparql |#FORMAT=WebAnno '
    r"|@prefix \w+: <\S+> \.\n@prefix "
)


def made_here(content: bytes) -> str | None:
    """What a file is that this tool has written; None for any other, as far as its beginning shows.

    >>> made_here("force  grade\\n─────  ─────\\nKent   good\\n".encode())
    'a table'
    """
    head = content[:_HEAD]
    if _PAGE.search(re.sub(rb"=\r?\n", b"", head)):
        return "a page"
    text = head.decode("utf-8-sig", "ignore")
    if text.startswith(LICENCES):
        return "the licences of an export"
    marks = (
        (_RULE, "a table"),
        (_TREE, "a tree"),
        (_PLACE, "the reasons for a grade"),
        (_HIT, "a search"),
        (_DATA, "data"),
    )
    return next((what for mark, what in marks if mark.match(text)), None)
