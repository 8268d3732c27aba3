"""Every name of every vocabulary is found where a text has it, as the thing that it names."""

from __future__ import annotations

from kg.model.gazetteer import load_gazetteer
from kg.model.labels import TAGGED
from kg.model.measures import load_measures
from kg.model.topics import find_topics, load_topics
from kg.nlp.figures.concepts import measure_named
from kg.nlp.mentions.vocabulary import find_known
from kg.nlp.mentions.words import prepare

GAZETTEER = load_gazetteer()


def test_every_name_of_what_is_tagged_is_found() -> None:
    for entry in GAZETTEER.of(*TAGGED):
        for name in entry.names:
            text = f"It has {name} here."
            found = find_known(prepare(text), GAZETTEER)
            assert (7, 7 + len(name), entry.iri) in {(c.start, c.end, c.iri) for c in found}, (name, found)


def test_every_name_of_a_topic_is_found() -> None:
    for entry in GAZETTEER.of("TOPIC"):
        for name in entry.names:
            assert (entry.iri, (0, len(name))) in find_topics(name), (name, find_topics(name))


def test_every_clause_form_of_a_topic_is_found() -> None:
    for topic in load_topics().values():
        for form in topic.forms:
            assert topic.iri in {iri for iri, _ in find_topics(form)}, (topic.iri, form)


def test_every_name_of_a_measure_is_found() -> None:
    measures = {measure.iri: measure for measure in load_measures()}
    for entry in GAZETTEER.of("MEASURE"):
        for name in entry.names:
            assert measure_named(name, "", [measures[entry.iri]]) is not None, (entry.iri, name)


def test_what_is_not_meant_is_no_topic() -> None:
    for topic in load_topics().values():
        for wording in topic.not_meant:
            assert topic.iri not in {iri for iri, _ in find_topics(wording)}, (topic.iri, wording)
