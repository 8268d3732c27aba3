"""The same input gives the same bytes, also in another process with another order of hashes.

What is built of the real report is compared with the committed exports in ``tests/dataset/test_build.py``;
here are the pictures and the files of a network, which are not committed.
"""

from __future__ import annotations

import os
import subprocess
import sys

from samples import TESTS

MADE = """
import sys
from hashlib import sha256
from kg.asking.network import neighbourhood
from kg.asking.network.graph_files import to_gexf, to_graphml, to_json, to_tree
from kg.asking.network.graph_page import to_html
from kg.asking.network.drawing import to_svg
from kg.asking.sparql.sources import open_source
from kg.dataset.exporting import export_dataset, export_formats
source = sys.argv[1]
graph = neighbourhood("Investigating crime", data=[source])
made = {write.__name__: write(graph) for write in (to_svg, to_html, to_json, to_graphml, to_gexf, to_tree)}
store = open_source(None, [source])
for name in (row.name for row in export_formats() if row.kind != "folder"):
    made[f"export {name}"] = export_dataset(None, name, store=store).decode()
for name, text in made.items():
    print(name, len(text) > 100, sha256(text.encode()).hexdigest())
"""


def made(seed: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", MADE, str(TESTS / "data" / "neighbourhood.ttl")],
        env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return done.stdout.splitlines()


def test_pictures_and_files_of_a_network_are_the_same_in_every_process() -> None:
    one, other = made("1"), made("2")
    assert len(one) > 10 and all(" True " in line for line in one)
    assert one == other
