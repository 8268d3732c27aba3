"""Full-text search: what is found, in which order, narrowed by what; and that the index is made the same."""

import json
import sqlite3

import pyoxigraph as ox
import pytest

from kg.asking.search import search
from kg.asking.search.index import index_of_graphs
from kg.asking.search.terminal import shown
from kg.model.errors import CannotUnderstand, Unknown
from kg.model.iris import PREFIXES

DATA = """
BASE <https://kg.example/>
INSERT DATA { GRAPH <graph/r> {
  <report/r> a kg:Report ; dct:title "A report" ; dct:issued "2024-05-01"^^xsd:date ;
    kg:inspectedBody <id/force/x> .
  <report/r/f> a kg:Finding ; kg:report <report/r> ; kg:inspectedBody <id/force/x> ; kg:area <id/area/a> ;
    kg:polarity kg:Negative ; kg:evidence <report/r/p1> ; kg:supportedBy <report/r/p2> ;
    kg:mentions <id/topic/t> .
  <report/r/p1> a kg:Passage ; kg:report <report/r> ; oa:hasSelector <report/r/s1> .
  <report/r/s1> oa:exact "The force fails victims of burglary" ; oa:start 10 ; oa:end 45 .
  <report/r/p2> a kg:Passage ; kg:report <report/r> ; oa:hasSelector <report/r/s2> .
  <report/r/s2> oa:exact "A victim waited two days. “Stop!”, she said; <b>nobody</b> came." ;
    oa:start 50 ; oa:end 90 .
  <report/r/p3> a kg:Passage ; kg:report <report/r> ; oa:hasSelector <report/r/s3> .
  <report/r/s3> oa:exact "Days of waiting were two at most." ; oa:start 95 ; oa:end 120 .
} GRAPH <graph/v> {
  <id/force/x> a kg:PoliceForce ; skos:prefLabel "Xshire Police" .
  <id/area/a> a kg:Area ; skos:prefLabel "Investigating crime" .
  <id/topic/t> a kg:Topic ; skos:prefLabel "victims’ rights" .
  <id/topic/u> a kg:Topic ; skos:prefLabel "victim" ; skos:altLabel "victims" .
} }"""


@pytest.fixture(scope="module")
def store() -> ox.Store:
    made = ox.Store()
    made.update(DATA, prefixes=PREFIXES)
    return made


def found(store: ox.Store, words: str, **narrowed: str) -> list[str]:
    return [hit.iri.removeprefix("https://kg.example/") for hit in search(words, store, narrowed).hits]


def test_words_are_found_in_any_form_once_and_what_no_report_names_comes_last(store):
    assert found(store, "VICTIMS") == ["report/r/f", "report/r/p2", "id/topic/t", "id/topic/u"]


@pytest.mark.parametrize(
    ("words", "iris"),
    [
        ("two days", ["report/r/p2", "report/r/p3"]),  # as they are written and in their order comes first
        ("days two", ["report/r/p3", "report/r/p2"]),
        ('"two days"', ["report/r/p2"]),
        ("burg*", ["report/r/f"]),
        ("burglar*", ["report/r/f"]),  # longer than the stem
        ("victi* of burglar*", ["report/r/f"]),
        ("burg", []),
        ("two OR burglary", []),
        ("nobody NEAR(", []),
        ("“Stop!”", ["report/r/p2"]),
        ("victims’ rights", ["id/topic/t"]),
        ('words: -victim "', []),
    ],
)
def test_all_words_are_looked_for_and_signs_mean_nothing(store, words, iris):
    assert found(store, words) == iris


@pytest.mark.parametrize("words", ["", "  ", '""', "*", "?!", "\0"])
def test_no_words_are_an_error(store, words):
    with pytest.raises(CannotUnderstand, match="word"):
        search(words, store)


def test_hits_say_what_they_are_and_carry_the_words_of_the_report(store):
    hit = search("burglary", store).hits[0]
    assert (hit.kind, hit.body, hit.area, hit.polarity, hit.year) == (
        "finding", "Xshire Police", "Investigating crime", "negative", "2024",
    )  # fmt: skip
    assert (hit.words, hit.start, hit.end) == ("The force fails victims of burglary", 10, 45)
    assert hit.pieces == (("The force fails victims of ", False), ("burglary", True))


def test_a_passage_has_the_area_of_the_finding_that_it_supports(store):
    assert found(store, "waited", area="investigating crime") == [
        "report/r/p2",
    ]  # in any letters
    assert found(store, "waiting", area="Investigating crime") == ["report/r/p2"]


def test_a_value_that_nothing_has_is_an_error_that_proposes(store):
    with pytest.raises(Unknown, match="Xshire Police"):
        search("victims", store, {"body": "Xshir Police"})
    assert search("zebra", store, {"body": "xshire police"}).total == 0


def test_names_and_what_reports_say_are_found_alone(store):
    assert all(hit.report is None for hit in search("victims", store, names=True).hits)
    assert all(hit.report for hit in search("victims", store, names=False).hits)


def test_facets_count_all_that_was_found_and_narrow_it(store):
    all_of = search("victims", store, limit=1)
    assert all_of.total == 4 and len(all_of.hits) == 1
    assert dict(all_of.facets["kind"]) == {"topic": 2, "finding": 1, "passage": 1}
    assert dict(all_of.facets["polarity"]) == {"negative": 1}
    assert found(store, "victims", polarity="negative", kind="finding") == ["report/r/f"]
    with pytest.raises(CannotUnderstand, match="narrowed by"):
        search("victims", store, {"colour": "red"})


def test_the_next_hits_follow_the_first(store):
    every = found(store, "victims")
    pages = [search("victims", store, limit=2, offset=n).hits for n in (0, 2)]
    assert [hit.iri.removeprefix("https://kg.example/") for page in pages for hit in page] == every


def test_the_same_graphs_give_the_same_bytes_in_any_order(store):
    graphs = {str(n): list(store.quads_for_pattern(None, None, None, n)) for n in store.named_graphs()}
    again = {name: quads[::-1] for name, quads in reversed(graphs.items())}
    assert index_of_graphs(graphs) == index_of_graphs(again)


def test_an_index_is_asked_as_the_store_is(store):
    connection = sqlite3.connect(":memory:")
    graphs = {str(n): list(store.quads_for_pattern(None, None, None, n)) for n in store.named_graphs()}
    connection.deserialize(index_of_graphs(graphs))
    assert search("victims", connection) == search("victims", store)
    connection.close()


def test_hits_are_lines_with_place_and_iri(store):
    text = shown(search("burglary", store))
    assert text.splitlines()[:3] == [
        "finding · negative · Xshire Police · Investigating crime · 2024 · characters 10–45",
        "  The force fails victims of »burglary«",
        "  https://kg.example/report/r/f",
    ]
    assert "1 of 4 hits" in shown(search("victims", store, limit=1))
    assert "nothing has all" in shown(search("zebra", store))
    assert json.loads(json.dumps(search("burglary", store).as_dict()))["total"] == 1
