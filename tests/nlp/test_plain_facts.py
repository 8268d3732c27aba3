"""Plain facts below a claim that show it. Northmoor does not exist."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.nlp import explained, extract

REPORT = """PEEL 2023–2025: An inspection of Northmoor Police
Published on: 12 June 2024
Overall summary
Investigating crime
Northmoor Police is {grade} at investigating crime.
{box}Main findings
The findings below concern investigations.
{heading}
{below}
About the data
The Home Office gave data.
"""
BOX = """Area for improvement
The force should seize phones sooner
{text}
"""


def facts(
    tmp_path: Path, grade: str, heading: str, below: str, box: str = "", basis: str = "fact"
) -> list[tuple[str, str]]:
    """How the facts speak that are given for the grade, and their words."""
    file = tmp_path / "northmoor.txt"
    text = REPORT.format(grade=grade, heading=heading, below=below, box=box and BOX.format(text=box))
    file.write_text(text, "utf-8")
    extraction = extract(file)
    _, reasons, _ = explained(extraction)
    found = extraction.report.text
    return [(r.sign, found[slice(*span)]) for r in reasons if r.basis == basis for span in r.words]


PRAISE = "Detectives plan their investigations well"
FAULT = "Victims don’t get their phones back soon enough"


@pytest.mark.parametrize(
    "fact",
    [
        "The volume crime team takes each case to a prosecutor.",
        "Detectives in the fraud unit turn the bank records into lines of enquiry.",
        "It has opened a second laboratory in Eastwold.",
        "A new system, bought in March, shows each line of enquiry.",
        "The force told us that supervisors sign each plan.",
        "Investigations had a written plan in an estimated 88.5 percent of cases (+/- 4 percent).",
        "Recorded burglary in Eastwold fell by 12 percent in the year ending 31 March 2024.",
    ],
)
def test_a_deed_a_high_share_or_less_crime_shows_what_is_praised(tmp_path: Path, fact: str) -> None:
    assert facts(tmp_path, "good", PRAISE, fact) == [("positive", fact)]


@pytest.mark.parametrize(
    "fact",
    [
        "The force’s budget for investigations is £12m.",
        "Investigations had a written plan in 41 of 90 cases.",
        "The force recorded 9,412 crimes in the year ending 31 March 2024.",
        "The crime team works for the head of investigations.",
        "Detectives should plan each investigation.",
        "Most forces plan their investigations with prosecutors.",
        "Victims ring the team on a free number.",
        "However, one team plans nothing.",
        "These include plans for fraud.",
        "The crime board meets six times a year.",
        "Plans were in place for 78 percent of investigations, against 91 percent in 2022.",
        "Recorded burglary in Eastwold rose by 12 percent in the year ending 31 March 2024.",
    ],
)
def test_what_is_only_told_counted_asked_or_done_by_others_shows_no_strength(
    tmp_path: Path, fact: str
) -> None:
    assert ("positive", fact) not in facts(tmp_path, "good", PRAISE, fact)


@pytest.mark.parametrize(
    "fact",
    [
        "On 31 May 2024, 410 phones were in the store of the digital unit.",
        "At 31 May 2024, 14 of 60 posts in the digital unit were vacant.",
        "The force returned 38 phones in May 2024. Similar forces returned 120 on average.",
        "The average wait was 9 months.",
    ],
)
def test_a_figure_below_a_fault_shows_it(tmp_path: Path, fact: str) -> None:
    assert facts(tmp_path, "inadequate", FAULT, fact) == [("negative", fact)]


@pytest.mark.parametrize(
    "fact",
    [
        "The phone unit has a budget of £2.1m.",
        "The force recorded 2,716 thefts of phones.",
        "The force has since hired 12 people to return phones.",
        "In May 2024 victims got 96 percent of phones back within a month.",
        "Guidance sets a limit of 30 days for phones.",
        "We looked at 45 receipts for phones.",
        "The control room has 71 desks.",
        "An inspector leads the phone board, which has met 11 times in 2024.",
    ],
)
def test_money_tallies_remedies_norms_and_samples_show_no_fault(tmp_path: Path, fact: str) -> None:
    assert facts(tmp_path, "inadequate", FAULT, fact) == []


def test_a_fact_is_not_told_against_a_grade(tmp_path: Path) -> None:
    fact = "On 31 May 2024, 410 phones were in the store of the digital unit."
    assert facts(tmp_path, "good", FAULT, fact) == []
    assert facts(tmp_path, "adequate", FAULT, fact) == [("negative", fact)]


def test_below_praise_and_a_fault_in_one_each_clause_has_its_facts(tmp_path: Path) -> None:
    heading = "Detectives are well trained, but phones are examined too slowly"
    slow = "On 31 May 2024, 410 phones were in the store of the digital unit."
    taught = "The college in Eastwold trains each detective for a year."
    found = facts(tmp_path, "adequate", heading, f"The force trains detectives in Eastwold. {slow} {taught}")
    assert ("negative", slow) in found
    assert ("positive", "The force trains detectives in Eastwold.") in found


def test_where_many_words_praise_or_find_fault_no_facts_are_given(tmp_path: Path) -> None:
    fact = "On 31 May 2024, 410 phones were in the store of the digital unit."
    faults = " ".join(
        f"{who} lose phones and reports are late." for who in ("Teams", "Units", "Some officers")
    )
    few = facts(tmp_path, "inadequate", FAULT, f"{fact} {faults}")
    many = f"{fact} {faults} Plans are poor. Records are missing. Supervision is weak."
    assert few
    assert facts(tmp_path, "inadequate", FAULT, many) == []


def test_what_a_boxed_item_asks_for_besides_its_title_is_a_reason(tmp_path: Path) -> None:
    more = "The force should also tell victims when they will get them back."
    found = facts(
        tmp_path, "inadequate", PRAISE, "They do.", box=f"Phones lie about. {more}", basis="section"
    )
    assert ("negative", more) in found
    assert len([words for _, words in found if "seize phones sooner" in words]) == 1


def test_of_a_need_that_begins_with_praise_what_it_asks_for_is_quoted(tmp_path: Path) -> None:
    need = "The force has hired 12 people, but it should also tell victims when phones are ready."
    found = facts(tmp_path, "inadequate", FAULT, need, basis="section")
    assert ("negative", "it should also tell victims when phones are ready.") in found
