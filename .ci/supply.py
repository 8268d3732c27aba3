"""The licences and the bill of materials of what ``requirements.lock`` installs.

    python -m venv release && release/bin/pip install --require-hashes -r .ci/requirements.lock
    release/bin/python .ci/supply.py licences            # writes the table of docs/licences.md anew
    release/bin/python .ci/supply.py sbom sbom.cdx.json  # CycloneDX 1.6; the same lock gives the same bytes

Licences are those that the metadata of the distributions state, as CycloneDX reads them, on the two systems
below (the lock file has distributions that only one of them needs); LOOKED_AT has those that state none by
its SPDX identifier, or not all. ``tests/whole/test_supply.py`` holds the list to the lock file.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
LOCK, LIST = ROOT / "requirements.lock", ROOT / "docs" / "licences.md"
TOOLS = Path(sys.executable).parent
SYSTEMS = (("linux", "3.11"), ("windows", "3.12"))
HEADER = "| distribution | version | licence | stated by |\n|---|---|---|---|\n"
METADATA = "its metadata"


class Pin(NamedTuple):
    """A line of a lock file: a distribution at a version, where it is needed, the SHA-256 of its files."""

    name: str
    version: str
    where: str
    hashes: frozenset[str]


class Licence(NamedTuple):
    """An SPDX expression and who states it."""

    expression: str
    stated_by: str


LOOKED_AT = {
    ("blis", "1.3.4"): Licence("BSD-3-Clause", "its LICENSE file (the metadata say “BSD”)"),
    ("colorama", "0.4.6"): Licence("BSD-3-Clause", "its LICENSE.txt (the metadata say “BSD”); Windows only"),
    ("font-lato", "0.1.0"): Licence("OFL-1.1", "its classifier and files/OFL.txt"),
    ("httpx2-jsfetch", "1.0"): Licence("BSD-3-Clause", "its metadata; Emscripten only"),
    ("jinja2", "3.1.6"): Licence("BSD-3-Clause", "its LICENSE.txt (the metadata say “BSD”)"),
    **{
        ("numpy", version): Licence(
            "BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0 AND BSD-3-Clause-Open-MPI"
            " AND GPL-3.0-or-later WITH GCC-exception-3.1",
            "its metadata and, for OpenBLAS, LAPACK and libgfortran in the wheel, its LICENSE.txt",
        )
        for version in ("2.4.6", "2.5.5")
    },
    ("pathspec", "1.1.1"): Licence("MPL-2.0", "its classifier"),
    ("pypdfium2", "5.15.2"): Licence(
        "(Apache-2.0 OR BSD-3-Clause) AND BSD-3-Clause AND FTL AND IJG AND Zlib AND libpng-2.0 AND libtiff"
        " AND MIT AND BSD-2-Clause AND Unicode-3.0 AND Apache-2.0 WITH LLVM-exception",
        "its README and, for PDFium and what is linked into it, the folder BUILD_LICENSES of the wheel",
    ),
    ("pyshacl", "0.40.1"): Licence("Apache-2.0", "its classifier and LICENSE.txt"),
    ("pywin32", "312"): Licence(
        "PSF-2.0 AND LGPL-2.1-or-later", "its metadata and, for adodbapi, license.txt; Windows only"
    ),
    ("resvg-py", "0.5.0"): Licence(
        "MIT AND (Apache-2.0 OR MIT)", "its LICENSE file (no metadata); resvg 0.48 in it, by resvg’s licence"
    ),
    ("setuptools", "84.2.1"): Licence(
        "MIT AND LGPL-3.0-only", "its metadata and, for autocommand in setuptools/_vendor, LICENSE"
    ),
    ("trove-classifiers", "2026.9.21.13"): Licence("Apache-2.0", "its classifier and LICENSE"),
}  # fmt: skip
"""By distribution and version: another version has to be looked at again."""


def pins(lock: str) -> list[Pin]:
    """What a lock file of uv pins, in its order.

    >>> pins("a-b==1.0 ; sys_platform == 'win32' \\\\\\n    --hash=sha256:0f\\n")
    [Pin(name='a-b', version='1.0', where="sys_platform == 'win32'", hashes=frozenset({'0f'}))]
    """
    found = []
    for line in lock.replace("\\\n", " ").splitlines():
        if pinned := re.match(r"([a-z0-9-]+)==(\S+)(?: ; (.+?))?(?=\s+--hash|\s*$)", line):
            found.append(Pin(*pinned.groups(""), frozenset(re.findall(r"--hash=sha256:([0-9a-f]+)", line))))
        elif line.strip():
            raise ValueError(f"no pinned distribution: {line}")
    return found


def listed(text: str) -> dict[tuple[str, str], Licence]:
    """The table of distributions in ``docs/licences.md``, by name and version."""
    rows = (line.strip("|").split("|") for line in text.partition(HEADER)[2].splitlines())
    return {
        (name, version): Licence(*rest) for name, version, *rest in ([c.strip() for c in r] for r in rows)
    }


def stated(components: Iterable[dict[str, Any]]) -> dict[tuple[str, str], Licence]:
    """What the components of a bill of materials state of their licences by SPDX identifiers."""
    found = {}
    for component in components:
        licences = component.get("licenses", [])
        expressions = {
            each.get("expression") or each["license"].get("id") for each in licences
        } - {None}  # fmt: skip
        if len(expressions) == 1:
            name = re.sub("[-_.]+", "-", component["name"]).lower()
            found[name, component["version"]] = Licence(expressions.pop(), METADATA)
    return found


def licences() -> None:
    """Write the table of ``docs/licences.md`` anew from the distributions as they are installed."""
    found = {}
    with tempfile.TemporaryDirectory() as work:
        for system, version in SYSTEMS:
            home, sbom = Path(work, system), Path(work, f"{system}.json")
            _run("uv", "venv", "--quiet", "--python", "3.11", home)
            target = next(home.glob("lib/*/site-packages"))
            _run("uv", "pip", "install", "--quiet", "--target", target, "--python-platform", system,
                 "--python-version", version, "--require-hashes", "-r", LOCK)  # fmt: skip
            _run("cyclonedx-py", "environment", home, "--output-reproducible", "-o", sbom)
            found |= stated(json.loads(sbom.read_text(encoding="utf-8"))["components"])
    found |= LOOKED_AT
    rows = []
    for pin in pins(LOCK.read_text(encoding="utf-8")):
        if (pin.name, pin.version) not in found:
            sys.exit(f"{pin.name} {pin.version} states no licence: look at it, then add it to LOOKED_AT")
        rows.append(f"| {pin.name} | {pin.version} | {' | '.join(found[pin.name, pin.version])} |\n")
    head, header, _ = LIST.read_text(encoding="utf-8").partition(HEADER)
    LIST.write_text(head + header + "".join(rows), encoding="utf-8")


def sbom(path: Path) -> None:
    """Write the bill of materials: what the lock file pins with its hashes, and the licences of the list."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    made = _run("cyclonedx-py", "requirements", LOCK, "--pyproject", ROOT / "pyproject.toml",
                "--output-reproducible", "--no-validate", "--spec-version", "1.6", "-o", "-")  # fmt: skip
    bill = json.loads(made)
    pinned = {(pin.name, pin.version): pin for pin in pins(LOCK.read_text(encoding="utf-8"))}
    known = listed(LIST.read_text(encoding="utf-8"))
    seen = set()
    for component in bill["components"]:
        key = component["name"], component["version"]
        hashes = {each["content"] for where in component["externalReferences"] for each in where["hashes"]}
        if hashes != pinned[key].hashes:
            sys.exit(f"{key}: other hashes than in {LOCK.name}")
        # The description repeats the line of the lock file; what stands only there is where it is needed.
        del component["description"]
        if pinned[key].where:
            component["description"] = f"needed where {pinned[key].where}"
        component["licenses"] = [{"expression": known[key].expression}]
        seen.add(key)
    if seen != pinned.keys():
        sys.exit(f"not in the bill: {pinned.keys() - seen}")
    version = re.search('"(.+)"', (ROOT / "kg/model/version.py").read_text(encoding="utf-8"))
    bill["metadata"]["component"]["version"] = version[1] if version else sys.exit("no version")
    text = json.dumps(bill, indent=1, ensure_ascii=False) + "\n"
    if error := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        sys.exit(f"no CycloneDX: {error}")
    path.write_text(text, encoding="utf-8")


def _run(tool: str, *arguments: str | Path) -> str:
    """What a tool beside this Python prints."""
    command = [str(TOOLS / tool), *map(str, arguments)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("licences")
    verbs.add_parser("sbom").add_argument("path", type=Path)
    given = parser.parse_args()
    licences() if given.verb == "licences" else sbom(given.path)


if __name__ == "__main__":
    main()
