"""A worker at one request, in this process: the event loop's end of its channels is held here."""

import socket
from dataclasses import dataclass

import pytest
from server_process import JSON

from kg.serving.http.messages import Request, Response
from kg.serving.processes.channels import JOB, KEEP, KEEP_CACHEABLE, RESET, SLOT
from kg.serving.processes.worker import Channels, Worker
from kg.serving.protocol.dataset import Served
from kg.serving.settings import Settings
from kg.serving.site import Site

HEAD = b"GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n"


@dataclass(slots=True)
class FaultySite(Site):
    """Fails at every second request."""

    asked: int = 0
    after: int = 0
    """Bytes that go out before it fails."""

    def respond(self, request: Request) -> Response:
        self.asked += 1
        if self.asked % 2:
            if not self.after:
                raise IndexError("list index\nout of range")
            return Response(200, "text/plain", self._fail_late)
        return Response(200, JSON, b"fine")

    def _fail_late(self, out) -> None:
        out.write(b"a" * self.after)
        raise IndexError("late")


@pytest.fixture
def worker():
    """A worker and the other ends of its channels."""
    ends = [*socket.socketpair(), *socket.socketpair()]
    site = FaultySite(Served(None), Settings())
    yield Worker(Channels(0, ends[1], ends[3]), bytearray(SLOT), site), ends[0], ends[2], site
    for end in ends:
        end.close()


def ask(worker: Worker, ours: socket.socket) -> tuple[bytes, bytes]:
    ours.sendall(JOB.pack(len(HEAD), 0) + HEAD)
    return worker._answer(*worker._next())


def test_a_fault_is_told_in_a_line_and_the_worker_lives_on(worker, capsys):
    made, ours, _, _ = worker
    word, response = ask(made, ours)
    assert word in (KEEP, KEEP_CACHEABLE) and response.startswith(b"HTTP/1.1 500 ")
    line = capsys.readouterr().err
    assert line.count("\n") == 1 and "GET /x: IndexError: list index out of range (test_worker.py:" in line
    assert ask(made, ours)[1].endswith(b"fine")


def test_a_fault_after_a_part_was_sent_breaks_the_connection(worker):
    made, ours, sockets, site = worker
    site.after = 1 << 19
    client, its_end = socket.socketpair()
    with client, its_end:
        its_end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 21)
        its_end.setblocking(False)
        socket.send_fds(sockets, [b"F"], [its_end.fileno()])
        assert ask(made, ours) == (RESET, b"")
        assert client.recv(12) == b"HTTP/1.1 200"
