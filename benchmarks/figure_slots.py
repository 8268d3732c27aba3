"""Trains the chooser of figures’ slots, and tells how often it is right on reports that it has not seen.

    python benchmarks/figure_slots.py [FOLDER …]            leave one report out, rules and chooser
    python benchmarks/figure_slots.py --write [FOLDER …]    trains on all and writes the weights
    python benchmarks/figure_slots.py --write=SLOT [FOLDER …]    the same, of one slot only

The reports are those of ``tests/gold`` and of the folders, each as ``NAME/report.txt`` or ``NAME/NAME.txt``
with its gold beside it or in ``NAME/gold``; the shared samples stand in ``docs/NAME.txt`` and ``gold/NAME``.
The rules were made with ``tests/gold``, where they are nearly always right: there the chooser learns from all
else that it sees, without what the rules say (``OWN`` is the weight of that gold). Needs numpy, which spaCy
brings. Writes Markdown; the same reports give the same weights.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from kg.dataset.evaluation import COMPLETE, SLOTS
from kg.dataset.evaluation.matching import match, same_value
from kg.model.records import Extraction, Figure, Period, Source, Span
from kg.model.records import Report as ReportRecord
from kg.model.text.sentences import find_sentences
from kg.nlp.components import extraction_of, make_pipeline, periods_of, sentences_of
from kg.nlp.doc_data import set_document
from kg.nlp.figures import find_figures
from kg.nlp.figures.choosing.candidates import ONLY_RULES, Candidate
from kg.nlp.figures.choosing.chooser import SLOTS as CHOSEN
from kg.nlp.figures.choosing.chooser import WEIGHTS, Neighbours, Proposals, Ranker, alike
from kg.nlp.figures.context import Context
from kg.nlp.periods import find_periods
from kg.reading import read

ROOT = Path(__file__).resolve().parent.parent

OWN, OWN_RULED, PASSAGES = 0.5, 1.5, 6.0
STRENGTH = {"population": 3.0, "source": 3.0, "period": 9.0}
"""Of the penalty on the squares of the weights: of 3, 6, 12 and 24 the best on reports left out."""
LEFT_OUT = "left out"
"""Stands for a slot that a test does not look at."""
LEAST = 6
"""A feature counts that so many candidates have, in two reports or more."""
Row = dict[str, Any]
Weights = Mapping[str, Mapping[str, float]]


@dataclass
class Report:
    """A report before its figures are read, with its gold."""

    group: str
    name: str
    text: str
    sentences: Sequence[Span]
    extraction: Extraction
    periods: Sequence[Period]
    gold: list[Row]
    seen: dict[str, list[Seen]] = field(default_factory=dict)

    def figures(self, chooser: Any = None) -> list[Figure]:
        return find_figures(self.text, self.sentences, self.extraction, self.periods, chooser=chooser)


@dataclass(frozen=True)
class Seen:
    """A figure as a recorder has seen it in one slot: what proposes, what is proposed, its neighbours."""

    index: int
    proposals: Proposals[Any]
    candidates: list[Candidate[Any]]
    before: Neighbours

    def proposed(self, known: Mapping[int, Candidate[Any]]) -> Iterator[tuple[Candidate[Any], set[str]]]:
        """Its candidates, each with all its features, if neighbours have these values."""
        handed = self.proposals.handed(self.index, self.candidates, self.before, known)
        every = [*self.candidates, *handed]
        for candidate, more in zip(every, alike(every, self.before, known), strict=True):
            yield candidate, {*candidate.features, *more}


class Recorder:
    """A chooser that does as the rules and keeps what was proposed."""

    def __init__(self) -> None:
        self.seen: dict[str, list[Seen]] = {}
        self.context: Context | None = None

    def choose(self, slot: str, context: Context, proposals: Proposals[Any]) -> list[Candidate[Any]]:
        numbers = range(len(context.quantities))
        self.context = context
        self.seen[slot] = [Seen(n, proposals, proposals.of(n), proposals.near(n)) for n in numbers]
        return [next(c for c in one.candidates if "rules" in c.features) for one in self.seen[slot]]


def reports(folders: Sequence[str]) -> Iterator[Report]:
    """The reports of ``tests/gold`` (the group “own”) and of the folders."""
    for folder in [str(ROOT / "tests" / "gold"), *folders]:
        path = Path(folder)
        group = "own" if path == ROOT / "tests" / "gold" else path.name
        for name in sorted(p.name for p in [*path.iterdir(), *(path / "gold").glob("*")] if p.is_dir()):
            golds = [path / name, path / name / "gold", path / "gold" / name]
            texts = [path / name / "report.txt", path / name / f"{name}.txt", path / "docs" / f"{name}.txt"]
            gold = next((g / "figures.jsonl" for g in golds if (g / "figures.jsonl").exists()), None)
            text = next((file for file in texts if file.exists()), None)
            if gold is None or (text is None and group != "own"):
                continue
            text = text or next((ROOT / "seeds").rglob("*.txt"))
            rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line]
            yield report_of(group, name, text, rows)


def report_of(group: str, name: str, file: Path, gold: list[Row]) -> Report:
    """A report read as far as its figures."""
    nlp, document = make_pipeline(), read(file)
    with nlp.select_pipes(disable=["kg_figures", "kg_coverage"]):
        doc = nlp.make_doc(document.text)
        set_document(doc, document, {})
        doc = nlp(doc)
    periods = periods_of(doc)
    return Report(group, name, document.text, sentences_of(doc), extraction_of(doc), periods, gold)


def passages() -> Iterator[Report]:
    """The passages of the tests of figures as reports of their own, with the slots that the tests expect."""
    sys.path[:0] = [str(ROOT / "tests" / "support"), str(ROOT / "tests" / "nlp" / "figures")]
    import test_anaphora
    import test_discourse
    import test_figures
    import test_passages
    import test_topic_chains
    from figure_helpers import FORCE

    cases = [*test_passages.POLICE, *test_passages.FIRES, *test_passages.LETTERS]
    cases += [*test_topic_chains.CASES, *test_anaphora.CASES]
    expected = [
        (text, [(one["text"], (one["period"], one["of"], one["by"])) for one in all_]) for text, all_ in cases
    ]
    for text, figures in [*test_figures.CASES, *test_figures.MORE]:
        keys = ("period", "population", "attribution")
        expected.append(
            (text, [(words, tuple(one.get(k, LEFT_OUT) for k in keys)) for words, one in figures.items()])
        )
    nothing = (LEFT_OUT, LEFT_OUT)
    for text, dates in test_discourse.CASES:
        expected.append((text, [(words, (period, *nothing)) for words, period in dates.items()]))
    source = Source("x.txt", "", "text/plain")
    for text, slots in expected:
        name = sha256(text.encode()).hexdigest()[:8]
        about = ReportRecord(name, None, None, None, FORCE, None, None, None, source, text, "")
        sentences, extraction = find_sentences(text), Extraction(about)
        report = Report("passages", name, text, sentences, extraction, find_periods(text), [])
        for figure in report.figures(Recorder()):
            told = next((one for one in slots if one[0] == figure.text), None)
            if told is not None:
                slots.remove(told)  # the next one of the same words has slots of its own
                period, of, by = told[1]
                begin, end = period if period != LEFT_OUT else (LEFT_OUT, LEFT_OUT)
                row = {"start": figure.start, "end": figure.end, "value": figure.value}
                row |= {"period_begin": begin, "period_end": end, "population": of, "attribution": by}
                report.gold.append(row)
        yield report


def value_of(slot: str, row: Row) -> Hashable:
    """The gold of a slot as candidates have it."""
    if slot == "period":
        return row.get("period_begin") or None, row.get("period_end") or None
    return row.get("attribution" if slot == "source" else slot)  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Choice:
    """A figure to learn from: the features of each candidate and whether it is right."""

    report: str
    weight: float
    candidates: list[tuple[frozenset[str], bool]]


def record(report: Report) -> dict[int, Row]:
    """Sees a report; the gold of its quantities by their indices."""
    recorder = Recorder()
    report.figures(recorder)
    report.seen = recorder.seen
    assert recorder.context is not None
    rows: list[Row] = [
        {"start": q.start, "end": q.end, "value": q.value} for q in recorder.context.quantities
    ]
    return {found: report.gold[g] for g, found in match(report.gold, rows, same_value)}


def choices(report: Report, gold: Mapping[int, Row], slot: str) -> Iterator[Choice]:
    """What can be learnt of a slot from a report; the neighbours have their gold."""
    values = {index: value_of(slot, row) for index, row in gold.items()}
    known = {
        index: Candidate(value, "carried", 0, 0, ())
        for index, value in values.items()
        if value not in (LEFT_OUT, (LEFT_OUT, LEFT_OUT))
    }
    for one in report.seen[slot]:
        if one.index not in known:
            continue
        near = {other: known[other] for other, _ in one.before if other in known}
        seen = [(frozenset(names), c.value == values[one.index]) for c, names in one.proposed(near)]
        plain = [
            (frozenset(name for name in features if "rules" not in name), right)
            for features, right in seen
            if ONLY_RULES not in features
        ]
        ways = {"own": [(OWN, plain), (OWN_RULED, seen)], "passages": [(PASSAGES, plain), (PASSAGES, seen)]}
        for weight, proposed in ways.get(report.group, [(1.0, seen)]):
            if weight and any(right for _, right in proposed):
                yield Choice(report.name, weight, proposed)


def trained(choices: Sequence[Choice], strength: float) -> dict[str, float]:
    """Weights of a conditional logit in which the right candidates of a figure share its probability.

    By Newton’s method in its limited-memory form (L-BFGS), from zero, so that the result is always the same.
    ``strength`` is that of the penalty on the squares of the weights.
    """
    count: Counter[str] = Counter()
    where: dict[str, set[str]] = defaultdict(set)
    for choice in choices:
        for features, _ in choice.candidates:
            count.update(features)
            for name in features:
                where[name].add(choice.report)
    names = sorted(name for name in count if count[name] >= LEAST and len(where[name]) > 1)
    place = {name: number for number, name in enumerate(names)}
    cells, sizes, owner, right = [], [], [], []
    for number, choice in enumerate(choices):
        for features, is_right in choice.candidates:
            known = sorted(place[name] for name in features if name in place)
            cells += known
            sizes.append(len(known))
            owner.append(number)
            right.append(is_right)
    column, of = np.array(cells), np.array(owner)
    line, good = np.repeat(np.arange(len(sizes)), sizes), np.array(right, dtype=float)
    weight = np.array([choice.weight for choice in choices])

    def loss(x: np.ndarray) -> tuple[float, np.ndarray]:
        scores = np.bincount(line, x[column], len(sizes))
        highest = np.full(len(choices), -np.inf)
        np.maximum.at(highest, of, scores)
        mass = np.exp(scores - highest[of])
        every = np.bincount(of, mass, len(choices))
        right_mass = np.bincount(of, mass * good, len(choices))
        slope = weight[of] * (mass / every[of] - mass * good / right_mass[of])
        value = float((weight * (np.log(every) - np.log(right_mass))).sum() + strength / 2 * (x @ x))
        return value, np.bincount(column, slope[line], len(names)) + strength * x

    found = minimised(loss, np.zeros(len(names)))
    return {name: round(float(found[n]), 3) for n, name in enumerate(names) if abs(found[n]) >= 0.0005}


def minimised(loss: Callable[[np.ndarray], tuple[float, np.ndarray]], x: np.ndarray) -> np.ndarray:
    """Where a function is least, by L-BFGS (Nocedal and Wright, Numerical Optimization, algorithm 7.5)."""
    value, slope = loss(x)
    steps: list[tuple[np.ndarray, np.ndarray]] = []
    for _ in range(150):
        way, factors = slope.copy(), []
        for step, bend in reversed(steps):
            factors.append((step @ way) / (bend @ step))
            way -= factors[-1] * bend
        way *= (
            (steps[-1][0] @ steps[-1][1]) / (steps[-1][1] @ steps[-1][1])
            if steps
            else 1 / max(1.0, float(np.linalg.norm(slope)))
        )
        for (step, bend), factor in zip(steps, reversed(factors), strict=True):
            way += step * (factor - (bend @ way) / (bend @ step))
        size, fall = 1.0, float(slope @ way)
        if fall < 1e-9:
            break
        while True:
            there, new_slope = loss(x - size * way)
            if there <= value - 1e-4 * size * fall or size < 1e-8:
                break
            size /= 2
        step, bend = -size * way, new_slope - slope
        steps = [*steps, (step, bend)][-10:] if step @ bend > 1e-10 else steps
        done = abs(value - there) < 1e-7 * max(1.0, abs(value))
        x, value, slope = x + step, there, new_slope
        if done:
            break
    return x


def weights_of(known: Sequence[tuple[Report, Mapping[int, Row]]], slots: Sequence[str] = CHOSEN) -> Weights:
    """The weights of slots that are learnt from some reports."""
    return {
        slot: trained(
            [choice for report, gold in known for choice in choices(report, gold, slot)], STRENGTH[slot]
        )
        for slot in slots
    }


def row_of(figure: Figure) -> Row:
    keys = ("start", "end", "value", "unit", "period_begin", "period_end", "population", "attribution")
    more = ("numerator", "denominator", "direction", "interval", "comparators")
    return {key: getattr(figure, key) for key in (*keys, *more)}


def scored(report: Report, chooser: Any) -> Counter[str]:
    """How many slots are right, and figures complete."""
    found = [row_of(figure) for figure in report.figures(chooser)]
    pairs = [(report.gold[g], found[f]) for g, f in match(report.gold, found, same_value)]
    count = Counter({"gold": len(report.gold), "found": len(pairs)})
    for gold, row in pairs:
        right = {name for name, slot in SLOTS.items() if slot(gold) == slot(row)}
        count.update([*right, *(["complete"] if right.issuperset(COMPLETE) else [])])
    return count


def main(arguments: Sequence[str]) -> None:
    folders = [argument for argument in arguments if not argument.startswith("--")]
    write = next((argument for argument in arguments if argument.startswith("--write")), None)
    only = (write or "").partition("=")[2]
    every = [(report, record(report)) for report in [*reports(folders), *passages()]]
    if write is not None:
        for slot in [only] if only else CHOSEN:
            text = json.dumps(weights_of(every, [slot])[slot], ensure_ascii=False, indent=0, sort_keys=True)
            (WEIGHTS / f"{slot}.json").write_text(text + "\n", encoding="utf-8")
        return
    sums: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for report, _ in every:
        if report.group == "passages":
            continue
        unseen = Ranker(weights_of([(other, gold) for other, gold in every if other is not report]))
        sums[report.group, "rules"] += scored(report, Recorder())
        sums[report.group, "chooser"] += scored(report, unseen)
    names = ("period", "population", "attribution", "comparators", "fraction", "direction", "unit")
    print(f"| reports | by | figures | {' | '.join(names)} | complete |\n|{'---|' * (len(names) + 4)}")
    for (group, by), count in sums.items():
        shares = [f"{count[name]} ({count[name] / count['found']:.3f})" for name in names]
        complete = f"{count['complete']} ({count['complete'] / count['gold']:.3f})"
        print(f"| {group} | {by} | {count['found']} of {count['gold']} | {' | '.join(shares)} | {complete} |")


if __name__ == "__main__":
    main(sys.argv[1:])
