"""How the three kinds of process talk: the messages between them, and the memory that they share."""

from __future__ import annotations

import socket
import struct

COMMAND = struct.Struct("!cii")
"""Event loop to fork server (S length: settings; F slot: fork, with its channels; K slot: kill) and back
(R: ready; E length: error; D slot status: a worker died)."""
JOB = struct.Struct("!II")
"""Event loop to worker: the lengths of the head and of the body of the request that follow."""
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


def receive_exactly(sock: socket.socket, size: int) -> bytes:
    """Exactly ``size`` bytes; EOFError where the other side closed before."""
    data = bytearray()
    while len(data) < size:
        piece = sock.recv(min(size - len(data), 1 << 20))
        if not piece:
            raise EOFError
        data += piece
    return bytes(data)
