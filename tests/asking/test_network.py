"""What is shown around a thing, what is counted instead, and how a name finds its thing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext

import pyoxigraph as ox
import pytest
from samples import TESTS

from kg.asking.network import Neighbourhood, neighbourhood, to_svg, to_tree
from kg.asking.things.kinds import KINDS, kinds_named
from kg.asking.things.naming import resolve_entity
from kg.asking.things.triples import Literal, endpoint_triples, store_triples
from kg.model.errors import Ambiguous, CannotUnderstand, Unknown
from kg.model.iris import PREFIXES
from kg.model.vocab import BASE, KG, SKOS

FIXTURE = TESTS / "data" / "neighbourhood.ttl"
N, E = BASE + "report/northmoor/", BASE + "report/eastfell/"
LANTERN, MARAC = BASE + "id/operation/northmoor--lantern", BASE + "id/body/marac"
AREA, FORCE = BASE + "id/area/f1--investigating", BASE + "id/force/northmoor"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.load(path=str(FIXTURE), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(BASE + "graph/test"))
    return store


def hub(findings: int) -> ox.Store:
    """A force with so many findings in one area that each mention one operation."""
    store = ox.Store()
    lines = [
        '<urn:a> a kg:Area ; skos:prefLabel "Hub" .',
        '<urn:o> a kg:Operation ; skos:prefLabel "Operation Hub" .',
    ]
    lines += [
        f'<urn:f{i:04}> a kg:Finding ; kg:area <urn:a> ; kg:polarity kg:Negative ; kg:heading "Finding {i}" ;'
        " kg:mentions <urn:o> ." for i in range(findings)
    ]  # fmt: skip
    head = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES.items())
    store.load((head + "\n".join(lines)).encode(), format=ox.RdfFormat.TURTLE)
    return store


# --- names -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "iri"),
    [
        (LANTERN, LANTERN),
        (f"<{LANTERN}>", LANTERN),
        ("operation:northmoor--lantern", LANTERN),
        ("Operation Lantern", LANTERN),
        ("operation lantern", LANTERN),
        ("MARAC", MARAC),
        ("MARACs", MARAC),
        ("Multi-Agency Risk Assessment Conferences", MARAC),
        ("the Northmoor  Police", FORCE),
        ("The force supervises investigations well", E + "finding-good"),
        ("PEEL: Northmoor Police", BASE + "report/northmoor"),
    ],
)
def test_a_thing_is_found_by_iri_name_or_alias(store: ox.Store, name: str, iri: str) -> None:
    assert resolve_entity(name, store) == iri


def test_of_areas_with_one_name_the_one_that_reports_use_is_meant(store: ox.Store) -> None:
    assert resolve_entity("Investigating crime", store) == AREA


@pytest.mark.parametrize(
    ("name", "whole"), [("operation lantern", False), ("MARACs", False), ("Operation Lanterm", True)]
)
def test_only_for_an_unknown_name_are_all_names_read(store: ox.Store, name: str, whole: bool) -> None:
    queries: list[str] = []

    def select(query: str) -> Iterator[tuple[object, ...]]:
        queries.append(query)
        solutions = store.query(query)
        assert isinstance(solutions, ox.QuerySolutions)
        return (tuple(solution[i] for i in range(3)) for solution in solutions)

    with pytest.raises(Unknown) if whole else nullcontext():
        resolve_entity(name, endpoint_triples(select))
    all_names = [query for query in queries if "VALUES ?p" in query and "FILTER" not in query]
    assert bool(all_names) is whole


def test_a_piece_of_a_name_narrows_a_store_as_it_does_an_endpoint(store: ox.Store) -> None:
    def select(query: str) -> Iterator[tuple[object, ...]]:
        solutions = store.query(query)
        assert isinstance(solutions, ox.QuerySolutions)
        return (tuple(solution[i] for i in range(3)) for solution in solutions)

    wanted = {"predicates": [SKOS.prefLabel], "containing": "lantern"}
    near, far = (set(read(**wanted)) for read in (store_triples(store), endpoint_triples(select)))
    assert near == far == {(LANTERN, SKOS.prefLabel, Literal("Operation Lantern"))}


def test_an_ambiguous_name_lists_label_type_and_iri(store: ox.Store) -> None:
    with pytest.raises(Ambiguous) as caught:
        resolve_entity("control room", store)
    for force, name in (("northmoor", "Northmoor Police"), ("eastfell", "Eastfell Constabulary")):
        assert f"control room (unit, {name}) <{BASE}id/unit/{force}--control-room>" in str(caught.value)


def test_an_unknown_name_proposes_what_shares_a_word(store: ox.Store) -> None:
    with pytest.raises(Unknown, match='did you mean "Operation Lantern"'):
        resolve_entity("Operation Lanterm", store)


def test_an_iri_that_the_data_does_not_have_is_unknown(store: ox.Store) -> None:
    with pytest.raises(Unknown, match=r"says nothing about <https://kg.example/id/unit/none>"):
        resolve_entity("unit:none", store)


# --- what is shown ---------------------------------------------------------------------------------------


def shown(graph: Neighbourhood, type_: str) -> list[str]:
    return [node for node, data in graph.nodes(data=True) if data["type"] == type_]


def test_an_operation_shows_areas_findings_passages_and_company(store: ox.Store) -> None:
    graph = neighbourhood("Operation Lantern", store=store)
    assert shown(graph, "finding") == [N + "finding-lantern"]
    assert shown(graph, "area") == [BASE + "id/area/f1--preventing"]
    assert set(shown(graph, "passage")) == {N + "passage-lantern", N + "passage-summary"}
    assert {MARAC, BASE + "id/unit/northmoor--control-room", FORCE} <= set(graph)


def test_plumbing_is_never_a_node(store: ox.Store) -> None:
    for name in ("Operation Lantern", "Investigating crime", "Northmoor Police", "MARAC"):
        graph = neighbourhood(name, store=store, depth=3)
        assert not {"thing", "section"} & {data["type"] for _, data in graph.nodes(data=True)}


def test_a_passage_hangs_under_the_finding_that_it_supports(store: ox.Store) -> None:
    graph = neighbourhood("Operation Lantern", store=store)
    assert graph.nodes[N + "passage-lantern"]["parent"] == N + "finding-lantern"
    assert graph.nodes[N + "finding-lantern"]["parent"] == BASE + "id/area/f1--preventing"
    assert graph.nodes[N + "passage-summary"]["parent"] == LANTERN


def test_an_area_shows_judgements_of_all_forces_the_worst_first(store: ox.Store) -> None:
    graph = neighbourhood("Investigating crime", store=store)
    assert [graph.nodes[j]["label"] for j in shown(graph, "judgement")] == [
        "Northmoor Police",
        "Eastfell Constabulary",
    ]
    assert [graph.nodes[j]["grade"] for j in shown(graph, "judgement")] == ["inadequate", "good"]


def test_an_area_shows_findings_needs_concerns_and_boxes(store: ox.Store) -> None:
    graph = neighbourhood("Investigating crime", store=store)
    assert graph.nodes[N + "need-1"]["parent"] == N + "finding-slow"
    assert graph.nodes[N + "recommendation-1"]["parent"] == N + "cause-1"
    assert graph.nodes[N + "cause-1"]["note"] == "due 2024-07-31"
    assert {N + "concern-1", E + "finding-good"} <= set(graph)


def test_a_force_shows_its_grades_concerns_and_operations(store: ox.Store) -> None:
    graph = neighbourhood("Northmoor Police", store=store)
    judged = [(graph.nodes[j]["label"], graph.nodes[j]["note"]) for j in shown(graph, "judgement")]
    assert judged == [("Investigating crime", "INADEQUATE"), ("Preventing crime", "GOOD")]
    assert {LANTERN, N + "concern-1", N + "cause-1"} <= set(graph)


def test_a_force_counts_the_findings_that_only_depth_shows(store: ox.Store) -> None:
    near = neighbourhood("Northmoor Police", store=store)
    far = neighbourhood("Northmoor Police", store=store, depth=2)
    hidden = {"heading": "shortcomings", "what": "shortcomings", "shown": 0, "of": 1, "cut": False}
    assert hidden in near.nodes[FORCE]["branches"]
    assert not shown(near, "finding") and N + "finding-slow" in far


def test_a_strength_stands_apart_from_the_reasons_for_a_bad_grade(store: ox.Store) -> None:
    graph = neighbourhood(N + "judgement-investigating", store=store)
    heads = {node: data["branch"] for node, data in graph.nodes(data=True)}
    assert heads[N + "finding-slow"] == heads[N + "cause-1"] == "reasons for it"
    assert heads[N + "finding-lantern"] == "contrary to it"


def test_what_the_section_of_an_area_lacks_is_said_beside_the_judgement(store: ox.Store) -> None:
    graph = neighbourhood(N + "judgement-investigating", store=store)
    silent = "The report’s own section on this area states no shortcoming."
    assert to_tree(graph).splitlines()[1] == silent
    assert silent in to_svg(graph)


def test_types_keep_only_what_is_asked_for(store: ox.Store) -> None:
    graph = neighbourhood("Northmoor Police", store=store, types=["Finding", "figures"])
    assert {data["type"] for _, data in graph.nodes(data=True)} == {"force", "finding", "figure"}


def test_an_unknown_type_lists_the_known(store: ox.Store) -> None:
    with pytest.raises(Unknown, match='no type "findng"; did you mean "finding'):
        neighbourhood("Northmoor Police", store=store, types=["findng"])


@pytest.mark.parametrize(("option", "value"), [("depth", 0), ("depth", 4), ("limit", 1)])
def test_an_option_out_of_range_is_refused(store: ox.Store, option: str, value: int) -> None:
    with pytest.raises(CannotUnderstand, match=f"{option} {value}"):
        neighbourhood("MARAC", store=store, **{option: value})  # type: ignore[arg-type]


# --- limits ----------------------------------------------------------------------------------------------


def test_a_hub_shows_some_and_counts_all() -> None:
    graph = neighbourhood("Hub", store=hub(63))
    branch = next(b for b in graph.nodes["urn:a"]["branches"] if b["heading"] == "shortcomings")
    assert (branch["shown"], branch["of"]) == (9, 63)
    assert (graph.nodes["urn:a"]["shown"], graph.nodes["urn:a"]["of"]) == (10, 64)


def test_more_than_can_be_looked_at_is_said_to_be_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.asking.things.loaded_triples.HUB", 50)
    graph = neighbourhood("Hub", store=hub(63))
    branch = next(b for b in graph.nodes["urn:a"]["branches"] if b["heading"] == "shortcomings")
    assert (branch["of"], branch["cut"]) == (50, True)
    assert "shortcomings · 9 of over 50" in to_svg(graph)


@pytest.mark.parametrize("limit", [2, 7, 60])
@pytest.mark.parametrize("depth", [1, 2, 3])
def test_the_limit_holds_at_every_depth(limit: int, depth: int) -> None:
    graph = neighbourhood("Operation Hub", store=hub(200), depth=depth, limit=limit)
    assert len(graph) <= limit


def test_a_greater_limit_shows_more() -> None:
    assert len(neighbourhood("Hub", store=hub(100), limit=120)) > len(neighbourhood("Hub", store=hub(100)))


# --- nodes and edges -------------------------------------------------------------------------------------


def test_a_statement_leads_to_its_words(store: ox.Store) -> None:
    node = neighbourhood("Investigating crime", store=store).nodes[N + "finding-slow"]
    assert (node["start"], node["end"]) == (160, 214)
    assert node["quote"] == "The force doesn’t always investigate <promptly> & well"
    assert node["report_title"] == "PEEL: Northmoor Police"
    assert node["label"] == "Doesn’t always investigate <promptly> & well"


def test_direct_edges_name_their_property(store: ox.Store) -> None:
    graph = neighbourhood("MARAC", store=store)
    edge = graph.edges[N + "finding-slow", MARAC, KG.mentions]
    assert (edge["predicate"], edge["label"], edge["derived"]) == ("kg:mentions", "mentions", False)


def test_company_is_derived_and_counted(store: ox.Store) -> None:
    graph = neighbourhood("MARAC", store=store)
    (edge,) = graph.get_edge_data(MARAC, LANTERN).values()
    assert edge["derived"] and edge["weight"] == 1 and edge["predicate"] == ""


def test_a_report_does_not_count_its_own_force_as_company(store: ox.Store) -> None:
    assert FORCE not in neighbourhood("MARAC", store=store)


def test_statements_about_several_forces_say_whom_they_are_about(store: ox.Store) -> None:
    graph = neighbourhood("Investigating crime", store=store)
    assert graph.nodes[E + "finding-good"]["about"] == "Eastfell Constabulary"


def test_the_same_data_gives_the_same_graph(store: ox.Store) -> None:
    again = ox.Store()
    again.extend(sorted(store, key=str, reverse=True))
    for name in ("Northmoor Police", "MARAC"):
        first, second = (neighbourhood(name, store=s, depth=2) for s in (store, again))
        assert list(first.nodes(data=True)) == list(second.nodes(data=True))
        assert list(first.edges(keys=True, data=True)) == list(second.edges(keys=True, data=True))


def test_an_endpoint_gives_the_same_graph_as_the_store(store: ox.Store) -> None:
    asked: list[str] = []

    def select(query: str) -> Iterator[tuple[object, ...]]:
        asked.append(query)
        solutions = store.query(query)
        assert isinstance(solutions, ox.QuerySolutions)
        return (tuple(solution[i] for i in range(3)) for solution in solutions)

    far = neighbourhood("MARAC", store=endpoint_triples(select), depth=2)
    near = neighbourhood("MARAC", store=store, depth=2)
    assert list(far.nodes(data=True)) == list(near.nodes(data=True))
    assert len(asked) < 150


def test_files_can_be_asked() -> None:
    assert LANTERN in neighbourhood("MARAC", data=[FIXTURE])


def test_every_kind_has_its_own_look() -> None:
    assert all(kind.fill != kind.edge for kind in KINDS.values())
    assert kinds_named(["boxes"]) >= kinds_named(["recommendations"])
