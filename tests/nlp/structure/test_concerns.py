"""The inspector's own statements of concern."""

from __future__ import annotations

import pytest
from structure_texts import peel, structure

from kg.model.frameworks import load_frameworks
from kg.model.records import Concern
from kg.nlp.structure.area_clauses import area_of_clause, area_of_matter
from kg.nlp.structure.areas_told import AreasTold


def concerns(sentence: str) -> list[tuple[str, tuple[str, ...]]]:
    """The concerns with the areas that they name."""
    return [(concern.text, concern.areas if how == "stated" else ()) for concern, how in known(sentence)]


def known(sentence: str) -> list[tuple[Concern, str | None]]:
    """The concerns with how their areas are known."""
    found = structure(peel("HM Inspector’s summary", f"I saw much. {sentence}"))
    return [(concern, concern.known[0].how if concern.known else None) for concern in found.concerns]


INVESTIGATING, PROTECTING = ("Investigating crime",), ("Protecting vulnerable people",)
MANAGING, VICTIMS = ("Managing offenders and suspects",), ("Providing a service to the victims of crime",)


def test_a_coordination_of_verbs_gives_a_concern_for_each() -> None:
    assert concerns(
        "I have serious concerns about how well the force investigates crime and manages offenders."
    ) == [
        ("serious concerns about how well the force investigates crime", INVESTIGATING),
        ("serious concerns about how well the force manages offenders", MANAGING),
    ]


def test_a_coordination_of_gerunds_gives_a_concern_for_each() -> None:
    said = (
        "I have concerns about the performance of Northmoor Police in keeping people safe and "
        "protecting vulnerable people."
    )
    assert concerns(said) == [
        ("concerns about the performance of Northmoor Police in keeping people safe", ()),
        ("concerns about the performance of Northmoor Police in protecting vulnerable people", PROTECTING),
    ]


def test_a_coordination_of_things_gives_a_concern_for_each() -> None:
    assert concerns(
        "I have concerns about how it investigates crime and about its protection of vulnerable people."
    ) == [
        ("concerns about how it investigates crime", INVESTIGATING),
        ("concerns about its protection of vulnerable people", PROTECTING),
    ]


def test_nouns_that_look_like_verbs_are_not_split() -> None:
    said = "I have concerns about how well the force manages offenders and suspects."
    assert concerns(said) == [("concerns about how well the force manages offenders and suspects", MANAGING)]


def test_what_follows_the_concern_stays_outside() -> None:
    said = (
        "I have concerns about how well the force investigates crime, but I am confident that it "
        "will improve."
    )
    assert concerns(said) == [("concerns about how well the force investigates crime", INVESTIGATING)]


@pytest.mark.parametrize(
    "sentence",
    [
        "I am concerned about how the force investigates crime.",
        "I remain concerned about how the force investigates crime.",
        "I still have concerns about how the force investigates crime.",
        "I also have significant concerns about how the force investigates crime.",
        "However, I have particular concerns about how the force investigates crime.",
        "My main concern is how the force investigates crime.",
        "I am pleased with much, but I am concerned about how the force investigates crime.",
        "It troubles me that the force investigates crime so slowly.",
        "I am worried by the way the force investigates crime.",
        "I worry about how the force investigates crime.",
        "I have real misgivings about how the force investigates crime.",
        "What worries me most is how the force investigates crime.",
        "It is a source of serious concern to me that the force investigates crime so slowly.",
        "I was pleased in 2021, but the way in which the force investigates crime now alarms me.",
        "I’m uneasy about how the force investigates crime.",
        "I am dismayed to see that the force investigates crime so slowly.",
    ],
)
def test_other_ways_to_state_concern(sentence: str) -> None:
    assert [areas for _, areas in concerns(sentence)] == [INVESTIGATING]


@pytest.mark.parametrize(
    "sentence",
    [
        "I no longer have concerns about how the force investigates crime.",
        "I have no concerns about how the force investigates crime.",
        "I don’t have concerns about how the force investigates crime.",
        "I had concerns about how the force investigates crime.",
        "I was concerned about how the force investigates crime.",
        "The public has concerns about how the force investigates crime.",
        "How the force investigates crime no longer troubles me.",
        "It does not worry me that the force investigates crime with few detectives.",
        "Officers told me that they worry about how the force investigates crime.",
        "Nothing about how the force investigates crime alarms me.",
        "I wrote to the chief constable about the two causes of concern in this report.",
    ],
)
def test_no_concern_is_stated(sentence: str) -> None:
    assert concerns(sentence) == []


def test_a_concern_that_names_no_area_has_none() -> None:
    (concern,) = concerns("I am concerned that too many registered sex offenders are not visited.")
    assert concern[1] == ()


def test_the_name_of_an_area_is_not_taken_apart() -> None:
    sentence = (
        "I have serious concerns about how well the force manages offenders and suspects and records crime."
    )
    assert concerns(sentence) == [
        ("serious concerns about how well the force manages offenders and suspects", MANAGING),
        ("serious concerns about how well the force records crime", ("Recording data about crime",)),
    ]


def test_a_word_between_commas_does_not_hide_a_concern() -> None:
    sentence = "I have some concerns, though, about how well the force investigates crime."
    assert [areas for _, areas in concerns(sentence)] == [INVESTIGATING]


def test_offsets_run_from_the_concern_to_its_thing() -> None:
    found = structure(
        peel(
            "HM Inspector’s summary",
            "I have concerns about how well it investigates crime and manages offenders.",
        )
    )
    first, second = found.concerns
    assert found.report.text[first.start : first.end] == first.text
    assert found.report.text[second.start : second.end].startswith(first.text)
    assert found.report.text[second.start : second.end].endswith("and manages offenders")


@pytest.mark.parametrize(
    ("said", "area"),
    [
        ("how it looks after children at risk", "Protecting vulnerable people"),
        ("its care for those at most risk", "Protecting vulnerable people"),
        ("how few survivors of domestic abuse are protected", "Protecting vulnerable people"),
        ("how it protects its own workforce from harm", "Building, supporting and protecting the workforce"),
        ("the way it looks after its own people", "Building, supporting and protecting the workforce"),
        ("how slowly it reaches callers", "Responding to the public"),
        ("how many calls are not answered", "Responding to the public"),
        ("how it keeps track of registered sex offenders", "Managing offenders and suspects"),
        ("the way it looks into burglaries", "Investigating crime"),
        ("how it logs reports of violence", "Recording data about crime"),
        ("the standard of its investigations", "Investigating crime"),
        ("the way that some investigations are supervised", "Investigating crime"),
        ("leadership below chief officer level", "Leadership and force management"),
    ],
)
def test_a_clause_tells_an_area_by_what_is_done_to_whom(said: str, area: str) -> None:
    [(concern, how)] = known(f"I am concerned about {said}.")
    assert (concern.areas, how) == ((area,), "derived")


@pytest.mark.parametrize(
    "said",
    [
        "how long victims wait",
        "the pressure on its newest detectives",
        "the risks that children face",
        "the burden of investigations on its people",
    ],
)
def test_a_thing_without_a_deed_tells_no_area(said: str) -> None:
    [areas] = [f.areas for f in load_frameworks() if f.notation == "peel-2023-25"]
    assert area_of_clause(said, areas) is None
    assert area_of_matter(said, areas) is None


@pytest.mark.parametrize(
    ("said", "area"),
    [
        ("the pressure on its newest detectives", INVESTIGATING),
        ("the number of registered sex offenders it has not seen", MANAGING),
        ("what it does for victims of domestic abuse", PROTECTING),
    ],
)
def test_an_area_of_which_only_a_thing_is_named_is_derived(said: str, area: tuple[str, ...]) -> None:
    [(concern, how)] = known(f"I am concerned about {said}.")
    assert (concern.areas, how) == (area, "derived")


def test_a_concern_with_no_area_or_things_of_two_has_none_and_says_so() -> None:
    for said in ("how long people wait", "detectives who are on sick leave for lack of well-being"):
        found = structure(peel("HM Inspector’s summary", f"I am concerned about {said}."))
        [concern] = found.concerns
        assert (concern.areas, concern.known) == ((), ())
        [notice] = [n for n in found.warnings if n.code == "concern-without-area"]
        assert (notice.start, notice.end) == (concern.start, concern.end)


def test_two_statements_of_one_sentence_are_two_concerns() -> None:
    said = (
        "The way in which the force investigates crime concerns me, and I am worried about how it "
        "protects vulnerable people."
    )
    assert concerns(said) == [
        ("The way in which the force investigates crime concerns me", INVESTIGATING),
        ("worried about how it protects vulnerable people", PROTECTING),
    ]


@pytest.mark.parametrize(
    "said",
    [
        "I am concerned about how well the force investigates crime and about the pressure on detectives.",
        "I am concerned about how well the force investigates crime, and over the pressure on detectives.",
    ],
)
def test_a_link_said_again_begins_another_thing(said: str) -> None:
    assert concerns(said) == [
        ("concerned about how well the force investigates crime", INVESTIGATING),
        ("concerned about the pressure on detectives", ()),
    ]


def test_a_concern_that_joins_words_that_stand_apart_is_marked_as_composed() -> None:
    found = structure(
        peel("HM Inspector’s summary", "I am concerned about how the force plans and about its detectives.")
    ).concerns
    assert [(concern.text, concern.composed) for concern in found] == [
        ("concerned about how the force plans", False),
        ("concerned about its detectives", True),
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "What troubled me most in Northmoor was the state of its investigations.",
            ["What troubled me most in Northmoor was the state of its investigations"],
        ),
        (
            "I also came away uneasy about the control of offenders, where nobody had called.",
            ["uneasy about the control of offenders"],
        ),
        (
            "Nor am I yet assured that governance is strong enough.",
            ["Nor am I yet assured that governance is strong enough"],
        ),
        ("I am not confident that calls are answered.", ["I am not confident that calls are answered"]),
        (
            "I am concerned that people can’t get help, and I am concerned that, once they do, it ends.",
            ["concerned that people can’t get help", "concerned that, once they do, it ends"],
        ),
        (
            "The way it handles equality, diversity and inclusion troubles me as much.",
            ["The way it handles equality, diversity and inclusion troubles me as much"],
        ),
        (
            "I am worried about its culture, and the way it treats people gives me cause for concern.",
            ["worried about its culture", "the way it treats people gives me cause for concern"],
        ),
        ("In custody, the state of the cells worries me.", ["the state of the cells worries me"]),
        (
            "I have concerns about how it protects children, whose calls go unanswered.",
            ["concerns about how it protects children"],
        ),
        ("I’m still deeply worried about its plans.", ["still deeply worried about its plans"]),
        ("HMIC is nevertheless concerned that cases have slipped.", ["concerned that cases have slipped"]),
        ("I am concerned about its work in two respects.", []),
        ("I am worried about this.", []),
        ("It is a plan that troubles me.", []),
        ("I am confident that calls are answered.", []),
        ("I have no such worries about its calls.", []),
    ],
)
def test_concern_in_other_words(sentence: str, expected: list[str]) -> None:
    assert [text for text, _ in concerns(sentence)] == expected


def reported(summary: str, *areas: tuple[str, str]) -> list[tuple[tuple[str, ...], str | None]]:
    """The areas of the concerns of a report with these areas and what stands below them."""
    lines = "\n".join(f"{heading}\n{text}" for heading, text in areas)
    found = structure(peel("HM Inspector’s summary", f"{summary}\n{lines}"))
    return [(c.areas, c.known[0].how if c.known else None) for c in found.concerns]


ABOUT_CRIME = (
    "Investigating crime",
    "The force is good at investigating crime.\nMain findings\nPhones wait for the digital laboratory\n"
    "The laboratory held 300 phones that nobody had looked at.",
)
ABOUT_PEOPLE = (
    "Building, supporting and protecting the workforce",
    "The force is good at building its workforce.\nMain findings\nFew sergeants stay\n"
    "Sergeants leave after a year, and the force does not ask them why.",
)


@pytest.mark.parametrize(
    ("said", "area"),
    [
        ("the queue at the digital laboratory", "Investigating crime"),
        ("how many phones nobody has looked at", "Investigating crime"),
        ("the reasons for which sergeants leave", "Building, supporting and protecting the workforce"),
    ],
)
def test_the_report_tells_of_which_area_a_concern_is(said: str, area: str) -> None:
    assert reported(f"I am concerned about {said}.", ABOUT_CRIME, ABOUT_PEOPLE) == [((area,), "derived")]


@pytest.mark.parametrize(
    "said", ["the state of its buildings", "how the force looks at what it has not done"]
)
def test_what_no_part_of_the_report_tells_has_no_area(said: str) -> None:
    assert reported(f"I am concerned about {said}.", ABOUT_CRIME, ABOUT_PEOPLE) == [((), None)]


def test_a_concern_below_the_heading_of_an_area_is_of_it() -> None:
    area, text = ABOUT_CRIME
    said = f"{text} I am concerned about its fleet."
    assert reported("It did well.", (area, said), ABOUT_PEOPLE) == [((area,), "carried")]


def test_in_a_letter_a_concern_is_of_the_area_of_the_boxed_items_beside_it() -> None:
    found = structure(
        "Northmoor Police: revisit letter\nPublished on: 12 June 2024\nOur revisit\nWe went back.\n"
        "Children in care\nI remain concerned about how long these children wait.\nCause of concern\n"
        "The force doesn’t protect vulnerable people.\nRecommendations\n"
        "By 31 July 2025, the force should train its staff.",
        framework="peel-2023-25",
        kind="revisit-letter",
    )
    assert [concern.areas for concern in found.concerns] == [PROTECTING]


def test_a_question_that_hangs_is_no_thing_of_its_own() -> None:
    said = "doesn’t know how often, or how well, its staff are trained"
    assert concerns(f"I am concerned that the force {said}.") == [(f"concerned that the force {said}", ())]


def test_what_goes_on_with_another_subject_is_no_part_of_the_thing() -> None:
    said = "I am concerned about how it manages offenders, and none of the actions can be closed."
    assert concerns(said) == [("concerned about how it manages offenders", MANAGING)]


@pytest.mark.parametrize(
    ("said", "concern"),
    [
        (
            "I have serious concerns about how promptly the force answers and attends calls.",
            "serious concerns about how promptly the force answers and attends calls",
        ),
        (
            "Of most concern is how few crimes the force solves.",
            "Of most concern is how few crimes the force solves",
        ),
        (
            "Our main concern is with the way in which it plans its work.",
            "main concern is with the way in which it plans its work",
        ),
        ("Its failure to visit offenders is of serious concern.",) * 2,
        (
            "HMICFRS has concerns about the standard of supervision.",
            "concerns about the standard of supervision",
        ),
    ],
)
def test_one_thing_is_one_concern(said: str, concern: str) -> None:
    assert [found for found, _ in concerns(said)] == [concern.rstrip(".")]


def test_the_paragraph_above_the_inspectors_office_is_read() -> None:
    said = "I have concerns about its finances. In the meantime, it needs to act."
    found = structure(peel("HM Inspector’s summary", f"I saw much.\n{said}\nHM Inspector of Constabulary"))
    assert [concern.text for concern in found.concerns] == ["concerns about its finances"]
    assert [need.text for need in found.needs] == ["In the meantime, it needs to act."]


def test_a_page_without_sections_may_state_a_concern():
    told = AreasTold("Nobody told inspectors.", (), (), ())
    assert told.area_of("how it protects children") is None


@pytest.mark.parametrize(
    ("sentence", "concern"),
    [
        ("All the same, what becomes of the exhibits worries me.", "what becomes of the exhibits worries me"),
        ("Even so, the age of its fleet worries me.", "the age of its fleet worries me"),
        (
            "HMICFRS praises its staff, but is anxious lest the money run out.",
            "anxious lest the money run out",
        ),
        ("I thank its leaders and remain worried about its fleet.", "worried about its fleet"),
        (
            "I am concerned about the state of its cells, and this recommendation will stay open.",
            "concerned about the state of its cells",
        ),
        (
            "I am concerned about the state of its cells, and the deputy chief constable has been told.",
            "concerned about the state of its cells",
        ),
    ],
)
def test_a_concern_ends_before_another_clause_and_begins_behind_words_of_turning(
    sentence: str, concern: str
) -> None:
    assert [said for said, _ in concerns(sentence)] == [concern]


def test_the_second_verb_of_somebody_else_is_no_concern() -> None:
    assert concerns("I met officers who cope well but are worried about their pay.") == []


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("I have serious concerns about Southmere Police.", 0),
        ("I am worried about how well Southmere Fire and Rescue Service investigates crime.", 0),
        ("The delays of the courts trouble me, and Southmere Constabulary’s backlog worries me.", 1),
        ("I am worried about how the force works with Southmere Police.", 1),
        ("I am worried about how Northmoor Police works with Southmere Police.", 1),
    ],
)
def test_what_another_body_does_is_no_concern_about_the_inspected_one(said: str, count: int) -> None:
    assert len(concerns(said)) == count


@pytest.mark.parametrize(
    ("sentence", "thing"),
    [
        (
            "I have concerns about the quality of investigations, and about little else.",
            "concerns about the quality of investigations",
        ),
        (
            "I am concerned about how it treats victims, and children above all.",
            "concerned about how it treats victims",
        ),
        (
            "I am worried about its custody suites, and the one in Fenwick in particular.",
            "worried about its custody suites",
        ),
        (
            "We are concerned about how it assesses victims, too many of whom get no help.",
            "concerned about how it assesses victims",
        ),
        (
            "I am concerned that victims of violence, and of domestic abuse above all, are let down.",
            "concerned that victims of violence, and of domestic abuse above all, are let down",
        ),
    ],
)
def test_what_is_only_added_is_no_part_of_a_concern(sentence: str, thing: str) -> None:
    assert [said for said, _ in concerns(sentence)] == [thing]
