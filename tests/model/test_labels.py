"""The table of labels, and all that lists labels for those who read it without Python."""

from __future__ import annotations

import json
import re
import subprocess
import sys

from kg.model.labels import LABELS, MENTION_LABELS, METRIC
from kg.model.ontology import ontology_dir

_ROOT = ontology_dir().parent
_MADE_UP = """
from dataclasses import replace
from kg.model import labels
from kg.model.vocab import KG

row = replace(labels.LABEL["OPERATION"], name="CONTRACT", cls=KG.Link, path="contract", kind="contract",
              plural="contracts", heading="Contracts")
labels.LABELS += (row,)
labels.LABEL["CONTRACT"] = row
labels.MENTION_LABELS += ("CONTRACT",)
labels.TAGGED += ("CONTRACT",)

from pathlib import Path
from kg.asking.network.branches import branches_of
from kg.asking.sparql.library import saved_query
from kg.asking.things.kinds import ENTITIES, KINDS, kind_of
from kg.model.gazetteer import load_gazetteer
from kg.model.iris import PREFIXES, entity_iri
from kg.nlp.mentions.vocabulary import TAGGED
from kg.serving.pages.reader_page import LABELS
from kg.serving.pages.ontology_page import BROWSED

folder = Path(r"{folder}")
(folder / "contracts.ttl").write_text(
    "<https://kg.example/id/contract/x> a <https://kg.example/ontology#Link> ; "
    '<http://www.w3.org/2004/02/skos/core#prefLabel> "Big contract" .'
)
assert load_gazetteer(folder).find("Big contract")[0].label == "CONTRACT"
assert entity_iri("CONTRACT", "Big contract") == PREFIXES["contract"] + "big-contract"
assert "CONTRACT" in TAGGED
assert kind_of([KG.Link]) == "contract" and "contract" in ENTITIES and KINDS["contract"].shape == "slanted"
assert "its contracts" in [branch.heading for branch in branches_of("force")]
assert "CONTRACT" in {v for each in saved_query("entities").inputs for v in each.values}
assert LABELS["contract"] == "Contracts" and "Link" in BROWSED
"""


def test_a_row_of_the_table_is_all_that_the_code_needs_for_a_label(tmp_path: object) -> None:
    code = _MADE_UP.replace("{folder}", str(tmp_path))
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


def test_names_classes_and_paths_of_labels_are_unique() -> None:
    for field in ("name", "cls", "path", "kind"):
        assert len({getattr(label, field) for label in LABELS}) == len(LABELS), field


def test_the_shape_of_mentions_lists_the_labels() -> None:
    shapes = (ontology_dir() / "shapes.ttl").read_text(encoding="utf-8")
    assert f'"^({"|".join(MENTION_LABELS)})$"' in shapes
    assert f"one of the {len(MENTION_LABELS)} labels" in shapes


def test_the_definition_of_a_label_lists_them() -> None:
    terms = (ontology_dir() / "kg.ttl").read_text(encoding="utf-8")
    assert f"The kind of a mention: {', '.join(MENTION_LABELS[:-1])} or {METRIC}." in terms


def test_the_json_schema_lists_the_labels() -> None:
    schema = json.loads((_ROOT / "kg/nlp/extraction.schema.json").read_text(encoding="utf-8"))
    labels = schema["properties"]["mentions"]["items"]["properties"]["label"]["enum"]
    assert labels == list(MENTION_LABELS)


def test_the_docs_list_the_labels() -> None:
    text = (_ROOT / "docs/queries.md").read_text(encoding="utf-8")
    listed = next(line for line in text.splitlines() if line.startswith("| label |"))
    assert re.findall(r"`([A-Z]+)`", listed) == list(MENTION_LABELS)
