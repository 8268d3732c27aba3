"""What a notebook shows of results, builds and readings."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from kg.asking.network import neighbourhood
from kg.asking.sparql import query
from kg.dataset.build import SHARES, BuildResult
from kg.dataset.one_report import BuiltReport
from kg.model.records import Extraction, Notice, Report, Source

COUNTS = dict.fromkeys(("judgements", "findings", "needs", "concerns", "boxes", "figures", "mentions"), 7)


def parsed(html: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<div>{html}</div>")


def test_a_build_shows_its_table_and_its_summary() -> None:
    shares = {what: [9, 10] for what in SHARES}
    report = BuiltReport(
        "a<b", "a.txt", "A", "", "", COUNTS, 1234, ("odd",), "a<b", "", coverage=shares, details=3
    )
    shown = parsed(BuildResult((report,), (), (), Path("exports"), Path("store"), 1234)._repr_html_())
    cells = ["a<b", *["7"] * 7, *["9/10"] * 3, "4", "1,234", "built"]
    assert [cell.text for cell in shown.iter("td")] == cells
    assert "1 of 1 reports built" in (shown.findtext("p") or "")


def test_results_show_as_a_table(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text('<https://x.example/a> <https://x.example/b> "<i>" .')
    results = query("SELECT ?o { ?s ?p ?o }", data=[tmp_path / "a.ttl"])
    assert [cell.text for cell in parsed(results._repr_html_()).iter("td")] == ["<i>"]


def test_a_neighbourhood_shows_as_a_picture(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(
        "<https://x.example/a> a <https://kg.example/ontology#Unit> ;"
        " <http://www.w3.org/2004/02/skos/core#prefLabel> 'Control room' ."
    )
    picture = neighbourhood("Control room", data=[tmp_path / "a.ttl"])._repr_svg_()
    assert "Control room" in "".join(ElementTree.fromstring(picture).itertext())


def test_a_reading_shows_how_much_was_read_and_what_was_noticed() -> None:
    report = Report("r", "A & B", *[None] * 6, Source("a.txt", "", "text/plain"), "text", "")
    shown = parsed(Extraction(report, warnings=(Notice("odd", "no grade found"),))._repr_html_())
    assert shown.findtext("table/caption") == "A & B"
    assert [item.text for item in shown.iter("li")] == ["no grade found"]
    assert {cell.text for cell in shown.iter("td")} == {"0"}
