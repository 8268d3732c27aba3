"""Verbs that read reports and check what was read."""

from __future__ import annotations

import json
import logging
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.ask import emit
from kg.cli.messages import printable
from kg.model.errors import CannotRead
from kg.model.progress import Progress, tell_nobody
from kg.model.records import DOUBTFUL_POLARITY, DOUBTFUL_SLOT, GAPS, RULED_OUT
from kg.model.vocab import BASE

if TYPE_CHECKING:
    from kg.model.records import Document, Notice

VERBS = click.Group()

STORE = click.option(
    "--store", type=click.Path(path_type=Path), default=Path("store"), show_default=True,
    help="Folder of the store that kg build makes.",
)  # fmt: skip


def no_folders(
    context: click.Context, parameter: click.Parameter, files: tuple[Path, ...]
) -> tuple[Path, ...]:
    """The files as they are. Raises CannotRead for a folder."""
    for file in files:
        if file.is_dir():
            raise CannotRead(f"{file}: a folder; give the RDF files in it, such as {file / '*.ttl'}")
    return files


def warn(message: str) -> None:
    """One line on standard error, unless --quiet."""
    logging.getLogger("kg").warning("%s", printable(message))


@VERBS.command("build", short_help="Read reports; write the dataset, validated")
@click.argument("paths", nargs=-1)
@click.option("--exports", type=click.Path(path_type=Path), default=Path("exports"), show_default=True,
              help="Folder for the Turtle files.")  # fmt: skip
@STORE
@click.option("--base", default=BASE, show_default=True, help="Base of the IRIs that are minted.")
@click.option("--jobs", type=click.IntRange(1), default=min(2, os.cpu_count() or 1), show_default="up to 2",
              help="Processes to read with; the result is the same.")  # fmt: skip
@click.option("--scheduler", metavar="ADDRESS",
              help="Let the workers of this Dask scheduler read them, as tcp://host:8786.")  # fmt: skip
def build_command(
    paths: tuple[str, ...], exports: Path, store: Path, base: str, jobs: int, scheduler: str | None
) -> int:
    """Read reports, build the dataset, validate it, write exports/ and the store.

    PATHS are files, folders or globs (default: seeds/). What has not changed is not built again. A file that
    cannot be used is left out with a warning; the status is 2 if none can be used, and 1 if a report was left
    out because what was read of it breaks the shapes, or if one that was published before cannot be used now
    and its file is still there.

    \b
    kg build
    kg build reports/ 'more/*.pdf' --exports out --store out/store
    """
    from kg.asking.tables import table
    from kg.dataset.build import build

    with shown_progress() as progress:
        result = build(
            paths or ("seeds",), exports=exports, store=store, base=base, jobs=jobs, scheduler=scheduler,
            progress=progress,
        )  # fmt: skip
    for line in (*result.notices, *(f"repaired: {line}" for line in result.repaired)):
        warn(line)
    click.echo(table(result.columns, result.rows), nl=False)
    click.echo(printable(result.summary))
    if any(report.details for report in result.reports):
        warn("what was not captured: kg query notices; how much was: kg query coverage")
    return 1 if result.invalid or result.missed else 0


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """A meter on standard error: a bar on a terminal, else lines, as with --verbose; none with --quiet."""
    level = logging.getLogger().getEffectiveLevel()
    if level > logging.WARNING:
        yield tell_nobody
        return
    from kg.cli.progress import Meter

    meter = Meter(sys.stderr, bar=sys.stderr.isatty() and level == logging.WARNING)
    try:
        yield meter
    finally:
        meter.close()


@VERBS.command("extract", short_help="The analysis of one report, as JSON")
@click.argument("file")
@click.option("--format", "format_", type=click.Choice(["json", "jsonl"]), default="json", show_default=True)
@click.option("--text", type=click.Path(path_type=Path), help="Also write the text that offsets refer to.")
@click.option("--force", help="Name of the inspected force, where the text doesn't say.")
@click.option("--framework", help="Framework, as kg frameworks lists them.")
@click.option("--published", help="Date of publication, YYYY-MM-DD.")
def extract_command(
    file: str, format_: str, text: Path | None, force: str | None, framework: str | None,
    published: str | None,
) -> int:  # fmt: skip
    """The analysis of one report as JSON; FILE may be - for standard input.

    \b
    kg extract seeds/west-midlands-peel-2023-25.txt
    kg extract saved-page.html --text page.txt --format jsonl
    """
    from kg.dataset.curation.applying import with_decisions
    from kg.dataset.curation.decision_graph import contradictions
    from kg.dataset.curation.decisions import curation_for
    from kg.dataset.one_report import own_net, refuse_grades_of_nobody
    from kg.graph.store.files import write_whole
    from kg.nlp import extract
    from kg.nlp.extraction_json import as_json, as_json_lines
    from kg.reading import ReportFile, read, why_not
    from kg.reading.catalogue import given_for, stated

    if (why := why_not(file)) is not None:
        warn(f"{file}: skipped: {why}")
        return 0
    named = {"force": force, "framework": framework, "published": published}
    options = {key: stated(key, value, f"--{key}") for key, value in named.items() if value is not None}
    shown = "standard input" if file == "-" else str(ReportFile.of(file))
    with own_net(shown):
        document = read(file)
        given = given_for(file, document.source.sha256) | options
        extraction = extract(document, given=given)
        refuse_grades_of_nobody(extraction, shown)
        curation = curation_for(file)
        extraction, refused = with_decisions(extraction, curation)
    for line in dict.fromkeys([*contradictions([curation]), *refused]):
        warn(line)
    if text is not None:
        write_whole(text, encodable(document.text).encode())
    if format_ == "jsonl":
        for line in as_json_lines(extraction):
            click.echo(harmless(line))
    else:
        click.echo(harmless(json.dumps(as_json(extraction), ensure_ascii=False, indent=1)))
    show_notices(document.source.file, extraction.warnings)
    return 0


def harmless(written: str) -> str:
    """JSON with its invisible characters as escapes, so that it cannot steer a terminal; the same values.

    >>> harmless('{"file": "\u202etxt.exe"}')
    '{"file": "\\\\u202etxt.exe"}'
    """
    return re.sub(r"[^\n -~]", lambda m: m[0] if m[0].isprintable() else json.dumps(m[0])[1:-1], written)


def encodable(text: str) -> str:
    """The text without lone surrogates, which no encoding carries; as long as before."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def show_notices(file: str, notices: Sequence[Notice]) -> None:
    """Notices as warnings; those about single places as one, or each with --verbose."""
    details = [notice for notice in notices if notice.is_detail]
    for notice in notices:
        if not notice.is_detail:
            warn(f"{file}: {notice.message}")
    for notice in details:
        logging.getLogger("kg").info("%s", printable(f"{file}, {notice.start}: {notice.message}"))
    gaps = Counter(_GAP_WORDS[notice.code] for notice in details if notice.is_gap)
    codes = Counter(notice.code for notice in details)
    ruled_out, doubtful = codes[RULED_OUT], codes[DOUBTFUL_SLOT]
    said = [f"{count} {word}{'s' if count > 1 else ''}" for word, count in gaps.items()]
    said = [f"{', '.join(said)} not captured"] if said else []
    said += (
        [f"{ruled_out} {'numbers' if ruled_out > 1 else 'number'} no figure by a rule"] if ruled_out else []
    )
    said += [f"{doubtful} {'figures' if doubtful > 1 else 'figure'} with a doubtful slot"] if doubtful else []
    if unsure := codes[DOUBTFUL_POLARITY]:
        said.append(f"{unsure} {'findings' if unsure > 1 else 'finding'} of doubtful polarity")
    if said:
        warn(f"{file}: {'; '.join(said)} (kg --verbose lists them)")


_GAP_WORDS = {code: code.split("-")[0] for code in GAPS}
"""What the codes of gaps are about: "number" of number-not-modelled."""


@VERBS.command("validate", short_help="Check the dataset or RDF files against the shapes")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), callback=no_folders)
@STORE
@click.option("--shapes", type=click.Path(path_type=Path), metavar="FILE",
              help="SHACL shapes to check against instead of the dataset's own.")  # fmt: skip
@click.option("--report", metavar="FORMAT", help="Print the standard sh:ValidationReport instead, as turtle, "
              "trig, ntriples, nquads, jsonld or rdfxml.")  # fmt: skip
@click.option("--timeout", type=click.FloatRange(min=0.1), metavar="SECONDS",
              help="What a check against --shapes may take (default: as much as a report, 600).")  # fmt: skip
def validate_command(
    files: tuple[Path, ...], store: Path, shapes: Path | None, report: str | None, timeout: float | None
) -> int:
    """Check the store, or RDF FILES, against the shapes; each violation with its passage.

    The status is 1 if there is a violation; warnings are shown and do not count.

    \b
    kg validate
    kg validate exports/*.ttl
    kg validate data.ttl --shapes shapes.ttl --report turtle
    """
    from kg.asking.tables import table
    from kg.graph.rdf_files import read_files
    from kg.graph.store import open_store
    from kg.graph.validation import judge
    from kg.graph.writing import write_graph
    from kg.model.formats import format_named
    from kg.reading.files import printable_path
    from kg.reading.time_limit import SECONDS, time_limit

    row = None if report is None else format_named(report, "graph")
    data = (quad for _, quads in read_files(files) for quad in quads) if files else open_store(store)
    with nullcontext() if shapes is None else time_limit(printable_path(shapes), timeout or SECONDS):
        judged = judge(data, shapes)
    if row is not None:
        emit(write_graph(judged.report, row.name, blank_nodes=True), None)
        return 1 if judged.wrong else 0
    rows = [[v.severity, v.message, v.focus, v.path or "", v.passage_text or ""] for v in judged.violations]
    if rows:
        click.echo(table(["severity", "message", "thing", "property", "passage"], rows), nl=False)
    warnings = len(judged.violations) - judged.wrong
    click.echo(f"{counted(judged.wrong, 'violation')}, {counted(warnings, 'warning')}")
    return 1 if judged.wrong else 0


def counted(number: int, what: str) -> str:
    """The number with its noun.

    >>> counted(1, "problem"), counted(0, "warning")
    ('1 problem', '0 warnings')
    """
    return f"{number:,} {what}" + ("" if number == 1 else "s")


@VERBS.command("verify", short_help="Check that store and exports are as they were written")
@STORE
@click.option("--store-only", is_flag=True, help="Leave out the folder of the exports, if it is not here.")
def verify_command(store: Path, store_only: bool) -> int:
    """Compare the files of the store and the exports with the hashes that were written when they were built.

    \b
    kg verify
    """
    from kg.graph.store import verify_store

    problems = verify_store(store, exports=not store_only)
    for problem in problems:
        click.echo(printable(problem))
    whole = "the store is whole" if store_only else "the store and its exports are whole"
    click.echo("damaged: build again with kg build" if problems else whole)
    return 1 if problems else 0


@VERBS.command("evaluate", short_help="Score the extraction of a report against annotations")
@click.argument("gold", type=click.Path(path_type=Path))
@click.argument("file")
@click.option("--until", type=int, help="Leave out what starts at or beyond this offset.")
@click.option("--findings-until", type=int, help="The same for findings and judgements (default: --until).")
@click.option("--below", type=float, help="Exit with status 1 if mentions (lenient) F1 is below this.")
@click.option("--misses", type=int, default=0, help="Show up to N misses and false finds of each kind.")
def evaluate_command(
    gold: Path, file: str, until: int | None, findings_until: int | None, below: float | None, misses: int
) -> int:
    """Score the extraction of FILE against the annotated report in the folder GOLD.

    GOLD holds mentions.jsonl, figures.jsonl and so on. Where it covers the beginning of a report only, say
    how far with --until.

    \b
    kg evaluate gold/my-report my-report.txt --misses 20
    """
    from kg.dataset.evaluation import evaluate, load_gold
    from kg.nlp import extract

    load_gold(gold)
    scores = evaluate(gold, extract(file), until=until, findings_until=findings_until)
    click.echo(scores.report(misses=misses), nl=False)
    return 1 if below is not None and scores.mentions_lenient < below else 0


@VERBS.command("catalogue", short_help="Draft the catalogue of a folder of reports")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("-o", "output", type=click.Path(path_type=Path), help="Write it here (default: print it).")
@click.option("--check", is_flag=True, help="Compare the catalogue there is with the files instead.")
def catalogue_command(folder: Path, output: Path | None, check: bool) -> int:
    """Draft the catalogue of FOLDER: force, framework, kind and dates as the reports state them.

    Comments flag doubles, newer versions and what is not known; check it before you rely on it. What is there
    under the name of -o is kept under another one, FILE.bak or the next that is free. With --check
    the exit status is 1 where the catalogue that is there and the files disagree.

    \b
    kg catalogue reports/ -o reports/catalogue.toml
    kg catalogue reports/ --check
    """
    from kg.graph.store.files import write_keeping
    from kg.reading.catalogue import check_catalogue, draft_catalogue
    from kg.reading.files import printable_path

    if check:
        problems = check_catalogue(folder)
        for problem in problems:
            click.echo(printable(problem))
        return 1 if problems else 0
    draft = draft_catalogue(folder, described)
    if output is None:
        sys.stdout.write(draft)
    elif (before := write_keeping(output, draft.encode())) is not None:
        click.echo(f"{printable_path(output)}: what was there, with its comments, is {before.name}", err=True)
    return 0


def described(document: Document) -> dict[str, str | None]:
    """What a report states of itself, by the keys of a catalogue."""
    from kg.nlp.structure import find_structure

    report = find_structure(document).report
    return {
        "title": report.title, "force": report.force_name, "framework": report.framework,
        "kind": report.kind, "published": report.published, "publisher": report.publisher,
        "licence": report.licence, "web": report.web,
    }  # fmt: skip


@VERBS.command("frameworks", short_help="List the inspection frameworks that are known")
def frameworks_command() -> int:
    """List the inspection frameworks that the tool knows.

    \b
    kg frameworks
    """
    from kg.asking.tables import table
    from kg.model.frameworks import load_frameworks

    rows = [
        [f.notation, f.title, str(len(f.areas)), ", ".join(g.label for g in f.grades)]
        for f in load_frameworks()
    ]
    click.echo(table(["framework", "title", "areas", "grades, best first"], rows), nl=False)
    return 0


@VERBS.group("framework", short_help="Work on a framework file: check")
def framework_command() -> None:
    """Work on a framework file."""


@framework_command.command("check", short_help="Explain what is wrong with a framework file")
@click.argument("file", type=click.Path(path_type=Path))
def framework_check(file: Path) -> int:
    """Explain what is wrong with a framework file.

    \b
    kg framework check ontology/frameworks/peel-2023-25.ttl
    """
    from kg.model.framework_check import check_framework

    if not file.is_file():
        raise CannotRead(f"{file}: {'a folder; give one file' if file.is_dir() else 'no such file'}")
    problems = check_framework(file)
    for problem in problems:
        click.echo(printable(problem))
    click.echo(counted(len(problems), "problem") if problems else "the framework is complete")
    return 1 if problems else 0
