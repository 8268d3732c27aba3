"""How deep the list of a bullet is, by sign and indent."""

from __future__ import annotations

import pytest
from pdf_fragments import fragment, lines

from kg.reading.pdf.blocks import _depths
from kg.reading.pdf.paragraphs import Paragraph


def paragraph(mark: str, x: float) -> Paragraph:
    return Paragraph(lines(fragment("words", x, 700)), mark, x + 10 if mark else x, ["words"])


@pytest.mark.parametrize(
    ("marked", "depths"),
    [
        ([("•", 50), ("–", 70), ("–", 70), ("•", 50)], [1, 2, 2, 1]),
        ([("•", 50), ("•", 50)], [1, 1]),
        ([("•", 50), ("•", 58)], [1, 1]),
        ([("", 40), ("•", 50), ("", 40), ("–", 70)], [None, 1, None, 1]),
        ([("•", 50), ("o", 70), ("▪", 90), ("•", 50)], [1, 2, 3, 1]),
    ],
)
def test_another_sign_further_right_begins_a_list_inside(
    marked: list[tuple[str, float]], depths: list[int | None]
) -> None:
    assert _depths([paragraph(mark, x) for mark, x in marked]) == depths
