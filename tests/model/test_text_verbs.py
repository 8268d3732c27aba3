"""The forms of verbs, and that the lexicon is what its script makes of the library."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from kg.model.text import verbs
from kg.model.text.verbs import forms_of, participles, past_forms

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("base", "past", "participle", "gerund"),
    [
        ("stop", "stopped", "stopped", "stopping"),
        ("plan", "planned", "planned", "planning"),
        ("refer", "referred", "referred", "referring"),
        ("admit", "admitted", "admitted", "admitting"),
        ("visit", "visited", "visited", "visiting"),
        ("open", "opened", "opened", "opening"),
        ("rely", "relied", "relied", "relying"),
        ("deploy", "deployed", "deployed", "deploying"),
        ("agree", "agreed", "agreed", "agreeing"),
        ("take", "took", "taken", "taking"),
        ("undergo", "underwent", "undergone", "undergoing"),
        ("put", "put", "put", "putting"),
        ("trial", "trialled", "trialled", "trialling"),
        ("travel", "travelled", "travelled", "travelling"),
        ("quality-assure", "quality-assured", "quality-assured", "quality-assuring"),
        ("reoffend", "reoffended", "reoffended", "reoffending"),
        ("co-ordinate", "co-ordinated", "co-ordinated", "co-ordinating"),
        ("upskill", "upskilled", "upskilled", "upskilling"),
    ],
)
def test_a_verb_has_its_past_participle_and_gerund(
    base: str, past: str, participle: str, gerund: str
) -> None:
    forms = forms_of(base)
    assert past in forms.past
    assert participle in forms.participle
    assert gerund in forms.gerund


@pytest.mark.parametrize(
    ("base", "third"),
    [("focus", "focuses"), ("go", "goes"), ("rely", "relies"), ("stay", "stays"), ("have", "has")],
)
def test_a_verb_has_its_third_person(base: str, third: str) -> None:
    assert third in forms_of(base).third


def test_past_forms_that_are_no_participles_are_known() -> None:
    assert {"took", "fell", "rose", "knew", "withdrew"} <= past_forms() - participles()
    assert {"stopped", "led", "showed", "learned", "focused"} <= past_forms() & participles()


@pytest.mark.skipif(find_spec("lemminflect") is None, reason="needs LemmInflect, which the lexicon is from")
def test_the_lexicon_is_what_its_script_makes_of_the_library() -> None:
    script = [sys.executable, str(ROOT / ".ci" / "verb_forms.py")]
    made = subprocess.run(script, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    assert made == Path(verbs.__file__).with_name("verbs.txt").read_text(encoding="utf-8")
