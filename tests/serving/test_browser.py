"""The pages of the server in a real browser: no complaint, and nothing fetched from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from browser import in_chromium
from server_process import Server, serving

REPORT = "/report/west-midlands-peel-2023-25"


@pytest.fixture(scope="module")
def server(built) -> Iterator[Server]:
    with serving(store=str(built.store), timeout=30) as found:
        yield found


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("/", "West Midlands Police"),
        ("/id/force/west-midlands", "Investigating crime"),
        (REPORT, "Requires improvement"),
        (f"{REPORT}/read", "Wendy Williams"),
        ("/queries/grades", "Inadequate"),
        ("/ontology", "improvement need"),
    ],
)
def test_a_page_is_shown_without_a_complaint(page, words, server, tmp_path):
    dom, log = in_chromium(server.address + page, tmp_path)
    assert words in dom
    assert "CONSOLE" not in log
    loaded = re.findall(r'<(?:script|img|link|iframe)[^>]*(?:src|href)="(https?:[^"]*)"', dom)
    assert [address for address in loaded if not address.startswith(server.address)] == []
