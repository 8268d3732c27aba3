"""The NLP stage. ``extract`` is its front door; spaCy is imported only when it is called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from kg.model.frameworks import load_frameworks
from kg.model.records import Document, Event, Extraction, Reason, Span, Subject
from kg.reading import ReportFile, read
from kg.reading.catalogue import given_for


def extract(
    source: str | Path | ReportFile | Document, *, given: Mapping[str, str] | None = None
) -> Extraction:
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


def explained(
    extraction: Extraction, topics: Sequence[tuple[str, Span]] | None = None
) -> tuple[tuple[Subject, ...], tuple[Reason, ...], dict[int, str]]:
    """What the statements of a report are about, the reasons for its grades, and by the index of a judgement
    what the section on its area lacks.

    ``topics`` are all places of the text that speak of a topic (default: ``find_topics``).
    """
    from kg.nlp.reasons import find_reasons, lacking
    from kg.nlp.subjects import find_subjects

    framework = next((f for f in load_frameworks() if f.notation == extraction.report.framework), None)
    subjects = find_subjects(extraction, topics)
    reasons = find_reasons(extraction, subjects, framework)
    lacks = {n: lacking(extraction, n, reasons, framework) for n in range(len(extraction.judgements))}
    return subjects, reasons, lacks


def events_of(extraction: Extraction) -> list[Event]:
    """What a report says to have begun, ended or changed at a stated time."""
    from kg.nlp.events import find_events

    return find_events(extraction)
