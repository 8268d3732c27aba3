"""Quality is a number with a floor: scores against annotated reports may not fall.

``tests/gold`` holds texts on fictional forces with annotations made by hand, independently of the rules;
annotated samples beside the checkout are scored too where they are. The floors stand in ``floor.json``;
``pytest tests/dataset/test_floor.py --renew`` writes them anew.
Lowering one is a decision: it shows in the diff.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from samples import ROOT, SHARED, TESTS

from kg.dataset.evaluation import evaluate
from kg.nlp import extract

FLOOR = TESTS / "floor.json"
FLOORS = json.loads(FLOOR.read_text(encoding="utf-8")) if FLOOR.exists() else {}
OWN = sorted(path for path in (TESTS / "gold").iterdir() if path.is_dir())
SAMPLES = {
    "marchshire-2023-25": ("samples/marchshire-2023-25.txt", {}),
    "wealdon-2021-22": ("samples/wealdon-2021-22.txt", {}),
    "marchshire-revisit-letter": ("samples/marchshire-revisit-letter.txt", {}),
    "west-midlands-2023-25-part": (None, {"until": 22000, "findings_until": 21898}),
}
"""Annotated samples: where the text is (None: the seed), and how much of it the annotation covers."""


def headline(text: Path, gold: Path, **limits: int) -> dict[str, float]:
    """The scores that sum a report up, leaving out what its annotation has none of."""
    scores = evaluate(gold, extract(text, given={}), **limits)
    return {name: round(value, 4) for name, value in scores.headline() if not empty(gold, name)}


def empty(gold: Path, name: str) -> bool:
    kind = {"entities": "mentions", "polarity": "findings"}.get(name, name.split()[0])
    path = gold / f"{kind}.jsonl"
    return not path.exists() or not path.read_text(encoding="utf-8").strip()


def hold(name: str, scores: dict[str, float], renew: bool) -> None:
    """Compare with the floor, or write it."""
    if renew:
        FLOORS[name] = scores
        FLOOR.write_text(json.dumps(FLOORS, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    below = {
        what: (value, FLOORS[name][what]) for what, value in scores.items() if value < FLOORS[name][what]
    }
    assert below == {}, f"{name}: score and floor"


@pytest.mark.parametrize("folder", OWN, ids=[folder.name for folder in OWN])
def test_an_annotated_text_is_read_as_well_as_before(folder, request):
    hold(folder.name, headline(folder / "report.txt", folder), request.config.getoption("--renew"))


@pytest.mark.parametrize("name", SAMPLES)
def test_an_annotated_sample_is_read_as_well_as_before(name, request, seed_path):
    file, limits = SAMPLES[name]
    gold = SHARED / "samples" / "gold" / name
    if not gold.exists():
        pytest.skip(f"needs samples/gold/{name} in a folder 'shared' beside the checkout")
    text = seed_path if file is None else SHARED / file
    hold(f"sample {name}", headline(text, gold, **limits), request.config.getoption("--renew"))


COLUMNS = (
    "mentions exact", "mentions lenient", "figures found", "figures complete", "findings", "polarity",
    "judgements", "needs", "boxes",
)  # fmt: skip
START, END = "<!-- floors: written by pytest tests/dataset/test_floor.py --renew -->\n", "<!-- end -->\n"


def documented() -> str:
    """The floors as a table in Markdown."""
    rows = [
        f"| {name} | " + " | ".join(f"{scores[c]:.3f}" if c in scores else "–" for c in COLUMNS) + " |"
        for name, scores in sorted(FLOORS.items())
    ]
    return "\n".join(["", "| text | " + " | ".join(COLUMNS) + " |", "|---" * 10 + "|", *rows, "", ""])


def test_the_documented_scores_are_the_floors(request):
    page = ROOT / "docs" / "evaluation.md"
    before, _, rest = page.read_text(encoding="utf-8").partition(START)
    shown, _, after = rest.partition(END)
    if request.config.getoption("--renew"):
        page.write_text(before + START + documented() + END + after, encoding="utf-8")
        shown = documented()
    assert shown == documented()
