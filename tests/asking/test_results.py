from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.asking.results import Results, spreadsheet_csv, value_of, write
from kg.asking.tables import display_width, markdown_table, table
from kg.model.errors import CannotUnderstand, MissingExtra, Unknown
from kg.model.text.display import escaped
from kg.model.vocab import KG, XSD

A = ox.NamedNode("https://x.example/a")
ROWS = Results(
    ("thing", "name", "n"),
    ((A, ox.Literal("naïve, \"quoted\""), ox.Literal("91.50", datatype=ox.NamedNode(XSD.decimal))),
     (ox.NamedNode(KG.Finding), ox.Literal("x", language="en"), None)),
)  # fmt: skip
GRAPH = Results(triples=(ox.Triple(A, ox.NamedNode(KG.heading), ox.Literal("h")),))
YES = Results(answer=True)


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("csv", 'thing,name,n\r\nhttps://x.example/a,"naïve, ""quoted""",91.50\r\n'
                "https://kg.example/ontology#Finding,x,\r\n"),
        ("tsv", '?thing\t?name\t?n\n<https://x.example/a>\t"naïve, \\"quoted\\""\t91.50\n'
                '<https://kg.example/ontology#Finding>\t"x"@en\t\n'),
        ("table", 'thing                name                 n\n'
                  '───────────────────  ───────────────  ─────\n'
                  'https://x.example/a  naïve, "quoted"  91.50\n'
                  'kg:Finding           x\n'),
        ("markdown", '| thing | name | n |\n| --- | --- | --- |\n'
                     '| https://x.example/a | naïve, "quoted" | 91.50 |\n| kg:Finding | x |  |\n'),
    ],
)  # fmt: skip
def test_rows_are_written_exactly(format: str, text: str) -> None:
    assert write(ROWS, format).decode() == text


def test_json_and_xml_are_the_sparql_formats() -> None:
    found = json.loads(write(ROWS, "json"))
    assert found["head"] == {"vars": ["thing", "name", "n"]}
    assert found["results"]["bindings"][0]["n"] == {
        "type": "literal",
        "value": "91.50",
        "datatype": XSD.decimal,
    }
    assert found["results"]["bindings"][1]["name"] == {"type": "literal", "value": "x", "xml:lang": "en"}
    parsed = ox.parse_query_results(write(ROWS, "xml"), format=ox.QueryResultsFormat.XML)
    assert isinstance(parsed, ox.QuerySolutions)
    assert tuple(tuple(solution) for solution in parsed) == ROWS.terms


def test_a_triple_and_a_blank_node_in_a_row_can_be_written() -> None:
    row = (ox.Triple(A, A, ox.Literal("x")), ox.BlankNode("b"))
    found = json.loads(write(Results(("t", "b"), (row,)), "json"))["results"]["bindings"][0]
    assert found["t"]["type"] == "triple"
    assert found["b"]["type"] == "bnode"


@pytest.mark.parametrize(("format", "text"), [("table", "yes\n"), ("markdown", "yes\n"), ("csv", "true\n")])
def test_an_answer_is_written(format: str, text: str) -> None:
    assert write(YES, format).decode() == text
    assert json.loads(write(YES, "json")) == {"head": {}, "boolean": True}


def test_a_graph_is_turtle_unless_told_otherwise() -> None:
    assert b'kg:heading "h"' in write(GRAPH)
    assert write(GRAPH, "ntriples") == b'<https://x.example/a> <https://kg.example/ontology#heading> "h" .\n'


def test_the_name_of_the_file_chooses_the_format() -> None:
    assert write(ROWS, guess_from=Path("out.csv")) == write(ROWS, "csv")
    assert write(GRAPH, guess_from=Path("out.nt")) == write(GRAPH, "ntriples")


@pytest.mark.parametrize(("results", "format"), [(ROWS, "turtle"), (GRAPH, "csv"), (ROWS, "pdf")])
def test_a_format_that_cannot_carry_the_results_is_refused(results: Results, format: str) -> None:
    with pytest.raises(Unknown, match=f'no format "{format}"'):
        write(results, format)


def test_a_table_is_narrowed_only_for_a_terminal_where_long_cells_wrap(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    words = " ".join(["word"] * 18)
    long = Results(("a", "b"), ((ox.Literal(words), ox.Literal("short")),))
    assert words in write(long, "table").decode()
    lines = write(long, "table", terminal=True).decode().splitlines()
    assert max(map(display_width, lines)) <= 40
    assert lines[2].endswith("short")
    assert sum(line.count("word") for line in lines) == 18


def test_a_terminal_is_told_once_what_all_rows_share_and_what_is_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    rows = [("Northmoor Police", f"words {n} " + "of many " * 9, n, f"https://x.example/{n}") for n in (1, 2)]
    terms = tuple((ox.Literal(a), ox.Literal(b), ox.Literal(c), ox.NamedNode(d)) for a, b, c, d in rows)
    found = Results(("force", "quote", "start", "statement"), terms)
    text = write(found, "table", terminal=True).decode()
    assert text.startswith("force: Northmoor Police\n")
    assert text.count("Northmoor") == 1
    assert "left out: start, statement" in text
    assert "https://x.example/1" in write(found, "table").decode()


def test_more_columns_than_stand_side_by_side_become_a_block_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    columns = tuple("abcdefgh")
    terms = tuple(tuple(ox.Literal(f"{c}{n} is a cell of a row") for c in columns) for n in (1, 2))
    lines = write(Results(columns, terms), "table", terminal=True).decode().splitlines()
    assert lines[:2] == ["1", "  a  a1 is a cell of a row"]
    assert lines[9:11] == ["2", "  a  a2 is a cell of a row"]


def test_columns_and_rows_are_chosen() -> None:
    found = Results(
        ("a", "b"), ((ox.Literal(1), ox.Literal(2)), (ox.Literal(3), ox.Literal(4))), derived=("a",)
    )
    assert found.chosen(["b"]).rows == [(2,), (4,)]
    assert found.chosen(["b"]).derived == ()
    assert found.first(1).rows == [(1, 2)]
    with pytest.raises(Unknown, match='no column "c"'):
        found.chosen(["c"])


def test_a_data_frame_has_numbers_dates_and_truth() -> None:
    pytest.importorskip("pandas")
    decimal, day = ox.NamedNode(XSD.decimal), ox.NamedNode(XSD.date)
    row = (ox.Literal(7), ox.Literal("2.5", datatype=decimal), ox.Literal("2024-03-31", datatype=day))
    found = Results(
        ("n", "x", "day", "yes", "text"), ((*row, ox.Literal(True), ox.Literal("a")), (None,) * 5)
    )
    kinds = {name: str(kind) for name, kind in found.to_pandas().dtypes.items()}
    assert (kinds["n"], kinds["x"], kinds["yes"]) == ("Int64", "float64", "boolean")
    assert kinds["day"].startswith("datetime64")
    assert found.to_pandas()["x"].mean() == 2.5


def test_a_graph_becomes_one_of_rdflib_and_rows_do_not() -> None:
    rdflib = pytest.importorskip("rdflib")
    triple = ox.Triple(ox.NamedNode("https://x.example/a"), ox.NamedNode(KG.heading), ox.Literal("words"))
    graph = Results(triples=(triple,)).to_rdflib()
    assert list(graph.objects(None, rdflib.URIRef(KG.heading))) == [rdflib.Literal("words")]
    with pytest.raises(CannotUnderstand, match="rows are no graph"):
        Results(("a",)).to_rdflib()


def test_narrow_columns_stay_whole_while_wide_ones_are_cut() -> None:
    lines = table(["force", "text", "note"], [["Northmoor", "w" * 60, "v" * 60]], width=60).splitlines()
    assert lines[2].startswith("Northmoor  ww")
    assert 58 <= len(lines[2]) <= 60


def test_wide_and_combining_characters_keep_the_columns_aligned() -> None:
    lines = table(["a", "b"], [["警察", "1"], ["e\u0301", "2"], ["plain", "3"]]).splitlines()
    assert {display_width(line) for line in lines[1:]} == {8}


def test_control_and_bidi_characters_are_escaped() -> None:
    shown = table(["a"], [["bad\x1b[31m\u202e\tend"], ["two\nlines"]])
    assert "\\x1b[31m\\u202e\\tend" in shown
    assert "two lines" in shown
    assert escaped("‘fine’ £5 – é\u00a0") == "‘fine’ £5 – é\u00a0"


def test_a_table_without_rows_says_so() -> None:
    assert table(["a"], []).endswith("(no rows)\n")


def test_columns_that_are_computed_are_named() -> None:
    derived = Results(("n", "share"), ((ox.Literal(1), ox.Literal(2)),), derived=("share",))
    assert "derived (computed, not stated in a report): share" in write(derived, "table").decode()
    assert "derived" in write(derived, "markdown").decode()
    assert "derived" not in write(derived, "csv").decode()


def test_a_bar_in_a_cell_does_not_end_it() -> None:
    assert markdown_table(["a"], [["x|y\nz"]]).splitlines()[2] == "| x\\|y z |"


def test_a_spreadsheet_gets_no_formulas() -> None:
    number = ox.Literal("-3.4", datatype=ox.NamedNode(XSD.decimal))
    found = Results(("a", "b", "c"), ((ox.Literal("=1+1"), number, ox.Literal("@x")),))
    assert spreadsheet_csv(found).decode().splitlines()[1] == "'=1+1,-3.4,'@x"
    assert write(found, "csv").decode().splitlines()[1] == "=1+1,-3.4,@x"


@pytest.mark.parametrize(
    ("text", "datatype", "value"),
    [
        ("12", XSD.integer, 12),
        ("91.50", XSD.decimal, Decimal("91.50")),
        ("true", XSD.boolean, True),
        ("maybe", XSD.boolean, "maybe"),
        ("2024-02-30", XSD.date, "2024-02-30"),
        ("9" * 5000, XSD.integer, "9" * 5000),
        ("1.5e3", XSD.double, 1500.0),
        ("P1D", XSD.duration, "P1D"),
    ],
)
def test_a_literal_is_the_value_that_it_means_or_its_text(text: str, datatype: str, value: object) -> None:
    assert value_of(ox.Literal(text, datatype=ox.NamedNode(datatype))) == value


def test_results_are_rows_and_dictionaries() -> None:
    assert list(ROWS)[1] == (KG.Finding, "x", None)
    assert ROWS.dicts()[0]["n"] == Decimal("91.50")
    assert len(ROWS) == 2
    assert repr(ROWS) == "<Results: 2 rows of thing, name, n>"
    assert repr(GRAPH) == "<Results: 1 triples>"
    assert str(YES) == "yes\n"


def test_a_notebook_shows_a_table_with_links_and_no_markup_of_the_data() -> None:
    found = Results(("a", "b"), ((A, ox.Literal("<script>")),))
    shown = found._repr_html_()
    assert '<a href="https://x.example/a">https://x.example/a</a>' in shown
    assert "<td>&lt;script&gt;</td>" in shown
    assert GRAPH._repr_html_().count("<td>") == 3
    assert YES._repr_html_() == "<p>yes</p>"


def test_rows_become_a_data_frame() -> None:
    pytest.importorskip("pandas")
    frame = ROWS.to_pandas()
    assert list(frame.columns) == ["thing", "name", "n"]
    assert list(GRAPH.to_pandas().columns) == ["subject", "predicate", "object"]
    assert frame.shape == (2, 3)


def test_without_pandas_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtra, match="pip install pandas"):
        ROWS.to_pandas()
