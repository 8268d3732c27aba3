"""A command goes on under the base that it is told, or that the dataset has which it asks.

Terms are constants of the code, so the base is one for a process (``kg.model.vocab.BASE``): where another is
wanted, the process begins again with that, before anything is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from kg.graph.store.manifest import base_of_store
from kg.model.addresses import can_be_base, checked_base
from kg.model.errors import KgError
from kg.model.processes import begin_again
from kg.model.vocab import BASE, VARIABLE

_ELSEWHERE = ("--data", "--endpoint", "-h", "--help")
"""Options with which a command asks no store."""


def go_on_under_own_base(arguments: Sequence[str]) -> None:
    """Begins this process again where its command is about another base; returns where it is not."""
    base = base_wanted(arguments)
    if base is not None and base != BASE:
        begin_again(**{VARIABLE: base})


def base_wanted(arguments: Sequence[str]) -> str | None:
    """The base that the arguments of a command name, or that of the store that they name; else None.

    >>> base_wanted(["-q", "build", "seeds", "--base", "https://data.example/insp"])
    'https://data.example/insp/'
    >>> base_wanted(["build", "--base", "nonsense"])
    """
    verb = next((argument for argument in arguments if not argument.startswith("-")), "")
    if verb == "build":
        told = _value(arguments, "--base")
        return checked_base(told) if told and can_be_base(told) else None
    if any(argument.partition("=")[0] in _ELSEWHERE for argument in arguments):
        return None
    behind = [argument for argument in arguments if not argument.startswith("-")][1:]
    if verb == "validate" and behind and _value(arguments, "--store") is None:
        return None  # it checks files
    store = behind[0] if verb == "diff" and behind else _value(arguments, "--store") or "store"
    with suppress(KgError):  # what opens the store says so
        return base_of_store(Path(store))
    return None


def _value(arguments: Sequence[str], option: str) -> str | None:
    """The last value of an option."""
    found = None
    for place, argument in enumerate(arguments):
        name, is_, value = argument.partition("=")
        if name == option and is_:
            found = value
        elif argument == option and place + 1 < len(arguments):
            found = arguments[place + 1]
    return found
