"""Folders nested more deeply than any path may be long."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def nested_in(folder: Path, levels: int = 1200) -> Iterator[int]:
    """Makes so many folders, each in the one before; gives the descriptor of the innermost."""
    handle = os.open(folder, os.O_RDONLY)
    for _ in range(levels):
        os.mkdir("a", dir_fd=handle)
        inner = os.open("a", os.O_RDONLY, dir_fd=handle)
        os.close(handle)
        handle = inner
    try:
        yield handle
    finally:
        os.close(handle)
