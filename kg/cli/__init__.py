"""The ``kg`` command: options in; tables, messages and exit status out. Each verb calls one function.

Exit status: 0 done; 1 the check that was asked for failed; 2 wrong usage or unusable input.
"""

from __future__ import annotations

import importlib
import logging
import os
import sys

import click

from kg import __version__
from kg.errors import Invalid, KgError

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


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="kg")
@click.option("-q", "--quiet", is_flag=True, help="No progress and no warnings.")
@click.option("-v", "--verbose", is_flag=True, help="Say more on standard error; show tracebacks of errors.")
def kg(quiet: bool, verbose: bool) -> None:
    """Turn inspection reports into linked data, and ask it.

    \b
    kg build                      read the reports in seeds/, write exports/ and the store
    kg query grades               who was graded what
    kg neighbourhood MARAC        what is around a thing
    """
    level = logging.ERROR if quiet else logging.INFO if verbose else logging.WARNING
    logging.basicConfig(level=level, format="%(message)s", stream=sys.stderr)


def main() -> None:
    """Entry point of the console command."""
    verbose = any(argument in ("-v", "--verbose") for argument in sys.argv[1:])
    try:
        status = kg.main(prog_name="kg", standalone_mode=False)
        sys.exit(status if isinstance(status, int) else 0)
    except KgError as error:
        if verbose:
            raise
        click.echo(f"kg: {printable(str(error))}", err=True)
        sys.exit(1 if isinstance(error, Invalid) else 2)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def printable(text: str) -> str:
    """The text on one line, with control and bidirectional characters escaped: safe for a terminal.

    >>> printable("bad\\x1b[31m name\\nnext")
    'bad\\\\x1b[31m name next'
    """
    flat = " ".join(text.split("\n"))
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in flat)
