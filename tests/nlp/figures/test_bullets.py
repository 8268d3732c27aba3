"""A list says the same whatever its bullets are."""

from __future__ import annotations

import pytest

from kg import extract
from kg.reading import read

LIST = """In the year ending 31 March 2023, the force told us it recorded:

{0} 1,240 burglaries in the year ending 31 March 2021
{0} 31 robberies in the same period
{0} 402 thefts from a vehicle.
"""


@pytest.mark.parametrize("sign", ["-", "•", "●", "○", "◦", "▪", "□", "–", "*", "o", "➢"])
def test_items_have_the_speaker_of_their_lead_in_and_its_period_unless_they_name_another(sign: str) -> None:
    figures = extract(read(LIST.format(sign).encode())).figures
    assert [(str(figure.value), figure.attribution, figure.period_end) for figure in figures] == [
        ("1240", "force", "2021-03-31"),
        ("31", "force", "2021-03-31"),
        ("402", "force", "2023-03-31"),
    ]
