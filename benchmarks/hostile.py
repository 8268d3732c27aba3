"""Hostile archives, side files, options and outputs: each ends as it should, and keeps no good report out.

    python benchmarks/hostile.py [--only REGEX] [--command "kg"]

Each case is a folder with good reports and something bad, and one call of the command. It passes if the exit
status is right, what must be said is said, the right reports are built, there is no traceback, no raw control
character and nothing of the file outside the folder that nobody asked for, and it takes less than 60 seconds.
Prints a line a case; the exit status is the number of those that fail. Needs Unix.
"""

from __future__ import annotations

import argparse
import io
import re
import shlex
import subprocess
import sys
import tempfile
import time
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from samples import SMALL_REPORT as GOOD
from samples import report_about

SECRET = "The force hides the canary KG-CANARY-4711."
SECONDS = 60
UP, LOW = "upper.txt", "sub/lower.txt"
BUILD = ("build", "in", "--exports", "e", "--store", "s", "--jobs", "1")
QUERY = ("query", "SELECT * { ?s ?p ?o }", "--data", "in/a.ttl")


@dataclass(frozen=True)
class Case:
    """One call in a folder of its own: ``files`` by path, beside the two good reports of a build.

    ``reports`` are those that must be in the exports, by their ids. ``says`` is a regular expression for what
    must be printed. ``out`` is where standard output goes.
    """

    name: str
    arguments: tuple[str, ...] = BUILD
    files: Mapping[str, bytes | str] = field(default_factory=dict)
    status: int = 0
    says: str = ""
    reports: tuple[str, ...] = ()
    out: str | None = None


def zipped(*members: tuple[str, str | bytes], damage: bool = False) -> bytes:
    """A zip archive of these members, in order."""
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # two members of one name
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()[: len(out.getvalue()) // 2] if damage else out.getvalue()


BOTH = ("lower-example-lower", "upper-example-upper")


def archives(secret: Path) -> Iterator[Case]:
    """Members by names that are none, too many, too big."""
    names = {
        "absolute": f"{secret}",
        "absolute, not there": "/nonexistent/x.txt",
        "upwards": "../../../x.txt",
        "dot": "./x.txt",
        "two slashes": "a//x.txt",
        "drive": "C:\\x.txt",
        "backslashes": "..\\..\\x.txt",
        "newline": "a\nb.txt",
        "direction": "a\u202etxt.txt",
        "escape": "a\x1b[31m.txt",
        "long": "x" * 60_000 + ".txt",
        "device": "/dev/zero.txt",
        "home": "~/x.txt",
        "percent": "%2e%2e%2fx.txt",
        "option": "--exports.txt",
    }
    for kind, name in names.items():
        yield _archive(kind, zipped((name, report_about("Zipped Example"))), "3 of 3")
    yield _archive("two of one name", zipped(("a.txt", GOOD), ("a.txt", GOOD + "x")), "two files of the name")
    yield _archive("cut off", zipped(("a.txt", GOOD * 50), damage=True), "damaged zip")
    wrong = bytearray(zipped(("a.txt", GOOD * 50)))
    wrong[60:90] = b"\0" * 30
    yield _archive("wrong bytes", bytes(wrong), "is damaged")
    yield _archive(
        "10,001 members", zipped(*((f"{n}.csv", "x") for n in range(10_001))), "the limit is 10,000"
    )
    yield _archive("3,000 members", zipped(*((f"{n}.txt", "None.") for n in range(3000))), "the same file as")
    yield _archive("a bomb", zipped(("a.txt", b"0" * (300 << 20))), "unpacks to more than 256 MB")
    bombs = zipped(*((f"{n}.txt", bytes([65 + n]) * (200 << 20)) for n in range(8)))
    yield _archive("eight of 200 MB", bombs, "which one archive may")
    yield _archive("in an archive", zipped(("b.zip", zipped(("a.txt", GOOD)))), "2 of 2")


def _archive(kind: str, data: bytes, says: str) -> Case:
    return Case(f"archive: {kind}", files={"in/a.zip": data}, says=says, reports=BOTH)


def side_files() -> Iterator[Case]:
    """Whatever stands in the files of a folder below: its report is left out, the other is built."""
    entry = '[[report]]\nfile = "lower.txt"\n'
    catalogues: dict[str, str | bytes] = {
        "no date": entry + 'published = "soon"',
        "unknown key": entry + "x = 1",
        "no TOML": "[[",
        "binary": b"\xff\0",
        "nested": "x=" + "[" * 50_000,
        "a number of 5,000 digits": "x=" + "9" * 5000,
        "a list": entry + "title = [1]",
        "a script as licence": entry + 'licence = "javascript:alert(1)"',
        "a file as web": entry + 'web = "file:///x"',
        "a user in the web": entry + 'web = "https://kg.example@evil.example/"',
        "control": entry + 'title = "\\u0000"',
        "a path upwards": '[[report]]\nfile = "../x.txt"',
        "an absolute path": '[[report]]\nfile = "/etc/passwd"',
        "twice": entry + entry,
        "no digest": entry + 'sha256 = "x"',
        "17 MB": "#" * (17 << 20),
        "a bad IRI as web": entry + 'web = "https://x/%zz"',
        "bidirectional": entry + 'web = "https://x/\u202e"',
        "a notation that is none": entry + 'framework = "../../x"',
    }
    pair = '["https://kg.example/a", "https://kg.example/b"]'
    curations: dict[str, str | bytes] = {
        "no IRI": 'same = [["http://x/a b", "Operation Cobalt"]]',
        "an IRI that ends": 'same = [["https://x/>", "a"]]',
        "of a report that has it": 'same = [["http://x/a b", "Lower Example Police"]]',
        "binary": b"\xfe\xff\0",
        "nested": "same=" + "[" * 50_000,
        "a number of 5,000 digits": "same = " + "9" * 5000,
        "no pair": 'different = [["a"]]',
        "both": f"follows = [{pair}]\nnot-follows = [{pair}]",
        "a name for no IRI": '[names]\nx = "y"',
        "a bad compact IRI": '[names]\n"unit:a>b" = "y"',
        "a grade that is none": '[grades]\n"report:a/judgement-b" = 3',
    }
    for name, files in (("catalogue", catalogues), ("curation", curations)):
        for kind, data in files.items():
            path = f"in/sub/{name}.toml"
            yield Case(f"{name}: {kind}", files={path: data}, says=re.escape(path[3:]), reports=BOTH[1:])


def reports() -> Iterator[Case]:
    """Reports that state what is no address, are about nobody, or are slow."""
    page = "".join(f"<p>{line}</p>" for line in report_about("Paged Example").split("\n"))
    links = ("javascript:x", "https://x.example/%zz", "https://x.example/\u202e", "//evil.example/", "data:x")
    for link in links:
        html = f'<html><head><link rel="canonical" href="{link}"></head><body>{page}</body></html>'
        yield Case(f"page: canonical {link!a}", files={"in/paged.html": html}, says="3 of 3", reports=BOTH)
    nobody = {"in/x.txt": GOOD.replace("of Upper Example Police", "").replace("Upper Example Police", "It")}
    extract, why = ("-q", "extract", "in/x.txt"), "names no inspected body"
    yield Case("build: about nobody", files=nobody, says=why, reports=BOTH)
    yield Case("extract: about nobody", extract, nobody, 2, why)
    heads = "".join(f"The force should improve thing {n}\n\nIt does not.\n\n" for n in range(4000))
    yield Case("extract: 4,000 headings", extract, {"in/x.txt": GOOD + heads})
    teams = "".join(f"The Alpha{n} Vetting Unit (AVU) met it.\n" for n in range(3000))
    yield Case("extract: 3,000 units", extract, {"in/x.txt": GOOD + teams})


def options() -> Iterator[Case]:
    """Options, and a disk that is full."""
    bases = (
        "not a uri",
        "",
        "https://x/ y",
        'https://x/">',
        "https://x/%zz/",
        "javascript:x",
        "file:///etc/",
    )
    for base in (*bases, "https://x/#", "https://a@b/", "https://x/\u202e"):
        yield Case(f"base: {base!a}", (*BUILD, "--base", base), status=2, says="the base")
    yield Case("base: no slash", (*BUILD, "--base", "https://data.example"), says="2 of 2", reports=BOTH)
    for url in ("javascript:x", "file:///etc/passwd", "https://x y/", "https://a@b/"):
        yield Case(f"publish: {url}", ("publish", "--endpoint", url), status=2, says="http or https")
    data = {"in/a.ttl": "<https://kg.example/a> <https://kg.example/b> 1 ."}
    for arguments in (("queries",), QUERY, ("extract", f"in/{UP}"), ("frameworks",)):
        yield Case(f"full: {arguments[0]}", ("-q", *arguments), data, 2, "no space left", out="/dev/full")
    binary = data | {"in/x.rq": b"\xff\0{", "in/x.ttl": b"\xff\0"}
    yield Case("query: a file of any bytes", ("query", "in/x.rq", *QUERY[2:]), binary, 2, r"x\.rq")
    yield Case("query: no such store", ("query", "reports", "--store", "in"), status=2, says="in")
    yield Case("framework: any bytes", ("framework", "check", "in/x.ttl"), binary, 1, "not Turtle")
    yield Case(
        "build: an empty folder", ("build", "none"), {"none/x/catalogue.toml": ""}, 2, "none: no report"
    )


def passes(case: Case, command: list[str], folder: Path, secret: Path) -> str | None:
    """Why a case fails, or None."""
    files = {f"in/{UP}": GOOD, f"in/{LOW}": report_about("Lower Example"), **case.files}
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    start = time.monotonic()
    with open(case.out or folder / "out", "wb") as out:
        try:
            done = subprocess.run(
                [*command, *case.arguments],
                stdout=out,
                stderr=subprocess.PIPE,
                cwd=folder,
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return f"over {SECONDS} s"
    said = done.stderr.decode("utf-8", "replace")
    said += "" if case.out else (folder / "out").read_text("utf-8", "replace")
    exported = {path.stem for path in (folder / "e").glob("*.ttl")}
    leaks = [path for path in folder.rglob("*.ttl") if b"KG-CANARY" in path.read_bytes()]
    problems = {
        f"status {done.returncode}: {said.strip()[-200:]}": done.returncode != case.status,
        "a traceback": "Traceback" in said,
        f"does not say {case.says}: {said.strip()[-300:]}": not re.search(case.says, said),
        "raw control characters": bool(re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", said)),
        "more than a line": case.status == 2 and len(done.stderr.strip().splitlines()) != 1,
        f"built {sorted(exported)}": not set(case.reports) <= exported,
        "what nobody asked for is in the dataset": bool(leaks) and secret.exists(),
    }
    why = next((problem for problem, is_there in problems.items() if is_there), None)
    return None if why is None else f"{why} ({time.monotonic() - start:.1f} s)"


def main() -> int:
    """Run the cases; the number of those that fail."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="", help="regular expression on the name of a case")
    parser.add_argument(
        "--command", default=f"{shlex.quote(sys.executable)} -m kg", help="the command to try"
    )
    given = parser.parse_args()
    failed = passed = 0
    with tempfile.TemporaryDirectory() as place:
        secret = Path(place, "secret.txt")
        secret.write_text(report_about("Secret Example") + SECRET, encoding="utf-8")
        for case in (*archives(secret), *side_files(), *reports(), *options()):
            if not re.search(given.only, case.name):
                continue
            with tempfile.TemporaryDirectory() as folder:
                why = passes(case, shlex.split(given.command), Path(folder), secret)
            print(f"{'FAIL' if why else 'PASS'} {case.name}{f': {why}' if why else ''}", flush=True)
            failed, passed = failed + bool(why), passed + (not why)
    print(f"{passed} passed, {failed} failed")
    return min(failed, 255)


if __name__ == "__main__":
    sys.exit(main())
