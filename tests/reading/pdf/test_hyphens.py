"""Words cut at a line end are joined as the rest of the document writes them."""

from __future__ import annotations

from collections import Counter

import pytest

from kg.reading.pdf.hyphens import joined


@pytest.mark.parametrize(
    ("texts", "known", "text"),
    [
        (["the investi-", "gation ended"], [], "the investigation ended"),
        (["a follow-", "up visit"], ["follow-up"], "a follow-up visit"),
        (["a well-", "led force"], ["well", "led"], "a well-led force"),
        (["well-", "being of staff"], ["well", "being", "wellbeing"], "wellbeing of staff"),
        (["and/", "or others"], [], "and/or others"),
        (["one line", "and another"], [], "one line and another"),
        (["a dash -", "then text"], [], "a dash - then text"),
    ],
)
def test_a_hyphen_at_a_line_end(texts: list[str], known: list[str], text: str) -> None:
    assert joined(texts, Counter(known)) == text
