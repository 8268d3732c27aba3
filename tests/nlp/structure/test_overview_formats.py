"""One table of grades as a web page, a Word file, a PDF and text gives the same judgements."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from making_docx import docx, para
from making_pdf import flow, pdf
from making_pdf import text as placed

from kg.nlp.structure import find_structure
from kg.reading import read

TITLE = "PEEL 2023–25: An inspection of Alnshire Police"
BEFORE = ["Published on 14 May 2024", "Our judgments"]
AFTER = ["HM Inspector’s summary", "I am pleased with some of what I saw in this force when we went there."]
EXPECTED = {
    "Responding to the public": "good",
    "Managing offenders and suspects": "good",
    "Investigating crime": "adequate",
    "Protecting vulnerable people": "inadequate",
}
TABLES = {
    "rows": [
        ["Area", "Grade"],
        ["Responding to the public", "Good"],
        ["Managing offenders", "Good"],
        ["Investigating crime", "Adequate"],
        ["Protecting vulnerable people", "Inadequate"],
    ],
    "columns": [
        ["Outstanding", "Good", "Adequate", "Inadequate"],
        ["", "Responding to the public", "Investigating crime", "Protecting vulnerable people"],
        ["", "Managing offenders", "", ""],
    ],
    "spans": [
        ["Grade", "Area"],
        ["Good", "Responding to the public"],
        ["", "Managing offenders"],
        ["Adequate", "Investigating crime"],
        ["Inadequate", "Protecting vulnerable people"],
    ],
}
Table = Sequence[Sequence[str]]


def as_html(table: Table) -> bytes:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in table)
    before, after = ("".join(f"<p>{line}</p>" for line in lines) for lines in (BEFORE, AFTER))
    head = f"<meta charset='utf-8'><title>{TITLE}</title>"
    main = f"<h1>{TITLE}</h1>{before}<table>{rows}</table>{after}"
    return f"<html><head>{head}</head><body><main>{main}</main></body></html>".encode()


def as_docx(table: Table) -> bytes:
    rows = "".join(
        "<w:tr>" + "".join(f"<w:tc>{para(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in table
    )
    before, after = ("".join(map(para, lines)) for lines in ([TITLE, *BEFORE], AFTER))
    return docx(f"{before}<w:tbl>{rows}</w:tbl>{after}")


def as_pdf(table: Table) -> bytes:
    width = 480 // len(table[0])
    xs = [50 + width * at for at in range(len(table[0]) + 1)]
    ys = [640 - 30 * at for at in range(len(table) + 1)]
    lines = [(xs[0], y, xs[-1] - xs[0], 0.5) for y in ys] + [(x, ys[-1], 0.5, ys[0] - ys[-1]) for x in xs]
    cells = [
        placed(xs[column] + 4, ys[row] - 18, cell, size=8)
        for row, texts in enumerate(table)
        for column, cell in enumerate(texts)
        if cell
    ]
    head = [placed(50, 760, plain(TITLE), size=18), *flow(list(map(plain, BEFORE)), y=720)]
    return pdf([*head, *cells, *flow(list(map(plain, AFTER)), y=400)], rectangles=lines)


def as_text(table: Table) -> bytes:
    rows = ["\t".join(row).strip("\t") if row[0] else row[1] for row in table]
    return "\n".join([TITLE, *BEFORE, *rows, *AFTER]).encode()


def plain(words: str) -> str:
    return words.replace("–", "-").replace("’", "'")


MAKERS = {"report.html": as_html, "report.docx": as_docx, "report.pdf": as_pdf, "report.txt": as_text}
CASES = [
    (form, name)
    for form in TABLES
    for name in MAKERS
    if form == "rows" or name != "report.txt"  # text has no columns and no cells that span rows
]


@pytest.mark.parametrize(("form", "name"), CASES)
def test_a_table_of_grades_gives_the_same_judgements_in_every_format(form: str, name: str) -> None:
    found = find_structure(read(MAKERS[name](TABLES[form]), name=name))
    assert {judgement.area: judgement.grade for judgement in found.judgements} == EXPECTED


CARDS = {
    "headings": "<div class='card'><h3>{area}</h3><p>{grade}</p></div>",
    "links": "<a href='#'><h3>{area}</h3></a><span>{grade}</span><p>Read more about this area</p>",
    "paragraphs": "<div class='card'><p>{area}</p><p>{grade}</p><p>Last updated 02/03/2024</p></div>",
    "grades": "<div class='card'><h4>{grade}</h4><p>{area}</p></div>",
}


@pytest.mark.parametrize("name", CARDS)
def test_cards_each_with_an_area_and_its_grade_give_the_judgements(name: str, tmp_path: Path) -> None:
    grades = ["good", "adequate", "inadequate", "good"]
    cards = "".join(
        CARDS[name].format(area=area, grade=grade.capitalize())
        for area, grade in zip(EXPECTED, grades, strict=True)
    )
    main = (
        f"<h1>{TITLE}</h1><p>{BEFORE[0]}</p><h2>{BEFORE[1]}</h2>{cards}<h2>{AFTER[0]}</h2><p>{AFTER[1]}</p>"
    )
    file = tmp_path / "report.html"
    file.write_text(f"<html><head><title>{TITLE}</title></head><body><main>{main}</main></body></html>")
    found = {j.area: j.grade for j in find_structure(read(file)).judgements}
    assert found == dict(zip(EXPECTED, grades, strict=True))


LAYOUTS = {
    "grades above": [
        "Good", "Responding to the public", "Managing offenders",
        "Adequate", "Investigating crime", "Inadequate", "Protecting vulnerable people",
    ],
    "grades below": [
        "Responding to the public", "Good", "Managing offenders", "Good",
        "Investigating crime", "Adequate", "Protecting vulnerable people", "Inadequate",
    ],
    "area and grade": [
        "Responding to the public: good", "Managing offenders: good",
        "Investigating crime: adequate", "Protecting vulnerable people: inadequate",
    ],
    "area, dash and grade": [
        "Responding to the public – Good", "Managing offenders – Good",
        "Investigating crime – Adequate", "Protecting vulnerable people – Inadequate",
    ],
    "several on a line": [
        "Responding to the public – good. Managing offenders – good",
        "Investigating crime – adequate; Protecting vulnerable people – inadequate",
    ],
    "grade and areas": [
        "Good: responding to the public, managing offenders",
        "Adequate: investigating crime", "Inadequate: protecting vulnerable people",
    ],
    "not graded": [
        "Preventing crime", "Not graded", "Responding to the public", "Good", "Managing offenders", "Good",
        "Investigating crime", "Adequate", "Protecting vulnerable people", "Inadequate",
    ],
    "an unknown name": [
        "Good", "Looking after dogs", "Responding to the public", "Managing offenders",
        "Adequate", "Investigating crime", "Inadequate", "Protecting vulnerable people",
    ],
    "prose": [
        "Alnshire Police is good at responding to the public and at managing offenders.",
        "It is adequate at investigating crime and inadequate at protecting vulnerable people.",
    ],
    "a tally with names": [
        "We graded the force as good in two areas: responding to the public and managing offenders.",
        "It is adequate in one area – investigating crime – and inadequate at protecting vulnerable people.",
    ],
}  # fmt: skip


def lines_as_html(lines: Sequence[str]) -> bytes:
    body = "".join(f"<p>{line}</p>" for line in (*BEFORE, *lines, *AFTER))
    head = f"<meta charset='utf-8'><title>{TITLE}</title>"
    return f"<html><head>{head}</head><body><main><h1>{TITLE}</h1>{body}</main></body></html>".encode()


def lines_as_docx(lines: Sequence[str]) -> bytes:
    return docx("".join(map(para, (TITLE, *BEFORE, *lines, *AFTER))))


def lines_as_pdf(lines: Sequence[str]) -> bytes:
    body = map(plain, (*BEFORE, *lines, *AFTER))
    return pdf([placed(50, 760, plain(TITLE), size=18), *flow(body, x=50, y=720, lead=26)])


def lines_as_text(lines: Sequence[str]) -> bytes:
    return "\n".join((TITLE, *BEFORE, *lines, *AFTER)).encode()


WRITERS = {
    "report.html": lines_as_html,
    "report.docx": lines_as_docx,
    "report.pdf": lines_as_pdf,
    "report.txt": lines_as_text,
}


FULL_LINES = ("several on a line",)
"""Layouts whose lines fill the column of a page, so that in a PDF the next seems to go on with them."""
WRITTEN = [
    (layout, name)
    for layout in LAYOUTS
    for name in WRITERS
    if layout not in FULL_LINES or name != "report.pdf"
]


@pytest.mark.parametrize(("layout", "name"), WRITTEN)
def test_lines_of_grades_give_the_same_judgements_in_every_format(layout: str, name: str) -> None:
    found = find_structure(read(WRITERS[name](LAYOUTS[layout]), name=name))
    assert {judgement.area: judgement.grade for judgement in found.judgements} == EXPECTED


WIDE = {
    "Preventing crime and tackling anti-social behaviour": "good",
    "Investigating crime and reducing re-offending": "requires improvement",
    "Protecting vulnerable people and supporting victims": "inadequate",
    "Tackling serious and organised crime": "good",
}
WIDE_LINES = {
    "area: grade": [f"{area}: {grade}" for area, grade in WIDE.items()],
    "area - grade": [f"{area} - {grade.capitalize()}" for area, grade in WIDE.items()],
    "area (grade)": [f"{area} ({grade})" for area, grade in WIDE.items()],
    "area | grade": [f"{area} | {grade.capitalize()}" for area, grade in WIDE.items()],
    "grades below": [words for area, grade in WIDE.items() for words in (area, grade.capitalize())],
    "grade: areas": [
        "Good: preventing crime and tackling anti-social behaviour; tackling serious and organised crime",
        "Requires improvement: investigating crime and reducing re-offending",
        "Inadequate: protecting vulnerable people and supporting victims",
    ],
    "grades above": [
        "Inadequate", "Protecting vulnerable people and supporting victims",
        "Requires improvement", "Investigating crime and reducing re-offending",
        "Good", "Preventing crime and tackling anti-social behaviour", "Tackling serious and organised crime",
    ],
}  # fmt: skip


@pytest.mark.parametrize("layout", WIDE_LINES)
def test_lines_that_fill_a_page_are_no_paragraph_where_they_are_graded(
    layout: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    title = "PEEL: Police effectiveness 2016 – An inspection of Alnshire Police"
    monkeypatch.setitem(globals(), "TITLE", title)
    found = find_structure(read(lines_as_pdf(WIDE_LINES[layout]), name="report.pdf"))
    given = {j.area.replace("antisocial", "anti-social"): j.grade for j in found.judgements}
    assert given == {area: grade.replace(" ", "-") for area, grade in WIDE.items()}
