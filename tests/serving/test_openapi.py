"""What a server says of its HTTP form."""

from __future__ import annotations

import re

from kg.asking.sparql.library import saved_queries
from kg.serving.pages.openapi import description


def test_each_saved_query_is_a_path_with_its_parameters() -> None:
    paths = description()["paths"]
    assert set(paths) == {f"/queries/{q.name}.{{format}}" for q in saved_queries()} | {"/sparql"}
    for saved in saved_queries():
        operation = paths[f"/queries/{saved.name}.{{format}}"]["get"]
        named = [each["name"] for each in operation["parameters"]]
        assert named == ["format", *saved.parameters]
        assert operation["summary"] == saved.purpose


def test_closed_lists_are_enumerated_and_what_is_needed_is_required() -> None:
    paths = description()["paths"]
    of = {p["name"]: p for p in paths["/queries/findings.{format}"]["get"]["parameters"]}
    assert of["polarity"]["schema"]["enum"] == ["positive", "negative", "mixed", "neutral"]
    assert re.fullmatch(of["from"]["schema"]["pattern"], "2024-03")
    assert not of["force"]["required"]
    needed = {p["name"]: p for p in paths["/queries/co-mentions.{format}"]["get"]["parameters"]}
    assert needed["entity"]["required"]
