"""Fuzzes what reads foreign bytes, guided by coverage: any bytes give a result or one clear line.

    pip install atheris==3.0.0 && python benchmarks/fuzz.py TARGET [--seconds 120] [--corpus FOLDER]

TARGET is one of: text, html, docx, pdf, archive, catalogue, curation, framework, query, addresses. atheris
is no dependency; it needs a Python for which it has a wheel (Linux, 3.11 to 3.13). The corpus begins with
SEEDS and is kept in FOLDER if one is given. A finding is written to ``crash-…`` in the folder where this is
run, and becomes a case of ``tests/reading/test_fuzzed.py``, which runs without atheris.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

SEEDS: dict[str, tuple[bytes, ...]] = {
    "text": (b"Overall summary\nGood\n- one\n", b"\xff\xfea\0b\0", b"\xef\xbb\xbfa", b"caf\xe9"),
    "html": (
        b"<html><body><h1>A</h1><p id=x>b<ul><li>c<table><tr><td>d",
        b"From: x\r\nMIME-Version: 1.0\r\n\r\n<p>x",
    ),
    "docx": (b"<w:p><w:r><w:t>a</w:t></w:r></w:p>", b"<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"),
    "pdf": (
        b"BT /F1 11 Tf 72 700 Td (Overall summary) Tj 0 -13 Td (Good at re-) Tj ET 72 690 200 1 re f",
        b"BT /F2 9 Tf 1 0 0 1 300 90 Tm [(1) -200 (2)] TJ 5 Ts (3) Tj ET "
        b"q 0 1 -1 0 50 50 cm BT /F1 8 Tf (on its side) Tj ET Q",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"trailer<</Root 1 0 R>>",
    ),
    "archive": (b"a.txt\nWords", b"/etc/passwd.txt\nWords", b"../a.html\n<p>x"),
    "catalogue": (b'[[report]]\nfile = "a.txt"\npublished = 2024-01-01\nweb = "https://kg.example/"\n',),
    "curation": (b'same = [["a", "b"]]\n[names]\n"unit:a" = "b"\n[grades]\n"report:a/b" = "good"\n',),
    "framework": (b"@prefix kg: <https://kg.example/ontology#> .\n<https://a.example/x> a kg:Framework .",),
    "query": (b"# Title\n#\n# What it says.\nSELECT * { ?s ?p ?o # VALUES ?x\n}",),
    "addresses": (b"https://kg.example/a?b#c",),
}  # fmt: skip


def refused(work: Callable[[], object]) -> str | None:
    """The line that refuses the work, which must be one; None if it was done."""
    from kg.model.errors import KgError
    from kg.model.text.display import escaped

    try:
        work()
    except KgError as error:
        assert escaped(str(error)) == str(error), "one line with nothing invisible"
        return str(error)
    return None


def text(data: bytes) -> None:
    """Bytes as a text; blocks lie in the text."""
    from kg.reading.text import decode, line_blocks

    def read() -> None:
        decoded, _ = decode(data)
        assert all(decoded[block.start : block.end].strip() for block in line_blocks(decoded))

    refused(read)


def html(data: bytes) -> None:
    """Bytes as a web page, or one saved as a single file."""
    from kg.reading.pieces import assemble
    from kg.reading.text import decode
    from kg.reading.web_page.html import read_html
    from kg.reading.web_page.mhtml import is_mhtml, page_of

    def read() -> None:
        page, _ = decode(page_of(data) if is_mhtml(data) else data)
        joined, blocks = assemble(read_html(page).pieces)
        assert all("\n" not in joined[block.start : block.end] for block in blocks)

    refused(read)


def docx(data: bytes) -> None:
    """Bytes as the body of a Word file."""
    import io
    import zipfile

    from kg.reading.word.docx import read_docx

    start = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", start + data + b"</w:body></w:document>")
    refused(lambda: read_docx(made.getvalue()))


def pdf(data: bytes) -> None:
    """Bytes as a PDF where they begin as one, else as what is drawn on its only page; in this process."""
    from kg.reading.pdf.pdf import read_pdf
    from kg.reading.pieces import assemble

    def read() -> None:
        joined, blocks = assemble(read_pdf(data if data.startswith(b"%PDF-") else _page(data)).pieces)
        assert all(joined[block.start : block.end].strip() for block in blocks)

    refused(read)


def _page(content: bytes) -> bytes:
    """A PDF of one A4 page with this content, as PDFium repairs it: without a table of its objects."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/%s/Encoding/WinAnsiEncoding>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 6 0 R"
        b"/Resources<</Font<</F1 4 0 R/F2 5 0 R>>>>>>",
        font % b"Helvetica",
        font % b"Helvetica-Bold",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
    ]
    body = b"".join(b"%d 0 obj%s endobj\n" % (at, each) for at, each in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>"


def archive(data: bytes) -> None:
    """A member by the name in the first line is its bytes; and bytes that only begin as an archive does."""
    import io
    import zipfile

    from kg.reading.archive import Archive

    name, _, content = data.partition(b"\n")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as writer:
        writer.writestr(zipfile.ZipInfo(name.decode("utf-8", "replace") or "a"), content)
    whole = made.getvalue()

    def read() -> None:
        opened = Archive(whole)
        for member in opened.names:
            assert opened.read(member) == content

    refused(read)
    refused(lambda: [Archive(b"PK\x03\x04" + data).report_names()])
    at = len(data) % len(whole)
    refused(lambda: _all(Archive(whole[:at] + data[:8] + whole[at + 8 :])))


def _all(opened: object) -> None:
    from kg.reading.archive import Archive

    assert isinstance(opened, Archive)
    for name in opened.names:
        refused(lambda name=name: opened.read(name))


def _side_file(name: str, data: bytes, read: Callable[[str], object]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, name).write_bytes(data)
        line = refused(lambda: read(folder))
        assert line is None or name in line, "the file is named"


def catalogue(data: bytes) -> None:
    """Bytes as a catalogue."""
    from kg.reading.catalogue import read_catalogue

    _side_file("catalogue.toml", data, read_catalogue)


def curation(data: bytes) -> None:
    """Bytes as decisions; every IRI in them is one."""
    from kg.dataset.curation.decisions import Curation, is_iri, read_curation

    def read(folder: str) -> None:
        found: Curation = read_curation(folder)
        for name in (name for group in (*found.same, *found.different, *found.follows) for name in group):
            if is_iri(name):
                ox.NamedNode(name)

    _side_file("curation.toml", data, read)


def framework(data: bytes) -> None:
    """Bytes as a framework file."""
    from kg.model.framework_check import check_framework

    _side_file("x.ttl", data, lambda folder: check_framework(Path(folder, "x.ttl")))


def query(data: bytes) -> None:
    """Bytes as a query, asked of an empty store."""
    from kg.asking.sparql import query as ask

    asked = data.decode("utf-8", "replace")
    if asked.strip():
        refused(lambda: ask(asked, store=ox.Store()))


def addresses(data: bytes) -> None:
    """Bytes as an address and as a base."""
    from kg.model.addresses import checked_base, is_web_address

    written = data.decode("utf-8", "replace")
    if is_web_address(written):
        ox.NamedNode(written)
    refused(lambda: ox.NamedNode(checked_base(written) + "report/x"))


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target
    for target in (text, html, docx, pdf, archive, catalogue, curation, framework, query, addresses)
}


def main() -> None:
    """Fuzz one target."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--corpus", type=Path)
    given = parser.parse_args()
    try:
        import atheris
    except ImportError:
        sys.exit("fuzz.py: atheris is not installed (pip install atheris==3.0.0)")
    with tempfile.TemporaryDirectory() as place:
        corpus = given.corpus or Path(place)
        corpus.mkdir(exist_ok=True)
        for at, data in enumerate(SEEDS[given.target]):
            (corpus / f"seed-{given.target}-{at}").write_bytes(data)
        target = TARGETS[given.target]
        with atheris.instrument_imports(include=["kg", "zipfile", "tomllib", "html"]):
            target(SEEDS[given.target][0])
        options = [f"-max_total_time={given.seconds}", "-timeout=20", "-rss_limit_mb=2048"]
        atheris.Setup([sys.argv[0], *options, str(corpus)], target)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
