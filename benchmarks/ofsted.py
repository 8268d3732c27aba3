"""Compare what is read from reports on children’s services with an independent table of their judgements.

    python benchmarks/ofsted.py FOLDER

FOLDER holds one folder an authority, whose name begins with its reference number at Ofsted, and
``peer-grades.csv``: a row an authority with the grades, dates and lead inspector of its latest inspection.
Files are named by the date of publication ("… - 18 april 2023.pdf"). Writes a Markdown table.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from kg.model.errors import KgError
from kg.model.records import Extraction
from kg.model.text.months import MONTHS
from kg.nlp.structure import find_structure
from kg.reading import read

CARE = "The experiences and progress of children in care"
COLUMNS = {
    "overall_effectiveness_grade": ("Overall effectiveness",),
    "impact_of_leaders_grade": (
        "The impact of leaders on social work practice with children and families",
        "Leadership, management and governance",
    ),
    "help_and_protection_grade": ("The experiences and progress of children who need help and protection",),
    "in_care_grade": (CARE, f"{CARE} and care leavers"),
    "care_leavers_grade": (
        "The experiences and progress of care leavers",
        f"{CARE} and care leavers",
        "Experiences and progress of care leavers",
    ),
}
"""Column of the table to the labels of the area in the frameworks."""


def published(file: Path) -> tuple[int, int, int]:
    """Year, month and day of publication, as the file's name says."""
    day, month, year = file.stem.rpartition(" - ")[2].split()
    return int(year), MONTHS.index(month.title()) + 1, int(day)


def latest(folder: Path, urn: str) -> tuple[Path, Extraction] | None:
    """The newest report of an authority that can be read."""
    files = [file for place in folder.glob(urn + "_*") for file in place.glob("*.pdf")]
    for file in sorted(files, key=published, reverse=True):
        try:
            return file, find_structure(read(file))
        except KgError as error:
            print(f"{file.name}: {error}", file=sys.stderr)
    return None


def compared(row: Mapping[str, str], file: Path, found: Extraction) -> list[str]:
    """The cells of a row: what was read, with the table's value in brackets where it differs."""
    year, month, day = published(file)
    if row["publication_date"] != f"{day:02}/{month:02}/{year % 100:02}":
        return [f"{year}-{month:02}-{day:02}", *_alone(found)]
    grades = {judgement.area: judgement.grade.replace("-", " ") for judgement in found.judgements}
    cells = [f"{year}-{month:02}-{day:02}"]
    for column, areas in COLUMNS.items():
        mine = next((grades[area] for area in areas if area in grades), "–")
        cells.append(mine if mine == row[column] else f"**{mine}** ({row[column]})")
    report = found.report
    pairs = (
        (report.inspected_begin, _iso(row["inspection_start_date"])),
        (report.inspected_end, _iso(row["inspection_end_date"])),
        ((report.inspector or "–").lower(), row["inspector_name"]),
    )
    cells += ["same" if mine == theirs else f"**{mine}** ({theirs})" for mine, theirs in pairs]
    return cells


def _alone(found: Extraction) -> list[str]:
    grades = {judgement.area: judgement.grade.replace("-", " ") for judgement in found.judgements}
    mine = (next((grades[a] for a in areas if a in grades), "–") for areas in COLUMNS.values())
    return [*mine, "later in the table", "", ""]


def _iso(text: str) -> str:
    return "-".join(reversed(text.split("/")))


def rows(folder: Path) -> Iterator[list[str]]:
    table = (folder / "peer-grades.csv").read_text("utf-8").splitlines()
    for row in csv.DictReader(table):
        if (found := latest(folder, row["urn"])) is not None:
            yield [row["local_authority"], *compared(row, *found)]


def main() -> None:
    heads = [
        "authority",
        "published",
        "overall",
        "leaders",
        "help",
        "care",
        "leavers",
        "begin",
        "end",
        "lead",
    ]
    print("|", " | ".join(heads), "|")
    print("|" + "---|" * len(heads))
    for cells in rows(Path(sys.argv[1])):
        print("|", " | ".join(cells), "|")


if __name__ == "__main__":
    main()
