"""docs/queries.md lists the saved queries as they are; running this file renews it."""

from __future__ import annotations

import re
from pathlib import Path

from samples import ROOT

from kg.asking.results import Results
from kg.asking.sparql import load_data, query
from kg.asking.sparql.composing import COMMON, SHARED_COLUMNS
from kg.asking.sparql.library import SavedQuery, by_group, parse_saved, saved_queries

PAGE = ROOT / "docs" / "queries.md"
BEGIN, END = "<!-- saved queries: begin -->\n", "<!-- saved queries: end -->"


LISTS = {name: tuple(columns.split(", ")) for name, columns in SHARED_COLUMNS.items()}


def listing() -> str:
    """The tables of saved queries, one a group of questions, as the page has them."""
    lines: list[str] = []
    for group, queries in by_group().items():
        lines += [f"### {group.capitalize()}", ""]
        lines += ["| query | what it answers | parameters | columns |", "|---|---|---|---|"]
        for saved in queries:
            row = [f"`{saved.name}`", saved.purpose, _parameters(saved), _columns(saved)]
            lines.append(f"| {' | '.join(row)} |")
        lines.append("")
    return "\n".join(lines) + "\nColumns in *italics* are computed.\n\n" + closed_lists()


def _parameters(saved: SavedQuery) -> str:
    """The parameters; those that nearly all queries have, and those of figures, by one word each."""
    named = []
    left = list(saved.parameters)
    for word, group in (("filters", COMMON), ("figures", FIGURES)):
        if set(group) <= set(left):
            named.append(f"**{word}**")
            left = [name for name in left if name not in group]
    return ", ".join([*named, *(f"{name} (needed)" if name == saved.needs else name for name in left)])


FIGURES = ("measure", "topic", "unit", "kind", "attribution", "population")


def _columns(saved: SavedQuery) -> str:
    """The columns; a list that many queries have by its name, if all of it is there."""
    lists = [name for name, columns in LISTS.items() if set(columns) <= set(saved.columns)]
    if "place" in lists:
        lists.remove("example")
    within = {column for name in lists for column in LISTS[name]}
    own = [f"*{c}*" if c in saved.derived else c for c in saved.columns if c not in within]
    return ", ".join([*own, *(f"**{name}**" for name in lists)])


def closed_lists() -> str:
    """The table of parameters whose values are a closed list."""
    lists: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for saved in saved_queries():
        for parameter in saved.inputs:
            if parameter.values:
                of = "figures" if set(FIGURES) <= set(saved.parameters) else f"`{saved.name}`"
                of = f"`{saved.name}`" if parameter.name not in FIGURES else of
                names = lists.setdefault((parameter.name, parameter.values), [])
                names += [] if of in names else [of]
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
