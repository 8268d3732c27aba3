"""Small fictional reports for tests, and documents made from text."""

from __future__ import annotations

from kg.model.records import Block, Document, Extraction, Source
from kg.nlp.structure import find_structure

SOURCE = Source("report.txt", "0" * 64, "text/plain")


def document(text: str, headings: dict[str, int] | None = None) -> Document:
    """A document whose lines are blocks; ``headings`` gives lines that are marked up, with their level."""
    blocks, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            level = (headings or {}).get(line)
            marked = "heading" if level else ("paragraph" if headings else "line")
            blocks.append(Block(start, start + len(line), marked, level))
        start += len(line) + 1
    return Document(text, SOURCE, tuple(blocks))


def structure(text: str, **given: str) -> Extraction:
    return find_structure(document(text), given)


def peel(area: str, body: str) -> str:
    """A PEEL 2023–2025 report of the fictional Northmoor Police with one area."""
    return (
        "PEEL 2023–2025: An inspection of Northmoor Police\nPublished on: 12 June 2024\n"
        f"Overall summary\nWe judged the force.\n{area}\n{body}\nAbout the data\n"
        f"The Home Office publishes data."
    )
