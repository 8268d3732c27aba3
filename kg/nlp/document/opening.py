"""What is known of a document before it is said whose report it is, and under which framework."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.model.records import Span
from kg.nlp.document.lines import Line


@dataclass(frozen=True, slots=True)
class Opening:
    """The text of a document and its lines; its titles (that of the text with its span, that of its page) and
    the address of its page; when it was published and when its inspection began (ISO); the class of bodies
    that it speaks of; whether its kind of report grades areas (letters and news do not). None: not known."""

    text: str
    lines: Sequence[Line]
    title: str | None
    title_span: Span | None = None
    page_title: str | None = None
    address: str | None = None
    published: str | None = None
    inspected: str | None = None
    body_kind: str | None = None
    graded: bool = True

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(title for title in (self.title, self.page_title) if title)
