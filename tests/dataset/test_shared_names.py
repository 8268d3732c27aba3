"""One preferred name a thing over all reports, whatever was built before."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.dataset.build import BuildResult, build
from kg.graph.store import open_store

REPORT = """PEEL {0}: An inspection of Upper Example Police
Published on: 1 March {1}
Investigating crime
Good
Upper Example Police is good at investigating crime.
Main findings
The force solves crime
The work of {2} solved 120 crimes.
"""
CYCLES = {"first": ("2018/19", 2019), "second": ("2021/22", 2022), "third": ("2023–25", 2024)}
NAMES = """PREFIX kg: <https://kg.example/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?name WHERE {{ ?thing a kg:{0} ; skos:{1} ?name . ?mention kg:refersTo ?thing }}
ORDER BY ?name"""


def run(folder: Path, **writings: str) -> BuildResult:
    """A build of a force’s reports, of each cycle with what it writes; those that are not given are gone."""
    reports = folder / "reports"
    reports.mkdir(exist_ok=True)
    for old in reports.iterdir():
        old.unlink()
    for cycle, words in writings.items():
        text = REPORT.format(*CYCLES[cycle], words)
        (reports / f"{cycle}.txt").write_text(text, encoding="utf-8")
    return build([reports], exports=folder / "exports", store=folder / "store")


def report_of(folder: Path, cycle: str) -> bytes:
    (found,) = (
        path
        for path in (folder / "exports").glob("*.ttl")
        if f"1 March {CYCLES[cycle][1]}" in path.read_text()
    )
    return found.read_bytes()


def names(folder: Path, kind: str, predicate: str = "prefLabel") -> list[str]:
    rows = open_store(folder / "store").query(NAMES.format(kind, predicate))
    assert isinstance(rows, ox.QuerySolutions)
    return [row["name"].value for row in rows]


@pytest.mark.parametrize(
    ("kind", "one", "other", "preferred"),
    [
        ("Operation", "Operation Lantern", "Operation LANTERN", "Operation Lantern"),
        ("Operation", "Operation LANTERN", "Operation Lantern", "Operation Lantern"),
        ("Operation", "Operation Mill Race", "Operation MILL Race", "Operation Mill Race"),
        ("Unit", "the Burglary Team", "the burglary team", "burglary team"),
    ],
)
def test_reports_that_write_a_name_differently_prefer_one(
    tmp_path: Path, kind: str, one: str, other: str, preferred: str
) -> None:
    run(tmp_path, first=one, third=other)
    assert names(tmp_path, kind) == [preferred]
    wrote = {name.removeprefix("the ") for name in (one, other)}
    assert names(tmp_path, kind, "altLabel") == sorted(wrote - {preferred})


def test_most_reports_decide(tmp_path: Path) -> None:
    run(tmp_path, first="Operation LANTERN", second="Operation Lantern", third="Operation LANTERN")
    assert names(tmp_path, "Operation") == ["Operation LANTERN"]


def test_what_was_built_before_makes_no_difference(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    run(one, first="Operation LANTERN", second="Operation Lantern")
    assert names(one, "Operation") == ["Operation Lantern"]
    run(one, first="Operation LANTERN", second="Operation Lantern", third="Operation LANTERN")
    assert names(one, "Operation") == ["Operation LANTERN"]
    run(one, first="Operation LANTERN", second="Operation Lantern")
    again = run(one, first="Operation LANTERN")
    run(two, first="Operation LANTERN")
    assert [report.status for report in again.reports] == ["unchanged"]
    assert names(one, "Operation") == ["Operation LANTERN"]
    assert report_of(one, "first") == report_of(two, "first")


def test_names_that_agree_leave_the_files_as_each_report_made_them(tmp_path: Path) -> None:
    run(tmp_path, first="Operation Lantern")
    before = report_of(tmp_path, "first")
    run(tmp_path, first="Operation Lantern", third="Operation Lantern")
    assert report_of(tmp_path, "first") == before
