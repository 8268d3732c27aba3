"""Queries are put together from parts, and what comes out is whole."""

from __future__ import annotations

import pytest

from kg.asking.sparql.composing import SHARED_COLUMNS, composed
from kg.asking.sparql.library import parse_saved
from kg.model.errors import CannotUnderstand

MINE = """# purpose: Which needs are there?
# param word ?word (text): only with this word
# columns: need, {place}
SELECT DISTINCT {columns} WHERE {
  ?statement a kg:ImprovementNeed ; kg:report ?report ; kg:statement ?need .
  # VALUES ?word
  FILTER(!BOUND(?word) || CONTAINS(?need, ?word))
  # include statement
}
ORDER BY ?need
"""


def test_parts_bring_their_patterns_parameters_and_prefixes() -> None:
    saved = parse_saved("mine", MINE)
    assert saved.parameters == ("force", "report", "area", "from", "to", "word")
    assert saved.columns == ("need", *SHARED_COLUMNS["place"].split(", "))
    assert "# include" not in saved.text
    assert "{" not in saved.text.partition("SELECT")[0]
    assert "PREFIX oa: <http://www.w3.org/ns/oa#>" in saved.text
    assert "?this" not in saved.text
    assert parse_saved("again", saved.text).inputs == saved.inputs


def test_a_query_without_parts_stays_as_it_is() -> None:
    text = "# columns: a\nSELECT ?a { ?a ?b ?c }"
    assert composed("mine", text) == text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * {\n  # include nothing-of-the-kind\n}", "no part nothing-of-the-kind; known: area, "),
        ("# columns: {places}\nSELECT {columns} {}", r"no list of columns \{places\}; known: place, figure"),
    ],
)
def test_a_part_that_there_is_not_is_an_error_that_lists_them(text: str, message: str) -> None:
    with pytest.raises(CannotUnderstand, match=f"mine: {message}"):
        composed("mine", text)
