"""What is served is one generation of the dataset, whole; a newer one is taken up when it has been loaded.

Each fork server binds the generation that is published, or the files as they are, when it starts. Where
``kg build`` publishes another, or the files are written anew, a second fork server loads that one while the
first still answers; then the event loop gives all requests to the second, and the first ends with its last
answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kg.graph.rdf_files import files_identity
from kg.graph.store.folder import published_identity
from kg.model.errors import CannotRead
from kg.serving.processes.worker_pool import ForkServer
from kg.serving.settings import Settings

_EVERY = 1.0
"""Seconds between two looks at what is published."""
_AGAIN = 60.0
"""Seconds until what could not be loaded is tried again: a folder may still have been copied."""


_GONE = (
    "The dataset cannot be read any more: it was removed, moved or damaged. What was loaded before is still "
    "served; stop this server if it may not be."
)


@dataclass(slots=True)
class Renewal:
    """Looks for a newer generation, and has it loaded. ``announce`` is told what happens, in a line each."""

    settings: Settings
    announce: Callable[[str], None]
    coming: ForkServer | None = None
    """The fork server that loads a newer generation."""
    _failed: str | None = None
    """A generation that could not be loaded."""
    _retry: float = 0.0
    _seen: str | None = None
    """What the last look found."""
    _is_gone: bool = False
    _next_look: float = 0.0

    def begin(self, served: ForkServer, now: float) -> ForkServer | None:
        """Starts to load newer data than those served; None where there is nothing to begin."""
        if served.generation is None or self.coming is not None or now < self._next_look:
            return None
        self._next_look = now + _EVERY
        seen, self._seen = self._seen, self._newest()
        newest = self._seen
        if newest != seen and (newest is None or self.settings.data):
            return None  # a file is still being written, a folder being moved: the next look tells
        if self._tell_of(newest) is None or newest == served.generation:
            return None
        if newest == self._failed and now < self._retry:
            return None
        self.announce("A newer dataset was published; it is being loaded.")
        self._failed, self._retry = newest, now + _AGAIN  # until it has been loaded
        self.coming = ForkServer.start(self.settings)
        return self.coming

    def _newest(self) -> str | None:
        """The identity of what is there now; None where it cannot be told."""
        if self.settings.data:
            return files_identity(self.settings.files)
        return published_identity(Path(str(self.settings.store)))

    def _tell_of(self, newest: str | None) -> str | None:
        """Announces once that the data cannot be read any more, and once that they can again."""
        if (newest is None) != self._is_gone:
            self._is_gone = newest is None
            self.announce(_GONE if self._is_gone else "The dataset can be read again.")
        return newest

    def finish(self) -> ForkServer | None:
        """The fork server that has loaded the newer generation; None where it could not. Waits for it."""
        loaded, self.coming = self.coming, None
        assert loaded is not None
        try:
            loaded.wait_ready()
        except CannotRead as error:
            self.announce(f"The newer dataset cannot be served, the one before still is: {error}")
            return None
        self._failed = None
        self.announce("The newer dataset is served now.")
        return loaded

    def stop(self) -> None:
        """Ends a fork server that was still loading."""
        if self.coming is not None:
            self.coming.stop()
