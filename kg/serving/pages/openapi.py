"""What programs may ask over HTTP, as OpenAPI 3.1: the saved queries and the SPARQL endpoint."""

from __future__ import annotations

import json
from typing import Any

from kg.asking.sparql.library import Parameter, SavedQuery, by_group
from kg.model.formats import formats_of
from kg.model.version import __version__
from kg.serving.http.messages import Request, Response
from kg.serving.pages.source import PageSource

_SCHEMAS: dict[str, dict[str, str]] = {
    "iri": {"type": "string", "format": "uri"},
    "date": {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$"},
    "number": {"type": "number"},
}
"""JSON Schemas of the kinds of parameter that are no plain strings."""


def openapi(site: PageSource, request: Request) -> Response:
    """The description as JSON."""
    body = json.dumps(description(), ensure_ascii=False, indent=1) + "\n"
    return Response(200, "application/json; charset=utf-8", body.encode(), cacheable=True)


def description() -> dict[str, Any]:
    """The OpenAPI document: one path a saved query, in the order of their groups, and ``/sparql``."""
    groups = by_group()
    paths = {
        f"/queries/{q.name}.{{format}}": {"get": _operation(q)} for each in groups.values() for q in each
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Inspection findings", "version": __version__},
        "tags": [{"name": group} for group in (*groups, "SPARQL")],
        "paths": {**paths, "/sparql": {"get": _SPARQL}},
    }


def _operation(saved: SavedQuery) -> dict[str, Any]:
    known = [row for row in formats_of("results") if row.media_type]
    form = {"type": "string", "enum": [row.name for row in known]}
    asked = {"name": "format", "in": "path", "required": True, "schema": form}
    return {
        "operationId": saved.name,
        "summary": saved.purpose,
        "tags": [saved.group],
        "description": f"Columns: {', '.join(saved.columns)}.",
        "parameters": [asked, *(_parameter(each, saved) for each in saved.inputs)],
        "responses": {
            "200": {"description": "The rows.", "content": {row.media_type: {} for row in known}},
            "400": {"description": "A value that is not of its kind."},
            "404": {"description": "A name that nothing has."},
        },
    }


def _parameter(each: Parameter, saved: SavedQuery) -> dict[str, Any]:
    schema: dict[str, Any] = dict(_SCHEMAS.get(each.kind, {"type": "string"}))
    if each.values:
        schema["enum"] = list(each.values)
    return {
        "name": each.name, "in": "query", "required": each.name == saved.needs,
        "description": each.meaning, "schema": schema,
    }  # fmt: skip


_SPARQL: dict[str, Any] = {
    "operationId": "sparql",
    "summary": "The answer to a SPARQL 1.1 query (SPARQL 1.1 Protocol; POST too).",
    "tags": ["SPARQL"],
    "parameters": [{"name": "query", "in": "query", "required": True, "schema": {"type": "string"}}],
    "responses": {
        "200": {
            "description": "Rows, yes or no, or a graph, in the format that Accept asks for.",
            "content": {
                row.media_type: {} for row in (*formats_of("results"), *formats_of("graph")) if row.media_type
            },
        },
        "400": {"description": "The query is not valid."},
    },
}
