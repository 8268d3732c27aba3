"""What is read from real pages beside what they state, as the table of docs/real-pages.md.

    python benchmarks/real_pages.py [--without-address] [--names] FOLDER [FOLDER of held-out pages] > table.md

A folder holds the openings of pages as ``NNN-….txt``, each beside a ``.json`` with its ``address``, its
``kind_of_fault`` (the kind of page) and what is ``expected``: ``report`` (force, framework), ``judgements``,
and where it is sure ``findings`` and ``boxes``. The address is given as a catalogue would give it, unless
``--without-address``. Areas are compared by their labels in the framework; a page’s own name for an area is
taken for the one that the tool’s reading of names takes it for, unless ``--names``: then a judgement whose
area is written otherwise counts as missed and as another one. The pages themselves are other people's words
and are no part of this project; the table has facts alone.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import kg
from kg.model.frameworks import Framework, load_frameworks
from kg.model.records import Extraction
from kg.model.text.comparing import name_key
from kg.nlp.document.wording import words_for

HEAD = (
    "| | page | body stated | body read | framework stated | framework read | judgements stated | read | "
    "wrong | not said | invented |\n|---|---|---|---|---|---|---|---|---|---|---|"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A page: what it states, what was read. Bodies and frameworks are notations, None where not stated."""

    number: str
    address: str
    body: tuple[str | None, str | None]
    framework: tuple[str | None, str | None]
    asks_body: bool
    asks_framework: bool
    stated: int
    right: int
    wrong: int
    invented: int

    @property
    def body_right(self) -> bool:
        return self.body[0] == self.body[1]

    @property
    def body_wrong(self) -> bool:
        """Whether another body is given than the stated one; none given is no wrong one."""
        return self.asks_body and not self.body_right and self.body[1] is not None


def rows(folder: Path, *, address: bool = True, names: bool = False) -> Iterator[Row]:
    """A row for each page of a folder, in the order of their names. With ``names`` areas are compared as they
    are written."""
    for facts in sorted(folder.glob("*.json")):
        stated = json.loads(facts.read_text(encoding="utf-8"))
        given = {"web": stated["address"]} if address else {}
        yield _row(stated, kg.extract(folder / stated["file"], given=given), names)


def _label_of(name: str, frameworks: Sequence[Framework], read: Collection[str]) -> str:
    """The label, as one that was read, of the area that one of these frameworks has under a name; else the
    name."""
    for framework in frameworks:
        words = words_for(framework, ())
        area = words.area_called(name) or words.area_heading(name)[0]
        area = area or words.grading.meant(name) or words.grading.alike(name)
        if area is not None and (name_key(area.label) in read or framework is frameworks[-1]):
            return name_key(area.label)
    return name_key(name)


def _row(case: dict[str, Any], read: Extraction, names: bool) -> Row:
    expected, report = case["expected"], case["expected"].get("report", {})
    labels = {name_key(judgement.area) for judgement in read.judgements}
    ours = [] if names else _frameworks(report.get("framework"), read.report.framework)
    wanted = {_label_of(area, ours, labels): grade for area, grade in expected.get("judgements", [])}
    given = {name_key(judgement.area): judgement.grade for judgement in read.judgements}
    invented = sum(
        len(getattr(read, kind)) for kind in ("findings", "boxes") if kind in expected and not expected[kind]
    )
    return Row(
        number=case["file"].partition("-")[0],
        address=case["address"],
        body=(report.get("force"), (read.report.force or "").rpartition("/")[2] or None),
        framework=(report.get("framework"), read.report.framework),
        asks_body="force" in report,
        asks_framework="framework" in report,
        stated=len(wanted),
        right=sum(given.get(area) == grade for area, grade in wanted.items()),
        wrong=sum(wanted.get(area) != grade for area, grade in given.items())
        if "judgements" in expected
        else 0,
        invented=invented,
    )


def _frameworks(stated: str | None, read: str | None) -> list[Framework]:
    """The framework that a page states; where none was read, those of such bodies, whose names are used."""
    known = {framework.notation: framework for framework in load_frameworks()}
    first = known.get(stated or "") or known.get(read or "")
    if first is None:
        return []
    others = [f for f in known.values() if f.body_kind == first.body_kind and f is not first]
    return [first] if read else [*sorted(others, key=lambda f: f.begins or "", reverse=True), first]


def table(found: list[Row]) -> str:
    """The rows as Markdown, and a line with the totals."""
    lines = [HEAD, *map(_line, found)]
    bodies = [row for row in found if row.asks_body]
    frameworks = [row for row in found if row.asks_framework]
    stated, right = sum(row.stated for row in found), sum(row.right for row in found)
    same = sum(row.framework[0] == row.framework[1] for row in frameworks)
    lines.append(
        f"\n{len(found)} pages. Bodies right: {sum(row.body_right for row in bodies)} of {len(bodies)}, "
        f"wrong: {sum(row.body_wrong for row in bodies)}. Frameworks right: {same} of "
        f"{len(frameworks)}. Judgements: {right} of {stated} stated are read, "
        f"{sum(row.wrong for row in found)} "
        f"wrong. Findings or boxes where the page has none: {sum(row.invented for row in found)}."
    )
    return "\n".join(lines)


def _line(row: Row) -> str:
    body = [name or "–" for name in row.body] if row.asks_body else ["?", row.body[1] or "–"]
    framework = (
        [name or "–" for name in row.framework] if row.asks_framework else ["?", row.framework[1] or "–"]
    )
    missed = row.stated - row.right
    cells = (
        row.number,
        row.address,
        *body,
        *framework,
        row.stated,
        row.right,
        row.wrong,
        missed,
        row.invented,
    )
    return "| " + " | ".join(map(str, cells)) + " |"


def main(folders: list[str]) -> None:
    """Print a table for each folder."""
    without, as_written = "--without-address", "--names"
    address, names = without not in folders, as_written in folders
    folders = [folder for folder in folders if folder not in (without, as_written)]
    if not folders:
        sys.exit(f"usage: real_pages.py [{without}] [{as_written}] FOLDER [FOLDER …]")
    for folder in folders:
        print(table(list(rows(Path(folder), address=address, names=names))), "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
