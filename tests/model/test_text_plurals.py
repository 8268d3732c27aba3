"""Singular forms of names."""

from __future__ import annotations

import pytest

from kg.model.text.plurals import singular


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("force branches", "force branch"),
        ("local authorities", "local authority"),
        ("crime squads", "crime squad"),
        ("patrol boxes", "patrol box"),
        ("BCUs", "BCU"),
        ("GPs", "GP"),
        ("custody process", "custody process"),
        ("Victims’", "Victims’"),
        ("the force’s", "the force’s"),
        ("analysis", "analysis"),
    ],
)
def test_a_name_in_the_singular(plural: str, one: str) -> None:
    assert singular(plural) == one
