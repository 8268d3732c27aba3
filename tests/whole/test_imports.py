"""Every module can be imported first: no circle holds only because of another import."""

from __future__ import annotations

import subprocess
import sys

from samples import ROOT


def test_every_module_can_be_imported_first():
    names = sorted(
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in (ROOT / "kg").rglob("*.py")
        if path.name != "__main__.py"
    )
    code = (
        "import os, sys\n"
        "for name in sys.argv[1:]:\n"
        "    child = os.fork()\n"
        "    if child == 0:\n"
        "        __import__(name); os._exit(0)\n"
        "    if os.waitpid(child, 0)[1]: print(name)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, *names], capture_output=True, text=True, check=True)
    assert done.stdout == "", done.stderr[-2000:]
