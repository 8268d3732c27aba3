"""Verbs that read reports and check what was read."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from kg.cli import printable
from kg.records import Notice
from kg.vocab import BASE

STORE = click.option(
    "--store", type=click.Path(path_type=Path), default=Path("store"), show_default=True,
    help="Folder of the store that kg build makes.",
)  # fmt: skip


def warn(message: str) -> None:
    """One line on standard error, unless --quiet."""
    import logging

    logging.getLogger("kg").warning("%s", printable(message))


@click.command("build")
@click.argument("paths", nargs=-1)
@click.option("--exports", type=click.Path(path_type=Path), default=Path("exports"), show_default=True,
              help="Folder for the Turtle files.")  # fmt: skip
@STORE
@click.option("--base", default=BASE, show_default=True, help="Base of the IRIs that are minted.")
@click.option("--model", help="An installed spaCy model to start from (default: blank English).")
@click.option("--jobs", type=click.IntRange(1), default=2, show_default=True, help="Processes to read with.")
def build_command(
    paths: tuple[str, ...], exports: Path, store: Path, base: str, model: str | None, jobs: int
) -> int:
    """Read reports, build the dataset, validate it, write exports/ and the store.

    PATHS are files, folders or globs (default: seeds/). What has not changed is not built again.

    \b
    kg build
    kg build reports/ 'more/*.pdf' --exports out --store out/store
    """
    from kg.builder import build
    from kg.results import table

    result = build(paths or ("seeds",), exports=exports, store=store, base=base, model=model, jobs=jobs)
    for line in result.notices:
        warn(line)
    click.echo(table(result.columns, result.rows), nl=False)
    click.echo(printable(result.summary))
    if any(report.details for report in result.reports):
        warn("what was not captured: kg query notices; how much was: kg query coverage")
    return 0


@click.command("extract")
@click.argument("file")
@click.option("--format", "format_", type=click.Choice(["json", "jsonl"]), default="json", show_default=True)
@click.option("--text", type=click.Path(path_type=Path), help="Also write the text that offsets refer to.")
@click.option("--force", help="Name of the inspected force, where the text doesn't say.")
@click.option("--framework", help="Framework, as kg frameworks lists them.")
@click.option("--published", help="Date of publication, YYYY-MM-DD.")
@click.option("--model", help="An installed spaCy model to start from (default: blank English).")
def extract_command(
    file: str, format_: str, text: Path | None, force: str | None, framework: str | None,
    published: str | None, model: str | None,
) -> int:  # fmt: skip
    """The analysis of one report as JSON; FILE may be - for standard input.

    \b
    kg extract seeds/west-midlands-peel-2023-25.txt
    kg extract saved-page.html --text page.txt --format jsonl
    """
    from kg.catalogue import given_for
    from kg.curation import curated, curation_for
    from kg.extraction_json import as_json, as_json_lines
    from kg.nlp import extract
    from kg.reading import read

    document = read(file)
    options = {"force": force, "framework": framework, "published": published}
    given = given_for(file, document.source.sha256) | {k: v for k, v in options.items() if v}
    extraction = curated(extract(document, given=given, model=model), curation_for(file))
    if text is not None:
        text.write_text(document.text, encoding="utf-8", newline="")
    if format_ == "jsonl":
        for line in as_json_lines(extraction):
            click.echo(line)
    else:
        click.echo(json.dumps(as_json(extraction), ensure_ascii=False, indent=1))
    show_notices(document.source.file, extraction.warnings)
    return 0


def show_notices(file: str, notices: Sequence[Notice]) -> None:
    """Notices as warnings; those about single numbers, names and lines as one, or each with --verbose."""
    import logging

    details = [notice for notice in notices if notice.is_detail]
    for notice in notices:
        if notice not in details:
            warn(f"{file}: {notice.message}")
    for notice in details:
        logging.getLogger("kg").info("%s", printable(f"{file}, {notice.start}: {notice.message}"))
    if details:
        warn(f"{file}: {len(details)} numbers, names or lines were not captured (kg --verbose lists them)")


@click.command("validate")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@STORE
def validate_command(files: tuple[Path, ...], store: Path) -> int:
    """Check the store, or RDF files, against the shapes; each violation with its passage.

    \b
    kg validate
    kg validate exports/*.ttl
    """
    from kg.results import table
    from kg.store import load_files, open_store
    from kg.validation import validate

    violations = validate(load_files(files) if files else open_store(store))
    rows = [[v.severity, v.message, v.focus, v.path or "", v.passage_text or ""] for v in violations]
    if rows:
        click.echo(table(["severity", "message", "thing", "property", "passage"], rows), nl=False)
    bad = sum(v.severity == "violation" for v in violations)
    click.echo(f"{bad} violations, {len(violations) - bad} warnings")
    return 1 if bad else 0


@click.command("verify")
@STORE
def verify_command(store: Path) -> int:
    """Compare the store's files with the hashes that were written when it was built.

    \b
    kg verify
    """
    from kg.store import verify_store

    problems = verify_store(store)
    for problem in problems:
        click.echo(printable(problem))
    click.echo("damaged: build again with kg build" if problems else "the store is whole")
    return 1 if problems else 0


@click.command("evaluate")
@click.argument("gold", type=click.Path(path_type=Path))
@click.argument("file")
@click.option("--until", type=int, help="Leave out what starts at or beyond this offset.")
@click.option("--below", type=float, help="Exit with status 1 if mentions (lenient) F1 is below this.")
@click.option("--misses", type=int, default=0, help="Show up to N misses and false finds of each kind.")
def evaluate_command(gold: Path, file: str, until: int | None, below: float | None, misses: int) -> int:
    """Score the extraction of FILE against the annotated report in the folder GOLD.

    \b
    kg evaluate gold/my-report my-report.txt --misses 20
    """
    from kg.evaluation import evaluate
    from kg.nlp import extract

    scores = evaluate(gold, extract(file), until=until)
    click.echo(scores.report(misses=misses), nl=False)
    return 1 if below is not None and scores.mentions_lenient < below else 0


@click.command("catalogue")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("-o", "output", type=click.Path(path_type=Path), help="Write it here (default: print it).")
def catalogue_command(folder: Path, output: Path | None) -> int:
    """Draft the catalogue of a folder of reports; flags duplicates, newer versions and unknown kinds.

    \b
    kg catalogue reports/ -o reports/catalogue.toml
    """
    from kg.catalogue import draft_catalogue

    draft = draft_catalogue(folder)
    if output is None:
        sys.stdout.write(draft)
    else:
        output.write_text(draft, encoding="utf-8", newline="")
    return 0


@click.command("frameworks")
def frameworks_command() -> int:
    """List the inspection frameworks that the tool knows.

    \b
    kg frameworks
    """
    from kg.frameworks import load_frameworks
    from kg.results import table

    rows = [[f.notation, f.title, str(len(f.areas)), ", ".join(g.label for g in f.grades)] for f in load_frameworks()]
    click.echo(table(["framework", "title", "areas", "grades, best first"], rows), nl=False)
    return 0


@click.group("framework")
def framework_command() -> None:
    """Work on a framework file."""


@framework_command.command("check")
@click.argument("file", type=click.Path(path_type=Path))
def framework_check(file: Path) -> int:
    """Explain what is wrong with a framework file.

    \b
    kg framework check ontology/frameworks/peel-2023-25.ttl
    """
    from kg.frameworks import check_framework

    problems = check_framework(file)
    for problem in problems:
        click.echo(printable(problem))
    click.echo(f"{len(problems)} problems" if problems else "the framework is complete")
    return 1 if problems else 0
