"""Exports are read again by other libraries than the one that wrote them."""

from __future__ import annotations

import csv
import io
import json
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from samples import SMALL_REPORT

from kg.asking.network.whole_network import whole_network
from kg.asking.sparql import query
from kg.asking.sparql.sources import find_report, open_source
from kg.dataset.build import build
from kg.dataset.exporting import export_dataset, export_formats
from kg.dataset.exporting.csvw import csv_files
from kg.dataset.exporting.folders import file_names, safe_name, write_folder
from kg.dataset.exporting.ro_crate import crate_files
from kg.graph.store import graphs_of, open_store
from kg.model.errors import Ambiguous, CannotRead, CannotUnderstand, Unknown
from kg.model.vocab import DCT, KG, OA, PROV, RDF

REPORT = "west-midlands-peel-2023-25"
GRAPH = f"https://kg.example/graph/{REPORT}"
RDFLIB = {"turtle": "turtle", "trig": "trig", "ntriples": "nt", "nquads": "nquads", "jsonld": "json-ld",
          "rdfxml": "xml"}  # fmt: skip
Triples = set[tuple[str, str, str]]


@pytest.fixture(scope="module")
def store(built: Any) -> ox.Store:
    return open_store(built.store)


@pytest.fixture(scope="module")
def beginning(tmp_path_factory: pytest.TempPathFactory, seed_text: str) -> ox.Store:
    """The beginning of the real report, built: long enough for statements of every kind."""
    folder = tmp_path_factory.mktemp("beginning")
    (folder / f"{REPORT}.txt").write_text(seed_text[:22000], encoding="utf-8")
    return open_store(build([folder], exports=folder / "exports", store=folder / "store").store)


@pytest.fixture(scope="module")
def network(store: ox.Store) -> Any:
    """The network of the whole dataset."""
    return whole_network(store)


@pytest.fixture(scope="module")
def gexf(store: ox.Store) -> bytes:
    """The whole dataset as GEXF."""
    return export_dataset(None, "gexf", store=store) or b""


@pytest.fixture(scope="module")
def small() -> ox.Store:
    """One report with one finding, its words, and a name that a spreadsheet would take for a formula."""
    return two_reports(1)


@pytest.fixture(scope="module")
def tables(store: ox.Store) -> dict[str, bytes]:
    """The folder of CSV files of the whole dataset."""
    return csv_files(store)


def two_reports(count: int) -> ox.Store:
    """Reports with the same title: ``count`` of them."""
    store = ox.Store()
    for number in range(count):
        graph = ox.NamedNode(f"https://x.example/graph/report {number}".replace(" ", "%20"))
        one = f"https://x.example/report/{number}"
        rows = [
            (one, RDF.type, ox.NamedNode(KG.Report)),
            (one, DCT.identifier, ox.Literal(f"report-{number}")),
            (one, DCT.title, ox.Literal("An inspection")),
            (one, DCT.issued, ox.Literal(f"2024-01-0{number + 1}", datatype=ox.NamedNode(XSD_DATE))),
            (f"{one}/f", RDF.type, ox.NamedNode(KG.Finding)),
            (f"{one}/f", KG.report, ox.NamedNode(one)),
            (f"{one}/f", KG.polarity, ox.NamedNode(KG.Neutral)),
            (f"{one}/f", KG.heading, ox.Literal("=HYPERLINK(1) & more")),
            (f"{one}/f", KG.evidence, ox.NamedNode(f"{one}/span")),
            (f"{one}/span", RDF.type, ox.NamedNode(KG.Span)),
            (f"{one}/span", OA.hasSelector, ox.NamedNode(f"{one}/selector")),
            (f"{one}/selector", OA.exact, ox.Literal("The words")),
            (f"{one}/selector", OA.start, ox.Literal(10)),
            (f"{one}/selector", OA.end, ox.Literal(19)),
        ]
        store.extend(ox.Quad(ox.NamedNode(s), ox.NamedNode(p), o, graph) for s, p, o in rows)
    return store


XSD_DATE = "http://www.w3.org/2001/XMLSchema#date"


def triples_of(store: ox.Store, graph: str | None = None) -> Triples:
    name = None if graph is None else ox.NamedNode(graph)
    return {_plain(q.subject, q.predicate, q.object) for q in store.quads_for_pattern(None, None, None, name)}


def _plain(*terms: Any) -> tuple[str, str, str]:
    return tuple(term.value for term in terms)  # type: ignore[return-value]


def read_again(payload: bytes, format: str) -> Triples:
    """The triples that rdflib reads."""
    found = rdflib.Dataset(default_union=True)
    found.parse(io.BytesIO(payload), format=RDFLIB[format])
    return {_texts(triple) for triple in found.triples((None, None, None))}


def _texts(triple: Any) -> tuple[str, str, str]:
    return tuple(map(str, triple))  # type: ignore[return-value]


# --- files of triples --------------------------------------------------------------------------------


@pytest.mark.parametrize("format", RDFLIB)
def test_rdflib_reads_the_same_triples_of_a_report(beginning: ox.Store, format: str) -> None:
    payload = export_dataset(REPORT, format, store=beginning)
    assert payload is not None
    assert read_again(payload, format) == triples_of(beginning, GRAPH)


@pytest.mark.parametrize("format", ["trig", "nquads", "jsonld"])
def test_the_whole_dataset_keeps_its_graphs(format: str) -> None:
    store = two_reports(2)
    found = rdflib.Dataset()
    found.parse(io.BytesIO(export_dataset(None, format, store=store) or b""), format=RDFLIB[format])
    graphs = {str(g.identifier): {_texts(t) for t in g} for g in found.graphs() if len(g)}
    assert graphs == {name.value: triples_of(store, name.value) for name in store.named_graphs()}


def test_the_format_comes_from_the_name_of_the_file(small: ox.Store) -> None:
    by_name = export_dataset(output="graph.nt", store=small)
    assert by_name == export_dataset(format="ntriples", store=small) != export_dataset(store=small)


@pytest.mark.parametrize("format", [row.name for row in export_formats() if row.kind != "folder"])
def test_an_export_has_the_same_bytes_each_time(small: ox.Store, format: str) -> None:
    assert export_dataset(None, format, store=small) == export_dataset(None, format, store=two_reports(1))


@pytest.mark.parametrize("name", ["svg", "json", "svgg", "x.png"])
def test_what_cannot_carry_a_dataset_is_no_export_format(small: ox.Store, name: str) -> None:
    with pytest.raises(Unknown, match="no format"):
        export_dataset(None, None if "." in name else name, name if "." in name else None, store=small)


def test_a_file_without_an_extension_needs_a_format(small: ox.Store) -> None:
    with pytest.raises(CannotUnderstand, match="--format"):
        export_dataset(output="graph", store=small)


# --- which report ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["report-0", "Report-0", "an inspection", "https://x.example/report/0"])
def test_a_report_is_found_by_id_title_or_iri(small: ox.Store, name: str) -> None:
    assert find_report(name, small).id == "report-0"


def test_an_unknown_report_names_what_is_close(small: ox.Store) -> None:
    with pytest.raises(Unknown, match='did you mean "report-0"'):
        find_report("report-9", small)


def test_a_title_of_several_reports_is_ambiguous() -> None:
    with pytest.raises(Ambiguous, match="report-0, report-1"):
        find_report("An inspection", two_reports(2))


def test_rdf_files_can_be_exported_too(tmp_path: Path, small: ox.Store) -> None:
    (tmp_path / "one.nq").write_bytes(export_dataset(None, "nquads", store=small) or b"")
    again = open_source(None, [tmp_path / "one.nq"])
    assert export_dataset("report-0", "trig", store=again) == export_dataset("report-0", "trig", store=small)


# --- networks ----------------------------------------------------------------------------------------


def same_network(again: nx.MultiDiGraph, graph: nx.MultiDiGraph) -> None:
    """Assert that a network that was read is the one that was written: nodes, edges, types and labels."""
    assert set(again) == set(graph)
    assert again.number_of_edges() == graph.number_of_edges()
    for node, data in graph.nodes(data=True):
        assert (again.nodes[node]["type"], again.nodes[node]["label"]) == (data["type"], data["label"])


def test_networkx_reads_the_whole_network_again_from_gexf(network: nx.MultiDiGraph, gexf: bytes) -> None:
    again = nx.read_gexf(io.BytesIO(gexf))
    assert again.number_of_edges() > 2000
    same_network(again, network)
    for _, data in again.nodes(data=True):
        colour = data["viz"]["color"]
        assert data["colour"] == f"#{colour['r']:02x}{colour['g']:02x}{colour['b']:02x}"


def test_networkx_reads_the_network_of_a_report_again_from_graphml(beginning: ox.Store) -> None:
    again = nx.read_graphml(io.BytesIO(export_dataset(REPORT, "graphml", store=beginning) or b""))
    assert again.number_of_edges() > 500
    same_network(again, whole_network(beginning, GRAPH))


def test_the_network_has_no_spans_or_selectors(network: nx.MultiDiGraph) -> None:
    kinds = {data["type"] for _, data in network.nodes(data=True)}
    assert {"finding", "judgement", "figure", "force", "area", "passage"} <= kinds
    assert not kinds & {"thing", "section"}


def test_the_network_of_a_report_is_what_it_says_and_speaks_of(
    store: ox.Store, network: nx.MultiDiGraph
) -> None:
    graph = whole_network(store, GRAPH)
    assert f"https://kg.example/report/{REPORT}" in graph
    assert "https://kg.example/id/force/west-midlands" in graph
    assert len(graph) < len(network)
    assert not [n for n, d in graph.nodes(data=True) if d["type"] == "force" and not graph.in_degree(n)]


def test_a_relation_has_its_words_in_both_directions(small: ox.Store) -> None:
    edges = list(whole_network(small).edges(data=True))
    assert edges == [("https://x.example/report/0/f", "https://x.example/report/0",
                      {"predicate": "kg:report", "label": "from report", "inverse": "says"})]  # fmt: skip


def test_gexf_is_what_its_schema_asks_for(gexf: bytes) -> None:
    """GEXF 1.2: known attributes, distinct ids, edges between nodes, values of the declared types."""
    space = "{http://www.gexf.net/1.2draft}"
    root = ElementTree.fromstring(gexf)
    graph = root.find(f"{space}graph")
    assert graph is not None
    assert root.get("version") == "1.2"
    assert graph.attrib == {"defaultedgetype": "directed", "mode": "static"}
    types = {}
    for block in graph.findall(f"{space}attributes"):
        for each in block:
            types[block.get("class"), each.get("id")] = each.get("type")
    assert set(types.values()) <= {"string", "long", "boolean", "float", "double", "integer"}
    for kind in ("node", "edge"):
        items = graph.findall(f"{space}{kind}s/{space}{kind}")
        assert len({item.get("id") for item in items}) == len(items) > 0
        allowed = {"node": {"id", "label"}, "edge": {"id", "label", "source", "target", "weight"}}[kind]
        for item in items:
            assert item.attrib.keys() <= allowed
            for value in item.iter(f"{space}attvalue"):
                declared = types[kind, value.get("for")]
                assert declared != "long" or value.get("value", "").lstrip("-").isdigit()
    ids = {node.get("id") for node in graph.findall(f"{space}nodes/{space}node")}
    edges = graph.findall(f"{space}edges/{space}edge")
    assert {edge.get(end) for edge in edges for end in ("source", "target")} <= ids


# --- CSV ---------------------------------------------------------------------------------------------


def rows_of(payload: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(payload.decode(), newline="")))


def test_each_saved_query_is_a_table_with_its_description(store: ox.Store, tables: dict[str, bytes]) -> None:
    files = dict(tables)
    metadata = json.loads(files.pop("csv-metadata.json"))
    assert [table["url"] for table in metadata["tables"]] == list(files)
    for table in metadata["tables"]:
        rows = rows_of(files[table["url"]])
        assert rows[0] == [column["name"] for column in table["tableSchema"]["columns"]]
        assert len(rows) - 1 == len(query(table["dc:title"], store=store))
        assert table["dc:description"]


def test_cells_are_of_the_type_that_the_description_names(tables: dict[str, bytes]) -> None:
    for table in json.loads(tables["csv-metadata.json"])["tables"]:
        for place, column in enumerate(table["tableSchema"]["columns"]):
            cells = [row[place] for row in rows_of(tables[table["url"]])[1:] if row[place]]
            for cell in cells[:20]:
                READ[column["datatype"]](cell)


def _iri(text: str) -> None:
    assert text.startswith("http")


READ = {
    "string": str,
    "integer": int,
    "decimal": float,
    "double": float,
    "anyURI": _iri,
    "date": lambda text: text[9],
    "boolean": ["true", "false"].index,
}


def test_reports_are_a_foreign_key_where_a_table_names_them(tables: dict[str, bytes]) -> None:
    described = json.loads(tables["csv-metadata.json"])["tables"]
    schemas = {table["dc:title"]: table["tableSchema"] for table in described}
    assert schemas["reports"]["primaryKey"] == "report"
    assert schemas["findings"]["foreignKeys"][0]["reference"]["resource"] == "reports.csv"


def test_no_cell_is_a_formula(small: ox.Store) -> None:
    cells = [cell for row in rows_of(csv_files(small)["findings.csv"]) for cell in row]
    assert "'=HYPERLINK(1) & more" in cells


def test_tables_of_one_report_are_those_of_queries_about_a_report() -> None:
    store = two_reports(2)
    files = csv_files(store, find_report("report-1", store))
    assert "findings.csv" in files
    assert "frameworks.csv" not in files
    head, *rows = rows_of(files["findings.csv"])
    assert {row[head.index("report")] for row in rows} == {"https://x.example/report/1"}


# --- RO-Crate ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def crate(store: ox.Store) -> dict[str, bytes]:
    """The files of a crate of the whole dataset."""
    return crate_files(store)


def crate_graph(files: dict[str, bytes]) -> dict[str, Any]:
    return {entity["@id"]: entity for entity in json.loads(files["ro-crate-metadata.json"])["@graph"]}


def test_a_crate_describes_every_file_with_size_and_hash(crate: dict[str, bytes]) -> None:
    files = crate
    graph = crate_graph(files)
    parts = {part["@id"] for part in graph["./"]["hasPart"]}
    assert parts == files.keys() - {"ro-crate-metadata.json"}
    for path in parts:
        entity = graph[path]
        assert entity["sha256"] == sha256(files[path]).hexdigest()
        assert entity["contentSize"] == str(len(files[path]))
        assert entity["encodingFormat"] and entity["name"] and "File" in entity["@type"]


def test_a_crate_has_the_root_that_the_specification_asks_for(crate: dict[str, bytes]) -> None:
    graph = crate_graph(crate)
    assert graph["ro-crate-metadata.json"]["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    assert graph["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    root = graph["./"]
    assert root["@type"] == "Dataset" and root["name"] and root["description"]
    assert root["datePublished"] == "2023-12-22"
    assert "open-government-licence" in root["license"]["@id"]


def test_everything_that_a_crate_refers_to_is_described_in_it(crate: dict[str, bytes]) -> None:
    graph = crate_graph(crate)
    for entity in graph.values():
        for name, value in entity.items():
            if name in ("conformsTo", "url"):
                continue
            for each in value if isinstance(value, list) else [value]:
                assert not isinstance(each, dict) or each["@id"] in graph


def test_a_crate_says_what_was_read_with_which_tool_and_what_came_of_it(
    crate: dict[str, bytes], seed_path: Path
) -> None:
    graph = crate_graph(crate)
    making = graph["#making"]
    source = graph[making["object"]["@id"]]
    assert making["@type"] == "CreateAction"
    assert source["sha256"] == sha256(seed_path.read_bytes()).hexdigest()
    assert graph[making["instrument"]["@id"]]["@type"] == "SoftwareApplication"
    assert {"@id": f"data/{REPORT}.ttl"} in making["result"]


def test_the_data_of_a_crate_is_the_dataset(store: ox.Store, crate: dict[str, bytes]) -> None:
    files = crate
    found: Triples = set()
    for path, content in files.items():
        if path.endswith(".ttl"):
            found |= read_again(content, "turtle")
    assert found == triples_of(store)


def test_a_crate_of_one_report_leaves_the_others_out() -> None:
    store = two_reports(2)
    files = crate_files(store, find_report("report-0", store))
    assert [path for path in files if path.startswith("data/")] == ["data/report-200-" + NUMBER]
    assert crate_graph(files)["./"]["datePublished"] == "2024-01-01"


NUMBER = sha256(b"report%200").hexdigest()[:8] + ".ttl"


def test_a_crate_needs_a_date() -> None:
    with pytest.raises(CannotUnderstand, match="needs a date"):
        crate_files(ox.Store())


# --- folders -----------------------------------------------------------------------------------------


def test_a_folder_needs_a_place(small: ox.Store) -> None:
    with pytest.raises(CannotUnderstand, match="-o FOLDER"):
        export_dataset(None, "csv", store=small)


def test_a_folder_is_written_and_written_again(tmp_path: Path, small: ox.Store) -> None:
    for _ in range(2):
        assert export_dataset(None, "ro-crate", tmp_path / "crate", store=small) is None
    written = {p.relative_to(tmp_path / "crate").as_posix(): p.read_bytes()
               for p in (tmp_path / "crate").rglob("*") if p.is_file()}  # fmt: skip
    assert written == crate_files(small)


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CannotRead, match=r"'mine\.txt'"):
        write_folder(tmp_path, {"a.csv": b""}, "a.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotRead, match="not a folder"):
        write_folder(tmp_path / "file", {"a.csv": b""}, "a.csv")


CRATE = {"crate.json": b'["data/a.ttl", "LICENCE.txt"]', "data/a.ttl": b"new", "LICENCE.txt": b"new"}


def test_an_export_is_written_over_an_earlier_one(tmp_path: Path) -> None:
    for _ in range(2):
        write_folder(tmp_path / "crate", CRATE, "crate.json")
    assert (tmp_path / "crate" / "data" / "a.ttl").read_bytes() == b"new"


@pytest.mark.parametrize("name", ["data/a.ttl", "LICENCE.txt"])
def test_a_file_of_somebody_else_with_a_name_of_the_export_stays(tmp_path: Path, name: str) -> None:
    path = tmp_path / "crate" / name
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    with pytest.raises(CannotRead, match="not of this export"):
        write_folder(tmp_path / "crate", CRATE, "crate.json")
    assert path.read_text() == "mine"


@pytest.mark.parametrize("name", ["data/a.ttl", "data", "crate.json"])
def test_an_export_is_written_through_no_link(tmp_path: Path, name: str) -> None:
    """A crate that somebody else has sent, renewed in place, leads nowhere."""
    write_folder(tmp_path / "crate", CRATE, "crate.json")
    there = tmp_path / "elsewhere"
    (tmp_path / "crate" / name).rename(there)
    (tmp_path / "crate" / name).symlink_to(there)
    with pytest.raises(CannotRead, match="not of this export"):
        write_folder(tmp_path / "crate", CRATE | {"data/a.ttl": b"newer", "crate.json": b""}, "crate.json")
    file = there / "a.ttl" if there.is_dir() else there
    assert file.read_bytes() == CRATE["crate.json" if name == "crate.json" else "data/a.ttl"]


@pytest.mark.parametrize(
    "name", ["..", "", "a/b", "a\\b", "-rf", ".bashrc", "NUL", "com1.ttl", "é", "a" * 300, "a:b"]
)
def test_a_file_name_is_safe_whatever_it_is_made_from(name: str) -> None:
    safe = safe_name(name)
    assert safe and len(safe) <= 100 and safe.isascii()
    assert not set(safe) & set('/\\:*?"<>|') and not safe.startswith((".", "-"))
    assert safe.casefold().partition(".")[0] not in ("nul", "com1")


def test_names_of_files_differ_in_more_than_case() -> None:
    names = file_names(
        ["https://x.example/graph/A", "https://x.example/graph/a", "https://y.example/graph/a"]
    )
    assert len({name.casefold() for name in names.values()}) == 3


def test_a_provenance_that_is_read_is_that_of_the_store(crate: dict[str, bytes]) -> None:
    used = {s for s, p, _ in read_again(crate["provenance.ttl"], "turtle") if p == PROV.used}
    assert used == {"https://kg.example/dataset/making"}


OGL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
LICENSED = '[[report]]\nfile = "{}.txt"\npublished = 2024-03-01\nlicence = "' + OGL + '"\n'


@pytest.mark.parametrize("licensed", [("one",), ("one", "two")])
def test_a_licence_is_that_of_the_whole_where_all_reports_have_it(
    tmp_path: Path, licensed: tuple[str, ...]
) -> None:
    for name, force in (("one", "Kent Police"), ("two", "Surrey Police")):
        text = SMALL_REPORT.replace("Upper Example Police", force)
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "catalogue.toml").write_text("".join(map(LICENSED.format, licensed)), encoding="utf-8")
    store = open_store(build([tmp_path], exports=tmp_path / "exports", store=tmp_path / "store").store)
    whole = [OGL] if len(licensed) == 2 else []
    ids = {"one": "kent-one", "two": "surrey-two"}
    said = query(
        "SELECT ?graph ?licence { GRAPH graph:dataset { ?graph dct:license ?licence } }", store=store
    )
    graphs = {(str(graph), str(licence)) for graph, licence in said.rows}
    ours = {graph for graph, licence in graphs if licence == "https://opensource.org/license/mit"}
    assert not ours & {f"https://kg.example/graph/{name}" for name in ids.values()}
    assert {(graph, licence) for graph, licence in graphs if graph not in ours} == {
        *((f"https://kg.example/graph/{ids[name]}", OGL) for name in licensed),
        *(("https://kg.example/dataset", licence) for licence in whole),
    }
    tables = json.loads(csv_files(store)["csv-metadata.json"])
    assert [each["@id"] for each in tables["dc:license"]] == whole
    crate = crate_files(store)
    of = {
        entity["@id"]: entity.get("license")
        for entity in json.loads(crate["ro-crate-metadata.json"])["@graph"]
    }
    assert of["./"] == {"@id": whole[0] if whole else "LICENCE.txt"}
    for name, id in ids.items():
        licence = OGL if name in licensed else None
        assert of[f"data/{id}.ttl"] == {"@id": licence or "LICENCE.txt"}
        line = next(each for each in crate["LICENCE.txt"].decode().splitlines() if f"report/{id} " in each)
        assert line.endswith(licence or "no licence is stated")


def test_the_crate_of_one_report_says_nothing_of_others(tmp_path: Path) -> None:
    """Not what links them, nor of which files the dataset was made."""
    for year, name in ((2022, "old"), (2024, "embargoed-secret")):
        text = SMALL_REPORT.replace("Upper Example", "Kent").replace("2024", str(year))
        (tmp_path / f"{name}.txt").write_text(text + "Kent Police should do more.\n", encoding="utf-8")
    store = open_store(build([tmp_path], exports=tmp_path / "exports", store=tmp_path / "store").store)
    assert "graph/links" in " ".join(graphs_of(store))
    crate = crate_files(store, find_report("kent-old", store))
    assert [path for path, content in crate.items() if b"embargoed" in content] == []
    assert b"kent-old" in crate["provenance.ttl"]
    whole = crate_files(store)
    about = {one["@id"]: one for one in json.loads(whole["ro-crate-metadata.json"])["@graph"]}
    assert about["data/links.ttl"]["license"] == {"@id": "LICENCE.txt"}
