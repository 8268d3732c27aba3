"""Answers for spreadsheets: CSV that they open as it is meant, and workbooks."""

from __future__ import annotations

import csv
import io
import math
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kg.asking.results import Results, Term, no_formula, term_text, value_of
from kg.model.errors import CannotUnderstand, MissingExtra
from kg.model.text.display import escaped

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every file within a workbook, so that the same rows give the same bytes."""
_LONGEST = 32_767
"""Characters that a cell of a workbook holds."""


def heading(column: str) -> str:
    """A column as a reader would call it.

    >>> heading("periodBegin"), heading("reportTitle")
    ('Period begin', 'Report title')
    """
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column).lower()
    return words[:1].upper() + words[1:]


def to_spreadsheet(results: Results) -> bytes:
    """CSV with a byte-order mark and readable headings; what would be taken for a formula has an apostrophe.

    Raises CannotUnderstand for a yes or no.
    """
    _rows_only(results)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([heading(column) for column in results.columns])
    writer.writerows([_whole(no_formula(term)) for term in row] for row in results.terms)
    return out.getvalue().encode("utf-8-sig")


def _whole(term: Term | None) -> str:
    """A cell as text; an address in full, so that it can be followed."""
    return "" if term is None else str(getattr(term, "value", term_text(term)))


def to_xlsx(results: Results) -> bytes:
    """An Excel workbook of one sheet: numbers and dates as such, the headings in a row that stays in sight.

    Raises MissingExtra without openpyxl, CannotUnderstand for a yes or no.
    """
    _rows_only(results)
    try:
        from openpyxl import Workbook
        from openpyxl.styles import Font
    except ImportError as error:
        raise MissingExtra("a workbook needs an extra: pip install 'inspection-findings-kg[xlsx]'") from error
    book = Workbook()
    sheet = book.active
    sheet.title = "Answer"
    sheet.append([heading(column) for column in results.columns])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for number, row in enumerate(results.terms, start=2):
        for place, term in enumerate(row, start=1):
            value = _cell_value(term)
            cell = sheet.cell(number, place, value)
            if isinstance(value, str):
                cell.data_type = "s"  # a text that begins with "=" is no formula
    out = io.BytesIO()
    book.save(out)
    return _same_bytes(out.getvalue())


def _cell_value(term: Term | None) -> Any:
    """The value as a workbook has it, or as text where it would be changed; a text that no cell holds says
    that it is cut, and a character that none can have is written as an escape."""
    value = value_of(term)
    if isinstance(value, Decimal) and _fits(value):
        return float(value)
    if _fits(value):
        return value
    written = value if isinstance(value, str) else getattr(term, "value", str(value))
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", lambda found: escaped(found[0]), written)
    told = f"… (cut: {len(text):,} characters)"
    return text if len(text) <= _LONGEST else text[: _LONGEST - len(told)] + told


def _fits(value: object) -> bool:
    """Whether a workbook has a cell for it: dates begin in 1900, numbers are exact to 15 digits."""
    if isinstance(value, (date, datetime)):
        return value.year >= 1900 and getattr(value, "tzinfo", None) is None
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, Decimal):
        return value.is_finite() and len(value.normalize().as_tuple().digits) <= 15 and abs(value) < 10**300
    return not isinstance(value, str) and (not isinstance(value, int) or abs(value) < 10**15)


def _same_bytes(workbook: bytes) -> bytes:
    """The workbook without the time at which it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"1980-01-01T00:00:00Z", content)
            new.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _rows_only(results: Results) -> None:
    if results.answer is not None:
        raise CannotUnderstand("a yes or no is no table for a spreadsheet")
