"""PDF files, by places and styles of their characters."""

from __future__ import annotations

import pytest

pytest.importorskip("pypdfium2")

from making_pdf import BOLD, Text, flow, pdf, text
from samples import shared

from kg.model.errors import CannotRead
from kg.reading import read
from kg.reading.pdf.pdf import read_pdf

LONG = [
    "The force has a clear plan for its work, and the people who carry it out know what is expected",
    "of them. Supervisors look at each case within a week and tell the victim what happens next, and",
    "they write down what the victim wants.",
]


def lines(*pages: list[Text], **more: object) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in read_pdf(pdf(*pages, **more)).pieces]  # type: ignore[arg-type]


def test_lines_of_a_paragraph_become_one() -> None:
    assert lines(flow(LONG)) == [("paragraph", " ".join(LONG))]


def test_a_wider_gap_begins_a_paragraph() -> None:
    assert len(lines(flow(LONG) + flow(LONG, y=640))) == 2


def test_a_short_last_line_ends_a_paragraph_without_a_gap() -> None:
    found = lines(flow([*LONG, *LONG]))
    assert [words for _, words in found] == [" ".join(LONG)] * 2


def test_a_paragraph_goes_on_over_the_page_with_the_page_where_it_began() -> None:
    data = pdf(flow(LONG[:2], y=100), [*flow(LONG[2:], y=760), *flow(LONG, y=700)])
    pieces = read_pdf(data).pieces
    assert [(piece.text, piece.page) for piece in pieces] == [(" ".join(LONG), 1), (" ".join(LONG), 2)]


def test_headings_are_known_by_size_and_weight_with_levels() -> None:
    page = [
        text(72, 760, "An inspection", size=24),
        text(72, 720, "Investigating crime", size=14, font=BOLD),
        text(72, 700, "The force is improving its work", font=BOLD),
        *flow(LONG, y=680),
    ]
    pieces = read_pdf(pdf(page)).pieces
    assert [(piece.kind, piece.level) for piece in pieces] == [
        ("heading", 1), ("heading", 2), ("heading", 3), ("paragraph", None),
    ]  # fmt: skip


def test_a_heading_over_two_lines_is_one() -> None:
    page = [
        text(72, 760, "Preventing and deterring crime and antisocial behaviour, and", size=16, font=BOLD),
        text(72, 741, "reducing vulnerability", size=16, font=BOLD),
        *flow(LONG),
    ]
    assert lines(page)[0][1].endswith("behaviour, and reducing vulnerability")


@pytest.mark.parametrize("label", ["Inspection dates: 3 to 7 July 2023", "Lead inspector: A. Person"])
def test_bold_labels_are_no_headings(label: str) -> None:
    assert lines([text(72, 760, label, font=BOLD), *flow(LONG)])[0][0] == "paragraph"


def test_bullets_become_list_items_and_their_lines_one() -> None:
    page = [text(72, 700, "•"), *flow(["set a plan for each case that its officers", "review;"], x=90)]
    page += [text(72, 670, "•"), *flow(["tell victims."], x=90, y=670)]
    assert lines(page + flow(LONG, y=640))[:2] == [
        ("list-item", "set a plan for each case that its officers review;"),
        ("list-item", "tell victims."),
    ]


def test_a_drawn_dot_is_a_bullet() -> None:
    found = lines(flow(["set a plan;"], x=90, y=700) + flow(LONG, y=640), rectangles=[(80, 702, 4, 4)])
    assert found[0] == ("list-item", "set a plan;")


def test_numbered_paragraphs_keep_their_numbers_and_hang_together() -> None:
    page = [text(72, 700, "9."), *flow(LONG, x=92), text(72, 660, "10."), *flow(LONG, x=92, y=660)]
    assert [words[:7] for _, words in lines(page)] == ["9. The ", "10. The"]


def test_a_hyphen_at_a_line_end_stays_in_a_compound_and_goes_in_a_cut_word() -> None:
    page = flow(
        [
            "The force has well-trained officers, and a good investigation is the rule. The force has well-",
            "trained supervisors as well, and they know that the outcome of an investi-",
            "gation depends on them.",
        ]
    )
    assert "has well-trained supervisors" in lines(page)[0][1]
    assert "an investigation depends" in lines(page)[0][1]


def test_running_heads_feet_and_page_numbers_go() -> None:
    def page(number: int) -> list[Text]:
        head = text(72, 810, "Inspection of a force", size=8)
        return [head, *flow([f"Page {number} has words of its own."]), text(500, 30, str(number), size=9)]

    assert [words for _, words in lines(*map(page, (1, 2, 3, 4)))] == [
        f"Page {number} has words of its own." for number in (1, 2, 3, 4)
    ]


def test_footnotes_and_their_marks_become_metadata() -> None:
    page = [
        text(72, 700, "The force used THRIVE"),
        text(193, 704, "1", size=6),
        text(200, 700, "in all of the calls that we listened to in that week."),
        text(72, 90, "1", size=5),
        text(76, 87, "A way to decide how urgent a call is.", size=8),
        *flow(LONG, y=640),
    ]
    reading = read_pdf(pdf(page))
    assert (
        reading.pieces[0].text
        == "The force used THRIVE in all of the calls that we listened to in that week."
    )
    assert reading.metadata == (("footnote", "A way to decide how urgent a call is."),)


def test_ordinals_keep_their_raised_letters() -> None:
    page = [
        text(72, 700, "On the 31"),
        text(119, 704, "st", size=6),
        text(126, 700, "of May."),
        *flow(LONG, y=640),
    ]
    assert lines(page)[0][1] == "On the 31st of May."


def grid(xs: list[float], ys: list[float]) -> list[tuple[float, float, float, float]]:
    level = [(xs[0], y, xs[-1] - xs[0], 0.5) for y in ys]
    upright = [(x, ys[-1], 0.5, ys[0] - ys[-1]) for x in xs]
    return level + upright


def test_a_ruled_table_becomes_rows_with_wrapped_cells_joined() -> None:
    page = [
        text(80, 590, "Judgement", font=BOLD),
        text(410, 590, "Grade", font=BOLD),
        *flow(["The experiences and progress of children who", "need help and protection"], x=80, y=560),
        text(410, 553, "Requires improvement"),
        *flow(LONG, y=500),
    ]
    found = lines(page, rectangles=grid([72, 400, 540], [610, 580, 530]))
    assert found[:2] == [
        ("row", "Judgement | Grade"),
        (
            "row",
            "The experiences and progress of children who need help and protection | Requires improvement",
        ),
    ]


def test_a_frame_around_text_is_no_table() -> None:
    found = lines(flow(LONG, y=590), rectangles=grid([60, 560], [610, 530]))
    assert found == [("paragraph", " ".join(LONG))]


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [f"Left column line {at} has many words in it" for at in range(12)]
    right = [f"Right column line {at} has many words in it" for at in range(12)]
    page = [text(72, 760, "A heading over both columns of the page", size=18)]
    page += flow(left, x=60) + flow(right, x=320)
    assert [words for _, words in lines(page)] == [
        "A heading over both columns of the page", " ".join(left + right),
    ]  # fmt: skip


def test_a_table_of_contents_goes() -> None:
    page = [text(72, 760, "Contents", size=16, font=BOLD)]
    for at, entry in enumerate(("Summary", "Findings", "About the data")):
        page += [text(72, 720 - 20 * at, entry), text(510, 720 - 20 * at, str(at + 3))]
    assert lines(page, flow(LONG)) == [("paragraph", " ".join(LONG))]


def test_a_page_without_a_text_layer_is_named() -> None:
    with pytest.raises(CannotRead, match=r"scan\.pdf, page 1: no text layer, only a picture"):
        read(pdf([], rectangles=[(0, 0, 595, 842)]), name="scan.pdf")


def test_a_blank_page_among_others_is_a_notice() -> None:
    notices = read_pdf(pdf(flow(LONG), [])).notices
    assert [notice.message for notice in notices] == ["page 2: no text layer; what it shows was not read"]


def test_a_damaged_file_is_one_line() -> None:
    with pytest.raises(CannotRead, match=r"a\.pdf: a damaged PDF"):
        read(b"%PDF-1.7\n", name="a.pdf")


@pytest.mark.parametrize("limit", ["seconds", "memory"])
def test_a_file_that_needs_too_much_is_that_files_error(limit: str) -> None:
    from kg.reading import Limits

    limits = Limits(seconds=0.01) if limit == "seconds" else Limits(memory=20 << 20)
    with pytest.raises(CannotRead, match=r"a\.pdf: (?:not read within|the PDF reader gave up)"):
        read(pdf(flow(LONG)), name="a.pdf", limits=limits)


JUDGED = "ofsted-ilacs/80575_warrington/children's services inspection - 19 august 2019.pdf"


def test_a_real_report_keeps_its_grades_as_rows_and_its_paragraphs_whole() -> None:
    document = read(shared(JUDGED))
    words = [document.text[block.start : block.end] for block in document.blocks]
    assert words[:4] == [
        "Warrington Borough Council",
        "Inspection of children’s social care services",
        "Inspection dates: 08 July 2019 to 19 July 2019",
        "Lead inspector: Nick Stacey Her Majesty’s Inspector",
    ]
    assert "Overall effectiveness | Good" in words
    assert not [line for line in words if line[0].islower()]


def test_every_report_of_the_sample_is_read_or_refused_in_one_line() -> None:
    for file in sorted(shared("ofsted-ilacs").rglob("*2016.pdf")):
        assert len(read(file).text) > 20_000


GRADES = [("Outstanding", 60), ("Good", 180), ("Adequate", 290), ("Inadequate", 420)]
AREAS = [
    ("Responding to", 170, 0),
    ("the public", 170, 13),
    ("Investigating crime", 400, 0),
    ("Leadership", 170, 30),
]


@pytest.mark.parametrize("ruled", [True, False])
def test_areas_listed_under_grades_are_read_by_columns(*, ruled: bool) -> None:
    page = [text(x, 590, grade) for grade, x in GRADES] + [text(x, 560 - y, area) for area, x, y in AREAS]
    rectangles = grid([50, 160, 270, 380, 530], [610, 580, 536, 500]) if ruled else []
    reading = read_pdf(pdf([*page, *flow(LONG, y=460)], rectangles=rectangles))
    assert [piece.text for piece in reading.pieces] == [
        "Outstanding", "Good | Responding to the public | Leadership", "Adequate",
        "Inadequate | Investigating crime", " ".join(LONG),
    ]  # fmt: skip
    assert [notice.code for notice in reading.notices] == ["table-of-lists"]


def test_cells_over_several_lines_are_one_row_without_lines_too() -> None:
    texts = [
        text(72, 700, "Judgement"),
        text(380, 700, "Grade"),
        text(72, 670, "The work of leaders with"),
        text(380, 670, "Requires improvement"),
        text(72, 657, "children and families"),
        text(380, 657, "to be good"),
        text(72, 630, "The progress of children"),
        text(380, 630, "Good"),
        text(72, 617, "in care"),
        text(72, 590, "Overall"),
        text(380, 590, "Good"),
        *flow(
            [
                "All of it is written down in a plan that everybody has read, and each of the",
                "steps of it has a name beside it.",
            ],
            y=550,
        ),
    ]
    rows = [line for line in read(pdf(texts)).text.split("\n") if " | " in line]
    assert rows == [
        "Judgement | Grade",
        "The work of leaders with children and families | Requires improvement to be good",
        "The progress of children in care | Good",
        "Overall | Good",
    ]
