"""Records become quads."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product

import pyoxigraph as ox
import pytest
from made_report import (
    FORCE,
    LINES,
    TEXT,
    UNIT,
    YEAR,
    Framework,
    at,
    line,
    lines_as_blocks,
    made_extraction,
    made_report,
    mention,
)
from samples import ROOT, TESTS

from kg.graph.mapping.dataset import dataset_quads, summary_of
from kg.graph.mapping.report import BOX_CLASSES, to_quads
from kg.graph.mapping.report_graph import period_label
from kg.graph.store import export
from kg.graph.validation import validate
from kg.graph.writing.ntriples import to_nquads
from kg.graph.writing.turtle import to_turtle
from kg.model.iris import PREFIXES, prefixes_for
from kg.model.records import (
    EarlierGrade,
    Entity,
    Event,
    Extraction,
    Finding,
    Ground,
    Known,
    Reason,
    ReportBody,
)
from kg.model.terms import date_literal, decimal_literal
from kg.model.version import __version__
from kg.model.vocab import BASE, DCAT, DCT, KG, OA, ORG, PROV, RDF, SKOS, TIME, XSD

REPORT = BASE + "report/fenshire-2022"
GRAPH = BASE + "graph/fenshire-2022"


def mapped(extraction: Extraction | None = None, **options: object) -> ox.Store:
    store = ox.Store()
    framework = options.pop("framework", Framework())
    store.extend(to_quads(extraction or made_extraction(), framework, **options))  # type: ignore[arg-type]
    return store


def ask(store: ox.Store, query: str) -> list[tuple[str | None, ...]]:
    solutions = store.query(query, prefixes={**PREFIXES, "r": REPORT + "/"}, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    return [tuple(None if term is None else term.value for term in row) for row in solutions]


def values(store: ox.Store, subject: str, predicate: str) -> set[str]:
    found = store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None, None)
    return {quad.object.value for quad in found}


def only(store: ox.Store, cls: str) -> str:
    """The one subject of a class."""
    [found] = store.quads_for_pattern(None, ox.NamedNode(RDF.type), ox.NamedNode(cls), None)
    return str(found.subject.value)


# --- words -------------------------------------------------------------------------------------------


def test_one_pattern_reaches_the_exact_words_of_every_statement() -> None:
    rows = ask(
        mapped(),
        """SELECT ?class ?text ?start ?end WHERE {
            ?statement a ?class ; kg:evidence/oa:hasSelector ?sel . FILTER(STRSTARTS(STR(?class), STR(kg:)))
            ?sel oa:start ?start ; oa:end ?end ; oa:exact ?text }""",
    )
    assert all(TEXT[int(start or 0) : int(end or 0)] == text for _, text, start, end in rows)
    classes = {(row[0] or "").removeprefix(KG.iri) for row in rows}
    assert classes == {
        *("Section", "Judgement", "Finding", "ImprovementNeed", "StatedConcern", "CauseOfConcern"),
        *("Recommendation", "Mention", "Figure", "Notice"),
    }


def test_words_lead_to_the_source_file_and_its_hash() -> None:
    rows = ask(
        mapped(),
        """SELECT DISTINCT ?file ?sha WHERE {
            ?f a kg:Figure ; kg:evidence/oa:hasSource/prov:wasDerivedFrom ?source .
            ?source dct:title ?file ; kg:sha256 ?sha }""",
    )
    assert rows == [("fenshire.txt", made_report().source.sha256)]


def test_a_selector_has_the_words_around() -> None:
    rows = ask(mapped(), "SELECT ?b ?a { ?s oa:exact '15,590' ; oa:prefix ?b ; oa:suffix ?a }")
    assert rows == [(" a plan. Recorded crime fell to ", " from 21,542 in the year ending ")]


def test_statements_of_a_whole_passage_share_it() -> None:
    store = mapped()
    need = only(store, KG.ImprovementNeed)
    [evidence] = values(store, need, KG.evidence)
    assert values(store, evidence, RDF.type) == {KG.Passage, OA.SpecificResource}


def test_there_are_no_blank_nodes_and_all_is_in_one_graph() -> None:
    quads = to_quads(made_extraction(), Framework())
    assert {quad.graph_name.value for quad in quads} == {GRAPH}
    assert not [q for q in quads if ox.BlankNode in (type(q.subject), type(q.object))]
    assert len(set(quads)) == len(quads)


# --- names -------------------------------------------------------------------------------------------


def subjects(extraction: Extraction) -> set[str]:
    return {quad.subject.value for quad in to_quads(extraction, Framework())}


def test_an_edit_elsewhere_leaves_names_as_they_were() -> None:
    before = made_extraction(boxes=())
    added = "A new first line.\n"
    moved = replace(before, report=made_report(added + TEXT))
    names = {name for name in subjects(replace(moved, **_shifted(before, len(added)))) if "/span-" in name}
    assert names == {name for name in subjects(before) if "/span-" in name}


def _shifted(extraction: Extraction, by: int) -> dict[str, object]:
    def shift(record: object) -> object:
        moved = {
            f: getattr(record, f) + by
            for f in ("start", "end", "sentence_start", "sentence_end")
            if hasattr(record, f)
        }
        if isinstance(record, Finding):
            moved["passages"] = tuple((start + by, end + by) for start, end in record.passages)
        return replace(record, **moved)  # type: ignore[type-var]

    names = ("sections", "judgements", "findings", "needs", "concerns", "mentions", "figures", "warnings")
    return {name: tuple(map(shift, getattr(extraction, name))) for name in names}


def test_a_repeated_passage_is_numbered() -> None:
    passages = sorted(name for name in subjects(made_extraction()) if "/passage-" in name)
    repeated = [name for name in passages if name.endswith("-2")]
    assert len(passages) == len(LINES) and len(repeated) == 1
    assert repeated[0].removesuffix("-2") in passages


def test_names_within_a_report_are_flat() -> None:
    local = [
        name.removeprefix(REPORT + "/")
        for name in subjects(made_extraction())
        if name.startswith(REPORT + "/")
    ]
    assert local and not [name for name in local if "/" in name]


def test_findings_with_the_same_heading_are_kept_apart() -> None:
    first, second = made_extraction().findings
    twice = made_extraction(findings=(first, replace(second, heading=first.heading)), needs=())
    names = [name for name in subjects(twice) if "/finding-" in name]
    assert len(names) == 2


def test_the_same_reading_gives_the_same_bytes_in_every_process() -> None:
    code = "from made_report import *; from kg.graph.mapping.report import *; import sys;"
    code += "from kg.graph.writing.turtle import to_turtle;"
    code += "sys.stdout.buffer.write(to_turtle(to_quads(made_extraction(), Framework())))"
    outputs = set()
    for seed in ("1", "2", "3"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{ROOT}{os.pathsep}{TESTS / 'support'}"}
        outputs.add(
            subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True).stdout
        )
    assert len(outputs) == 1 and len(outputs.pop()) > 5000


def test_the_bytes_are_the_same_after_the_store() -> None:
    quads = to_quads(made_extraction(), Framework())
    store = ox.Store()
    store.extend(quads)
    assert export(store, "turtle", GRAPH) == to_turtle(quads, prefixes_for([GRAPH]))
    assert export(store, "nquads") == to_nquads(quads)


# --- statements --------------------------------------------------------------------------------------


def test_a_judgement_has_area_grade_body_and_speaker() -> None:
    store = mapped()
    judgement = only(store, KG.Judgement)
    assert judgement == REPORT + "/judgement-investigating-crime"
    assert values(store, judgement, KG.area) == {Framework().areas[0].iri}
    assert values(store, judgement, KG.grade) == {Framework().grades[0].iri}
    assert values(store, judgement, KG.inspectedBody) == {FORCE}
    assert values(store, judgement, KG.saidBy) == {Framework().publisher}


NEGATIVE = REPORT + "/finding-the-force-doesnt-always-supervise-investigations-well"
POSITIVE = REPORT + "/finding-the-rural-crime-team-knows-its-communities"


def test_a_finding_has_the_passages_figures_and_things_in_them() -> None:
    store = mapped()
    assert len(values(store, NEGATIVE, KG.supportedBy)) == 2
    assert len(values(store, NEGATIVE, KG.hasFigure)) == 3
    assert values(store, NEGATIVE, KG.mentions) == {UNIT, YEAR}
    assert values(store, POSITIVE, KG.mentions) == {UNIT}
    assert not values(store, POSITIVE, KG.hasFigure)


TO_BOTH = frozenset(product([("finding", 0), ("need", 0), ("box", 1)], [("concern", 0), ("box", 0)]))
"""The first finding and need and the second boxed item, each with a stated concern and a cause of concern."""


def test_a_shortcoming_is_related_to_the_concerns_that_it_is_on() -> None:
    store = mapped(related_concerns=TO_BOTH)
    expected = {only(store, KG.StatedConcern), only(store, KG.CauseOfConcern)}
    assert values(store, NEGATIVE, KG.relatedConcern) == expected
    assert not values(store, POSITIVE, KG.relatedConcern)


def test_every_statement_has_the_figures_things_and_passages_of_its_own_words() -> None:
    words = at("In 9 of 16 cases the rural crime team had a plan.")
    need = replace(made_extraction().needs[0], text="x", start=words[0], end=words[1])
    concern = replace(made_extraction().concerns[0], start=words[0], end=words[1])
    boxes = tuple(
        replace(made_extraction().boxes[0], kind=kind, start=words[0], end=words[1] - n)
        for n, kind in enumerate(BOX_CLASSES)
    )
    store = mapped(made_extraction(needs=(need,), concerns=(concern,), boxes=boxes))
    [figure] = values(store, only(store, KG.ImprovementNeed), KG.hasFigure)
    assert figure.endswith("-3-16")
    [passage] = values(store, figure, KG.inPassage)
    for cls in (KG.ImprovementNeed, KG.StatedConcern, *BOX_CLASSES.values()):
        statement = only(store, cls)
        assert values(store, statement, KG.mentions) == {UNIT}
        assert values(store, statement, KG.supportedBy) == {passage}
        assert values(store, statement, KG.hasFigure) == {figure}


def test_a_recommendation_has_the_things_of_its_lead_in_too() -> None:
    cause, recommendation = made_extraction().boxes
    boxes = (cause, replace(recommendation, lead_in=line(1)))
    store = mapped(made_extraction(boxes=boxes))
    assert values(store, only(store, KG.Recommendation), KG.mentions) == {FORCE}
    assert len(values(store, only(store, KG.Recommendation), KG.supportedBy)) == 2
    assert not values(store, only(store, KG.CauseOfConcern), KG.mentions)


def test_topics_belong_to_every_statement_that_names_them() -> None:
    topic = BASE + "id/topic/supervision"
    spans = (at("supervise investigations well"), at("supervise all investigations"), at("supervise", 3))
    store = mapped(topics=tuple((topic, span) for span in spans))
    named = {q.subject.value for q in store.quads_for_pattern(None, ox.NamedNode(KG.mentions), None, None)}
    asked, cause = only(store, KG.ImprovementNeed), only(store, KG.CauseOfConcern)
    found = {s for s in named if topic in values(store, s, KG.mentions) and "/passage-" not in s}
    assert found == {NEGATIVE, asked, cause}


@pytest.mark.parametrize(
    ("words", "things"),
    [
        (at("Fenshire Police"), {FORCE}),
        (at("Fenshire Police: an inspection"), set()),
        (at("well Fenshire Police"), set()),
        (at("investigations"), set()),
    ],
)
def test_an_addressee_is_the_thing_that_its_words_name_and_no_other(
    words: tuple[int, int], things: set[str]
) -> None:
    again = mention("Fenshire Police", "FORCE", FORCE, "Fenshire Police", nth=3)
    cause, recommendation = made_extraction().boxes
    asked = replace(recommendation, known=(Known("addressee", "stated", *words),))
    mentions = (*made_extraction().mentions, again)
    store = mapped(made_extraction(boxes=(cause, asked), mentions=mentions))
    box = only(store, KG.Recommendation)
    assert values(store, box, KG.addresseeText) == {TEXT[slice(*words)]}
    assert values(store, box, KG.addresseeKnown) == {"stated"}
    assert len(values(store, box, KG.addresseeWords)) == 1
    assert values(store, box, KG.addressee) == things


def test_how_an_area_is_known_is_said_of_statements_and_of_figures_in_them() -> None:
    first, second = made_extraction().findings
    known = (Known("area", "derived", *line(4)),)
    store = mapped(made_extraction(findings=(replace(first, known=known), second)))
    [words] = values(store, NEGATIVE, KG.areaWords)
    assert values(store, NEGATIVE, KG.areaKnown) == {"derived"}
    rows = ask(store, "SELECT ?words WHERE { ?f a kg:Figure ; kg:areaKnown 'derived' ; kg:areaWords ?words }")
    assert rows == [(words,)] * 3
    plain = mapped(made_extraction(findings=()))  # then the section that they stand in carries it
    assert ask(plain, "SELECT DISTINCT ?how WHERE { ?f a kg:Figure ; kg:areaKnown ?how }") == [("carried",)]


def test_a_boxed_item_and_a_concern_stand_in_a_finding_or_in_none() -> None:
    cause, recommendation = made_extraction().boxes
    inside = replace(cause, kind="promising-practice", start=line(6)[0], end=line(6)[1])
    concern = replace(made_extraction().concerns[0], start=line(8)[0], end=line(8)[1])
    store = mapped(made_extraction(boxes=(inside, recommendation), concerns=(concern,)))
    assert values(store, only(store, KG.PromisingPractice), KG.finding) == {NEGATIVE}
    assert values(store, only(store, KG.StatedConcern), KG.finding) == {POSITIVE}
    assert not values(store, only(store, KG.Recommendation), KG.finding)
    assert values(store, only(store, KG.Recommendation), KG.inSection) == {
        REPORT + "/section-investigating-crime"
    }


@pytest.mark.parametrize(("number", "kind"), [(11, KG.CauseOfConcern), (12, KG.Recommendation)])
def test_a_need_in_a_box_leads_to_the_box_and_to_the_concern(number: int, kind: str) -> None:
    need = replace(made_extraction().needs[0], start=line(number)[0], end=line(number)[1], finding=None)
    store = mapped(made_extraction(needs=(need,)), related_concerns=TO_BOTH)
    asked = only(store, KG.ImprovementNeed)
    assert values(store, asked, KG.inBox) == {only(store, kind)}
    assert values(store, asked, KG.concern) == {only(store, KG.CauseOfConcern)}
    # What it is in is not what it is only related to.
    assert values(store, asked, KG.relatedConcern) == {only(store, KG.StatedConcern)}
    assert not values(store, asked, KG.finding)


def test_a_need_below_a_box_is_in_none() -> None:
    need = replace(made_extraction().needs[0], start=line(13)[0], end=line(13)[1], finding=None)
    store = mapped(made_extraction(needs=(need,)))
    assert not values(store, only(store, KG.ImprovementNeed), KG.inBox)
    assert not values(store, only(store, KG.ImprovementNeed), KG.concern)


def test_what_is_asked_for_is_related_to_shortcomings_and_concerns() -> None:
    cause, recommendation = made_extraction().boxes
    asked = replace(recommendation, kind="area-for-improvement", parent=None)
    negative = [finding.polarity for finding in made_extraction().findings].index("negative")
    store = mapped(made_extraction(boxes=(cause, asked)), related=[(1, negative)], related_concerns=TO_BOTH)
    box = only(store, KG.AreaForImprovement)
    assert values(store, box, KG.relatedFinding) == {NEGATIVE}
    concerns = {only(store, KG.CauseOfConcern), only(store, KG.StatedConcern)}
    assert values(store, box, KG.relatedConcern) == concerns
    nowhere = mapped(made_extraction(boxes=(cause, replace(asked, area=None))))
    assert not values(nowhere, only(nowhere, KG.AreaForImprovement), KG.relatedConcern)
    assert not values(nowhere, only(nowhere, KG.AreaForImprovement), KG.relatedFinding)


def test_a_stated_concern_is_related_to_causes_of_concern_alone() -> None:
    concern = made_extraction().concerns[0]
    both = (concern, replace(concern, start=concern.start + 1))
    pairs = [(("concern", 0), ("box", 0)), (("concern", 0), ("concern", 1))]
    store = mapped(made_extraction(concerns=both), related_concerns=pairs)
    related = store.quads_for_pattern(None, ox.NamedNode(KG.relatedConcern), None, None)
    assert {quad.object.value for quad in related} == {only(store, KG.CauseOfConcern)}


def test_a_need_belongs_to_its_finding() -> None:
    store = mapped()
    assert values(store, only(store, KG.ImprovementNeed), KG.finding) == {NEGATIVE}


def test_a_need_that_is_the_heading_of_its_finding_says_so() -> None:
    need = made_extraction().needs[0]
    assert not values(mapped(), only(mapped(), KG.ImprovementNeed), KG.isHeadingOf)
    heading = made_extraction().findings[0]
    same = replace(need, text=heading.heading, start=heading.start, end=heading.end)
    store = mapped(replace(made_extraction(), needs=(same,)))
    assert values(store, only(store, KG.ImprovementNeed), KG.isHeadingOf) == {NEGATIVE}


def test_a_box_has_title_text_and_lead_in_apart_and_says_where_it_is_composed() -> None:
    cause, recommendation = made_extraction().boxes
    title, lead = "The force doesn’t supervise", (recommendation.start, recommendation.start + 16)
    boxes = (replace(cause, title=title, composed=True), replace(recommendation, lead_in=lead))
    store = mapped(replace(made_extraction(), boxes=boxes))
    found = only(store, KG.CauseOfConcern)
    assert values(store, found, KG.heading) == {title}
    assert values(store, found, KG.statement) == {cause.text}
    assert values(store, found, KG.composed) == {"true"}
    asked = only(store, KG.Recommendation)
    assert values(store, asked, KG.leadInText) == {TEXT[slice(*lead)]}
    assert not values(store, asked, KG.composed)


def test_a_recommendation_hangs_on_its_cause_and_has_its_date() -> None:
    store = mapped()
    recommendation = only(store, KG.Recommendation)
    assert values(store, recommendation, KG.partOf) == {only(store, KG.CauseOfConcern)}
    assert values(store, recommendation, KG.concern) == {only(store, KG.CauseOfConcern)}
    assert values(store, recommendation, KG.due) == {"2024-03-31"}
    assert values(store, recommendation, KG.dueText) == {"By 31 March 2024"}
    assert values(store, recommendation, KG.dueDerived) == {"false"}


def test_sections_hang_together_and_passages_stand_in_the_innermost() -> None:
    store = mapped()
    crime = REPORT + "/section-investigating-crime"
    assert values(store, crime, KG.inSection) == {REPORT + "/section-fenshire-police-an-inspection"}
    rows = ask(
        store, f"SELECT ?text {{ ?p kg:inSection <{crime}> ; oa:hasSelector/oa:exact ?text ; a kg:Passage }}"
    )
    assert len(rows) == len(LINES) - 1


def test_sections_of_the_same_title_carry_the_one_above() -> None:
    top, crime = made_extraction().sections
    start = TEXT.index(LINES[6])
    first = replace(crime, id="a", title="Main findings", level=3, start=crime.start + 20, end=start)
    other = replace(crime, id="b", title="Leadership", start=start)
    second = replace(first, id="c", start=start + 1, end=len(TEXT))
    crime = replace(crime, end=start)
    names = subjects(made_extraction(sections=(top, crime, first, other, second)))
    expected = {"section-investigating-crime--main-findings", "section-leadership--main-findings"}
    assert {f"{REPORT}/{name}" for name in expected} <= names


def test_a_passage_has_its_page_and_fragment() -> None:
    report = made_report(blocks=lines_as_blocks(TEXT))
    rows = ask(
        mapped(made_extraction(report=report)),
        "SELECT ?page { ?p kg:order 7 ; kg:page ?page ; kg:fragment 'main' }",
    )
    assert rows == [("2",)]


def test_a_polarity_that_the_guide_does_not_have_is_an_error() -> None:
    first, _ = made_extraction().findings
    with pytest.raises(KeyError, match="bad"):
        mapped(made_extraction(findings=(replace(first, polarity="bad"),)))


# --- figures and mentions ----------------------------------------------------------------------------


def figure(store: ox.Store, words: str) -> str:
    [(iri,)] = ask(store, f"SELECT ?f {{ ?f a kg:Figure ; kg:valueText '{words}' }}")
    return str(iri)


def test_a_figure_keeps_its_value_and_how_it_is_written() -> None:
    store = mapped()
    iri = figure(store, "15,590")
    assert values(store, iri, KG.value) == {"15590"}
    assert values(store, iri, KG.periodBegin) == {"2021-04-01"}
    assert values(store, iri, KG.period) == {YEAR}
    assert values(store, iri, KG.area) == {Framework().areas[0].iri}
    assert values(store, iri, KG.derived) == {"false"}


def test_what_is_not_stated_is_not_there() -> None:
    store = mapped()
    for predicate in (KG.population, KG.attribution, KG.period, KG.numerator, KG.direction):
        assert not values(store, figure(store, "21,542"), predicate)


def test_a_change_and_a_comparison_lead_to_the_other_figure() -> None:
    store = mapped()
    iri, other = figure(store, "15,590"), figure(store, "21,542")
    assert values(store, iri, KG.changeFrom) == values(store, iri, KG.comparedWith) == {other}
    assert values(store, iri, KG.baseValue) == values(store, iri, KG.comparatorValue) == {"21542"}


def test_a_comparison_leads_to_the_figure_it_names_and_not_to_another_of_the_same_value() -> None:
    first, second, third = made_extraction().figures
    same = replace(first, value=third.value, numerator=None, denominator=None)
    store = mapped(made_extraction(figures=(same, replace(second, compared_with=(0,)), third)))
    iri = figure(store, "15,590")
    assert values(store, iri, KG.changeFrom) == {figure(store, "21,542")}
    assert values(store, iri, KG.comparedWith) == {figure(store, "9 of 16 cases")}


def test_a_value_without_a_figure_is_kept_without_a_link() -> None:
    first, second, third = made_extraction().figures
    without = replace(second, base_value=Decimal("7.5"), change_from=None)
    store = mapped(made_extraction(figures=(first, without, third)))
    assert values(store, figure(store, "15,590"), KG.baseValue) == {"7.5"}
    assert not values(store, figure(store, "15,590"), KG.changeFrom)


def test_a_metric_refers_to_its_figure_and_other_mentions_to_their_thing() -> None:
    store = mapped()
    rows = ask(store, "SELECT ?label ?thing { ?m a kg:Mention ; kg:label ?label ; kg:refersTo ?thing }")
    assert ("METRIC", figure(store, "9 of 16 cases")) in rows
    assert rows.count(("UNIT", UNIT)) == 2


def test_new_things_are_described_and_known_ones_only_named() -> None:
    store = mapped()
    assert values(store, UNIT, RDF.type) == {KG.Unit, ORG.Organization, ORG.OrganizationalUnit}
    assert values(store, UNIT, SKOS.prefLabel) == {"rural crime team"}
    assert values(store, UNIT, SKOS.altLabel) == {"RCT"}
    assert values(store, UNIT, KG.ownedBy) == {FORCE}
    assert not values(store, FORCE, SKOS.prefLabel)


def test_a_unit_and_a_board_are_parts_of_their_body_for_clients_of_org() -> None:
    board = BASE + "id/body/fenshire--crime-board"
    both = (
        Entity(UNIT, "UNIT", "rural crime team", (), (FORCE,), "stated", FORCE),
        Entity(board, "BODY", "crime board", (), (FORCE,), "implied", FORCE),
    )
    store = mapped(made_extraction(entities=both))
    assert values(store, UNIT, ORG.unitOf) == {FORCE}
    assert values(store, board, ORG.subOrganizationOf) == {FORCE}
    assert not values(store, board, ORG.unitOf)


@pytest.mark.parametrize(
    ("kind", "body"),
    [("chief-constable", {FORCE}), ("police-and-crime-commissioner", set()), (None, {FORCE})],
)
def test_a_commissioner_has_no_post_in_the_force(kind: str | None, body: set[str]) -> None:
    office = BASE + "id/role/fenshire--office"
    of = None if kind is None else f"{BASE}id/role/{kind}"
    store = mapped(made_extraction(entities=(Entity(office, "ROLE", "office", body=FORCE, kind=of),)))
    assert values(store, office, ORG.postIn) == body


def test_a_period_is_an_interval_of_owl_time_between_two_moments() -> None:
    store = mapped()
    rows = ask(
        store,
        """SELECT ?p ?first ?last { ?p a time:ProperInterval ; time:hasBeginning/time:inXSDDate ?first ;
            time:hasEnd/time:inXSDDate ?last }""",
    )
    assert (YEAR, "2021-04-01", "2022-03-31") in rows
    assert values(store, YEAR, KG.periodBegin) == {"2021-04-01"}


def test_a_period_of_one_day_begins_and_ends_at_two_moments() -> None:
    one_day = BASE + "id/period/2022-03-31--2022-03-31"
    store = mapped(made_extraction(entities=(Entity(one_day, "PERIOD", "31 March 2022"),)))
    assert values(store, one_day, TIME.hasBeginning) != values(store, one_day, TIME.hasEnd)


def test_an_open_end_has_no_moment() -> None:
    until = BASE + "id/period/open--2022-03-31"
    store = mapped(made_extraction(entities=(Entity(until, "PERIOD", "until 31 March 2022"),)))
    assert not values(store, until, TIME.hasBeginning)
    assert len(values(store, until, TIME.hasEnd)) == 1


@pytest.mark.parametrize(
    ("population", "things"),
    [
        ("inspected-force", {FORCE}),
        ("england-and-wales", {BASE + "id/place/england", BASE + "id/place/wales"}),
        ("survey-respondents", set()),
        (None, set()),
    ],
)
def test_whom_a_figure_is_about_is_a_thing(population: str | None, things: set[str]) -> None:
    first = replace(made_extraction().figures[0], population=population)
    store = mapped(made_extraction(figures=(first,)))
    assert values(store, figure(store, "9 of 16 cases"), KG.populationEntity) == things
    assert values(store, figure(store, "9 of 16 cases"), KG.inspectedBody) == {FORCE}


def test_a_share_leads_to_the_figure_of_its_sample_and_to_its_words() -> None:
    first, second, third = made_extraction().figures
    known = Known("sample", "carried", second.start, second.end)
    share = replace(first, sample=1, known=(known,))
    store = mapped(made_extraction(figures=(share, second, third)))
    of = figure(store, "9 of 16 cases")
    assert values(store, of, KG.sample) == {figure(store, second.text)}
    assert values(store, of, KG.sampleKnown) == {"carried"}
    assert len(values(store, of, KG.sampleWords)) == 1


def test_a_period_has_the_same_name_in_every_report() -> None:
    store = mapped()
    assert values(store, YEAR, SKOS.prefLabel) == {"1 April 2021 to 31 March 2022"}
    assert values(store, YEAR, SKOS.altLabel) == {"year ending 31 March 2022"}
    assert values(store, YEAR, KG.periodEnd) == {"2022-03-31"}


@pytest.mark.parametrize(
    ("begin", "end", "words"),
    [
        ("2022-03-31", "2022-03-31", "31 March 2022"),
        ("2022-03-31", None, "from 31 March 2022"),
        (None, None, "open period"),
    ],
)
def test_periods_in_words(begin: str | None, end: str | None, words: str) -> None:
    assert period_label(begin, end) == words


def test_another_base_moves_what_is_minted_and_leaves_what_is_known() -> None:
    store = mapped(base="https://data.example/")
    things = {row[0] for row in ask(store, "SELECT ?t { ?m kg:refersTo ?t }")}
    assert "https://data.example/id/unit/fenshire--rural-crime-team" in things
    assert FORCE in things
    assert not [q for q in store if q.subject.value.startswith(BASE + "report/")]


def test_topics_are_mentioned_by_passages_and_findings() -> None:
    topic = BASE + "id/topic/supervision"
    start = TEXT.index("supervise all")
    store = mapped(topics=[(topic, (start, start + 9))])
    assert topic in values(store, NEGATIVE, KG.mentions)
    rows = ask(
        store, f"SELECT ?text {{ ?p a kg:Passage ; kg:mentions <{topic}> ; oa:hasSelector/oa:exact ?text }}"
    )
    assert rows == [(LINES[5],)]


# --- the report and where it is from -----------------------------------------------------------------


def test_a_report_says_what_it_is_and_what_the_catalogue_gave() -> None:
    store = mapped()
    assert values(store, REPORT, DCT.title) == {LINES[0]}
    assert values(store, REPORT, KG.framework) == {Framework().iri}
    assert values(store, REPORT, KG.fromCatalogue) == {"published"}
    assert values(store, REPORT, DCT.publisher) == {BASE + "id/organisation/office-of-inspection"}


@pytest.mark.parametrize(
    ("stated", "publisher"),
    [
        ("The College of Policing", "college-of-policing"),
        ("Board of Example Audits", "board-of-example-audits"),
    ],
)
def test_the_publisher_of_the_catalogue_goes_before_that_of_the_framework(
    stated: str, publisher: str
) -> None:
    """It says who says the statements, too."""
    store = mapped(made_extraction(report=made_report(publisher=stated, given=("publisher",))))
    iri = f"{BASE}id/organisation/{publisher}"
    assert values(store, REPORT, DCT.publisher) == {iri}
    assert values(store, only(store, KG.Judgement), KG.saidBy) == {iri}


def test_without_a_framework_areas_and_grades_are_made_and_described() -> None:
    store = mapped(framework=None)
    area = BASE + "id/area/investigating-crime"
    assert values(store, only(store, KG.Judgement), KG.area) == {area}
    assert values(store, area, SKOS.prefLabel) == {"Investigating crime"}
    assert values(store, BASE + "id/grade/requires-improvement", SKOS.notation) == {"requires-improvement"}


def test_a_body_that_has_only_a_name_is_made_and_described() -> None:
    report = made_report(force=None, force_name="Fen Council")
    store = mapped(made_extraction(report=report))
    assert values(store, REPORT, KG.inspectedBody) == {BASE + "id/force/fen-council"}
    assert values(store, BASE + "id/force/fen-council", SKOS.prefLabel) == {"Fen Council"}


def test_a_report_of_which_nothing_is_known_is_a_graph() -> None:
    unknown = dict.fromkeys(
        ("title", "kind", "force", "force_name", "framework", "publisher", "published", "inspector")
    )
    store = mapped(Extraction(made_report("", **unknown)), framework=None)
    assert values(store, REPORT, RDF.type) == {KG.Report, DCAT.Resource, PROV.Entity}


def test_every_statement_leads_to_the_reading_that_it_came_from() -> None:
    rows = ask(
        mapped(),
        """SELECT ?class ?version { ?s kg:report ?r ; a ?class FILTER(STRSTARTS(STR(?class), STR(kg:)))
            OPTIONAL { ?s prov:wasGeneratedBy/prov:wasAssociatedWith/schema:softwareVersion ?version } }""",
    )
    without = {(cls or "").removeprefix(KG.iri) for cls, version in rows if version != __version__}
    assert without == {"Passage", "ReportText", "Coverage"}  # no statements


def test_provenance_names_version_and_source() -> None:
    rows = ask(
        mapped(),
        """SELECT ?agent ?used WHERE { graph:fenshire-2022 prov:wasGeneratedBy ?reading .
            ?reading prov:wasAssociatedWith/skos:prefLabel ?agent .
            ?reading prov:used/(skos:prefLabel|dct:title) ?used }""",
    )
    assert sorted(used or "" for _, used in rows) == ["fenshire.txt"]
    assert {agent for agent, _ in rows} == {"inspection-findings-kg 0.1.0"}


def test_notices_and_coverage_are_in_the_graph() -> None:
    store = mapped()
    assert values(store, only(store, KG.Notice), KG.message) == {"a line was not understood"}
    assert values(store, only(store, KG.Coverage), KG.outOf) == {"4"}


def described(graphs: Mapping[str, Sequence[ox.Quad]]) -> list[ox.Quad]:
    """The description of these graphs, of which one is a report's."""
    others = {iri: summary_of(quads) for iri, quads in graphs.items() if iri != GRAPH}
    return dataset_quads([(GRAPH, summary_of(graphs[GRAPH]))], others)


def test_the_dataset_describes_itself() -> None:
    graphs = {GRAPH: to_quads(made_extraction(), Framework()), BASE + "graph/ontology": []}
    store = ox.Store()
    store.extend(described(graphs))
    assert {quad.graph_name.value for quad in store} == {BASE + "graph/dataset"}
    dataset = BASE + "dataset"
    void = PREFIXES["void"]
    assert values(store, dataset, void + "triples") == {str(len(graphs[GRAPH]))}
    assert values(store, dataset + "/class-Figure", void + "entities") == {"3"}
    rows = ask(
        store, "SELECT ?sha { <https://kg.example/dataset> prov:wasGeneratedBy/prov:used/kg:sha256 ?sha }"
    )
    assert rows == [(made_report().source.sha256,)]


def test_the_description_of_a_dataset_does_not_depend_on_order() -> None:
    quads = to_quads(made_extraction(), Framework())
    one = described({GRAPH: quads, BASE + "graph/a": []})
    two = described({BASE + "graph/a": [], GRAPH: quads[::-1]})
    assert one == two


def test_a_part_of_a_report_that_other_graphs_speak_of_is_one_subject() -> None:
    quads = to_quads(made_extraction(), Framework())
    links = BASE + "graph/links"
    finding = next(quad for quad in quads if str(quad.object) == f"<{KG.Finding}>")
    graphs = {
        GRAPH: quads,
        links: [finding, ox.Quad(finding.subject, finding.predicate, ox.NamedNode(KG.Link))],
    }
    subjects, classes = {quad.subject for quad in quads}, PREFIXES["void"] + "entities"
    store = ox.Store()
    store.extend(described(graphs))
    dataset = BASE + "dataset"
    assert values(store, dataset, PREFIXES["void"] + "distinctSubjects") == {str(len(subjects))}
    alone = ox.Store()
    alone.extend(described({GRAPH: quads}))
    assert values(store, dataset + "/class-Finding", classes) == values(
        alone, dataset + "/class-Finding", classes
    )
    assert values(store, dataset + "/class-Link", classes) == {"1"}


# --- terms -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("16.0", "16"),
        ("1E+3", "1000"),
        ("-0.0", "0"),
        ("0.50", "0.5"),
        ("100", "100"),
        ("-3.40", "-3.4"),
        ("1E-7", "0.0000001"),
    ],
)
def test_decimals_have_the_form_that_the_store_keeps(value: str, written: str) -> None:
    literal = decimal_literal(Decimal(value))
    assert literal is not None and literal.value == written
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode(BASE), ox.NamedNode(KG.value), literal))
    assert next(iter(store)).object == literal


@pytest.mark.parametrize(
    ("date", "datatype"),
    [
        ("2023-04-01", "date"),
        ("2023-04", "gYearMonth"),
        ("2023", "gYear"),
        ("2023-13-01", "string"),
        ("soon", "string"),
    ],
)
def test_dates_get_the_type_that_they_are(date: str, datatype: str) -> None:
    literal = date_literal(date)
    assert literal is not None and literal.datatype.value.endswith("#" + datatype)


def test_a_person_who_is_known_keeps_the_name() -> None:
    ann = Entity(BASE + "id/person/ann-example", "PERSON", "Ann Example", known=True)
    store = mapped(made_extraction(entities=(*made_extraction().entities, ann)))
    assert values(store, REPORT, KG.inspector) == {ann.iri}
    assert not values(store, ann.iri, SKOS.prefLabel)


def test_facts_about_a_report_lead_to_their_words_and_say_where_they_are_in_doubt() -> None:
    extraction = made_extraction()
    grounds = (Ground("force", ((0, 8),), 0.6), Ground("framework", ((0, 4), (6, 8))), Ground("title", ()))
    found = mapped(replace(extraction, report=replace(extraction.report, grounds=grounds)))
    asked = """SELECT ?field ?confidence ?words {
      ?r a kg:Recognition ; kg:field ?field . OPTIONAL { ?r kg:confidence ?confidence }
      OPTIONAL { ?r kg:evidence/oa:hasSelector/oa:exact ?words } } ORDER BY ?field ?words"""
    text = extraction.report.text
    assert ask(found, asked) == [
        ("force", "0.6", text[0:8]),
        *(("framework", None, words) for words in sorted((text[0:4], text[6:8]))),
        ("title", None, None),
    ]


def test_a_page_about_several_bodies_deals_with_each_and_inspects_none() -> None:
    extraction = made_extraction()
    bodies = tuple(ReportBody(f"{BASE}id/force/{name}", name, "one-of-several") for name in ("kent", "essex"))
    report = replace(extraction.report, force=None, force_name=None, bodies=bodies)
    found = mapped(replace(extraction, report=report))
    assert values(found, REPORT, KG.dealsWith) == {body.iri for body in bodies}
    assert values(found, REPORT, KG.inspectedBody) == set()
    assert not [v for v in validate(list(found)) if v.severity == "violation" and v.focus == REPORT]


def test_a_month_of_publication_keeps_its_precision() -> None:
    extraction = made_extraction()
    found = mapped(replace(extraction, report=replace(extraction.report, published="2018-05")))
    (issued,) = found.quads_for_pattern(ox.NamedNode(REPORT), ox.NamedNode(DCT.issued), None, None)
    assert issued.object == ox.Literal("2018-05", datatype=ox.NamedNode(XSD.gYearMonth))
    assert "dct:issued" not in str(validate(list(found)))


# --- reasons for grades ----------------------------------------------------------------------------------


def reason(bearing: str, *words: int, kind: str = "finding", index: int = 0) -> Reason:
    spans = tuple(line(number) for number in words)
    sign = {"supports": "negative", "contrary": "positive"}.get(bearing, "mixed")
    return Reason(0, kind, index, "section", bearing, sign, Decimal("0.52"), spans)


def bearing_of(*reasons: Reason) -> dict[str, set[str]]:
    """The statements that the judgement is linked with, by their local names."""
    graph = mapped(reasons=reasons)
    links = {"supports": KG.supportingReason, "contrary": KG.contraryReason, "mixed": KG.mixedReason}
    return {
        way: {
            quad.object.value.rpartition("/")[2]
            for quad in graph.quads_for_pattern(None, ox.NamedNode(p), None)
        }
        for way, p in links.items()
    }


def test_a_reason_leads_from_the_judgement_to_the_statement_and_its_words() -> None:
    rows = ask(
        mapped(reasons=[reason("supports", 4)]),
        """SELECT ?words ?basis ?weight ?derived WHERE {
          ?reason a kg:Reason ; kg:reasonFor ?judgement ; kg:ofStatement ?finding ; kg:basis ?basis ;
            kg:weight ?weight ; kg:derived ?derived ; kg:reasonWords/oa:hasSelector/oa:exact ?words .
          ?judgement a kg:Judgement ; kg:supportingReason ?finding . }""",
    )
    assert rows == [(LINES[3], "section", "0.52", "true")]


def test_a_statement_that_bears_both_ways_is_a_mixed_reason() -> None:
    found = bearing_of(reason("supports", 4), reason("contrary", 3), reason("contrary", 6, index=1))
    assert {way: len(names) for way, names in found.items()} == {"supports": 0, "contrary": 1, "mixed": 1}


def test_what_a_section_lacks_is_said_of_its_judgement_and_nothing_of_others() -> None:
    (quad,) = mapped(lacks={0: "shortcoming"}).quads_for_pattern(None, ox.NamedNode(KG.sectionLacks), None)
    assert quad.object == ox.Literal("shortcoming")
    assert not list(mapped(lacks={0: ""}).quads_for_pattern(None, ox.NamedNode(KG.sectionLacks), None))


def test_reasons_conform_to_their_shapes() -> None:
    quads = to_quads(made_extraction(), Framework(), reasons=[reason("mixed", 4)], lacks={0: "strength"})
    assert [v for v in validate(quads) if "/reason-" in v.focus or "lack" in v.message] == []
    wrong = replace(reason("mixed", 4), bearing="somehow")
    quads = to_quads(made_extraction(), Framework(), reasons=[wrong], lacks={0: "nothing"})
    found = {v.message for v in validate(quads)}
    assert "A reason supports a grade, is contrary to it, or both." in found
    assert (
        "What the section of an area may lack is a shortcoming, a strength, or the section itself." in found
    )


def test_what_mentions_one_of_a_kind_mentions_the_kind() -> None:
    kind = BASE + "id/unit/rural-crime-team"
    entities = tuple(replace(e, kind=kind) if e.iri == UNIT else e for e in made_extraction().entities)
    store = mapped(made_extraction(entities=entities))
    assert values(store, UNIT, KG.kind) == {kind}
    assert values(store, POSITIVE, KG.mentions) == {UNIT, kind}


def test_an_event_leads_to_its_words_and_its_time() -> None:
    verb, time = at("fell"), at("year ending 31 March 2022")
    event = Event("change", *line(5), verb, time, YEAR)
    store = mapped(events=[event])
    iri = only(store, KG.Event)
    assert values(store, iri, KG.eventKind) == {"change"}
    assert values(store, iri, TIME.hasTime) == {YEAR}
    assert UNIT in values(store, iri, KG.mentions)
    rows = ask(store, f"SELECT ?w {{ <{iri}> kg:eventWords/oa:hasSelector/oa:exact ?w }}")
    assert rows == [("fell",)]
    assert [v for v in validate(store) if v.focus == iri] == []


def test_the_grade_of_an_earlier_inspection_is_no_judgement() -> None:
    before = EarlierGrade("Investigating crime", "good", *line(5), "2019", stands=True)
    store = mapped(made_extraction(earlier_grades=(before,)))
    told = only(store, KG.EarlierGrade)
    assert values(store, told, KG.gradedIn) == {"2019"}
    assert values(store, told, KG.stands) == {"true"}
    assert values(store, told, KG.gradeBefore) != values(store, only(store, KG.Judgement), KG.grade)
    assert values(store, told, KG.area) == values(store, only(store, KG.Judgement), KG.area)
    assert not values(store, only(store, KG.Judgement), KG.carriedOver)


def test_a_judgement_whose_grade_still_stands_is_carried_over() -> None:
    (given,) = made_extraction().judgements
    before = EarlierGrade(given.area, given.grade, *line(5), "2019", stands=True)
    store = mapped(made_extraction(earlier_grades=(before,)))
    judged = only(store, KG.Judgement)
    assert values(store, judged, KG.carriedOver) == {"true"}
    assert values(store, judged, KG.gradedIn) == {"2019"}
    fallen = mapped(made_extraction(earlier_grades=(replace(before, stands=False),)))
    assert not values(fallen, only(fallen, KG.Judgement), KG.carriedOver)
