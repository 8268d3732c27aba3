"""The spaCy pipeline: our finders as named components, usable in anyone's ``nlp.add_pipe``.

Each component is a thin writer: the finding is done by a pure function of its module, the component puts
what was found on the ``Doc``. A model can be chosen; the default is blank English, which needs no download.

>>> nlp = make_pipeline()
>>> doc = nlp("In the year ending 31 March 2023, the force answered 91.8 percent of 999 calls.")
>>> [span.text for span in doc.spans["kg_periods"]]
['year ending 31 March 2023']
>>> [(span.text, str(span._.kg_figure.value)) for span in doc.spans["kg_figures"]]
[('91.8 percent', '91.8')]
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import cast

import numpy as np
import spacy
from spacy.attrs import IDX, SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Span
from thinc.types import Ints2d

from kg.model.errors import CannotRead
from kg.model.records import Document, Extraction, Figure, Mention, Period
from kg.model.text.sentences import find_sentences
from kg.nlp.coverage import with_coverage
from kg.nlp.figures import find_figures
from kg.nlp.mentions import find_mentions
from kg.nlp.periods import find_periods
from kg.nlp.structure import find_structure
from kg.reading import document_from_text

COMPONENTS = ("kg_sentences", "kg_structure", "kg_periods", "kg_mentions", "kg_figures", "kg_coverage")
MAX_CHARACTERS = 20_000_000
"""Longest text that is taken. spaCy's own limit guards the memory of neural models, which we don't use."""

for _name in ("kg_extraction", "kg_sentences", "kg_period_records"):
    Doc.set_extension(_name, default=None, force=True)
Span.set_extension("kg_mention", default=None, force=True)
Span.set_extension("kg_figure", default=None, force=True)
Span.set_extension("kg_period", default=None, force=True)

Component = Callable[[Doc], Doc]


@Language.factory("kg_sentences", assigns=["token.is_sent_start", "doc._.kg_sentences"])
def make_sentences(nlp: Language, name: str) -> Component:
    """Component that sets sentence starts: never across a line break."""
    return write_sentences


@Language.factory("kg_structure", requires=["doc._.kg_sentences"], assigns=["doc._.kg_extraction"])
def make_structure(nlp: Language, name: str) -> Component:
    """Component that reads sections, judgements, findings, needs, concerns and boxes."""
    return write_structure


@Language.factory("kg_periods", requires=["doc._.kg_sentences"], assigns=["doc.spans"])
def make_periods(nlp: Language, name: str) -> Component:
    """Component that finds periods and resolves them to dates."""
    return write_periods


@Language.factory("kg_mentions", requires=["doc._.kg_extraction"], assigns=["doc.spans", "doc.ents"])
def make_mentions(nlp: Language, name: str) -> Component:
    """Component that tags and links mentions; ``doc.ents`` gets those that don't overlap."""
    return write_mentions


@Language.factory("kg_figures", requires=["doc._.kg_extraction"], assigns=["doc.spans"])
def make_figures(nlp: Language, name: str) -> Component:
    """Component that reads figures with their slots; each is a METRIC mention too."""
    return write_figures


@Language.factory("kg_coverage", requires=["doc._.kg_extraction"], assigns=["doc._.kg_extraction"])
def make_coverage(nlp: Language, name: str) -> Component:
    """Component that counts how much was captured, with a notice for what was not; it comes last."""
    return write_coverage


def write_sentences(doc: Doc) -> Doc:
    doc._.kg_sentences = find_sentences(_text(doc))
    starts = np.array([start for start, _ in doc._.kg_sentences], dtype="uint64")
    # As an array: setting Token.is_sent_start looks through the whole Doc each time.
    opens = np.isin(doc.to_array([IDX]).reshape(-1, 1), starts)
    marks = np.where(opens, 1, -1).astype("int32").astype("uint64")
    return doc.from_array([SENT_START], cast(Ints2d, marks)) if len(doc) else doc


def write_structure(doc: Doc) -> Doc:
    if doc._.kg_extraction is None:
        doc._.kg_extraction = find_structure(document_from_text(doc.text))
    return doc


def _text(doc: Doc) -> str:
    """The text of a Doc, which the Doc itself would put together from its words again."""
    extraction = doc._.kg_extraction
    return doc.text if extraction is None else extraction.report.text


def write_periods(doc: Doc) -> Doc:
    published = doc._.kg_extraction.report.published
    periods = find_periods(_text(doc), doc._.kg_sentences, published)
    doc._.kg_period_records = periods
    doc.spans["kg_periods"] = _spans(doc, periods, "PERIOD", "kg_period")
    return doc


def write_mentions(doc: Doc) -> Doc:
    mentions, entities = find_mentions(doc, doc._.kg_extraction, doc._.kg_period_records)
    doc._.kg_extraction = replace(doc._.kg_extraction, mentions=tuple(mentions), entities=tuple(entities))
    doc.spans["kg_mentions"] = _spans(doc, mentions, None, "kg_mention")
    doc.ents = spacy.util.filter_spans(list(doc.spans["kg_mentions"]))
    return doc


def write_figures(doc: Doc) -> Doc:
    extraction = doc._.kg_extraction
    figures = find_figures(_text(doc), doc._.kg_sentences, extraction, doc._.kg_period_records)
    metrics = [Mention(f.start, f.end, f.text, "METRIC", None, None, f.pattern) for f in figures]
    mentions = sorted((*extraction.mentions, *metrics), key=lambda m: (m.start, -m.end, m.label))
    doc._.kg_extraction = replace(extraction, mentions=tuple(mentions), figures=tuple(figures))
    doc.spans["kg_figures"] = _spans(doc, figures, "METRIC", "kg_figure")
    return doc


def write_coverage(doc: Doc) -> Doc:
    periods = doc._.kg_period_records or ()
    doc._.kg_extraction = with_coverage(doc._.kg_extraction, doc._.kg_sentences, periods)
    return doc


def _spans(
    doc: Doc, records: Iterable[Mention | Figure | Period], label: str | None, extension: str
) -> list[Span]:
    """The records as spaCy spans that carry them; a span grows to whole tokens."""
    spans = []
    for record in records:
        name = record.label if isinstance(record, Mention) else label
        span = doc.char_span(record.start, record.end, label=name or "", alignment_mode="expand")
        if span is not None:
            span._.set(extension, record)
            spans.append(span)
    return spans


@cache
def make_pipeline(model: str | None = None) -> Language:
    """Our components after blank English, or after an installed spaCy model of that name.

    Raises CannotRead if the model is not installed.
    """
    if model is None:
        nlp = spacy.blank("en")
    else:
        try:
            nlp = spacy.load(model)
        except OSError as error:
            raise CannotRead(f"{model}: no such spaCy model is installed; pip install it first") from error
    for component in COMPONENTS:
        nlp.add_pipe(component)
    nlp.max_length = MAX_CHARACTERS
    return nlp


_MOST_LEARNED = 10_000
"""As many words as spaCy itself remembers."""


@cache
def _learned(model: str | None) -> set[str]:
    """The words that the tokenizer of a pipeline has met alone."""
    return set()


def learn_words(text: str, model: str | None = None) -> None:
    """Let the tokenizer meet each new word of a text alone, so that it remembers how the word is split.

    Of a whole text, spaCy remembers no word after the first one that is an exception ("don’t").
    """
    nlp, learned = make_pipeline(model), _learned(model)
    for word in dict.fromkeys(text.split()):
        if word not in learned and len(learned) < _MOST_LEARNED and len(word) <= _LONGEST_WORD:
            learned.add(word)
            nlp.tokenizer(word)


_LONGEST_WORD = 500
"""Longer runs without a space are cut: the tokenizer takes signs off them one by one, copying the rest."""


def tokenized(nlp: Language, text: str) -> Doc:
    """The text as a ``Doc``, as ``nlp.make_doc``, but in linear time for runs of any length.

    >>> doc = tokenized(make_pipeline(), "a " + "(" * 2_000 + " b")
    >>> doc.text == "a " + "(" * 2_000 + " b", doc[-1].text
    (True, 'b')
    """
    runs = [match.span() for match in re.finditer(rf"\S{{{_LONGEST_WORD + 1},}}", text)]
    if not runs:
        return nlp.make_doc(text)
    inside = {at for start, end in runs for at in (*range(start, end, _LONGEST_WORD), end)}
    cuts = sorted(inside | {0, len(text)})
    pieces = (nlp.make_doc(text[start:end]) for start, end in pairwise(cuts))
    tokens = [(token.text, bool(token.whitespace_)) for piece in pieces for token in piece]
    return Doc(nlp.vocab, [word for word, _ in tokens], [space for _, space in tokens])


def analyse(document: Document, given: dict[str, str], model: str | None = None) -> Extraction:
    """Run the pipeline over a document that was read; ``given`` are the catalogue's facts about it."""
    nlp = make_pipeline(model)
    learn_words(document.text, model)
    doc = tokenized(nlp, document.text)
    doc._.kg_extraction = find_structure(document, given)
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc._.kg_extraction  # type: ignore[no-any-return]
