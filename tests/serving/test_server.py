"""The real server on a free port: what only sockets and processes can show."""

import gzip
import http.client
import json
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from samples import shared
from server_process import JSON, Server, serving

from kg.model.errors import CannotRead, CannotUnderstand
from kg.serving.server import serve

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def values(count: int) -> str:
    """A pattern with 10^count solutions."""
    return " ".join(f"VALUES ?v{i} {{ 0 1 2 3 4 5 6 7 8 9 }}" for i in range(count))


RUNAWAY = f"SELECT (COUNT(*) AS ?n) {{ {values(12)} }}"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("served") / "report.nq"
    line = '<http://d.example/s%d> <http://d.example/p> "text %d" <http://d.example/g%d> .\n'
    path.write_text("".join(line % (i, i, i % 2) for i in range(200)))
    return path


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Server]:
    with serving(data=[str(data)]) as found:
        yield found


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def status_of(query: str, server: Server) -> tuple[int, str]:
    try:
        with server.get(query) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_a_query_is_answered(server):
    with server.get("SELECT (COUNT(*) AS ?n) { ?s <http://d.example/p> ?o }") as response:
        assert json.load(response)["results"]["bindings"][0]["n"]["value"] == "200"


def test_a_query_over_the_time_limit_is_stopped_and_others_are_served_meanwhile(server):
    with ThreadPoolExecutor(3) as pool:
        runaways = [pool.submit(status_of, RUNAWAY, server) for _ in range(3)]
        time.sleep(0.2)
        assert [status_of("ASK {}", server)[0] for _ in range(20)] == [200] * 20
        assert not any(runaway.done() for runaway in runaways)
        assert [runaway.result()[0] for runaway in runaways] == [503] * 3


def test_quick_queries_that_wait_behind_slow_ones_go_to_other_workers(server):
    with ThreadPoolExecutor(24) as pool:
        runaways = [pool.submit(status_of, RUNAWAY, server) for _ in range(5)]
        quick = [pool.submit(status_of, f"SELECT ({n} AS ?n) {{}}", server) for n in range(300)]
        answers = [json.loads(each.result()[1])["results"]["bindings"][0]["n"]["value"] for each in quick]
        assert answers == [str(n) for n in range(300)]
        assert [runaway.result()[0] for runaway in runaways] == [503] * 5


def test_thirty_slow_queries_of_one_client_leave_others_their_answers(data):
    with serving(data=[str(data)], timeout=8) as server, ThreadPoolExecutor(40) as pool:
        slow = [pool.submit(status_of, RUNAWAY, server) for _ in range(30)]
        time.sleep(0.5)
        quick = [status_of(f"SELECT ({n} AS ?n) {{}}", server)[0] for n in range(40)]
        assert quick.count(200) >= 38
        assert {each.result()[0] for each in slow} == {503}


def test_the_halves_of_nine_hundred_requests_shut_nobody_out(data):
    with serving(data=[str(data)]) as server:
        port = urllib.parse.urlsplit(server.address).port
        halves = []
        try:
            for _ in range(900):
                half = socket.create_connection(("127.0.0.1", port))
                half.sendall(b"GET /x HTTP/1.1\r\nHost: localhost\r\nX-a: ")
                halves.append(half)
            answers = [status_of("ASK {}", server)[0] for _ in range(80)]
        finally:
            for half in halves:
                half.close()
    assert answers == [200] * 80


def test_the_message_says_that_the_time_was_over(server):
    status, text = status_of(RUNAWAY, server)
    assert status == 503 and "time limit of 2 seconds" in text


def test_a_result_that_is_cut_ends_with_a_broken_connection(server):
    stream = RUNAWAY.replace("(COUNT(*) AS ?n)", "*")
    with server.get(stream, "text/csv") as response:
        assert response.status == 200
        with pytest.raises((ConnectionError, http.client.IncompleteRead)):
            response.read()


def test_a_result_over_the_size_limit_is_cut(data):
    with (
        serving(data=[str(data)], max_result=1, timeout=20) as server,
        server.get(f"SELECT * {{ {values(6)} }}", "text/csv") as response,
        pytest.raises((ConnectionError, http.client.IncompleteRead)),
    ):
        response.read()


@pytest.mark.parametrize("count", [10_000, 100_000])
def test_nesting_that_breaks_the_engine_breaks_nothing_else(server, count):
    status, text = status_of_post("ASK { FILTER(" + "!" * count + "true) }", server)
    assert status == 503 and "nested too deeply" in text
    assert status_of("ASK {}", server)[0] == 200


def status_of_post(query: str, server: Server) -> tuple[int, str]:
    headers = {"Content-Type": "application/sparql-query", "Accept": JSON}
    request = urllib.request.Request(f"{server.address}/sparql", query.encode(), headers)
    try:
        with urllib.request.urlopen(request) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_a_query_that_needs_too_much_memory_is_stopped(data):
    doubled = " ".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(26))
    query = f'SELECT (STRLEN(?x26) AS ?n) {{ BIND("0123456789" AS ?x0) {doubled} }}'
    with serving(data=[str(data)], memory=100, timeout=20) as server:
        status, text = status_of(query, server)
        assert status == 503 and "memory" in text and "100 MiB" in text


def test_a_worker_cannot_open_sockets(server):
    assert status_of("ASK {}", server)[0] == 200

    def closed(pid: int) -> bool:
        return "Seccomp:\t2" in Path(f"/proc/{pid}/status").read_text()

    deadline = time.monotonic() + 20  # a worker may have been forked a moment ago
    while not all(map(closed, server.processes()[2:])) and time.monotonic() < deadline:
        time.sleep(0.1)
    workers = server.processes()[2:]
    assert workers and all(map(closed, workers))


def test_a_long_result_comes_whole(server):
    with server.get(f"SELECT * {{ {values(5)} }}", "text/csv") as response:
        assert response.read().count(b"\r\n") == 100_001


@pytest.mark.parametrize("digits", [2, 5])
def test_gzip_is_the_same_packed(server, digits):
    query = f"SELECT * {{ ?s <http://d.example/p> 'text 1' {values(digits)} }}"
    packing = {"Accept-Encoding": "gzip"}
    with server.get(query, "text/csv") as plain, server.get(query, "text/csv", **packing) as packed:
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.read()) == plain.read()


def test_head_has_the_headers_and_no_body(server):
    request = f"HEAD /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: localhost\r\nAccept: {JSON}\r\n"
    answer = server.raw((request + "Connection: close\r\n\r\n").encode())
    assert answer.startswith(b"HTTP/1.1 200") and answer.endswith(b"\r\n\r\n") and JSON.encode() in answer


def test_pipelined_requests_are_answered_in_order(server):
    requests = ""
    for number in range(40, 60):
        query = urllib.parse.urlencode({"query": f"SELECT ({number} AS ?n) {{}}", "format": "csv"})
        requests += f"GET /sparql?{query} HTTP/1.1\r\nHost: localhost\r\n"
        requests += "Connection: close\r\n\r\n" if number == 59 else "\r\n"
    answer = server.raw(requests.encode()).decode()
    assert re.findall(r"^n\r\n(\d+)", answer, re.M) == [str(n) for n in range(40, 60)]


def test_many_pipelined_requests_that_are_known_already_are_answered(server):
    request = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: localhost\r\n\r\n"
    last = request.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    assert server.raw(request * 3000 + last).count(b'"boolean":true') == 3001


def test_a_body_that_is_too_big_is_refused_so_that_the_client_hears_it(server):
    head = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
    answer = server.raw(head + b"Content-Length: 20000000\r\n\r\n" + b"x" * 20_000_000)
    assert answer.startswith(b"HTTP/1.1 413")


def test_100_continue_is_sent(server):
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as sock:
        sock.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
            b"Content-Length: 6\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
        )
        assert sock.recv(100).startswith(b"HTTP/1.1 100")
        sock.sendall(b"ASK {}")
        assert sock.recv(1000).startswith(b"HTTP/1.1 200")


def test_the_work_stops_when_the_client_leaves(server):
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as sock:
        target = "/sparql?" + urllib.parse.urlencode({"query": RUNAWAY})
        sock.sendall(f"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        time.sleep(0.3)
        before = set(server.processes())
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    deadline = time.monotonic() + 10
    while before <= set(server.processes()) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not before <= set(server.processes())


def test_a_client_that_closed_only_its_sending_side_is_still_answered(server):
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as sock:
        sock.sendall(b"GET /sparql?query=ASK%20%7B%20%7D HTTP/1.1\r\nHost: localhost\r\n\r\n")
        sock.shutdown(socket.SHUT_WR)
        assert sock.recv(1000).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    "begun", [b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nASK", b"GET / HT"]
)
def test_a_request_that_breaks_off_is_refused(server, begun):
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as sock:
        sock.sendall(begun)
        sock.shutdown(socket.SHUT_WR)
        assert sock.recv(1000).startswith(b"HTTP/1.1 400")
        while sock.recv(1000):
            pass


def test_sparqlwrapper_gets_its_results(server):
    from SPARQLWrapper import GET, POST, SPARQLWrapper

    for method in (GET, POST):
        client = SPARQLWrapper(f"{server.address}/sparql")
        client.setQuery("SELECT ?o { <http://d.example/s7> <http://d.example/p> ?o }")
        client.setReturnFormat("json")
        client.setMethod(method)
        assert client.query().convert()["results"]["bindings"][0]["o"]["value"] == "text 7"


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("wanted", ["json", "xml", "csv", "tsv"])
def test_sparqlwrapper_gets_a_table_in_every_return_format(server, wanted, method):
    from SPARQLWrapper import SPARQLWrapper

    client = SPARQLWrapper(f"{server.address}/sparql")
    client.setQuery("SELECT ?o { <http://d.example/s7> <http://d.example/p> ?o }")
    client.setReturnFormat(wanted)
    client.setMethod(method)
    answer = client.query()
    assert wanted in answer.response.headers["Content-Type"].replace("tab-separated-values", "tsv")
    assert b"text 7" in answer.response.read()


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("wanted", ["rdf+xml", "xml", "n3", "turtle", "json-ld"])
def test_sparqlwrapper_gets_a_graph_in_every_return_format(server, wanted, method):
    from SPARQLWrapper import SPARQLWrapper

    client = SPARQLWrapper(f"{server.address}/sparql")
    client.setQuery("CONSTRUCT WHERE { <http://d.example/s7> <http://d.example/p> ?o }")
    client.setReturnFormat(wanted)
    client.setMethod(method)
    answer = client.query()
    kind = {"n3": "text/turtle", "turtle": "text/turtle", "json-ld": "ld+json"}.get(wanted, "rdf+xml")
    assert kind in answer.response.headers["Content-Type"]
    assert b"text 7" in answer.response.read()


def test_rdflib_reads_through_its_sparql_store(server):
    from rdflib import Graph, URIRef
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    graph = Graph(SPARQLStore(f"{server.address}/sparql", returnFormat="json"))
    assert str(graph.value(URIRef("http://d.example/s7"), URIRef("http://d.example/p"))) == "text 7"
    assert len(list(graph.query("SELECT ?s { ?s ?p 'text 7' }"))) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_nothing_is_left_when_the_server_is_told_to_stop(data, number):
    with serving(data=[str(data)]) as server:
        assert status_of("ASK {}", server)[0] == 200
        processes = server.processes()
        server.process.send_signal(number)
        assert server.process.wait(timeout=20) == 0
    assert len(processes) > 3
    assert [pid for pid in processes if alive(pid)] == []


def test_nothing_is_left_when_the_server_is_killed_at_a_query(data):
    with serving(data=[str(data)], timeout=60) as server:
        with socket.create_connection(("127.0.0.1", server.port)) as sock:
            target = "/sparql?" + urllib.parse.urlencode({"query": RUNAWAY})
            sock.sendall(f"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            time.sleep(0.3)
            processes = server.processes()
            server.process.kill()
            server.process.wait(timeout=20)
        deadline = time.monotonic() + 10
        while any(map(alive, processes)) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert not any(map(alive, processes))


def test_a_store_folder_is_served(tmp_path):
    import pyoxigraph as ox

    from kg.graph.store import write_store

    iri = ox.NamedNode("http://d.example/p")
    triple = ox.Triple(iri, iri, ox.Literal("x"))
    write_store(tmp_path / "store", {"http://d.example/g": [triple]})
    with serving(store=str(tmp_path / "store")) as server:
        assert "true" in status_of("ASK { ?s <http://d.example/p> 'x' }", server)[1]


def test_a_store_that_is_too_big_for_memory_is_read_from_disk(tmp_path):
    import pyoxigraph as ox

    from kg.graph.store import write_store

    iri = ox.NamedNode("http://d.example/p")
    triples = [ox.Triple(iri, iri, ox.Literal(str(number))) for number in range(100)]
    write_store(tmp_path / "store", {"http://d.example/g": triples})
    with serving(store=str(tmp_path / "store"), in_memory=10) as server:
        assert "true" in status_of("ASK { ?s <http://d.example/p> '99' }", server)[1]
        assert status_of(RUNAWAY, server)[0] == 503
        assert "true" in status_of("ASK { GRAPH ?g { ?s <http://d.example/p> '99' } }", server)[1]
        with urllib.request.urlopen(server.address + "/search?q=text") as response:
            assert response.status == 200


@pytest.mark.parametrize("in_memory", [250_000, 10], ids=["in memory", "on disk"])
def test_a_newer_dataset_is_announced_and_taken_up_whole(tmp_path, in_memory):
    import pyoxigraph as ox

    from kg.graph.store import write_store

    p, folder = ox.NamedNode("http://d.example/p"), tmp_path / "store"
    asked = "SELECT (COUNT(?s) AS ?n) (COUNT(DISTINCT ?g) AS ?graphs) { GRAPH ?g { ?s ?p ?o } }"

    def publish(count: int) -> None:
        triples = [ox.Triple(p, p, ox.Literal(str(number))) for number in range(count)]
        write_store(folder, {f"http://d.example/g{count}": triples})

    def answer() -> tuple[str, str]:
        """How many triples are served, in how many graphs."""
        row = json.loads(status_of(asked, server)[1])["results"]["bindings"][0]
        return row["n"]["value"], row["graphs"]["value"]

    publish(100)
    with serving(store=str(folder), in_memory=in_memory, timeout=5) as server:
        with ThreadPoolExecutor(4) as pool:
            slow = pool.submit(status_of, RUNAWAY, server)  # is at a worker on the first
            assert answer() == ("100", "1")
            publish(150)
            seen, deadline = {answer()}, time.monotonic() + 30
            while answer() != ("150", "1") and time.monotonic() < deadline:
                seen.add(answer())
                status_of(RUNAWAY, server)  # its worker is killed, another is made
            assert seen <= {("100", "1"), ("150", "1")} and answer() == ("150", "1")
            assert slow.result()[0] == 503
        said = server.process.stdout.readline() + server.process.stdout.readline()
    assert "A newer dataset was published" in said and "served now" in said


@pytest.mark.parametrize("in_memory", [0, 1000])
def test_a_dataset_that_was_made_anew_is_taken_up_though_its_generation_has_the_same_name(
    tmp_path, in_memory
):
    import pyoxigraph as ox

    from kg.graph.store import write_store

    def publish(count: int) -> None:
        p = ox.NamedNode("http://d.example/p")
        write_store(
            folder, {"http://d.example/g": [ox.Triple(p, p, ox.Literal(str(n))) for n in range(count)]}
        )

    folder, asked = tmp_path / "store", "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    publish(10)
    with serving(store=str(folder), in_memory=in_memory, timeout=5) as server:
        shutil.rmtree(folder)
        publish(11)
        deadline = time.monotonic() + 30
        while '"11"' not in status_of(asked, server)[1] and time.monotonic() < deadline:
            time.sleep(0.2)
        assert '"11"' in status_of(asked, server)[1]


def test_workers_that_cannot_open_the_data_are_not_started_again_at_once(tmp_path):
    import pyoxigraph as ox

    from kg.graph.store import write_store

    iri = ox.NamedNode("http://d.example/p")
    triples = [ox.Triple(iri, iri, ox.Literal(str(number))) for number in range(100)]
    folder = tmp_path / "store"
    write_store(folder, {"http://d.example/g": triples})
    with (tmp_path / "log").open("w") as log, serving(store=str(folder), in_memory=10, log=log) as server:
        folder.rename(tmp_path / "elsewhere")
        assert status_of(RUNAWAY, server)[0] == 503  # its worker is killed, and no other can open the store
        time.sleep(2.5)
        assert len((tmp_path / "log").read_text().splitlines()) < 20
        (tmp_path / "elsewhere").rename(folder)
        deadline = time.monotonic() + 20
        while status_of("ASK {}", server)[0] != 200 and time.monotonic() < deadline:
            time.sleep(0.2)
        assert status_of("ASK {}", server)[0] == 200
    assert "Traceback" not in (tmp_path / "log").read_text()


@pytest.mark.parametrize("depth", ["%C2%B2", "9" * 5000, "4", "1e3"])
def test_a_depth_that_is_no_number_is_refused(server, depth):
    with pytest.raises(urllib.error.HTTPError) as error:
        urllib.request.urlopen(f"{server.address}/neighbourhood?thing=x&depth={depth}")
    with error.value as refused:
        assert refused.code in (400, 404)


def test_a_missing_store_is_a_clear_error(tmp_path):
    with pytest.raises(CannotRead, match="nowhere"):
        serve(store=tmp_path / "nowhere", port=0)


def test_a_missing_file_is_a_clear_error(tmp_path):
    with pytest.raises(CannotRead, match=r"absent\.ttl: no such file"):
        serve(data=[tmp_path / "absent.ttl"], port=0)


def test_a_file_that_is_not_rdf_is_a_clear_error(tmp_path):
    path = tmp_path / "bad.ttl"
    path.write_text("<http://d.example/s> nonsense")
    with pytest.raises(CannotRead, match=r"bad\.ttl.*Turtle"):
        serve(data=[path], port=0)


def test_a_port_that_is_taken_is_a_clear_error(data):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(CannotRead, match="try another --port"):
            serve(data=[data], port=other.getsockname()[1])


def test_an_impossible_limit_is_refused(data):
    with pytest.raises(CannotUnderstand, match="timeout"):
        serve(data=[data], port=0, timeout=0)


def test_listening_for_other_machines_without_a_token_is_warned_of(tmp_path, caplog):
    path = tmp_path / "bad.ttl"
    path.write_text("nonsense")
    with pytest.raises(CannotRead):
        serve(data=[path], port=0, host="0.0.0.0")
    assert "other machines" in caplog.text and "--token" in caplog.text


def test_the_protocol_is_kept_to(data, tmp_path):
    checker = shared("tools/sparql_protocol_check.py")
    report = tmp_path / "report.json"
    options = ["--level", "must,should", "--limit", "20", "--json", str(report)]
    with serving(data=[str(data)], timeout=8) as server:
        command = [sys.executable, str(checker), f"{server.address}/sparql", *options]
        done = subprocess.run(
            [*command, "--pid", str(server.process.pid)], capture_output=True, text=True, check=False
        )
    failures = [line for line in done.stdout.splitlines() if line.startswith("FAIL")]
    assert not failures
    assert json.loads(report.read_text())["passed"] == 94


def test_another_endpoint_can_stand_behind(server):
    with serving(endpoint=f"{server.address}/sparql", timeout=10) as front:
        query = "SELECT ?o { <http://d.example/s7> <http://d.example/p> ?o }"
        with front.get(query, "text/csv") as response:
            assert response.read() == b"o\r\ntext 7\r\n"
        with front.get("CONSTRUCT WHERE { ?s ?p 'text 7' }", "text/turtle") as response:
            assert b"text 7" in response.read()
        assert status_of("ASK {", front)[0] == 400
        assert status_of(RUNAWAY, front)[0] == 502
        with urllib.request.urlopen(front.address + "/search?q=text") as response:
            assert b"Search" in response.read()


def test_an_endpoint_that_is_not_there_is_a_clear_error():
    with pytest.raises(CannotRead, match="cannot be reached"):
        serve(endpoint="http://127.0.0.1:9/sparql", port=0)
