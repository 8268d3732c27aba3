"""Building: the same bytes, only what changed, and nothing published that is wrong."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from samples import ROOT, SEED
from samples import SMALL_REPORT as REPORT

import kg.dataset.one_report
from kg.dataset.build import _set_aside, build
from kg.dataset.one_report import jobs_of
from kg.dataset.outputs import reserved_ids
from kg.dataset.related_findings import find_related, find_related_concerns
from kg.dataset.report_ids import moved
from kg.graph.mapping.report import to_quads
from kg.graph.store import open_store
from kg.model.errors import CannotRead
from kg.model.records import Extraction
from kg.model.topics import topics_of
from kg.model.vocab import BASE, DCT, KG, RDF
from kg.nlp import events_of, explained, extract
from kg.reading import find_reports


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "upper-example.txt").write_text(REPORT, encoding="utf-8")
    (folder / "lower-example.txt").write_text(REPORT.replace("Upper", "Lower"), encoding="utf-8")
    return folder


def run(reports: Path, tmp_path: Path, **options):
    return build([reports], exports=tmp_path / "exports", store=tmp_path / "store", **options)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.ttl"))}


def test_each_report_gets_a_file_and_a_graph_of_its_own(reports, tmp_path):
    result = run(reports, tmp_path)
    assert [r.id for r in result.reports] == ["lower-example", "upper-example"]
    assert {
        "lower-example.ttl",
        "upper-example.ttl",
        "ontology.ttl",
        "vocabularies.ttl",
        "dataset.ttl",
    } <= set(contents(result.exports))
    graphs = {str(name.value) for name in open_store(result.store).named_graphs()}
    assert {"https://kg.example/graph/lower-example", "https://kg.example/graph/upper-example"} <= graphs


def test_nothing_changed_is_said_and_nothing_is_written(reports, tmp_path):
    run(reports, tmp_path)
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "exports").iterdir()}
    again = run(reports, tmp_path)
    assert not again.changed
    assert again.summary.startswith("nothing changed")
    assert {p: p.stat().st_mtime_ns for p in (tmp_path / "exports").iterdir()} == before


def test_a_changed_report_changes_only_its_own_file(reports, tmp_path):
    run(reports, tmp_path)
    before = contents(tmp_path / "exports")
    (reports / "upper-example.txt").write_text(REPORT.replace("91.8", "92.8"), encoding="utf-8")
    again = run(reports, tmp_path)
    after = contents(tmp_path / "exports")
    assert [r.status for r in again.reports] == ["unchanged", "built"]
    assert {name for name in after if after[name] != before[name]} <= {"upper-example.ttl", "dataset.ttl"}
    assert after["upper-example.ttl"] != before["upper-example.ttl"]


def test_a_removed_report_takes_its_file_and_graph_with_it(reports, tmp_path):
    run(reports, tmp_path)
    (reports / "lower-example.txt").unlink()
    again = run(reports, tmp_path)
    assert again.removed == ("lower-example",)
    assert not (tmp_path / "exports" / "lower-example.ttl").exists()
    graphs = {str(name.value) for name in open_store(again.store).named_graphs()}
    assert "https://kg.example/graph/lower-example" not in graphs


def test_a_turtle_file_that_was_edited_is_made_again(reports, tmp_path):
    run(reports, tmp_path)
    before = contents(tmp_path / "exports")
    (tmp_path / "exports" / "upper-example.ttl").write_text("# edited\n")
    run(reports, tmp_path)
    assert contents(tmp_path / "exports") == before


def test_two_texts_with_one_id_are_kept_apart(reports, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "upper-example.txt").write_text(REPORT.replace("91.8", "90.8"), encoding="utf-8")
    result = build([reports, other], exports=tmp_path / "e", store=tmp_path / "s")
    assert len({r.id for r in result.reports}) == 3


def test_what_was_built_before_makes_no_difference(reports, tmp_path):
    (reports / "again").mkdir()
    (reports / "again" / "lower-example.txt").write_text(REPORT.replace("91.8", "90.8"), encoding="utf-8")
    run(reports, tmp_path)
    (reports / "again" / "lower-example.txt").unlink()
    run(reports, tmp_path)
    fresh = build([reports], exports=tmp_path / "e", store=tmp_path / "s")
    assert contents(tmp_path / "exports") == contents(fresh.exports)


def test_the_same_text_in_another_file_is_left_out_with_a_line(reports, tmp_path):
    page = (
        "<html><body><main>"
        + "".join(f"<p>{line}</p>" for line in REPORT.splitlines())
        + "</main></body></html>"
    )
    (reports / "lower-example.html").write_text(page.replace("Upper", "Lower"), encoding="utf-8")
    (reports / "lower-example.txt").write_text(REPORT.replace("Upper", "Lower").strip(), encoding="utf-8")
    result = run(reports, tmp_path)
    assert [r.id for r in result.reports] == ["lower-example", "upper-example"]
    double, first = reports / "lower-example.txt", reports / "lower-example.html"
    assert f"{double}: left out: the same text as {first}" in result.notices


def test_a_text_that_is_no_report_is_left_out_with_a_line(reports, tmp_path):
    (reports / "shopping.txt").write_text("Milk\nBread and butter\n", encoding="utf-8")
    result = run(reports, tmp_path)
    assert len(result.reports) == 2
    assert any(line.startswith(f"{reports}/shopping.txt: skipped") for line in result.notices)


def test_what_was_set_aside_is_not_read_again_until_it_changes(reports, tmp_path, monkeypatch):
    read, done = kg.dataset.one_report.read, []
    monkeypatch.setattr(kg.dataset.one_report, "read", lambda file: done.append(file.name) or read(file))
    shopping = reports / "shopping.txt"
    shopping.write_text("Milk\nBread and butter\n", encoding="utf-8")
    first, second = run(reports, tmp_path), run(reports, tmp_path)
    assert first.notices == second.notices and str(shopping) in " ".join(second.notices)
    assert done.count("shopping.txt") == 1 and not second.changed
    shopping.write_text("Milk\n", encoding="utf-8")
    assert run(reports, tmp_path).notices == first.notices
    assert done.count("shopping.txt") == 2
    shopping.write_text(REPORT.replace("Upper", "Middle"), encoding="utf-8")
    assert len(run(reports, tmp_path).reports) == 3


@pytest.mark.parametrize(
    "noted",
    [b"", b"[]", b"3", b"null", b"\xff", b"[" * 9999, b'{"X": 1}', b'{"X": []}', b'{"X": ["Odd", ""]}',
     b'{"X": [[], ""]}'],
)  # fmt: skip
def test_reasons_that_somebody_forged_set_nothing_aside(noted, reports):
    jobs = [copies[0] for copies in jobs_of(find_reports(reports)[0], BASE).copies]

    class Forged:
        def own_bytes(self, name):
            return noted.replace(b"X", jobs[0].made_from.encode())

    assert _set_aside(Forged(), jobs) == {}


@pytest.mark.parametrize("error", [ValueError("odd"), MemoryError(), OSError("no more files")])
def test_what_failed_for_want_of_something_is_read_again(error, reports, tmp_path, monkeypatch):
    read = kg.dataset.one_report.read

    def failing(file):
        if file.name == "lower-example.txt":
            raise error
        return read(file)

    with monkeypatch.context() as patched:
        patched.setattr(kg.dataset.one_report, "read", failing)
        assert len(run(reports, tmp_path).reports) == 1
    assert len(run(reports, tmp_path).reports) == 2


def test_no_report_is_an_error_and_leaves_no_store(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(CannotRead):
        build([tmp_path / "empty"], exports=tmp_path / "e", store=tmp_path / "s")
    assert not (tmp_path / "s").exists()


def test_processes_make_no_difference(reports, tmp_path):
    (reports / "north-example.txt").write_text(REPORT.replace("Upper", "North"), encoding="utf-8")
    one = build([reports], exports=tmp_path / "e1", store=tmp_path / "s1", jobs=1)
    two = build([reports], exports=tmp_path / "e2", store=tmp_path / "s2", jobs=2)
    assert contents(one.exports) == contents(two.exports)


def test_the_committed_exports_are_what_a_build_makes(built):
    """In this process, whatever its hash seed."""
    assert contents(built.exports) == contents(ROOT / "exports")


def test_the_committed_exports_are_what_the_command_makes(tmp_path):
    """In another process, with another hash seed, in another folder."""
    subprocess.run(
        [sys.executable, "-m", "kg", "build", str(ROOT / "seeds"), "--exports", "e", "--store", "s"],
        cwd=tmp_path, check=True, capture_output=True, env=os.environ | {"PYTHONHASHSEED": "1"},
    )  # fmt: skip
    assert contents(tmp_path / "e") == contents(ROOT / "exports")


def test_no_report_is_lost_by_what_its_file_is_called(tmp_path):
    """A file is named as another report's id becomes where it shares its own, in whatever order they come."""
    texts = {name: REPORT.replace("91.8", share) for name, share in (("a", "90.8"), ("b", "90.7"))}
    digest = hashlib.sha256(texts["b"].encode()).hexdigest()[:16]
    for first in ("0", "z"):
        folder = tmp_path / first
        texts[first] = REPORT.replace("91.8", "90.6")
        for name, text in texts.items():
            called = f"upper-example-{digest}" if name == first else "upper-example"
            (folder / name).mkdir(parents=True)
            (folder / name / f"{called}.txt").write_text(text, encoding="utf-8")
        result = build([folder], exports=folder / "e", store=folder / "s")
        ids = {r.id for r in result.reports}
        assert len(ids) == 3
        assert not ids & {"upper-example", f"upper-example-{digest}"}  # ids that more than one could have
        assert ids <= {path.stem for path in (folder / "e").glob("*.ttl")}
        rows = open_store(folder / "s").query(
            f"SELECT ?id {{ ?report a <{KG.Report}> ; <{DCT.identifier}> ?id }}"
        )
        assert {row["id"].value for row in rows} == ids
        del texts[first]


def test_a_report_is_called_as_no_graph_of_ours(tmp_path):
    reserved = sorted(reserved_ids())
    assert {"dataset", "ontology", "queries", "links", "curation", "vocabularies", "topics"} <= {*reserved}
    text = "A national report\nForces should do more\nWe found that {0} of 95 cases were slow.\n"
    lines = []
    for number, name in enumerate(reserved):
        (tmp_path / f"{name}.txt").write_text(text.format(number), encoding="utf-8")
        lines.append(f'[[report]]\nfile = "{name}.txt"\nframework = "peel-2023-25"\n')
    (tmp_path / "catalogue.toml").write_text("".join(lines), encoding="utf-8")
    result = build([tmp_path], exports=tmp_path / "e", store=tmp_path / "s")
    assert len(result.reports) == len(reserved)
    assert not {r.id for r in result.reports} & {*reserved}
    reports = {
        quad.subject.value.rpartition("/")[2]
        for path in (tmp_path / "e").glob("*.ttl")
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
        if (quad.predicate.value, quad.object.value) == (RDF.type, KG.Report)
    }
    assert reports == {r.id for r in result.reports}


def test_a_report_under_another_id_is_as_if_it_had_had_that_id():
    """No IRI of a part of a report depends on the report's id."""
    extraction = extract(SEED)
    other = replace(extraction, report=replace(extraction.report, id="other-name"))
    assert set(moved(quads_of(extraction), extraction.report.id, "other-name", BASE)) == set(quads_of(other))


def quads_of(extraction: Extraction) -> list[ox.Quad]:
    topics = topics_of(extraction.report).find(extraction.report.text)
    subjects, reasons, lacks = explained(extraction, topics)
    assert subjects and reasons
    return to_quads(
        extraction, None, BASE, topics=topics, subjects=subjects, reasons=reasons, lacks=lacks,
        events=events_of(extraction), related=find_related(extraction, subjects),
        related_concerns=find_related_concerns(extraction, subjects),
    )  # fmt: skip


def test_every_phase_is_told_from_its_start_to_its_end(reports, tmp_path):
    steps = []
    build([reports], exports=tmp_path / "exports", store=tmp_path / "store", progress=steps.append)
    phases = dict.fromkeys(step.phase for step in steps)
    assert list(phases) == [
        "looking at files", "reading", "names", "links", "description", "full-text index",
        "filling the store", "merging the store", "counting the store", "writing files",
        "listing with hashes",
    ]  # fmt: skip
    for phase in phases:
        told = [step for step in steps if step.phase == phase]
        of = told[0].of
        ended = [0] if phase == "merging the store" else list(range(of + 1))
        assert [(step.done, step.of) for step in told] == [(done, of) for done in ended] and of > 0
    assert {step.last for step in steps if step.phase == "reading"} == {"", *map(str, reports.iterdir())}


def test_what_is_said_of_a_report_names_its_file_by_the_path(reports, tmp_path):
    odd = reports / "lower-example.txt"
    odd.write_bytes(REPORT.replace("Upper", "Lower").replace("’", "'").encode("cp1252") + b"\x93Yes\x94\n")
    for _ in range(2):
        assert {line.partition(": ")[0] for line in run(reports, tmp_path).notices} == {str(odd)}
