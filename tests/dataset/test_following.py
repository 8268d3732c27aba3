"""Links across reports: concerns that come again, recommendations and what became of them. All made up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pyoxigraph as ox
import pytest
from linking import links_of
from samples import GOLD

from kg.asking.sparql import load_data, query
from kg.dataset.build import build
from kg.dataset.following.item_links import LEAST
from kg.graph.mapping.report import to_quads
from kg.graph.validation import validate
from kg.model.frameworks import load_frameworks
from kg.model.records import Box, Concern, Extraction, Finding, Report, Source
from kg.model.vocab import BASE, DCAT, DCT, KG, OA, RDF
from kg.reading import document_from_text

FORCE = BASE + "id/force/fennick"
CRIME, OFFENDERS = "Investigating crime", "Managing offenders and suspects"


class Text:
    """A text that is written line by line, with records for the lines."""

    def __init__(self, *lines: str) -> None:
        self.text = "\n".join(lines)

    def at(self, words: str) -> tuple[int, int]:
        start = self.text.index(words)
        return start, start + len(words)

    def cause(self, title: str, area: str | None, last: str | None = None, **more: Any) -> Box:
        start = self.text.index(title)
        end = self.at(last)[1] if last else start + len(title)
        return Box(
            "cause-of-concern",
            None,
            title,
            self.text[start:end],
            more.pop("due", None),
            area,
            start,
            end,
            **more,
        )

    def recommendation(self, words: str, parent: Box | None, **more: Any) -> Box:
        area, span = (parent.area, (parent.start, parent.end)) if parent else (None, None)
        due = more.pop("due", None)
        return Box(
            "recommendation",
            more.pop("number", None),
            None,
            words,
            due,
            area,
            *self.at(words),
            parent=span,
            **more,
        )

    def finding(self, heading: str, area: str, *passages: str) -> Finding:
        return Finding(heading, area, None, "neutral", *self.at(heading), tuple(map(self.at, passages)))

    def concern(self, words: str, *areas: str) -> Concern:
        return Concern(words, *self.at(words), areas)

    def graph(
        self,
        name: str,
        published: str | None,
        *,
        kind: str = "inspection-report",
        force: str = FORCE,
        framework: str = "peel-2023-25",
        **records: Any,
    ) -> tuple[str, list[ox.Quad]]:
        document = document_from_text(self.text)
        report = Report(
            name, name, kind, force, "Fennick Police", framework, None, published,
            Source(f"{name}.txt", "0" * 64, "text/plain"), self.text, "0" * 64, blocks=document.blocks,
        )  # fmt: skip
        read = Extraction(report, **{key: tuple(value) for key, value in records.items()})
        return BASE + f"graph/{name}", to_quads(
            read, next(f for f in load_frameworks() if f.notation == framework)
        )


PLAN = "make sure that every investigation has a plan"
TRAIN = "train its detectives in the law of evidence"
VISIT = "visit all dangerous offenders in time"
TITLE = "Fennick Police does not supervise its investigations"


def report(published: str | None = "2031-03-01", **more: Any) -> tuple[str, list[ox.Quad]]:
    """A report with a cause of concern on investigations (two recommendations) and one on offenders."""
    text = Text(
        TITLE, f"- {PLAN};", f"- {TRAIN}.", "It leaves dangerous offenders without visits", f"- {VISIT}."
    )
    crime = text.cause(TITLE, CRIME, f"{TRAIN}.", due="2031-09-01")
    offenders = text.cause("It leaves dangerous offenders without visits", OFFENDERS, f"{VISIT}.")
    boxes = [
        crime,
        text.recommendation(PLAN, crime, number="1"),
        text.recommendation(TRAIN, crime, number="2"),
        offenders,
        text.recommendation(VISIT, offenders, number="3"),
    ]
    return text.graph("march", published, boxes=boxes, **more)


def letter(*lines: str, area: str = CRIME, **more: Any) -> tuple[str, list[ox.Quad]]:
    """A letter with one finding, on investigations unless told otherwise, whose paragraphs are the lines."""
    text = Text("How the force deals with it", *lines)
    finding = text.finding("How the force deals with it", area, *lines)
    return text.graph("letter", "2031-12-05", kind="revisit-letter", findings=[finding], **more)


def values(quads: Sequence[ox.Quad], cls: str, *paths: str) -> list[tuple[str | None, ...]]:
    """The values of some properties of all things of a class, sorted."""
    rows = []
    for thing in [q.subject for q in quads if q.predicate.value == RDF.type and q.object.value == cls]:
        facts = {q.predicate.value: q.object.value for q in quads if q.subject == thing}
        rows.append(tuple(facts.get(path) for path in paths))
    return sorted(rows, key=str)


def statuses(*graphs: tuple[str, list[ox.Quad]]) -> list[tuple[str, str]]:
    """The status of each item that is told, by the item's words."""
    words = {
        q.subject.value: q.object.value
        for _, quads in graphs
        for q in quads
        if q.predicate.value == KG.statement
    }
    told = values(links_of(dict(graphs)), KG.StatusEvent, KG.about, KG.status)
    return sorted((words[about or ""].split("\n")[0], status or "") for about, status in told)


# --- which concern is the same -----------------------------------------------------------------------


def linked(later: tuple[str, list[ox.Quad]], *earlier: tuple[str, list[ox.Quad]], **more: Any) -> list[str]:
    quads = links_of(dict((*earlier, later)), **more)
    return [q.object.value for q in quads if q.predicate.value == KG.followsUp]


def again(title: str, area: str | None = CRIME, **more: Any) -> tuple[str, list[ox.Quad]]:
    text = Text(title)
    return text.graph("again", more.pop("published", "2032-01-01"), boxes=[text.cause(title, area)], **more)


def test_a_concern_in_other_words_is_the_same_by_area_and_words() -> None:
    assert len(linked(again("Investigations still lack the supervision that they need"), report())) == 1


def test_a_link_says_what_it_rests_on_and_how_sure_it_is() -> None:
    quads = links_of(dict([report(), again("Investigations still lack supervision")]))
    (link,) = [q.subject for q in quads if q.object.value == KG.Link]
    basis = {q.object.value for q in quads if q.subject == link and q.predicate.value == KG.basis}
    assert "the same area" in basis
    assert "the same words: investig, supervis" in basis
    ((confidence, derived),) = values(quads, KG.Link, KG.confidence, KG.derived)
    assert LEAST <= Decimal(confidence or "0") <= 1
    assert derived == "true"


def test_another_concern_of_the_same_area_is_not_the_same_when_there_are_two() -> None:
    text = Text("Call takers are rude", "Cells are dirty")
    both = text.graph(
        "two",
        "2030-01-01",
        boxes=[text.cause("Call takers are rude", CRIME), text.cause("Cells are dirty", CRIME)],
    )
    assert linked(again("Officers lack lawful grounds for arrest"), both) == []


def test_a_concern_of_another_area_is_not_the_same_however_alike_some_words_are() -> None:
    assert linked(again("The force does not supervise its stop and search", "Police powers"), report()) == []


def before(*graphs: tuple[str, list[ox.Quad]]) -> list[tuple[str, str]]:
    """Which report comes before which, by their names."""
    quads = [q for q in links_of(dict(graphs)) if q.predicate.value == DCAT.prev]
    return sorted((q.subject.value.split("/")[-1], q.object.value.split("/")[-1]) for q in quads)


def inspection(name: str, published: str | None, **more: Any) -> tuple[str, list[ox.Quad]]:
    return Text("Words").graph(name, published, **more)


def test_the_inspection_before_is_the_newest_older_one_of_the_body() -> None:
    first = inspection("first", "2027-01-01", framework="peel-2018-19")
    second = inspection("second", "2029-01-01", framework="peel-2021-22")
    third = inspection("third", "2031-01-01")
    assert before(third, first, second) == [("second", "first"), ("third", "second")]


@pytest.mark.parametrize(
    "other",
    [
        {"force": BASE + "id/force/harrowby"},
        {"published": None},
        {"kind": "revisit-letter"},
        {"framework": "peel-2025-27"},
        {"framework": "ofsted-ilacs-2018"},
    ],
    ids=["another force", "no date", "a letter", "a newer framework", "another inspectorate"],
)
def test_what_is_no_inspection_before(other: dict[str, Any]) -> None:
    older = inspection("older", **{"published": "2029-01-01", **other})
    assert before(inspection("newer", "2031-01-01"), older) == []


@pytest.mark.parametrize(
    "other",
    [
        {"force": BASE + "id/force/harrowby"},
        {"published": None},
        {"published": "2031-03-01"},
        {"framework": "peel-2021-22"},
    ],
    ids=["another force", "no date", "the same day", "another framework"],
)
def test_reports_that_do_not_belong_together_are_not_linked(other: dict[str, Any]) -> None:
    assert linked(again(TITLE, **other), report()) == []


def test_a_letter_follows_a_report_of_another_framework() -> None:
    assert linked(again(TITLE, kind="revisit-letter", framework="peel-2021-22"), report())


def test_a_stated_concern_follows_the_stated_one() -> None:
    first, second = (
        Text("I have concerns about how it manages offenders."),
        Text("I worry how it manages offenders."),
    )
    before = first.graph(
        "first", "2031-01-01", concerns=[first.concern("concerns about how it manages offenders", OFFENDERS)]
    )
    after = second.graph(
        "second", "2032-01-01", concerns=[second.concern("how it manages offenders", OFFENDERS)]
    )
    assert len(linked(after, before)) == 1


def test_the_same_recommendation_is_linked_to_its_earlier_wording() -> None:
    text = Text("Investigations lack supervision", "- make sure every investigation now has a plan.")
    cause = text.cause("Investigations lack supervision", CRIME, "plan.")
    boxes = [cause, text.recommendation("make sure every investigation now has a plan", cause)]
    later = text.graph("later", "2032-01-01", kind="revisit-letter", boxes=boxes)
    found = linked(later, report())
    assert len(found) == 2


def test_a_refused_pair_is_never_linked_and_a_confirmed_one_always() -> None:
    before, after = report(), again("Officers lack lawful grounds for arrest", "Police powers")
    later, earlier = (
        next(q.subject.value for q in quads if q.object.value == KG.CauseOfConcern)
        for quads in (after[1], before[1])
    )
    assert linked(after, before, confirmed=[(later, earlier)]) == [earlier]
    same = again(TITLE)
    (target,) = linked(same, before)
    source = next(q.subject.value for q in same[1] if q.object.value == KG.CauseOfConcern)
    assert linked(same, before, refused=[(source, target)]) == []


# --- what became of it -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("Supervision of investigations is good. This cause of concern is closed.", "closed"),
        ("Supervision of investigations is good. I have therefore closed this cause of concern.", "closed"),
        ("The cause of concern remains open.", "open"),
        ("This cause of concern is not yet closed.", "open"),
        ("This cause of concern has been discharged.", "closed"),
    ],
)
def test_a_sentence_gives_the_status_of_the_concern_that_its_finding_is_about(
    sentence: str, status: str
) -> None:
    assert statuses(report(), letter("The force supervises investigations now.", sentence)) == [
        (TITLE, status)
    ]


def test_a_bullet_gives_the_status_of_the_recommendation_in_other_words() -> None:
    told = letter(
        "- each investigation has a plan – closed; and", "- detectives know the law of evidence – open."
    )
    assert statuses(report(), told) == [(PLAN, "closed"), (TRAIN, "open")]


def test_all_recommendations_of_the_concern_are_closed() -> None:
    told = statuses(
        report(), letter("Investigations are supervised.", "Both recommendations are now closed.")
    )
    assert told == [(PLAN, "closed"), (TRAIN, "closed")]


def test_some_recommendations_are_closed_by_what_they_are_about() -> None:
    sentence = "One of the two recommendations has been met: the one about detectives."
    assert statuses(report(), letter("Investigations are supervised.", sentence)) == [(TRAIN, "closed")]


def test_a_recommendation_is_closed_by_its_number() -> None:
    assert statuses(report(), letter("Recommendation 3 is closed.")) == [(VISIT, "closed")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Recommendations 1 and 3, on plans and visits, stay open, and it should end them by 31 May 2032.",
        "Recommendations 1 and 3 remain open until 31 May 2032.",
    ],
)
def test_recommendations_stay_open_by_their_numbers_until_a_day(sentence: str) -> None:
    told = links_of(dict([report(), letter(sentence)]))
    assert statuses(report(), letter(sentence)) == [(PLAN, "open"), (VISIT, "open")]
    assert values(told, KG.StatusEvent, KG.due) == [("2032-05-31",), ("2032-05-31",)]


@pytest.mark.parametrize(
    "sentence",
    [
        "We have closed two of the three recommendations.",
        "Two of the three recommendations are closed.",
    ],
)
def test_what_is_not_named_as_open_is_closed_if_the_letter_counts_it(sentence: str) -> None:
    told = statuses(report(), letter(sentence, "Recommendation 3 stays open."))
    assert told == [(PLAN, "closed"), (TRAIN, "closed"), (VISIT, "open")]


@pytest.mark.parametrize(
    "said",
    [
        ("We have closed one of the three recommendations.", "Recommendation 3 stays open."),
        ("We have closed seven of the eight recommendations.", "Recommendation 3 stays open."),
        ("We could have closed two of the three recommendations.", "Recommendation 3 stays open."),
    ],
)
def test_a_count_that_does_not_go_with_what_is_named_closes_nothing(said: tuple[str, str]) -> None:
    assert statuses(report(), letter(*said)) == [(VISIT, "open")]


@pytest.mark.parametrize(
    "sentence",
    [
        "One of the two recommendations is closed.",
        "The station is closed.",
        "The case was closed within a week.",
        "Recommendation 9 is closed.",
    ],
)
def test_what_is_not_clear_gives_no_status(sentence: str) -> None:
    assert statuses(report(), letter(sentence)) == []


def test_the_words_of_a_status_are_its_evidence() -> None:
    graphs = dict([report(), letter("All is well. This cause of concern is closed. We go on.")])
    quads = links_of(graphs)
    ((exact, start),) = values(quads, OA.TextPositionSelector, OA.exact, OA.start)
    assert exact == "This cause of concern is closed."
    assert start == str(len("How the force deals with it\nAll is well. "))
    assert values(quads, KG.StatusEvent, DCT.date, KG.derived) == [("2031-12-05", "true")]


def test_an_item_that_is_boxed_again_is_open_with_its_new_date() -> None:
    text = Text("Investigations lack supervision", f"- {PLAN}.")
    cause = text.cause("Investigations lack supervision", CRIME, "plan.", due="2032-06-30")
    boxes = [cause, text.recommendation(PLAN, cause, due="2032-06-30")]
    later = text.graph("later", "2032-01-01", kind="revisit-letter", boxes=boxes)
    told = values(links_of(dict([report(), later])), KG.StatusEvent, KG.status, KG.due)
    assert told == [("open", "2032-06-30"), ("open", "2032-06-30")]


def test_a_stated_concern_that_is_no_longer_one_is_closed() -> None:
    text = Text("I have concerns about how it manages offenders.")
    before = text.graph(
        "before", "2031-01-01", concerns=[text.concern("concerns about how it manages offenders", OFFENDERS)]
    )
    after = letter("I no longer have concerns about how well it manages offenders.")
    assert statuses(before, after) == [("concerns about how it manages offenders", "closed")]


# --- the graph ---------------------------------------------------------------------------------------


def test_the_order_of_the_reports_does_not_matter_and_the_graph_is_the_same_each_time() -> None:
    graphs = [report(), letter("This cause of concern is closed."), again(TITLE)]
    one, two = links_of(dict(graphs)), links_of(dict(reversed(graphs)))
    assert one == two
    assert {q.graph_name.value for q in one} == {BASE + "graph/links"}


def test_the_links_conform_to_the_shapes() -> None:
    graphs = dict([report(), letter("This cause of concern is closed.", f"- {PLAN} – closed."), again(TITLE)])
    everything = [quad for quads in graphs.values() for quad in quads] + links_of(graphs)
    assert [v for v in validate(everything) if v.severity == "violation"] == []


def test_the_life_story_tells_all_in_order(tmp_path: Any) -> None:
    graphs = dict(
        [report(), letter("Supervision is good. This cause of concern is closed.", f"- {PLAN} – closed.")]
    )
    quads = [quad for quads in graphs.values() for quad in quads] + links_of(graphs)
    (tmp_path / "all.nq").write_bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
    story = query("life-story", store=load_data([tmp_path / "all.nq"])).dicts()
    told = [(row["event"], str(row["date"]), row["status"]) for row in story if row["concern"] == TITLE]
    assert told == [
        ("raised", "2031-03-01", None),
        ("recommended", "2031-03-01", None),
        ("recommended", "2031-03-01", None),
        ("concern closed", "2031-12-05", "closed"),
        ("recommendation closed", "2031-12-05", "closed"),
    ]


def test_no_reports_give_no_links() -> None:
    assert links_of({}) == []


def test_a_build_links_the_sample_letter_to_its_report(tmp_path: Any) -> None:
    files = [GOLD / name / "report.txt" for name in ("marchshire-2023-25", "marchshire-revisit-letter")]
    built = build(files, exports=tmp_path / "exports", store=tmp_path / "store")
    story = query("life-story", store=built.store).dicts()
    events = [str(row["event"]) for row in story]
    assert events.count("recommendation closed") == 5
    assert events.count("recommendation open") == 1
    ends = {row["concern"]: row["event"] for row in story if str(row["event"]).startswith("concern ")}
    assert sorted(map(str, ends.values())) == ["concern closed", "concern closed", "concern open"]
    still = next(row for row in story if row["event"] == "recommendation open")
    assert str(still["due"]) == "2025-03-31"
    assert (tmp_path / "exports" / "links.ttl").is_file()
