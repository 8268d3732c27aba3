"""Verbs that ask the dataset."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.messages import printable
from kg.model.errors import CannotRead, CannotUnderstand

if TYPE_CHECKING:
    from kg.asking.sparql.library import SavedQuery


class ManyFiles(click.Command):
    """A verb of which ``--data`` takes all files that a shell puts in the place of ``exports/*.ttl``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does, with ``--data`` before each of them."""
        return super().parse_args(ctx, with_each_named(args))


class Verbs(click.Group):
    """Verbs that ask or offer a dataset."""

    command_class = ManyFiles


def with_each_named(args: Sequence[str]) -> list[str]:
    """Arguments in which an RDF file right behind the value of ``--data`` is another value of it.

    >>> with_each_named(["--data", "a.ttl", "grades"])
    ['--data', 'a.ttl', 'grades']
    """
    from kg.model.formats import formats_of

    extensions = tuple(row.extension for row in formats_of("graph"))
    spread: list[str] = []
    follows, is_value = False, False
    for place, arg in enumerate(args):
        if arg == "--":
            return [*spread, *args[place:]]
        if is_value:
            follows, is_value = True, False
        elif arg == "--data" or arg.startswith("--data="):
            follows, is_value = arg != "--data", arg == "--data"
        elif follows and arg.endswith(extensions) and Path(arg).is_file():
            spread.append("--data")
        else:
            follows = False
        spread.append(arg)
    return spread


VERBS = Verbs()


class Named(click.Path):
    """A path; an empty one, as of a script's variable without a value, is an error and not this folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """As click does."""
        if isinstance(value, str) and not value.strip():
            name = param.opts[0] if param is not None else "a path"
            raise CannotUnderstand(f"{name} is empty: give a path, or leave it out")
        return super().convert(value, param, ctx)


def SOURCES(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options --store, --data and --endpoint: what is asked."""
    for option in (
        click.option("--endpoint", metavar="URL", help="Ask this SPARQL 1.1 endpoint."),
        click.option("--data", multiple=True, type=Named(path_type=Path), metavar="FILE…",
                     help="Ask RDF files instead, or a folder of them (may be repeated)."),
        click.option("--store", type=Named(path_type=Path), default=Path("store"), show_default=True,
                     help="Ask the store in this folder."),
    ):  # fmt: skip
        command = option(command)
    return command


def parameters(pairs: tuple[str, ...]) -> dict[str, str]:
    """``name=value`` pairs as a dictionary. Raises CannotUnderstand for anything else, or two of a name."""
    wrong = [pair for pair in pairs if "=" not in pair]
    if wrong:
        raise CannotUnderstand(f'--param "{wrong[0]}": write it as name=value')
    given: dict[str, str] = {}
    for name, _, value in (pair.partition("=") for pair in pairs):
        if given.setdefault(name, value) != value:
            raise CannotUnderstand(f"--param {name} is given twice; give one value")
    return given


def question(text: str) -> str | Path:
    """The query as ``kg.asking.sparql.query`` takes it; a saved query's name wins over a file or folder.

    Raises for none at all and for a folder.
    """
    from kg.asking.sparql import saved_queries

    if not text.strip():
        raise CannotUnderstand(
            "the query is empty: give a saved query's name (kg queries lists them), a .rq file, - or SPARQL"
        )
    named = any(text == saved.name for saved in saved_queries())
    if named or len(text) > 250 or "\n" in text or "\0" in text:
        return text
    path = Path(text)
    if path.is_dir():
        raise CannotRead(f"{text}: a folder; give a .rq file in it")
    is_name = text.endswith(".rq") or not re.search(r"[{}<>]|^[\w-]+$", text)  # never SPARQL: it has brackets
    return path if is_name and path.is_file() else text


@VERBS.command("query", short_help="Ask a saved query or SPARQL", add_help_option=False)
@click.argument("query", required=False, metavar="QUERY")
@click.option("--format", "format_", default=None, help="Rows: table, csv, tsv, json, xml, markdown, "
              "spreadsheet (CSV for Excel), xlsx; "
              "graphs: turtle, ntriples, jsonld, rdfxml. Default: table, turtle.")  # fmt: skip
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE",
              help="Bind a parameter of a saved query.")  # fmt: skip
@click.option(
    "--columns", metavar="NAMES", help="Only these columns, comma-separated; all: none is left out."
)
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Only the first N rows.")
@click.option("--show", is_flag=True, help="Print the whole SPARQL of QUERY and ask nothing.")
@click.option("-o", "output", type=click.Path(path_type=Path), help="Write the result to a file.")
@SOURCES
@click.option("-h", "--help", "help_", is_flag=True, help="Show this; with QUERY, what it asks and takes.")
@click.pass_context
def query_command(
    context: click.Context, query: str | None, format_: str | None, params: tuple[str, ...],
    columns: str | None, limit: int | None, show: bool, output: Path | None,
    store: Path, data: tuple[Path, ...], endpoint: str | None, help_: bool,
) -> int:  # fmt: skip
    """Ask: QUERY is a saved query's name, a .rq file, - or SPARQL text. Without it the saved ones are listed.

    \b
    kg query grades
    kg query evidence --param 'topic=domestic abuse' --format csv
    kg query findings --help
    kg query 'SELECT ?area WHERE { ?j a kg:Judgement ; kg:area ?area }'
    """
    from kg.asking.results import write
    from kg.asking.sparql import answered, asker, find_query
    from kg.asking.sparql.remarks import remarks

    if query is None:
        if not help_:
            list_queries("table", 2)
            advice = "missing argument 'QUERY': one of the names above, a .rq file, - or SPARQL"
            raise click.UsageError(advice, context)
        click.echo(context.get_help())
        return 0
    asked, values = question(query), parameters(params)
    if help_ or show:
        saved = find_query(asked)
        emit(saved.text.rstrip("\n") + "\n" if show else described(saved), output)
        return 0
    ask = asker(store=store, data=list(data) or None, endpoint=endpoint)
    saved = find_query(asked)
    results = answered(saved, ask, values)
    for remark in remarks(saved, values, ask, results):
        click.echo(printable(f"kg: {remark}"), err=True)
    if columns is not None and columns != "all":
        results = results.chosen([name.strip() for name in columns.split(",")])
    if limit and len(results) > limit:
        click.echo(printable(f"kg: the first {limit} of {len(results):,} rows"), err=True)
        results = results.first(limit)
    readable = sys.stdout.isatty() and not output and columns != "all"
    emit(write(results, format_, guess_from=output, terminal=readable), output)
    return 0


def described(saved: SavedQuery) -> str:
    """What a saved query asks, what it takes and what it gives, in lines."""
    lines = [saved.purpose or "SPARQL without a head that says what it asks", ""]
    if saved.inputs:
        lines.append("parameters (--param NAME=VALUE):")
    wide = max((len(each.name) for each in saved.inputs), default=0)
    for each in saved.inputs:
        needed = "; needed" if each.name == saved.needs else ""
        lines.append(f"  {each.name:<{wide}}  {each.meaning} ({each.kind}{needed})")
    lines += [f"columns: {', '.join(saved.columns)}"] if saved.columns else []
    lines += [f"derived: {', '.join(saved.derived)}"] if saved.derived else []
    return "\n".join(lines) + "\n"


def emit(payload: bytes | str, output: Path | None) -> None:
    """Write bytes, or text as UTF-8, to a file or to standard output. A file is whole, or as it was."""
    from kg.graph.store.files import write_whole

    payload = payload.encode() if isinstance(payload, str) else payload
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(payload)
        sys.stdout.buffer.flush()
    else:
        output.parent.mkdir(parents=True, exist_ok=True)
        write_whole(output, payload)


@VERBS.command("queries", short_help="List the saved queries")
@click.option("--format", "format_", type=click.Choice(["table", "markdown"]), default="table")
def queries_command(format_: str) -> int:
    """List the saved queries by group: name, question, parameters. kg query NAME --help says more.

    \b
    kg queries
    """
    list_queries(format_, 3 if sys.stdout.isatty() and format_ == "table" else 4)
    return 0


def list_queries(format_: str, wide: int) -> None:
    """Print the saved queries by group: the first ``wide`` of name, question, parameters, columns."""
    from kg.asking.sparql.library import by_group
    from kg.asking.tables import markdown_table, table

    columns = ["name", "question", "parameters", "columns"][:wide]
    for group, queries in by_group().items():
        rows = [[q.name, q.purpose, ", ".join(q.parameters), ", ".join(q.columns)][:wide] for q in queries]
        if format_ == "markdown":
            click.echo(f"## {group}\n\n{markdown_table(columns, rows)}")
        elif sys.stdout.isatty():
            shown = table(columns, rows, width=shutil.get_terminal_size().columns, wrap=True)
            click.echo(f"{group}\n\n{shown}")
        else:
            click.echo(f"{group}\n{table(columns, rows)}")


@VERBS.command("export", short_help="Write the dataset or one report in another format")
@click.argument("report", required=False)
@click.option("--format", "format_", default=None, help="turtle, trig, ntriples, nquads, jsonld, rdfxml, "
              "graphml, gexf; csv (a folder with one table a saved query) or ro-crate (a release folder). "
              "Default: by -o, else turtle.")  # fmt: skip
@click.option("-o", "output", type=click.Path(path_type=Path), help="File (or folder) to write.")
@SOURCES
def export_command(
    report: str | None, format_: str | None, output: Path | None,
    store: Path, data: tuple[Path, ...], endpoint: str | None,
) -> int:  # fmt: skip
    """Write the dataset, or what one REPORT (its id or title) says, in another format.

    \b
    kg export -o dataset.trig
    kg export west-midlands-peel-2023-25 --format jsonld
    kg export --data exports/west-midlands-peel-2023-25.ttl -o report.graphml
    kg export --format ro-crate -o release
    """
    from kg.dataset.exporting import export_dataset

    payload = export_dataset(report, format_, output, store=store, data=list(data) or None, endpoint=endpoint)
    if payload is not None:
        emit(payload, output)
    return 0


@VERBS.command("search", short_help="Find words in what reports say, and names")
@click.argument("words")
@click.option("--kind", help="Only this kind: finding, need, passage, concern, unit, operation …")
@click.option("--body", help="Only of this inspected body.")
@click.option("--area", help="Only of this area.")
@click.option("--polarity", type=click.Choice(["positive", "negative", "mixed", "neutral"]))
@click.option("--year", help="Only of reports that were published in this year.")
@click.option("--report", help="Only of this report (its IRI).")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True)
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("-o", "output", type=click.Path(path_type=Path), help="Write the result to a file.")
@SOURCES
def search_command(
    words: str, limit: int, format_: str, output: Path | None,
    store: Path, data: tuple[Path, ...], endpoint: str | None, **narrowed: str | None,
) -> int:  # fmt: skip
    """Find WORDS, all of them and in any form; "words between quotes" stand together, wor* begins a word.

    \b
    kg search 'stop and search'
    kg search '"response times"' --kind finding --polarity negative
    """
    from kg.asking.search import search
    from kg.asking.search.terminal import shown
    from kg.asking.sparql import load_data

    if endpoint is not None:
        raise CannotUnderstand("--endpoint: a search needs the index of a store, or files (--data)")
    found = search(words, load_data(data) if data else store, narrowed, limit=limit)
    if format_ == "json":
        emit(json.dumps(found.as_dict(), ensure_ascii=False, indent=2) + "\n", output)
    else:
        emit(shown(found, colour=sys.stdout.isatty() and output is None), output)
    return 0


@VERBS.command("neighbourhood", short_help="The graph around a thing: tree, page, picture or file")
@click.argument("entity")
@click.option("--depth", type=click.IntRange(1, 3), default=1, show_default=True)
@click.option("--types", help="Only things of these types, e.g. Finding,Operation.")
@click.option("--limit", type=click.IntRange(2, 300), default=60, show_default=True,
              help="Most things shown.")  # fmt: skip
@click.option("-o", "output", type=click.Path(path_type=Path),
              help="FILE.html, .svg, .png, .graphml, .gexf or .json.")  # fmt: skip
@SOURCES
def neighbourhood_command(
    entity: str, depth: int, types: str | None, limit: int, output: Path | None,
    store: Path, data: tuple[Path, ...], endpoint: str | None,
) -> int:  # fmt: skip
    """The graph around ENTITY: an IRI, a compact IRI, a name or an alias.

    \b
    kg neighbourhood "Operation Soteria"
    kg neighbourhood MARAC --depth 2 -o marac.html
    """
    from kg.asking.network import neighbourhood
    from kg.asking.network.graph_files import render

    if not entity.strip():
        raise CannotUnderstand("ENTITY is empty: kg entities lists what the reports name")
    if types is not None and not types.strip(" ,"):
        raise CannotUnderstand("--types is empty: give names, or leave it out")
    graph = neighbourhood(
        entity, store=store, data=list(data) or None, endpoint=endpoint, depth=depth,
        types=None if types is None else [t.strip() for t in types.split(",")], limit=limit,
    )  # fmt: skip
    emit(render(graph, output), output)
    return 0


@VERBS.command("entities", short_help="List the things that reports name")
@click.option("--review", is_flag=True, help="Only names that may be the same thing, to confirm or refuse.")
@SOURCES
def entities_command(review: bool, store: Path, data: tuple[Path, ...], endpoint: str | None) -> int:
    """List the things that reports name; --review lists near-duplicates, to paste into curation.toml.

    \b
    kg entities
    kg entities --review
    """
    from kg.asking.results import write
    from kg.asking.sparql import query as ask

    if review:
        from kg.dataset.near_duplicates import as_toml
        from kg.dataset.near_duplicates import review as look

        click.echo(as_toml(look(store=store, data=list(data) or None, endpoint=endpoint)), nl=False)
        return 0
    results = ask("entities", store=store, data=list(data) or None, endpoint=endpoint)
    if results:
        emit(write(results, None, terminal=sys.stdout.isatty()), None)
    else:
        click.echo("the reports name nothing")
    return 0


@VERBS.command("audit", short_help="Recompute figures that rest on others; show disagreements")
@click.option("--fail", is_flag=True, help="Exit with status 1 if text and arithmetic disagree anywhere.")
@click.option("--all", "all_", is_flag=True, help="Also show what agrees.")
@SOURCES
def audit_command(fail: bool, all_: bool, store: Path, data: tuple[Path, ...], endpoint: str | None) -> int:
    """Recompute every figure that a report derives from others; show where they disagree.

    \b
    kg audit --all
    """
    from kg.asking.analysis import audit
    from kg.asking.tables import table

    checks = audit(store=store, data=list(data) or None, endpoint=endpoint)
    shown = [check for check in checks if all_ or check.verdict != "agrees"]
    if shown:
        click.echo(table(checks[0].columns, [check.row for check in shown]), nl=False)
    wrong = sum(not check.agrees for check in checks)
    click.echo(printable(f"{len(checks)} figures recomputed, {wrong} disagree with the text"))
    return 1 if fail and wrong else 0


@VERBS.command("compare", short_help="Grades of forces and cycles side by side")
@click.option("--framework", help="Only this framework, as kg frameworks lists them.")
@SOURCES
def compare_command(framework: str | None, store: Path, data: tuple[Path, ...], endpoint: str | None) -> int:
    """Forces and cycles side by side: the grade of each area, one table a framework.

    Grades of different frameworks are never set in one table: their publisher says that they can't be
    compared.

    \b
    kg compare --framework peel-2023-25
    """
    from kg.asking.analysis import compare
    from kg.asking.tables import table

    tables = compare(store=store, data=list(data) or None, endpoint=endpoint, framework=framework)
    if not tables:
        click.echo("no report gives grades: nothing to compare")
    for comparison in tables:
        click.echo(printable(comparison.title))
        click.echo(table(comparison.columns, comparison.rows))
    return 0


@VERBS.command("outliers", short_help="Which forces stand out in a measure")
@click.argument("measure")
@SOURCES
def outliers_command(measure: str, store: Path, data: tuple[Path, ...], endpoint: str | None) -> int:
    """Which forces stand out in MEASURE, by the method of the report's outlier lines.

    \b
    kg outliers "stop and searches"
    """
    from kg.asking.analysis import outliers
    from kg.asking.tables import table

    if not measure.strip():
        raise CannotUnderstand("MEASURE is empty: kg query measures lists them")
    found = outliers(measure, store=store, data=list(data) or None, endpoint=endpoint)
    click.echo(table(found.columns, found.rows), nl=False)
    click.echo(printable(found.note))
    return 0


@VERBS.command("why", short_help="The reasons for a grade: quotes with their places")
@click.argument("body")
@click.argument("area")
@click.option("--report", help="The grade in this report (its id); default: the latest that grades the area.")
@click.option(
    "--year",
    type=click.IntRange(1900, 2999),
    help="The grade in the report published in this year, or else of an inspection in it.",
)
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("-o", "output", type=click.Path(path_type=Path), help="Write the answer to a file.")
@SOURCES
def why_command(
    body: str, area: str, report: str | None, year: int | None, format_: str, output: Path | None,
    store: Path, data: tuple[Path, ...], endpoint: str | None,
) -> int:  # fmt: skip
    """Why BODY was graded so in AREA: the words of the report, and apart from them those to the contrary.

    \b
    kg why "West Midlands Police" "investigating crime"
    kg why "West Midlands Police" "managing offenders" --format json
    """
    from kg.asking.analysis import why

    if not body.strip() or not area.strip():
        raise CannotUnderstand("BODY and AREA are names: kg query grades lists who is graded in what")
    found = why(body, area, store, report=report, year=year, data=list(data) or None, endpoint=endpoint)
    if format_ == "json":
        emit(json.dumps(found.as_dict(), ensure_ascii=False, indent=2) + "\n", output)
    else:
        emit("".join(f"{printable(line)}\n" for line in str(found).split("\n")), output)
    return 0


@VERBS.command("diff", short_help="What two datasets say differently")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--format", "format_", type=click.Choice(["text", "json", "csv"]), default="text",
              show_default=True)  # fmt: skip
@click.option("-o", "output", type=click.Path(path_type=Path), help="Write the answer to a file.")
def diff_command(old: Path, new: Path, format_: str, output: Path | None) -> int:
    """What NEW says otherwise than OLD: reports, grades, findings, boxes, concerns, needs and figures.

    Each is the folder of a store, a folder of RDF files or one RDF file. Exit status: 0 they say the same,
    1 they differ, 2 one of them can't be read.

    \b
    kg diff store-before store
    kg diff exports-before exports --format csv -o changes.csv
    """
    from kg.asking.analysis import diff
    from kg.asking.results import spreadsheet_csv

    found = diff(old, new)
    if format_ == "json":
        emit(json.dumps(found.as_dict(), ensure_ascii=False, indent=2) + "\n", output)
    elif format_ == "csv":
        emit(spreadsheet_csv(found.results()), output)
    else:
        emit("".join(f"{printable(line)}\n" for line in str(found).split("\n")), output)
    return 1 if found else 0
