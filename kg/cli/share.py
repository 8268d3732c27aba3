"""Verbs that offer the dataset to others."""

from __future__ import annotations

import logging
from pathlib import Path

import click

from kg.cli.ask import SOURCES, Verbs
from kg.model.addresses import is_web_address
from kg.model.errors import CannotUnderstand
from kg.serving.settings import Settings

VERBS = Verbs()

_SERVED = Settings()


def address(context: click.Context, parameter: click.Parameter, url: str | None) -> str | None:
    """The address as it is. Raises CannotUnderstand for one that is not http or https."""
    if url is not None and not is_web_address(url):
        raise CannotUnderstand(f"{parameter.opts[0]} {url}: give an http or https address")
    return url


@VERBS.command("serve", short_help="Serve the SPARQL endpoint and the web pages")
@click.option("--host", default=_SERVED.host, show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=_SERVED.port, show_default=True)
@SOURCES
@click.option("--timeout", type=click.FloatRange(min=0.1), default=_SERVED.timeout, show_default=True,
              help="Seconds that a query may take.")  # fmt: skip
@click.option(
    "--token", envvar="KG_SERVE_TOKEN", help="Ask clients for this bearer token (or set KG_SERVE_TOKEN)."
)
@click.option("--name", "hosts", multiple=True, help="A further host name of this server.")
@click.option("--address", help="Address of the server as clients write it (behind a proxy).")
@click.option("--cors/--no-cors", default=_SERVED.cors, show_default=True,
              help="Let the pages of all other sites read the data.")  # fmt: skip
def serve_command(
    host: str, port: int, store: Path | None, data: tuple[Path, ...], endpoint: str | None,
    timeout: float, token: str | None, hosts: tuple[str, ...], address: str | None, cors: bool,
) -> int:  # fmt: skip
    """Serve the SPARQL endpoint and the web pages, on this machine alone unless told otherwise.

    \b
    kg serve
    kg serve --data exports/*.ttl --port 8081
    """
    from kg.serving.server import serve

    serve(
        store=store, data=data or None, endpoint=endpoint, host=host, port=port, timeout=timeout, token=token,
        hosts=hosts, address=address, cors=cors, announce=lambda text: click.echo(text, err=True),
    )  # fmt: skip
    return 0


@VERBS.command("publish", short_help="Load the dataset into another SPARQL store")
@click.option(
    "--endpoint",
    required=True,
    metavar="URL",
    callback=address,
    help="Where the other store answers queries.",
)
@click.option(
    "--graph-store",
    metavar="URL",
    callback=address,
    help="Its Graph Store Protocol, which takes whole graphs.",
)
@click.option(
    "--update", metavar="URL", callback=address, help="Where it takes SPARQL Update (default: the endpoint)."
)
@click.option("--store", type=click.Path(path_type=Path), default=Path("store"), show_default=True,
              help="The store to publish.")  # fmt: skip
def publish_command(endpoint: str, graph_store: str | None, update: str | None, store: Path) -> int:
    """Load the dataset into another SPARQL 1.1 store, graph by graph; what is there already is left.

    A password comes from the environment: KG_USER and KG_PASSWORD, or KG_TOKEN.

    \b
    kg publish --endpoint http://localhost:7878/query --graph-store http://localhost:7878/store
    kg publish --endpoint http://localhost:8890/sparql --update http://localhost:8890/sparql-auth
    """
    from kg.asking.tables import table
    from kg.dataset.publishing import publish

    done = publish(endpoint, store=store, graph_store=graph_store, update=update)
    rows = [[each.graph, f"{each.triples:,}", each.status] for each in done]
    click.echo(table(["graph", "triples", "status"], rows), nl=False)
    if left := sum(each.status == "left" for each in done):
        said = f"{left} graphs there are not of this dataset: what was withdrawn has to be dropped there"
        logging.getLogger("kg").warning(said)
    return 0


@VERBS.command("mcp", short_help="Serve read-only tools to an agent (MCP)")
@SOURCES
def mcp_command(store: Path, data: tuple[Path, ...], endpoint: str | None) -> int:
    """Serve read-only tools to an agent (Model Context Protocol) on standard input and output.

    \b
    kg mcp
    kg mcp --store /data/findings/store
    """
    from kg.serving.agents.mcp_server import serve_stdio

    serve_stdio(store=store, data=list(data) or None, endpoint=endpoint)
    return 0
