"""How far the honesty report can be believed: what is lost, and is it named?

    python benchmarks/honesty.py FOLDER… [--list]

A folder holds annotated reports: ``NAME/report.txt`` beside ``figures.jsonl``, ``findings.jsonl`` …, or
``docs/NAME.txt`` and ``gold/NAME/*.jsonl``. Two questions are asked of each report. By mutation: each figure,
finding, heading of an area, judgement, box, name, need and concern that was read is taken away in turn, and
the second look must name its place. By gold: of what the annotation has and the reading has not, how much
is named?
``--list`` prints what is not.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import kg
from kg.model.frameworks import load_frameworks
from kg.model.records import GAPS, RULED_OUT, Extraction, Figure, Notice, Span
from kg.model.text.sentences import find_sentences
from kg.nlp.coverage import with_coverage
from kg.nlp.periods import find_periods

Loss = tuple[str, list[Span], Extraction]
"""What kind of thing is taken away, where it stands, and the reading without it."""
KINDS = ("figures", "findings", "area headings", "judgements", "boxes", "names", "needs", "concerns")


class Look:
    """The second look at one report, with its sentences and periods found once."""

    def __init__(self, extraction: Extraction) -> None:
        text = extraction.report.text
        self.sentences, self.periods = find_sentences(text), find_periods(text)
        plain = tuple(notice for notice in extraction.warnings if not notice.is_detail)
        self.read = replace(extraction, warnings=plain)
        self.before = set(self.notices(self.read))

    def notices(self, extraction: Extraction) -> list[Notice]:
        found = with_coverage(extraction, self.sentences, self.periods).warnings
        return [notice for notice in found if notice.is_detail]

    def names(self, places: list[Span], extraction: Extraction) -> Notice | None:
        """The notice that only this loss has, or that stands on its place in any case."""
        for notice in self.notices(extraction):
            if notice.start is None or notice.end is None:
                continue
            if any(notice.start < end and start < notice.end for start, end in places):
                return notice
        return None


def losses(read: Extraction) -> Iterator[Loss]:
    """Each record taken away in turn."""
    for one in read.figures:
        mentions = tuple(
            m for m in read.mentions if (m.start, m.end, m.label) != (one.start, one.end, "METRIC")
        )
        yield "figures", [(one.start, one.end)], _without(read, "figures", one, mentions=mentions)
    for one in read.findings:
        yield "findings", [(one.start, one.end)], _without(read, "findings", one)
    for one in read.sections:
        if one.area is not None and one.level == 2:
            end = one.start + len(one.title)
            yield "area headings", [(one.start, end)], _without(read, "sections", one)
    for one in read.judgements:
        yield "judgements", [(one.start, one.end), *one.evidence], _without(read, "judgements", one)
    for one in read.boxes:
        first = read.report.text.find("\n", one.start)
        line = (one.start, max(first if first > 0 else one.end, one.start + 1))
        yield "boxes", [line, (one.start, one.end)], _without(read, "boxes", one)
    boxed = [(box.start, box.end) for box in read.boxes]
    for one in read.needs:
        if any(start < one.end and one.start < end for start, end in boxed):
            continue  # a box says it too
        yield "needs", [(one.start, one.end)], _without(read, "needs", one)
    for one in read.concerns:
        line = read.report.text.rfind("\n", 0, one.start) + 1
        if sum(line <= other.start <= one.end for other in read.concerns) > 1:
            continue  # its sentence has another
        yield "concerns", [(one.start, one.end)], _without(read, "concerns", one)
    for entity in read.entities:
        mine = [m for m in read.mentions if m.entity == entity.iri and m.label not in ("METRIC", "PERIOD")]
        capital = [(m.start, m.end) for m in mine if any(c.isupper() for c in m.text)]
        if capital and entity.label not in ("GRADE", "AREA"):
            kept = tuple(m for m in read.mentions if m not in mine)
            yield "names", capital, replace(read, mentions=kept)


def _without(read: Extraction, kind: str, one: object, **more: Any) -> Extraction:
    kept = tuple(other for other in getattr(read, kind) if other is not one)
    return replace(read, **{kind: kept, **more})


def reports(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Each report of a folder and the folder of its annotation."""
    for gold in sorted(folder.glob("*/figures.jsonl")):
        if (gold.parent / "report.txt").exists():
            yield gold.parent / "report.txt", gold.parent
    for gold in sorted(folder.glob("gold/*/figures.jsonl")):
        for file in (folder / "docs" / f"{gold.parent.name}.txt", folder / f"{gold.parent.name}.txt"):
            if file.exists():
                yield file, gold.parent


def missed(read: Extraction, gold: Path) -> Iterator[tuple[str, list[Span]]]:
    """What the annotation has and the reading has not, with its places."""
    text = read.report.text
    lines = _lines(text)

    def rows(name: str) -> list[dict[str, Any]]:
        file = gold / f"{name}.jsonl"
        return (
            [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
            if file.exists()
            else []
        )

    for row in rows("figures"):
        near = (f for f in read.figures if f.start < row["end"] and row["start"] < f.end)
        if not any(_has(figure, row) for figure in near):
            yield "figures", [(row["start"], row["end"])]
    headings = {finding.heading for finding in read.findings}
    for row in rows("findings"):
        if row["heading"] not in headings:
            yield "findings", [lines[row["line"] - 1]] if "line" in row else [_found(text, row["heading"])]
    for row in rows("judgements"):
        place = lines[row["evidence_line"] - 1] if "evidence_line" in row else (row["start"], row["end"])
        same = [j for j in read.judgements if j.grade == row["grade"].replace(" ", "-")]
        spans = [span for j in same for span in ((j.start, j.end), *j.evidence)]
        rests = any(start < place[1] and place[0] < end for start, end in spans)
        called = {name.casefold() for j in same for name in _names(read, j.area)}
        if not rests and row["area"].casefold() not in called:
            yield "judgements", [place]
    for row in rows("boxes"):
        if not any(
            b.kind == row["kind"] and b.start < row["end"] and row["start"] < b.end for b in read.boxes
        ):
            yield "boxes", [(row["start"], row["end"])]
    for name in ("needs", "concerns"):
        for row in rows(name):
            if "start" not in row:
                at = lines[row["line"] - 1]
                row |= {"start": at[0], "end": at[1]}
            if not any(n.start < row["end"] and row["start"] < n.end for n in getattr(read, name)):
                yield name, [(row["start"], row["end"])]
    spans = [(m.start, m.end) for m in read.mentions]
    for row in rows("mentions"):
        if row["label"] in ("METRIC", "PERIOD", "GRADE", "AREA", "FORCE") or row["text"].islower():
            continue
        if not any(start < row["end"] and row["start"] < end for start, end in spans):
            yield "names", [(row["start"], row["end"])]


def _has(figure: Figure, row: dict[str, Any]) -> bool:
    """Whether a figure has what the annotation has: its value, its parts ("a third" is 0.33 to some), or its
    number as the whole of a share ("66 of its 702 firefighters"), which is not lost."""
    parts = (row.get("numerator"), row.get("denominator"))
    same_parts = None not in parts and parts == (figure.numerator, figure.denominator)
    known = [value for value in (figure.value, figure.denominator) if value is not None]
    return same_parts or any(abs(float(value) - row["value"]) < 1e-6 for value in known)


def _names(read: Extraction, area: str) -> set[str]:
    """What an area is called: its label, and its other names in the framework of the report."""
    known = (f for f in load_frameworks() if f.notation == read.report.framework)
    names = {
        name for f in known for one in f.areas if one.label == area for name in (*one.names, *one.headings)
    }
    return {area, *names}


def _found(text: str, words: str) -> Span:
    at = max(0, text.find(words))
    return at, at + len(words)


def _lines(text: str) -> list[Span]:
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def main(arguments: list[str]) -> None:
    listed = "--list" in arguments
    named: Counter[tuple[str, str]] = Counter()
    lost: Counter[tuple[str, str]] = Counter()
    codes: Counter[str] = Counter()
    for folder in (Path(one) for one in arguments if not one.startswith("--")):
        for file, gold in reports(folder):
            extraction = kg.extract(file)
            look = Look(extraction)
            codes.update(notice.code for notice in look.before)
            tries = [("mutation", kind, places, without) for kind, places, without in losses(look.read)]
            tries += [("gold", kind, places, look.read) for kind, places in missed(look.read, gold)]
            for way, kind, places, without in tries:
                lost[way, kind] += 1
                notice = look.names(places, without)
                named[way, kind] += notice is not None
                if listed and notice is None:
                    words = " … ".join(look.read.report.text[slice(*place)][:70] for place in places[:1])
                    print(f"{way:9}{kind:14}{gold.name[:22]:23}{words!r}")
    print("| | taken away | named | missed in gold | named |\n|---|---|---|---|---|")
    for kind in (*KINDS, "all"):
        row = [(named[way, kind], lost[way, kind]) for way in ("mutation", "gold")]
        if kind == "all":
            row = [
                (
                    sum(n for (w, _), n in named.items() if w == way),
                    sum(n for (w, _), n in lost.items() if w == way),
                )
                for way in ("mutation", "gold")
            ]
        cells = " | ".join(f"{of} | {got} ({got / of:.2f})" if of else "0 | –" for got, of in row)
        print(f"| {kind} | {cells} |")
    print("listed:", ", ".join(f"{code} {codes[code]}" for code in (*GAPS, RULED_OUT)))


if __name__ == "__main__":
    main(sys.argv[1:])
