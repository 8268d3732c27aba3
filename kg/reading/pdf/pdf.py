"""PDF files become pieces: opened with pypdfium2, laid out by places and styles of the characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from kg.model.errors import CannotRead, MissingExtra
from kg.model.records import Notice
from kg.model.text.display import one_line
from kg.reading.pdf.blocks import to_reading
from kg.reading.pdf.layout import body_size, lay_out
from kg.reading.pdf.page import PageContent, page_content
from kg.reading.pieces import Reading, unseen_words

MAX_PAGES = 1500


def read_pdf(data: bytes) -> Reading:
    """The pieces of a PDF with their pages; metadata ``meta:title``, ``meta:author``, ``meta:created``.

    Footnotes are metadata, running heads and feet and page numbers are left out. Raises CannotRead for a
    file that is damaged, locked, or has no text layer, and MissingExtra without pypdfium2.
    """
    with _opened(data) as document:
        count = len(document)
        if count == 0:
            raise CannotRead("no pages in it")
        if count > MAX_PAGES:
            raise CannotRead(f"{count:,} pages; the limit is {MAX_PAGES:,}: split the file")
        pages = [_page(document, at) for at in range(count)]
        stated = _metadata(document)
    _refuse_unreadable(pages)
    reading = to_reading(lay_out(pages), body_size(pages))
    return Reading(reading.pieces, (*stated, *reading.metadata), (*reading.notices, *_gaps(pages)))


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    try:
        import pypdfium2
    except ImportError as error:
        raise MissingExtra.of("reading PDF", "files") from error
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise CannotRead("it needs a password to open; save it without one") from error
        raise CannotRead("a damaged PDF; download it again") from error
    try:
        yield document
    finally:
        document.close()


def _page(document: Any, at: int) -> PageContent:
    import pypdfium2

    try:
        page = document[at]
        content = page_content(page, at + 1)
    except pypdfium2.PdfiumError as error:
        raise CannotRead(f"page {at + 1}: damaged; download the file again") from error
    page.close()
    return content


def _metadata(document: Any) -> tuple[tuple[str, str], ...]:
    stated = document.get_metadata_dict(skip_empty=True)
    out = []
    for key in ("Title", "Author", "Subject"):
        if value := one_line(stated.get(key, ""))[:500]:
            out.append((f"meta:{key.lower()}", value))
    created = re.match(r"D:(\d{4})(\d\d)(\d\d)", stated.get("CreationDate", ""))
    if created:
        out.append(("meta:created", "-".join(created.groups())))
    return tuple(out)


def _length(page: PageContent) -> int:
    return sum(len(fragment.chars) for fragment in page.fragments)


def _refuse_unreadable(pages: list[PageContent]) -> None:
    total = sum(map(_length, pages))
    if total < 10 * len(pages):
        first = next(page.number for page in pages if _length(page) < 10)
        raise CannotRead(
            f"page {first}: no text layer, only a picture (a scan); run OCR first, or give the .docx"
        )
    odd = sum(page.unreadable for page in pages)
    if odd > 0.2 * total:
        raise CannotRead("page 1: its letters have no meaning in the file; run OCR first, or give the .docx")


def _gaps(pages: list[PageContent]) -> Iterator[Notice]:
    """What the pages have and the text has not."""
    for page in pages:
        if _length(page) == 0:
            yield Notice(
                "page-without-text", f"page {page.number}: no text layer; what it shows was not read"
            )
        yield from unseen_words(page.unseen, f"page {page.number}: ")
