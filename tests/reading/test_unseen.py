"""Words that a file has and that nobody who opens it sees are no words of the report, and are told."""

from __future__ import annotations

from typing import Any

import pytest
from making_docx import docx, para
from making_pdf import drawn, flow, pdf, text

from kg.reading import read
from kg.reading.pieces import Reading
from kg.reading.web_page.html import read_html
from kg.reading.word.docx import read_docx

SEEN = "The force is inadequate at investigating crime."
HIDDEN = "The force is outstanding at investigating crime."
TOLD = f"left out, since readers do not see them or they are struck out: “{HIDDEN}” (48 characters)"


def told(reading: Reading) -> list[str]:
    return [notice.message for notice in reading.notices if notice.code == "unseen-words"]


def texts(reading: Reading) -> list[str]:
    return [piece.text for piece in reading.pieces]


# --- web pages ---


@pytest.mark.parametrize(
    "hidden",
    [
        f"<p><s>{HIDDEN}</s></p>",
        f"<p><del>{HIDDEN}</del></p>",
        f"<p><strike>{HIDDEN}</strike></p>",
        f'<p style="text-decoration: red line-through">{HIDDEN}</p>',
        f'<p style="color: red; display:/* not now */none">{HIDDEN}</p>',
        f'<p style="opacity:0">{HIDDEN}</p>',
        f'<p style="font-size: 0px !important">{HIDDEN}</p>',
        f'<p style="position: absolute; left: -9999px">{HIDDEN}</p>',
        f'<p style="position:absolute;clip:rect(0 0 0 0)">{HIDDEN}</p>',
        f'<p class="old draft">{HIDDEN}</p>',
        f'<p id="gone">{HIDDEN}</p>',
        f'<p style="{"x:y;" * 200}visibility:hidden">{HIDDEN}</p>',
    ],
)
def test_what_a_page_hides_is_left_out_and_told(hidden: str) -> None:
    style = "<style>/* drafts */ .draft, #gone { color: red; display: none }</style>"
    reading = read_html(f"<html><head>{style}</head><body><h1>Kent</h1>{hidden}<p>{SEEN}</p></body></html>")
    assert texts(reading) == ["Kent", SEEN]
    assert told(reading) == [TOLD]


@pytest.mark.parametrize(
    ("style", "part"),
    [
        (".menu .old{display:none}", f'<p class="old">{SEEN}</p>'),  # only below a menu
        ("@media print{.old{display:none}}", f'<p class="old">{SEEN}</p>'),
        (".old{display:none}.old{display:block}", f'<p class="old">{SEEN}</p>'),
        (".old{display:none}.open{display:block}", f'<p class="old open">{SEEN}</p>'),
        (".old{opacity:0.5}", f'<p class="old">{SEEN}</p>'),
        (".old{display:none}", f'<p class="older">{SEEN}</p>'),
        (".old{display:none}", f'<div class="accordion old"><p>{SEEN}</p></div>'),  # waits for a click
        ("", SEEN.replace("is", '<span aria-hidden="true">is</span>', 1)),  # seen, only not read out
    ],
)
def test_what_may_be_seen_stays(style: str, part: str) -> None:
    page = f"<html><head><style>{style}</style></head><body><h1>Kent</h1><p>{part}</p></body></html>"
    reading = read_html(page)
    assert texts(reading) == ["Kent", SEEN]
    assert told(reading) == []


def test_icons_are_no_words_of_their_line() -> None:
    page = '<h1>Kent</h1><p>Good <span class="icon" aria-hidden="true">expand_more</span></p>'
    assert texts(read_html(page)) == ["Kent", "Good"]


def test_what_is_hidden_outside_the_report_is_not_told() -> None:
    page = (
        f'<body><div style="display:none">Choose cookies</div><main><h1>Kent</h1><p>{SEEN}</p></main></body>'
    )
    assert told(read_html(page)) == []


@pytest.mark.parametrize(
    "head",
    [
        'Content-Type: multipart/related; type="text/html"; start="<page>"; boundary="B"',
        'Snapshot-Content-Location: https://example.org/page\nContent-Type: multipart/related; boundary="B"',
    ],
)
def test_the_page_of_a_file_with_frames_is_the_one_that_was_saved(head: str) -> None:
    def part(name: str, words: str) -> str:
        return (
            f"--B\nContent-Type: text/html\nContent-ID: <{name}>\n"
            f"Content-Location: https://example.org/{name}\n\n<h1>Kent</h1><p>{words}</p>\n"
        )

    saved = f"MIME-Version: 1.0\n{head}\n\n{part('frame', HIDDEN)}{part('page', SEEN)}--B--\n"
    assert read(saved.encode(), name="a.mhtml").text == f"Kent\n{SEEN}\n"


# --- Word ---


def run(words: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{words}</w:t></w:r>"


TRUE, FALSE, OLD = '<w:dstrike w:val="true"/>', '<w:vanish w:val="false"/>', '<w:rStyle w:val="Old"/>'


@pytest.mark.parametrize(
    "hidden",
    [
        f"<w:p>{run(HIDDEN, '<w:vanish/>')}</w:p>",
        f"<w:p>{run(HIDDEN, '<w:strike/>')}</w:p>",
        f"<w:p>{run(HIDDEN, TRUE)}</w:p>",
        f'<w:p><w:pPr><w:pStyle w:val="Gone"/></w:pPr>{run(HIDDEN)}</w:p>',
        f"<w:p>{run(HIDDEN, OLD)}</w:p>",
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{para(HIDDEN)}</w:sdtContent></w:sdt>",
    ],
)
def test_what_a_word_file_hides_is_left_out_and_told(hidden: str) -> None:
    reading = read_docx(docx(hidden + para(SEEN)))
    assert texts(reading) == [SEEN]
    assert len(told(reading)) == 1
    assert HIDDEN in told(reading)[0]


@pytest.mark.parametrize(
    "shown",
    [
        f"<w:p>{run(SEEN, FALSE)}</w:p>",
        f'<w:p><w:pPr><w:pStyle w:val="Gone"/></w:pPr>{run(SEEN, FALSE)}</w:p>',
        f"<w:p><w:AlternateContent><w:Choice w:Requires='wps'>{run(SEEN)}</w:Choice>"
        f"<w:Choice w:Requires='wps'>{run(HIDDEN)}</w:Choice></w:AlternateContent></w:p>",
        f"<w:p><w:AlternateContent><w:Choice w:Requires='mine'>{run(HIDDEN)}</w:Choice>"
        f"<w:Fallback>{run(SEEN)}</w:Fallback></w:AlternateContent></w:p>",
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r>" + run(HIDDEN)
        + "<w:r><w:fldChar w:fldCharType='separate'/></w:r>" + run(SEEN)
        + "<w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>",
    ],
)  # fmt: skip
def test_of_alternatives_and_fields_a_word_file_shows_one(shown: str) -> None:
    reading = read_docx(docx(shown))
    assert texts(reading) == [SEEN]
    assert told(reading) == []


def test_rows_and_cells_that_are_hidden_or_deleted_are_no_rows() -> None:
    def row(properties: str, *cells: str) -> str:
        return f"<w:tr>{properties}{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"

    table = (
        row("", para("Area"), para("Grade"))
        + row("<w:trPr><w:hidden/></w:trPr>", para("Leadership"), para("Outstanding"))
        + row("<w:trPr><w:del/></w:trPr>", para("Leadership"), para("Good"))
        + row("", para("Leadership"), "<w:tcPr><w:cellDel/></w:tcPr>" + para("Good"), para("Inadequate"))
    )
    reading = read_docx(docx(f"<w:tbl>{table}</w:tbl>"))
    assert texts(reading) == ["Area | Grade", "Leadership | Inadequate"]
    assert len(told(reading)) == 1


# --- PDF ---

GRADE = drawn(text(72, 600, HIDDEN))
COVER = b"q %s rg 60 592 400 20 re f Q"
_AREA = b"/Rect [60 592 460 612] /QuadPoints [60 612 460 612 60 592 460 592]"


@pytest.mark.parametrize(
    ("more", "dictionaries"),
    [
        (b"q 3 Tr " + GRADE + b" Q", {}),
        (b"q 7 Tr " + GRADE + b" Q", {}),
        (b"q 1 1 1 rg " + GRADE + b" Q", {}),
        (GRADE + COVER % b"1 1 1", {}),
        (GRADE + COVER % b"0 0 0", {}),
        (b"q 0 0 1 1 re W n " + GRADE + b" Q", {}),
        (b"q /G0 gs " + GRADE + b" Q", {"resources": b"/ExtGState << /G0 << /ca 0 >> >>"}),
        (drawn(text(72, 600, HIDDEN, size=0.5)), {}),
        (GRADE + b"q 1 w 72 604 m 330 604 l S Q", {}),
        (GRADE, {"page": b"/Annots [<< /Type /Annot /Subtype /StrikeOut %s >>]" % _AREA}),
        (GRADE, {"page": b"/Annots [<< /Type /Annot /Subtype /Redact %s >>]" % _AREA}),
        (
            b"/OC /L0 BDC " + GRADE + b" EMC",
            {
                "resources": b"/Properties << /L0 7 0 R >>",
                "catalogue": b"/OCProperties << /OCGs [7 0 R] /D << /OFF [7 0 R] >> >>",
                "objects": [b"<< /Type /OCG /Name (Draft) >>"],
            },
        ),
    ],
)
def test_what_a_page_does_not_show_is_left_out_and_told(more: bytes, dictionaries: dict[str, Any]) -> None:
    pytest.importorskip("pypdfium2")
    reading = read_made(more, **dictionaries)
    assert " ".join(texts(reading)) == " ".join([*LINES, SEEN])
    assert told(reading) == [f"page 1: {TOLD}"]


@pytest.mark.parametrize(
    "more",
    [
        drawn(text(72, 600, HIDDEN)),
        b"q 0 0 0.6 rg 60 592 400 20 re f 1 1 1 rg " + GRADE + b" Q",  # white on a band of blue
        GRADE + b"q 1 w 72 598 m 330 598 l S Q",  # underlined
        GRADE + b"q 1 1 1 RG 1 w 72 604 m 330 604 l S Q",  # a line that nobody sees
        b"q 0.8 g " + GRADE + b" Q",  # pale
    ],
)
def test_what_a_page_shows_stays(more: bytes) -> None:
    pytest.importorskip("pypdfium2")
    reading = read_made(more)
    assert HIDDEN in texts(reading)
    assert told(reading) == []


LINES = ["The force records crime well, and it has done so for as long as the inspectorate has asked."]


def read_made(more: bytes, **dictionaries: Any) -> Reading:
    from kg.reading.pdf.pdf import read_pdf

    return read_pdf(pdf([*flow(LINES, y=700), text(72, 500, SEEN)], more=more, **dictionaries))
