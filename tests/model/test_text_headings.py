"""What a heading looks like by its words alone."""

from __future__ import annotations

import pytest

from kg.model.text.headings import contents_pages, is_caption, is_furniture, looks_like_heading

HEADINGS = """
The force answers calls quickly
Investigating crime
999 calls
“It feels safe here”
Views of the public
Contact with victims is good
Open cases are reviewed
Search warrants are well recorded
Follow up visits are late
Share of calls answered
Return to custody rates fell
More people are recruited
Finding missing people
Table-top exercises are rare
Figure 4 shows that crime fell
PEEL: police effectiveness 2016
"""

FURNITURE = """
View the five questions for effectiveness
Read more about Norfolk 2016
Find out more
See also
Get the press release
Get the report (PDF)
Download the full report
Contact Jane Marlow
Back to top
Back to the top of the page
Skip to content
Share this
Print this page
Show all sections
Next page
Cookies on this website
This site uses cookies
Accept all cookies
More information about PEEL
Page 3 of 40
12
Hide Ad
Hide Ads
Advertisement
Story continues below
Related topics
Most read
Get our free newsletter straight to your inbox
Comments (12)
3 min read
"""

CAPTIONS = """
Figure 1: Calls answered within ten seconds
Table 3 Number of crimes
Table 2 – Grades of the force
Chart A
Figure 2.1. Crime by year
Source: Home Office
Note: numbers are rounded
"""


@pytest.mark.parametrize("line", HEADINGS.strip().splitlines())
def test_lines_with_the_form_of_a_heading(line: str) -> None:
    assert looks_like_heading(line)


@pytest.mark.parametrize("line", FURNITURE.strip().splitlines())
def test_what_serves_the_page_is_no_heading(line: str) -> None:
    assert is_furniture(line) and not looks_like_heading(line)


@pytest.mark.parametrize("line", CAPTIONS.strip().splitlines())
def test_a_caption_is_no_heading(line: str) -> None:
    assert is_caption(line) and not is_furniture(line) and not looks_like_heading(line)


@pytest.mark.parametrize(
    "line", ["It answers calls.", "as well as", "Including:", "A " + "long " * 60 + "line"]
)
def test_sentences_and_their_parts_are_no_headings(line: str) -> None:
    assert not looks_like_heading(line)


@pytest.mark.parametrize(
    ("line", "pages"),
    [
        (
            "Report Contents Foreword 1 Summary 3 Effectiveness 8 Annex A – About the data 55 What it is",
            "1 3 8 55",
        ),
        ("Foreword 1 Summary 3 Crime 8 Victims 8 Custody 12 Annex 20", "1 3 8 8 12 20"),
        ("Contents Foreword 1 Summary 3 Effectiveness 8", ""),
        ("Burglary 12 Robbery 15 Theft 20 Fraud 31", ""),
        ("Contents Burglary 40 Robbery 15 Theft 20 Fraud 31", ""),
        ("The force has 12 cars and 15 vans and 20 bikes and 31 horses.", ""),
    ],
)
def test_page_numbers_of_contents_in_one_line(line: str, pages: str) -> None:
    assert " ".join(line[start:end] for start, end in contents_pages(line)) == pages
