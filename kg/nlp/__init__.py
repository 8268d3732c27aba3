"""The NLP stage. ``extract`` is its front door; spaCy is imported only when it is called."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kg.model.records import Document, Extraction
from kg.reading import read
from kg.reading.catalogue import given_for


def extract(source: str | Path | Document, *, given: Mapping[str, str] | None = None) -> Extraction:
    """Analyse one report: a path, ``-`` for standard input, or a document that was read.

    ``given`` are facts that override what the text says (force, framework, kind, published, …); without
    it, a catalogue beside the file is asked. Raises CannotRead or CannotUnderstand if the file has no report
    to read.
    """
    from kg.nlp.components import analyse

    document = source if isinstance(source, Document) else read(source)
    if given is None:
        given = {} if isinstance(source, Document) else given_for(source, document.source.sha256)
    return analyse(document, dict(given))
