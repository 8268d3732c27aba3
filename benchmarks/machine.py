"""The day and the kind of machine, as they stand beside figures."""

from __future__ import annotations

import os
import platform
from datetime import date


def kind() -> str:
    """What kind of machine this is, without its name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 30
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {memory} GB"


def when_and_where() -> str:
    """The day, the kind of machine, and how busy it is: the load of the last five minutes."""
    return f"{date.today()}, {kind()}, load {os.getloadavg()[1]:.0f}; Python {platform.python_version()}"
