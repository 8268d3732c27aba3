"""What a process that answers strangers cannot do."""

from __future__ import annotations

import subprocess
import sys

import pytest
from samples import ROOT

from kg.serving import sandbox

TRY = """
import ctypes, os, socket
from kg.serving import sandbox
ours, _ = socket.socketpair()
assert sandbox.close_network()
libc = ctypes.CDLL(None, use_errno=True)

def ring():
    if libc.syscall(425, 1, ctypes.create_string_buffer(120)) < 0:  # io_uring_setup
        raise OSError(ctypes.get_errno(), "")

for attempt in (socket.socket, socket.socketpair, lambda: os.execv("/bin/true", ["true"]), ring):
    try:
        attempt()
    except PermissionError as error:
        assert error.errno == 13, error
    else:
        raise SystemExit(f"{attempt} was allowed")
ours.send(b"x")  # what was open is
print("closed")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="seccomp is of Linux")
def test_no_socket_is_opened_and_no_program_started() -> None:
    done = subprocess.run([sys.executable, "-c", TRY], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (0, "closed"), done.stderr


def test_memory_over_the_limit_is_refused() -> None:
    code = "from kg.serving import sandbox; sandbox.limit_memory(64 << 20); bytearray(256 << 20)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    limited = sys.platform == "linux"
    assert ("MemoryError" in done.stderr) == limited


def test_another_machine_has_no_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox.platform, "machine", lambda: "riscv64")
    assert not sandbox.close_network()
