"""Any text as the value of a parameter, any bytes as a query: rows that were asked for, or one clear line."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from samples import TESTS

from kg.asking.results import Results
from kg.asking.sparql import answered, asker, load_data, query, saved_queries
from kg.asking.sparql.library import SavedQuery, parse_saved
from kg.model.errors import KgError

SYNTAX = st.sampled_from(
    ["# VALUES ?a", "# VALUES ?b", "# WITH ?a:", "# WITH ?b: ", "\n", "\r", '"', "'", "\\", "}", "{",
     ")", " . ", "<", ">", "?a", "UNION { ?s ?p ?o }", 'BIND("x" AS ?fixed)', "^^", "@en", "\0", "\u2028",
     "\ud800", "# ", "*/", "SERVICE <http://x/>"]
)  # fmt: skip
VALUES = st.one_of(st.lists(SYNTAX | st.text(max_size=4), max_size=8).map("".join), st.text(max_size=30))
SMALL = TESTS / "data" / "small.trig"
ECHO = """# purpose: What is it given?
# param a (text): any
# param b (text): any
SELECT ?a ?b ?fixed WHERE {
  BIND("fixed" AS ?fixed)
  # VALUES ?a
  # WITH ?b: FILTER (true)
}"""


@pytest.fixture(scope="module")
def small() -> ox.Store:
    return load_data([SMALL])


def asked(saved: SavedQuery, store: ox.Store, **values: str) -> Results | None:
    """The rows; None where the values are refused with one line."""
    try:
        return answered(saved, asker(store=store), values)
    except KgError as error:
        assert "\n" not in str(error)
        return None


@given(VALUES, VALUES)
@example("# WITH ?b: x ", "} BIND(1 AS ?more) VALUES ?c {")
@example("# VALUES ?b", "\n# VALUES ?a\n")
def test_a_value_comes_back_as_it_was_given_and_adds_nothing(a: str, b: str) -> None:
    found = asked(parse_saved("echo", ECHO), ox.Store(), a=a, b=b)
    if found is not None:
        ((one, two, fixed),) = found.terms
        texts = [term.value if isinstance(term, ox.Literal) else "<>" for term in (one, two)]
        assert [text == "<>" or text == given.strip() for text, given in zip(texts, (a, b), strict=True)] == [
            True,
            True,
        ]
        assert fixed == ox.Literal("fixed")


WITH_PARAMETERS = [saved for saved in saved_queries() if saved.inputs]


@given(saved=st.sampled_from(WITH_PARAMETERS), value=VALUES, data=st.data())
def test_any_value_of_a_saved_query_selects_among_its_rows_or_is_refused(
    saved: SavedQuery, value: str, data: st.DataObject, small: ox.Store
) -> None:
    """Nothing in the dataset has such a name, so there is no row; but for texts that are searched for."""
    parameter = data.draw(st.sampled_from(saved.inputs))
    found = asked(saved, small, **{parameter.name: value})
    if found is not None and parameter.kind not in ("date", "number") and len(value.strip()) > 3:
        everything = answered(saved, asker(store=small))
        assert len(found) <= len(everything)
        assert found.columns == everything.columns


LINES = st.sampled_from(
    ["{columns}", "# purpose: x\n", "# param a (text): x\n", "# param a ?b (entity): one of x, y\n",
     "# param", "# columns: a, {place}\n", "# include statement ?x\n", "# include ../x\n", "# include none\n",
     "SELECT * { ?s ?p ?o }", "ASK { ", "DROP ALL", "# VALUES ?a\n", "\ufeff", "\0", "}",
     "SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }"]
)  # fmt: skip


@given(content=st.one_of(st.binary(max_size=120), st.lists(LINES, max_size=6).map("".join).map(str.encode)))
def test_any_bytes_in_a_query_file_are_an_answer_or_one_line(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.rq"
    file.write_bytes(content)
    try:
        query(Path(file), store=ox.Store(), params={"a": "b"})
    except KgError as error:
        assert "\n" not in str(error)
