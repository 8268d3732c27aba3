"""Inspection reports as linked data: judgements, findings and figures, each with its words.

Every verb of the ``kg`` command is a function of the same name here. They are imported when first used, so
that asking a store does not load the language stage.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kg.model.version import __version__ as __version__

if TYPE_CHECKING:
    from kg.asking.analysis import audit as audit
    from kg.asking.analysis import compare as compare
    from kg.asking.analysis import diff as diff
    from kg.asking.analysis import outliers as outliers
    from kg.asking.analysis import why as why
    from kg.asking.network import neighbourhood as neighbourhood
    from kg.asking.sparql import query as query
    from kg.asking.sparql import saved_queries as saved_queries
    from kg.dataset.build import build as build
    from kg.dataset.evaluation import evaluate as evaluate
    from kg.dataset.exporting import export as export
    from kg.dataset.publishing import publish as publish
    from kg.graph.store import open_store as open_store
    from kg.graph.validation import validate as validate
    from kg.nlp import extract as extract
    from kg.reading import read as read
    from kg.serving.server import serve as serve

_HOMES = {
    "audit": "kg.asking.analysis",
    "build": "kg.dataset.build",
    "compare": "kg.asking.analysis",
    "diff": "kg.asking.analysis",
    "evaluate": "kg.dataset.evaluation",
    "export": "kg.dataset.exporting",
    "extract": "kg.nlp",
    "neighbourhood": "kg.asking.network",
    "open_store": "kg.graph.store",
    "outliers": "kg.asking.analysis",
    "publish": "kg.dataset.publishing",
    "query": "kg.asking.sparql",
    "read": "kg.reading",
    "saved_queries": "kg.asking.sparql",
    "serve": "kg.serving.server",
    "validate": "kg.graph.validation",
    "why": "kg.asking.analysis",
}
__all__ = sorted([*_HOMES, "__version__"])


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
