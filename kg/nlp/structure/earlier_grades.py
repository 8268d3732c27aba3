"""Grades that a report repeats from an earlier inspection: "This question was not inspected in 2018/19"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.nlp.structure.outline import Part

_NEAR = 3
"""Lines below a grade label in which the remark stands."""
_INSPECTED = r"(?: been)? (?:re-?)?(?:inspected|assessed|graded|examined|looked at)\b"
_WHAT = r"(?:this|the) (?:question|area|pillar|part|element|diagnostic)\b"
_REMARK = re.compile(
    rf"\b{_WHAT}.{{0,40}}(?:\b(?:was|were|has|have) not|n[’']t){_INSPECTED}"
    r"|\b(?:we|HMICFRS) (?:did not|didn[’']t|have not|haven[’']t) "
    rf"(?:re-?)?(?:inspect|assess|grade|examine)\w* {_WHAT}"
    r"|\bgrade (?:is |comes |stands |taken |carried (?:over|forward) )*from (?:our |the )?20\d\d\b"
    r"|\b(?:grade|judge?ment) from (?:our |the )?20\d\d\b.{0,60}"
    r"\b(?:stands|carried|remains|applies|shown|used)\b"
    r"|\bcarried (?:over|forward) from (?:our |the )?(?:20\d\d|last|previous)\b",
    re.IGNORECASE,
)


def is_earlier(parts: Sequence[Part], at: int) -> bool:
    """Whether the lines below a grade label say that the grade is that of an earlier inspection."""
    for part in parts[at + 1 : at + 1 + _NEAR]:
        if part.role == "area" or part.area != parts[at].area:
            return False
        if _REMARK.search(part.line.text):
            return True
    return False
