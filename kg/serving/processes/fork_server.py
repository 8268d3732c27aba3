"""``python -m kg.serving.processes.fork_server CONTROL SHARED``: loads the data once, then forks workers.

As the *fork server* of Python's multiprocessing it has no threads and runs no query: it only forks and reaps
on command of the event loop. Its forks, the workers, share its memory.
"""

from __future__ import annotations

import gc
import mmap
import os
import select
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path

from kg.model.errors import KgError
from kg.serving.processes.channels import COMMAND, receive_exactly
from kg.serving.processes.worker import Channels, Worker
from kg.serving.protocol.dataset import from_files, from_folder
from kg.serving.protocol.relay import remote
from kg.serving.settings import Settings
from kg.serving.site import Site


def main() -> None:
    """The fork server; in a fork it becomes a worker and returns when that ends."""
    control = socket.socket(fileno=int(sys.argv[1]))
    shared = mmap.mmap(int(sys.argv[2]), 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    length = COMMAND.unpack(receive_exactly(control, COMMAND.size))[2]
    settings = Settings.from_json(receive_exactly(control, length).decode())
    try:
        if settings.data:
            served = from_files(settings.files)
        elif settings.store:
            served = from_folder(Path(settings.store), settings.in_memory)
        else:
            served = remote(settings)
        site = Site(served, settings)
    except KgError as error:
        _send_text(control, b"E", str(error))
        return
    site.prepare()
    _send_text(control, b"R", served.generation or "")
    gc.collect()
    gc.freeze()
    channels = ForkServer(control).run()
    if channels is not None:
        Worker(channels, shared, site).run()


def _send_text(control: socket.socket, kind: bytes, text: str) -> None:
    data = text.encode()
    control.sendall(COMMAND.pack(kind, 0, len(data)) + data)


class ForkServer:
    """Forks and reaps workers as the event loop says, until that closes the control connection."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._pids: dict[int, int] = {}
        self._woken, self._wake = os.pipe()
        self._sources: list[int] = [control.fileno(), self._woken]
        os.set_blocking(self._wake, False)
        os.set_blocking(self._woken, False)

    def run(self) -> Channels | None:
        """None at the end; in a fork, the channels of the worker that it is to become."""
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        while True:
            readable, _, _ = select.select(self._sources, [], [])
            if self._woken in readable:
                os.read(self._woken, 512)
                self._reap()
            if self._control.fileno() in readable:
                message, fds, _, _ = socket.recv_fds(self._control, COMMAND.size, 2)
                if not message:
                    self._kill_all()
                    return None
                channels = self._obey(message, fds)
                if channels is not None:
                    return channels

    def _obey(self, message: bytes, fds: list[int]) -> Channels | None:
        """Kills or forks a worker; gives its channels in the fork."""
        if len(message) < COMMAND.size:
            message += receive_exactly(self._control, COMMAND.size - len(message))
        kind, slot, _ = COMMAND.unpack(message)
        if kind == b"K" and slot in self._pids:
            os.kill(self._pids[slot], signal.SIGKILL)
        elif kind == b"F":
            pid = os.fork()
            if pid == 0:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                self._control.close()
                os.close(self._woken)
                os.close(self._wake)
                jobs, sockets = (socket.socket(fileno=fd) for fd in fds)
                return Channels(slot, jobs, sockets)
            self._pids[slot] = pid
            for fd in fds:
                os.close(fd)
        return None

    def _reap(self) -> None:
        """Reports the workers that have died."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            slot = next(slot for slot, its in self._pids.items() if its == pid)
            del self._pids[slot]
            with suppress(ConnectionError):  # the event loop is gone: the end follows
                self._control.sendall(COMMAND.pack(b"D", slot, os.waitstatus_to_exitcode(status)))

    def _kill_all(self) -> None:
        for pid in self._pids.values():
            os.kill(pid, signal.SIGKILL)
        for pid in self._pids.values():
            os.waitpid(pid, 0)


if __name__ == "__main__":
    main()
