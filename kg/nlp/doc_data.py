"""What our components keep on a ``Doc``: the typed records, as plain data.

``Doc.user_data["kg"]`` holds lists, objects, strings and numbers only, so ``Doc.to_bytes``, ``DocBin``,
pickles and other processes take it along. The text is not in it: it is the text of the Doc.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from operator import attrgetter
from types import UnionType
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_args, get_origin, get_type_hints

from kg.model.records import Document, Extraction, Period, Report
from kg.reading import document_from_text

if TYPE_CHECKING:
    from spacy.tokens import Doc

KEY = "kg"
Record = TypeVar("Record")


@lru_cache(maxsize=1)
def text_of(doc: Doc) -> str:
    """The text of a Doc, which the Doc itself puts together from its words at each call."""
    return doc.text


def set_document(doc: Doc, document: Document, given: Mapping[str, str]) -> None:
    """Say of which file a Doc is the text, and which facts about it are given (``kg.extract``)."""
    _keep(doc, document=to_data(replace(document, text="")), given=dict(given))


def document_of(doc: Doc) -> tuple[Document, dict[str, str]]:
    """The document of a Doc and the facts given about it; lines of plain text where none was set."""
    state = _state(doc)
    if "document" not in state:
        return document_from_text(text_of(doc)), {}
    return replace(from_data(Document, state["document"]), text=text_of(doc)), state["given"]


def set_extraction(doc: Doc, extraction: Extraction) -> None:
    """Keep what was read from a Doc so far; its report’s text must be that of the Doc."""
    row = to_data(replace(extraction, report=replace(extraction.report, text="")))
    _keep(doc, extraction=row)
    _latest[:] = [row, extraction]


_latest: list[Any] = [None, None]
"""The last row that was kept and its extraction: the next component need not read it again."""


def extraction_of(doc: Doc) -> Extraction:
    """What our components have read from a Doc; an empty extraction if they have not read any."""
    state = _state(doc)
    if "extraction" not in state:
        return _nothing(text_of(doc))
    row, kept = _latest
    if state["extraction"] is row:
        return kept  # type: ignore[no-any-return]
    found = from_data(Extraction, state["extraction"])
    return replace(found, report=replace(found.report, text=text_of(doc)))


def set_periods(doc: Doc, periods: Sequence[Period]) -> None:
    """Keep the periods of a Doc, those that are no mentions too."""
    _keep(doc, periods=[to_data(period) for period in periods])


def periods_of(doc: Doc) -> tuple[Period, ...]:
    """The periods that ``kg_periods`` found in a Doc; none if it has not looked."""
    return tuple(from_data(Period, row) for row in _state(doc).get("periods", ()))


def record_at(doc: Doc, kind: type[Record], start: int, end: int, label: str | None = None) -> Record | None:
    """The first Mention, Figure or Period (with a label) that lies within two offsets of a Doc, if any.

    A span of tokens is never shorter than its record: "£5m" of "£5m-a-year" may be one token with the rest.
    """
    state = _state(doc)
    if kind is Period:
        rows = state.get("periods", ())
    else:
        place = [field.name for field in fields(Extraction)].index(kind.__name__.lower() + "s")
        rows = state["extraction"][place] if "extraction" in state else ()
    for row in rows:
        if start <= row[0] and row[1] <= end:
            record = from_data(kind, row)
            if label in (None, getattr(record, "label", None)):
                return record
    return None


def _state(doc: Doc) -> dict[str, Any]:
    return doc.user_data.get(KEY, {})  # type: ignore[no-any-return]


def _keep(doc: Doc, **values: object) -> None:
    """As a new object: copies of a Doc share the old one."""
    doc.user_data[KEY] = {**_state(doc), **values}


def _nothing(text: str) -> Extraction:
    """The extraction of a text that is no report, or of one that nobody has read as one."""
    document = document_from_text(text)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    report = Report(
        "text", None, None, None, None, None, None, None, document.source, text, digest,
        blocks=document.blocks,
    )  # fmt: skip
    return Extraction(report)


# --- records as plain data ---------------------------------------------------------------------------


def to_data(record: object) -> list[Any]:
    """The values of a record’s fields, in order, as JSON can hold them, without loss: decimals are strings.

    >>> to_data(Period(3, 13, "2023-04-01", None))
    [3, 13, '2023-04-01', None, None]
    """
    kind: Any = type(record)
    row = list(_fields(kind)(record))
    for place, (write, _) in _conversions(kind).items():
        if row[place] is not None:
            row[place] = write(row[place])
    return row


def from_data(kind: type[Record], row: Sequence[Any]) -> Record:
    """The record of a type that ``to_data`` wrote.

    >>> from_data(Period, to_data(Period(3, 13, "2023-04-01", None))).end
    13
    """
    values = list(row)
    for place, (_, read) in _conversions(cast(Any, kind)).items():
        if values[place] is not None:
            values[place] = read(values[place])
    return kind(*values)


Convert = Callable[[Any], Any]


@cache
def _fields(kind: Any) -> Callable[[Any], tuple[Any, ...]]:
    return attrgetter(*(field.name for field in fields(kind)))


@cache
def _conversions(kind: Any) -> dict[int, tuple[Convert, Convert]]:
    """How the fields that are no strings or numbers are written and read, by their place in the record."""
    hints = get_type_hints(kind)
    found = {place: _conversion(hints[field.name]) for place, field in enumerate(fields(kind))}
    return {place: pair for place, pair in found.items() if pair is not None}


def _conversion(hint: Any) -> tuple[Convert, Convert] | None:
    if isinstance(hint, UnionType):  # what may be absent
        (hint,) = (part for part in get_args(hint) if part is not type(None))
    if hint is Decimal:
        return str, Decimal
    if is_dataclass(hint):
        return to_data, lambda row: from_data(hint, row)  # type: ignore[arg-type]
    if get_origin(hint) is not tuple:
        return None
    part = _conversion(get_args(hint)[0]) if get_args(hint)[-1] is ... else None
    if part is None:
        return list, tuple
    write, read = part
    return lambda values: [write(value) for value in values], lambda rows: tuple([read(row) for row in rows])
