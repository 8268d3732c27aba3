"""The ``kg`` command: options in; tables, messages and exit status out. Each verb calls one function.

Exit status: 0 done; 1 the check that was asked for failed, or two datasets differ; 2 wrong usage or
unusable input.
"""

from __future__ import annotations

import logging
import os
import sys
import traceback
from typing import NoReturn

import click

from kg.cli import ask, make, share
from kg.cli.messages import printable
from kg.cli.own_base import go_on_under_own_base
from kg.model.errors import Invalid, KgError, Unknown
from kg.model.version import __version__

VERBS: dict[str, click.Command] = {**make.VERBS.commands, **ask.VERBS.commands, **share.VERBS.commands}
"""Every verb with its command, in the order of the help. A verb is declared where its function stands."""


class Verbs(click.Group):
    """Lists the verbs in their order, and proposes one for a name that is none."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.commands and not args[0].startswith("-"):
            raise Unknown.name("verb", args[0], self.commands, "kg --help lists them")
        return super().resolve_command(ctx, args)


@click.group(
    cls=Verbs,
    commands=VERBS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
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
        go_on_under_own_base(sys.argv[1:])
        status = kg.main(prog_name="kg", standalone_mode=False)
        sys.stdout.flush()
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
        _forget_output()
        sys.exit(0)
    except OSError as error:
        fail(_what_failed(error), 2)
    except UnicodeEncodeError as error:
        fail(f"not a text in UTF-8: {ascii(error.object)[:60]}", 2)
    except MemoryError:
        fail("it needs too much memory", 2)
    except Exception as error:
        said = f"{type(error).__name__}: {error}"
        fail(f"a fault of this program, please report it ({said[:200]}); kg --verbose shows where", 2)


def _what_failed(error: OSError) -> str:
    """The file of an error of the system and its reason. Failed writing has no file: a full disk, mostly."""
    why = (error.strerror or str(error)).lower()
    if error.filename is not None:
        return f"{os.fsdecode(error.filename)}: {why}"
    try:
        sys.stdout.flush()
    except OSError:
        _forget_output()
    return f"cannot write: {why}"


def _forget_output() -> None:
    """What could not be written to standard output is not tried again at the end of the process."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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
