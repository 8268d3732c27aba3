"""Writes kg/model/text/verbs.txt anew: the forms of English verbs, from the lexicon of LemmInflect.

    pip install lemminflect==0.2.3 && python .ci/verb_forms.py > kg/model/text/verbs.txt

LemmInflect (MIT, https://github.com/bjascob/LemmInflect) is not imported: its table of inflections is read.
Forms that ``kg.model.text.verbs`` makes by its rules are not written. ``tests/model/test_text_verbs.py``
holds the file to this script where LemmInflect is installed.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import distribution
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from kg.model.text.verbs import gerund_by_rule, past_by_rule, third_by_rule

HEAD = """\
# Forms of English verbs: base, third person, past, participle, -ing form; - where the regular rules give it.
# Made by .ci/verb_forms.py from LemmInflect 0.2.3, Copyright (C) 2019 Brad Jascob, MIT License, whose source
# is the SPECIALIST Lexicon of the U.S. National Library of Medicine.
"""
_BRITISH = {"trial": ("trialled", "trialling")}
"""Doubled consonants that the table lacks."""


def table() -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """Each verb of LemmInflect with its past, participle, -ing and third-person forms."""
    path = next(file for file in distribution("lemminflect").files or () if file.name == "infl_lu.csv.gz")
    with gzip.open(path.locate(), "rt", encoding="utf-8") as lines:
        for line in lines:
            base, kind, forms = line.rstrip("\n").split(",", 2)
            if kind == "verb" and re.fullmatch("[a-z]{2,}", base):
                yield base, [tuple(_words(form)) for form in forms.split(",")]


def _words(forms: str) -> Iterable[str]:
    return (form for form in forms.split("/") if re.fullmatch("[a-z]+", form))


def lines() -> Iterator[str]:
    """The lines of the file, by base form."""
    for base, forms in sorted(table()):
        past, participle, gerund, third = (*forms, (), (), (), ())[:4]
        if not (past and gerund and third):
            continue  # a modal verb
        if base in _BRITISH:
            past, gerund = (*past, _BRITISH[base][0]), (*gerund, _BRITISH[base][1])
        # A past form with -ed is a participle too, which the table leaves out where there is another.
        participle = tuple(
            dict.fromkeys((*(participle or past), *(form for form in past if form.endswith("ed"))))
        )
        rules = (third_by_rule(base), past_by_rule(base), past_by_rule(base), gerund_by_rule(base))
        found = ("/".join(forms) for forms in (third, past, participle, gerund))
        written = ["-" if form == rule else form for form, rule in zip(found, rules, strict=True)]
        yield base if written == ["-"] * 4 else " ".join((base, *written))


if __name__ == "__main__":
    print(HEAD + "\n".join(lines()))
