import pytest

from kg.serving.http.messages import Refusal
from kg.serving.http.negotiation import accepts_gzip, choose, chosen_format, offered_formats

JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"

RESULTS = [
    (None, JSON),
    ("*/*", JSON),
    ("", JSON),
    (";;;,,/", JSON),
    ("text/csv;q=0.1, application/sparql-results+xml;q=0.9", XML),
    ("application/sparql-results+xml;q=0.9,text/csv;q=0.1", XML),
    ("application/sparql-results+json;q=0, */*;q=0.5", "text/csv"),
    ("*/*;q=0.9, text/*;q=0.8, text/csv;q=1.0", "text/csv"),
    ("application/*", JSON),
    ("text/*", "text/csv"),
    ("TEXT/CSV ; Q=0.9 , image/png", "text/csv"),
    ("application/json", JSON),
    ("application/xml", XML),
    ("text/xml", XML),
    (BROWSER, XML),
    ("text/csv;q=nan, text/tab-separated-values;q=0.2", "text/tab-separated-values"),
]


@pytest.mark.parametrize(("accept", "media_type"), RESULTS)
def test_a_table_comes_in_the_format_that_accept_likes_best(accept, media_type):
    assert chosen_format("results", accept, None).media_type == media_type


GRAPHS = [
    (None, "text/turtle"),
    ("text/turtle;q=0.5, application/n-triples", "application/n-triples"),
    ("application/x-binary-rdf, text/turtle;q=0.9, application/rdf+xml;q=0.2", "text/turtle"),
    ("application/ld+json", "application/ld+json"),
    ("application/json", "application/ld+json"),
    ("application/n-quads", "application/n-quads"),
]


@pytest.mark.parametrize(("accept", "media_type"), GRAPHS)
def test_a_graph_comes_in_the_format_that_accept_likes_best(accept, media_type):
    assert chosen_format("graph", accept, None).media_type == media_type


@pytest.mark.parametrize(
    ("kind", "wish", "media_type"),
    [
        ("results", "json", JSON),
        ("results", "CSV", "text/csv"),
        ("results", "text/csv", "text/csv"),
        ("results", "srx", XML),
        ("graph", "ttl", "text/turtle"),
        ("graph", "json", "application/ld+json"),
        ("graph", "xml", "application/rdf+xml"),
    ],
)
def test_a_format_parameter_goes_before_accept(kind, wish, media_type):
    assert chosen_format(kind, BROWSER, wish).media_type == media_type


@pytest.mark.parametrize(
    ("kind", "accept", "wish", "media_type"),
    [
        ("graph", "*/*", "rdf+xml", "application/rdf+xml"),
        ("graph", "*/*", "n3", "text/turtle"),
        ("graph", "*/*", "json-ld", "application/ld+json"),
        ("graph", "application/n-triples", "something", "application/n-triples"),
        ("results", "text/csv, */*;q=0.1", "sparql-results", "text/csv"),
    ],
)
def test_what_a_client_calls_a_format_is_known_or_falls_back_to_accept(kind, accept, wish, media_type):
    assert chosen_format(kind, accept, wish).media_type == media_type


@pytest.mark.parametrize(
    ("kind", "accept", "wish"),
    [
        (
            "graph",
            "*/*",
            "turtel",
        ),
        ("results", "image/png", "turtle"),
        ("results", "image/png", None),
        ("results", "text/turtle", None),
        ("graph", "text/csv", None),
        ("results", None, "spreadsheet"),
        ("graph", None, "csv"),
    ],
)
def test_what_cannot_be_sent_is_refused_with_a_list_of_what_can(kind, accept, wish):
    with pytest.raises(Refusal, match=r"Formats: .*/") as caught:
        chosen_format(kind, accept, wish)
    assert caught.value.status == 406


def test_among_equals_the_first_offer_is_chosen():
    assert choose("text/b, text/a", [("text/a", 1), ("text/b", 2)]) == 1


def test_nothing_is_chosen_where_nothing_is_acceptable():
    assert choose("text/c", [("text/a", 1)]) is None


def test_every_offered_media_type_can_be_asked_for():
    for kind in ("results", "graph"):
        for media_type, row in offered_formats(kind):
            assert chosen_format(kind, media_type, None) == row


def test_gzip_with_quality_zero_is_not_wanted():
    assert accepts_gzip("deflate, gzip;q=0.5") and not accepts_gzip("gzip;q=0, *")
