from __future__ import annotations

from pathlib import Path

import pytest
from framework_texts import LIBRARIES, PREFIXES

from kg.model.framework_check import check_framework
from kg.model.ontology import ontology_dir


def problems(folder: Path, text: str) -> list[str]:
    file = folder / "shelf.ttl"
    file.write_text(text, encoding="utf-8")
    return check_framework(file)


def without(part: str, instead: str = "") -> str:
    assert part in LIBRARIES
    return LIBRARIES.replace(part, instead)


@pytest.mark.parametrize("file", sorted(path.name for path in (ontology_dir() / "frameworks").glob("*.ttl")))
def test_the_frameworks_of_the_package_are_complete(file: str) -> None:
    assert check_framework(ontology_dir() / "frameworks" / file) == []


def test_a_complete_framework_has_no_problems(tmp_path: Path) -> None:
    assert problems(tmp_path, LIBRARIES) == []


def test_a_file_that_does_not_exist_is_said(tmp_path: Path) -> None:
    assert check_framework(tmp_path / "none.ttl") == ["none.ttl: no such file"]


def test_what_is_not_turtle_is_one_problem(tmp_path: Path) -> None:
    (line,) = problems(tmp_path, "framework:x a")
    assert line.startswith("shelf.ttl: not Turtle: ")


def test_a_file_without_a_framework_is_said(tmp_path: Path) -> None:
    (line,) = problems(tmp_path, PREFIXES)
    assert line.endswith("it needs a kg:Framework")


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    text = without("kg:rank 2 ; ").replace('skos:prefLabel "Rooms"', 'skos:prefLabel "Books"')
    assert problems(tmp_path, text) == [
        "shelf.ttl: shelf-check 2 areas have the same skos:prefLabel 'Books'",
        "shelf.ttl: stars--dim needs kg:rank",
    ]


@pytest.mark.parametrize(
    ("part", "instead", "problem"),
    [
        ('dct:title "Shelf Check" ; ', "", "shelf-check needs dct:title"),
        ("kg:order 2", "kg:order 1", "shelf-check 2 areas have the same kg:order '1'"),
        ("kg:order 2", 'kg:order "two"', "shelf--rooms kg:order is 'two', should be a whole number"),
        ("kg:graded false", 'kg:graded "no"', "shelf--staff kg:graded is 'no', should be true or false"),
        ('"Dim" .', '"Dim", "Dull" .', "stars--dim has 2 values of skos:prefLabel, may have one"),
        (
            '"{area}: {grade}"',
            '"{area}: {mark}"',
            "shelf-check kg:judgementPattern '{area}: {mark}' has the unknown slot",
        ),
        (
            '"{area}: {grade}"',
            '"{area}: good"',
            "shelf-check kg:judgementPattern '{area}: good' lacks the slot {grade}",
        ),
        (
            '"Shelf Check: {body}"',
            '"Shelf Check"',
            "shelf-check kg:titlePattern 'Shelf Check' lacks the slot {body}",
        ),
        (
            "kg:bodyNoun",
            "kg:bodyNouns",
            "shelf-check has kg:bodyNouns, which is no property of a kg:Framework",
        ),
        (
            "kg:knowsBox wording:tip",
            "kg:knowsBox wording:hint",
            "shelf-check kg:knowsBox hint: no file describes such",
        ),
        ('"recommendation"', '"advice"', "tip has the notation 'advice'; the kind of a box is one of "),
        (
            "kg:gradeScheme grades:stars",
            "kg:gradeScheme grades:moons",
            "shelf-check has the grade scheme moons, which has no kg:Grade",
        ),
        (
            "skos:inScheme framework:shelf-check ; kg:order 3",
            "skos:inScheme framework:other ; kg:order 3",
            "shelf--staff is in other, which no file describes",
        ),
        (
            "kg:order 3",
            "kg:order 3 ; skos:broader area:none",
            "shelf--staff skos:broader none is no area of the same framework",
        ),
        ('kg:recognisedBy "\\\\bShelf Check\\\\b" ;', "", "shelf-check has no kg:recognisedBy"),
        ("\\\\bShelf Check\\\\b", "Shelf (Check", "shelf-check has a bad kg:recognisedBy 'Shelf (Check': "),
        (
            '"shelf-check" ;',
            '"peel-2023-25" ;',
            "shelf-check has the notation 'peel-2023-25' of peel-2023-25",
        ),
    ],
)
def test_a_problem_names_the_thing_and_what_is_wrong(
    tmp_path: Path, part: str, instead: str, problem: str
) -> None:
    assert any(
        line.startswith(f"shelf.ttl: {problem}") for line in problems(tmp_path, without(part, instead))
    )


def test_wordings_of_the_package_may_be_used(tmp_path: Path) -> None:
    used = without('kg:bodyNoun "library" ;', 'kg:bodyNoun "library" ; kg:usesWording wording:hmicfrs ;')
    assert problems(tmp_path, used) == []
