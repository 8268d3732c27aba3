"""What ``kg build`` says of its progress: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from typing import TextIO

from tqdm import tqdm

from kg.cli.messages import printable
from kg.model.progress import Step

FEW = 4
"""A phase of fewer units than this is over before a bar could be read."""
LONG = 20
"""Reports of which the reading lasts long enough to be told at its start where there is no terminal."""
OFTEN, SELDOM = 0.1, 30.0
"""Seconds between two states of a bar, and between two lines where there is no terminal."""
_LINE = "{desc}: {n_fmt}/{total_fmt} {unit}s, {rate_fmt}, {remaining} left"


class Meter:
    """Shows each step that it is called with; ``close`` clears the line of the bar.

    ``bar``: one line that is written over. Without it, lines: one about every half minute, and one at the
    start of a phase where there are many reports, or the build has lasted so long. ``clock`` gives seconds.
    """

    def __init__(self, out: TextIO, *, bar: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self._out, self._bar, self._clock = out, bar, clock
        self._phase = ""
        self._first = self._began = self._shown = clock()
        self._ascii = "utf" not in (getattr(out, "encoding", None) or "").lower()

    def __call__(self, step: Step) -> None:
        now = self._clock()
        if step.phase != self._phase or step.done == 0:
            self._phase, self._began, self._shown = step.phase, now, now
            self._start(step, now - self._first)
        elif now - self._shown >= (OFTEN if self._bar else SELDOM) and step.of >= FEW:
            self._shown = now
            self._show(step, now - self._began)

    def close(self) -> None:
        """Clears the line of the bar."""
        if self._bar:
            self._write("\r" + " " * (self._width - 1) + "\r")

    def _start(self, step: Step, seconds: float) -> None:
        if self._bar:
            if step.of >= FEW:
                self._show(step, 0.0)
        elif step.of >= LONG if step.unit == "report" else seconds >= SELDOM and step.of >= FEW:
            self._write(f"{step.phase}: {step.of:,} {step.unit}s\n")

    def _show(self, step: Step, seconds: float) -> None:
        line = tqdm.format_meter(
            step.done, step.of, seconds,
            ncols=self._width - 1 if self._bar else None, ascii=self._ascii, prefix=step.phase,
            unit=step.unit, postfix=printable(step.last)[-self._width // 3 :] if self._bar else None,
            bar_format=None if self._bar else _LINE,
        )  # fmt: skip
        self._write(f"\r{line:{self._width - 1}}" if self._bar else f"{line}\n")

    @property
    def _width(self) -> int:
        return shutil.get_terminal_size().columns

    def _write(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()
