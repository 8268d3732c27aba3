"""What the tool wrote into a folder of reports is read as a report by no build."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from samples import SMALL_REPORT

from kg.cli import kg as cli
from kg.dataset.build import BuildResult, build
from kg.dataset.exporting import export_dataset
from kg.model.made_here import made_here
from kg.serving.http.messages import Request
from kg.serving.protocol.dataset import from_folder
from kg.serving.settings import Settings
from kg.serving.site import Site

BODY, AREA = "Upper Example Police", "Responding to the public"


def again(folder: Path) -> BuildResult:
    return build([folder / "reports"], exports=folder / "exports", store=folder / "store")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    (folder / "reports").mkdir()
    (folder / "reports" / "upper-example.txt").write_text(SMALL_REPORT, encoding="utf-8")
    again(folder)
    return folder


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    """A dataset of one report."""
    shutil.copytree(original, tmp_path, dirs_exist_ok=True)
    return tmp_path


def said(folder: Path, *command: str) -> str:
    done = CliRunner().invoke(cli, [*command, "--store", str(folder / "store")])
    assert done.exit_code == 0, done.output
    return done.stdout


def page(folder: Path, target: str) -> str:
    site = Site(from_folder(folder / "store", 250_000), Settings())
    body = site.respond(Request("GET", target, {"host": "localhost", "accept": "text/html"})).body
    assert isinstance(body, bytes)
    return body.decode()


ANSWERS = {
    "table.txt": ("query", "grades"),
    "why.txt": ("why", BODY, AREA),
    "found.txt": ("search", "calls"),
    "tree.txt": ("neighbourhood", BODY),
    "rows.txt": ("query", "grades", "--format", "json"),
    "xml.txt": ("query", "grades", "--format", "xml"),
    "compared.txt": ("compare",),
    "graph.txt": ("export", "--format", "turtle"),
}


@pytest.mark.parametrize("name", [*ANSWERS, "extracted.txt", "around.html", "saved.html", "saved.mhtml"])
def test_an_answer_among_the_reports_is_told_and_is_no_report(folder: Path, name: str) -> None:
    reports = folder / "reports"
    if name in ANSWERS:
        (reports / name).write_text(said(folder, *ANSWERS[name]), encoding="utf-8")
    elif name == "extracted.txt":
        done = CliRunner().invoke(cli, ["extract", str(reports / "upper-example.txt")])
        (reports / name).write_text(done.stdout, encoding="utf-8")
    elif name == "around.html":
        said(folder, "neighbourhood", BODY, "-o", str(reports / name))
    else:
        saved = page(folder, "/report/upper-example.html")
        if name == "saved.mhtml":
            head = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
            head += "Content-Type: text/html"
            saved = saved.replace("=", "=3D").replace('generator" content', 'generator" =\ncontent')
            saved = f"{head}\nContent-Transfer-Encoding: quoted-printable\n\n{saved}\n--b--\n"
        (reports / name).write_text(saved, encoding="utf-8")
    built = again(folder)
    assert [report.id for report in built.reports] == ["upper-example"]
    (line,) = (line for line in built.notices if name in line)
    assert line.startswith(f"{reports / name}: skipped: not a report: ") and "that kg wrote" in line


@pytest.mark.parametrize("zipped", [False, True])
def test_a_crate_among_the_reports_is_no_report(folder: Path, zipped: bool) -> None:
    crate = folder / ("crate" if zipped else "reports/crate")
    export_dataset(None, "ro-crate", crate, store=folder / "store")
    if zipped:
        with zipfile.ZipFile(folder / "reports" / "crate.zip", "w") as archive:
            for path in sorted(crate.rglob("*")):
                archive.write(path, path.relative_to(folder))
    built = again(folder)
    assert [report.id for report in built.reports] == ["upper-example"]
    (line,) = (line for line in built.notices if "LICENCE.txt" in line)
    assert "the licences of an export that kg wrote" in line


@pytest.mark.parametrize(
    "text",
    [
        "PEEL 2023–25\n────────────\nAn inspection of Upper Example Police",
        "“Good” · Upper: Example\n“It is good.” (page 3)",
        "force  grade\nUpper  good",
        "<meta name='description' content='made by inspection-findings-kg'>",
        "├─ a list",
        "The words of the reports are good.",
        "",
    ],
)
def test_what_people_write_is_theirs(text: str) -> None:
    assert made_here(text.encode()) is None
