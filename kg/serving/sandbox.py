"""What a worker process may not do: take all memory, open sockets, start programs, leave core files."""

from __future__ import annotations

import ctypes
import platform
import resource
import struct
import sys

_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP = 38, 22
_FILTER = 2  # SECCOMP_MODE_FILTER
_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | 13  # SECCOMP_RET_ALLOW, SECCOMP_RET_ERRNO with EACCES
_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_X32 = 0x40000000
_CALLS = {
    "x86_64": (0xC000003E, (41, 42, 49, 53, 59, 322, 425)),
    "aarch64": (0xC00000B7, (198, 203, 200, 199, 221, 281, 425)),
}
"""Per machine: its audit number, and socket, connect, bind, socketpair, execve, execveat, io_uring_setup (by
a ring sockets can be opened without those calls)."""


def limit_memory(extra: int) -> None:
    """Lets the process take ``extra`` bytes of address space more than it has; then its requests fail.

    Linux only; elsewhere the time limit alone bounds a query.
    """
    if sys.platform != "linux":
        return
    with open("/proc/self/statm", encoding="ascii") as statm:
        now = int(statm.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + extra, now + extra))


def no_core_files() -> None:
    """A crash leaves no core file."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def close_network() -> bool:
    """No socket can be opened and no program started from here on; False where this machine cannot do it.

    A seccomp filter of the Linux kernel, which needs no rights; sockets that are open stay usable.
    """
    if sys.platform != "linux" or platform.machine() not in _CALLS:
        return False
    program = _program(*_CALLS[platform.machine()])
    libc = ctypes.CDLL(None, use_errno=True)
    count = len(program) // 8
    buffer = ctypes.create_string_buffer(program, len(program))
    fprog = struct.pack("HxxxxxxP", count, ctypes.addressof(buffer))
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _FILTER, fprog, 0, 0) == 0)


def _program(audit: int, calls: tuple[int, ...]) -> bytes:
    """BPF: refuse another machine's calls and the calls listed, allow all others."""
    lines = [(_LOAD, 0, 0, 4), (_JUMP_EQUAL, 0, len(calls) + 3, audit), (_LOAD, 0, 0, 0)]
    lines.append((_JUMP_AT_LEAST, len(calls) + 1, 0, _X32))
    lines += [(_JUMP_EQUAL, len(calls) - place, 0, call) for place, call in enumerate(calls)]
    lines += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _DENY)]
    return b"".join(struct.pack("HBBI", *line) for line in lines)
