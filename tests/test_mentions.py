"""What is tagged, label by label; the texts are invented."""

from __future__ import annotations

import pytest
from mention_helpers import tagged


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("The force’s control room staff use it.", ["control room"]),
        (
            "Officers in the online child sexual exploitation team spoke well of it.",
            ["online child sexual exploitation team"],
        ),
        (
            "This helps neighbourhood teams and the student support and welfare hub.",
            ["neighbourhood teams", "student support and welfare hub"],
        ),
        ("Different teams and policing teams work in custody suites.", []),
    ],
)
def test_a_unit_needs_a_modifier_that_distinguishes_it(text: str, units: list[str]) -> None:
    assert tagged(text, "UNIT") == [("UNIT", unit) for unit in units]
