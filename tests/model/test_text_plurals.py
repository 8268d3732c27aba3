"""Singular and plural forms of names."""

from __future__ import annotations

import pytest

from kg.model.text.plurals import looks_plural, plural, singular


@pytest.mark.parametrize(
    ("several", "one"),
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
def test_a_name_in_the_singular(several: str, one: str) -> None:
    assert singular(several) == one


@pytest.mark.parametrize(
    ("one", "several"),
    [
        ("local authority", "local authorities"),
        ("survey", "surveys"),
        ("patrol box", "patrol boxes"),
        ("duty of care", "duties of care"),
        ("BCU", "BCUs"),
        ("POLICY", "POLICYs"),
    ],
)
def test_a_name_in_the_plural(one: str, several: str) -> None:
    assert plural(one) == several


def test_what_looks_like_a_plural() -> None:
    words = ("officers", "agencies", "has", "yes", "process", "status", "analysis", "force’s", "children")
    assert [word for word in words if looks_plural(word)] == ["officers", "agencies"]
