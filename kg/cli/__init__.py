"""The ``kg`` command: options in; tables, messages and exit status out. Each verb calls one function.

Exit status: 0 done; 1 the check that was asked for failed; 2 wrong usage or unusable input.
"""

from __future__ import annotations

import importlib
import logging
import os
import sys
import traceback
from typing import NoReturn

import click

from kg.model.errors import Invalid, KgError, Unknown
from kg.model.text.display import escaped
from kg.model.version import __version__

VERBS = {
    "build": "kg.cli.make",
    "extract": "kg.cli.make",
    "validate": "kg.cli.make",
    "verify": "kg.cli.make",
    "evaluate": "kg.cli.make",
    "catalogue": "kg.cli.make",
    "frameworks": "kg.cli.make",
    "framework": "kg.cli.make",
    "query": "kg.cli.ask",
    "queries": "kg.cli.ask",
    "export": "kg.cli.ask",
    "neighbourhood": "kg.cli.ask",
    "entities": "kg.cli.ask",
    "audit": "kg.cli.ask",
    "compare": "kg.cli.ask",
    "outliers": "kg.cli.ask",
    "serve": "kg.cli.share",
    "publish": "kg.cli.share",
    "mcp": "kg.cli.share",
}


class Verbs(click.Group):
    """Imports a verb's module only when the verb is used or listed, and shows our errors as one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        return getattr(importlib.import_module(VERBS[cmd_name]), cmd_name + "_command", None)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in VERBS and not args[0].startswith("-"):
            raise Unknown.name("verb", args[0], VERBS, "kg --help lists them")
        return super().resolve_command(ctx, args)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="kg")
@click.option("-q", "--quiet", is_flag=True, help="No progress and no warnings; errors only.")
@click.option("-v", "--verbose", is_flag=True, help="Say more on standard error: each file, tracebacks.")
def kg(quiet: bool, verbose: bool) -> None:
    """Turn inspection reports into linked data, and ask it.

    \b
    kg build                read the reports in seeds/, write exports/ and store/
    kg query grades         who was graded what
    kg neighbourhood MARAC  what is around a thing

    Each verb has a help of its own: kg build --help
    """
    if quiet and verbose:
        raise click.UsageError("--quiet and --verbose exclude each other")
    level = logging.ERROR if quiet else logging.INFO if verbose else logging.WARNING
    logging.basicConfig(level=level, format="%(message)s", stream=sys.stderr)


def main() -> None:
    """Entry point of the console command."""
    try:
        status = kg.main(prog_name="kg", standalone_mode=False)
        sys.exit(status if isinstance(status, int) else 0)
    except KgError as error:
        fail(str(error), 1 if isinstance(error, Invalid) else 2)
    except _NO_ARGUMENTS as error:
        error.show()
        sys.exit(2)
    except click.ClickException as error:
        fail(usage_line(error), 2, "")
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        if error.filename is None:
            raise
        fail(f"{os.fsdecode(error.filename)}: {(error.strerror or str(error)).lower()}", 2)


_NO_ARGUMENTS: tuple[type[click.ClickException], ...] = tuple(
    filter(None, [getattr(click.exceptions, "NoArgsIsHelpError", None)])
)
"""What newer versions of click raise to show the help of a group without a verb."""


def fail(message: str, status: int, start: str = "kg: ") -> NoReturn:
    """End with one line on standard error; with --verbose the traceback goes before it."""
    if logging.getLogger().isEnabledFor(logging.INFO):
        traceback.print_exc()
    click.echo(start + printable(message), err=True)
    sys.exit(status)


def usage_line(error: click.ClickException) -> str:
    """What is wrong with the way that the command was called, and where its help is.

    >>> usage_line(click.UsageError("Missing argument 'QUERY'."))
    "kg: missing argument 'QUERY' (kg --help)"
    """
    context = getattr(error, "ctx", None)
    verb = context.command_path if context else "kg"
    said = " ".join(error.format_message().split()).rstrip(".")
    return f"{verb}: {said[:1].lower()}{said[1:]} ({verb} --help)"


def printable(text: str) -> str:
    """The text on one line, with control and bidirectional characters escaped: safe for a terminal.

    >>> printable("bad\\x1b[31m name\\nnext")
    'bad\\\\x1b[31m name next'
    """
    return escaped(" ".join(text.split("\n")))
