"""Hostile and odd files: each is read, refused with one line, or skipped with a warning.

The files are made by a tool that lies beside the checkout; without it these tests are skipped.
"""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from samples import shared

from kg.asking.sparql import query
from kg.dataset.build import BuildResult, build
from kg.dataset.exporting import export_dataset
from kg.graph.rdf_files import read_quads
from kg.graph.store import open_store
from kg.model.errors import KgError
from kg.reading import read

READ_APART = ("docx/", "html/", "pdf/", "xml/", "text/", "names/", "kinds/")
"""Folders whose files are read here one by one; the analysis of the others takes longer."""
CHOSEN = (
    "good.txt", "content/contradictory-grades.txt", "content/duplicate.txt", "content/odd-dates.txt",
    "content/odd-numbers.txt", "docx/zip-slip.docx", "html/html-as-text.html", "html/script-links.html",
    "injection/csv.txt", "injection/html.txt", "injection/log.txt", "injection/paths.txt",
    "injection/rdf.txt", "kinds/pipe.txt", "pdf/encrypted.pdf", "regex/brackets.txt",
    "text/control-characters.txt", "text/empty.txt", "text/nul-bytes.txt",
)  # fmt: skip
"""What is built into one dataset."""


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, dict]]:
    """The folder of files and what is expected of each, by path."""
    folder = tmp_path_factory.mktemp("bad") / "corpus"
    tool = shared("tools/make_bad_inputs.py")
    subprocess.run([sys.executable, str(tool), str(folder), "--small"], check=True, capture_output=True)
    listed = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (entries,) = (value for value in listed.values() if isinstance(value, list))
    return folder, {entry["path"]: entry for entry in entries} | {"": listed}


@pytest.fixture(scope="session")
def dataset(corpus, tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    """Some of the files, good and bad, built into one dataset."""
    folder = corpus[0]
    out = tmp_path_factory.mktemp("built-bad")
    paths = [folder / name for name in CHOSEN if os.path.lexists(folder / name)]
    return build(paths, exports=out / "exports", store=out / "store")


@pytest.fixture(scope="session")
def outcomes(corpus: tuple[Path, dict[str, dict]]) -> dict[str, str]:
    """What reading gives for each file of READ_APART: ``ok``, or the line of the error."""
    folder, entries = corpus
    found = {}
    for name in entries:
        if name.startswith(READ_APART):
            try:
                read(folder / name)
                found[name] = "ok"
            except KgError as error:
                found[name] = str(error)
    return found


def test_every_file_is_read_or_refused_with_one_printable_line(outcomes):
    assert len(outcomes) > 60
    assert not {name: said for name, said in outcomes.items() if "\n" in said or not said.isprintable()}


def test_what_must_be_refused_is_refused(corpus, outcomes):
    entries = corpus[1]
    refused = [
        name
        for name in outcomes
        if entries[name]["expect"] == "clear error" and "ok" not in entries[name]["also"]
    ]
    assert len(refused) > 5
    assert not [name for name in refused if outcomes[name] == "ok"]


def test_what_must_be_read_is_read(corpus, outcomes):
    entries = corpus[1]
    wanted = [name for name in outcomes if entries[name]["expect"] == "ok" and not entries[name]["also"]]
    assert not {name: outcomes[name] for name in wanted if outcomes[name] != "ok"}


def test_a_bad_file_keeps_no_good_one_out(dataset):
    built = {report.file for report in dataset.reports}
    assert len(built & {"good.txt", "duplicate.txt"}) == 1, "the same bytes twice are one report"
    assert {"rdf.txt", "html.txt", "csv.txt", "control-characters.txt"} <= built
    assert not built & {"pipe.txt", "encrypted.pdf", "empty.txt"}
    for name in ("pipe.txt", "encrypted.pdf", "empty.txt", "duplicate.txt"):
        assert [line for line in dataset.notices if name in line], name


@pytest.mark.parametrize("format", ["trig", "nq", "jsonld", "ttl"])
def test_every_export_loads_again_and_is_the_same_graph(dataset, tmp_path, format):
    source = open_store(dataset.store)
    path = tmp_path / f"report.{format}"
    for report in dataset.reports:
        path.write_bytes(export_dataset(report.id, output=path, store=source) or b"")
        assert triples_in(path) == triples_in(dataset.exports / f"{report.id}.ttl"), report.file


def triples_in(path: Path) -> set[tuple[str, str, str]]:
    return {(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in read_quads(path)}


def test_no_iri_comes_of_a_text_that_ends_a_literal(dataset):
    rows = query(
        "SELECT ?s { ?s ?p ?o FILTER(STRSTARTS(STR(?s), 'http://x/') || STRSTARTS(STR(?p), 'http://evil/')"
        " || (isIRI(?o) && STRSTARTS(STR(?o), 'http://evil/'))) }",
        store=dataset.store,
    )
    assert not rows.rows


def test_every_export_is_well_formed_xml(dataset):
    from lxml import etree

    source = open_store(dataset.store)
    for file in ("html.txt", "rdf.txt", "csv.txt"):
        for name in ("rdfxml", "graphml", "gexf"):
            found = next(r.id for r in dataset.reports if r.file == file)
            assert etree.fromstring(export_dataset(found, name, store=source) or b"") is not None


def test_no_cell_of_a_spreadsheet_is_a_formula(dataset, tmp_path):
    export_dataset(format="csv", output=tmp_path / "csv", store=open_store(dataset.store))
    cells = [
        cell
        for path in (tmp_path / "csv").rglob("*.csv")
        for row in csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))
        for cell in row
    ]
    assert cells
    assert not [cell for cell in cells if cell[:1] in ("=", "@", "\t") or cell[:2] in ("+c", "-c")]


def test_a_picture_and_a_page_hold_nothing_that_runs(dataset):
    from lxml import etree

    from kg.asking.network import neighbourhood
    from kg.asking.network.graph_files import render

    for report in dataset.reports:
        if report.file in ("html.txt", "csv.txt", "rdf.txt"):
            graph = neighbourhood(f"https://kg.example/report/{report.id}", store=dataset.store, limit=20)
            picture = etree.fromstring(str(render(graph, "x.svg")).encode())
            names = {etree.QName(e).localname for e in picture.iter() if isinstance(e.tag, str)}
            assert not names & {"script", "iframe", "foreignObject", "image"}
            assert "<img src=x" not in str(render(graph, "x.html"))


def test_nothing_is_written_outside_and_no_secret_is_taken_in(dataset, corpus):
    _, entries = corpus
    listed = entries[""]
    outside = [path for path in dataset.store.parent.rglob("*") if listed["forbidden_file_name"] in path.name]
    assert not outside
    secret = listed["canary_text"].encode()
    assert not [path for path in dataset.exports.glob("*.ttl") if secret in path.read_bytes()]
