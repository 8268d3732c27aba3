from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from samples import GOLD, shared

from kg.dataset.evaluation import evaluate, load_gold
from kg.dataset.evaluation.matching import PRF, Accuracy
from kg.model.errors import CannotRead, CannotUnderstand

FOLDERS = ("marchshire-2023-25", "marchshire-revisit-letter", "wealdon-2021-22", "west-midlands-2023-25-part")


def mention(
    start: int, end: int, label: str = "UNIT", text: str = "", entity: str | None = None
) -> dict[str, Any]:
    return {"start": start, "end": end, "label": label, "text": text, "entity": entity}


def figure(start: int, end: int, value: float, **slots: object) -> dict[str, Any]:
    return {"start": start, "end": end, "value": value, "unit": "count", "text": str(value), **slots}


@pytest.fixture
def gold(tmp_path: Path) -> Any:
    """Writes rows as a gold folder."""

    def write(**rows: list[dict[str, Any]]) -> Path:
        for kind, lines in rows.items():
            (tmp_path / f"{kind}.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
        return tmp_path

    return write


def spoilt(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Gold rows as an extraction with faults of every kind, always the same ones."""
    made: dict[str, Any] = {}
    for kind, lines in rows.items():
        kept = []
        for number, line in enumerate(lines):
            row = {**line, "start": line.get("start", 0), "end": line.get("end", 9)}
            if number % 7 == 3:
                continue
            if number % 5 == 2 and kind in ("mentions", "figures", "needs"):
                row["start"] += 2
            if kind == "figures":
                change = row.pop("change", None) or {}
                row |= {"direction": change.get("direction"), "base_value": change.get("base_value")}
                row["population"] = "other" if number % 6 == 1 else row["population"]
                row["period_end"] = None if number % 4 == 1 else row["period_end"]
                row["value"] = row["value"] + 1 if number % 11 == 5 else row["value"]
            if kind == "findings":
                row["polarity"] = "neutral" if number % 3 == 1 else row["polarity"]
            kept.append(row)
            if number % 9 == 4:
                kept.append(
                    {**row, "start": row["end"] + 1, "end": row["end"] + 4, "heading": f"extra {number}"}
                )
        made[kind] = kept
    return made


@pytest.mark.parametrize("folder", FOLDERS)
def test_scores_are_those_of_the_scorer_beside_the_samples(folder: str, tmp_path: Path) -> None:
    path = GOLD / folder
    found = spoilt(load_gold(path))
    (tmp_path / "found.json").write_text(json.dumps(found))
    command = [
        sys.executable,
        str(shared("tools/evaluate.py")),
        str(path),
        str(tmp_path / "found.json"),
        "--json",
    ]
    expected = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    scores = evaluate(path, found)
    for label, pair in expected["mentions"].items():
        for way in ("exact", "lenient"):
            assert scores.mentions[label][way] == prf(pair[way])
    assert scores.mentions_exact == pytest.approx(expected["mentions"]["ALL"]["exact"]["f"])
    assert scores.mentions_lenient == pytest.approx(expected["mentions"]["ALL"]["lenient"]["f"])
    figures = expected["figures"]
    assert scores.figures_found == prf(figures.pop("found"))
    assert scores.figure_slots == {
        name: Accuracy(slot["right"], slot["of"]) for name, slot in figures.items()
    }
    assert scores.findings == prf(expected["findings"]["headings"])
    for slot in ("area", "polarity"):
        right = expected["findings"][slot]
        assert scores.finding_slots[slot] == Accuracy(right["right"], right["of"])
    assert scores.judgements == prf(expected["judgements"])
    assert scores.needs == prf(expected["needs"])
    assert scores.boxes == prf(expected["boxes"]["found"])
    assert scores.box_due == Accuracy(expected["boxes"]["due"]["right"], expected["boxes"]["due"]["of"])


def prf(row: dict[str, Any]) -> PRF:
    return PRF(row["tp"], row["gold"], row["pred"])


@pytest.mark.parametrize("folder", FOLDERS)
def test_gold_against_itself_is_perfect(folder: str) -> None:
    path = GOLD / folder
    scores = evaluate(path, load_gold(path))
    assert scores.mentions_exact == scores.entities["ALL"].f1 == scores.figures_found.f1 == 1
    assert scores.figure_slots["complete"].share == 1
    assert scores.misses == []


def test_other_bounds_are_lenient_but_not_exact(gold: Any) -> None:
    scores = evaluate(gold(mentions=[mention(0, 10)]), {"mentions": [mention(4, 10)]})
    assert scores.mentions_lenient == 1
    assert scores.mentions_exact == 0
    assert [(miss.what, miss.start) for miss in scores.misses] == [("bounds", 0)]


def test_another_label_is_a_miss_and_a_false_find(gold: Any) -> None:
    scores = evaluate(gold(mentions=[mention(0, 10, "UNIT")]), {"mentions": [mention(0, 10, "BODY")]})
    assert scores.mentions_lenient == 0
    assert [(miss.what, miss.label) for miss in scores.misses] == [("missed", "UNIT"), ("false", "BODY")]


def test_each_mention_is_used_once(gold: Any) -> None:
    scores = evaluate(gold(mentions=[mention(0, 4), mention(5, 9)]), {"mentions": [mention(0, 9)]})
    assert scores.mentions["ALL"]["lenient"] == PRF(1, 2, 1)


def test_a_thing_is_found_by_any_of_its_names(gold: Any) -> None:
    wanted = [mention(0, 5, "BODY", "MARAC", "MARAC"), mention(6, 9, "BODY", "risk conference", "MARAC")]
    found = [
        {**mention(6, 9, "BODY", "risk conference", "https://kg.example/id/body/x"), "name": "Other name"}
    ]
    assert evaluate(gold(mentions=wanted), {"mentions": found}).entities["BODY"] == PRF(1, 1, 1)


def test_two_things_with_one_iri_are_one_thing(gold: Any) -> None:
    wanted = [mention(0, 1, "UNIT", "a", "a"), mention(2, 3, "UNIT", "b", "b")]
    found = [mention(0, 1, "UNIT", "a", "iri://1"), mention(2, 3, "UNIT", "b", "iri://1")]
    assert evaluate(gold(mentions=wanted), {"mentions": found}).entities["UNIT"] == PRF(1, 2, 1)


def test_a_figure_needs_its_value(gold: Any) -> None:
    scores = evaluate(gold(figures=[figure(0, 4, 9)]), {"figures": [figure(0, 4, 10)]})
    assert scores.figures_found == PRF(0, 1, 1)


def test_a_figure_with_one_wrong_slot_is_not_complete_and_says_which(gold: Any) -> None:
    scores = evaluate(gold(figures=[figure(0, 4, 9)]), {"figures": [figure(0, 4, 9, attribution="force")]})
    assert scores.figure_slots["complete"] == Accuracy(0, 1)
    assert scores.figure_slots["unit"] == Accuracy(1, 1)
    assert [miss.note for miss in scores.misses] == ["attribution: force for "]


def test_what_starts_at_the_limit_or_beyond_is_left_out(gold: Any) -> None:
    folder = gold(mentions=[mention(0, 4)], findings=[])
    found = {
        "mentions": [mention(0, 4), mention(10, 14)],
        "findings": [{"heading": "Late", "area": "", "polarity": "positive", "start": 8}],
    }
    assert evaluate(folder, found, until=10).mentions["ALL"]["lenient"] == PRF(1, 1, 1)
    assert evaluate(folder, found, until=10).findings.found == 1
    assert evaluate(folder, found, until=10, findings_until=8).findings.found == 0


def test_stated_concerns_are_compared_by_their_words(gold: Any) -> None:
    scores = evaluate(
        gold(concerns=[{"text": "I have concerns."}]), {"concerns": [{"text": "i have concerns"}]}
    )
    assert scores.concerns == PRF(1, 1, 1)


def test_the_report_shows_scores_and_misses(gold: Any) -> None:
    scores = evaluate(
        gold(mentions=[mention(0, 10, text="hub"), mention(20, 23, text="desk")]), {"mentions": []}
    )
    assert "hub" not in scores.report()
    assert "hub" in scores.report(misses=1)
    assert "desk" not in scores.report(misses=1)


def test_a_folder_without_gold_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match=r"no gold here"):
        evaluate(tmp_path, {})


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "mentions.jsonl").write_text('{"start": 1}\n{oops\n')
    with pytest.raises(CannotUnderstand, match=r"mentions\.jsonl, line 2"):
        evaluate(tmp_path, {})


def test_an_area_of_the_gold_may_have_any_name_of_its_framework(tmp_path: Path) -> None:
    report = {"framework": "peel-2014-17"}
    found = {
        "area": "Sustainability of the financial position",
        "heading": "Plans exist",
        "polarity": "positive",
    }
    for name, right in (("Financial position", 1), ("Money", 0)):
        (tmp_path / "findings.jsonl").write_text(json.dumps(found | {"area": name}), encoding="utf-8")
        scores = evaluate(tmp_path, {"report": report, "findings": [found]})
        assert scores.finding_slots["area"].right == right


def test_a_deadline_of_the_gold_may_be_in_words(tmp_path: Path) -> None:
    box = {"kind": "recommendation", "start": 0, "end": 9}
    found = box | {"due": "2024-05-01", "due_text": "Within three months"}
    for due, right in (("within three months", 1), ("2024-05-01", 1), ("within six months", 0), (None, 0)):
        (tmp_path / "boxes.jsonl").write_text(json.dumps(box | {"due": due}), encoding="utf-8")
        assert evaluate(tmp_path, {"boxes": [found]}).box_due.right == right
