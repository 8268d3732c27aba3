"""When a report was published and its inspection took place, and who led it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from structure_texts import document, structure

from kg.model.records import Report
from kg.nlp.structure import find_structure


def peel(*lines: str) -> Report:
    return structure("\n".join(["An inspection of Alnshire Police", *lines])).report


def sif(*lines: str) -> Report:
    """A report of the framework of 2013 with these lines of dates and names."""
    return structure(
        "\n".join(
            [
                "Fernshire County Council",
                "Inspection of services for children in need of help and protection, children looked after "
                "and care leavers",
                *lines,
                "Children’s services in Fernshire require improvement to be good",
                "1. Children who need help and protection | Requires improvement",
            ]
        )
    ).report


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("May 2018", "2018-05"),
        ("Published: March 2017", "2017-03"),
        ("Date of publication: December 2020", "2020-12"),
        ("Published on: 12 May 2018", "2018-05-12"),
        ("The force grew in May 2018.", None),
        ("Custody in May 2018", None),
        ("Police inspection report, May 2018", "2018-05"),
        ("Police inspection report – 12 May 2018", "2018-05-12"),
        ("Causes of concern revisit, May 2018", None),
    ],
)
def test_a_month_is_a_date_with_its_precision(line: str, published: str | None) -> None:
    assert peel(line, "The force answers most calls in time.").published == published


@pytest.mark.parametrize(
    "lines",
    [
        ("The force is not yet prepared to protect people.", "Other report", "Published: 6 October 2015"),
        ("It answers most of its calls in time.", "6 October 2015"),
        ("Other reports were published this year, such as these.", "Published on 6 October 2015"),
    ],
)
def test_the_date_of_another_report_is_not_the_reports(lines: tuple[str, ...]) -> None:
    assert peel(*lines).published is None


def test_the_day_of_an_update_counts_where_there_is_no_other_and_is_doubtful() -> None:
    lines = ["An inspection of Alnshire Police", "Last updated 14/03/2016", "The force answers most calls."]
    found = structure("\n".join(lines))
    assert found.report.published == "2016-03-14"
    assert "doubtful-published" in [notice.code for notice in found.warnings]
    both = structure("\n".join([lines[0], "Published: 1 March 2016", *lines[1:]]))
    assert both.report.published == "2016-03-01"
    assert "doubtful-published" not in [notice.code for notice in both.warnings]


@pytest.mark.parametrize(
    "lines",
    [
        ("Inspection date: 7 March 2016 – 31 March 2016 Report published: 20 May 2016",),
        ("Inspection date: 7 Mar 2016 – 31 March 2016", "Report published: 20 May 2016"),
        ("Inspection date: 07/03/2016 to 31/03/2016", "Report published: 20/05/2016"),
        ("Inspection dates: 7–31 March 2016 | Published: 20 May 2016",),
        ("Report published: 20 May 2016 Inspection date: 7 March – 31 March 2016",),
    ],
)
def test_two_labels_of_a_line_have_each_its_own_date(lines: tuple[str, ...]) -> None:
    report = sif(*lines)
    assert (report.inspected_begin, report.inspected_end) == ("2016-03-07", "2016-03-31")
    assert report.published == "2016-05-20"


@pytest.mark.parametrize(
    "line",
    [
        "Reporting inspector Jo Bloggs HMI",
        "Reporting inspector: Jo Bloggs, Her Majesty’s Inspector",
        "Lead inspector on site: Jo Bloggs",
        "Lead inspector: Jo Bloggs",
    ],
)
def test_the_inspector_is_named_with_or_without_a_colon(line: str) -> None:
    assert sif(line).inspector == "Jo Bloggs"


def test_an_inspector_in_a_sentence_is_none() -> None:
    assert sif("The lead inspector spoke with Jo Bloggs").inspector is None


def test_the_date_of_a_page_may_be_in_its_metadata() -> None:
    page = document("An inspection of Alnshire Police\nThe force answers most calls in time.")
    dated = find_structure(replace(page, metadata=(("published", "2019-05-02"),)))
    assert dated.report.published == "2019-05-02"


def test_a_deadline_that_counts_from_a_month_keeps_its_wording_and_has_no_day() -> None:
    text = (
        "PEEL 2018/19: An inspection of Alnshire Police\nMay 2018\nInvestigating crime\n"
        "Alnshire Police requires improvement at investigating crime.\nRecommendation\n"
        "Within three months, the force should train its sergeants.\n"
    )
    (box,) = structure(text).boxes
    assert (box.due, box.due_text) == (None, "Within three months")


@pytest.mark.parametrize(
    ("lines", "published"),
    [
        (("Withdrawn 5 March 2024",), None),
        (("This report was withdrawn on 5 March 2024.", "Published 2 January 2024"), "2024-01-02"),
        (("Published 2 January 2024", "Superseded 5 March 2024"), "2024-01-02"),
    ],
)
def test_a_report_that_says_that_it_is_withdrawn_has_a_notice(
    lines: tuple[str, ...], published: str | None
) -> None:
    found = structure("\n".join(["An inspection of Alnshire Police", *lines, "The force answers calls."]))
    assert found.report.published == published
    assert "says-withdrawn" in [notice.code for notice in found.warnings]


def test_support_that_was_withdrawn_is_no_withdrawal() -> None:
    found = structure("An inspection of Alnshire Police\nPublished 2 May 2024\nVictims withdrew support.")
    assert "says-withdrawn" not in [notice.code for notice in found.warnings]
