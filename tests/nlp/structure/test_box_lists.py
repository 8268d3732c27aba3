"""Boxes that are lists: lists inside them, headings between their items, lead-ins, and tables of items."""

from __future__ import annotations

import pytest
from structure_texts import SOURCE, document, peel, structure

from kg.model.records import Box, Document
from kg.nlp.structure import find_structure
from kg.nlp.structure.boxes import undated
from kg.reading.pieces import assemble
from kg.reading.web_page.html import read_html

SIF = """Fernshire County Council
Inspection of services for children in need of help and protection, children looked after and care leavers
Inspection date: 7 March 2016 – 31 March 2016
Report published: 20 May 2016
Children’s services in Fernshire require improvement to be good
{}
Summary for children and young people
- Ofsted inspected."""


def texts(body: str) -> list[str]:
    return [box.text for box in structure(SIF.format(body)).boxes]


@pytest.mark.parametrize("sign", ["−", "–", "o", "▪", "•", "a)"])
def test_a_list_inside_a_list_belongs_to_its_item_and_ends_nothing(sign: str) -> None:
    second = "b)" if sign == "a)" else sign
    body = (
        f"What needs to improve\n- Support for young carers, including:\n{sign} planning of breaks;\n"
        f"{second} information about money.\n- The speed of checks.\n- Oversight of unregistered homes."
    )
    first, second_item, third = texts(body)
    assert first.startswith("Support for young carers, including:\n")
    assert first.endswith("information about money.")
    assert (second_item, third) == ("The speed of checks.", "Oversight of unregistered homes.")


@pytest.mark.parametrize(
    "first",
    [
        "1. Strengthen the arrangements that are meant to lower the risk to children who run away by:",
        "1. Strengthen the response to children who run away by:",
    ],
)
def test_a_numbered_item_with_bullets_is_one_recommendation(first: str) -> None:
    body = (
        f"Recommendations\n{first}\n- sharing what is known\n- checking that each plan is good enough.\n"
        "2. Make sure that homeless teenagers know their rights.\n3. Improve the reports."
    )
    found = structure(SIF.format(body)).boxes
    assert [box.number for box in found] == ["1", "2", "3"]
    assert found[0].text.count("\n") == 2
    assert found[0].text.endswith("each plan is good enough")


def test_a_heading_that_asks_at_once_is_the_time_of_its_items() -> None:
    """One that sets a day itself keeps it; a heading that names no time sets none."""
    body = (
        "{}\n1. Make sure that referrals are screened the same day.\n"
        "2. By 31 May 2016, review the thresholds.\nRecommendations\n3. Improve the reports."
    )
    found = structure(SIF.format(body.format("Priority and immediate action")))
    assert [(box.due, box.due_text) for box in found.boxes] == [
        (None, "Priority and immediate action"),
        ("2016-05-31", "By 31 May 2016"),
        (None, None),
    ]
    assert undated(found.boxes) == ()
    plain = structure(SIF.format(body.format("Recommendations")))
    assert [box.due_text for box in plain.boxes] == [None, "By 31 May 2016", None]


LEAD = "By 31 December 2024, Northmoor Police should:"


@pytest.mark.parametrize(
    "body",
    [
        f"Recommendations\n- {LEAD}\n- train its detectives; and\n- review each closed case.",
        f"Recommendations\n1. {LEAD}\na) train its detectives; and\nb) review each closed case.",
        f"Recommendations\n{LEAD}\n- train its detectives; and\n- review each closed case.",
        f"Recommendations\n- {LEAD}\n– train its detectives; and\n– review each closed case.",
    ],
)
def test_a_lead_in_is_no_item_and_gives_its_deadline(body: str) -> None:
    text = peel("Investigating crime", f"Northmoor Police is good at investigating crime.\n{body}")
    found = structure(text)
    assert [(box.text, box.due) for box in found.boxes] == [
        ("train its detectives", "2024-12-31"),
        ("review each closed case", "2024-12-31"),
    ]
    spans = {box.lead_in for box in found.boxes}
    assert [text[slice(*span)] for span in spans if span] == [LEAD]


def test_nested_lists_of_a_page_keep_their_depth() -> None:
    page = (
        "<html><head><title>PEEL 2023–25: An inspection of Northmoor Police</title></head><body><main>"
        "<h1>PEEL 2023–25: An inspection of Northmoor Police</h1><h2>Investigating crime</h2><p>Adequate</p>"
        "<p>Northmoor Police is adequate at investigating crime.</p><h3>Areas for improvement</h3><ul>"
        "<li>The force should plan as follows:<ul><li>Visits first</li><li>Checks second</li></ul></li>"
        "<li>The force should train its staff.</li></ul></main></body></html>"
    )
    text, blocks = assemble(read_html(page).pieces)
    found = find_structure(Document(text, SOURCE, blocks)).boxes
    assert [box.text.replace("\n", " ") for box in found] == [
        "The force should plan as follows: - Visits first - Checks second",
        "The force should train its staff.",
    ]


def test_headings_may_divide_the_list_of_a_label() -> None:
    lines = [
        "Joint inspection of Northshire", "Areas for improvement", "Leadership and management",
        "- Audits are late.", "- Boards don’t meet.", "Responses at the front door", "- Calls are lost.",
        "Case study: area for improvement", "One child waited for a year.",
    ]  # fmt: skip
    levels = {line: 1 for line in lines if not line.startswith("- ") and not line.endswith(".")}
    found = find_structure(document("\n".join(lines), levels)).boxes
    assert [box.text for box in found] == ["Audits are late.", "Boards don’t meet.", "Calls are lost."]


def test_an_item_that_has_lost_its_number_is_an_item() -> None:
    numbered = [f"{n}. Improve the record of case {n}." for n in range(1, 16)]
    numbered[12] = "Work closely with partners."
    found = texts("Recommendations\n" + "\n".join(numbered))
    assert len(found) == 15
    assert found[12] == "Work closely with partners"


def rows(table: str, before: str = "") -> tuple[Box, ...]:
    blocks = peel("Investigating crime", f"Northmoor Police is good at investigating crime.\n{before}{table}")
    doc = document(blocks)
    marked = tuple(
        block
        if " | " not in doc.text[block.start : block.end]
        else type(block)(block.start, block.end, "row")
        for block in doc.blocks
    )
    return find_structure(type(doc)(doc.text, doc.source, marked)).boxes


def test_a_table_whose_head_names_a_kind_has_an_item_a_row() -> None:
    found = rows(
        "No. | Recommendation | Due date | Status\n1 | Train the sergeants. | 31 March 2025 | Open\n"
        "2 | Review each plan. | Within six months | Completed\n3 | Publish the data. | When possible | \n"
    )
    assert [(box.number, box.text, box.due, box.due_text, box.status) for box in found] == [
        ("1", "Train the sergeants.", "2025-03-31", "31 March 2025", "open"),
        ("2", "Review each plan.", "2024-12-12", "Within six months", "closed"),
        ("3", "Publish the data.", None, "When possible", None),
    ]


def test_a_table_may_give_the_kind_of_each_row() -> None:
    found = rows(
        "Type | Title | Status\nCause of concern | The force is slow. | Open\n"
        "AFI | The force should plan. | Closed\nVisit | We came in May. | Closed\n"
    )
    assert [(box.kind, box.text, box.status) for box in found] == [
        ("cause-of-concern", "The force is slow.", "open"),
        ("area-for-improvement", "The force should plan.", "closed"),
    ]


def test_a_plain_date_is_due_only_after_publication() -> None:
    found = rows("Recommendation | Date\nTrain the sergeants. | 31 March 2025\nReview it. | 4 May 2023\n")
    assert [box.due for box in found] == ["2025-03-31", None]


def test_rows_that_a_page_has_parted_are_one_item() -> None:
    found = rows(
        "Responsible body | Areas for improvement\nThe council | Leaders should plan, and\n"
        "The board | they should train.\nThe trust | Leaders should act.\n",
        "Areas for improvement\n",
    )
    assert [(box.text, box.composed) for box in found] == [
        ("Leaders should plan, and they should train.", True),
        ("Leaders should act.", False),
    ]


def test_a_table_of_other_things_has_no_items() -> None:
    assert rows("Year | Status\n2023 | Open\n2024 | Closed\n") == ()
