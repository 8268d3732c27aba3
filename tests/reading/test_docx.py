"""Word files, made part by part so that each thing has its test."""

from __future__ import annotations

import io
import zipfile

import pytest
from making_docx import docx, para

from kg.model.errors import CannotRead
from kg.reading import read
from kg.reading.word.docx import read_docx


def found(body: str, **parts: str) -> list[tuple[str, int | None, str]]:
    return [(piece.kind, piece.level, piece.text) for piece in read_docx(docx(body, **parts)).pieces]


def test_headings_are_known_by_style_also_by_what_it_is_based_on() -> None:
    body = (
        para("The title", style="T") + para("Findings", style="H2") + para("A box", style="Mine") + para("x")
    )
    assert found(body) == [
        ("heading", 1, "The title"), ("heading", 2, "Findings"), ("heading", 2, "A box"),
        ("paragraph", None, "x"),
    ]  # fmt: skip


def test_without_heading_styles_short_bold_paragraphs_are_headings() -> None:
    assert found(para("Title", bold=True) + para("A head", bold=True) + para("All bold.", bold=True)) == [
        ("heading", 1, "Title"), ("heading", 2, "A head"), ("paragraph", None, "All bold."),
    ]  # fmt: skip


def test_bullets_are_list_items_and_numbers_stand_before_the_words() -> None:
    body = (
        para("one", number="1") + para("first", number="2") + para("inner", number="2", depth="1")
        + para("second", number="2") + para("inner", number="2", depth="1")
    )  # fmt: skip
    assert [(kind, words) for kind, _, words in found(body)] == [
        ("list-item", "one"), ("paragraph", "1. first"), ("paragraph", "1.a) inner"),
        ("paragraph", "2. second"), ("paragraph", "2.a) inner"),
    ]  # fmt: skip


def test_bullets_know_how_deep_their_list_is() -> None:
    body = para("one", number="1") + para("two", number="1")
    assert [level for _, level, _ in found(body)] == [1, 1]


def test_a_typed_bullet_is_a_list_item() -> None:
    assert found(para("•&#9;set a plan;")) == [("list-item", None, "set a plan;")]


def test_inserted_text_stays_and_deleted_text_goes() -> None:
    body = (
        "<w:p><w:r><w:t xml:space='preserve'>is </w:t></w:r><w:ins><w:r><w:t>good</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>bad</w:delText></w:r></w:del></w:p>"
    )
    assert found(body) == [("paragraph", None, "is good")]


def run(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
ROW = "<w:tr>{}" + "".join(f"<w:tc>{para(words)}</w:tc>" for words in ("gone", "gone")) + "</w:tr>"
KEPT = "<w:tr>" + "".join(f"<w:tc>{para(words)}</w:tc>" for words in ("good", "bad")) + "</w:tr>"


@pytest.mark.parametrize(
    "body",
    [
        *("<w:p>" + run("gone", f"<w:{mark}/>") + "</w:p>" for mark in ("vanish", "strike", "dstrike")),
        para("gone", style="Gone"),
        "<w:p>" + run("gone", "<w:rStyle w:val='Gone'/>") + "</w:p>",
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{para('gone')}</w:sdtContent></w:sdt>",
        f"<w:p>{FIELD.format('begin')}{run('gone')}{FIELD.format('separate')}{FIELD.format('end')}</w:p>",
        f"<w:tbl>{ROW.format('<w:trPr><w:hidden/></w:trPr>')}</w:tbl>",
        f"<w:tbl>{ROW.format('<w:trPr><w:del/></w:trPr>')}</w:tbl>",
    ],
)
def test_what_nobody_sees_is_left_out(body: str) -> None:
    assert [words for _, _, words in found(para("before") + body + para("after"))] == ["before", "after"]


@pytest.mark.parametrize(
    "body",
    [
        "<w:p>" + run("seen", "<w:vanish w:val='0'/>") + "</w:p>",
        para("seen", style="Seen"),
        "<w:p><w:pPr><w:pStyle w:val='Gone'/></w:pPr>" + run("seen", "<w:vanish w:val='false'/>") + "</w:p>",
        f"<w:p>{FIELD.format('begin')}{FIELD.format('separate')}{run('seen')}{FIELD.format('end')}</w:p>",
        f"<w:p>{FIELD.format('begin')}{run('seen')}</w:p>",  # it never ends
        f"<w:p><w:AlternateContent><w:Choice w:Requires='unheard-of'>{run('gone')}</w:Choice>"
        f"<w:Choice w:Requires='wps'>{run('seen')}</w:Choice><w:Fallback>{run('gone')}</w:Fallback>"
        "</w:AlternateContent></w:p>",
        f"<w:p><w:AlternateContent><w:Choice w:Requires='unheard-of'>{run('gone')}</w:Choice>"
        f"<w:Fallback>{run('seen')}</w:Fallback></w:AlternateContent></w:p>",
    ],
)
def test_what_is_seen_stays(body: str) -> None:
    assert [words for _, _, words in found(body)] == ["seen"]


def test_a_cell_that_was_deleted_goes_and_its_row_stays() -> None:
    cells = "".join(
        f"<w:tc>{mark}{para(words)}</w:tc>"
        for mark, words in (("", "area"), ("<w:tcPr><w:cellDel/></w:tcPr>", "gone"), ("", "good"))
    )
    assert [words for _, _, words in found(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")] == ["area | good"]


def test_links_tabs_and_breaks_are_read() -> None:
    body = (
        "<w:p><w:hyperlink><w:r><w:t>PEEL</w:t><w:tab/><w:t>2023</w:t></w:r></w:hyperlink>"
        "<w:r><w:br/><w:t>An inspection</w:t><w:noBreakHyphen/><w:t>report</w:t></w:r></w:p>"
    )
    assert [words for _, _, words in found(body)] == ["PEEL 2023", "An inspection-report"]


def test_tables_become_rows() -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>".format
    row = f"<w:tr>{cell('Overall effectiveness')}{cell('Good')}</w:tr>"
    assert found(f"<w:tbl>{row}</w:tbl>") == [("row", None, "Overall effectiveness | Good")]


def cells(*texts: str) -> str:
    return "".join(text if text.startswith("<w:tc>") else f"<w:tc>{para(text)}</w:tc>" for text in texts)


def merged(words: str, properties: str) -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{para(words)}</w:tc>"


GRADES = cells("Outstanding", "Good", "Adequate")
FROM, ON = merged("y", '<w:vMerge w:val="restart"/>'), merged("", "<w:vMerge/>")


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        (
            [GRADES, merged("", '<w:gridSpan w:val="2"/>') + cells("a")],
            ["Outstanding", "Good", "Adequate | a"],
        ),
        (
            [GRADES, '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cells("a", "b")],
            ["Outstanding", "Good | a", "Adequate | b"],
        ),
        (
            [cells("a", "x", FROM), cells("b", "z", ON), cells("c", "z", "w")],
            ["a | x | y", "b | z | y", "c | z | w"],
        ),
        ([cells("a", "b"), cells("c", ON)], ["a | b", "c"]),
    ],
)
def test_merged_cells_stand_in_their_columns(rows: list[str], read: list[str]) -> None:
    body = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    assert [words for _, _, words in found(body)] == read


SUPER, LIFTED = '<w:vertAlign w:val="superscript"/>', '<w:position w:val="6"/>'


@pytest.mark.parametrize(
    ("runs", "read"),
    [
        (run("It has 12") + run("3", SUPER) + run(" boats."), "It has 12 boats."),
        (run("It has 12") + run("3", LIFTED) + run(" boats."), "It has 12 boats."),
        (run("It took 10") + run("3", SUPER) + run(" calls."), "It took 10³ calls."),
        (run("On the 31") + run("st", SUPER), "On the 31st"),
        (
            run("It has 12")
            + '<w:r><w:footnoteReference w:id="2" w:customMarkFollows="1"/><w:t>3</w:t></w:r>',
            "It has 12",
        ),
        ("<w:f><w:num>" + run("1") + "</w:num><w:den>" + run("2") + "</w:den></w:f>", "1/2"),
        ('<w:r><w:sym w:font="Symbol" w:char="F02D"/></w:r>' + run("3.5%"), "−3.5%"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run("90%"), "≥90%"),
        (run("is ") + '<w:r><w:sym w:font="Wingdings" w:char="F0E2"/></w:r>' + run("3%"), "is \uf0e23%"),
    ],
)
def test_signs_and_raised_digits_are_what_they_look_like(runs: str, read: str) -> None:
    assert [words for _, _, words in found(f"<w:p>{runs}</w:p>")] == [read]


def test_a_paragraph_whose_mark_was_deleted_goes_on_in_the_next() -> None:
    gone = f'<w:p><w:pPr><w:rPr><w:del w:id="5"/></w:rPr></w:pPr>{run("It is good ")}</w:p>'
    assert found(gone + gone + para("on paper.")) == [("paragraph", None, "It is good It is good on paper.")]
    assert found(gone) == [("paragraph", None, "It is good")]


def test_a_table_with_one_cell_is_a_box_of_paragraphs() -> None:
    assert found(f"<w:tbl><w:tr><w:tc>{para('a')}{para('b')}</w:tc></w:tr></w:tbl>") == [
        ("paragraph", None, "a"), ("paragraph", None, "b"),
    ]  # fmt: skip


def test_text_boxes_are_read_once() -> None:
    box = f"<w:txbxContent>{para('in the box')}</w:txbxContent>"
    twice = f"<w:x><w:Choice>{box}</w:Choice><w:Fallback>{box}</w:Fallback></w:x>"
    body = f"<w:p><w:r><w:t>around</w:t>{twice}</w:r></w:p>"
    assert [words for _, _, words in found(body)] == ["around", "in the box"]


def test_tables_of_contents_go_and_footnotes_are_metadata() -> None:
    note = (
        '<w:footnote w:type="separator" w:id="-1"/>' + f'<w:footnote w:id="1">{para("A note.")}</w:footnote>'
    )
    reading = read_docx(docx(para("Findings 3", style="Toc") + para("Words"), footnotes=note))
    assert [piece.text for piece in reading.pieces] == ["Words"]
    assert reading.metadata == (("footnote", "A note."),)


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "it has a document type"),
        ("<x>" * 500 + "</x>" * 500, "nested deeper than 400"),
        ("<x>", "damaged XML at line 1"),
    ],
)
def test_hostile_or_damaged_parts_are_refused(document: str, message: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("word/document.xml", document)
    with pytest.raises(CannotRead, match=rf"a\.docx: word/document\.xml: .*{message}"):
        read(out.getvalue(), name="a.docx")


def test_a_file_that_word_writes_is_read() -> None:
    docx_module = pytest.importorskip("docx")
    document = docx_module.Document()
    document.core_properties.title = "A title"
    document.add_heading("Findings", level=2)
    document.add_paragraph("set a plan", style="List Bullet")
    document.add_paragraph("first", style="List Number")
    out = io.BytesIO()
    document.save(out)
    made = read(out.getvalue(), name="a.docx")
    assert made.text == "Findings\n- set a plan\n1. first\n"
    assert ("meta:title", "A title") in made.metadata
    assert made.source.media_type.endswith("wordprocessingml.document")
