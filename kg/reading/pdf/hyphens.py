"""Lines of a paragraph become one text; words that a line end cuts are joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from kg.model.text.display import one_line
from kg.reading.pdf.paragraphs import Paragraph

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


def vocabulary(paragraphs: Iterable[Paragraph]) -> Counter[str]:
    """How often each word occurs, those that a line end cuts apart."""
    words: Counter[str] = Counter()
    for paragraph in paragraphs:
        for text in paragraph.texts:
            body = text.rsplit(" ", 1)[0] if text.endswith("-") else text
            words.update(word.lower() for word in _WORD.findall(body))
    return words


def joined(texts: Sequence[str], words: Counter[str]) -> str:
    """The lines of a paragraph as one text; ``words`` decide whether a hyphen at a line end stays."""
    out = texts[0]
    for text in texts[1:]:
        if re.search(r"[^\W\d_]-$", out) and text[:1].isalpha():
            out = _rejoin(out, text, words)
        elif out.endswith(("-", "/")) and not out.endswith((" -", " /")):
            out += text
        else:
            out += " " + text
    return one_line(out)


def _rejoin(out: str, text: str, words: Counter[str]) -> str:
    """A word cut at a hyphen: the hyphen stays unless the document writes the word without it."""
    head, tail = _WORD.findall(out[:-1])[-1].lower(), (_WORD.findall(text) or [""])[0].lower()
    whole, hyphened = words[head + tail], words[f"{head}-{tail}"]
    parts = words[head] and words[tail]
    if text[:1].islower() and hyphened == 0 and (whole > 0 or (not parts and len(head) > 1)):
        return out[:-1] + text
    return out + text
