"""Addresses: http and https with a host, and nothing else."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.addresses import checked_base, is_web_address
from kg.model.errors import CannotUnderstand


@pytest.mark.parametrize(
    "text",
    ["", "not a uri", "https://x/ y", 'https://x/">', "https://x/%zz/", "javascript:alert(1)", "file:///etc/",
     "https://", "http:///a", "https://kg.example\\@evil.example/", "https://kg.example@evil.example/",
     "//evil.example/", "https://x/\r\ny", "https://x/\u202e", "data:text/html,x", "https://[::1/", " https://x/"],
)  # fmt: skip
def test_what_is_no_web_address_is_no_base_either(text):
    assert not is_web_address(text)
    with pytest.raises(CannotUnderstand, match="the base") as error:
        checked_base(text)
    assert "https://kg.example/" in str(error.value)


@pytest.mark.parametrize("text", ["https://kg.example/?", "https://kg.example/#", "https://kg.example/?a=b"])
def test_a_base_has_no_query_and_no_fragment(text):
    with pytest.raises(CannotUnderstand):
        checked_base(text)


@given(
    st.text(max_size=30),
    st.sampled_from(["", "http://", "https://", "https://kg.example", "https://kg.example/"]),
)
def test_under_a_base_that_is_taken_iris_can_be_minted_on_the_same_host(rest, start):
    try:
        base = checked_base(start + rest)
    except CannotUnderstand:
        return
    minted = ox.NamedNode(base + "report/kent-0/").value
    assert minted.split("/")[2] == (start + rest).split("/")[2]
