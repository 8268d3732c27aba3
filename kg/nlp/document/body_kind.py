"""Of which kind the inspected body is: a force, a fire service, a local authority."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kg.model.bodies import BodyKind, body_kinds
from kg.model.frameworks import Framework
from kg.nlp.document.body_names import Named
from kg.nlp.document.lines import HEAD, Line
from kg.nlp.rules.pattern_files import compiled, one_of


def kind_spoken_of(
    text: str,
    title: str | None,
    lines: Sequence[Line],
    in_text: Sequence[Named],
    frameworks: Sequence[Framework],
) -> str | None:
    """The kind of body that the title speaks of, failing that what the text calls it ("the force", "the
    service"), whom it names and how it begins; None where they do not tell one kind from the others."""
    cues = [(kind.cls, _cue(kind, frameworks)) for kind in body_kinds()]
    head = "\n".join(line.text for line in lines[:HEAD])
    for named in in_text:
        head = head.replace(text[named.start : named.end], "")
    told = [
        Counter(cls for cls, cue in cues for _ in cue.finditer(title or "")),
        Counter({cls: len(nouns_of(cls, frameworks).findall(text)) for cls in _classes(frameworks)})
        + Counter(named.cls for named in in_text if named.form == "name")
        + Counter(cls for cls, cue in cues for _ in cue.finditer(head)),
    ]
    for counts in told:
        ranked = [cls for cls, count in counts.most_common() if count]
        if len(ranked) == 1 or (len(ranked) > 1 and counts[ranked[0]] >= 2 * counts[ranked[1]]):
            return ranked[0]
    return None


def _cue(kind: BodyKind, frameworks: Sequence[Framework]) -> re.Pattern[str]:
    """Words that tell of bodies of a kind, and the names of the programmes under which they are inspected."""
    ours = (framework for framework in frameworks if framework.body_kind == kind.cls)
    programmes = {form: None for framework in ours for form in framework.wording.programme_patterns}
    return compiled("|".join([kind.spoken_of or r"(?!)", *programmes]), re.IGNORECASE)


def _classes(frameworks: Sequence[Framework]) -> list[str]:
    return sorted({framework.body_kind for framework in frameworks})


def nouns_of(cls: str, frameworks: Sequence[Framework], plural: bool = False) -> re.Pattern[str]:
    """What texts call the inspected body of a class ("the force"), or such bodies in general ("forces")."""
    nouns = {re.escape(noun) for f in frameworks if f.body_kind == cls for noun in f.wording.body_nouns}
    if not nouns:
        return compiled(r"(?!)")
    form = one_of(noun + "s" for noun in nouns) if plural else f"the {one_of(nouns)}"
    return compiled(rf"\b{form}\b", re.IGNORECASE)
