"""The spaCy pipeline: our finders as components that work alone, together, and after other people’s.

A component reads the ``Doc`` (its text, its sentences, what our components before it have left there), asks
a pure function of its module, and writes what was found: spans in ``doc.spans``, entities in ``doc.ents``,
typed records for ``extraction_of``. docs/spacy.md shows each with its settings.

>>> nlp = make_pipeline()
>>> doc = nlp("In the year ending 31 March 2023, the force answered 91.8 percent of 999 calls.")
>>> [span.text for span in doc.spans["kg_periods"]]
['year ending 31 March 2023']
>>> [(figure.text, str(figure.value)) for figure in extraction_of(doc).figures]
[('91.8 percent', '91.8')]
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any, cast

import numpy as np
import spacy
from spacy.attrs import IDX, SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans
from thinc.types import Ints2d

from kg.model.errors import CannotUnderstand
from kg.model.frameworks import Framework, load_frameworks
from kg.model.gazetteer import load_gazetteer
from kg.model.iris import period_iri
from kg.model.records import Document, Extraction, Figure, Mention, Period
from kg.model.records import Span as Offsets
from kg.model.text.sentences import find_sentences
from kg.model.vocab import BASE
from kg.nlp.coverage import with_coverage
from kg.nlp.doc_data import (
    document_of,
    extraction_of,
    periods_of,
    record_at,
    set_document,
    set_extraction,
    set_periods,
    text_of,
)
from kg.nlp.figures import doubts_of, find_figures
from kg.nlp.mentions import find_mentions
from kg.nlp.periods import find_periods
from kg.nlp.structure import find_structure

__all__ = ["COMPONENTS", "analyse", "extraction_of", "make_pipeline", "periods_of", "sentences_of"]

COMPONENTS = ("kg_sentences", "kg_structure", "kg_periods", "kg_mentions", "kg_figures", "kg_coverage")
MAX_CHARACTERS = 20_000_000
"""Longest text that is taken. spaCy's own limit guards the memory of neural models, which we don't use."""


# --- what a component leaves on the Doc --------------------------------------------------------------


def sentences_of(doc: Doc) -> list[Offsets]:
    """The sentences of a Doc without white space around them: those it has, else those that we find."""
    text = text_of(doc)
    if not doc.has_annotation("SENT_START"):
        return find_sentences(text)
    offsets, marks = doc.to_array([IDX, SENT_START]).T
    starts = [0, *offsets[1:][marks[1:] == 1].tolist(), len(text)]
    spans = []
    for start, end in pairwise(starts):
        words = text[start:end].lstrip()
        begin = end - len(words)
        if words := words.rstrip():
            spans.append((begin, begin + len(words)))
    return spans


def _spans(
    doc: Doc, records: Iterable[Mention | Figure | Period], label: str = "", base: str = BASE
) -> list[Span]:
    """The records as spans of whole tokens: the label, the entity as ``kb_id_``, the rule as ``id_``."""
    spans = []
    for record in records:
        entity = None
        if isinstance(record, Mention):
            label, entity = record.label, record.entity
        elif isinstance(record, Period):
            entity = period_iri(record.begin_date, record.end_date, base)
        span = doc.char_span(
            record.start,
            record.end,
            label=label,
            kb_id=entity or "",
            span_id=record.pattern or "",
            alignment_mode="expand",
        )
        if span is not None:
            spans.append(span)
    return spans


def _register_extensions() -> None:
    """Make ``doc._.kg_extraction`` and the records of spans readable; called by the factories, once."""
    if not Doc.has_extension("kg_extraction"):
        Doc.set_extension("kg_extraction", getter=extraction_of)
    for name, kind in (("kg_mention", Mention), ("kg_figure", Figure), ("kg_period", Period)):
        if not Span.has_extension(name):
            Span.set_extension(name, getter=_record_of(kind))


def _record_of(kind: type) -> Any:
    def record(span: Span) -> Any:
        label = span.label_ if kind is Mention else None
        return record_at(span.doc, kind, span.start_char, span.end_char, label)

    return record


# --- the components ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sentences:
    """Sets sentence starts: a line break always ends a sentence. A parser’s sentences are kept."""

    overwrite: bool

    def __call__(self, doc: Doc) -> Doc:
        if doc.has_annotation("DEP") or (doc.has_annotation("SENT_START") and not self.overwrite):
            return doc
        starts = np.array([start for start, _ in find_sentences(text_of(doc))], dtype="uint64")
        # As an array: setting Token.is_sent_start looks through the whole Doc each time.
        opens = np.isin(doc.to_array([IDX]).reshape(-1, 1), starts)
        marks = np.where(opens, 1, -1).astype("int32").astype("uint64")
        return doc.from_array([SENT_START], cast(Ints2d, marks)) if len(doc) else doc


@Language.factory(
    "kg_sentences", assigns=["token.is_sent_start", "doc.sents"], default_config={"overwrite": False}
)
def make_sentences(nlp: Language, name: str, overwrite: bool) -> Sentences:
    """``overwrite``: set ours in place of those that an earlier component, not a parser, has set."""
    return Sentences(overwrite)


@dataclass(frozen=True)
class Structure:
    """Reads what the report is, its sections, judgements, findings, needs, concerns and boxes."""

    framework: str | None
    published: str | None

    def __call__(self, doc: Doc) -> Doc:
        document, given = document_of(doc)
        settings = {"framework": self.framework, "published": self.published}
        given = {key: value for key, value in settings.items() if value} | given
        set_extraction(doc, find_structure(document, given))
        return doc


@Language.factory(
    "kg_structure", assigns=["doc._.kg_extraction"], default_config={"framework": None, "published": None}
)
def make_structure(nlp: Language, name: str, framework: str | None, published: str | None) -> Structure:
    """``framework``, a notation (``peel-2023-25``), and ``published``, an ISO date, override the text’s."""
    _register_extensions()
    return Structure(framework, published)


@dataclass(frozen=True)
class Periods:
    """Finds periods and resolves them to dates."""

    base: str
    spans_key: str

    def __call__(self, doc: Doc) -> Doc:
        periods = find_periods(text_of(doc))
        set_periods(doc, periods)
        doc.spans[self.spans_key] = _spans(doc, periods, "PERIOD", self.base)
        return doc


@Language.factory(
    "kg_periods",
    assigns=["doc.spans"],
    default_config={"base": BASE, "spans_key": "kg_periods"},
)
def make_periods(nlp: Language, name: str, base: str, spans_key: str) -> Periods:
    """``base`` begins the IRIs of periods."""
    _register_extensions()
    return Periods(base, spans_key)


@dataclass(frozen=True)
class Mentions:
    """Tags mentions and links each to its entity; ``doc.ents`` gets those that do not overlap."""

    vocabulary: str | None
    framework: str | None
    base: str
    spans_key: str
    overwrite_ents: bool

    def __call__(self, doc: Doc) -> Doc:
        extraction = extraction_of(doc)
        mentions, entities = find_mentions(
            text_of(doc),
            sentences_of(doc),
            extraction,
            periods_of(doc),
            load_gazetteer(self.vocabulary),
            _framework(self.framework),
            self.base,
        )
        set_extraction(doc, replace(extraction, mentions=tuple(mentions), entities=tuple(entities)))
        spans = _spans(doc, mentions)
        doc.spans[self.spans_key] = spans
        doc.ents = filter_spans(spans) if self.overwrite_ents else _beside(doc.ents, spans)
        return doc


def _framework(notation: str | None) -> Framework | None:
    return next((each for each in load_frameworks() if each.notation == notation), None)


def _beside(there: Sequence[Span], spans: Sequence[Span]) -> list[Span]:
    """Entities that are there, and the longest of the spans that touch none of them."""
    taken = {at for entity in there for at in range(entity.start, entity.end)}
    free = [span for span in spans if taken.isdisjoint(range(span.start, span.end))]
    return [*there, *filter_spans(free)]


@Language.factory(
    "kg_mentions",
    assigns=["doc.spans", "doc.ents", "token.ent_type", "token.ent_iob", "token.ent_kb_id", "token.ent_id"],
    default_config={
        "vocabulary": None,
        "framework": None,
        "base": BASE,
        "spans_key": "kg_mentions",
        "overwrite_ents": False,
    },
)
def make_mentions(
    nlp: Language,
    name: str,
    vocabulary: str | None,
    framework: str | None,
    base: str,
    spans_key: str,
    overwrite_ents: bool,
) -> Mentions:
    """``vocabulary`` is a folder of Turtle files (default: ours), ``framework`` the notation of the one whose
    grades and areas are named (default: the report’s), ``base`` begins the IRIs of entities. Entities of
    earlier components stay unless ``overwrite_ents``. Raises CannotRead if the folder has no vocabulary and
    CannotUnderstand if no framework has that notation.
    """
    _register_extensions()
    load_gazetteer(vocabulary)
    if framework is not None and _framework(framework) is None:
        known = ", ".join(sorted(each.notation for each in load_frameworks()))
        raise CannotUnderstand(f"no framework {framework}; there are {known}")
    return Mentions(vocabulary, framework, base, spans_key, overwrite_ents)


@dataclass(frozen=True)
class Figures:
    """Reads figures with their slots; each is a METRIC mention too."""

    spans_key: str

    def __call__(self, doc: Doc) -> Doc:
        extraction = extraction_of(doc)
        figures = find_figures(text_of(doc), sentences_of(doc), extraction, periods_of(doc))
        metrics = [Mention(f.start, f.end, f.text, "METRIC", None, None, f.pattern) for f in figures]
        mentions = sorted((*extraction.mentions, *metrics), key=lambda m: (m.start, -m.end, m.label))
        warnings = (*extraction.warnings, *doubts_of(figures))
        extraction = replace(extraction, mentions=tuple(mentions), figures=tuple(figures), warnings=warnings)
        set_extraction(doc, extraction)
        doc.spans[self.spans_key] = _spans(doc, figures, "METRIC")
        return doc


@Language.factory("kg_figures", assigns=["doc.spans"], default_config={"spans_key": "kg_figures"})
def make_figures(nlp: Language, name: str, spans_key: str) -> Figures:
    """``spans_key`` names the group of ``doc.spans`` that figures are written to."""
    _register_extensions()
    return Figures(spans_key)


@dataclass(frozen=True)
class Coverage:
    """Counts how much was captured, with a notice for what was not; it comes last."""

    def __call__(self, doc: Doc) -> Doc:
        set_extraction(doc, with_coverage(extraction_of(doc), sentences_of(doc), periods_of(doc)))
        return doc


@Language.factory("kg_coverage", assigns=["doc._.kg_extraction"])
def make_coverage(nlp: Language, name: str) -> Coverage:
    """It has no settings."""
    _register_extensions()
    return Coverage()


# --- all of them -------------------------------------------------------------------------------------


@cache
def make_pipeline() -> Language:
    """Our components in blank English; it is made once."""
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kg.WordTokenizer.v1"}}})
    for component in COMPONENTS:
        nlp.add_pipe(component)
    nlp.max_length = MAX_CHARACTERS
    return nlp


def analyse(document: Document, given: dict[str, str]) -> Extraction:
    """Run the pipeline over a document that was read; ``given`` are the catalogue's facts about it."""
    nlp = make_pipeline()
    doc = nlp.make_doc(document.text)
    set_document(doc, document, given)
    return extraction_of(nlp(doc))
