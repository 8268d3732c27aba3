"""What a process of ours does that works for another one."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

_PR_SET_PDEATHSIG = 1


def running(module: str, *arguments: str) -> tuple[list[str], dict[str, str]]:
    """The command and the environment of a process that runs a module of this package.

    It is the package that runs here, and nothing is imported from the folder that this was started in: that
    may be anybody's.
    """
    here = str(Path(__file__).resolve().parents[2])
    before = os.environ.get("PYTHONPATH")
    path = os.pathsep.join([here, before] if before else [here])
    return [sys.executable, "-P", "-m", module, *arguments], os.environ | {"PYTHONPATH": path}


def begin_again(**environment: str) -> NoReturn:
    """Begins this process again as it was started, with more in its environment."""
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], {**os.environ, **environment})


@contextmanager
def starting_safely() -> Iterator[None]:
    """What Python starts meanwhile imports nothing from the working folder, as in ``running``.

    The processes of ``multiprocessing`` are started with ``python -c``, which would look there first.
    """
    name = "PYTHONSAFEPATH"
    before = os.environ.get(name)
    os.environ[name] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


def die_with_parent(parent: int | None = None) -> None:
    """The process gets SIGKILL when its parent ends, however that ends (Linux only).

    It ends here if that has ended already: the process id of the ``parent`` tells.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if parent is not None and os.getppid() != parent:
        os._exit(1)
