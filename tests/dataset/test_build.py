"""Building: the same bytes, only what changed, and nothing published that is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from samples import ROOT
from samples import SMALL_REPORT as REPORT

from kg.dataset.build import build
from kg.graph.store import open_store
from kg.model.errors import CannotRead


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
    assert "lower-example.txt: left out: the same text as lower-example.html" in result.notices


def test_a_text_that_is_no_report_is_left_out_with_a_line(reports, tmp_path):
    (reports / "shopping.txt").write_text("Milk\nBread and butter\n", encoding="utf-8")
    result = run(reports, tmp_path)
    assert len(result.reports) == 2
    assert any(line.startswith("shopping.txt: skipped") for line in result.notices)


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
