"""What a report says of its own data, and what follows for its figures."""

from __future__ import annotations

import pytest

from kg.nlp.figures.sources.data_note import read_data_note, table_labels

ABOUT = "Summary\nThe force is good.\nAbout the data\n"

CLAUSES = [
    ("Data on incidents and visits is from the Home Office.", [("official-statistics", "visits")]),
    (
        "Data on crime comes from the Home Office, and that on 999 calls from BT; we collected data on "
        "sickness from forces.",
        [("official-statistics", "crime"), ("official-statistics", "calls"), ("inspectorate", "sickness")],
    ),
    (
        "Stop and search data are published by the Home Office, and so are workforce numbers.",
        [("official-statistics", "search"), ("official-statistics", "workforce")],
    ),
    (
        "Dismissals, and those on complaints, are Home Office data.",
        [("official-statistics", "dismissed"), ("official-statistics", "complaint")],
    ),
    ("Call volumes come from the force’s own records.", [("force", "call volumes")]),
    (
        "The Home Office publishes the data on outcomes that we use here.",
        [("official-statistics", "an outcome")],
    ),
]


@pytest.mark.parametrize(("note", "expected"), CLAUSES)
def test_each_clause_of_a_note_has_its_source_and_its_kinds(
    note: str, expected: list[tuple[str, str]]
) -> None:
    told = read_data_note(ABOUT + note).data
    assert [noted.source for noted in told] == [source for source, _ in expected]
    for noted, (_, words) in zip(told, expected, strict=True):
        assert noted.nouns is not None and noted.nouns.search(words)
        assert (ABOUT + note)[slice(*noted.span)] in note


@pytest.mark.parametrize(
    "rest",
    [
        "Otherwise our figures were collected from the service during the inspection.",
        "Anything else on which no source is given was requested by us from the force.",
        "Where we give no source for a number, our inspectors collected it.",
    ],
)
def test_a_note_may_say_whose_all_other_figures_are(rest: str) -> None:
    note = read_data_note(ABOUT + "Data on crime is from the Home Office. " + rest)
    assert note.rest is not None and note.rest.source == "inspectorate"
    assert [noted.source for noted in note.data] == ["official-statistics"]


def test_a_sentence_that_speaks_like_a_note_is_one_outside_the_section_too() -> None:
    text = "Except where we say otherwise, figures on crimes were supplied by forces to the Home Office."
    assert [n.source for n in read_data_note(text).data] == ["official-statistics"]
    assert read_data_note("Figures on crimes have fallen, the Home Office says.").data == ()


def test_verbs_and_general_words_of_a_note_name_no_kind_of_data() -> None:
    note = read_data_note(ABOUT + "999 data is from BT.\nAggregated totals differ from Home Office ones.")
    assert [noted.nouns for noted in note.data] == [None, None]


TABLE = (
    "Measure | Example | England\nHome safety visits per 1,000 population | 14.8 | 10.4\n{source}\n"
    "In 2023/24, the service made 10,960 home safety visits and held 12 meetings."
)


def test_the_source_below_a_table_is_that_of_the_kinds_of_its_rows() -> None:
    labels = table_labels(TABLE.format(source="Source: Home Office"))
    assert {label.source for label in labels} == {"official-statistics"}
    assert all(label.names("home safety visits") for label in labels)
    assert not any(
        label.names(words) for label in labels for words in ("visits", "meetings", "school visits")
    )


def test_a_table_without_a_source_below_it_tells_none() -> None:
    assert table_labels(TABLE.format(source="The service is good.")) == ()
