"""Whose report it is: titles before running text, names by case and position, several bodies, places."""

from __future__ import annotations

from dataclasses import replace

import pytest
from structure_texts import document, structure

import kg
from kg.model.records import Report
from kg.nlp.structure import find_structure

SENTENCE = "The force answers most calls in time."


def force(text: str) -> str | None:
    iri = structure(text).report.force
    return iri and iri.removeprefix("https://kg.example/id/")


def codes(text: str) -> list[str]:
    return [notice.code for notice in structure(text).warnings]


# --- short names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "The national standard was met in 88 percent of calls.",
        "Met with partners each week, the plan works.",
        "It met the Met and GMP in May.",
        "Targets met: nine of ten.",
    ],
)
def test_a_verb_is_no_force_and_a_short_name_no_title(sentence: str) -> None:
    text = f"PEEL 2023–25: An inspection of Alnshire Police\nPublished on: 14 May 2024\n{sentence}"
    assert force(text) == "force/alnshire"


# --- a title that no vocabulary knows ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("An inspection of Northmoor Police", "force/northmoor"),
        ("PEEL 2021/22 – An inspection of Northmoor Constabulary", "force/northmoor"),
        ("Northmoor PEEL 2014", "force/northmoor"),
        ("PEEL 2016 – Northmoor", "force/northmoor"),
        ("Northmoor 2016", "force/northmoor"),
        ("Northmoor and Vale PEEL Assessment 2023–2025", "force/northmoor-and-vale"),
        ("Northmoor Fire and Rescue Service 2018/19", "fire/northmoor"),
        ("Northmoor Police: PEEL revisit letter", "force/northmoor"),
    ],
)
@pytest.mark.parametrize("neighbour", ["Kent Police", "Borrowdale Constabulary", "Surrey County Council"])
def test_a_neighbour_in_the_text_does_not_outrank_the_title(title: str, body: str, neighbour: str) -> None:
    text = f"{title}\nLegitimacy\nDoes the force act with integrity?\nIt lends divers to {neighbour}."
    text += (
        f"\n{neighbour} is good at helping. {neighbour} was glad. We inspected {neighbour} too.\n{SENTENCE}"
    )
    assert force(text) == body


def test_a_place_that_only_the_title_has_is_doubtful_and_one_that_the_text_has_in_full_is_not() -> None:
    assert "doubtful-force" in codes(f"Northmoor PEEL 2014\nLegitimacy\n{SENTENCE}")
    assert "doubtful-force" not in codes("Northmoor PEEL 2014\nLegitimacy\nNorthmoor Police is small.")


@pytest.mark.parametrize(
    "title", ["PEEL 2016 – Legitimacy", "PEEL 2016 – National overview", "Effectiveness 2016", "March 2016"]
)
def test_words_of_titles_are_no_places(title: str) -> None:
    assert force(f"{title}\n{SENTENCE}") is None


# --- places --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Norfolk 2016", "force/norfolk"),
        ("PEEL 2016 – Norfolk", "force/norfolk"),
        ("Norfolk PEEL 2014", "force/norfolk"),
        ("West Midlands PEEL Assessment 2021/22", "force/west-midlands"),
        ("Devon & Cornwall: PEEL 2017", "force/devon-and-cornwall"),
        ("Report on an inspection visit to police custody suites in Cheshire", "force/cheshire"),
    ],
)
def test_a_place_stands_for_its_force_in_a_title(title: str, body: str) -> None:
    text = f"{title}\nThis is HMIC’s PEEL assessment.\nThe force works with Suffolk Constabulary.\n{SENTENCE}"
    assert force(text) == body


def test_a_place_in_a_longer_name_is_another() -> None:
    assert force(f"An inspection of West Sussex Police\n{SENTENCE}") == "force/west-sussex"


# --- phrases and offices -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "This is the first PEEL Assessment of Alnshire Constabulary. I have looked at the evidence.",
        "Inspector of Constabulary Jane Marlow said Alnshire Constabulary is good at it.",
        "HMICFRS and Alnshire Constabulary met. Alnshire Constabulary is good at it.",
        "Dear Chief Constable, Both Alnshire Constabulary and its commissioner agree.",
    ],
)
def test_a_phrase_or_an_office_is_no_force(sentence: str) -> None:
    assert force(f"Alnshire 2014\n{sentence}") == "force/alnshire"


def test_a_commissioner_or_a_federation_is_no_force() -> None:
    text = "An inspection of Alnshire Police\nKent Police and Crime Commissioner and Kent Police Federation."
    assert [body.name for body in structure(text).report.bodies] == ["Alnshire Police"]


# --- several -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("An inspection of Norfolk Constabulary and Suffolk Constabulary", ["Norfolk", "Suffolk"]),
        ("Joint inspection of Kent Police and Essex Police", ["Kent", "Essex"]),
        ("Revisit letter to Alnshire Police and Borrowdale Constabulary", ["Alnshire", "Borrowdale"]),
    ],
)
def test_bodies_that_a_title_joins_are_several(title: str, names: list[str]) -> None:
    found = structure(f"{title}\nPublished on: 14 May 2024\n{SENTENCE}")
    assert found.report.force is None
    assert [body.name.split()[0] for body in found.report.bodies] == names
    assert {body.role for body in found.report.bodies} == {"one-of-several"}
    assert "several-bodies" in [notice.code for notice in found.warnings]


@pytest.mark.parametrize("joint", [" and ", " & ", " / ", " together with ", " as well as "])
def test_bodies_that_a_line_below_the_title_joins_are_several(joint: str) -> None:
    # The title is the name of the programme: one of the two would have the grades of both.
    line = f"An inspection of Kent Police{joint}Essex Police"
    found = structure(f"PEEL 2023–2025\n{line}\nPublished on: 14 May 2024\n{SENTENCE}")
    assert found.report.force is None
    assert [body.name for body in found.report.bodies] == ["Kent Police", "Essex Police"]


@pytest.mark.parametrize(
    "title",
    [
        "PEEL: Police effectiveness 2017 – force press releases",
        "PEEL: Police effectiveness, efficiency and legitimacy 2018/19 – group 1 force press releases",
    ],
)
def test_a_page_about_many_of_which_one_is_named_grades_none(title: str) -> None:
    found = structure(
        f"{title}\nAlnshire Police’s effectiveness is good\nHMICFRS judged that Alnshire Police:\n"
        "• is ‘good’ at investigating crime and reducing re-offending; and\n"
        "• is ‘good’ at protecting vulnerable people."
    )
    assert (found.report.force, found.judgements) == (None, ())
    assert {"unknown-force", "grades-of-several"} <= {notice.code for notice in found.warnings}


def test_a_page_of_press_releases_is_about_several() -> None:
    text = (
        "PEEL: Police effectiveness, efficiency and legitimacy 2018/19 – group 2 force press releases\n"
        "HMICFRS has today published findings for two forces.\nAlnshire Police is good at reducing crime\n"
        "HMICFRS has published a report on Alnshire Police.\nBorrowdale Constabulary must improve\n"
        "HMICFRS has published a report on Borrowdale Constabulary. It has 1,900 officers."
    )
    found = structure(text)
    assert (found.report.force, found.report.kind) == (None, "news-item")
    assert len(found.report.bodies) == 2


@pytest.mark.parametrize(
    "title",
    [
        "PEEL: Police effectiveness 2016 – a national overview",
        "State of Policing: the annual assessment of policing in England and Wales",
        "Fire and rescue services: a summary of findings from all services in England",
    ],
)
def test_a_page_on_all_has_no_inspected_body(title: str) -> None:
    text = f"{title}\nForces have improved. For example, Durham Constabulary is outstanding at it."
    assert force(text) is None
    assert "unknown-force" in codes(text)


# --- the page ------------------------------------------------------------------------------------------


def of_page(text: str, *metadata: tuple[str, str]) -> Report:
    return find_structure(replace(document(text), metadata=metadata)).report


def test_the_title_and_the_address_of_a_page_name_the_body() -> None:
    text = f"Overall summary\nWe use the PEEL framework.\n{SENTENCE}"
    force = "https://kg.example/id/force/norfolk"
    assert of_page(text, ("title", "PEEL 2016 – Norfolk Constabulary")).force == force
    assert of_page(text, ("web", "https://hmicfrs.example/peel-reports/norfolk-2016/")).force == force
    assert of_page(text, ("web", "https://hmicfrs.example/peel-reports/2016/")).force is None


@pytest.mark.parametrize(
    ("site", "body"),
    [
        ("www.norfolk.police.uk", "force/norfolk"),
        ("www.norfolk-pcc.gov.uk", "force/norfolk"),
        ("norfolk.pcc.police.uk", "force/norfolk"),
        ("www.norfolk.gov.uk", None),
        ("www.norfolkfiremagazine.co.uk", None),
    ],
)
def test_the_site_of_a_body_or_of_its_commissioner_names_it(site: str, body: str | None) -> None:
    text = f"2016 PEEL inspection\nHMIC looked at how well the force works.\n{SENTENCE}"
    expected = f"https://kg.example/id/{body}" if body else None
    assert of_page(text, ("web", f"https://{site}/inspections/2016/")).force == expected


def test_a_body_leads_to_its_words() -> None:
    text = (
        f"An inspection of Alnshire Police\nPublished on: 14 May 2024\nAlnshire Police is small. {SENTENCE}"
    )
    report = structure(text).report
    (ground,) = (ground for ground in report.grounds if ground.field == "force")
    assert [report.text[start:end] for start, end in ground.spans] == ["Alnshire Police"]
    assert ground.confidence is None


def test_no_figure_of_a_page_about_several_is_the_inspected_ones() -> None:
    text = (
        "PEEL: Police effectiveness 2018/19 – group 2 force press releases\nAlnshire Police is good\n"
        "HMICFRS has published a report on Alnshire Police. Alnshire Police has 900 officers.\n"
        "Borrowdale Constabulary must improve\nHMICFRS has published a report on Borrowdale Constabulary. "
        "Borrowdale Constabulary has 1,900 officers."
    )
    figures = kg.extract(document(text)).figures
    assert {figure.population for figure in figures if figure.value in (900, 1900)} == {"other-force"}


def test_a_body_that_no_vocabulary_has_and_one_title_names_in_no_usual_form_is_doubtful() -> None:
    assert "doubtful-force" in codes(f"Home | Good Moorland FRS reports published\nWe inspect.\n{SENTENCE}")
    assert "doubtful-force" not in codes(f"An inspection of Alnshire Police\n{SENTENCE}")
    assert "doubtful-force" not in codes(f"An inspection of Kent Police\n{SENTENCE}")


def test_a_body_that_is_only_named_among_others_is_not_the_inspected_one() -> None:
    text = (
        "How forces record crime\nForces differ. Kent Police was quick.\nSurrey Police told us so.\n"
        "Forces should learn from one another."
    )
    found = structure(text)
    assert found.report.force is None
    assert "unknown-force" in [notice.code for notice in found.warnings]


def test_the_one_body_of_a_text_that_speaks_of_the_force_is_taken_and_is_doubtful() -> None:
    lines = ["Some remarks on custody", *["We went there and spoke with many people."] * 32]
    text = "\n".join([*lines, "The force has grown. Its cells, as those of Kent Police are, are clean."])
    assert force(text) == "force/kent"
    assert "doubtful-force" in codes(text)


# --- names in two forms ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "Carrow and the Fells Fire and Rescue Service",
        "Alnshire and the Holms Fire and Rescue Service",
        "Isles and the Sound Police",
    ],
)
def test_an_article_inside_a_name_belongs_to_it(name: str) -> None:
    found = structure(f"An inspection of {name}\nPublished on: 14 May 2024\n{name} has a plan.")
    assert found.report.force_name == name


@pytest.mark.parametrize(
    ("named", "short"),
    [
        ("Alnshire and Holm Constabulary (Alnshire)", "Alnshire"),
        ("Alnshire and Holm Constabulary (the ‘AHC’)", "AHC"),
        ("Alnshire and Holm Constabulary (‘Holm’)", "Holm"),
    ],
)
def test_a_short_name_in_brackets_is_the_body_too(named: str, short: str) -> None:
    found = structure(
        f"PEEL 2023–25: An inspection of Alnshire and Holm Constabulary\nWe inspected {named} in May 2024.\n"
        f"Investigating crime\n{short} is inadequate at investigating crime.\n"
    )
    assert [(j.area, j.grade) for j in found.judgements] == [("Investigating crime", "inadequate")]


PEEL = (
    "PEEL 2023–25\nAn inspection of Kent Police\nPublished on: 3 May 2024\nInvestigating crime\nIt is good.\n"
)


@pytest.mark.parametrize(
    ("stated", "body", "told"),
    [
        ("Kent", "force/kent", None),  # the framework is on police forces, not on councils
        ("Kent Police", "force/kent", None),
        ("Fennick Police", "force/fennick", "the catalogue says Fennick Police, the text Kent Police"),
        ("Surrey Police", "force/surrey", "the catalogue says Surrey Police, the text Kent Police"),
        ("Kent Polcie", "force/kent-polcie", "no inspected body called “Kent Polcie” is known"),
        ("Kent Fire and Rescue Service", "fire/kent", "none of the bodies that the framework is on"),
    ],
)
def test_the_body_of_the_catalogue_is_taken_and_what_speaks_against_it_is_told(
    stated: str, body: str, told: str | None
) -> None:
    made = find_structure(document(PEEL), given={"force": stated, "framework": "peel-2023-25"})
    assert made.report.force == f"https://kg.example/id/{body}"
    notices = [notice.message for notice in made.warnings if notice.code == "doubtful-force"]
    assert any(told in message for message in notices) if told else not notices


@pytest.mark.parametrize(
    ("given", "code", "told"),
    [
        ({"framework": "peel-2023-25"}, "doubtful-framework", None),
        ({"framework": "peel-2018-19"}, "doubtful-framework", "says PEEL 2018/19, the text PEEL 2023–2025"),
        ({"framework": "frs-2023-25"}, "doubtful-framework", "the text PEEL 2023–2025; check the catalogue"),
        ({"published": "2024-05-03"}, "doubtful-published", None),
        ({"published": "2024-05"}, "doubtful-published", None),
        ({"published": "2031-01-01"}, "doubtful-published", "published 2031-01-01, the text 2024-05-03"),
        ({"published": "2024-06"}, "doubtful-published", "published 2024-06, the text 2024-05-03"),
    ],
)
def test_what_the_catalogue_states_and_the_text_says_otherwise_is_told(
    given: dict[str, str], code: str, told: str | None
) -> None:
    made = find_structure(document(PEEL), given=given)
    assert all(getattr(made.report, field) == value for field, value in given.items())
    notices = [notice.message for notice in made.warnings if notice.code == code]
    assert (len(notices) == 1 and told in notices[0]) if told else not notices
