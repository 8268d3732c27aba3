"""Scores of the distinct things of each label: found if any of its names is a name of a found thing."""

from __future__ import annotations

from kg.dataset.evaluation.matching import PRF, Row, Rows
from kg.model.text.comparing import letters_and_digits

Thing = frozenset[str]


def entity_scores(gold: Rows, found: Rows) -> dict[str, PRF]:
    """Per label, and over all labels, the things that mentions resolve to; figures (METRIC) are none.

    A thing's names are the name that it has and all the words that mention it; case, spaces and
    punctuation do not matter. Each thing is used once.
    """
    labels = sorted({row["label"] for row in (*gold, *found)} - {"METRIC"})
    scores = {label: _score(_things(gold, label), _things(found, label)) for label in labels}
    parts = ("right", "gold", "found")
    right, wanted, had = (sum(getattr(score, part) for score in scores.values()) for part in parts)
    return scores | {"ALL": PRF(right, wanted, had)}


def _things(rows: Rows, label: str) -> list[Thing]:
    names: dict[str, set[str]] = {}
    for row in rows:
        if row["label"] == label:
            key = str(row.get("entity") or row.get("name") or letters_and_digits(row.get("text")))
            names.setdefault(key, set()).update(_names(row))
    return [frozenset(all_names) for all_names in names.values()]


def _names(row: Row) -> set[str]:
    """The normalised names that one mention gives its thing; an IRI is no name."""
    entity = str(row.get("entity") or "")
    named = [row.get("text"), row.get("name"), None if "://" in entity else entity]
    return {letters_and_digits(name) for name in named} - {""}


def _score(gold: list[Thing], found: list[Thing]) -> PRF:
    """Pairs by the number of shared names, the most first."""
    pairs = [(-len(g & f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found) if g & f]
    used_gold: set[int] = set()
    used_found: set[int] = set()
    for _, i, j in sorted(pairs):
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
    return PRF(len(used_gold), len(gold), len(found))
