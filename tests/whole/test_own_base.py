"""A dataset under a publisher's own base: built, asked, exported, served and dereferenced under it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pyoxigraph as ox
import pytest
from server_process import Server, serving

from kg.dataset.build import build
from kg.graph.store import open_store
from kg.model.errors import CannotRead
from kg.serving.http.addressing import below_base, with_path_of_base, with_tag
from kg.serving.http.messages import Request, Response
from kg.serving.server import serve

OWN, DEFAULT = "https://data.example.org/insp/", "https://kg.example/"
TEXT = """PEEL 2023–2025
An inspection of Gwent Police
Published 5 March 2024
Overall summary
The force answers calls within ten seconds and visits victims on the day on which they ask for help.
Investigating crime
Gwent Police is inadequate at investigating crime.
Main findings
The force takes too long to answer calls
Its control room had a plan in 9 of 16 cases. The independent advisory group told us so.
It needs to train its officers in stop and search.
"""


def kg(*arguments: str, cwd: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "kg", "-q", *arguments], cwd=cwd, capture_output=True, text=True
    )
    assert done.returncode == 0, done
    return done.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report built twice: under the default base, and by the command under a base of its own."""
    folder = tmp_path_factory.mktemp("own-base")
    (folder / "gwent.txt").write_text(TEXT, encoding="utf-8")
    build([folder / "gwent.txt"], exports=folder / "exports-default", store=folder / "store-default")
    kg("build", "gwent.txt", "--base", OWN, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Server:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KG_BASE", OWN)
        with serving(store=str(folder / "store")) as server:
            yield server


def triples(file: Path) -> set[str]:
    return {str(quad.triple) for quad in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE)}


def test_everything_moves_and_nothing_else_changes(folder: Path) -> None:
    names = sorted(file.name for file in (folder / "exports-default").glob("*.ttl"))
    assert len(names) == 7
    for name in names:
        own = folder / "exports" / name
        assert DEFAULT not in own.read_text("utf-8"), name
        before = {line.replace(DEFAULT, OWN) for line in triples(folder / "exports-default" / name)}
        assert triples(own) == before, name


def test_queries_know_the_base_of_the_store(folder: Path) -> None:
    assert "control room" in kg(
        "query", "SELECT ?name { unit:gwent--control-room skos:prefLabel ?name }", cwd=folder
    )
    assert "Inadequate" in kg("query", "grades", cwd=folder)
    assert "control room (unit)" in kg("neighbourhood", "unit:gwent--control-room", cwd=folder)


@pytest.mark.parametrize("name", ["d.jsonld", "d.trig", "d.rdf", "d.graphml"])
def test_exports_of_the_store_are_under_it(folder: Path, name: str) -> None:
    kg("export", "-o", name, cwd=folder)
    text = (folder / name).read_text("utf-8")
    assert OWN in text and DEFAULT not in text


def test_its_own_exports_are_valid(folder: Path) -> None:
    environment = os.environ | {"KG_BASE": OWN}
    files = [str(file) for file in (folder / "exports").glob("*.ttl")]
    command = [sys.executable, "-m", "kg", "-q", "validate", *files]
    assert subprocess.run(command, env=environment, capture_output=True).returncode == 0


@pytest.mark.parametrize("path", ["insp/report/", "report/"])
def test_it_is_served_under_the_path_of_the_base_and_without_it(server: Server, path: str) -> None:
    report = next(
        ox.parse_query_results(server.get("SELECT ?r { ?r a kg:Report }"), format=ox.QueryResultsFormat.JSON)
    )
    assert report["r"].value.startswith(OWN + "report/")
    local = report["r"].value.removeprefix(OWN + "report/")
    request = urllib.request.Request(f"{server.address}/{path}{local}", headers={"Accept": "text/turtle"})
    with urllib.request.urlopen(request) as answer:
        assert answer.url == f"{server.address}/{path}{local}.ttl"
        assert report["r"] in {quad.subject for quad in ox.parse(answer, format=ox.RdfFormat.TURTLE)}


def test_links_of_pages_stay_under_the_path(server: Server) -> None:
    with urllib.request.urlopen(f"{server.address}/insp/") as answer:
        page = answer.read().decode()
    assert 'href="/insp/sparql"' in page and 'href="/sparql"' not in page
    with urllib.request.urlopen(f"{server.address}/insp/static/style.css") as answer:
        assert answer.status == 200


def test_what_leads_to_a_thing_is_in_its_description(server: Server) -> None:
    with urllib.request.urlopen(f"{server.address}/insp/id/force/gwent.ttl") as answer:
        found = {(str(q.subject), str(q.predicate)) for q in ox.parse(answer, format=ox.RdfFormat.TURTLE)}
    assert any(
        "/report/" in subject and predicate.endswith("#inspectedBody>") for subject, predicate in found
    )


def test_what_a_client_has_is_not_sent_again(server: Server) -> None:
    address = f"{server.address}/insp/id/force/gwent.ttl"
    with urllib.request.urlopen(address) as answer:
        tag = answer.headers["ETag"]
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(urllib.request.Request(address, headers={"If-None-Match": tag}))
    with caught.value as answer:
        assert answer.code == 304


def test_a_process_with_another_base_is_told_what_to_do(folder: Path) -> None:
    with pytest.raises(CannotRead, match=f"set KG_BASE={OWN}"):
        open_store(folder / "store")


def test_a_bad_base_of_the_environment_is_one_line() -> None:
    command = [sys.executable, "-m", "kg", "queries"]
    done = subprocess.run(command, env=os.environ | {"KG_BASE": "nonsense"}, capture_output=True, text=True)
    assert done.returncode == 1 and done.stderr.startswith("kg: KG_BASE: the base")


# --- addresses ---------------------------------------------------------------------------------------


def test_only_what_stands_below_the_path_is_below_it() -> None:
    assert below_base(Request("GET", "/insp"), "/insp") == Request("GET", "/")
    assert below_base(Request("GET", "/insp?q=1"), "/insp") == Request("GET", "/?q=1")
    assert below_base(Request("GET", "/other/insp/x"), "/insp") is None
    assert below_base(Request("GET", "/report/x"), "") is None


def test_words_of_a_page_and_addresses_elsewhere_stay() -> None:
    body = b'<a href="//host/x"> href=&#34;/x&#34; <a href="https://h/x"><form action="/search">'
    moved = with_path_of_base(Response(200, "text/html", body), "/insp").body
    assert moved == body.replace(b'"/search"', b'"/insp/search"')


def test_errors_have_no_tag() -> None:
    assert with_tag(Response(404, "text/plain", b"x"), Request("GET", "/")).headers == ()


def test_two_bases_are_not_served_as_one(tmp_path: Path) -> None:
    """A link of one dataset would lead to the page of the other's report, which has the same path."""
    both = tmp_path / "both.nq"
    lines = (f'<{base}report/a> <{base}p> "A" <{base}graph/a> .\n' for base in (OWN, DEFAULT))
    both.write_text("".join(lines), encoding="utf-8")
    with pytest.raises(CannotRead, match=f"with the bases {OWN} and {DEFAULT}"):
        serve(data=[both], port=0)


@pytest.mark.parametrize(
    "arguments",
    [
        ("validate",),
        ("query", "grades", "--data"),
        ("audit", "--data"),
        ("search", "calls", "--data"),
        ("diff",),
    ],
    ids=lambda arguments: arguments[0],
)
def test_files_of_another_base_are_no_empty_data(
    folder: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    """Their terms are others: "0 violations", "0 disagree" or no row would say of them what is not so."""
    names = {"diff": ("exports-default", "exports"), "validate": ("exports/gwent.ttl",)}
    files = names.get(arguments[0], ("exports",))
    done = told_of(*arguments, *(str(folder / name) for name in files), cwd=tmp_path)
    assert done.returncode == 2 and f"set KG_BASE={OWN}" in done.stderr, done


BASES = [None, b"", OWN[:-1].encode(), OWN.replace("insp", "inps").encode(), b"\0\xff"]


@pytest.mark.parametrize("told", BASES)
def test_a_base_that_is_not_what_was_written_is_told(
    folder: Path, tmp_path: Path, told: bytes | None
) -> None:
    """A pipe is not waited for, and nothing is looked for under another base."""
    store = tmp_path / "store"
    shutil.copytree(folder / "store", store)
    base = next(store.glob("generation-*/base"))
    base.unlink()
    if told is None:
        os.mkfifo(base)
    else:
        base.write_bytes(told)
    for arguments in (("query", "grades"), ("verify", "--store-only")):
        done = told_of(*arguments, "--store", str(store), cwd=folder)
        assert done.returncode != 0 and "base" in done.stderr + done.stdout, done
        assert "Traceback" not in done.stderr


def told_of(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """A command as a person starts it, whose environment names no base."""
    command = [sys.executable, "-m", "kg", *arguments]
    environment = {name: value for name, value in os.environ.items() if name != "KG_BASE"}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=120)
