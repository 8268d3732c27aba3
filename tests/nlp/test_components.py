"""The spaCy components as spaCy's users know theirs: alone, after others, stored, in two processes."""

from __future__ import annotations

import pickle
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

from kg.model.errors import CannotRead, CannotUnderstand
from kg.model.records import Extraction, Figure, Mention
from kg.model.text.sentences import find_sentences
from kg.nlp import extract
from kg.nlp.components import COMPONENTS, analyse, extraction_of, make_pipeline, periods_of, sentences_of
from kg.nlp.doc_data import from_data, to_data
from kg.reading import read

SENTENCE = "In 2022/23 Kent Police ran Operation Example and stopped 12 percent of cars in Maidstone."
LINES = "The force runs Operation Example.\nIt stopped 12 percent of cars in 2022/23."
ID = "https://kg.example/id/"


def pipeline(*components: str, **configs: dict) -> Language:
    nlp = spacy.blank("en")
    for component in components:
        nlp.add_pipe(component, config=configs.get(component, {}))
    return nlp


def entities(doc: Doc) -> list[tuple[str, str]]:
    return [(span.text, span.label_) for span in doc.ents]


def grouped(doc: Doc) -> list[tuple[str, str, str, str, str]]:
    """All that the groups of spans say."""
    return [(key, s.text, s.label_, s.kb_id_, s.id_) for key, group in doc.spans.items() for s in group]


@pytest.fixture(scope="module")
def extraction(seed_path) -> Extraction:
    return extract(seed_path)


@pytest.fixture
def read_doc() -> Doc:
    """The sentence, read by the components for names and numbers."""
    return pipeline("kg_periods", "kg_mentions", "kg_figures")(SENTENCE)


# --- alone -------------------------------------------------------------------------------------------


def test_anyone_can_add_the_components_by_name():
    """In a process that imports nothing of ours: spaCy finds them by their entry points."""
    code = (
        "import sys, spacy; nlp = spacy.blank('en');"
        f"[nlp.add_pipe(name) for name in {COMPONENTS!r}];"
        f"doc = nlp({LINES!r});"
        "print([(s.text, s.label_) for s in doc.spans['kg_mentions'] if s.label_ in ('OPERATION', 'PERIOD')],"
        " [s._.kg_figure.unit for s in doc.spans['kg_figures']], len(list(doc.sents)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == (
        "[('Operation Example', 'OPERATION'), ('2022/23', 'PERIOD')] ['percent'] 2"
    )


def test_the_manuals_example_prints_what_it_says(capsys: pytest.CaptureFixture[str]):
    page = (Path(__file__).parents[2] / "docs" / "spacy.md").read_text(encoding="utf-8")
    code = page.split("```python\n")[1].split("```")[0]
    exec(code, {})
    printed = capsys.readouterr().out.splitlines()
    assert printed == [line.removeprefix("# ") for line in code.splitlines() if line.startswith("# ")]


def test_importing_the_components_registers_no_extension():
    code = (
        "import kg.nlp.components; from spacy.tokens import Doc, Span;"
        "print(Doc.has_extension('kg_extraction'), Span.has_extension('kg_mention'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


@pytest.mark.parametrize("component", COMPONENTS)
@pytest.mark.parametrize("text", [SENTENCE, LINES, "", "\n", "Ok"])
def test_each_component_works_alone_on_any_text(component: str, text: str):
    doc = pipeline(component)(text)
    assert doc.text == text
    assert extraction_of(doc).report.text == text


@pytest.mark.parametrize("components", [COMPONENTS, *[(name,) for name in COMPONENTS], COMPONENTS[2:]])
def test_the_analysis_of_the_pipeline_finds_no_problem(components: tuple[str, ...]):
    assert not any(pipeline(*components).analyze_pipes()["problems"].values())


def test_periods_and_mentions_alone_say_what_is_named_and_by_which_rule():
    doc = pipeline("kg_periods", "kg_mentions")(SENTENCE)
    assert [(e.text, e.label_, e.kb_id_.removeprefix(ID), e.id_) for e in doc.ents] == [
        ("2022/23", "PERIOD", "period/2022-04-01--2023-03-31", "period.financial-year"),
        ("Kent Police", "FORCE", "force/kent", "police-forces:kent"),
        ("Operation Example", "OPERATION", "operation/operation-example", "form-operation"),
        ("Maidstone", "PLACE", "place/maidstone", "places:maidstone"),
    ]
    (period,) = doc.spans["kg_periods"]
    assert (period.text, period.kb_id_) == ("2022/23", ID + "period/2022-04-01--2023-03-31")


def test_a_span_gives_its_record(read_doc: Doc):
    (figure,) = read_doc.spans["kg_figures"]
    assert isinstance(figure._.kg_figure, Figure) and str(figure._.kg_figure.value) == "12"
    force = read_doc.spans["kg_mentions"][1]
    assert isinstance(force._.kg_mention, Mention) and force._.kg_mention.name == "Kent Police"
    assert read_doc.spans["kg_periods"][0]._.kg_period == periods_of(read_doc)[0]
    assert Span(read_doc, 0, 1)._.kg_figure is None


def test_the_typed_records_come_back_from_the_doc(read_doc: Doc):
    found = extraction_of(read_doc)
    assert found == read_doc._.kg_extraction
    assert {m.label for m in found.mentions} == {"PERIOD", "FORCE", "OPERATION", "PLACE", "METRIC"}
    assert [e.name for e in found.entities if e.label == "FORCE"] == ["Kent Police"]
    assert extraction_of(spacy.blank("en")("Nobody read it.")).mentions == ()


# --- after others ------------------------------------------------------------------------------------


@Language.component("tests_others_entity")
def others_entity(doc: Doc) -> Doc:
    """Somebody's entity on the name of a force."""
    doc.ents = [Span(doc, token.i, token.i + 2, label="ORG") for token in doc if token.text == "Kent"]
    return doc


@pytest.mark.parametrize(
    ("overwrite", "found"),
    [
        (False, [("Kent Police", "ORG"), ("Operation Example", "OPERATION"), ("Maidstone", "PLACE")]),
        (True, [("Kent Police", "FORCE"), ("Operation Example", "OPERATION"), ("Maidstone", "PLACE")]),
    ],
)
def test_entities_of_others_stay_unless_told(overwrite: bool, found: list[tuple[str, str]]):
    nlp = pipeline("tests_others_entity", "kg_mentions", kg_mentions={"overwrite_ents": overwrite})
    doc = nlp(SENTENCE)
    assert entities(doc) == found
    assert [s.label_ for s in doc.spans["kg_mentions"]] == ["FORCE", "OPERATION", "PLACE"]


def test_sentences_of_others_are_kept_unless_told():
    text = "One rose; two fell."
    semicolons = {"sentencizer": {"punct_chars": [";"]}}
    kept = pipeline("sentencizer", "kg_sentences", **semicolons)(text)
    assert [text[start:end] for start, end in sentences_of(kept)] == ["One rose;", "two fell."]
    ours = pipeline("sentencizer", "kg_sentences", **semicolons, kg_sentences={"overwrite": True})(text)
    assert sentences_of(ours) == find_sentences(text) == [(0, len(text))]


def test_the_sentences_of_a_doc_are_those_that_were_found(seed_path):
    text = read(seed_path).text
    doc = pipeline("kg_sentences")(text)
    assert sentences_of(doc) == find_sentences(text)


def test_spacys_sentences_serve_mentions_and_figures():
    doc = pipeline("sentencizer", "kg_periods", "kg_mentions", "kg_figures")(SENTENCE + " It works.")
    assert len(list(doc.sents)) == 2
    assert [s.text for s in doc.spans["kg_figures"]] == ["12 percent"]


def test_what_is_found_does_not_depend_on_the_tokenizer(extraction: Extraction, seed_path):
    doc = pipeline(*COMPONENTS)(read(seed_path).text)
    assert extraction_of(doc).mentions == extraction.mentions
    assert extraction_of(doc).figures == extraction.figures


def test_words_of_our_tokenizer_keep_every_character(seed_path):
    text = read(seed_path).text
    assert make_pipeline().make_doc(text).text == text
    odd = "  a\t\u00a0b \n\n c’s re-use (BT).  "
    assert make_pipeline().make_doc(odd).text == odd


# --- stored and sent ---------------------------------------------------------------------------------


def through_bytes(doc: Doc) -> Doc:
    return Doc(spacy.blank("en").vocab).from_bytes(doc.to_bytes())


def through_docbin(doc: Doc) -> Doc:
    data = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (back,) = DocBin().from_bytes(data).get_docs(spacy.blank("en").vocab)
    return back


def through_pickle(doc: Doc) -> Doc:
    return pickle.loads(pickle.dumps(doc))


@pytest.mark.parametrize("way", [through_bytes, through_docbin, through_pickle, Doc.copy])
def test_a_doc_comes_back_whole(way, read_doc: Doc):
    back = way(read_doc)
    assert grouped(back) == grouped(read_doc)
    assert entities(back) == entities(read_doc)
    assert extraction_of(back) == extraction_of(read_doc)
    assert periods_of(back) == periods_of(read_doc)


def test_a_copy_is_read_on_without_its_original(read_doc: Doc):
    before = extraction_of(read_doc)
    pipeline("kg_coverage")(read_doc.copy())
    assert extraction_of(read_doc) == before


def test_two_processes_give_what_one_gives():
    nlp = pipeline(*COMPONENTS)
    texts = [SENTENCE, LINES, "Nothing."]
    two = list(nlp.pipe(texts, n_process=2, batch_size=1))
    assert [extraction_of(doc) for doc in two] == [extraction_of(doc) for doc in nlp.pipe(texts)]
    assert [grouped(doc) for doc in two] == [grouped(nlp(text)) for text in texts]


@pytest.mark.parametrize("component", COMPONENTS)
def test_any_component_can_be_left_out(component: str):
    nlp = pipeline(*COMPONENTS)
    with nlp.select_pipes(disable=component):
        assert isinstance(extraction_of(nlp(LINES)), Extraction)
    assert len(nlp(LINES).spans) == 3


def test_settings_survive_the_disk(tmp_path: Path):
    nlp = pipeline(
        *COMPONENTS,
        kg_sentences={"overwrite": True},
        kg_structure={"framework": "peel-2023-25", "published": "2024-05-01"},
        kg_periods={"base": "https://example.org/", "spans_key": "times"},
        kg_mentions={"base": "https://example.org/", "spans_key": "names", "overwrite_ents": True},
        kg_figures={"spans_key": "numbers"},
    )
    nlp.to_disk(tmp_path / "pipeline")
    loaded = spacy.load(tmp_path / "pipeline")
    for name in COMPONENTS:
        assert loaded.get_pipe(name) == nlp.get_pipe(name)
    doc = loaded(SENTENCE)
    assert set(doc.spans) == {"times", "names", "numbers"}
    assert all(span.kb_id_.startswith("https://example.org/id/") for span in doc.spans["times"])
    report = extraction_of(doc).report
    assert (report.framework, report.published) == ("peel-2023-25", "2024-05-01")


def test_our_whole_pipeline_survives_the_disk(tmp_path: Path):
    make_pipeline().to_disk(tmp_path / "pipeline")
    loaded = spacy.load(tmp_path / "pipeline")
    assert type(loaded.tokenizer) is type(make_pipeline().tokenizer)
    assert extraction_of(loaded(LINES)) == extraction_of(make_pipeline()(LINES))


def test_a_vocabulary_of_ones_own_is_a_folder(tmp_path: Path):
    (tmp_path / "ships.ttl").write_text(
        "@prefix kg: <https://kg.example/ontology#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "<https://example.org/ship/ark> a kg:Operation ; skos:prefLabel 'Ark Royal' .\n"
    )
    nlp = pipeline("kg_mentions", kg_mentions={"vocabulary": str(tmp_path)})
    assert [(e.text, e.kb_id_) for e in nlp("Kent sent Ark Royal.").ents] == [
        ("Ark Royal", "https://example.org/ship/ark")
    ]


def test_settings_that_name_nothing_are_errors(tmp_path: Path):
    with pytest.raises(CannotRead, match="no vocabulary here"):
        pipeline("kg_mentions", kg_mentions={"vocabulary": str(tmp_path)})
    with pytest.raises(CannotUnderstand, match=r"no framework nonsense; there are .*peel-2023-25"):
        pipeline("kg_mentions", kg_mentions={"framework": "nonsense"})


def test_a_framework_may_be_set_for_a_text_that_names_none():
    nlp = pipeline("kg_mentions", kg_mentions={"framework": "peel-2023-25"})
    assert ("good", "GRADE") in entities(nlp("The force is good at investigating crime."))
    assert entities(pipeline("kg_mentions")("The force is good at investigating crime.")) == [
        ("force", "FORCE")
    ]


@Language.component("tests_broken")
def broken(doc: Doc) -> Doc:
    raise RuntimeError("broken")


def test_error_handlers_are_asked():
    nlp = pipeline("tests_broken", *COMPONENTS)
    met = []
    nlp.set_error_handler(lambda name, component, docs, error: met.append((name, str(error))))
    assert len(nlp(LINES).spans) == 3
    assert met == [("tests_broken", "broken")]


def test_records_as_data_lose_nothing(extraction: Extraction):
    assert from_data(Extraction, to_data(extraction)) == extraction


# --- kg.extract --------------------------------------------------------------------------------------


def test_extract_runs_the_pipeline(seed_path):
    """What stands in the pipeline is what is run: with the mentions' component disabled there are none."""
    with make_pipeline().select_pipes(disable="kg_mentions"):
        found = analyse(read(seed_path), {})
    assert {mention.label for mention in found.mentions} == {"METRIC"}


def test_every_mention_and_figure_has_exactly_its_words(extraction: Extraction):
    text = extraction.report.text
    assert extraction.mentions and extraction.figures
    assert all(text[one.start : one.end] == one.text for one in (*extraction.mentions, *extraction.figures))


def test_only_a_metric_contains_other_mentions(extraction: Extraction):
    names = [mention for mention in extraction.mentions if mention.label != "METRIC"]
    assert [(a.text, b.text) for a, b in pairwise(names) if b.start < a.end] == []


def test_every_figure_is_a_metric_mention(extraction: Extraction):
    metrics = [(m.start, m.end) for m in extraction.mentions if m.label == "METRIC"]
    assert metrics == [(f.start, f.end) for f in extraction.figures]


def test_every_mention_but_a_metric_says_what_it_refers_to_and_which_rule_found_it(extraction: Extraction):
    names = [mention for mention in extraction.mentions if mention.label != "METRIC"]
    assert all(mention.entity and mention.name and mention.pattern for mention in names)
    known = {entity.iri for entity in extraction.entities}
    assert {mention.entity for mention in names} <= known


def test_the_same_text_gives_the_same_records_twice(extraction: Extraction, seed_path):
    assert extract(seed_path) == extraction


@pytest.mark.parametrize("run", ["(", "a.", "'", "-", "£1,", "a'"])
def test_a_run_without_spaces_is_read_in_linear_time(run: str):
    """Ten times the length takes about ten times as long; the square would be a hundred."""

    def seconds(length: int) -> float:
        text = "a " + run * (length // len(run)) + " b"
        best = []
        for _ in range(3):
            start = time.process_time()
            assert make_pipeline().make_doc(text).text == text
            best.append(time.process_time() - start)
        return min(best)

    assert seconds(60_000) < 40 * max(seconds(6_000), 0.002)


def test_tags_of_an_earlier_component_change_nothing():
    """What the components find depends on the text alone, whatever model stands before them."""
    text = "An inspection of Kent Police\n\nInvestigating crime\n\nLeaders finagled more money\n\nIt helps.\n"
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("attribute_ruler")
    ruler.add([[{"LOWER": "finagled"}]], {"TAG": "VBD", "POS": "VERB", "MORPH": "VerbForm=Fin|Tense=Past"})
    for component in COMPONENTS:
        nlp.add_pipe(component)
    doc = nlp(text)
    assert "VBD" in [token.tag_ for token in doc]
    assert extraction_of(doc) == extraction_of(pipeline(*COMPONENTS)(text))
