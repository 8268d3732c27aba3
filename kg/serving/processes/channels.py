"""How the three kinds of process talk: the messages between them, and the memory that they share."""

from __future__ import annotations

import marshal
import socket
import struct

from kg.serving.http.messages import Request

COMMAND = struct.Struct("!cii")
"""Event loop to fork server (S length: settings; F slot: fork, with its channels; K slot: kill) and back
(R: ready; E length: error; D slot status: a worker died)."""
JOB = struct.Struct("!I")
"""Event loop to worker: the length of the request that follows."""
REPLY = struct.Struct("!cI")
"""Worker to event loop: a word, and the length of the response that follows (0: none, or sent already)."""
READY, KEEP, KEEP_CACHEABLE, CLOSE, RESET = b"H", b"K", b"L", b"C", b"R"
"""Ready; done, and the connection stays, stays with a response that may be given again, closes, breaks.
In lower case: and this worker stops here."""
WANT_SOCKET = b"F"
"""The response is long: the worker asks for the connection's file descriptor, on a channel of its own."""
SLOT = 32
"""Bytes that a worker has in the shared memory: 0 = response begun, 8..16 = seconds its reader blocked it,
16..24 = jobs that it need not do any more: those after the one number, up to the other."""
BLOCKED, BLOCKED_AT = struct.Struct("d"), 8
SKIPPED, SKIPPED_AT = struct.Struct("II"), 16


def pack_request(request: Request) -> bytes:
    """A request as the bytes of a job; by marshal: both ends are one Python, nobody else writes here."""
    start = request.method, request.target, request.headers
    data = marshal.dumps((*start, request.body, request.version, request.keep_alive))
    return JOB.pack(len(data)) + data


def unpack_request(data: bytes) -> Request:
    """The request that ``pack_request`` packed, without its length."""
    return Request(*marshal.loads(data))


def receive_exactly(sock: socket.socket, size: int) -> bytes:
    """Exactly ``size`` bytes; EOFError where the other side closed before."""
    data = bytearray()
    while len(data) < size:
        piece = sock.recv(min(size - len(data), 1 << 20))
        if not piece:
            raise EOFError
        data += piece
    return bytes(data)
