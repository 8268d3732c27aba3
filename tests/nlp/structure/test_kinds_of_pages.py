"""What kind of page a text is, and which framework and date the pages of others have."""

from __future__ import annotations

import pytest
from structure_texts import structure

NEWS = (
    "{title}\n{lead}\nChief Constable Jo Field said: “I am pleased with what inspectors have seen.”\n"
    "The force was found to be good at investigating crime.\n"
)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.alnshire.police.uk/news/alnshire/news/2024/05-may/grades/",
        "https://alnshire.pcc.example/en/news-room/praise-for-the-force",
        "https://www.example.org/wg/news.nsf/articles/alnshire+police+praised",
        "https://www.example.org/media-releases/2024/alnshire-praised",
    ],
)
def test_what_stands_among_the_news_of_a_site_is_news(address: str) -> None:
    text = "PEEL 2023–25 – An inspection of Alnshire Police\nAlnshire Police is praised in a report.\n"
    assert structure(text, web=address).report.kind == "news-item"
    assert structure(text).report.kind == "inspection-report"


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("Alnshire Police told to improve", "The police watchdog has published its report."),
        ("Praise for force", "Alnshire Police has been praised by HM inspectors."),
        ("Alnshire Police graded", "Alnshire Police was inspected in May."),
    ],
)
def test_a_page_on_which_people_speak_is_news(title: str, lead: str) -> None:
    assert structure(NEWS.format(title=title, lead=lead)).report.kind == "news-item"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Norfolk 2016\nThis is HMIC’s third PEEL assessment of the force.\n", "inspection-report"),
        ("Norfolk 2018/19\nThis is HMICFRS’s fifth PEEL assessment of the force.\n", "inspection-report"),
        ("Report on an unannounced inspection visit to police custody suites in Norfolk\nHMICFRS\n",
         "inspection-report"),
        ("Norfolk Constabulary – Joint inspection of police custody\nHMICFRS\n", "inspection-report"),
        ("March 2025\nNorfolk Constabulary wrote to us.\n", None),
        ("Inspectors praise a force\nPEEL 2018/19\nThe police watchdog is pleased.\n", "news-item"),
    ],
)  # fmt: skip
def test_the_kind_of_overviews_and_of_reports_on_custody(text: str, kind: str | None) -> None:
    assert structure(text).report.kind == kind


CRITERIA = (
    "Published on: 16 April 2024\n1. How effectively does the force manage vetting?\n"
    "The force manages the vetting of its workforce effectively\nAll staff have the vetting they need.\n"
    "The force understands which posts need more\nIt knows who holds them, and should review them.\n"
)


@pytest.mark.parametrize(
    "title",
    [
        "Police integrity inspection programme – methodology",
        "PEEL assessment framework 2023–25",
    ],
)
def test_a_page_on_how_is_inspected_states_no_findings(title: str) -> None:
    found = structure(f"{title}\n{CRITERIA}")
    assert (found.findings, found.boxes, found.needs, found.judgements) == ((), (), (), ())
    assert "page-of-method" in {notice.code for notice in found.warnings}


def test_a_report_that_speaks_of_its_method_is_one() -> None:
    found = structure("PEEL 2023–25\nAn inspection of Alnshire Police\nMethodology\nWe read files.\n")
    assert "page-of-method" not in {notice.code for notice in found.warnings}


# --- frameworks and their time ----------------------------------------------------------------------------


def letter(
    first: str, title: str = "Alnshire Police: PEEL causes of concern revisit letter – May 2024"
) -> str:
    return (
        f"{title}\nFrom\nMichelle Field\nHis Majesty’s Inspector of Constabulary\nTo\nJo Field\n"
        f"Chief Constable\nAlnshire Police\nSent on\n21 May 2024\n{first}\n"
        "Responding to the public\nWe found that calls are answered sooner.\n"
    )


@pytest.mark.parametrize(
    ("first", "framework"),
    [
        ("In January 2022, we carried out an assessment as part of our PEEL inspection.", "peel-2021-22"),
        ("In March 2022, we inspected Alnshire Police in our PEEL inspection of that year.", "peel-2021-22"),
        ("In our PEEL inspection of November 2023, we found a cause of concern.", "peel-2023-25"),
    ],
)
def test_a_letter_is_of_the_cycle_of_the_inspection_that_it_goes_back_to(first: str, framework: str) -> None:
    web = "https://example.org/publication-html/alnshire-police-peel-causes-of-concern-letter-may-2024/"
    assert structure(letter(first), web=web).report.framework == framework


def test_the_latest_of_several_inspections_dates_a_page() -> None:
    found = structure(
        "HMICFRS\nAll fire and rescue services are inspected by His Majesty’s Inspectorate of Constabulary "
        "and Fire & Rescue Services.\nWe were inspected first in 2018 and in September 2021 – and most "
        "recently April 2024.\nThe service is ‘Good’ at preventing fires and other risks, "
        "responding to fires and other emergencies and making best use of resources.\n"
    )
    assert found.report.framework == "frs-2023-25"
    assert "framework-inferred" in {notice.code for notice in found.warnings}


def test_the_names_of_its_publisher_tell_the_time_of_an_undated_page() -> None:
    found = structure(
        "WEST Alnshire’s police service has been praised.\nWest Alnshire Police was graded by Her Majesty’s "
        "Inspectorate of Constabulary & Fire & Rescue Services.\nThe force was graded outstanding at "
        "preventing crime, good at investigating crime, responding to the public and managing offenders, "
        "and ‘adequate’ at protecting vulnerable people.\n"
    )
    assert found.report.framework == "peel-2021-22"


@pytest.mark.parametrize("headings", [
    ("Vetting", "Upholding the standards of professional behaviour", "Tackling potential corruption"),
    ("Working with safeguarding partners", "Responding to children at risk of harm", "Leadership"),
])  # fmt: skip
def test_frameworks_that_a_report_does_not_name_are_known_by_names_of_their_own(
    headings: tuple[str, ...],
) -> None:
    parts = "".join(
        f"{name}\nAdequate\nAlnshire Police is adequate in this area.\nIt is slow\nOf 9 files, 2 were late.\n"
        for name in headings
    )
    found = structure(f"Alnshire Police\nA closer look\nHMICFRS\nMay 2025\n{parts}")
    assert found.report.framework in ("integrity-2021", "child-protection-2024")
    assert "framework-inferred" in {notice.code for notice in found.warnings}


def test_headings_that_other_reports_have_too_tell_no_framework() -> None:
    found = structure(
        "Alnshire Police\nA closer look\nHMICFRS\nMay 2025\nLeadership\nAdequate\nIt is led.\n"
        "Vetting\nAdequate\nIt is vetted.\nInvestigation\nGood\nIt is so.\n"
    )
    assert found.report.framework not in ("integrity-2021", "child-protection-2024")


def test_a_framework_is_doubted_where_most_of_what_is_graded_is_none_of_its_areas() -> None:
    head = "PEEL 2023–25\nAn inspection of Alnshire Police\nPublished on 14 May 2024\nOur judgments\n"
    foreign = "Good\nTackling fraud\nPolicing the coast\nCustody care\nAdequate\n"
    known = "Managing offenders\nInvestigating crime\nHM Inspector’s summary\nI am pleased.\n"
    codes = [n.code for n in structure(head + foreign + known).warnings]
    assert "doubtful-framework" in codes
    fewer = foreign.replace("Custody care\n", "").replace("Policing the coast\n", "")
    assert "doubtful-framework" not in [n.code for n in structure(head + fewer + known).warnings]


@pytest.mark.parametrize("date", ["3rd of May 2024", "3 May 2024", "3rd May 2024"])
def test_a_day_with_of_is_a_date(date: str) -> None:
    found = structure(f"PEEL 2023–25\nAn inspection of Alnshire Police\nPublished on the {date}\n")
    assert found.report.published == "2024-05-03"
