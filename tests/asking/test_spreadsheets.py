"""Answers as spreadsheets open them."""

from __future__ import annotations

import io

import openpyxl
import pyoxigraph as ox
import pytest

from kg.asking.results import Results, write
from kg.asking.sparql import query
from kg.model.errors import CannotUnderstand
from kg.model.vocab import XSD

DAY = ox.Literal("2024-03-31", datatype=ox.NamedNode(XSD.date))
HALF = ox.Literal("2.5", datatype=ox.NamedNode(XSD.decimal))
FOUND = Results(("reportTitle", "value", "published", "statement"), (
    (ox.Literal("doesn’t"), HALF, DAY, ox.NamedNode("https://x.example/a")),
    (ox.Literal("=1+1"), None, None, None),
))  # fmt: skip


def test_a_spreadsheet_gets_a_byte_order_mark_headings_and_no_formulas() -> None:
    text = write(FOUND, "spreadsheet")
    assert text.startswith(b"\xef\xbb\xbfReport title,Value,Published,Statement\r\n")
    assert text.decode("utf-8-sig").splitlines()[1:] == [
        "doesn’t,2.5,2024-03-31,https://x.example/a",
        "'=1+1,,,",
    ]


def test_plain_csv_is_still_exactly_that_of_sparql() -> None:
    assert write(FOUND, "csv").startswith(b"reportTitle,value,published,statement\r\n")


def test_a_workbook_has_numbers_and_dates_and_the_same_bytes_each_time() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    made = write(FOUND, "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(made)).active
    assert [cell.value for cell in sheet[1]] == ["Report title", "Value", "Published", "Statement"]
    assert sheet["B2"].value == 2.5
    assert sheet["C2"].value.date().isoformat() == "2024-03-31"
    assert (sheet["A3"].value, sheet["A3"].data_type) == ("=1+1", "s")
    assert made == write(FOUND, "xlsx")


@pytest.mark.parametrize("format", ["spreadsheet", "xlsx"])
def test_a_yes_or_no_is_no_table(format: str) -> None:
    with pytest.raises(CannotUnderstand, match="no table"):
        write(Results(answer=True), format)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("1e0/0", "INF"),
        ("0e0/0", "NaN"),
        ("123456789012345678.25", "123456789012345678.25"),
        ("12.5", 12.5),
        ('"a\\u0001b"', "a\\x01b"),
    ],
)
def test_a_workbook_has_the_value_or_its_text(cell: str, shown: object) -> None:
    found = query(f"SELECT ({cell} AS ?x) {{}}", store=ox.Store())
    book = openpyxl.load_workbook(io.BytesIO(write(found, "xlsx")))
    assert book.active["A2"].value == shown


def test_a_cell_of_a_workbook_that_is_cut_says_so() -> None:
    found = Results(("x",), ((ox.Literal("y" * 40_000),),))
    value = openpyxl.load_workbook(io.BytesIO(write(found, "xlsx"))).active["A2"].value
    assert len(value) == 32_767 and value.endswith("… (cut: 40,000 characters)")
