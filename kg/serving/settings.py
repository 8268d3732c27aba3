"""What the server was told: one frozen record, handed to every process as JSON."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of ``kg.serve``; sizes are bytes, times are seconds, ``in_memory`` is a number of quads.

    One of ``store`` (a dataset folder), ``data`` (files) and ``endpoint`` (an address) says what is served.
    ``address`` is where clients find the server, without a slash at the end, never taken from a request.
    """

    store: str | None = None
    data: tuple[str, ...] = ()
    endpoint: str | None = None
    host: str = "127.0.0.1"
    port: int = 8080
    address: str = "http://127.0.0.1:8080"
    timeout: float = 10.0
    memory: int = 1024 * MIB
    max_bytes: int = 256 * MIB
    max_body: int = 8 * MIB
    workers: int = 16
    in_memory: int = 250_000
    remember: int = 16 * MIB
    token: str | None = None
    cors: bool = True
    hosts: tuple[str, ...] = ()

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
    def quick_workers(self) -> int:
        """How many queries run at once as long as all are quick."""
        return min(self.workers, max(2, (os.cpu_count() or 1) + 1))

    @property
    def files(self) -> tuple[Path, ...]:
        """The files of ``data``."""
        return tuple(Path(name) for name in self.data)
