"""Web pages as saved from a browser."""

from __future__ import annotations

import pytest
from samples import GOLD

from kg.model.errors import CannotRead
from kg.reading.pieces import assemble
from kg.reading.web_page.html import read_html


def lines(body: str, head: str = "") -> list[str]:
    page = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    return assemble(read_html(page).pieces)[0].splitlines()


COLUMNS = (
    "Graded judgments for",
    "Outstanding",
    "Good |",
    "Adequate |",
    "Requires improvement |",
    "Inadequate |",
)
"""How the lines of the page's table of grades begin; the sample text was saved without that table."""


def test_the_sample_page_gives_the_lines_of_the_sample_text() -> None:
    page = (GOLD / "marchshire-2023-25" / "report.html").read_text(encoding="utf-8")
    text = (GOLD / "marchshire-2023-25" / "report.txt").read_text(encoding="utf-8")
    pieces = read_html(page).pieces
    table = [piece for piece in pieces if piece.text.startswith(COLUMNS)]
    assert len(table) == len(COLUMNS)
    assert assemble([piece for piece in pieces if piece not in table])[0] == text


@pytest.mark.parametrize(
    "part",
    [
        "<nav><ul><li><a href='/'>Home</a></ul></nav>",
        "<header><p>Inspectorate of Things</p></header>",
        "<footer><p>Crown copyright</p></footer>",
        "<aside><p>Related</p></aside>",
        "<div class='cookie-banner'><p>We use cookies</p></div>",
        "<div id='ccc-cookie-notice'>We use cookies</div>",
        "<div role='dialog'>Please take our survey</div>",
        "<ul class='breadcrumbs'><li>Home</li></ul>",
        "<span class='govuk-visually-hidden'>Warning</span>",
        "<p hidden>Draft</p>",
        "<p aria-hidden='true'>★</p>",
        "<p style='display: none'>Draft</p>",
        "<p style='display:/* x */none'>Draft</p>",
        "<p style='position:absolute;left:-9999px'>Draft</p>",
        "<p><del>It was bad.</del><s>It was.</s><strike>Bad</strike></p>",
        "<p style='text-decoration: line-through'>It was bad.</p>",
        "<style>.gone { color: red; display: none }</style><p class='a gone'>Draft</p>",
        "<style><!-- .gone { display: none } --></style><p class='gone'>Draft</p>",
        r"<style>.go\6e e { displ\61y: none }</style><p class='gone'>Draft</p>",
        "<style>p#x, td.y { visibility: hidden }</style><p id='x'>Draft</p>",
        "<style>.gone { display: block } .gone { display: none }</style><p class='gone'>Draft</p>",
        "<script>document.write('<p>no</p>')</script>",
        "<style>p { color: red }</style>",
        "<noscript>Turn on scripts</noscript>",
        "<template><p>no</p></template>",
        "<form><label>Search</label><button>Go</button></form>",
        "<div class='share-links'><a href='https://x.example'>Post</a></div>",
        "<p><a href='#top'>Back to top</a></p>",
        "<p><a href='#'>Print this page</a> | <a href='#'>Share this page</a></p>",
        "<p><a href='r.pdf'>Download the report (PDF, 500 KB)</a></p>",
        "<h2>Contents</h2><ol><li><a href='#a'>A</a><li><a href='#b'>B</a><li><a href='p#c'>C</a></ol>",
        "<!-- comment -->",
    ],
)
def test_what_is_not_the_report_is_left_out(part: str) -> None:
    report = "<h1>A report</h1><p>The force is good at its work.</p>" + "<p>It is. </p>" * 20
    assert lines(part + report + part) == lines(report)


def test_main_wins_over_the_rest_of_the_body() -> None:
    assert lines("<div>Site name</div><main><p>The report itself.</p></main><div>Links</div>") == [
        "The report itself."
    ]


def test_an_article_that_is_most_of_the_page_is_the_report_with_its_main_heading() -> None:
    body = "<div>x</div><div><h1>Title</h1><article><p>" + "Long text. " * 20 + "</p></article></div>"
    assert lines(body)[0] == "Title"
    assert "x" not in lines(body)


def test_a_class_never_takes_away_most_of_the_page() -> None:
    assert lines("<div class='content has-sidebar no-print'><h1>Title</h1><p>All text.</p></div>") == [
        "Title", "All text.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "part",
    [
        "<section id='information-sharing'><p>Partners share what they know.</p></section>",
        "<div class='overflow-hidden social-care'><p>Children in care do well.</p></div>",
        "<aside class='box'><h2>Area for improvement</h2><p>The force should do it.</p></aside>",
        "<form><article><h2>Findings</h2><p>All pages of this site are in a form.</p></article></form>",
        "<h2><button aria-controls='s1'>Findings</button></h2><div id='s1' hidden><p>Folded.</p></div>",
        "<div class='accordion-content' style='display:none'><p>Folded.</p></div>",
        "<details><summary>Findings</summary><p>Folded.</p></details>",
        "<header><h2>Findings</h2></header>",
    ],
)
def test_what_only_looks_like_it_stays(part: str) -> None:
    report = "<h1>A report</h1>" + "<p>The force is good at its work.</p>" * 20
    page = f"<main>{report}{part}</main>"
    assert len(lines(page)) == len(lines(f"<main>{report}</main>")) + part.count("<p>") + part.count(
        "<h2>"
    ) + part.count("<summary>")


@pytest.mark.parametrize(
    "part",
    [
        "<style>@media print { .x { display: none } } .a .x, .x:after { display: none }</style>"
        "<p class='x'>Seen.</p>",
        "<style>.x { display: none } .x.open { display: block }</style><p class='x open'>Seen.</p>",
        "<style>.x { display: none }</style><p class='x' style='display: block'>Seen.</p>",
        "<style>.x { display: none } p.x { display: block }</style><p class='x'>Seen.</p>",
        "<style>body { visibility: hidden }</style><p>Seen.</p>",
        "<p>It is <span aria-hidden='true'>not</span><span class='sr-only'>not</span> good.</p>",
    ],
)
def test_what_readers_see_stays(part: str) -> None:
    assert lines(f"<main><h1>A report</h1>{part}</main>")[-1] in ("Seen.", "It is not good.")


def test_list_items_begin_with_a_dash_also_when_nested_or_with_paragraphs() -> None:
    body = "<ul><li>one<ul><li>inner</ul><li><p>two</p><p>more</p></ul>"
    assert lines(body) == ["- one", "- inner", "- two", "more"]


def test_list_items_know_how_deep_their_list_is() -> None:
    body = "<ul><li>one<div><ul><li>inner<ol><li>third</ol></ul></div><li>two</ul><p>after</p>"
    assert [(p.text, p.level) for p in read_html(body).pieces] == [
        ("one", 1), ("inner", 2), ("third", 3), ("two", 1), ("after", None),
    ]  # fmt: skip


def test_headings_keep_their_level() -> None:
    pieces = read_html("<h1>a</h1><h3><span>b</span></h3><div role=heading aria-level=4>c</div>").pieces
    assert [(p.text, p.kind, p.level) for p in pieces] == [
        ("a", "heading", 1), ("b", "heading", 3), ("c", "heading", 4),
    ]  # fmt: skip


def test_inline_elements_do_not_part_a_paragraph() -> None:
    assert lines("<p>In <em>Operation <b>Oak</b></em>, the <a href='#'>force</a>\n  acted.</p>") == [
        "In Operation Oak, the force acted."
    ]


def test_a_line_break_parts_lines_unless_the_sentence_goes_on() -> None:
    assert lines("<p>PEEL 2023<br>An inspection<br>of the force</p>") == [
        "PEEL 2023", "An inspection of the force",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "mark",
    [
        "<sup><a href='#fn1'>1</a></sup>",
        "<sup class='footnote'>1</sup>",
        "<a href='#_ftn1' id='_ftnref1'>[1]</a>",
        "<a role='doc-noteref' href='#n'>*</a>",
    ],
)
def test_footnote_marks_and_their_notes_go(mark: str) -> None:
    body = f"<p>Calls{mark} rose. {'It is so. ' * 20}</p><ol><li id='fn1'>A call.</li></ol>"
    assert lines(body)[0].startswith("Calls rose.")
    assert ("- A call." in lines(body)) == ("#fn1" not in mark)


def test_other_raised_text_stays() -> None:
    assert lines("<p>On the 31<sup>st</sup> of May</p>") == ["On the 31st of May"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("It has 12<sup>3</sup> boats.", "It has 12 boats."),
        ("It has 1,234<sup>1,2</sup> officers.", "It has 1,234 officers."),
        ('It has 12<span style="vertical-align: super">4</span> boats.', "It has 12 boats."),
        ("Crimes<sup>1</sup> rose.<sup>*</sup>", "Crimes rose."),
        ("It took 10<sup>3</sup> calls.", "It took 10³ calls."),
        ("A cell of 7 m<sup>2</sup> is small.", "A cell of 7 m² is small."),
    ],
)
def test_no_raised_digit_joins_a_number(written: str, read: str) -> None:
    assert lines(f"<p>{written}</p>") == [read]


def table(*rows: str) -> str:
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


HEADS = "<th>Outstanding</th><th>Good</th><th>Adequate</th>"


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        ([HEADS, "<td colspan=2></td><td>a</td>"], ["Outstanding", "Good", "Adequate | a"]),
        (
            [HEADS, "<td rowspan=2></td><td>a</td><td>b</td>", "<td>c</td><td>d</td>"],
            ["Outstanding", "Good | a | c", "Adequate | b | d"],
        ),
        (["<td>a</td><td>x</td><td rowspan=2>y</td>", "<td>b</td><td>z</td>"], ["a | x | y", "b | z | y"]),
        (["<td>a</td><td rowspan=9999>b</td>", "<td>c</td>"], ["a | b", "c | b"]),
        (
            [f"<td>a</td><td rowspan=2>{'long ' * 20}</td>", "<td>c</td>"],
            [f"a | {'long ' * 20}".strip(), "c"],
        ),
    ],
)
def test_cells_stand_in_their_columns(rows: list[str], read: list[str]) -> None:
    assert lines(table(*rows)) == read


def test_a_table_within_a_cell_is_of_that_cell() -> None:
    inner = table("<td>Leadership</td><td>Good</td>")
    body = table("<th>Area</th><th>Grade</th>", f"<td>Investigating{inner}</td><td>Inadequate</td>")
    assert lines(body) == ["Area | Grade", "Investigating Leadership Good | Inadequate"]


def test_a_table_is_kept_as_rows() -> None:
    table = (
        "<table><caption>Grades</caption><tr><th>Judgement</th><th>Grade</th></tr>"
        "<tr><td>Overall<br>effectiveness</td><td>Good</td></tr></table>"
    )
    assert lines(table) == ["Grades", "Judgement | Grade", "Overall effectiveness | Good"]


def test_a_table_that_lists_areas_under_grades_is_read_by_columns() -> None:
    table = (
        "<p>As follows:</p><table><tr><th>Outstanding</th><th>Good</th><th>Adequate</th></tr>"
        "<tr><td></td><td>Area one</td><td>Area two</td></tr></table>"
    )
    reading = read_html(table)
    texts = [piece.text for piece in reading.pieces]
    assert texts == ["As follows:", "Outstanding", "Good | Area one", "Adequate | Area two"]
    assert [notice.code for notice in reading.notices] == ["table-of-lists"]


def test_a_table_used_as_a_box_is_read_as_paragraphs() -> None:
    assert lines("<table><tr><td><h3>Area</h3><p>Do it.</p></td></tr></table>") == ["Area", "Do it."]


def test_pieces_know_the_nearest_id_before_them() -> None:
    pieces = read_html("<section id=a><h2>A</h2><p>x</p><h3 id=b>B</h3><p>y</p></section>").pieces
    assert [p.fragment for p in pieces] == ["a", "a", "b", "b"]


def test_the_head_states_metadata() -> None:
    head = (
        "<title>T &amp; U</title><meta name='DCTERMS.issued' content='2024-04-26T09:00'>"
        "<link rel=canonical href='https://r.example/x'><meta property='og:type' content='article'>"
    )
    assert read_html(f"<html><head>{head}</head><body><p>Words").metadata == (
        ("title", "T & U"), ("published", "2024-04-26"), ("web", "https://r.example/x"),
        ("meta:dcterms.issued", "2024-04-26T09:00"), ("meta:og:type", "article"),
    )  # fmt: skip


def test_no_address_but_http_becomes_metadata() -> None:
    assert read_html("<link rel=canonical href='javascript:alert(1)'><p>Words").metadata == ()


def test_entities_are_resolved_once_and_declared_ones_never() -> None:
    doctype = '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    page = doctype + "<p>&pound;1 &amp;amp; &x;</p>"
    assert [piece.text for piece in read_html(page).pieces] == ["£1 &amp; &x;"]


def test_missing_end_tags_are_supplied() -> None:
    assert lines("<h1>Title<p>One<p>Two<ul><li>a<li>b</ul>Three") == [
        "Title",
        "One",
        "Two",
        "- a",
        "- b",
        "Three",
    ]


def test_deep_nesting_keeps_the_text() -> None:
    assert lines("<div>" * 50_000 + "<p>In</p><p>there</p>" + "</div>" * 50_000) == ["In", "there"]


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("<nav><ul><li><a href='/1'>Menu</a></ul></nav>", "only menus"),
        ("<form><input type=password></form><p>Please sign in.</p>", "sign-in page"),
        ("<h1>404 Not Found</h1><p>No such page.</p>", "error page"),
        ("<frameset><frame src='a.html'></frameset>", "frame set"),
    ],
)
def test_pages_that_are_no_report_are_refused(page: str, message: str) -> None:
    with pytest.raises(CannotRead, match=message):
        read_html(page)
