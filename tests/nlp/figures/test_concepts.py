"""Concepts of the measure vocabulary: only where phrase, unit, kind, polarity and domain fit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from figure_helpers import FORCE
from figure_steps import context, q

from kg.model.frameworks import load_frameworks
from kg.model.measures import Measure, load_measures
from kg.model.records import Extraction, Report, Source
from kg.model.text.sentences import find_sentences
from kg.model.topics import load_topics
from kg.nlp.figures import find_figures
from kg.nlp.figures.concepts import LinkedMeasure, find_concepts, measures_read_with
from kg.nlp.figures.kinds import NumberKind
from kg.nlp.figures.negations import is_negated
from kg.nlp.periods import find_periods

LEVEL, SHARE = frozenset({"level"}), frozenset({"share"})
COUNT, PART = frozenset({"count"}), frozenset({"percent", "count"})
MEASURES = (
    Measure("robbery", ("robbery", "robberies"), COUNT, LEVEL),
    Measure("officers", ("police officers", "officers"), COUNT, LEVEL, counts_people=True),
    Measure("bail", ("suspects on bail",), COUNT, LEVEL, not_meant=("released under investigation",)),
    Measure("advice", ("advice on crime prevention",), PART, SHARE, better="higher"),
    Measure("outcome-18", ("no suspect identified",), PART, SHARE, better="lower"),
)


def kind(name: str, *, complement: bool = False, of: str | None = None) -> NumberKind:
    return NumberKind(name, None, "exact", complement, of, False)


def named(found: list[LinkedMeasure | None]) -> list[str | None]:
    return [one and one.iri for one in found]


@pytest.mark.parametrize(
    ("phrase", "given", "concept"),
    [
        ("robbery", kind("level"), "robbery"),
        ("recorded robberies", kind("level"), "robbery"),
        ("robberies recorded in the year", kind("level"), "robbery"),
        ("total number of police officers in the force", kind("level"), "officers"),
        # what is said of them makes others of them, and so does a word before the name
        ("robberies that led to a charge", kind("level"), None),
        ("officers who left", kind("level"), None),
        ("bank robberies", kind("level"), None),
        # the kind does not fit
        ("change in robbery", kind("change"), None),
        ("robbery", kind("difference"), None),
        ("robbery", kind("share"), None),
        ("robbery", kind("sample"), None),
        # the opposite is marked, where it is that of one thing
        ("cases in which handlers gave advice on crime prevention", kind("share"), "advice"),
        ("cases without advice on crime prevention", kind("share", complement=True), "advice"),
        # the name of this one is negated itself: two negations are read by people
        ("cases closed with no suspect identified", kind("share", complement=True), "outcome-18"),
        ("cases closed with a suspect identified", kind("share", complement=True), None),
        (None, kind("level"), None),
    ],
)  # fmt: skip
def test_a_concept_fits_phrase_kind_and_polarity(
    phrase: str | None, given: NumberKind, concept: str | None
) -> None:
    made = context("There were 9 things.", q("9 things", noun="things"))
    assert named(find_concepts(made, [phrase], [given], MEASURES)) == [concept]


@pytest.mark.parametrize(
    ("phrase", "unit", "concept"),
    [
        ("crimes that the force brought charges for", "percent", "charge-rate"),
        ("crimes for which charges could have been considered", "percent", None),
        (
            "calls in which the handler checked whether it was a repeat victim",
            "count",
            "repeat-victims-identified",
        ),
        ("calls from a repeat victim", "count", None),
        ("cases in which what was learnt when a repeat victim was identified was used", "count", None),
        ("calls in which handlers completed a THRIVE assessment", "count", "use-of-structured-triage"),
        ("general reserves as a share of its net budget", "percent", "reserves"),
        ("sum raised through the council tax precept", "GBP", "council-tax-precept"),
    ],
)
def test_a_measure_is_found_in_another_order_of_its_words(
    phrase: str, unit: str, concept: str | None
) -> None:
    made = context("There were 9 things.", q("9 things", unit))
    given = kind("level" if unit == "GBP" else "share", of="things")
    (found,) = find_concepts(made, [phrase], [given], load_measures())
    assert (found and found.iri.rpartition("/")[2]) == concept


def test_a_unit_that_a_measure_does_not_have_is_no_reason_to_link() -> None:
    made = context("It was 9 percent.", q("9 percent", "percent"))
    assert named(find_concepts(made, ["robbery"], [kind("level")], MEASURES)) == [None]


def test_what_a_share_is_part_of_is_not_what_it_measures() -> None:
    made = context("That was 9 percent of it.", q("9 percent", "percent"))
    words = "advice on crime prevention"
    assert named(find_concepts(made, [words], [kind("share", of=words)], MEASURES)) == [None]
    assert named(find_concepts(made, [words], [kind("share")], MEASURES)) == ["advice"]


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("The force has 9 officers.", "officers"),
        ("The unit has 9 officers.", None),
        ("The team has grown to 9 officers.", None),
    ],
)
def test_people_of_a_part_are_not_those_of_the_body(text: str, concept: str | None) -> None:
    made = context(text, q("9 officers", noun="officers"))
    assert named(find_concepts(made, ["officers"], [kind("level")], MEASURES)) == [concept]


def test_words_behind_a_bare_number_say_that_it_is_another_thing() -> None:
    made = context("It had 804 on bail and 9 released under investigation.", q("9", bare=True, value=9))
    assert named(find_concepts(made, ["suspects on bail"], [kind("level")], MEASURES)) == [None]


def read(text: str, framework: str) -> list[str | None]:
    source = Source("x.txt", "", "text/plain")
    report = Report("x", None, None, None, FORCE, framework, None, None, source, text, "")
    found = find_figures(text, find_sentences(text), Extraction(report), find_periods(text))
    return [figure.concept and figure.concept.rpartition("/")[2] for figure in found]


def counted(text: str) -> tuple[str | None, bool]:
    """The measure of the first share in a report on a force, and whether it counts the opposite."""
    source = Source("x.txt", "", "text/plain")
    report = Report("x", None, None, None, FORCE, "peel-2023-25", None, None, source, text, "")
    found = find_figures(text, find_sentences(text), Extraction(report), find_periods(text))
    figure = next(figure for figure in found if figure.kind == "share")
    return figure.concept and figure.concept.rpartition("/")[2], figure.complement


OPPOSITES = [
    # a negated predicate, in the forms that names of measures do not have
    (
        "Call handlers failed to give crime prevention advice in 12 of 31 cases.",
        "crime-prevention-advice-given",
    ),
    ("Call handlers didn’t use THRIVE in 14 of 60 calls.", "use-of-structured-triage"),
    (
        "We found no evidence of effective supervision in 17 of 54 cases.",
        "effective-supervision-of-investigations",
    ),
    ("We found that 26 of 80 investigations weren’t effective.", "effective-investigations"),
    ("There was no investigation plan in 22 of 64 cases.", "investigation-plans"),
    ("Victims weren’t kept informed in 19 of 70 cases.", "victims-kept-informed"),
    ("In 9 of 20 cases there was no auditable record of the victim’s wishes.", "victims-wishes-recorded"),
    # what a measure declares as its opposite
    ("We found that 26 of 80 investigations were ineffective.", "effective-investigations"),
    ("In 8 of 70 calls, the incident was graded incorrectly.", "appropriate-grading-of-incidents"),
]


@pytest.mark.parametrize(("text", "measure"), OPPOSITES)
def test_the_opposite_of_a_measure_is_linked_and_marked(text: str, measure: str) -> None:
    assert counted(text) == (measure, True)


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("We found that 26 of 80 investigations were effective.", "effective-investigations"),
        ("Call handlers used THRIVE in 14 of 60 calls.", "use-of-structured-triage"),
        # a name that is negated itself
        (
            "It closed 24.3 percent of crimes because the victim didn’t support further action.",
            "outcome-16",
        ),
    ],
)
def test_what_a_measure_says_itself_is_no_opposite(text: str, measure: str) -> None:
    assert counted(text) == (measure, False)


@pytest.mark.parametrize(
    "text",
    [
        # what is said of another clause
        "There was effective supervision but no record in 12 of 40 cases.",
        "We found that 26 of 80 investigations weren’t ineffective.",
        # no supervision at all is less than no effective supervision
        "We found no supervision in 14 of 50 cases.",
        # a share of other offences than those that the measure is a share of
        "It closed 47 percent of domestic abuse crimes because the victim didn’t support further action.",
        "Of 90 case files, 20 had been closed with no suspect identified.",
    ],
)
def test_what_is_not_the_opposite_of_a_measure_has_no_measure(text: str) -> None:
    assert counted(text)[0] is None


def test_a_predicate_of_another_sentence_is_not_that_of_a_number() -> None:
    text = "We found that 46 of 90 investigations weren’t effective. Thirty-one had no plan."
    assert read(text, "peel-2023-25") == ["effective-investigations", None]


def test_another_whole_named_before_a_number_is_not_meant() -> None:
    text = (
        "The force is recording 91.2 percent of all reported crime (+/- 1.8 percent). "
        "For violent offences, the estimate is as low as 78.8 percent (+/- 5.1 percent)."
    )
    assert read(text, "crime-data-integrity") == ["crime-recording-accuracy", None]


def test_only_shares_have_opposites_and_no_words_are_both() -> None:
    measures = [measure for measure in load_measures() if measure.opposites]
    assert measures
    for measure in measures:
        assert measure.is_share and measure.better == "higher", measure.iri
        assert not set(measure.opposites) & {name for one in load_measures() for name in one.phrases}
    assert any(is_negated(words) for measure in measures for words in measure.opposites)


def test_each_framework_reads_with_its_own_vocabularies() -> None:
    assert read("It has 120 care leavers.", "ofsted-sif-2013") == [None]
    assert read("In the year, 8.4 percent of police officers left the force.", "peel-2023-25") == [
        "officers-leaving"
    ]
    assert read("The service had 487 firefighters (FTE).", "frs-2023-25") == ["firefighters-fte"]
    assert read("The service had 487 firefighters.", "frs-2023-25") == [None]
    assert read("The service had 487 firefighters.", "peel-2023-25") == [None]
    assert read("The force recorded 3,018 robberies.", "frs-2023-25") == [None]


@pytest.mark.parametrize(
    "text", ["It has 120 care leavers.", "Nine school leavers came.", "The gap was 12%."]
)
def test_the_words_of_another_domain_are_no_measure_of_policing(text: str) -> None:
    assert read(text, "peel-2023-25") == [None]


def test_every_measure_says_what_it_is() -> None:
    units = {"count", "percent", "rate", "ratio", "GBP", "rank", "duration"}
    kinds = {"level", "share", "rate", "ratio", "rank", "sample"}
    for measure in load_measures():
        assert measure.units <= units and measure.kinds <= kinds, measure.iri
        assert measure.units and measure.kinds and measure.schemes, measure.iri
        assert measure.better in ("higher", "lower", "neither"), measure.iri


def test_every_measure_has_a_topic_or_says_that_it_can_be_of_any() -> None:
    for measure in load_measures():
        assert bool(measure.topics) != measure.any_topic, measure.iri
    assert sum(measure.any_topic for measure in load_measures()) < 10


def test_the_topics_of_a_measure_are_read_wherever_the_measure_is() -> None:
    topics, checked = load_topics(), 0
    for framework in load_frameworks():
        for measure in measures_read_with(framework.notation):
            for topic in measure.topics:
                assert set(topics[topic].schemes) & set(framework.vocabularies), (measure.iri, topic)
                checked += 1
    assert checked > 1000


def test_every_vocabulary_that_a_framework_reads_with_has_measures_or_topics() -> None:
    schemes = {scheme for measure in load_measures() for scheme in measure.schemes}
    schemes |= {scheme for topic in load_topics().values() for scheme in topic.schemes}
    named = {scheme for framework in load_frameworks() for scheme in framework.vocabularies}
    assert named == schemes
    assert len(measures_read_with("peel-2023-25")) > len(measures_read_with("ofsted-ilacs-2018")) == 0


def test_no_phrase_means_two_measures_of_one_unit_and_kind() -> None:
    seen: dict[tuple[str, str, str, str], str] = {}
    for measure in load_measures():
        for phrase in measure.phrases:
            for unit in measure.units:
                for one in measure.kinds:
                    for scheme in measure.schemes:
                        assert seen.setdefault((phrase, unit, one, scheme), measure.iri) == measure.iri, (
                            phrase
                        )
    assert Decimal(len(seen)) > 300


def last_concept(text: str) -> str | None:
    report = Report(
        "x", None, None, None, FORCE, None, None, None, Source("x.txt", "", "text/plain"), text, ""
    )
    found = find_figures(
        text, find_sentences(text), Extraction(report), find_periods(text), measures=load_measures()
    )
    return found[-1].concept


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("In 2023, 6.2 percent of victim-based crimes led to a charge.", "charge-rate"),
        ("The force made 310 arrests.", "arrests"),
        ("It has 131 detectives.", "detectives"),
        ("The force issued 22 Domestic Violence Protection Notices.", "domestic-violence-protection-notices"),
    ],
)
def test_a_figure_has_its_measure(text: str, measure: str) -> None:
    assert (last_concept(text) or "").rpartition("/")[2] == measure


@pytest.mark.parametrize(
    "text",
    [
        "In 2023, 6.2 percent of shoplifting offences led to a charge.",
        "The force made 31 arrests per 100 domestic abuse crimes.",
        "It has 131 detectives against a requirement of 170 detectives.",
    ],
)
def test_a_part_of_the_offences_a_rate_and_what_is_required_are_other_measures(text: str) -> None:
    assert last_concept(text) is None
