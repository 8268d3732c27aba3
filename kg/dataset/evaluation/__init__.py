"""Scores of an extraction against an annotated report (docs/evaluation.md says how they are counted).

A gold folder holds ``mentions.jsonl``, ``figures.jsonl``, ``findings.jsonl``, ``judgements.jsonl``,
``needs.jsonl``, ``boxes.jsonl`` and ``concerns.jsonl``: one JSON object a line; a file that is not there
has no rows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.dataset.evaluation.area_names import labels_by_name, with_labels
from kg.dataset.evaluation.entity_scores import entity_scores
from kg.dataset.evaluation.matching import PRF, Accuracy, Row, Rows, match, number_of, ratio, same_value
from kg.dataset.evaluation.scores import Miss, Scores
from kg.model.errors import CannotRead, CannotUnderstand
from kg.model.records import Extraction
from kg.model.text.comparing import letters_and_digits
from kg.nlp.extraction_json import as_json

__all__ = ["PRF", "Accuracy", "Miss", "Scores", "evaluate", "load_gold", "score"]

KINDS = ("mentions", "figures", "findings", "judgements", "needs", "boxes", "concerns")
NOMINAL = ("force", "forces", "the force")
POPULATIONS = {"inspectedforce": "force", "theinspectedforce": "force"}
Gold = Mapping[str, Rows]


def evaluate(
    gold: str | Path,
    extraction: Extraction | Mapping[str, Any],
    *,
    until: int | None = None,
    findings_until: int | None = None,
) -> Scores:
    """Scores an extraction, or the JSON of one, against the gold folder.

    For a gold that covers the beginning of a report, ``until`` drops what starts at this offset or
    beyond; ``findings_until`` is the same for findings and judgements alone (default: ``until``).
    Raises CannotRead for a folder without gold, CannotUnderstand for a line that is no JSON.
    """
    found: Mapping[str, Any] = as_json(extraction) if isinstance(extraction, Extraction) else extraction
    text = extraction.report.text if isinstance(extraction, Extraction) else ""
    limits = dict.fromkeys(KINDS, until)
    limits |= dict.fromkeys(("findings", "judgements"), until if findings_until is None else findings_until)
    labels = labels_by_name((found.get("report") or {}).get("framework"))
    kept = {kind: with_labels(_before(found.get(kind) or [], limits[kind]), labels) for kind in KINDS}
    wanted = {
        kind: with_labels(_before(rows, limits[kind]), labels) for kind, rows in load_gold(gold).items()
    }
    return score(wanted, kept, text=text)


def load_gold(folder: str | Path) -> dict[str, Rows]:
    """The rows of a gold folder by kind. Raises as ``evaluate``."""
    folder = Path(folder)
    if not any((folder / f"{kind}.jsonl").is_file() for kind in KINDS):
        raise CannotRead(f"{folder}: no gold here, such as mentions.jsonl or figures.jsonl")
    return {kind: _read_rows(folder / f"{kind}.jsonl") for kind in KINDS}


def _read_rows(path: Path) -> Rows:
    if not path.is_file():
        return []
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            rows += [json.loads(line)] if line.strip() else []
        except ValueError as error:
            raise CannotUnderstand(f"{path}, line {number}: no JSON object: {error}") from error
    return rows


def _before(rows: Rows, limit: int | None) -> list[Row]:
    return [row for row in rows if limit is None or row.get("start") is None or row["start"] < limit]


def score(gold: Gold, found: Gold, *, text: str = "") -> Scores:
    """Scores rows against gold rows; ``text`` gives the misses their context."""
    return Scores(
        mentions=_mentions(gold["mentions"], found["mentions"]),
        entities=entity_scores(gold["mentions"], found["mentions"]),
        figures_found=ratio(
            len(match(gold["figures"], found["figures"], same_value)), gold["figures"], found["figures"]
        ),
        figure_slots=_figure_slots(gold["figures"], found["figures"]),
        findings=_findings(gold["findings"], found["findings"]),
        judgements=_sets(gold["judgements"], found["judgements"], _judgement_key),
        needs=_overlapping(gold["needs"], found["needs"], lambda g, f: True),
        boxes=_overlapping(gold["boxes"], found["boxes"], _same_kind),
        box_due=_box_due(gold["boxes"], found["boxes"]),
        concerns=_sets(gold["concerns"], found["concerns"], _concern_key),
        concern_areas=_concern_areas(gold["concerns"], found["concerns"]),
        finding_slots=_finding_slots(gold["findings"], found["findings"]),
        misses=_misses(gold, found, text),
    )


# --- mentions ----------------------------------------------------------------------------------------


def _mentions(gold: Rows, found: Rows) -> dict[str, dict[str, PRF]]:
    """Exact and lenient scores per label, over all, and over all but "the force"."""
    groups: dict[str, Callable[[Row], bool]] = {
        label: (lambda row, label=label: row["label"] == label)  # type: ignore[misc]
        for label in sorted({row["label"] for row in (*gold, *found)})
    }
    groups["ALL"] = lambda row: True
    groups["ALL-but-nominal-force"] = lambda row: (
        row["label"] != "FORCE" or row.get("text", "").lower() not in NOMINAL
    )
    return {name: _mention_pair(gold, found, keep) for name, keep in groups.items()}


def _mention_pair(gold: Rows, found: Rows, keep: Callable[[Row], bool]) -> dict[str, PRF]:
    gold, found = list(filter(keep, gold)), list(filter(keep, found))
    exact = len({_place(row) for row in gold} & {_place(row) for row in found})
    lenient = len(match(gold, found, _same_label))
    return {"exact": ratio(exact, gold, found), "lenient": ratio(lenient, gold, found)}


def _place(row: Row) -> tuple[int, int, str]:
    return row["start"], row["end"], row["label"]


def _same_label(gold: Row, found: Row) -> bool:
    return bool(gold["label"] == found["label"])


# --- figures -----------------------------------------------------------------------------------------


def _population(row: Row) -> str:
    name = letters_and_digits(row.get("population"))
    return POPULATIONS.get(name, name)


def _direction(row: Row) -> str:
    return letters_and_digits((row.get("change") or {}).get("direction") or row.get("direction"))


def _period(row: Row) -> tuple[str | None, str | None]:
    return row.get("period_begin") or None, row.get("period_end") or None


def _fraction(row: Row) -> tuple[float | None, float | None]:
    return number_of(row.get("numerator")), number_of(row.get("denominator"))


def _comparators(row: Row) -> list[float]:
    numbers = map(number_of, row.get("comparators") or [])
    return sorted(number for number in numbers if number is not None)


SLOTS: dict[str, Callable[[Row], object]] = {
    "unit": lambda row: letters_and_digits(row.get("unit")),
    "period": _period,
    "population": _population,
    "attribution": lambda row: letters_and_digits(row.get("attribution")),
    "fraction": _fraction,
    "direction": _direction,
    "interval": lambda row: number_of(row.get("interval")),
    "comparators": _comparators,
}
"""What each slot of a figure is compared by."""
KIND_SLOTS: dict[str, Callable[[Row], object]] = {
    "kind": lambda row: row.get("kind"),
    "sign": lambda row: row.get("sign"),
    "bound": lambda row: row.get("bound"),
    "complement": lambda row: bool(row.get("complement")),
}
"""The slots that say what kind of number a figure is, scored on the figures whose gold has them."""
COMPLETE = ("unit", "period", "population", "attribution")


def _figure_slots(gold: Rows, found: Rows) -> dict[str, Accuracy]:
    pairs = [(gold[g], found[f]) for g, f in match(gold, found, same_value)]
    scores = {
        name: Accuracy(sum(slot(g) == slot(f) for g, f in pairs), len(pairs)) for name, slot in SLOTS.items()
    }
    complete = sum(all(SLOTS[name](g) == SLOTS[name](f) for name in COMPLETE) for g, f in pairs)
    return scores | _kind_slots(pairs) | {"complete": Accuracy(complete, len(gold))}


def _kind_slots(pairs: Sequence[tuple[Row, Row]]) -> dict[str, Accuracy]:
    told = {name: [(g, f) for g, f in pairs if name in g] for name in KIND_SLOTS}
    return {
        name: Accuracy(sum(slot(g) == slot(f) for g, f in told[name]), len(told[name]))
        for name, slot in KIND_SLOTS.items()
        if told[name]
    }


# --- structure ---------------------------------------------------------------------------------------


def _by_heading(rows: Rows) -> dict[str, Row]:
    return {letters_and_digits(row["heading"]): row for row in rows}


def _findings(gold: Rows, found: Rows) -> PRF:
    wanted, had = _by_heading(gold), _by_heading(found)
    return ratio(len(wanted.keys() & had.keys()), list(wanted), list(had))


def _finding_slots(gold: Rows, found: Rows) -> dict[str, Accuracy]:
    wanted, had = _by_heading(gold), _by_heading(found)
    both = wanted.keys() & had.keys()
    area = sum(
        letters_and_digits(wanted[key]["area"]) == letters_and_digits(had[key]["area"]) for key in both
    )
    polarity = sum(wanted[key]["polarity"] == had[key]["polarity"] for key in both)
    return {"area": Accuracy(area, len(both)), "polarity": Accuracy(polarity, len(both))}


_CONTINUING = re.compile(r"\A(?:(?:still|remains?|continues? to be|am|are|is) )+", re.IGNORECASE)


def _concern_key(row: Row) -> str:
    """What tells one concern from another; "remain concerned about …" is "concerned about …", by whoever cuts
    the words out of "I remain concerned about …"."""
    return letters_and_digits(_CONTINUING.sub("", row["text"]))


def _concern_areas(gold: Rows, found: Rows) -> Accuracy:
    """Concerns with the right areas, among those found whose gold says what their areas are.

    Gold has the areas that a concern names, by the guide, and of some also what it is about in other words.
    Right is: just these are read as named, or just these are read, derived ones among them.
    """
    had = {_concern_key(row): row for row in found if "areas" in row}
    wanted = {_concern_key(row): _labels(row["areas"]) for row in gold if "areas" in row}
    both = wanted.keys() & had.keys()
    right = [wanted[key] in (_labels(_named(had[key])), _labels(had[key]["areas"])) for key in both]
    return Accuracy(sum(right), len(both))


def _labels(areas: Iterable[str]) -> list[str]:
    return sorted(map(letters_and_digits, areas))


def _named(concern: Row) -> list[str]:
    known = concern.get("known", {}).get("area")
    return concern["areas"] if known is None or known["how"] == "stated" else []


def _judgement_key(row: Row) -> tuple[str, str]:
    return letters_and_digits(row["area"]), letters_and_digits(row["grade"])


def _sets(gold: Rows, found: Rows, key: Callable[[Row], object]) -> PRF:
    wanted, had = {key(row) for row in gold}, {key(row) for row in found}
    return ratio(len(wanted & had), list(wanted), list(had))


def _overlapping(gold: Rows, found: Rows, fits: Callable[[Row, Row], bool]) -> PRF:
    return ratio(len(match(gold, found, fits)), gold, found)


def _same_kind(gold: Row, found: Row) -> bool:
    return letters_and_digits(gold["kind"]) == letters_and_digits(found["kind"])


def _box_due(gold: Rows, found: Rows) -> Accuracy:
    pairs = match(gold, found, _same_kind)
    return Accuracy(sum(_same_due(gold[g], found[f]) for g, f in pairs), len(pairs))


def _same_due(gold: Row, found: Row) -> bool:
    """Whether two boxes have the same deadline: the date, or, where the annotation has words (“within three
    months”), these words. Where it gives a cause of concern none of its own, that of its recommendations,
    which is marked as derived, is no error."""
    if not gold.get("due") and gold["kind"] == "cause-of-concern" and found.get("due_derived"):
        return True
    wanted = letters_and_digits(gold.get("due"))
    if wanted and not wanted[:4].isdigit():
        return wanted == letters_and_digits(found.get("due_text"))
    return wanted == letters_and_digits(found.get("due"))


# --- what to look at ---------------------------------------------------------------------------------


_PAIRED: dict[str, Callable[[Row, Row], bool]] = {
    "mentions": _same_label,
    "figures": same_value,
    "needs": lambda gold, found: True,
    "boxes": _same_kind,
}


def _misses(gold: Gold, found: Gold, text: str) -> list[Miss]:
    """Everything that was not found and everything found in error, in the order of the text."""
    misses: list[Miss] = []
    for kind, fits in _PAIRED.items():
        pairs = match(gold[kind], found[kind], fits)
        misses += _unpaired(kind, "missed", gold[kind], {g for g, _ in pairs}, text)
        misses += _unpaired(kind, "false", found[kind], {f for _, f in pairs}, text)
    misses += _misplaced(gold["mentions"], found["mentions"], text)
    misses += _wrong_slots(gold["figures"], found["figures"], text)
    for kind, key in (
        ("findings", lambda row: letters_and_digits(row["heading"])),
        ("judgements", _judgement_key),
    ):
        misses += _unkeyed(kind, gold[kind], found[kind], key)
    return misses


def _unpaired(kind: str, what: str, rows: Rows, paired: set[int], text: str) -> list[Miss]:
    left = [row for index, row in enumerate(rows) if index not in paired]
    return [_miss(kind, what, row, text, "") for row in sorted(left, key=lambda row: row["start"])]


def _miss(kind: str, what: str, row: Row, text: str, note: str) -> Miss:
    start, end = row.get("start"), row.get("end")
    label = str(row.get("label") or row.get("unit") or row.get("kind") or row.get("area") or "")
    words = str(row.get("text") or row.get("heading") or row.get("title") or "")
    context = text[max(0, start - 60) : end + 60] if text and start is not None and end is not None else words
    return Miss(kind, what, label, start, end, words, " ".join(context.split()), note)


def _misplaced(gold: Rows, found: Rows, text: str) -> list[Miss]:
    pairs = [(gold[g], found[f]) for g, f in match(gold, found, _same_label)]
    return [
        _miss("mentions", "bounds", g, text, f'found as "{f.get("text", "")}"')
        for g, f in pairs
        if (g["start"], g["end"]) != (f["start"], f["end"])
    ]


def _wrong_slots(gold: Rows, found: Rows, text: str) -> list[Miss]:
    misses = []
    for g, f in ((gold[g], found[f]) for g, f in match(gold, found, same_value)):
        slots = SLOTS | {name: slot for name, slot in KIND_SLOTS.items() if name in g}
        notes = [f"{name}: {slot(f)} for {slot(g)}" for name, slot in slots.items() if slot(g) != slot(f)]
        if notes:
            misses.append(_miss("figures", "slots", g, text, "; ".join(notes)))
    return misses


def _unkeyed(kind: str, gold: Rows, found: Rows, key: Callable[[Row], object]) -> list[Miss]:
    wanted, had = {key(row) for row in gold}, {key(row) for row in found}
    missed = [("missed", row) for row in gold if key(row) not in had]
    false = [("false", row) for row in found if key(row) not in wanted]
    return [_miss(kind, what, row, "", str(row.get("grade") or "")) for what, row in missed + false]
