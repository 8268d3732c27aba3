"""What an evaluation gives: scores, what was missed, and a report in text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.asking.tables import table
from kg.dataset.evaluation.matching import PRF, Accuracy


@dataclass(frozen=True, slots=True)
class Miss:
    """One difference between the gold and what was found.

    ``what`` is ``missed``, ``false``, ``bounds`` (a mention with other bounds) or ``slots`` (a figure with
    wrong slots, which ``note`` names). ``context`` is the text around, where the text is known.
    """

    kind: str
    what: str
    label: str
    start: int | None
    end: int | None
    text: str
    context: str
    note: str = ""


@dataclass(frozen=True)
class Scores:
    """All scores of one report. ``mentions`` has exact and lenient scores by label, ``ALL`` and
    ``ALL-but-nominal-force``; ``entities`` scores of distinct things by label and ``ALL``."""

    mentions: dict[str, dict[str, PRF]]
    entities: dict[str, PRF]
    figures_found: PRF
    figure_slots: dict[str, Accuracy]
    findings: PRF
    finding_slots: dict[str, Accuracy]
    judgements: PRF
    needs: PRF
    boxes: PRF
    box_due: Accuracy
    concerns: PRF
    concern_areas: Accuracy
    misses: list[Miss] = field(default_factory=list, repr=False)

    @property
    def mentions_exact(self) -> float:
        """F1 of mentions with the right bounds, over all labels."""
        return self.mentions["ALL"]["exact"].f1

    @property
    def mentions_lenient(self) -> float:
        """F1 of mentions that overlap, over all labels."""
        return self.mentions["ALL"]["lenient"].f1

    def report(self, *, misses: int = 0) -> str:
        """The scores as tables; with up to ``misses`` differences of each kind."""
        parts = [_mention_table(self), _other_table(self), _slot_table(self)]
        if misses:
            parts.append(_miss_table(self.misses, misses))
        return "\n".join(parts)

    def __str__(self) -> str:
        return self.report()


def _cells(score: PRF) -> list[str]:
    return [f"{score.precision:.3f}", f"{score.recall:.3f}", f"{score.f1:.3f}"]


def _counts(score: PRF) -> list[str]:
    return [str(score.right), str(score.gold), str(score.found)]


def _mention_table(scores: Scores) -> str:
    columns = ["mentions", "exact P", "R", "F1", "lenient P", "R", "F1", "right", "gold", "found"]
    rows = [
        [label, *_cells(pair["exact"]), *_cells(pair["lenient"]), *_counts(pair["lenient"])]
        for label, pair in scores.mentions.items()
    ]
    return table(columns, rows)


def _other_table(scores: Scores) -> str:
    named = [(f"things: {label}", score) for label, score in scores.entities.items()]
    named += [
        ("figures found", scores.figures_found),
        ("finding headings", scores.findings),
        ("judgements", scores.judgements),
        ("needs", scores.needs),
        ("boxes", scores.boxes),
        ("stated concerns", scores.concerns),
    ]
    rows = [[name, *_cells(score), *_counts(score)] for name, score in named]
    return table(["score", "P", "R", "F1", "right", "gold", "found"], rows)


def _slot_table(scores: Scores) -> str:
    named = [(f"figures: {slot}", score) for slot, score in scores.figure_slots.items()]
    named += [(f"findings: {slot}", score) for slot, score in scores.finding_slots.items()]
    named += [("boxes: due", scores.box_due), ("concerns: areas", scores.concern_areas)]
    return table(["slot", "share", "right", "of"], [[n, f"{s.share:.3f}", s.right, s.of] for n, s in named])


def _miss_table(misses: Iterable[Miss], most: int) -> str:
    shown: dict[tuple[str, str], int] = {}
    rows = []
    for miss in misses:
        group = miss.kind, miss.what
        shown[group] = shown.get(group, 0) + 1
        if shown[group] <= most:
            rows.append([*group, miss.label, miss.start, miss.text, miss.note, miss.context])
    return table(["kind", "what", "label", "start", "text", "note", "context"], rows)
