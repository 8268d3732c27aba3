"""Small PDF files for tests: text at given places in Helvetica or its bold, and filled rectangles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

PLAIN, BOLD = "F1", "F2"
Text = tuple[float, float, float, str, str]
"""x, y, size, font, words"""


def text(x: float, y: float, words: str, *, size: float = 11, font: str = PLAIN) -> Text:
    return (x, y, size, font, words)


def flow(
    lines: Iterable[str], *, x: float = 72, y: float = 700, size: float = 11, lead: float = 13
) -> list[Text]:
    """Lines of running text from ``y`` downwards."""
    return [text(x, y - at * lead, line, size=size) for at, line in enumerate(lines)]


def _escaped(words: str) -> bytes:
    raw = words.encode("cp1252")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def drawn(line: Text) -> bytes:
    """The operators that draw a text."""
    x, y, size, font, words = line
    return b"BT /%s %g Tf %g %g Td (%s) Tj ET" % (font.encode(), size, x, y, _escaped(words))


def _content(texts: Sequence[Text], rectangles: Sequence[tuple[float, float, float, float]]) -> bytes:
    return b"\n".join([*(b"%g %g %g %g re f" % rectangle for rectangle in rectangles), *map(drawn, texts)])


def pdf(
    *pages: Sequence[Text],
    rectangles: Sequence[tuple[float, float, float, float]] = (),
    more: bytes = b"",
    page: bytes = b"",
    resources: bytes = b"",
    catalogue: bytes = b"",
    objects: Sequence[bytes] = (),
) -> bytes:
    """A PDF of A4 pages; ``rectangles`` (x, y, width, height) are drawn on each below the texts, the
    operators of ``more`` above them. The next three are added to the dictionaries of each page, its
    resources and the file; ``objects`` come last, after two for each page, which begin with 5."""
    kids = b" ".join(b"%d 0 R" % (5 + 2 * at) for at in range(len(pages)))
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>"
    made = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogue,
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        font % b"Helvetica",
        font % b"Helvetica-Bold",
    ]
    for at, texts in enumerate(pages):
        content = _content(texts, rectangles) + b"\n" + more
        made.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> %s >> %s >>" % (6 + 2 * at, resources, page)
        )
        made.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    return _file([*made, *objects])


def _file(objects: Sequence[bytes]) -> bytes:
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
