"""Every file in its own net: whatever is in a file, a side file or an option, it is one line, and the other
reports are built."""

from __future__ import annotations

import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from deep_folders import nested_in
from samples import SMALL_REPORT as REPORT

import kg.dataset.many_reports
import kg.dataset.one_report
from kg.asking.sparql import query
from kg.dataset.build import BuildResult, build
from kg.dataset.one_report import own_net
from kg.model.errors import CannotRead, CannotUnderstand
from kg.reading.time_limit import time_limit


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of a good report and another in a folder below it."""
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "upper.txt").write_text(REPORT)
    (tmp_path / "in" / "sub" / "lower.txt").write_text(REPORT.replace("Upper", "Lower"))
    return tmp_path / "in"


def built(folder: Path, **options) -> BuildResult:
    return build([folder], exports=folder.parent / "exports", store=folder.parent / "store", **options)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("catalogue.toml", b'[[report]]\nfile = "lower.txt"\npublished = "soon"'),
        ("catalogue.toml", b"x=" + b"[" * 50_000),
        ("catalogue.toml", b"\xff\x00"),
        ("curation.toml", b'same = [["http://x/a b", "Lower Example Police"]]'),
        ("curation.toml", b"same = " + b"9" * 5000),
    ],
)
def test_a_bad_side_file_is_one_line_and_the_other_reports_are_built(folder, name, data):
    (folder / "sub" / name).write_bytes(data)
    result = built(folder)
    assert [report.file for report in result.reports] == ["upper.txt"]
    (line,) = (line for line in result.notices if name in line)
    assert line.isprintable()
    assert "lower.txt" in line


def test_a_bad_side_file_is_told_once_for_all_its_reports(folder):
    for n in range(3):
        (folder / "sub" / f"{n}.txt").write_text(REPORT.replace("Upper", f"Number{n}"))
    (folder / "sub" / "catalogue.toml").write_text("x = 1")
    (line,) = (line for line in built(folder).notices if "catalogue.toml" in line)
    assert "4 reports beside it" in line


def test_a_side_file_that_cannot_be_opened_is_one_line(folder):
    (folder / "sub" / "curation.toml").mkdir()
    result = built(folder)
    assert len(result.reports) == 1
    assert [line for line in result.notices if "curation.toml: a folder" in line]


def test_a_member_that_is_named_as_a_file_on_disk_is_built_from_the_archive(folder):
    secret = folder.parent / "secret.txt"
    secret.write_text(REPORT.replace("answers calls quickly", "hides the canary"))
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        archive.writestr(str(secret), REPORT.replace("Upper", "Zipped"))
        archive.writestr("/nonexistent/x.txt", REPORT.replace("Upper", "Nowhere"))
    result = built(folder)
    assert len(result.reports) == 4
    assert not [path for path in result.exports.glob("*.ttl") if "canary" in path.read_text()]


def test_a_file_that_changes_between_looking_and_reading_is_left_out(folder, monkeypatch):
    def changed(file):
        if file.name == "lower.txt":
            file.path.write_text(REPORT.replace("Upper", "Other"))
        return read(file)

    read = kg.dataset.one_report.read
    monkeypatch.setattr(kg.dataset.one_report, "read", changed)
    result = built(folder)
    assert [report.file for report in result.reports] == ["upper.txt"]
    assert [line for line in result.notices if "changed while it was read" in line]


def test_a_file_that_is_gone_when_it_is_read_is_left_out(folder, monkeypatch):
    def gone(file):
        if file.name == "lower.txt":
            file.path.unlink()
        return read(file)

    read = kg.dataset.one_report.read
    monkeypatch.setattr(kg.dataset.one_report, "read", gone)
    assert [report.file for report in built(folder).reports] == ["upper.txt"]


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        (ValueError("\x1b[31m\nbad"), "left out by a fault of this program (ValueError: "),
        (KeyError("x"), "left out by a fault of this program"),
        (RecursionError(), "too deeply nested"),
        (MemoryError(), "needs too much memory"),
        (OSError(28, "No space left on device"), "no space left on device"),
    ],
)
def test_whatever_happens_to_one_report_is_one_line(folder, monkeypatch, raised, said):
    def failing(document, given):
        if document.source.file == "lower.txt":
            raise raised
        return extract(document, given=given)

    from kg.nlp import extract

    monkeypatch.setattr("kg.nlp.extract", failing)
    result = built(folder)
    assert [report.file for report in result.reports] == ["upper.txt"]
    (line,) = (line for line in result.notices if "lower.txt" in line)
    assert said in line
    assert "\n" not in line


def test_work_that_takes_too_long_is_the_error_of_its_file():
    with (
        pytest.raises(CannotRead, match=r"slow\.txt: not analysed within 0\.05 seconds"),
        own_net("slow.txt", 0.05),
    ):
        while True:
            pass
    with time_limit("fast.txt", 5):
        pass


@pytest.mark.parametrize(
    "base", ["", "not a uri", "javascript:alert(1)", "file:///etc/", 'https://x/">', "https://x/#"]
)
def test_a_base_that_is_none_is_refused_before_anything_is_read(folder, base):
    with pytest.raises(CannotUnderstand, match="the base"):
        built(folder, base=base)
    assert not (folder.parent / "store").exists()


def test_a_base_without_its_slash_gets_it(folder):
    built(folder, base="https://kg.example")
    found = query("SELECT DISTINCT ?r { ?r a kg:Report }", store=folder.parent / "store")
    assert {str(row[0]).split("/report/")[0] for row in found.rows} == {"https://kg.example"}


def test_another_base_than_that_of_the_process_is_refused_with_what_to_do(folder):
    with pytest.raises(CannotUnderstand, match="set KG_BASE=https://data"):
        built(folder, base="https://data.example")


NOBODY = "\n".join(
    line
    for line in REPORT.split("\n")
    if line != "I am pleased with the performance of Upper Example Police."
)
NOBODY = NOBODY.replace("An inspection of Upper Example Police", "An inspection").replace(
    "Upper Example Police", "The force"
)


def test_grades_of_nobody_are_not_published(folder):
    (folder / "nobody.txt").write_text(NOBODY)
    result = built(folder)
    assert {report.file for report in result.reports} == {"upper.txt", "lower.txt"}
    (line,) = (line for line in result.notices if "nobody.txt" in line)
    assert "grades 1 areas and names no inspected body" in line


def test_the_catalogue_says_whose_the_grades_are(folder):
    (folder / "nobody.txt").write_text(NOBODY)
    (folder / "catalogue.toml").write_text(
        '[[report]]\nfile = "nobody.txt"\nforce = "Middle Example Police"\n'
    )
    result = built(folder)
    report = next(report for report in result.reports if report.file == "nobody.txt")
    assert report.counts["judgements"] == 1


def test_a_licence_that_is_a_script_is_told_and_goes_nowhere(folder):
    (folder / "sub" / "catalogue.toml").write_text(
        '[[report]]\nfile = "lower.txt"\nlicence = "javascript:alert(1)"\n'
    )
    result = built(folder)
    assert [line for line in result.notices if "licence must be a name, or an address" in line]
    assert not [path for path in result.exports.glob("*.ttl") if "javascript:" in path.read_text()]


def test_an_address_that_a_page_states_and_that_is_no_iri_stays_text(folder):
    (folder / "page.html").write_text(
        '<html><head><link rel="canonical" href="https://x.example/%zz"></head><body>'
        + "".join(f"<p>{line}</p>" for line in REPORT.replace("Upper", "Paged").split("\n"))
        + "</body></html>"
    )
    assert "page.html" in {report.file for report in built(folder).reports}


def test_folders_that_are_nested_too_deeply_are_left_out_and_the_rest_is_built(folder):
    with nested_in(folder):
        result = built(folder)
    assert len(result.reports) == 2
    assert any("nested too deeply" in notice for notice in result.notices)
    subprocess.run(["rm", "-rf", folder / "a"], check=True)  # shutil.rmtree is recursive too


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such signal")
def test_a_process_that_reads_for_a_build_ends_with_it():
    """The parent may be killed: PR_GET_PDEATHSIG tells what the process gets then."""
    asked = "(lambda c, i: (c.CDLL(None).prctl(2, c.byref(i), 0, 0, 0), i.value))"
    asked += "(__import__('ctypes'), __import__('ctypes').c_int())"
    with kg.dataset.many_reports._processes(1) as pool:
        assert pool.submit(eval, asked).result() == (0, signal.SIGKILL)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such signal")
def test_a_process_whose_parent_has_ended_before_it_began_ends_too():
    """The signal is for a parent that ends later: until then a process may have imported for seconds."""
    code = "from kg.model.processes import die_with_parent as d; d({}); print('goes on')"
    for parent, said in (("__import__('os').getppid()", "goes on\n"), ("1", "")):
        done = subprocess.run([sys.executable, "-c", code.format(parent)], capture_output=True, text=True)
        assert done.stdout == said


def test_a_catalogue_of_another_version_is_told(folder):
    described = f'[[report]]\nfile = "lower.txt"\ntitle = "Of before"\nsha256 = "{"0" * 64}"\n'
    (folder / "sub" / "catalogue.toml").write_text(described)
    (line,) = (line for line in built(folder).notices if "lower.txt" in line)
    assert "the catalogue describes another file" in line
