"""Verbs that offer the dataset to others."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.ask import SOURCES


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True)
@SOURCES
@click.option("--timeout", type=click.FloatRange(min=0.1), default=10.0, show_default=True,
              help="Seconds that a query may take.")  # fmt: skip
@click.option("--token", envvar="KG_TOKEN", help="Ask clients for this bearer token (or set KG_TOKEN).")
def serve_command(
    host: str, port: int, store: Path | None, data: tuple[Path, ...], endpoint: str | None,
    timeout: float, token: str | None,
) -> int:  # fmt: skip
    """Serve the SPARQL endpoint and the web pages, on this machine alone unless told otherwise.

    \b
    kg serve
    kg serve --data exports/*.ttl --port 8081
    """
    from kg.server import serve

    serve(store=store, data=data or None, endpoint=endpoint, host=host, port=port, timeout=timeout, token=token)
    return 0
