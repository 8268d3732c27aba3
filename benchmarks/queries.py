"""How fast questions are answered in Python: kg beside raw pyoxigraph, and beside rdflib in memory.

    python benchmarks/queries.py [--store store] [--triples 1000000] [--rounds 5] [--rdflib-seconds 20]

The data are the store's graphs, each report's graph copied under fictional reports, forces and things of
these until there are so many triples. All saved queries are asked without parameters, and a dozen others. kg
and raw pyoxigraph are asked in turn on the same open store; all rows are read as tuples of terms; the best of
the rounds counts. rdflib would need hours for that, so it is asked on the store as it is, with a limit of
time, and kg on the same data, both in memory; a query that rdflib does not finish counts with the limit.
Times are those of the processor, so that other work on the machine counts little. Prints Markdown.
"""

from __future__ import annotations

import argparse
import platform
import re
import signal
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import FrameType

import pyoxigraph as ox
import rdflib
from machine import kind

from kg.asking.sparql import query
from kg.asking.sparql.library import saved_queries
from kg.asking.sparql.sources import FoundReport, reports_of
from kg.asking.tables import table
from kg.graph.store import default_graph_is_empty, export, graphs_of, open_store, write_store
from kg.model.iris import PREFIXES
from kg.model.vocab import BASE, KG, RDF, SKOS

AD_HOC = {
    "one judgement": "SELECT ?p ?o"
    " { <https://kg.example/report/%(id)s/judgement-investigating-crime> ?p ?o }",
    "findings of an area": "SELECT ?h { ?f a kg:Finding ; kg:area ?a ; kg:heading ?h ."
    " ?a skos:prefLabel 'Investigating crime'@en }",
    "percentages over ninety": "SELECT ?f ?v { ?f kg:unit 'percent' ; kg:value ?v FILTER(?v > 90) }",
    "mean of each unit": "SELECT ?u (AVG(?v) AS ?mean) { ?f kg:unit ?u ; kg:value ?v } GROUP BY ?u",
    "ten longest passages": "SELECT ?t { ?p a kg:Passage ; oa:hasSelector/oa:exact ?t }"
    " ORDER BY DESC(STRLEN(?t)) LIMIT 10",
    "passages with a word": "SELECT ?t { ?p a kg:Passage ; oa:hasSelector/oa:exact ?t"
    " FILTER(CONTAINS(LCASE(?t), 'burglary')) }",
    "mentions by label": "SELECT ?l (COUNT(*) AS ?n) { ?m kg:label ?l } GROUP BY ?l ORDER BY DESC(?n)",
    "things in most reports": "SELECT ?e (COUNT(DISTINCT ?r) AS ?n) { ?m kg:refersTo ?e ; kg:report ?r }"
    " GROUP BY ?e ORDER BY DESC(?n) LIMIT 20",
    "every statement with its words": "SELECT ?s ?t { ?s kg:evidence/oa:hasSelector/oa:exact ?t }",
    "findings without a figure": "SELECT ?f { ?f a kg:Finding FILTER NOT EXISTS { ?f kg:hasFigure ?x } }",
    "sections below sections": "SELECT ?a ?b { ?a kg:inSection+ ?b . ?b a kg:Section }",
    "is anything inadequate": "ASK { ?j a kg:Judgement ; kg:grade/skos:notation 'inadequate' }",
}


@dataclass(frozen=True)
class Timing:
    """Best seconds of a query; ``rows`` that it gives."""

    name: str
    rows: int
    ours: float
    other: float
    finished: bool = True

    @property
    def ratio(self) -> float:
        return self.ours / self.other


# --- data --------------------------------------------------------------------------------------------


def grown(store: ox.Store, triples: int) -> dict[str, list[ox.Quad]]:
    """The graphs of a dataset with so many triples or slightly more, by IRI: the same for the same store."""
    graphs = {name: _quads(store, name) for name in graphs_of(store)}
    reports = reports_of(store)
    total, number = sum(map(len, graphs.values())), 0
    while total < triples:
        number += 1
        for report in reports:
            name, quads = _copy(graphs[report.graph], report, number)
            graphs[name] = quads
            total += len(quads)
    return graphs


def _quads(store: ox.Store, graph: str) -> list[ox.Quad]:
    return list(store.quads_for_pattern(None, None, None, ox.NamedNode(graph)))


def _copy(quads: list[ox.Quad], report: FoundReport, number: int) -> tuple[str, list[ox.Quad]]:
    """A report's graph under another report and force; the things of the force go with it."""
    force = next(q.object.value for q in quads if q.predicate.value == KG.inspectedBody)
    ours, other = force.rpartition("/")[2], f"fictional-{number:03d}"
    renamed = {report.id: f"{report.id.replace(ours, other)}-{number:03d}"}
    patterns = [(re.compile(rf"(?<=/){re.escape(report.id)}(?![\w-])"), renamed[report.id]),
                (re.compile(rf"(?<=/){re.escape(ours)}(?=--|$)"), other)]  # fmt: skip

    def term(value: ox.NamedNode | ox.Literal) -> ox.NamedNode | ox.Literal:
        if isinstance(value, ox.Literal):
            return value if value.value != report.id else ox.Literal(renamed[report.id])
        iri = value.value
        for pattern, new in patterns if iri.startswith(BASE) else ():
            iri = pattern.sub(new, iri)
        return ox.NamedNode(iri)

    graph = term(ox.NamedNode(report.graph))
    body = term(ox.NamedNode(force))
    copied = [ox.Quad(term(q.subject), q.predicate, term(q.object), graph) for q in quads]
    label = ox.Literal(f"Fictional Force {number:03d}")
    copied.append(ox.Quad(body, ox.NamedNode(RDF.type), ox.NamedNode(KG.PoliceForce), graph))
    copied.append(ox.Quad(body, ox.NamedNode(SKOS.prefLabel), label, graph))
    return graph.value, copied


def questions(report: str) -> dict[str, str]:
    """All texts of queries, by name."""
    saved = {each.name: each.text for each in saved_queries()}
    return {
        **saved,
        **{name: text % {"id": report} if "%(" in text else text for name, text in AD_HOC.items()},
    }


# --- timing ------------------------------------------------------------------------------------------


def timed(run: Callable[[], int]) -> tuple[float, int]:
    """Seconds of the processor, and rows, of one run."""
    begin = time.process_time()
    rows = run()
    return time.process_time() - begin, rows


def ask_kg(store: ox.Store, name: str, text: str) -> Callable[[], int]:
    """By name for a saved query, as text else."""
    question = text if name in AD_HOC else name

    def run() -> int:
        results = query(question, store=store)
        return len(results.terms) if results.answer is None else 1

    return run


def ask_raw(store: ox.Store, name: str, text: str) -> Callable[[], int]:
    """As the documentation of pyoxigraph shows it, on the same graphs as kg; every row is read."""
    union = default_graph_is_empty(store)

    def run() -> int:
        answer = store.query(text, prefixes=PREFIXES, use_default_graph_as_union=union)
        return 1 if isinstance(answer, ox.QueryBoolean) else len([tuple(row) for row in answer])

    return run


def in_turn(name: str, ours: Callable[[], int], other: Callable[[], int], rounds: int) -> Timing:
    """The best of several rounds of each, one after the other; one round does above five seconds."""
    best = [float("inf"), float("inf")]
    rows = 0
    for number in range(rounds):
        for place, run in ((0, ours), (1, other)) if number % 2 else ((1, other), (0, ours)):
            seconds, rows = timed(run)
            best[place] = min(best[place], seconds)
        if max(best) > 5:
            break
    print(f"{name}: {best[0]:.3f} s", file=sys.stderr, flush=True)
    return Timing(name, rows, *best)


class TooLong(Exception):
    """The limit of time is over."""


@contextmanager
def limit(seconds: int) -> Iterator[None]:
    def stop(signum: int, frame: FrameType | None) -> None:
        raise TooLong

    old = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, old)


def beside_rdflib(store: ox.Store, texts: dict[str, str], seconds: int, rounds: int) -> list[Timing]:
    """kg and rdflib on the same data, both in memory; ``seconds`` are for all rounds of a query."""
    memory = ox.Store()
    memory.bulk_extend(store)
    data = rdflib.Dataset(default_union=True)
    data.parse(data=export(store, "nquads").decode(), format="nquads")
    found = []
    for name, text in texts.items():
        try:
            with limit(seconds):
                pair = in_turn(name, ask_kg(memory, name, text), ask_rdflib(data, text), rounds)
        except TooLong:
            ours = min(timed(ask_kg(memory, name, text))[0] for _ in range(rounds))
            pair = Timing(name, -1, ours, float(seconds), finished=False)
        found.append(pair)
    return found


def ask_rdflib(data: rdflib.Dataset, text: str) -> Callable[[], int]:
    return lambda: sum(1 for _ in data.query(text, initNs=PREFIXES))


# --- report ------------------------------------------------------------------------------------------


def machine() -> str:
    """What kind of machine this is, and the versions of what is compared."""
    versions = f"Python {platform.python_version()}, pyoxigraph {ox.__version__}, rdflib {rdflib.__version__}"
    return f"{kind()}; {versions}"


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:,.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--store", type=Path, default=Path("store"))
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rdflib-seconds", type=int, default=20)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    small = open_store(options.store)
    texts = questions(reports_of(small)[0].id)
    print(f"{date.today().isoformat()}, {machine()}\n")
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        count = write_store(Path(folder) / "store", grown(small, options.triples))
        big = open_store(Path(folder) / "store")
        print(f"{count:,} triples in {len(reports_of(big))} reports; made and loaded in "
              f"{time.perf_counter() - begin:.0f} s.\n", flush=True)  # fmt: skip
        pairs = [in_turn(n, ask_kg(big, n, t), ask_raw(big, n, t), options.rounds) for n, t in texts.items()]
    show_raw(pairs)
    show_rdflib(
        beside_rdflib(small, texts, options.rdflib_seconds, 2 * options.rounds),
        len(small),
        options.rdflib_seconds,
    )


def show_raw(pairs: list[Timing]) -> None:
    ratios = [pair.ratio for pair in pairs]
    print(f"kg takes {statistics.median(ratios):.2f} times as long as raw pyoxigraph at the median, "
          f"{max(ratios):.2f} times at most.\n\n```")  # fmt: skip
    rows = [
        [p.name, f"{p.rows:,}", milliseconds(p.ours), milliseconds(p.other), f"{p.ratio:.2f}"] for p in pairs
    ]
    print(table(["query", "rows", "kg ms", "pyoxigraph ms", "kg / pyoxigraph"], rows) + "```\n", flush=True)


def show_rdflib(pairs: list[Timing], triples: int, seconds: int) -> None:
    faster = statistics.median(1 / pair.ratio for pair in pairs)
    ended = sum(not pair.finished for pair in pairs)
    print(f"On {triples:,} triples kg is {faster:,.0f} times as fast as rdflib at the median; rdflib did not "
          f"finish {ended} queries in {seconds} s.\n\n```")  # fmt: skip
    rows = [
        [p.name, milliseconds(p.ours), milliseconds(p.other) if p.finished else f"over {seconds} s",
         f"{'' if p.finished else '> '}{1 / p.ratio:,.0f}"]
        for p in pairs
    ]  # fmt: skip
    print(table(["query", "kg ms", "rdflib ms", "times as fast"], rows) + "```")


if __name__ == "__main__":
    main()
