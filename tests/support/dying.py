"""``python dying.py FOLDER HOW``: one commit of a dataset, once for each operation on files within it.

For the n-th operation a copy of FOLDER is made, FOLDER-n, and a process that commits in it; before its n-th
operation it is killed (HOW is ``kill``), or the disk is full (``full``). Says how many operations there were.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sys
from contextlib import suppress
from pathlib import Path

from store_data import triples

from kg.graph.store.commit import committing
from kg.model.errors import CannotRead
from kg.model.vocab import BASE

WRITES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link"}
"""Audit events of what changes a file system; opening a file for writing is the other."""
BEFORE = {"one": 3, "old": 2}
AFTER = {"one": 4, "new": 5}
"""Two datasets, by the reports that they have, each with so many triples."""


def commit(folder: Path, reports: dict[str, int]) -> None:
    graphs = {f"{BASE}graph/{name}": triples(count, name) for name, count in reports.items()}
    exports = {f"{name}.ttl": f"# {count}\n".encode() for name, count in reports.items()}
    with committing(folder / "store", folder / "exports") as one:
        one.publish(graphs, exports, b"[]")


def stop_at(number: int, how: str) -> None:
    """From the n-th operation on: the end, or an error each time that something is to be written."""
    count = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count
        opened = (
            event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        )
        if not (opened or event in WRITES):
            return
        count += 1
        if how == "kill" and count == number:
            os.kill(os.getpid(), signal.SIGKILL)
        if how == "full" and count >= number and (opened or event in ("os.mkdir", "os.link")):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    sys.addaudithook(hook)


def main() -> None:
    folder, how = Path(sys.argv[1]), sys.argv[2]
    for number in range(1, 1000):
        copy = folder.with_name(f"{folder.name}-{number}")
        shutil.copytree(folder, copy)
        if (child := os.fork()) == 0:
            stop_at(number, how)
            with suppress(CannotRead):
                commit(copy, AFTER)
                os._exit(0)
            os._exit(1)
        if os.waitpid(child, 0)[1] == 0:
            print(number)
            return


if __name__ == "__main__":
    main()
