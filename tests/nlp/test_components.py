"""The spaCy components: found by their names, and true to the text."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest

from kg.model.errors import CannotRead
from kg.nlp import extract
from kg.nlp.components import COMPONENTS, make_pipeline


@pytest.fixture(scope="module")
def extraction(seed_path):
    return extract(seed_path)


def test_anyone_can_add_the_components_by_name():
    """In a process that imports nothing of ours: spaCy finds them by their entry points."""
    code = (
        "import sys, spacy; nlp = spacy.blank('en');"
        f"[nlp.add_pipe(name) for name in {COMPONENTS!r}];"
        "doc = nlp('The force runs Operation Example.\\nIt stopped 12 percent of cars in 2022/23.');"
        "print([(s.text, s.label_) for s in doc.spans['kg_mentions'] if s.label_ in ('OPERATION', 'PERIOD')],"
        " [s._.kg_figure.unit for s in doc.spans['kg_figures']], len(list(doc.sents)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == (
        "[('Operation Example', 'OPERATION'), ('2022/23', 'PERIOD')] ['percent'] 2"
    )


def test_every_mention_and_figure_has_exactly_its_words(extraction):
    text = extraction.report.text
    assert extraction.mentions and extraction.figures
    assert all(text[one.start : one.end] == one.text for one in (*extraction.mentions, *extraction.figures))


def test_only_a_metric_contains_other_mentions(extraction):
    names = [mention for mention in extraction.mentions if mention.label != "METRIC"]
    assert [(a.text, b.text) for a, b in pairwise(names) if b.start < a.end] == []


def test_every_figure_is_a_metric_mention(extraction):
    metrics = [(m.start, m.end) for m in extraction.mentions if m.label == "METRIC"]
    assert metrics == [(f.start, f.end) for f in extraction.figures]


def test_every_mention_but_a_metric_says_what_it_refers_to_and_which_rule_found_it(extraction):
    names = [mention for mention in extraction.mentions if mention.label != "METRIC"]
    assert all(mention.entity and mention.name and mention.pattern for mention in names)
    known = {entity.iri for entity in extraction.entities}
    assert {mention.entity for mention in names} <= known


def test_the_same_text_gives_the_same_records_twice(extraction, seed_path):
    assert extract(seed_path) == extraction


def test_a_model_that_is_not_installed_is_one_clear_error():
    with pytest.raises(CannotRead, match="no such spaCy model is installed"):
        make_pipeline("xx_no_such_model")
