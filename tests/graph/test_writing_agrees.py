"""The same report as text, web page, Word file and PDF gives the same lines.

Known differences: a numbered list has its numbers in PDF and Word and dashes in HTML; a printed page keeps
menus and banners that the web page itself marks as such; a table without lines falls apart in a PDF.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from browser import printed
from samples import GOLD

from kg.reading import read
from kg.reading.pieces import Piece
from kg.reading.web_page.html import read_html

PAGE = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>A report</title>
<style>body { font: 12pt sans-serif } td, th { border: 1px solid; padding: 6px }
.box { border: 2px solid; padding: 1em }
</style></head><body><main>
<h1>An inspection of Marchshire Police</h1><p>Published on: 26 April 2024</p>
<h2>Overall summary</h2>
<table><tr><th>Judgement</th><th>Grade</th></tr><tr><td>Investigating crime, and how well the force looks
after
the people who report it and those who are the witnesses of it</td><td>Requires improvement</td></tr>
<tr><td>Responding to the public</td><td>Good</td></tr></table>
<p>The force has changed much since our last inspection. It answers calls faster, and its officers know
what is
expected of them. In the year ending 31 March 2023, it recorded 68.4 crimes per 1,000 population, and it
spent £1.3m on
its well-trained response teams. But it doesn’t always supervise its investigations well enough.</p>
<h2>Investigating crime</h2>
<div class="box"><h3>Cause of concern</h3><h4>The force doesn’t supervise its investigations well enough,
and too
many victims see no result</h4><p>By 31 July 2024, Marchshire Police should:</p>
<ul><li>make sure that every investigation has a plan, and that a supervisor reviews it before the suspect
is bailed
or released;</li><li>tell victims what happens; and</li><li>record outcomes correctly.</li></ul></div>
<p>The force told us that 512 devices were waiting to be examined. It has begun to act on it.</p>
</main></body></html>"""


def word_file(pieces: Sequence[Piece]) -> bytes:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    for piece in pieces:
        if piece.kind == "row":
            cells = piece.text.split(" | ")
            table = document.add_table(rows=1, cols=len(cells))
            for cell, words in zip(table.rows[0].cells, cells, strict=True):
                cell.text = words
        elif piece.kind == "heading":
            document.add_heading(piece.text, level=piece.level or 1)
        else:
            document.add_paragraph(piece.text, style="List Bullet" if piece.kind == "list-item" else None)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_page_and_its_print_agree(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    one, other = read(page), read(printed(page, tmp_path))
    assert other.text == one.text
    assert [(b.kind, b.level) for b in other.blocks] == [(b.kind, b.level) for b in one.blocks]


def test_a_page_and_the_same_as_a_word_file_agree() -> None:
    one, other = read(PAGE.encode(), name="a.html"), read(word_file(read_html(PAGE).pieces), name="a.docx")
    assert other.text == one.text
    assert [(b.kind, b.level) for b in other.blocks] == [(b.kind, b.level) for b in one.blocks]


def test_a_page_and_its_text_agree() -> None:
    one = read(PAGE.encode(), name="a.html")
    other = read(one.text.encode(), name="a.txt")
    assert other.text == one.text
    assert [(b.start, b.end) for b in other.blocks] == [(b.start, b.end) for b in one.blocks]


def test_the_printed_sample_page_has_the_lines_of_the_sample_text(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    made = read(printed(GOLD / "marchshire-2023-25" / "report.html", tmp_path)).text.splitlines()
    wanted = (GOLD / "marchshire-2023-25" / "report.txt").read_text(encoding="utf-8").splitlines()
    missing = [line for line in wanted if line not in made]
    assert missing == []
    places = [made.index(line) for line in wanted if made.count(line) == 1]
    assert places == sorted(places)
