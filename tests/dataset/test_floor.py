"""Quality is a number with a floor: scores against annotated reports may not fall.

A folder of ``tests/gold`` or ``tests/blind`` holds a text on a fictional force with annotations made by hand,
independently of the rules; or, without a text, the annotation of the first part of a report in ``seeds``, as
its ``part.json`` says. Those of ``tests/blind`` are by annotators who had seen no rule, and were scored once
before any rule was made better with them (docs/evaluation.md). Those of ``tests/untaught``, where there are
any, have taught nothing: no rule was made with them, no weight was trained on them. The floors stand in
``floor.json``; ``pytest tests/dataset/test_floor.py --renew`` writes them anew.
Lowering one is a decision: it shows in the diff.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from samples import BLIND, GOLD, ROOT, TESTS, UNTAUGHT

from kg.dataset.evaluation import KIND_SLOTS, evaluate
from kg.dataset.one_report import quads_of
from kg.graph.validation import find_violations
from kg.model.records import Extraction
from kg.model.vocab import BASE
from kg.nlp import extract

FLOOR = TESTS / "floor.json"
FLOORS = json.loads(FLOOR.read_text(encoding="utf-8"))
FOLDERS = sorted(
    (path for parent in (GOLD, BLIND, UNTAUGHT) for path in parent.glob("*") if path.is_dir()),
    key=lambda path: path.name,
)


OUTSIDE = {"fire-stourland": ["The grade is not one that the report's framework gives"]}
"""Texts that state what their framework lacks: "adequate" was no grade of fire services in 2021/22."""


def headline(extraction: Extraction, gold: Path, **limits: int) -> dict[str, float]:
    """The scores that sum a report up, leaving out what its annotation has none of."""
    scores = evaluate(gold, extraction, **limits)
    kinds = [slot for slot in KIND_SLOTS if slot in scores.figure_slots]
    values = {
        "mentions exact": scores.mentions_exact,
        "mentions lenient": scores.mentions_lenient,
        "entities": scores.entities["ALL"].f1,
        "figures found": scores.figures_found.f1,
        "figures complete": scores.figure_slots["complete"].share,
        "figures kind": min((scores.figure_slots[slot].share for slot in kinds), default=0.0),  # the worst
        "findings": scores.findings.f1,
        "polarity": scores.finding_slots["polarity"].share,
        "judgements": scores.judgements.f1,
        "needs": scores.needs.f1,
        "boxes": scores.boxes.f1,
        "concerns": scores.concerns.f1,
    }
    return {name: round(value, 4) for name, value in values.items() if not empty(gold, name)}


def empty(gold: Path, name: str) -> bool:
    if name == "figures kind":  # some annotations say no kinds of numbers
        return '"kind"' not in (gold / "figures.jsonl").read_text(encoding="utf-8")
    kind = {"entities": "mentions", "polarity": "findings"}.get(name, name.split()[0])
    path = gold / f"{kind}.jsonl"
    return not path.exists() or not path.read_text(encoding="utf-8").strip()


def hold(name: str, scores: dict[str, float], renew: bool) -> None:
    """Compare with the floor, or write it."""
    if renew:
        FLOORS[name] = scores
        FLOOR.write_text(json.dumps(FLOORS, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    assert scores.keys() == FLOORS[name].keys(), name
    below = {
        what: (value, FLOORS[name][what]) for what, value in scores.items() if value < FLOORS[name][what]
    }
    assert below == {}, f"{name}: score and floor"


def test_every_annotated_text_has_a_floor(request):
    assert sorted(FLOORS) == [folder.name for folder in FOLDERS] or request.config.getoption("--renew")


@pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])
def test_an_annotated_text_is_read_as_well_as_before(folder, request):
    part = folder / "part.json"
    limits = json.loads(part.read_text(encoding="utf-8")) if part.exists() else {}
    text = ROOT / limits.pop("text") if limits else folder / "report.txt"
    extraction = extract(text, given={})
    hold(folder.name, headline(extraction, folder, **limits), request.config.getoption("--renew"))
    told = [each.message.split(";")[0] for each in find_violations(quads_of(extraction, BASE))]
    assert told == OUTSIDE.get(folder.name, []), "kg build leaves the report out"


COLUMNS = (
    "mentions exact", "mentions lenient", "figures found", "figures complete", "figures kind", "findings",
    "polarity", "judgements", "needs", "boxes", "concerns",
)  # fmt: skip
START, END = "<!-- floors: written by pytest tests/dataset/test_floor.py --renew -->\n", "<!-- end -->\n"


def documented() -> str:
    """The floors as a table in Markdown."""
    rows = [
        f"| {name} | " + " | ".join(f"{scores[c]:.3f}" if c in scores else "–" for c in COLUMNS) + " |"
        for name, scores in sorted(FLOORS.items())
    ]
    return "\n".join(["", "| text | " + " | ".join(COLUMNS) + " |", "|---" * 12 + "|", *rows, "", ""])


def test_the_documented_scores_are_the_floors(request):
    page = ROOT / "docs" / "evaluation.md"
    before, _, rest = page.read_text(encoding="utf-8").partition(START)
    shown, _, after = rest.partition(END)
    if request.config.getoption("--renew"):
        page.write_text(before + START + documented() + END + after, encoding="utf-8")
        shown = documented()
    assert shown == documented()
