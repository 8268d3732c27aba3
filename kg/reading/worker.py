"""Formats that can be hostile are read in a process of their own, with limits on memory and time.

The bytes go in by standard input, a ``Reading`` comes back as JSON. Whatever kills the process (memory,
time, a fault in a library) is the clear error of that one file.
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from typing import Any

from kg.model import errors
from kg.model.processes import running
from kg.model.records import Notice
from kg.reading.pieces import Piece, Reading

_HOMES = {
    "html": ("kg.reading.web_page.html", "read_html"),
    "pdf": ("kg.reading.pdf.pdf", "read_pdf"),
    "docx": ("kg.reading.word.docx", "read_docx"),
}


def read_apart(kind: str, data: bytes, *, seconds: float, memory: int) -> Reading:
    """``read_{kind}`` of ``data`` in a process with ``memory`` bytes that ends after ``seconds``.

    Raises what the reader raises, and errors.CannotRead when the process dies or is too slow.
    """
    command, environment = running("kg.reading.worker", kind, str(memory), str(int(seconds) + 1))
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=seconds, env=environment, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise errors.CannotRead(
            f"not read within {seconds:.0f} seconds: damaged, or made to be slow"
        ) from error
    if done.returncode != 0:
        raise errors.CannotRead(
            f"the {kind.upper()} reader gave up on it ({_cause(done)}); the file is damaged"
        )
    return _from_json(json.loads(done.stdout))


def _cause(done: subprocess.CompletedProcess[bytes]) -> str:
    if done.returncode < 0:
        return f"stopped by signal {-done.returncode}"
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    last = lines[-1] if lines else ""
    if "MemoryError" in last or "bad_alloc" in last:
        return "it needs too much memory"
    return "".join(char if char.isprintable() else "?" for char in last[:120]) or f"status {done.returncode}"


def _from_json(answer: dict[str, Any]) -> Reading:
    if "error" in answer:
        raise getattr(errors, answer["error"])(answer["message"])
    return Reading(
        tuple(Piece(*piece) for piece in answer["pieces"]),
        tuple((name, value) for name, value in answer["metadata"]),
        tuple(Notice(*notice) for notice in answer["notices"]),
    )


def _as_json(reading: Reading) -> dict[str, Any]:
    return {
        "pieces": [[p.text, p.kind, p.level, p.page, p.fragment] for p in reading.pieces],
        "metadata": reading.metadata,
        "notices": [[n.code, n.message, n.start, n.end] for n in reading.notices],
    }


def reading_of(kind: str, data: bytes) -> Reading:
    """The reader of ``kind`` applied to ``data`` in this process; HTML is given as UTF-8."""
    module, name = _HOMES[kind]
    reader = getattr(import_module(module), name)
    reading: Reading = reader(data.decode("utf-8") if kind == "html" else data)
    return reading


def _limit(memory: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time limit of the parent holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(arguments: list[str]) -> int:
    """Read standard input as the kind ``arguments[0]`` and write the answer to standard output."""
    kind, memory, seconds = arguments[0], int(arguments[1]), int(arguments[2])
    data = sys.stdin.buffer.read()
    _limit(memory, seconds)
    try:
        answer = _as_json(reading_of(kind, data))
    except errors.KgError as error:
        answer = {"error": type(error).__name__, "message": str(error)}
    sys.stdout.write(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
