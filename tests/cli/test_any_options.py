"""Any text as a value of any option: an answer, or one clear line; never a fault of the program."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import SMALL_REPORT

from kg.cli import VERBS, main
from kg.dataset.build import build

TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20),
    st.sampled_from(
        ["", " ", "-", "--", "0", "-1", "²", "9" * 5000, "nan", "inf", "1e999", "true", "null", "a" * 10_000,
         "\n", "\r\n", "\x1b[31m", "\u202e", "\udcff", "%zz", "%00", "..", "*", "**", "[", "\\", '"', "'",
         "(", "?x", "${x}", "unit:", ":", "unit:a>b", "unit:%zz", "report:x", "http://x/a b", "http://[", "https://x/#",
         "javascript:alert(1)", "file:///etc/", "//evil.example/", "x=y", "=", "topic=", "force=Upper",
         "year=²", "date=2023-02-30", "Upper Example Police", "Responding to the public", "2024-03-01",
         "2024", "turtle", "csv", "json", "SELECT * { ?s ?p ?o } LIMIT 1", "ASK {}", "DESCRIBE <x>",
         "DROP ALL", "in/upper.txt", "in", "grades", "store", "exports", "exports/ontology.ttl"]
    ),
)  # fmt: skip
"""What a system can pass to a program: no NUL, and bytes that are no UTF-8 as lone surrogates."""
READS_STANDARD_INPUT = {"mcp"}
LISTENS_OR_SENDS = {"serve", "publish"}
READS_ALL_IT_IS_GIVEN = {"build"}
WRITES = {"-o", "--text", "--exports"}
"""What is left out: these options name a file to write, which any text may put anywhere."""


def commands() -> Iterator[tuple[str, ...]]:
    """The words of each command that ends by itself."""
    for name, command in VERBS.items():
        if isinstance(command, click.Group):
            yield from ((name, below) for below in command.commands)
        elif name not in READS_STANDARD_INPUT | LISTENS_OR_SENDS | READS_ALL_IT_IS_GIVEN:
            yield (name,)


def command_of(words: tuple[str, ...]) -> click.Command:
    command = VERBS[words[0]]
    return command.commands[words[1]] if isinstance(command, click.Group) else command


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder where the commands are given: a small dataset in its usual places."""
    folder, before = tmp_path_factory.mktemp("any"), Path.cwd()
    (folder / "in").mkdir()
    (folder / "in" / "upper.txt").write_text(SMALL_REPORT)
    build([folder / "in"], exports=folder / "exports", store=folder / "store")
    os.chdir(folder)
    yield folder
    os.chdir(before)


def run(arguments: list[str]) -> tuple[int, str]:
    """The exit status of the command and what it said on standard error."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    before = sys.argv, sys.stdin
    sys.argv, sys.stdin = ["kg", *arguments], io.StringIO("")
    try:
        with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
            main()
    finally:
        sys.argv, sys.stdin = before
    return ended.value.code, err.getvalue()


def arguments_of(draw: st.DrawFn, words: tuple[str, ...]) -> list[str]:
    """The command with any text for its arguments and for some of its options."""
    given, last = list(words), []
    for parameter in command_of(words).params:
        names = [name for name in parameter.opts if name.startswith("-")]
        if not names:
            last += [draw(TEXTS)] if parameter.required or draw(st.booleans()) else []
        elif not WRITES & set(names) and draw(st.integers(0, 3)) == 0:
            given.append(names[-1])
            if not getattr(parameter, "is_flag", False):
                given.append(draw(TEXTS))
    return [*given, "--", *last]


@settings(max_examples=settings().max_examples // 3)
@pytest.mark.parametrize("words", [*commands()], ids=" ".join)
@given(data=st.data())
def test_any_text_for_an_option_is_an_answer_or_one_line(
    words: tuple[str, ...], data: st.DataObject, folder: Path
) -> None:
    arguments = data.draw(st.composite(arguments_of)(words))
    status, said = run(arguments)
    assert status in (0, 1, 2)
    assert "fault of this program" not in said
    assert "Traceback" not in said
    if status == 2:
        assert said.count("\n") == 1 or said.startswith("Usage"), said


@given(base=TEXTS, jobs=TEXTS)
def test_any_base_is_used_or_refused_before_anything_is_read(base: str, jobs: str, folder: Path) -> None:
    status, said = run(["build", "nowhere", "--base", base, "--jobs", jobs])
    assert status == 2
    assert said.count("\n") == 1
    assert "fault of this program" not in said


@given(verb=st.sampled_from(["serve", "publish"]), value=TEXTS, data=st.data())
def test_any_address_to_serve_or_to_publish_at_is_refused_with_one_line(
    verb: str, value: str, data: st.DataObject, folder: Path
) -> None:
    options = {"serve": ["--address", "--timeout", "--port"], "publish": ["--graph-store", "--update"]}[verb]
    start = ["publish", "--endpoint", "http://127.0.0.1:9/"] if verb == "publish" else ["serve"]
    status, said = run([*start, "--store", "nowhere", data.draw(st.sampled_from(options)), value])
    assert status == 2
    assert said.count("\n") == 1
    assert "fault of this program" not in said
