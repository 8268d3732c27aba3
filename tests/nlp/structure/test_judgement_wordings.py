"""Judgement sentences of every cycle of PEEL and round of fire inspections."""

from __future__ import annotations

import pytest
from samples import TESTS
from structure_texts import structure

from kg.model.frameworks import load_frameworks

SENTENCES = TESTS / "data" / "judgement-sentences.txt"
FRAMEWORKS = {framework.notation: framework for framework in load_frameworks()}


def cases() -> list[tuple[str, str, str, str]]:
    found, framework = [], ""
    for line in filter(None, map(str.strip, SENTENCES.read_text(encoding="utf-8").splitlines())):
        if line.startswith("#"):
            framework = line[1:]
        else:
            area, grade, sentence = line.split(" | ")
            found.append((framework, area, grade, sentence))
    return found


@pytest.mark.parametrize(("notation", "area", "grade", "sentence"), cases())
def test_a_judgement_sentence_is_read(notation: str, area: str, grade: str, sentence: str) -> None:
    framework = FRAMEWORKS[notation]
    known = ("Constabulary", "FRS", "Fire and Rescue Service", "Police")
    default = "Police" if notation.startswith("peel") else "FRS"
    force = "Northmoor " + next((name for name in known if f"Northmoor {name}" in sentence), default)
    text = f"{framework.title}: An inspection of {force}\nOverall summary\n{sentence}"
    read = structure(text, framework=notation, force=force)
    found = [(framework.area(j.area), j.grade) for j in read.judgements]
    ends = [(known.iri.rpartition("--")[2], grade) for known, grade in found if known]
    assert ends == ([] if area == "-" else [(area, grade)])
