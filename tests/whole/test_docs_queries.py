"""docs/queries.md lists the saved queries as they are; running this file renews it."""

from __future__ import annotations

import re
from pathlib import Path

from samples import ROOT

from kg.asking.results import Results
from kg.asking.sparql import load_data, query
from kg.asking.sparql.library import parse_saved, saved_queries

PAGE = ROOT / "docs" / "queries.md"
BEGIN, END = "<!-- saved queries: begin -->\n", "<!-- saved queries: end -->"


def listing() -> str:
    """The table of saved queries as the page has it."""
    rows = ["| query | what it answers | parameters | columns |", "|---|---|---|---|"]
    for saved in saved_queries():
        columns = ", ".join(f"*{c}*" if c in saved.derived else c for c in saved.columns)
        rows.append(f"| `{saved.name}` | {saved.purpose} | {', '.join(saved.parameters)} | {columns} |")
    return "\n".join(rows) + "\n\nColumns in *italics* are computed.\n\n" + closed_lists()


def closed_lists() -> str:
    """The table of parameters whose values are a closed list."""
    lists: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for saved in saved_queries():
        for parameter in saved.inputs:
            if parameter.values:
                lists.setdefault((parameter.name, parameter.values), []).append(f"`{saved.name}`")
    rows = ["| parameter | of | values, in any case; others are an error |", "|---|---|---|"]
    for (name, values), names in sorted(lists.items()):
        rows.append(f"| {name} | {', '.join(names)} | {', '.join(f'`{value}`' for value in values)} |")
    return "\n".join(rows) + "\n"


def renewed() -> str:
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    return before + BEGIN + listing() + END + rest.split(END)[1]


def test_the_page_lists_the_saved_queries() -> None:
    assert PAGE.read_text(encoding="utf-8") == renewed()


def test_the_example_of_a_query_of_your_own_runs(tmp_path: Path) -> None:
    text = re.findall(r"```sparql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[0]
    (tmp_path / "mine.rq").write_text(text, encoding="utf-8")
    store = load_data([ROOT / "tests" / "data" / "small.trig"])
    found: Results = query(tmp_path / "mine.rq", store=store, params={"least": "688000000"})
    assert found.columns == parse_saved("mine", text).columns
    assert found.rows[0][0] == "£688m"
    assert len(found) == 1


if __name__ == "__main__":
    PAGE.write_text(renewed(), encoding="utf-8")
