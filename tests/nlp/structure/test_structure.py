"""What a document is, its sections, and the whole reading of the samples."""

from __future__ import annotations

import json

import pytest
from samples import GOLD
from structure_texts import document, peel, structure

from kg.model.records import Extraction
from kg.nlp.structure import find_structure
from kg.reading import read

AT_PREVENTING = "Northmoor Police is good at prevention and deterrence."
INVESTIGATING = "Northmoor Police is good at investigating crime."
LETTER = """Northmoor Police: PEEL causes of concern revisit letter
Letter information
From:
Jane Fictional, HM Inspector of Constabulary
To:
John Fictional, Chief Constable, Northmoor Police
Sent on:
5 December 2024
Background
We inspected the force as part of PEEL 2023–2025. In PEEL 2021/22, the force was good at investigating crime.
Progress against the causes of concern
The force now supervises its investigations well
Supervisors read every investigation. The force should keep this up.
Registered sex offenders still wait too long for a visit
Offender managers have too many cases.
Cause of concern
The force doesn’t visit registered sex offenders often enough
Recommendation
By 31 March 2025, Northmoor Police should:
- visit registered sex offenders on time – open.
Summary
I no longer have concerns about how well the force investigates crime.
"""
NEWS = """News
Concerns over Southmoor Police performance
22 December 2023
The inspectorate has raised concerns about Southmoor Police in its PEEL 2023–2025 report.
The force was graded ‘adequate’ in two areas, ‘requires improvement’ in three and ‘inadequate’ in three.
Southmoor Police is good at investigating crime, a spokesperson said.
His Majesty’s Inspector of Constabulary Jane Fictional said:
“I have serious concerns about how Southmoor Police investigates crime and protects vulnerable people.”
Notes to editors
For further information, please contact the press office.
"""


def codes(found: Extraction) -> list[str]:
    return [warning.code for warning in found.warnings]


def test_a_report_says_what_it_is() -> None:
    report = structure(peel("Investigating crime", INVESTIGATING)).report
    assert report.title == "PEEL 2023–2025: An inspection of Northmoor Police"
    assert (report.kind, report.framework) == ("inspection-report", "peel-2023-25")
    assert (report.force_name, report.force) == ("Northmoor Police", "https://kg.example/id/force/northmoor")
    assert (report.publisher, report.published) == ("HMICFRS", "2024-06-12")
    assert report.id == "northmoor-report"


def test_a_force_of_the_vocabulary_has_its_iri_under_any_of_its_names() -> None:
    text = peel("Investigating crime", INVESTIGATING).replace("Northmoor Police", "Hampshire Constabulary")
    assert structure(text).report.force == "https://kg.example/id/force/hampshire"


def test_given_facts_override_the_text() -> None:
    text = peel("Investigating crime", INVESTIGATING)
    found = structure(
        text, force="West Midlands Police", published="2020-01-02", title="T", framework="peel-2021-22"
    )
    report = found.report
    assert report.force == "https://kg.example/id/force/west-midlands"
    assert (report.published, report.title, report.framework) == ("2020-01-02", "T", "peel-2021-22")
    assert report.given == ("force", "framework", "published", "title")


def test_what_is_not_stated_is_none_and_has_a_notice() -> None:
    found = structure("Some remarks\nThere is little to say here.")
    report = found.report
    assert (report.force, report.framework, report.kind, report.published) == (None, None, None, None)
    assert {"unknown-force", "unknown-framework", "unknown-kind", "unknown-published"} <= set(codes(found))
    assert found.judgements == found.findings == ()


def test_a_framework_that_nothing_describes_is_kept_and_said() -> None:
    found = structure("Some remarks\nThere is little to say here.", framework="peel-1999")
    assert found.report.framework == "peel-1999"
    assert 'no framework "peel-1999" is described' in [w.message for w in found.warnings]


def test_an_empty_document_is_read() -> None:
    assert structure("").sections == ()


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Published on: 12 June 2024", "2024-06-12"),
        ("Published 12th June 2024", "2024-06-12"),
        ("First published: 12/06/2024", "2024-06-12"),
        ("12 June 2024", "2024-06-12"),
        ("June 2024", "2024-06"),
        ("Published: June 2024", "2024-06"),
        ("A report of June 2024", None),
        ("Published on: 31 June 2024", None),
    ],
)
def test_the_date_of_publication_is_a_day_or_a_month_near_the_start(line: str, date: str | None) -> None:
    text = peel("Investigating crime", INVESTIGATING).replace("Published on: 12 June 2024", line)
    assert structure(text).report.published == date


def test_mentions_of_an_earlier_cycle_do_not_change_the_framework() -> None:
    text = peel(
        "Investigating crime", INVESTIGATING + "\nIn PEEL 2021/22 it was adequate. In PEEL 2021/22 it was so."
    )
    assert structure(text).report.framework == "peel-2023-25"


def test_the_body_is_found_without_a_title() -> None:
    text = (
        "Investigating crime\n"
        "Northmoor Police is good at investigating crime. Sussex Police helped Northmoor Police."
    )
    assert structure(text).report.force_name == "Northmoor Police"


def test_the_inspector_signs_the_summary() -> None:
    text = peel("HM Inspector’s summary", "I am pleased.\nJane Fictional\nHM Inspector of Constabulary")
    assert structure(text).report.inspector == "Jane Fictional"


def test_sections_have_levels_areas_and_ends() -> None:
    body = f"{INVESTIGATING}\nMain findings\nThe force investigates well\nIt does."
    sections = structure(peel("Investigating crime", body)).sections
    assert [(s.title, s.level, s.area) for s in sections[1:]] == [
        ("Overall summary", 2, None),
        ("Investigating crime", 2, "Investigating crime"),
        ("Main findings", 3, "Investigating crime"),
        ("About the data", 2, None),
    ]
    assert sections[2].start < sections[3].start < sections[3].end == sections[2].end < sections[4].start


def test_sections_of_one_title_have_ids_of_their_own() -> None:
    body = (
        f"{INVESTIGATING}\nMain findings\nThe force acts\nYes.\nResponding to the public\n"
        f"Main findings\nIt acts well\nYes."
    )
    ids = [section.id for section in structure(peel("Investigating crime", body)).sections]
    assert "section-main-findings" in ids
    assert "section-main-findings-2" in ids


def test_a_contents_list_opens_no_sections() -> None:
    contents = "Contents\nInvestigating crime\nProtecting vulnerable people\nAbout the data\n"
    body = (
        f"{INVESTIGATING}\nProtecting vulnerable people\n"
        f"Northmoor Police is adequate at protecting vulnerable people."
    )
    text = peel("Investigating crime", body).replace("Overall summary", contents + "Overall summary")
    areas = [s.title for s in structure(text).sections if s.area]
    assert areas == ["Investigating crime", "Protecting vulnerable people"]


def test_area_headings_are_known_in_other_spellings_and_with_numbers() -> None:
    text = peel(
        "3. Preventing and deterring crime and anti-social behaviour and reducing vulnerability",
        AT_PREVENTING,
    )
    assert structure(text).sections[2].area.startswith("Preventing and deterring crime and antisocial")  # type: ignore[union-attr]


def test_a_letter_gives_findings_about_areas_but_no_judgements() -> None:
    found = structure(LETTER)
    assert found.report.kind == "revisit-letter"
    assert found.report.published == "2024-12-05"
    assert found.report.inspector == "Jane Fictional"
    assert found.judgements == ()
    assert [(f.area, f.polarity) for f in found.findings] == [
        ("Investigating crime", "positive"),
        ("Managing offenders and suspects", "negative"),
    ]
    assert found.concerns == ()


def test_a_box_of_a_letter_has_area_status_and_due_date() -> None:
    cause, recommendation = structure(LETTER).boxes
    assert cause.area == recommendation.area == "Managing offenders and suspects"
    assert (cause.due, recommendation.due, recommendation.status) == ("2025-03-31", "2025-03-31", "open")
    assert recommendation.parent == (cause.start, cause.end)


def test_a_news_item_gives_concerns_but_no_judgements_or_findings() -> None:
    found = structure(NEWS)
    assert (found.report.kind, found.report.published) == ("news-item", "2023-12-22")
    assert found.report.title == "Concerns over Southmoor Police performance"
    assert found.judgements == found.findings == ()
    assert [c.areas for c in found.concerns] == [("Investigating crime",), ("Protecting vulnerable people",)]


def test_a_letter_about_monitoring_is_told_from_a_revisit_letter() -> None:
    text = (
        "Southmoor Police – return to default phase of monitoring\nLetter information\nFrom:\n"
        "Jane Fictional\nTo:\n"
        "John Fictional\nSent on:\n18 September 2024\nDear John\n"
        "This follows PEEL 2023–2025. I have decided to "
        "return the force to Scan.\nYours sincerely\nJane Fictional\n"
        "His Majesty’s Chief Inspector of Constabulary"
    )
    assert structure(text).report.kind == "monitoring-letter"


def test_marked_headings_decide_over_the_form_of_lines() -> None:
    text = peel(
        "Investigating crime",
        f"{INVESTIGATING}\nThe force plans well\nIt does. Nothing more\nOffice hours\nNine.",
    )
    headings = {
        "Overall summary": 2,
        "Investigating crime": 2,
        "The force plans well": 3,
        "About the data": 2,
    }
    found = find_structure(document(text, headings))
    assert [f.heading for f in found.findings] == ["The force plans well"]
    assert len(found.findings[0].passages) == 3


def test_offsets_lead_to_the_words(seed_text: str) -> None:
    found = structure(seed_text)
    text = found.report.text
    assert all(text[f.start : f.end] == f.heading for f in found.findings)
    assert all(text[n.start : n.end] == n.text for n in found.needs)
    assert all(text[s.start :].startswith(s.title) for s in found.sections)


def test_the_seed_has_eight_judgements_28_findings_and_six_concerns(seed_text: str) -> None:
    found = structure(seed_text)
    assert [j.grade for j in found.judgements] == [
        "adequate", "adequate", "requires-improvement", "inadequate", "inadequate", "inadequate",
        "requires-improvement", "requires-improvement",
    ]  # fmt: skip
    assert len(found.findings) == 28
    assert len(found.concerns) == 6
    assert found.coverage[0] == ("headings", 28, 28)


SAMPLES = ["marchshire-2023-25", "wealdon-2021-22", "marchshire-revisit-letter"]


def gold(sample: str, layer: str) -> list[dict[str, object]]:
    path = GOLD / sample / f"{layer}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def line_of(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


@pytest.mark.parametrize("sample", SAMPLES)
def test_samples_are_read_as_annotated(sample: str) -> None:
    found = find_structure(read(GOLD / sample / "report.txt"))
    text = found.report.text
    assert [(f["line"], f["heading"], f["area"], f["polarity"]) for f in gold(sample, "findings")] == [
        (line_of(text, f.start), f.heading, f.area, f.polarity) for f in found.findings
    ]
    assert [(n["start"], n["end"]) for n in gold(sample, "needs")] == [(n.start, n.end) for n in found.needs]
    assert [(c["text"], tuple(c["areas"])) for c in gold(sample, "concerns")] == [  # type: ignore[arg-type]
        (c.text, c.areas) for c in found.concerns
    ]
    assert [
        tuple(b[k] for k in ("kind", "start", "end", "title", "due", "area")) for b in gold(sample, "boxes")
    ] == [(b.kind, b.start, b.end, b.title, b.due, b.area) for b in found.boxes]
    assert [
        (j["evidence_line"], j["area"], str(j["grade"]).replace(" ", "-")) for j in gold(sample, "judgements")
    ] == [(line_of(text, j.start), j.area, j.grade) for j in found.judgements]


def test_a_web_page_reads_like_its_text() -> None:
    page = find_structure(read(GOLD / "marchshire-2023-25" / "report.html"))
    text = find_structure(read(GOLD / "marchshire-2023-25" / "report.txt"))
    assert [(f.heading, f.area, f.polarity) for f in page.findings] == [
        (f.heading, f.area, f.polarity) for f in text.findings
    ]
    assert [(j.area, j.grade) for j in page.judgements] == [(j.area, j.grade) for j in text.judgements]
    assert [(b.kind, b.title, b.due) for b in page.boxes] == [(b.kind, b.title, b.due) for b in text.boxes]


def test_a_contents_list_does_not_become_sections() -> None:
    contents = (
        "Contents\nOverall summary\nHM Inspector’s summary\nLeadership\nInvestigating crime\n"
        "Leadership and force management\nAbout the data\n"
    )
    text = peel("Investigating crime", f"{INVESTIGATING}\nMain findings\nThe force acts well\nYes.")
    titles = [
        s.title for s in structure(text.replace("Overall summary", contents + "Overall summary")).sections[1:]
    ]
    assert titles == ["Overall summary", "Investigating crime", "Main findings", "About the data"]


@pytest.mark.parametrize(
    ("name", "iri"),
    [
        ("Metropolitan Police Service", "force/metropolitan"),
        ("Devon & Cornwall Police", "force/devon-and-cornwall"),
        ("City of London Police", "force/city-of-london"),
        ("Dyfed-Powys Police", "force/dyfed-powys"),
        ("St Albans and Moor Constabulary", "force/st-albans-and-moor"),
    ],
)
def test_names_of_forces_are_taken_whole(name: str, iri: str) -> None:
    text = peel("Investigating crime", INVESTIGATING).replace("Northmoor Police", name)
    for title in (f"An inspection of {name}", f"{name} PEEL 2023–2025"):
        report = structure(text.replace(f"PEEL 2023–2025: An inspection of {name}", title)).report
        assert report.force == f"https://kg.example/id/{iri}"


@pytest.mark.parametrize(
    ("title", "name", "framework"),
    [
        (
            "Fire & Rescue Service 2023–25: An inspection of London Fire Brigade",
            "London Fire Brigade",
            "frs-2023-25",
        ),
        ("Moorland FRS 2021/22", "Moorland FRS", "frs-2021-22"),
        (
            "Tyne and Moor Fire and Rescue Service 2018/19",
            "Tyne and Moor Fire and Rescue Service",
            "frs-2018-19",
        ),
    ],
)
def test_fire_reports_tell_service_and_round(title: str, name: str, framework: str) -> None:
    report = structure(
        f"{title}\nPreventing fires and other risks\n{name} is good at preventing fires."
    ).report
    assert (report.force_name, report.framework) == (name, framework)
    assert (report.force or "").startswith("https://kg.example/id/fire/")


def test_frameworks_that_share_all_headings_are_not_guessed_from_them() -> None:
    from kg.model.frameworks import load_frameworks

    fire = next(f for f in load_frameworks() if f.notation == "frs-2021-22")
    text = "\n".join(f"{area.label}\nThe service acts." for area in fire.areas)
    assert structure(text).report.framework is None
