from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import pyoxigraph as ox
import pytest
from samples import TESTS

from kg.asking.analysis import audit, compare, outlier_lines, outliers, shapiro_wilk, wilson_interval
from kg.asking.analysis.auditing import spread
from kg.asking.analysis.figure_rows import FigureRow
from kg.asking.sparql import load_data
from kg.model.errors import Unknown
from kg.model.vocab import BASE, KG, OA, RDF, SKOS, XSD

SMALL = TESTS / "data" / "small.trig"
REPORT = BASE + "report/x"


@pytest.fixture(scope="module")
def small() -> ox.Store:
    return load_data([SMALL])


def graph(figures: Iterable[dict[str, object]]) -> ox.Store:
    """A store with figures of one passage, one after another; keys are properties of ``kg:Figure``."""
    store = ox.Store()
    for number, slots in enumerate(figures):
        figure, start = f"{REPORT}/figure-{number}", number * 50
        words = str(slots.get("words", slots["value"]))
        force = slots.get("force", "one")
        triples: list[tuple[str, str, object]] = [
            (figure, RDF.type, ox.NamedNode(KG.Figure)),
            (figure, KG.report, ox.NamedNode(f"{REPORT}-{force}")),
            (figure, KG.inspectedBody, ox.NamedNode(f"{BASE}id/force/{force}")),
            (f"{BASE}id/force/{force}", SKOS.prefLabel, ox.Literal(f"Force {force}")),
            (figure, KG.evidence, ox.NamedNode(figure + "-span")),
            (figure + "-span", OA.hasSelector, ox.NamedNode(figure + "-selector")),
            (figure + "-selector", OA.start, ox.Literal(start)),
            (figure + "-selector", OA.end, ox.Literal(start + len(words))),
            (figure + "-selector", OA.exact, ox.Literal(words)),
            (figure + "-selector", OA.prefix, ox.Literal(str(slots.get("before", "")))),
            (figure, KG.inPassage, ox.NamedNode(REPORT + "/passage")),
        ]
        triples += [
            (figure, getattr(KG, name), _literal(value))
            for name, value in slots.items()
            if name not in ("words", "force", "before")
        ]
        for subject, predicate, term in triples:
            store.add(ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), term))  # type: ignore[arg-type]
    return store


def _literal(value: object) -> ox.Literal:
    if isinstance(value, bool):
        return ox.Literal(value)
    if isinstance(value, (int, float, Decimal)):
        return ox.Literal(str(value), datatype=ox.NamedNode(XSD.decimal))
    return ox.Literal(str(value))


def verdicts(*figures: dict[str, object]) -> list[tuple[str, str, str]]:
    return [(check.text, check.kind, check.verdict) for check in audit(graph(figures))]


def before(value: float) -> dict[str, object]:
    return {"value": value, "unit": "count", "words": f"{value:,}"}


def after(value: float, base: float, direction: str = "decrease") -> dict[str, object]:
    return {**before(value), "baseValue": base, "direction": direction}


# --- audit -------------------------------------------------------------------------------------------


def test_every_derived_figure_of_the_small_graph_is_recomputed(small: ox.Store) -> None:
    assert [(check.text, str(round(check.recomputed, 2)), check.verdict) for check in audit(small)] == [
        ("15.4 percent", "15.45", "disagrees"),
        ("27.6 percent", "27.63", "agrees"),
        ("5,952 fewer offences", "5952.00", "agrees"),
        ("20.0 percent", "22.67", "approximate"),
    ]


def test_a_check_tells_where_it_is_and_how_it_was_done(small: ox.Store) -> None:
    check = audit(small)[3]
    assert check.sentence == "It spends £156m, about 20.0 percent of its total funding of £688m."
    assert check.note == "said to be approximate"
    assert check.row == [
        "northmoor-2023-25", "20.0 percent", "22.67", "approximate", "156,000,000 of 688,000,000",
        "said to be approximate", check.sentence,
    ]  # fmt: skip
    assert len(check.row) == len(check.columns)


def test_a_share_that_was_cut_and_not_rounded_differs_in_the_last_digit(small: ox.Store) -> None:
    assert audit(small)[0].note == "differs in the last digit only"


@pytest.mark.parametrize(
    ("stated", "verdict"), [("27.6", "agrees"), ("28", "agrees"), ("27.7", "disagrees"), ("27", "disagrees")]
)
def test_a_percent_change_is_held_to_the_decimals_that_it_states(stated: str, verdict: str) -> None:
    change = {"value": Decimal(stated), "unit": "percent", "words": f"{stated} percent", "baseValue": 21542,
              "direction": "decrease"}  # fmt: skip
    found = verdicts(change, before(21542), after(15590, 21542))
    assert found == [(f"{stated} percent", "percent change", verdict)]


def test_rounded_inputs_may_stand_for_all_that_round_to_them() -> None:
    share = {"value": Decimal("22.8"), "unit": "percent", "words": "22.8 percent", "numerator": 156_000_000,
             "denominator": 688_000_000}  # fmt: skip
    part = {"value": 156_000_000, "unit": "GBP", "words": "£156m"}
    whole = {"value": 688_000_000, "unit": "GBP", "words": "£688m"}
    assert verdicts(share, part, whole)[0][2] == "agrees"
    assert verdicts(share)[0][2] == "disagrees"


def test_the_size_of_a_change_is_checked_against_both_values() -> None:
    fewer = {**after(672, 8626), "words": "672 fewer officers", "valueKind": "change", "sign": "-"}
    assert verdicts(before(8626), after(7954, 8626), fewer) == [
        ("672 fewer officers", "difference", "agrees")
    ]
    wrong = {**fewer, "value": 670, "words": "670 fewer officers"}
    assert verdicts(before(8626), after(7954, 8626), wrong) == [
        ("670 fewer officers", "difference", "disagrees")
    ]


def test_a_rise_in_numbers_is_checked_too() -> None:
    rise = {**after(196, 1492, "increase"), "valueKind": "change", "sign": "+"}
    assert verdicts(before(1492), after(1688, 1492, "increase"), rise) == [("196", "difference", "agrees")]


@pytest.mark.parametrize(
    ("bound", "stated", "verdict"),
    [
        ("about", 20, "approximate"),
        ("about", Decimal("22.7"), "agrees"),
        ("exact", 20, "disagrees"),
        ("at-least", 20, "agrees"),
        ("at-least", 25, "disagrees"),
        ("at-most", 25, "agrees"),
        ("at-most", 20, "disagrees"),
    ],
)
def test_a_figure_that_the_text_calls_inexact_is_held_to_what_it_says(
    bound: str, stated: object, verdict: str
) -> None:
    share = {"value": stated, "unit": "percent", "words": f"{stated} percent", "numerator": 156,
             "denominator": 688, "bound": bound}  # fmt: skip
    assert verdicts(share)[0][2] == verdict


def part(value: int, whole: int) -> dict[str, object]:
    return {"value": value, "unit": "count", "words": str(value), "valueKind": "share", "numerator": value,
            "denominator": whole}  # fmt: skip


def test_parts_that_leave_a_small_rest_are_remarked_on() -> None:
    (check,) = audit(graph([part(1243, 1257), part(12, 1257)]))
    assert (check.verdict, check.agrees, check.how) == ("rest", True, "1,243 + 12 of 1,257")
    assert check.note == "2 of the whole are in none of the parts"


def test_shares_that_each_have_their_whole_are_no_parts_of_one() -> None:
    unlike = [{**part(37, 68), "words": "37 of the 68 cases"}, {**part(29, 68), "words": "29 of the 68"}]
    assert audit(graph(unlike)) == []


@pytest.mark.parametrize("values", [(1243, 14), (1243, 20), (900, 12), (1243,)])
def test_whole_overlapping_few_and_single_parts_are_not(values: tuple[int, ...]) -> None:
    assert audit(graph(part(value, 1257) for value in values)) == []


def test_a_rate_is_checked_with_its_base() -> None:
    rate = {"value": Decimal("14.4"), "unit": "rate", "base": "1000000", "words": "14.4", "numerator": 42,
            "denominator": 2_916_000}  # fmt: skip
    assert verdicts(rate) == [("14.4", "rate", "agrees")]


@pytest.mark.parametrize(("words", "parts"), [("A third of them", (1, 3)), ("Five in six", (5, 6))])
def test_a_share_in_words_agrees_with_its_own_parts(words: str, parts: tuple[int, int]) -> None:
    value = (Decimal(parts[0]) / parts[1]).quantize(Decimal("1e-9"))
    share = {"value": value, "unit": "ratio", "words": words, "numerator": parts[0], "denominator": parts[1]}
    assert verdicts(share) == [(words, "ratio", "agrees")]
    assert verdicts({**share, "denominator": parts[1] + 1}) == [(words, "ratio", "disagrees")]


def test_a_percentage_that_changed_is_no_percent_change() -> None:
    was = {"value": Decimal("84.2"), "unit": "percent", "words": "84.2 percent"}
    now = {"value": Decimal("91.5"), "unit": "percent", "words": "91.5 percent", "baseValue": Decimal("84.2"),
           "direction": "increase"}  # fmt: skip
    assert verdicts(was, now) == []


def test_what_has_no_ground_in_the_text_is_not_checked() -> None:
    alone = {"value": 13, "unit": "percent", "words": "13 percent", "direction": "decrease"}
    assert verdicts(alone) == []
    assert verdicts({**alone, "baseValue": 100}) == []
    assert verdicts({**alone, "numerator": 5, "denominator": 0}) == []


@pytest.mark.parametrize(
    ("text", "value", "unit", "half"),
    [("27.6 percent", "27.6", "percent", "0.05"), ("£156m", "156000000", "GBP", "500000"),
     ("21,542", "21542", "count", "0"), ("Forty-two people", "42", "count", "0"),
     ("1.5 million calls", "1500000", "count", "50000")],
)  # fmt: skip
def test_a_number_stands_for_what_rounds_to_it(text: str, value: str, unit: str, half: str) -> None:
    figure = FigureRow(
        "f", "r", None, None, None, 0, 1, text, Decimal(value), unit, *[None] * 15, "", None
    )  # fmt: skip
    low, high = spread(figure)
    assert (high - low) / 2 == Decimal(half)


# --- compare -----------------------------------------------------------------------------------------


def test_grades_stand_side_by_side_in_one_table_a_framework(small: ox.Store) -> None:
    earlier, later = compare(small)
    assert earlier.title == "PEEL 2021/22 · Grades of HMICFRS, five tiers"
    assert earlier.rows == (("Responding to the public", "Good"),)
    assert later.columns == ("area", "Eastvale Constabulary", "Northmoor Police")
    assert later.rows == (
        ("Responding to the public", "Good", "Adequate"),
        ("Investigating crime", "", "Inadequate"),
    )


@pytest.mark.parametrize("name", ["peel-2023-25", "PEEL 2023–2025", BASE + "id/framework/peel-2023-25"])
def test_one_framework_can_be_chosen(small: ox.Store, name: str) -> None:
    assert [comparison.framework for comparison in compare(small, framework=name)] == ["PEEL 2023–2025"]


def test_a_framework_without_judgements_is_unknown(small: ox.Store) -> None:
    with pytest.raises(Unknown, match="peel-2023-25"):
        compare(small, framework="peel-2023")


def test_grades_of_unlike_schemes_are_kept_apart_even_in_one_framework(small: ox.Store) -> None:
    store = ox.Store()
    store.bulk_extend(small)
    grade, scheme = BASE + "id/grade/other--good", ox.NamedNode(BASE + "id/grades/other")
    judgement = ox.NamedNode(BASE + "report/eastvale-2023-25/judgement-responding")
    name = ox.NamedNode(KG.grade)
    for quad in list(store.quads_for_pattern(judgement, name, None, None)):
        store.remove(quad)
        store.add(ox.Quad(judgement, name, ox.NamedNode(grade), quad.graph_name))
    store.add(
        ox.Quad(ox.NamedNode(grade), ox.NamedNode(SKOS.inScheme), scheme, ox.NamedNode(BASE + "graph/o"))
    )
    assert [len(comparison.columns) for comparison in compare(store)] == [2, 2, 2]


# --- outliers ----------------------------------------------------------------------------------------


def scored(**values: float) -> list[dict[str, object]]:
    return [
        {"force": force, "value": value, "unit": "percent", "measureText": "calls answered",
         "population": "inspected-force", "periodEnd": "2023-03-31"}
        for force, value in values.items()
    ]  # fmt: skip


def test_forces_outside_the_lines_stand_out() -> None:
    store = graph(scored(a=10, b=10.5, c=11, d=9.5, e=9, f=10, g=10.5, h=11.5))
    found = outliers("calls answered", store)
    outside = [(score.force, score.place) for score in found.scores if score.place != "within"]
    assert outside == [("Force h", "above"), ("Force e", "below")]
    assert found.rows[0] == ["Force h", "11.5", "1.56", "above", "x-h"]
    assert len(found.rows[0]) == len(found.columns)


def test_skewed_values_are_logged() -> None:
    found = outliers("calls answered", graph(scored(a=1, b=2, c=4, d=8, e=16, f=32, g=64, h=1024)))
    assert found.logged
    assert found.low is not None and found.low > 0
    assert "logged" in found.note


def test_two_forces_have_no_lines() -> None:
    found = outliers("calls answered", graph(scored(a=1, b=2)))
    assert found.low is None
    assert {score.place for score in found.scores} == {"no lines"}
    assert "at least 3 forces" in found.note


def test_only_like_figures_are_compared() -> None:
    other = [{**scored(d=99)[0], "unit": "count"}, {**scored(e=50)[0], "periodEnd": "2010-03-31"},
             {**scored(f=50)[0], "population": "england-and-wales"}]  # fmt: skip
    found = outliers("Calls answered", graph([*scored(a=1, b=2, c=4), *other]))
    assert [score.force for score in found.scores] == ["Force c", "Force b", "Force a"]


def test_two_kinds_of_number_are_never_compared() -> None:
    level = scored(a=1, b=2, c=4)
    change = [{**figure, "valueKind": "change", "sign": "+"} for figure in scored(d=9, e=8)]
    sample = [{**figure, "valueKind": "sample"} for figure in scored(g=5, h=6, i=7, j=8)]
    opposite = [{**figure, "complement": True} for figure in scored(k=3)]
    found = outliers("calls answered", graph([*level, *change, *sample, *opposite]))
    assert [score.force for score in found.scores] == ["Force c", "Force b", "Force a"]
    assert found.note.endswith("3 more of another unit, kind, group or period are not compared")


def test_changes_are_compared_with_their_signs() -> None:
    signs = {"a": "-", "b": "+", "c": "+"}
    changes = [{**figure, "valueKind": "change", "sign": signs[str(figure["force"])]}
               for figure in scored(a=25, b=2, c=4)]  # fmt: skip
    unknown = [{**scored(d=9)[0], "valueKind": "change"}]
    found = outliers("calls answered", graph([*changes, *unknown]))
    assert [score.value for score in found.scores] == [4, 2, -25]


def test_parts_are_compared_by_their_shares() -> None:
    parts = [{**figure, "unit": "count", "valueKind": "share", "denominator": 4 * (n + 1)}
             for n, figure in enumerate(scored(a=2, b=2, c=3))]  # fmt: skip
    found = outliers("calls answered", graph(parts))
    assert (found.unit, [score.value for score in found.scores]) == ("share", [0.5, 0.25, 0.25])


def test_a_measure_is_found_by_the_name_of_its_concept(small: ox.Store) -> None:
    by_name = outliers("emergency calls answered in ten seconds", small)
    assert by_name == outliers("measure:emergency-calls-answered", small)
    assert [score.value for score in by_name.scores] == [92.0, 84.5]


def test_a_measure_without_figures_is_unknown(small: ox.Store) -> None:
    with pytest.raises(Unknown, match="emergency calls answered in ten seconds"):
        outliers("emergency calls answered", small)


def test_normal_values_are_never_logged() -> None:
    lines = outlier_lines([9, 10, 11, 10, 9, 11, 10, 10])
    assert not lines.logged
    assert lines.mean == 10


@pytest.mark.parametrize(
    ("values", "statistic", "p"),
    [
        ([148, 154, 158, 160, 161, 162, 166, 170, 182, 195, 236], 0.7888146948631716, 0.006703814061898823),
        ([1, 2, 10], 0.8321917808219177, 0.19391752148145214),
        ([1, 2, 3, 4, 10], 0.8357883166461942, 0.1536125843490888),
    ],
)
def test_shapiro_wilk_gives_published_values(values: list[float], statistic: float, p: float) -> None:
    assert shapiro_wilk(values) == pytest.approx((statistic, p), abs=1e-6)


@pytest.mark.parametrize("values", [[1, 2], [3, 3, 3]])
def test_shapiro_wilk_needs_three_different_values(values: list[float]) -> None:
    with pytest.raises(ValueError, match="3 to 5,000"):
        shapiro_wilk(values)


# --- intervals ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    [(9, 16, 0.3318, 0.7690), (0, 5, 0, 0.4345), (7, 7, 0.6457, 1)],
)
def test_wilson_interval(numerator: int, denominator: int, low: float, high: float) -> None:
    assert wilson_interval(numerator, denominator) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(("numerator", "denominator"), [(1, 0), (5, 4), (-1, 4)])
def test_an_interval_needs_a_share(numerator: int, denominator: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson_interval(numerator, denominator)
