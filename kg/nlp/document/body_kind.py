"""Of which kind the inspected body is: a force, a fire service, a local authority."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kg.model.frameworks import Framework
from kg.model.vocab import KG
from kg.nlp.document.body_names import Named
from kg.nlp.document.lines import HEAD, Line
from kg.nlp.rules.pattern_files import compiled, load_patterns, one_of

_FILE = "document"


def kind_spoken_of(
    text: str,
    title: str | None,
    lines: Sequence[Line],
    in_text: Sequence[Named],
    frameworks: Sequence[Framework],
) -> str | None:
    """The kind of body that the title speaks of, failing that what the text calls it ("the force", "the
    service"), whom it names and how it begins; None where they do not tell one kind from the others."""
    cues = [rule for rule in load_patterns(_FILE) if rule.role == "kind-of-body"]
    head = "\n".join(line.text for line in lines[:HEAD])
    for named in in_text:
        head = head.replace(text[named.start : named.end], "")
    told = [
        Counter(KG.iri + rule.value for rule in cues for _ in rule.regex.finditer(title or "")),
        Counter({cls: len(nouns_of(cls, frameworks).findall(text)) for cls in _classes(frameworks)})
        + Counter(named.cls for named in in_text if named.form == "name")
        + Counter(KG.iri + rule.value for rule in cues for _ in rule.regex.finditer(head)),
    ]
    for counts in told:
        ranked = [cls for cls, count in counts.most_common() if count]
        if len(ranked) == 1 or (len(ranked) > 1 and counts[ranked[0]] >= 2 * counts[ranked[1]]):
            return ranked[0]
    return None


def _classes(frameworks: Sequence[Framework]) -> list[str]:
    return sorted({framework.body_kind for framework in frameworks})


def nouns_of(cls: str, frameworks: Sequence[Framework], plural: bool = False) -> re.Pattern[str]:
    """What texts call the inspected body of a class ("the force"), or such bodies in general ("forces")."""
    nouns = {re.escape(noun) for f in frameworks if f.body_kind == cls for noun in f.wording.body_nouns}
    if not nouns:
        return compiled(r"(?!)")
    form = one_of(noun + "s" for noun in nouns) if plural else f"the {one_of(nouns)}"
    return compiled(rf"\b{form}\b", re.IGNORECASE)
