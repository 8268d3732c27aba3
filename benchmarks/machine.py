"""The day and the kind of machine, as they stand beside figures; and what was seen in a loop of attacks."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NoReturn


def kind() -> str:
    """What kind of machine this is, without its name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 30
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {memory} GB"


def when_and_where() -> str:
    """The day, the kind of machine, and how busy it is: the load of the last five minutes."""
    return f"{date.today()}, {kind()}, load {os.getloadavg()[1]:.0f}; Python {platform.python_version()}"


def say_and_exit(counted: Mapping[str, int], failures: Sequence[str]) -> NoReturn:
    """Says when and where, what was counted, and what did not hold; ends with status 1 if anything."""
    print(when_and_where())
    for what, count in sorted(counted.items()):
        print(f"{count:5,}  {what}")
    print("\n".join(failures) or "all held")
    sys.exit(1 if failures else 0)
