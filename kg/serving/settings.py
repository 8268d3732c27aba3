"""The options of the server: declared here once, asked by ``serve`` and the command, handed on as JSON."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from kg.model.addresses import can_be_base
from kg.model.errors import CannotRead, CannotUnderstand

log = logging.getLogger(__name__)
DEFAULT_STORE = "store"
"""Where clients find a server: no user, no query, nothing that could end a header line."""
MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of ``kg.serve``, with their defaults. Sizes are MiB, times are seconds.

    - ``endpoint`` (the address of another SPARQL endpoint), else ``data`` (files, format by extension), else
      ``store`` (a dataset folder) says what is served.
    - ``host`` and ``port`` are where the server listens (0: any free port); ``address`` is where clients
      find it (``https://data.example``), where that is not the same; ``hosts`` are further names of it.
    - ``timeout`` bounds the evaluation of a query, ``memory`` what it may take beside the data,
      ``max_result`` and ``max_request`` what goes out and comes in.
    - ``workers`` is the most processes that answer at once; a store of up to ``in_memory`` quads is held in
      memory; ``remember`` of responses are kept to be given again, none of those over an ``endpoint``.
    - ``token`` is asked of every client; ``cors=True`` lets the pages of all other sites read the data in the
      browser of whoever visits them.
    """

    store: str | None = None
    data: tuple[str, ...] = ()
    endpoint: str | None = None
    host: str = "127.0.0.1"
    port: int = 8080
    timeout: float = 10.0
    token: str | None = None
    memory: int = 1024
    max_result: int = 256
    max_request: int = 8
    workers: int = 16
    in_memory: int = 250_000
    remember: int = 16
    cors: bool = False
    hosts: tuple[str, ...] = ()
    address: str | None = None

    @classmethod
    def of(
        cls,
        store: str | os.PathLike[str] | None = None,
        data: Iterable[str | os.PathLike[str]] | None = None,
        *,
        hosts: Iterable[str] = (),
        token: str | None = None,
        **options: Any,
    ) -> Settings:
        """The settings for what a caller gives, with absolute paths and checked.

        Raises CannotRead for a file that is missing, CannotUnderstand for an impossible option, TypeError for
        one that there is not.
        """
        remote = bool(options.get("endpoint"))
        given = [data] if isinstance(data, str | os.PathLike) else data or ()
        files = () if remote else tuple(os.path.abspath(path) for path in given)
        folder = None if remote or files else os.path.abspath(DEFAULT_STORE if store is None else store)
        if remote:
            options["remember"] = 0  # the data behind it may change at any time
        settings = cls(store=folder, data=files, hosts=tuple(hosts), token=token, **options)
        for name in ("timeout", "memory", "max_result", "max_request"):
            if getattr(settings, name) <= 0:
                raise CannotUnderstand(f"{name} must be more than 0")
        if settings.workers < 2:
            raise CannotUnderstand("serving needs at least 2 workers")
        if token is not None and not token.strip():
            raise CannotUnderstand("the token is empty: anybody would be let in; give one, or leave it out")
        if settings.address is not None and not (
            settings.address.isascii() and can_be_base(settings.address)
        ):
            raise CannotUnderstand(f"address {settings.address!r}: give it as https://data.example")
        for path in settings.files:
            if not path.is_file():
                raise CannotRead(f"{path}: no such file")
        if not _is_loopback(settings.host) and settings.token is None:
            log.warning(
                "kg serve: %s can be reached from other machines and asks nobody for a token; "
                "give --token, or leave out --host to serve this machine alone",
                settings.host,
            )
        return settings

    def to_json(self) -> str:
        """The settings as one line of JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Settings:
        """The settings that ``to_json`` wrote."""
        values = json.loads(text)
        values["data"], values["hosts"] = tuple(values["data"]), tuple(values["hosts"])
        return cls(**values)

    @property
    def url(self) -> str:
        """Where clients find the server, without a slash at the end; never taken from a request."""
        if self.address:
            return self.address.rstrip("/")
        name = "127.0.0.1" if self.host in ("0.0.0.0", "::", "") else self.host
        return f"http://[{name}]:{self.port}" if ":" in name else f"http://{name}:{self.port}"

    @property
    def quick_workers(self) -> int:
        """How many queries run at once as long as all are quick."""
        return min(self.workers, max(2, (os.cpu_count() or 1) + 1))

    @property
    def files(self) -> tuple[Path, ...]:
        """The files of ``data``."""
        return tuple(Path(name) for name in self.data)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
