"""Inspection reports as linked data: judgements, findings and figures, each with its words.

Every verb of the ``kg`` command is a function of the same name here. They are imported when first used, so
that asking a store does not load the language stage.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.analysis import audit as audit
    from kg.analysis import compare as compare
    from kg.analysis import outliers as outliers
    from kg.builder import build as build
    from kg.evaluation import evaluate as evaluate
    from kg.exporting import export as export
    from kg.network import neighbourhood as neighbourhood
    from kg.nlp import extract as extract
    from kg.publishing import publish as publish
    from kg.reading import read as read
    from kg.server import serve as serve
    from kg.sparql import query as query
    from kg.sparql import saved_queries as saved_queries
    from kg.store import open_store as open_store
    from kg.validation import validate as validate

__version__ = "0.1.0"

_HOMES = {
    "audit": "kg.analysis",
    "build": "kg.builder",
    "compare": "kg.analysis",
    "evaluate": "kg.evaluation",
    "export": "kg.exporting",
    "extract": "kg.nlp",
    "neighbourhood": "kg.network",
    "open_store": "kg.store",
    "outliers": "kg.analysis",
    "publish": "kg.publishing",
    "query": "kg.sparql",
    "read": "kg.reading",
    "saved_queries": "kg.sparql",
    "serve": "kg.server",
    "validate": "kg.validation",
}
__all__ = sorted([*_HOMES, "__version__"])


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
