"""Every saved query against known answers on a small graph, on two engines."""

from __future__ import annotations

import json
import re
import warnings
from decimal import Decimal
from typing import Any

import pyoxigraph as ox
import pytest
from samples import TESTS

from kg.asking.analysis import wilson_interval
from kg.asking.results import write
from kg.asking.sparql import ask_store, asker, load_data, query
from kg.asking.sparql.library import GROUPS, KINDS, parse_saved, saved_queries, saved_query
from kg.asking.sparql.parameters import bindings_for, with_values
from kg.asking.sparql.remarks import unnamed, unsurely_dated
from kg.model.errors import CannotUnderstand, Unknown
from kg.model.iris import slug
from kg.model.vocab import KG

SMALL = TESTS / "data" / "small.trig"
KNOWN = TESTS / "data" / "answers"
NAMES = sorted(saved.name for saved in saved_queries())
NEW = "https://kg.example/report/northmoor-2023-25"
OLD = "https://kg.example/report/northmoor-2021-22"
EAST = "https://kg.example/report/eastvale-2023-25"
MARAC = "https://kg.example/id/body/multi-agency-risk-assessment-conference"
NORTHMOOR, EASTVALE = "Northmoor Police", "Eastvale Constabulary"
RESPONDING, INVESTIGATING = "Responding to the public", "Investigating crime"
SLOW = "The force doesn’t answer emergency calls quickly enough"
SUPERVISION = "Investigations are poorly supervised"
LANTERN = "Operation Lantern and the multi-agency risk assessment conference (MARAC) protect victims"
CONCERN = "serious concerns about how well Northmoor Police investigates crime"
PRACTICE = "Call takers listen in with a partner agency at MARACs"
QUICK = "The constabulary answers emergency calls quickly"
CAUSE = "Northmoor Police doesn’t supervise investigations well enough"
PEEL = "PEEL 2023–2025"

CONTRACT = {
    "grades": "force, framework, area, grade, report",
    "findings": "force, area, heading, polarity, report, start, end",
    "concerns": "force, area, text, report, start, end",
    "boxes": "force, kind, area, text, due, report, start, end",
    "needs": "force, area, text, report, start, end",
    "figures": "force, area, measure, value, unit, base, periodBegin, periodEnd, population, attribution, "
    "text, report, start, end",
    "entities": "label, name, entity, mentions, reports",
    "entity-findings": "entity, force, area, heading, polarity",
    "findings-by-concern": "force, concern, area, heading, polarity",
    "operations": "operation, force, area, heading",
    "evidence": "force, area, heading, passage, report, start, end",
    "co-mentions": "name, label, passages",
    "self-reported": "force, measure, value, unit, text",
    "case-reviews": "force, area, measure, numerator, denominator, share, low, high",
    "trends": "force, measure, earlier, later, change, direction",
}


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return load_data([SMALL])


@pytest.fixture(scope="module")
def rdflib_dataset(store: ox.Store) -> Any:
    rdflib = pytest.importorskip("rdflib")
    dataset = rdflib.Dataset(default_union=True)
    quads = ox.serialize(store, format=ox.RdfFormat.N_QUADS)
    dataset.parse(data=quads, format="nquads")
    return dataset


@pytest.fixture
def answer(store: ox.Store) -> Any:
    """Rows of a saved query, with texts for dates and decimals."""

    def rows(name: str, **params: object) -> list[tuple[object, ...]]:
        return [tuple(map(_plain, row)) for row in query(name, store=store, params=params)]

    return rows


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, (str, int, bool)) else str(value)


def _columns(name: str, text: str) -> tuple[str, ...]:
    return ask_store(ox.Store(), text).columns


@pytest.mark.parametrize("name", sorted(CONTRACT))
def test_a_promised_query_has_the_promised_columns_first(name: str) -> None:
    promised = CONTRACT[name].split(", ")
    assert list(saved_query(name).columns[: len(promised)]) == promised


@pytest.mark.parametrize("name", NAMES)
def test_the_head_of_a_query_says_what_the_query_does(name: str) -> None:
    saved = saved_query(name)
    assert saved.purpose.endswith((".", "?"))
    assert _columns(name, saved.text) == saved.columns
    assert set(saved.derived) <= set(saved.columns)
    for parameter in saved.inputs:
        assert parameter.kind in KINDS
        assert re.search(rf"# (VALUES \?{parameter.variable}\n|WITH \?{parameter.variable}: )", saved.text)
        assert len(re.findall(rf"\?{parameter.variable}\b", saved.text)) > 2


@pytest.mark.parametrize("name", NAMES)
def test_a_query_declares_its_prefixes_orders_its_rows_and_calls_no_function_of_one_engine(name: str) -> None:
    text = saved_query(name).text
    body = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    assert "ORDER BY" in body
    declared = set(re.findall(r"PREFIX (\w+):", body))
    used = set(re.findall(r"(?<![\w?$<])([a-z]+):[A-Za-z]", re.sub(r"<[^>\s]*>|\"[^\"]*\"", "", body)))
    assert used == declared


def test_there_are_at_least_thirty_queries() -> None:
    assert len(NAMES) >= 30


@pytest.mark.parametrize("name", NAMES)
def test_two_engines_give_the_same_rows_in_the_same_order(
    name: str, store: ox.Store, rdflib_dataset: Any
) -> None:
    text = saved_query(name).text
    here = [tuple(map(_comparable, row)) for row in ask_store(store, text).terms]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        there = [tuple(map(_comparable, row)) for row in rdflib_dataset.query(text)]
    assert here == there


def _comparable(term: Any) -> object:
    if term is None:
        return None
    text = term.value if isinstance(term, (ox.NamedNode, ox.Literal)) else str(term)
    datatype = getattr(term, "datatype", None)
    kind = getattr(datatype, "value", None) or str(datatype or "")
    return Decimal(text).normalize() if kind.endswith(("#decimal", "#integer")) else text


def _about(topic: str, force: str, area: str, heading: str, polarity: str, report: str) -> tuple[object, ...]:
    """A row of findings-by-topic: every finding of the data names its topic in its heading."""
    finding = f"{report}/finding-{slug(heading)}"
    return (topic, force, area, heading, polarity, "heading", "0.5", heading, finding, report)


@pytest.mark.parametrize("name", NAMES)
def test_a_query_gives_the_known_answer(name: str, store: ox.Store) -> None:
    assert answer_of(name, store) == (KNOWN / f"{name}.csv").read_bytes()


def answer_of(name: str, store: ox.Store) -> bytes:
    """All rows of a query as CSV; running this file renews the known ones: read what changed."""
    return write(query(name, store=store), "csv").replace(b"\r\n", b"\n")


def test_every_known_answer_is_that_of_a_query() -> None:
    assert sorted(path.stem for path in KNOWN.glob("*.csv")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_query_says_to_which_group_of_questions_it_belongs_and_asks_one(name: str) -> None:
    saved = saved_query(name)
    assert saved.group in GROUPS
    assert "?" in saved.purpose
    assert saved.needs in ("", *saved.parameters)


STATEMENT = ("statement", "quote", "reportTitle")
NO_STATEMENTS = {
    "coverage",
    "frameworks",
    "reports",
    "sources",
    "areas-without-findings",
    "entity-review",
    "topics",
}
"""Those whose rows are no statements, nor counts of them: they are on reports, or how these were read."""


@pytest.mark.parametrize("name", sorted(set(NAMES) - NO_STATEMENTS - {"compare-areas"}))
def test_each_row_leads_to_its_words(name: str, store: ox.Store) -> None:
    found = query(name, store=store)
    assert set(STATEMENT) <= set(found.columns)
    for row in found.dicts():
        if name in ("balance", "findings-by-concern") and row["statement"] is None:
            continue  # an area without a judgement, a concern without a finding
        assert row["statement"] and row["reportTitle"], row
        assert row["quote"] or name == "notices", row


FILTERS = ("force", "report", "area", "from", "to")


@pytest.mark.parametrize("name", [n for n in NAMES if {"statement", "start"} <= set(saved_query(n).columns)])
def test_a_query_of_statements_has_the_filters_of_all(name: str) -> None:
    saved = saved_query(name)
    wanted = set(FILTERS) - (set() if "area" in saved.columns else {"area"})
    wanted -= set() if "force" in saved.columns else {"force"}
    assert wanted <= set(saved.parameters)


def test_reports_say_whose_and_when(answer: Any) -> None:
    assert answer("reports")[2] == (
        NORTHMOOR, "inspection-report", PEEL, "2023-12-22", None, "HMICFRS",
        "PEEL 2023–2025: An inspection of Northmoor Police", "northmoor-2023-25", NEW,
    )  # fmt: skip


def test_problems_stand_beside_strengths_and_practices_of_other_forces(answer: Any, store: ox.Store) -> None:
    columns = ("topic", "force", "problem", "practiceForce", "practice", "kind")
    found = query("problem-to-practice", store=store, params={"force": NORTHMOOR}).dicts()
    rows = [tuple(row[column] for column in columns) for row in found]
    assert rows == [
        (
            "call handling",
            NORTHMOOR,
            "Call handlers need more training",
            EASTVALE,
            PRACTICE,
            "innovative-practice",
        ),
        ("call handling", NORTHMOOR, "Call handlers need more training", EASTVALE, QUICK, "strength"),
        ("call handling", NORTHMOOR, SLOW, EASTVALE, QUICK, "strength"),
    ]
    assert answer("problem-to-practice", force=EASTVALE) == []


# --- parameters --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "entity",
    [
        "MARAC",
        "multi-agency risk assessment conference",
        MARAC,
        f"<{MARAC}>",
        "body:multi-agency-risk-assessment-conference",
    ],
)
def test_an_entity_is_given_by_alias_name_iri_or_short_iri(answer: Any, entity: str) -> None:
    assert [row[:5] for row in answer("entity-findings", entity=entity)] == [
        (MARAC, NORTHMOOR, INVESTIGATING, LANTERN, "positive")
    ]


def test_co_mentions_of_a_thing(answer: Any) -> None:
    assert [row[:3] for row in answer("co-mentions", entity="MARAC")] == [
        ("Operation Lantern", "OPERATION", 2),
        ("call handling", "TOPIC", 1),
    ]


def test_a_topic_brings_passages_that_mention_it_under_another_name(answer: Any) -> None:
    passages = [row[3] for row in answer("evidence", topic="call handling")]
    assert len(passages) == 5
    assert sum("call handling" in passage for passage in passages) == 1


def test_a_topic_may_be_words_of_the_passages(answer: Any) -> None:
    rows = answer("evidence", topic="Partner Agency")
    assert [row[3] for row in rows] == [PRACTICE]


def test_a_topic_may_be_an_iri(answer: Any) -> None:
    rows = answer("evidence", topic="topic:supervision")
    assert [(row[1], row[2]) for row in rows] == [(INVESTIGATING, SUPERVISION)]


BY_FORCE = [q.name for q in saved_queries() if "force" in q.parameters and q.columns[0] == "force"]
OVER_REPORTS = {"co-mentions", "entities", "measures", "topics"}
"""Those whose rows count over reports; the report that they give is that of an example."""
BY_REPORT = [
    q.name
    for q in saved_queries()
    if "report" in q.parameters and "report" in q.columns and q.name not in OVER_REPORTS
]


@pytest.mark.parametrize("name", BY_FORCE)
def test_the_parameter_force_keeps_the_rows_of_one_force(name: str, answer: Any) -> None:
    everything = answer(name)
    assert answer(name, force="northmoor police") == [row for row in everything if row[0] == NORTHMOOR]


@pytest.mark.parametrize("name", BY_REPORT)
def test_the_parameter_report_keeps_the_rows_of_one_report(name: str, answer: Any) -> None:
    place = saved_query(name).columns.index("report")
    everything = answer(name)
    assert answer(name, report="northmoor-2023-25") == [row for row in everything if row[place] == NEW]


def test_the_calendar_can_be_cut_at_a_day(answer: Any) -> None:
    assert answer("duty-calendar", until="2024-03-30") == []
    assert len(answer("duty-calendar", since="2024-03-31", until="2024-03-31")) == 1


@pytest.mark.parametrize(
    ("name", "params", "count"),
    [
        ("findings", {"polarity": "positive"}, 2),
        ("boxes", {"kind": "recommendation"}, 1),
        ("figures", {"unit": "GBP"}, 2),
        ("figures", {"kind": "change"}, 2),
        ("figures", {"attribution": "survey"}, 2),
        ("entities", {"label": "UNIT"}, 2),
        ("mentions", {"entity": "Operation Lantern"}, 2),
        ("mentions", {"label": "BODY"}, 4),
        ("notices", {"code": "number"}, 1),
        ("comparators", {"comparedPopulation": "england-and-wales"}, 1),
        ("comparators", {"comparedPopulation": "other-force"}, 0),
        ("compare-areas", {"force": NORTHMOOR, "other": EASTVALE}, 1),
        ("compare-areas", {"force": NORTHMOOR, "other": NORTHMOOR}, 0),
        ("findings-by-topic", {"topic": "call handling"}, 3),
        ("problem-to-practice", {"topic": "supervision of investigations"}, 0),
        ("measure-across-forces", {"measure": "emergency calls answered in ten seconds"}, 4),
        ("provenance", {"statement": NEW + "/judgement-responding"}, 1),
    ],
)
def test_a_parameter_selects(name: str, params: dict[str, str], count: int, answer: Any) -> None:
    assert len(answer(name, **params)) == count


def test_grades_of_different_cycles_are_never_set_side_by_side(answer: Any) -> None:
    assert all(row[0] == PEEL for row in answer("compare-areas"))
    assert [row[6] for row in answer("compare-areas", force=NORTHMOOR)] == [EASTVALE]


def test_an_unknown_parameter_is_named_with_the_known_ones(answer: Any) -> None:
    with pytest.raises(Unknown, match=r'no parameter "forc".*"force"'):
        answer("grades", forc="x")


def test_a_name_that_nothing_has_is_an_error_that_proposes_names(answer: Any) -> None:
    with pytest.raises(Unknown, match="Northmoor Police"):
        answer("grades", force="Northmore Police")


@pytest.mark.parametrize(
    ("name", "parameter", "value", "proposed"),
    [
        ("figures", "unit", "pounds", "GBP"),
        ("figures", "attribution", "forces", 'did you mean "force"'),
        ("findings", "polarity", "bad", "negative"),
        ("boxes", "kind", "recommendations", 'did you mean "recommendation"'),
        ("comparators", "population", "england", "england-and-wales"),
        ("entities", "label", "UNITS", 'did you mean "UNIT"'),
        ("mentions", "label", "thing", "OPERATION"),
    ],
)
def test_a_value_outside_a_closed_list_is_an_error_with_the_list(
    name: str, parameter: str, value: str, proposed: str, answer: Any
) -> None:
    with pytest.raises(Unknown, match=f'no {parameter} "{value}".*{proposed}'):
        answer(name, **{parameter: value})


def test_a_value_of_a_closed_list_may_be_in_any_case(answer: Any) -> None:
    assert answer("figures", unit="gbp") == answer("figures", unit="GBP") != []


def test_a_head_with_a_wrong_parameter_line_is_refused() -> None:
    with pytest.raises(CannotUnderstand, match="mine, line 1"):
        parse_saved("mine", "# param x (thing): what\nASK {}")


# --- arithmetic --------------------------------------------------------------------------------------


def test_the_interval_of_the_query_is_wilsons_to_four_digits() -> None:
    sizes = (1, 2, 7, 16, 60, 343, 1105, 21542, 688000000)
    pairs = [(k, n) for n in sizes for k in sorted({0, 1, n // 2, n})]
    whole = saved_query("case-reviews").text
    end = whole.index("AS ?high)") + len("AS ?high)")
    arithmetic = whole[whole.index("  BIND(IF(?part") : end]
    values = " ".join(f"({k}.0 {n}.0)" for k, n in pairs)
    columns = "?part ?whole ?share ?low ?high"
    text = f"SELECT {columns} {{ VALUES (?part ?whole) {{ %s }}\n%s }}"
    rows = ask_store(ox.Store(), text % (values, arithmetic)).rows
    assert len(rows) == len(pairs)
    for numerator, denominator, share, low, high in rows:
        expected = wilson_interval(int(numerator), int(denominator))  # type: ignore[arg-type]
        assert abs(float(low) - expected[0]) <= 0.00006  # type: ignore[arg-type]
        assert abs(float(high) - expected[1]) <= 0.00006  # type: ignore[arg-type]
        assert abs(float(share) - float(numerator) / float(denominator)) <= 0.00006  # type: ignore[arg-type]


def test_queries_use_only_terms_of_the_vocabulary() -> None:
    for saved in saved_queries():
        body = re.sub(r"#.*|\"[^\"]*\"", "", re.sub(r"<[^>\s]*>", "", saved.text))
        for term in re.findall(r"\bkg:(\w+)", body):
            assert term in (KG.names or ()), f"{saved.name}: kg:{term}"


# --- what a later letter says ------------------------------------------------------------------------

EVENTS = """
@prefix kg: <https://kg.example/ontology#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix x: <https://x.example/> .
x:report a kg:Report .
x:cause a kg:CauseOfConcern ; kg:report x:report ; kg:statement "Files are late" ;
  kg:due "2024-03-31"^^xsd:date ; kg:status "open" .
x:advice a kg:Recommendation ; kg:report x:report ; kg:statement "File in time" ; kg:number "1" ;
  kg:partOf x:cause ; kg:due "2024-03-31"^^xsd:date .
x:first a kg:StatusEvent ; kg:about x:cause ; kg:status "open" ; dct:date "2024-06-01"^^xsd:date .
x:second a kg:StatusEvent ; kg:about x:cause ; kg:status "closed" ; dct:date "2025-01-15"^^xsd:date .
x:third a kg:StatusEvent ; kg:about x:advice ; kg:status "closed" ; dct:date "2024-06-01"^^xsd:date .
x:fourth a kg:StatusEvent ; kg:about x:advice ; kg:status "open" ; dct:date "2024-06-01"^^xsd:date .
"""


@pytest.mark.parametrize(
    ("name", "statuses"),
    [
        ("concerns-and-causes", {"Files are late": "closed"}),
        ("recommendations", {"File in time": "open"}),
        ("duty-calendar", {"File in time": "open"}),
    ],
)
def test_the_status_is_the_one_that_the_latest_letter_says(name: str, statuses: dict[str, str]) -> None:
    store = ox.Store()
    store.load(EVENTS, format=ox.RdfFormat.TURTLE)
    rows = query(name, store=store).dicts()
    assert {row["text"]: row["status"] for row in rows} == statuses
    assert len(rows) == len(statuses)
    rdflib = pytest.importorskip("rdflib")
    there = rdflib.Graph().parse(data=EVENTS, format="turtle").query(saved_query(name).text)
    assert {str(row.text): str(row.status) for row in there} == statuses


# --- partners ----------------------------------------------------------------------------------------

BODIES = """
@prefix kg: <https://kg.example/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix x: <https://x.example/> .
x:report a kg:Report ; kg:inspectedBody x:force .
x:board skos:prefLabel "talent board" ; kg:ownedBy x:force .
x:joint skos:prefLabel "Safer Streets Partnership" ; kg:ownedBy x:force .
x:group skos:prefLabel "independent advisory group" .
x:mention-board a kg:Mention ; kg:label "BODY" ; kg:refersTo x:board ; kg:report x:report .
x:mention-joint a kg:Mention ; kg:label "BODY" ; kg:refersTo x:joint ; kg:report x:report .
x:mention-group a kg:Mention ; kg:label "BODY" ; kg:refersTo x:group ; kg:report x:report .
"""


def test_the_boards_of_a_force_are_no_partners_unless_they_are_partnerships() -> None:
    store = ox.Store()
    store.load(BODIES, format=ox.RdfFormat.TURTLE)
    names = [row["name"] for row in query("organisations", store=store).dicts()]
    assert names == ["Safer Streets Partnership", "independent advisory group"]
    rdflib = pytest.importorskip("rdflib")
    there = rdflib.Graph().parse(data=BODIES, format="turtle").query(saved_query("organisations").text)
    assert [str(row.name) for row in there] == names


# --- small worlds: what a query must and must not say ------------------------------------------------

PREFIXED = """
@prefix kg: <https://kg.example/ontology#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix x: <https://x.example/> .
"""


def _asked(turtle: str, name: str, *columns: str, **params: object) -> list[tuple[object, ...]]:
    """These columns of a saved query on a graph; rdflib gives the same rows as the store does."""
    rdflib = pytest.importorskip("rdflib")
    small = ox.Store()
    small.load(PREFIXED + turtle, format=ox.RdfFormat.TURTLE)
    found = query(name, store=small, params=params).dicts()
    if not params:
        graph = rdflib.Graph().parse(data=PREFIXED + turtle, format="turtle")
        assert len(list(graph.query(saved_query(name).text))) == len(found)
    return [tuple(_plain(row[column]) for column in columns) for row in found]


GRADED = """
x:old a kg:Report ; dct:identifier "old" ; dct:issued "2019-05-01"^^xsd:date .
x:new a kg:Report ; dct:identifier "new" ; dct:issued "2021-05-01"^^xsd:date .
x:some a kg:Report ; dct:identifier "some" ; kg:inspectionBegin "2020-03-02"^^xsd:date .
x:other a kg:Report ; dct:identifier "other" .
x:good skos:prefLabel "Good" ; skos:inScheme x:scheme ; kg:rank 2 .
x:poor skos:prefLabel "Inadequate" ; skos:inScheme x:scheme ; kg:rank 4 .
x:area skos:prefLabel "Help" .
x:body skos:prefLabel "Northmoor Council" .
x:j1 a kg:Judgement ; kg:inspectedBody x:body ; kg:area x:area ; kg:grade x:poor ; kg:report x:old .
x:j2 a kg:Judgement ; kg:inspectedBody x:body ; kg:area x:area ; kg:grade x:good ; kg:report x:new .
x:j3 a kg:Judgement ; kg:inspectedBody x:body ; kg:area x:area ; kg:grade x:good ; kg:report x:some .
x:j4 a kg:Judgement ; kg:inspectedBody x:body ; kg:area x:area ; kg:grade x:poor ; kg:report x:other .
"""


def test_grades_are_in_the_order_of_inspections_and_those_of_unknown_date_stand_apart() -> None:
    columns = ("published", "earlierPublished", "earlierInspected", "change", "inspected", "statement")
    assert _asked(GRADED, "grade-history", *columns) == [
        ("2019-05-01", None, None, "first in this dataset", None, "https://x.example/j1"),
        (None, "2019-05-01", None, "better", "2020-03-02", "https://x.example/j3"),
        ("2021-05-01", None, "2020-03-02", "same", None, "https://x.example/j2"),
        (None, None, None, "date unknown", None, "https://x.example/j4"),
    ]


def test_no_order_is_claimed_of_a_month_and_a_day_in_it() -> None:
    """Two reports of March 2024, of which one states the day, and one of 2026 behind them."""
    of = "a kg:Judgement ; kg:inspectedBody x:body ; kg:area x:area"
    day = f"""
x:month a kg:Report ; dct:identifier "month" ; dct:issued "2024-03"^^xsd:gYearMonth .
x:day a kg:Report ; dct:identifier "day" ; dct:issued "2024-03-05"^^xsd:date .
x:last a kg:Report ; dct:identifier "last" ; dct:issued "2026-01"^^xsd:gYearMonth .
x:j5 {of} ; kg:grade x:poor ; kg:report x:month .
x:j6 {of} ; kg:grade x:good ; kg:report x:day .
x:j7 {of} ; kg:grade x:good ; kg:report x:last .
"""
    columns = ("published", "earlierGrade", "change")
    assert _asked(GRADED + day, "grade-history", *columns)[2:-1] == [
        ("2021-05-01", "Good", "same"),
        ("2024-03", None, "order unknown"),
        ("2024-03-05", None, "order unknown"),
        ("2026-01", None, "order unknown"),
    ]
    one = day.replace("x:j6", "# x:j6")
    assert _asked(GRADED + one, "grade-history", *columns)[2:-1] == [
        ("2021-05-01", "Good", "same"),
        ("2024-03", "Good", "worse"),
        ("2026-01", "Inadequate", "better"),
    ]


MONTHS = """
x:day a kg:Report ; dct:identifier "day" ; dct:issued "2024-03-05"^^xsd:date .
x:month a kg:Report ; dct:identifier "month" ; dct:issued "2024-03"^^xsd:gYearMonth .
x:next a kg:Report ; dct:identifier "next" ; dct:issued "2024-04-01"^^xsd:date .
x:none a kg:Report ; dct:identifier "none" .
x:good skos:prefLabel "Good" ; skos:inScheme x:scheme ; kg:rank 2 .
x:area skos:prefLabel "Help" .
x:body skos:prefLabel "Northmoor Council" .
x:team skos:prefLabel "pilot team" ; kg:ownedBy x:body .
""" + "".join(
    f"x:j-{each} a kg:Judgement ; kg:inspectedBody x:body ; kg:area x:area ; kg:grade x:good .\n"
    f"x:j-{each} kg:report x:{each} . x:{each} kg:inspectedBody x:body .\n"
    f'x:m-{each} a kg:Mention ; kg:label "UNIT" ; kg:refersTo x:team ; kg:report x:{each} .\n'
    for each in ("day", "month", "next", "none")
)


@pytest.mark.parametrize(
    ("span", "kept"),
    [
        ({"from": "2024-03-05"}, {"day", "month", "next"}),
        ({"from": "2024-03-06"}, {"month", "next"}),
        ({"from": "2024-03"}, {"day", "month", "next"}),
        ({"from": "2024-04"}, {"next"}),
        ({"to": "2024-03-04"}, {"month"}),
        ({"to": "2024-03"}, {"day", "month"}),
        ({"to": "2024-02-29"}, set()),
        ({"from": "2024", "to": "2024"}, {"day", "month", "next"}),
        ({"from": "2025"}, set()),
    ],
)  # fmt: skip
def test_a_month_of_publication_is_in_each_span_that_has_a_day_of_it(
    span: dict[str, str], kept: set[str]
) -> None:
    ends = {f"https://x.example/{each}" for each in kept}
    assert {row[0] for row in _asked(MONTHS, "grades", "report", **span)} == ends
    counted = _asked(MONTHS, "units-by-force", "mentions", **span)
    assert counted == ([(len(kept),)] if kept else [])
    # The store and rdflib answer the same with values too.
    rdflib = pytest.importorskip("rdflib")
    graph = rdflib.Graph().parse(data=PREFIXED + MONTHS, format="turtle")
    saved = saved_query("grades")
    text = with_values(saved.text, bindings_for(saved, span, asker(store=ox.Store())))
    assert {str(row.report) for row in graph.query(text)} == ends


def test_what_a_span_of_publication_leaves_out_or_may_have_too_much_is_told() -> None:
    small = ox.Store()
    small.load(PREFIXED + MONTHS, format=ox.RdfFormat.TURTLE)
    ask = asker(store=small)
    undated = "left out, as no date of publication is known: none"
    partly = "published in a month or year of which a part is outside of what is asked for: month"
    grades = saved_query("grades")
    assert unsurely_dated(grades, {"from": "2024-03-05"}, ask) == [undated, partly]
    assert unsurely_dated(grades, {"from": "2024-03-01", "to": "2024"}, ask) == [undated]
    assert unsurely_dated(grades, {"to": "2024-03-30", "report": "month"}, ask) == [partly]
    assert unsurely_dated(grades, {"report": "none"}, ask) == []


def test_where_the_earlier_inspection_is_not_at_hand_the_grade_that_the_report_states_of_it_is_shown() -> (
    None
):
    told = """
x:e1 a kg:EarlierGrade ; kg:inspectedBody x:body ; kg:area x:area ; kg:gradeBefore x:good ; kg:report x:old ;
  kg:gradedIn "2016" .
x:e2 a kg:EarlierGrade ; kg:inspectedBody x:body ; kg:area x:area ; kg:gradeBefore x:good ; kg:report x:new .
"""
    columns = ("earlierGrade", "earlierKnown", "earlierYear", "change", "earlierStatement", "statement")
    assert _asked(GRADED + told, "grade-history", *columns)[::2] == [
        (
            "Good",
            "stated by the later report",
            "2016",
            "worse",
            "https://x.example/e1",
            "https://x.example/j1",
        ),
        ("Good", "its judgement", "2020", "same", "https://x.example/j3", "https://x.example/j2"),
    ]


CYCLES = """
x:f1 dct:title "First cycle" . x:f2 dct:title "Second cycle" . x:f3 dct:title "Third cycle" .
x:r1 a kg:Report ; dct:identifier "r1" ; kg:framework x:f1 ; dct:issued "2015-03-20"^^xsd:date .
x:r3 a kg:Report ; dct:identifier "r3" ; kg:framework x:f3 ; dct:issued "2024-05-15"^^xsd:date .
x:good skos:prefLabel "Good" ; skos:inScheme x:scheme ; kg:rank 2 .
x:poor skos:prefLabel "Inadequate" ; skos:inScheme x:scheme ; kg:rank 4 .
x:help1 skos:prefLabel "Help" . x:leavers1 skos:prefLabel "Care leavers" . x:care1 skos:prefLabel "Care" .
x:help2 skos:prefLabel "Help" ; skos:closeMatch x:help1 . x:care2 skos:closeMatch x:care1 , x:leavers1 .
x:help3 skos:prefLabel "Helped early" ; skos:closeMatch x:help2 .
x:leavers3 skos:prefLabel "Leaving care" ; skos:closeMatch x:care2 , x:leavers1 .
x:body skos:prefLabel "Northmoor Council" .
x:h1 a kg:Judgement ; kg:inspectedBody x:body ; kg:area x:help1 ; kg:grade x:poor ; kg:report x:r1 .
x:z1 a kg:Judgement ; kg:inspectedBody x:body ; kg:area x:care1 ; kg:grade x:good ; kg:report x:r1 .
x:l1 a kg:Judgement ; kg:inspectedBody x:body ; kg:area x:leavers1 ; kg:grade x:poor ; kg:report x:r1 .
x:h3 a kg:Judgement ; kg:inspectedBody x:body ; kg:area x:help3 ; kg:grade x:good ; kg:report x:r3 .
x:l3 a kg:Judgement ; kg:inspectedBody x:body ; kg:area x:leavers3 ; kg:grade x:good ; kg:report x:r3 .
"""


def test_a_history_goes_on_over_a_cycle_in_between_and_compares_no_grades_of_two_frameworks() -> None:
    """Of the areas that a later one follows, the nearest is taken."""
    columns = ("statement", "earlierGrade", "earlierArea", "change")
    assert [row for row in _asked(CYCLES, "grade-history", *columns) if row[1]] == [
        ("https://x.example/h3", "Inadequate", "Help", "other framework"),
        ("https://x.example/l3", "Inadequate", "Care leavers", "other framework"),
    ]
    same = CYCLES.replace("kg:framework x:f3", "kg:framework x:f1")
    assert {row[3] for row in _asked(same, "grade-history", *columns) if row[1]} == {"better"}


def test_a_grade_that_is_carried_over_is_not_given_twice() -> None:
    carried = """
x:e2 a kg:EarlierGrade ; kg:inspectedBody x:body ; kg:area x:area ; kg:gradeBefore x:good ; kg:report x:new ;
  kg:gradedIn "2017" ; kg:stands true .
x:j2 kg:carriedOver true ; kg:gradedIn "2017" .
"""
    columns = ("statement", "change", "gradedIn")
    rows = {row[0]: row[1:] for row in _asked(GRADED + carried, "grade-history", *columns)}
    assert rows["https://x.example/j2"] == ("carried over", "2017")
    assert rows["https://x.example/j3"] == ("better", None)
    told = {
        row[0]: row[1:] for row in _asked(GRADED + carried, "grades", "statement", "carriedOver", "gradedIn")
    }
    assert told["https://x.example/j2"] == (True, "2017")
    assert told["https://x.example/j3"] == (None, None)


def test_a_title_that_does_not_name_the_body_has_it_in_brackets() -> None:
    titled = """
x:r1 a kg:Report ; dct:identifier "r1" ; dct:title "PEEL 2023–25" ; kg:inspectedBody x:force .
x:r2 a kg:Report ; dct:identifier "r2" ; dct:title "An inspection of Calder Police" .
x:r2 kg:inspectedBody x:force .
x:r3 a kg:Report ; dct:identifier "r3" ; dct:title "All forces" .
x:force skos:prefLabel "Calder Police" .
x:c1 a kg:Coverage ; kg:report x:r1 ; kg:what "boxes" ; kg:captured 0 ; kg:outOf 0 .
x:c2 a kg:Coverage ; kg:report x:r2 ; kg:what "boxes" ; kg:captured 1 ; kg:outOf 2 .
x:c3 a kg:Coverage ; kg:report x:r3 ; kg:what "numbers ruled out" ; kg:captured 1 ; kg:outOf 2 .
"""
    assert _asked(titled, "coverage", "reportTitle", "share")[:3] == [
        ("PEEL 2023–25 [Calder Police]", None),
        ("An inspection of Calder Police", "0.5"),
        ("All forces", "0.5"),
    ]
    assert _asked(titled, "coverage", "remark")[0] == ("none in the report",)
    assert ("PEEL 2023–25",) in _asked(titled, "reports", "title")


TWINS = """
x:measure a kg:Measure ; skos:prefLabel "vehicle crime" .
x:topic a kg:Topic ; skos:prefLabel "vehicle crime" .
x:figure a kg:Figure ; kg:measure x:measure ; kg:report x:r ; kg:value 3 ; kg:unit "count" ;
  kg:population "england-and-wales" .
x:r a kg:Report ; dct:identifier "r" ; kg:inspectedBody x:force . x:force skos:prefLabel "Calder Police" .
"""


def test_a_parameter_for_a_measure_takes_the_measure_of_a_name_that_a_topic_has_too() -> None:
    """And the figure of a country that stands in a report is not its force's."""
    of = {"measure": "vehicle crime"}
    (row,) = _asked(TWINS, "measure-across-forces", "measure", "whose", "force", **of)
    assert row == ("vehicle crime", "England and Wales", "Calder Police")
    assert len(_asked(TWINS, "figures", "statement", topic="vehicle crime")) == 0
    with pytest.raises(Unknown, match='no measure "Calder Police"'):
        _asked(TWINS, "measure-across-forces", "measure", measure="Calder Police")


def test_a_topic_that_there_is_not_is_told() -> None:
    small = ox.Store()
    small.load(PREFIXED + TWINS, format=ox.RdfFormat.TURTLE)
    ask = asker(store=small)
    evidence = saved_query("evidence")
    (line,) = unnamed(evidence, {"topic": "xyzzy"}, ask)
    assert line.startswith('no entity "xyzzy"')
    assert line.endswith("nor are there passages with these words")
    assert unnamed(evidence, {"topic": "vehicle crime"}, ask) == []


def test_reports_of_unknown_date_come_last_and_say_when_the_inspection_was() -> None:
    assert _asked(GRADED, "reports", "id", "published", "inspected") == [
        ("old", "2019-05-01", None),
        ("new", "2021-05-01", None),
        ("other", None, None),
        ("some", None, "2020-03-02"),
    ]


def test_the_remark_on_an_area_without_findings_is_that_none_was_read() -> None:
    finding = "x:f a kg:Finding ; kg:report x:new ; kg:inspectedBody x:body ; kg:area x:area ;"
    finding += " kg:polarity kg:Negative ."
    rows = _asked(GRADED + finding, "balance", "grade", "negative", "remark")
    assert sorted(rows) == [
        ("Good", 0, "no finding read"),
        ("Good", 1, "no finding in the section of this area is positive"),
        ("Inadequate", 0, "no finding read"),
        ("Inadequate", 0, "no finding read"),
    ]


def _findings(report: str, positive: int, negative: int) -> str:
    """Findings of the area in a report."""
    of = f"a kg:Finding ; kg:report x:{report} ; kg:inspectedBody x:body ; kg:area x:area ; kg:polarity"
    polarities = ["kg:Positive"] * positive + ["kg:Negative"] * negative
    return "".join(f"x:{report}-f{at} {of} {polarity} .\n" for at, polarity in enumerate(polarities))


def test_the_remark_on_a_grade_that_the_count_of_findings_speaks_against_says_so() -> None:
    """The third of five grades is neither good nor bad: it follows from any count."""
    middle = 'x:middle a kg:Grade ; skos:prefLabel "Adequate" ; skos:inScheme x:five ; kg:rank 3 .\n'
    middle += "x:lowest skos:inScheme x:five ; kg:rank 5 .\n"
    graded = GRADED.replace("kg:grade x:poor ; kg:report x:other", "kg:grade x:middle ; kg:report x:other")
    found = (
        _findings("old", 3, 1) + _findings("new", 1, 2) + _findings("some", 2, 1) + _findings("other", 2, 1)
    )
    rows = _asked(graded + middle + found, "balance", "grade", "positive", "negative", "remark")
    against = "more findings are"
    assert sorted(rows, key=str) == [
        ("Adequate", 2, 1, None),
        ("Good", 1, 2, f"{against} negative than positive: ask for the reasons"),
        ("Good", 2, 1, None),
        ("Inadequate", 3, 1, f"{against} positive than negative: ask for the reasons"),
    ]


OWN_OF_A_KIND = """
x:report a kg:Report ; dct:identifier "r" .
x:marac a kg:Kind ; skos:prefLabel "MARAC" .
x:marac-a skos:prefLabel "MARAC" ; kg:kind x:marac ; kg:ofBody x:a .
x:marac-b skos:prefLabel "MARACs" ; kg:kind x:marac ; kg:ofBody x:b .
x:panel skos:prefLabel "Risk Panel" .
x:year a kg:Period ; skos:prefLabel "2023" .
x:m1 a kg:Mention ; kg:label "BODY" ; kg:refersTo x:marac-a ; kg:report x:report .
x:m2 a kg:Mention ; kg:label "BODY" ; kg:refersTo x:marac-b ; kg:report x:report .
x:m3 a kg:Mention ; kg:label "BODY" ; kg:refersTo x:panel ; kg:report x:report ; kg:inPassage x:p .
x:p a kg:Passage ; kg:mentions x:marac-a , x:marac , x:panel , x:year ;
  kg:report x:report ; oa:hasSelector x:s .
x:s oa:exact "The MARAC met the Risk Panel in 2023." .
"""


def test_mentions_of_a_kind_are_those_of_the_things_of_the_kind() -> None:
    asked = {"entity": "https://x.example/marac"}
    assert _asked(OWN_OF_A_KIND, "mentions", "statement", **asked) == [
        ("https://x.example/m1",),
        ("https://x.example/m2",),
    ]
    one = {"entity": "https://x.example/marac-b"}
    assert _asked(OWN_OF_A_KIND, "mentions", "statement", **one) == [("https://x.example/m2",)]
    assert len(_asked(OWN_OF_A_KIND, "mentions", "statement")) == 3


def test_the_things_of_two_bodies_are_no_candidates_for_being_one() -> None:
    assert _asked(OWN_OF_A_KIND, "entity-review", "name") == []
    same = OWN_OF_A_KIND.replace("kg:ofBody x:b", "kg:ofBody x:a")
    assert _asked(same, "entity-review", "name", "otherName", "reason") == [("MARAC", "MARACs", "plural")]


@pytest.mark.parametrize("entity", ["marac", "marac-a"])
def test_a_thing_is_not_named_beside_itself_nor_beside_a_period(entity: str) -> None:
    asked = {"entity": f"https://x.example/{entity}"}
    assert _asked(OWN_OF_A_KIND, "co-mentions", "name", "label", **asked) == [("Risk Panel", "BODY")]


CHANGED = """
x:report a kg:Report ; dct:identifier "r" .
x:f1 a kg:Figure ; kg:report x:report ; kg:value "30"^^xsd:decimal ; kg:denominator "60"^^xsd:decimal ;
  kg:unit "count" ; kg:valueKind "share" ; kg:complement false .
x:f2 a kg:Figure ; kg:report x:report ; kg:value "45"^^xsd:decimal ; kg:denominator "50"^^xsd:decimal ;
  kg:unit "count" ; kg:valueKind "share" ; kg:complement false ;
  kg:changeFrom x:f1 ; kg:direction "increase" .
"""


def test_shares_of_different_wholes_are_compared_in_percent() -> None:
    columns = ("earlier", "later", "change", "changeUnit", "percentChange", "value", "unit")
    assert _asked(CHANGED, "trends", *columns) == [
        ("50", "90", "40", "percentage points", None, "45", "count")
    ]


SAID = """
x:report a kg:Report ; dct:identifier "r" .
x:need a kg:Need ; kg:report x:report ; kg:saidBy x:inspectorate ; kg:evidence x:s1 , x:s2 .
x:heading a kg:Need ; kg:report x:report ; kg:saidBy x:inspectorate ; kg:evidence x:s3 ;
  kg:isHeadingOf x:finding .
x:inspectorate skos:prefLabel "HMICFRS" .
x:s1 oa:hasSelector x:w1 . x:w1 oa:exact "It needs to train staff" .
x:s2 oa:hasSelector x:w2 . x:w2 oa:exact "and to supervise them" .
x:s3 oa:hasSelector x:w3 . x:w3 oa:exact "It needs to improve" .
"""


@pytest.mark.parametrize("name", ["statement-counts", "who-says-what"])
def test_statements_of_one_kind_are_counted_in_one_row_however_many_passages_each_has(name: str) -> None:
    """A need that is the heading of a finding is one too."""
    assert _asked(SAID, name, "kind", "statements") == [("Need", 2)]


GAPS = """
x:report a kg:Report ; dct:identifier "r" .
x:ours a kg:Figure ; kg:report x:report ; kg:value 30 ; kg:unit "percent" ; kg:valueKind "share" ;
  kg:population "inspected-force" ; kg:periodEnd "2024-03-31"^^xsd:date ; kg:comparedWith x:theirs .
x:theirs a kg:Figure ; kg:report x:report ; kg:value 34 ; kg:unit "percent" ; kg:valueKind "share" ;
  kg:population "england-and-wales" ; kg:periodEnd "2024-03-31"^^xsd:date ; kg:comparedWith x:past .
x:past a kg:Figure ; kg:report x:report ; kg:value 35 ; kg:unit "percent" ; kg:valueKind "share" ;
  kg:population "inspected-force" ; kg:periodEnd "2020-03-31"^^xsd:date .
x:above a kg:Figure ; kg:report x:report ; kg:value 195 ; kg:unit "duration" ; kg:valueKind "difference" ;
  kg:comparedWith x:average .
x:average a kg:Figure ; kg:report x:report ; kg:value 114 ; kg:unit "duration" ; kg:valueKind "difference" .
"""


def test_others_are_no_past_of_the_body_and_two_gaps_no_pair() -> None:
    assert _asked(GAPS, "comparators", "value", "comparator") == [(30, 34)]


COUNTRY = """
x:report a kg:Report ; dct:identifier "r" .
x:ours a kg:Figure ; kg:report x:report ; kg:value 30 ; kg:unit "percent" ; kg:valueKind "share" ;
  kg:population "inspected-force" ; kg:comparedWith x:national , x:england , x:london , x:gap .
x:national a kg:Figure ; kg:value 31 ; kg:unit "percent" ; kg:valueKind "share" ;
  kg:population "england-and-wales" .
x:england a kg:Figure ; kg:value 32 ; kg:unit "percent" ; kg:valueKind "share" ; kg:population "other" ;
  kg:populationWords x:s1 . x:s1 oa:hasSelector x:w1 . x:w1 oa:exact "across England" .
x:london a kg:Figure ; kg:value 33 ; kg:unit "percent" ; kg:valueKind "share" ; kg:population "other" ;
  kg:populationWords x:s2 . x:s2 oa:hasSelector x:w2 . x:w2 oa:exact "London average" .
x:gap a kg:Figure ; kg:value 4 ; kg:unit "percent" ; kg:valueKind "difference" ; kg:sign "+" ;
  kg:population "england-and-wales" .
"""


def test_one_parameter_gets_all_comparisons_with_the_country() -> None:
    columns = ("comparator", "comparedWith", "comparedPopulation")
    assert _asked(COUNTRY, "comparators", *columns) == [
        (31, "country", "england-and-wales"),
        (32, "country", "other"),
        (33, "others", "other"),
    ]
    assert _asked(COUNTRY, "comparators", "comparator", comparedWith="country") == [(31,), (32,)]


SPANS = """
x:report a kg:Report ; dct:identifier "r" .
x:now a kg:Figure ; kg:report x:report ; kg:value 17 ; kg:unit "count" ; kg:valueKind "level" ;
  kg:periodBegin "2023-08-31"^^xsd:date ; kg:periodEnd "2023-08-31"^^xsd:date ;
  kg:changeFrom x:year , x:month ; kg:direction "decrease" .
x:year a kg:Figure ; kg:value 55 ; kg:unit "count" ; kg:valueKind "level" ;
  kg:periodBegin "2022-04-01"^^xsd:date ; kg:periodEnd "2023-03-31"^^xsd:date .
x:month a kg:Figure ; kg:value 40 ; kg:unit "count" ; kg:valueKind "level" ;
  kg:periodBegin "2023-03-01"^^xsd:date ; kg:periodEnd "2023-03-31"^^xsd:date .
"""


def test_a_count_of_a_year_and_one_of_a_day_are_no_series() -> None:
    assert _asked(SPANS, "trends", "earlier", "later") == [(40, 17)]


MOVED = """
x:report a kg:Report ; dct:identifier "r" .
x:points a kg:Figure ; kg:report x:report ;
  kg:value 5 ; kg:unit "percent" ; kg:valueKind "change" ; kg:sign "+" ;
  kg:direction "increase" ; kg:measureText "change in trust" ; kg:valueText "5 percentage points" .
x:fall a kg:Figure ; kg:report x:report ;
  kg:value 4 ; kg:unit "percent" ; kg:valueKind "change" ; kg:sign "-" ;
  kg:direction "decrease" ; kg:measureText "fall in theft" ; kg:valueText "4 percent" .
x:level a kg:Figure ; kg:report x:report ; kg:value 15 ; kg:unit "count" ; kg:valueKind "level" .
"""


def test_a_movement_that_is_stated_is_a_row_without_its_two_values() -> None:
    columns = ("measure", "earlier", "later", "change", "changeUnit", "percentChange", "how")
    assert set(_asked(MOVED, "trends", *columns)) == {
        ("change in trust", None, None, 5, "percentage points", None, "stated"),
        ("fall in theft", None, None, -4, "percent", -4, "stated"),
    }


DUTIES = """
x:report a kg:Report ; dct:identifier "r" .
x:b1 a kg:Recommendation ; kg:report x:report ; kg:statement "File in time" ; kg:due "2024-03-31"^^xsd:date .
x:b2 a kg:Recommendation ; kg:report x:report ; kg:statement "Stop it" ; kg:dueText "with immediate effect" .
x:b3 a kg:Recommendation ; kg:report x:report ; kg:statement "Do more" .
x:issued a kg:Report ; dct:identifier "i" ; dct:issued "2024-02-01"^^xsd:date .
x:b4 a kg:Recommendation ; kg:report x:issued ; kg:statement "Act now" ; kg:dueText "immediately" ;
  kg:due "2024-02-01"^^xsd:date ; kg:dueDerived true .
"""


def test_the_calendar_ends_with_duties_whose_time_is_no_day() -> None:
    assert _asked(DUTIES, "duty-calendar", "due", "dueText", "text") == [
        ("2024-03-31", None, "File in time"),
        (None, "immediately", "Act now"),
        (None, "with immediate effect", "Stop it"),
    ]
    assert _asked(DUTIES, "duty-calendar", "text", since="2024-03-01") == [("File in time",)]


LETTER = (
    DUTIES
    + """
x:letter a kg:Report ; dct:identifier "l" ; dct:issued "2024-12-05"^^xsd:date .
x:event a kg:StatusEvent ; kg:about x:b1 ; kg:status "open" ; kg:due "2025-03-31"^^xsd:date ;
  dct:date "2024-12-05"^^xsd:date ; kg:report x:letter .
"""
)


@pytest.mark.parametrize(
    ("words", "modality"),
    [
        ("Visits need closer oversight", "need"),
        ("The force should, so that officers could rest, hire more", "should"),
        ("To improve, the force:\nmust train\nmay ask", "must"),
        ("By 31 May 2025, it needs to train", "need"),
        ("Work remains to be done", None),
    ],
)
def test_a_need_says_how_strongly_it_asks(words: str, modality: str | None) -> None:
    said = f"""x:r a kg:Report . x:n a kg:ImprovementNeed ; kg:report x:r ; kg:statement {json.dumps(words)} ;
      kg:inBox x:b . x:b kg:heading "Visits need closer oversight" ."""
    assert _asked(said, "needs", "modality", "isHeading") == [(modality, words.startswith("Visits"))]


def test_a_topic_has_the_findings_on_its_parts() -> None:
    said = """x:r a kg:Report ; dct:identifier "r" . x:f a kg:Finding .
      x:calls a kg:Topic ; skos:prefLabel "calls" . x:urgent a kg:Topic ; skos:prefLabel "urgent" ;
      skos:broader x:calls . x:p a kg:Passage ; kg:report x:r ; kg:mentions x:calls .
      x:a a kg:Aboutness ; dct:subject x:urgent ; kg:ofStatement x:f ; kg:polarity kg:Negative ;
      kg:report x:r ."""
    assert _asked(said, "topics", "topic", "partOf", "withParts", "findings") == [
        ("urgent", "calls", 1, 1),
        ("calls", None, 1, 0),
    ]


def test_a_duty_is_listed_once() -> None:
    """Not the cause of concern beside its recommendations, nor what a later report asks for again."""
    said = """
    x:old a kg:Report ; dct:identifier "old" . x:new a kg:Report ; dct:identifier "new" .
    x:cause a kg:CauseOfConcern ; kg:report x:old ; kg:statement "Visits are late" ;
      kg:due "2024-06-30"^^xsd:date .
    x:part a kg:Recommendation ; kg:report x:old ; kg:statement "Visit" ; kg:partOf x:cause ;
      kg:due "2024-06-30"^^xsd:date .
    x:again a kg:Recommendation ; kg:report x:new ; kg:statement "Visit soon" ; kg:followsUp x:part ;
      kg:due "2025-01-31"^^xsd:date .
    x:other a kg:CauseOfConcern ; kg:report x:old ; kg:statement "Calls drop" ;
      kg:due "2024-05-31"^^xsd:date .
    """
    assert _asked(said, "duty-calendar", "due", "earlierDue", "text") == [
        ("2024-05-31", None, "Calls drop"),
        ("2025-01-31", "2024-06-30", "Visit soon"),
    ]


def test_the_day_that_a_letter_sets_replaces_the_one_of_the_report() -> None:
    moved = ("2025-03-31", "2024-03-31", "File in time", "open")
    assert moved in _asked(LETTER, "duty-calendar", "due", "earlierDue", "text", "status")
    assert moved in _asked(LETTER, "recommendations", "due", "earlierDue", "text", "status")
    assert _asked(LETTER, "duty-calendar", "text", until="2024-06-30") == [("Act now",)]


def test_at_once_is_no_day_in_any_list_of_duties() -> None:
    assert ("Act now", None, "immediately") in _asked(DUTIES, "recommendations", "text", "due", "dueText")
    assert ("Act now", None, "immediately") in _asked(DUTIES, "boxes", "text", "due", "dueText")


SHARES = """
x:report a kg:Report ; dct:identifier "r" .
x:supervision skos:prefLabel "effective supervision" .
x:done a kg:Figure ; kg:report x:report ; kg:measure x:supervision ; kg:value 60 ; kg:unit "count" ;
  kg:numerator 60 ; kg:denominator 80 .
x:not a kg:Figure ; kg:report x:report ; kg:measure x:supervision ; kg:value 9 ; kg:unit "count" ;
  kg:numerator 9 ; kg:denominator 16 ; kg:complement true .
x:rate a kg:Figure ; kg:report x:report ; kg:measure x:supervision ; kg:value 41.5 ; kg:unit "percent" ;
  kg:valueKind "share" .
x:change a kg:Figure ; kg:report x:report ; kg:measure x:supervision ; kg:value 3 ; kg:unit "percent" ;
  kg:valueKind "change" ; kg:sign "+" .
"""


def test_a_measure_is_compared_by_shares_that_count_the_same() -> None:
    rows = dict(_asked(SHARES, "measure-across-forces", "statement", "share"))
    assert rows == {
        "https://x.example/done": "0.75",
        "https://x.example/not": "0.4375",
        "https://x.example/rate": "0.415",
        "https://x.example/change": None,
    }


NAMING = """
x:report a kg:Report ; dct:identifier "r" .
x:finding a kg:Finding ; kg:report x:report ; kg:heading "Risk is known" ; kg:polarity kg:Positive ;
  kg:evidence x:p1 ; kg:supportedBy x:p2 , x:p3 ; kg:mentions x:marac , x:unit .
x:p1 kg:mentions x:unit ; oa:hasSelector x:s1 . x:s1 oa:start 0 ; oa:end 13 ; oa:exact "Risk is known" .
x:p2 oa:hasSelector x:s2 . x:s2 oa:start 14 ; oa:end 24 ; oa:exact "All is well" .
x:p3 kg:mentions x:marac , x:unit ; oa:hasSelector x:s3 .
x:s3 oa:start 25 ; oa:end 40 ; oa:exact "MARACs meet" .
"""


def test_the_quotation_names_the_thing_that_was_asked_for() -> None:
    for entity, words in (("marac", "MARACs meet"), ("unit", "Risk is known")):
        found = _asked(NAMING, "entity-findings", "quote", entity=ox.NamedNode(f"https://x.example/{entity}"))
        assert found == [(words,)]


AREAS = """
x:framework dct:title "PEEL" .
x:area a kg:Area ; skos:inScheme x:framework ; skos:prefLabel "Help" .
x:report a kg:Report ; dct:identifier "r" ; kg:framework x:framework ; kg:reportKind "inspection-report" .
x:letter a kg:Report ; dct:identifier "l" ; kg:framework x:framework ; kg:reportKind "revisit-letter" .
x:k1 a kg:ReportKind ; skos:notation "inspection-report" ; kg:graded true .
x:k2 a kg:ReportKind ; skos:notation "revisit-letter" ; kg:graded false .
"""


def test_only_reports_of_kinds_that_grade_areas_have_areas_without_findings() -> None:
    assert _asked(AREAS, "areas-without-findings", "area", "report") == [("Help", "https://x.example/report")]


if __name__ == "__main__":
    for each in NAMES:
        (KNOWN / f"{each}.csv").write_bytes(answer_of(each, load_data([SMALL])))
