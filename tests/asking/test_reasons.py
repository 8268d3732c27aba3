"""``kg why``: the reasons for a grade, asked by the names of body and area."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
from samples import TESTS

import kg
from kg.asking.analysis.reasons import BASES, FEW, NOTHING, Quote, few, groups, notes_on
from kg.asking.sparql import load_data
from kg.asking.things.kinds import LACKS
from kg.model.errors import Ambiguous, Unknown
from kg.model.ontology import ontology_dir
from kg.model.records import BEARINGS, REASON_BASES

SMALL = TESTS / "data" / "small.trig"
NEW = "https://kg.example/report/northmoor-2023-25"
OLD = "https://kg.example/report/northmoor-2021-22"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return load_data([SMALL])


def test_the_reasons_and_what_is_contrary_stand_apart_with_their_places(store: ox.Store) -> None:
    why = kg.why("Northmoor Police", "Investigating crime", store)
    assert (why.body, why.area, why.grade) == ("Northmoor Police", "Investigating crime", "Inadequate")
    assert [(q.basis, q.quote, q.start, q.end) for q in why.supports] == [
        ("concern", "serious concerns about how well Northmoor Police investigates crime", 40, 107),
        ("section", "Investigations are poorly supervised", 615, 651),
    ]
    assert [q.polarity for q in why.contrary] == ["positive"]
    assert why.supports[1].statement == f"{NEW}/finding-investigations-are-poorly-supervised"
    assert why.note is not None
    assert why.note.startswith("Only 2 quotes that speak for the grade were found in the report.")


@pytest.mark.parametrize("body", ["Northmoor", "northmoor police", "https://kg.example/id/force/northmoor"])
@pytest.mark.parametrize("area", ["investigating crime", "Investigating"])
def test_body_and_area_are_found_by_name_words_and_iri(store: ox.Store, body: str, area: str) -> None:
    assert kg.why(body, area, store).id == "northmoor-2023-25"


def test_of_several_reports_the_latest_is_meant_and_the_others_are_named(store: ox.Store) -> None:
    why = kg.why("Northmoor", "Responding to the public", store)
    assert (why.id, why.others) == ("northmoor-2023-25", ("northmoor-2021-22",))
    assert "also graded in: northmoor-2021-22" in str(why)
    assert kg.why("Northmoor", "Responding", store, report="northmoor-2021-22").grade == "Good"
    year = int(str(why.published)[:4])
    assert kg.why("Northmoor", "Responding", store, year=year).id == why.id


def test_a_report_without_a_day_of_publication_has_its_place_by_that_of_the_inspection() -> None:
    made = load_data([SMALL])
    report = ox.NamedNode(NEW)
    issued = ox.NamedNode("http://purl.org/dc/terms/issued")
    for quad in list(made.quads_for_pattern(report, issued, None, None)):
        made.remove(quad)
    end = ox.Literal("2023-06-30", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date"))
    graph = next(made.quads_for_pattern(report, None, None, None)).graph_name
    made.add(ox.Quad(report, ox.NamedNode("https://kg.example/ontology#inspectionEnd"), end, graph))
    why = kg.why("Northmoor", "Responding to the public", made)
    assert (why.id, why.published, why.inspected) == ("northmoor-2023-25", None, "2023-06-30")
    assert "inspected up to 2023-06-30" in str(why)
    assert kg.why("Northmoor", "Responding", made, year=2023).id == why.id


def test_a_year_is_that_of_the_publication_or_else_of_the_inspection() -> None:
    """In 2022 the earlier report was published; of an inspection in that year the later is not meant."""
    made = load_data([SMALL])
    report = ox.NamedNode(NEW)
    graph = next(made.quads_for_pattern(report, None, None, None)).graph_name
    property_ = ox.NamedNode("https://kg.example/ontology#inspectionBegin")
    for year in ("2021", "2022"):
        for quad in list(made.quads_for_pattern(report, property_, None, None)):
            made.remove(quad)
        begin = ox.Literal(f"{year}-06-30", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date"))
        made.add(ox.Quad(report, property_, begin, graph))
        found = kg.why("Northmoor", "Responding", made, year=int(year)).id
        assert found == ("northmoor-2023-25" if year == "2021" else "northmoor-2021-22")
    with pytest.raises(Unknown, match=r"published 2023-12-22, inspected 2022-06-30"):
        kg.why("Northmoor", "Responding", made, year=2020)


@pytest.mark.parametrize(
    ("body", "area", "more", "message"),
    [
        ("Northmoor", "Investigating crme", {}, 'did you mean "Investigating crime"'),
        ("Nortmoor Police", "Investigating crime", {}, 'did you mean "Northmoor Police"'),
        (
            "Northmoor",
            "Responding",
            {"year": 1999},
            r"published or inspected in 1999 .* \(published 2022-02-01\)",
        ),
        ("Northmoor", "Responding", {"report": "northmor-2023-25"}, 'did you mean "northmoor-2023-25"'),
    ],
)
def test_an_unknown_name_proposes_what_comes_close(
    store: ox.Store, body: str, area: str, more: dict[str, object], message: str
) -> None:
    with pytest.raises(Unknown, match=message):
        kg.why(body, area, store, **more)  # type: ignore[arg-type]


def test_words_of_several_areas_are_ambiguous(built) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Ambiguous, match='"Building, supporting and protecting the workforce"'):
        kg.why("West Midlands Police", "protecting", built.store)


def test_the_answer_is_plain_values_for_json(store: ox.Store) -> None:
    given = json.loads(json.dumps(kg.why("Northmoor", "Investigating crime", store).as_dict()))
    assert given["supports"][1]["quote"] == "Investigations are poorly supervised"
    assert given["words"][0]["quote"].startswith("Northmoor Police is inadequate")


def test_a_notebook_shows_the_quotes(store: ox.Store) -> None:
    shown = kg.why("Northmoor", "Investigating crime", store)._repr_html_()
    assert "Investigations are poorly supervised" in shown
    assert shown.index("Contrary to the grade") > shown.index("poorly supervised")


def quote(bearing: str, polarity: str) -> Quote:
    return Quote("words", 0, 5, None, "urn:s", "Finding", bearing, polarity, "section", 0.5)


def test_of_a_middle_grade_strengths_and_shortcomings_stand_apart() -> None:
    titles = [title for title, _ in groups([quote("supports", "positive"), quote("supports", "negative")])]
    assert titles == ["Reasons: shortcomings", "Reasons: strengths"]


def test_few_quotes_are_said_to_be_few_and_contrary_ones_are_no_quotes_for_the_grade(
    store: ox.Store,
) -> None:
    against = quote("contrary", "positive")
    assert few([]) is None  # then it is said that nothing was found
    assert few([against]) == "No quote that speaks for the grade was found in the report."
    assert few([quote("supports", "negative"), against, against]) == (
        "Only 1 quote that speaks for the grade was found in the report."
    )
    assert few([quote("supports", "negative")] * FEW) is None
    why = kg.why("Northmoor", "Investigating crime", store)
    assert f"Only {len(why.supports)} quotes that speak for the grade were found" in str(why)
    assert "quotes that speak for the grade" in why._repr_html_()


def test_the_note_says_how_many_statements_of_the_section_speak_for_the_grade() -> None:
    speaks = quote("supports", "negative")
    counted = "Findings, boxed items and needs in the report’s own section on this area: 2"
    assert notes_on(None, [speaks], ["urn:s", "urn:t"])[1] == f"{counted}, speaking for the grade: 1."
    assert notes_on(None, [quote("contrary", "positive")], ["urn:s", "urn:t"])[1].endswith("grade: 0.")
    assert notes_on("strength", [], ["urn:s"])[:2] == [LACKS["strength"], NOTHING]
    assert notes_on("section", [speaks], ["urn:s"])[1:] == [few([speaks])]  # there is no section to count in
    assert notes_on(None, [speaks] * FEW, ["urn:s"]) == []


def test_the_note_is_in_the_plain_values_and_in_the_text_once(store: ox.Store) -> None:
    why = kg.why("Northmoor", "Investigating crime", store)
    assert why.as_dict()["note"] == why.note
    assert str(why).count("Only 2 quotes") == why._repr_html_().count("Only 2 quotes") == 1


def test_every_basis_and_lack_of_the_shapes_has_its_words() -> None:
    shapes = (ontology_dir() / "shapes.ttl").read_text("utf-8")
    assert tuple(BASES) == REASON_BASES
    for words in (REASON_BASES, BEARINGS, tuple(LACKS)):
        assert f'"^({"|".join(words)})$"' in shapes


# --- on the real report ----------------------------------------------------------------------------------


def test_why_is_west_midlands_police_inadequate_at_investigating_crime(built) -> None:  # type: ignore[no-untyped-def]
    """The question that no query answered: the report’s section states no shortcoming, and the reasons stand
    in the victim service assessment, of which it says that it influences the grades of other areas."""
    why = kg.why("West Midlands Police", "investigating crime", built.store)
    assert (why.grade, why.note) == ("Inadequate", LACKS["shortcoming"])
    assert len(why.supports) >= 5
    assert {q.polarity for q in why.supports} == {"negative"}
    assert {q.polarity for q in why.contrary} == {"positive"}
    influences = {q.ground for q in why.supports if q.basis == "influence"}
    assert len(influences) == 1
    assert "influences graded judgments" in str(influences)


def test_each_quote_is_verbatim_and_no_praise_supports_a_bad_grade(built, seed_text) -> None:  # type: ignore[no-untyped-def]
    rows = kg.query("reasons", store=built.store).dicts()
    assert len({row["area"] for row in rows}) == 8
    for row in rows:
        assert seed_text[int(str(row["start"])) : int(str(row["end"]))] == row["quote"]
        if row["grade"] in ("Inadequate", "Requires improvement"):
            expected = {"supports": "negative", "contrary": "positive", "mixed": "mixed"}
            assert row["polarity"] == expected[str(row["bearing"])]


def test_what_a_list_asks_for_is_shown_below_the_line_that_asks_for_it() -> None:
    asking = load_data([SMALL])
    reason = kg.why("Northmoor", "Investigating crime", asking).supports[1]
    lead = ox.NamedNode("https://kg.example/ontology#leadInText")
    words = ox.Literal("The force should\nmake sure that:")
    asking.add(ox.Quad(ox.NamedNode(reason.statement), lead, words, ox.NamedNode(NEW)))
    why = kg.why("Northmoor", "Investigating crime", asking)
    assert why.supports[1].lead_in == words.value
    assert "- [The force should make sure that:] “Investigations are poorly supervised”" in str(why)
    assert "[The force should make sure that:] “Investigations" in why._repr_html_()
    rows = kg.query("reasons", store=asking).dicts()
    assert [row["leadIn"] for row in rows if row["statement"] == reason.statement] == [words.value]
    assert all(row["leadIn"] is None for row in kg.query("reasons", store=load_data([SMALL])).dicts())


def test_of_a_report_without_a_date_it_is_said_that_the_date_is_unknown() -> None:
    undated = load_data([SMALL])
    issued = ox.NamedNode("http://purl.org/dc/terms/issued")
    for quad in list(undated.quads_for_pattern(ox.NamedNode(NEW), issued, None, None)):
        undated.remove(quad)
    assert f"({NEW.rsplit('/', 1)[1]}), date unknown" in str(kg.why("Northmoor", "Investigating", undated))


@pytest.mark.parametrize("month", [True, False])
def test_of_two_grades_of_which_nobody_knows_the_later_none_is_taken(month: bool) -> None:
    """The earlier report is made one of the month, or of the day, of the later."""
    store = load_data([SMALL])
    issued = ox.NamedNode("http://purl.org/dc/terms/issued")
    day = ox.Literal("2023-12", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#gYearMonth"))
    for quad in list(store.quads_for_pattern(ox.NamedNode(OLD), issued, None, None)):
        (new,) = {q.object for q in store.quads_for_pattern(ox.NamedNode(NEW), issued, None, None)}
        store.remove(quad)
        store.add(ox.Quad(quad.subject, issued, day if month else new, quad.graph_name))
    ids = [iri.rsplit("/", 1)[1] for iri in (OLD, NEW)]
    with pytest.raises(Ambiguous, match="name the report") as found:
        kg.why("Northmoor", "Responding to the public", store)
    assert all(id in str(found.value) for id in ids)
    assert kg.why("Northmoor", "Responding to the public", store, report=ids[0]).id == ids[0]
