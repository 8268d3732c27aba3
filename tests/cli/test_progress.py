"""What a build says of its progress, on a terminal and elsewhere."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Iterable, Iterator

import pytest

from kg.cli.make import shown_progress
from kg.cli.progress import Meter
from kg.model.progress import Step, tell_nobody


def said(steps: Iterable[tuple[float, Step]], *, bar: bool) -> list[str]:
    """What is written at each of these steps, by the second of each; at last what ``close`` writes."""
    out, clock = io.StringIO(), [0.0]
    meter = Meter(out, bar=bar, clock=lambda: clock[0])
    written = []

    def new() -> str:
        text = out.getvalue()
        out.seek(0)
        out.truncate()
        return text

    for second, step in steps:
        clock[0] = second
        meter(step)
        written.append(new())
    meter.close()
    return [*written, new()]


def reading(done: int, of: int = 200) -> Step:
    return Step("reading", done, of, "report", f"folder/r{done}.txt" if done else "")


@pytest.fixture(autouse=True)
def width(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("COLUMNS", "80")
    yield


def test_a_bar_has_phase_count_rate_and_time_left_and_goes_at_the_end() -> None:
    first, later, cleared = said([(0, reading(0)), (50, reading(50))], bar=True)
    assert first.startswith("\rreading:   0%|")
    assert later.startswith("\rreading:  25%|") and len(later) == 80
    assert "50/200" in later and "1.00report/s" in later and "02:30" in later and "r50.txt" in later
    assert cleared.strip("\r ") == "" and cleared.endswith("\r")


def test_a_bar_is_written_ten_times_a_second_at_most() -> None:
    written = said([(0, reading(0)), (0.05, reading(1)), (0.2, reading(2))], bar=True)
    assert [bool(each) for each in written] == [True, False, True, True]


def test_a_phase_of_a_few_has_no_bar() -> None:
    assert said([(0, reading(0, 3)), (9, reading(1, 3))], bar=True)[:2] == ["", ""]


def test_without_a_terminal_a_phase_is_a_line_at_its_start_and_every_half_minute() -> None:
    steps = [(0, reading(0)), (20, reading(20)), (30, reading(30)), (59, reading(59)), (60, reading(60))]
    written = said([*steps, (70, Step("filling the store", 0, 210, "graph"))], bar=False)
    assert written == [
        "reading: 200 reports\n",
        "",
        "reading: 30/200 reports,  1.00report/s, 02:50 left\n",
        "",
        "reading: 60/200 reports,  1.00report/s, 02:20 left\n",
        "filling the store: 210 graphs\n",
        "",
    ]


def test_without_a_terminal_a_short_build_says_nothing() -> None:
    steps = [(1, reading(0, 10)), (9, reading(10, 10)), (10, Step("writing files", 0, 300, "file"))]
    assert said([*steps, (11, Step("writing files", 300, 300, "file"))], bar=False) == [""] * 5


def test_without_a_terminal_a_short_phase_is_told_only_where_it_takes_long() -> None:
    steps = [(0, reading(0, 5)), (29, reading(1, 5)), (90, reading(2, 5))]
    assert said(steps, bar=False) == ["", "", "reading: 2/5 reports, 45.00s/report, 02:15 left\n", ""]


@pytest.mark.parametrize(
    "level, told", [(logging.ERROR, False), (logging.WARNING, True), (logging.INFO, True)]
)
def test_with_quiet_nothing_is_told(level: int, told: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr(sys, "stderr", out)
    monkeypatch.setattr(logging.getLogger(), "level", level)
    with shown_progress() as progress:
        assert (progress is not tell_nobody) == told
        progress(reading(0))
    assert out.getvalue() == ("reading: 200 reports\n" if told else "")
