"""The polarities of records as individuals of the ontology."""

from __future__ import annotations

from kg.model.vocab import KG

POLARITIES = {
    "positive": KG.Positive,
    "negative": KG.Negative,
    "mixed": KG.Mixed,
    "neutral": KG.Neutral,
}
