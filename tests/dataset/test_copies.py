"""One file in several places, and files that were published and cannot be used now."""

from __future__ import annotations

import shutil
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import SMALL_REPORT as REPORT

import kg.dataset.one_report
from kg.cli.make import build_command
from kg.dataset.build import BuildResult, _built, _taken, build
from kg.dataset.missed import Source, missed_among, noted, read_sources
from kg.dataset.one_report import Job, jobs_of, tool_digest, versions
from kg.dataset.staging import BuiltReport, Made
from kg.model.errors import CannotRead
from kg.model.vocab import BASE
from kg.reading import Found, ReportFile, list_files

ENTRY = '[[report]]\nfile = "{}"\ntitle = "Corrected"\npublished = 2024-09-30\n'
OTHER = REPORT.replace("Upper", "Lower")


def run(tmp_path: Path) -> BuildResult:
    return build([tmp_path / "r"], exports=tmp_path / "exports", store=tmp_path / "store")


def put(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / "r" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def job(name: str, content: str) -> Job:
    return Job(ReportFile(Path(name)), {}, "", name, content)


KINDS = st.sampled_from(["good", "bad", "aside", "before"])


@given(groups=st.lists(st.lists(KINDS, min_size=1, max_size=5), max_size=4))
def test_the_first_copy_that_can_be_used_is_taken_whatever_the_others_are(groups):
    copies = [
        [job(f"{at}-{n}-{kind}", str(at)) for n, kind in enumerate(group)] for at, group in enumerate(groups)
    ]
    every = [one.made_from for group in copies for one in group]
    asked: list[str] = []

    def made(name: str) -> Made:
        return Made(BuiltReport(name, "", None, name, "", {}, 0, (), "", ""), Path(), Path())

    def builder(todo):
        asked.extend(one.made_from for one in todo)
        fresh = [made(one.made_from) for one in todo if one.made_from.endswith("good")]
        return fresh, {one.made_from: CannotRead("bad") for one in todo if one.made_from.endswith("bad")}

    unchanged = {name: made(name) for name in every if name.endswith("before")}
    aside = {name: CannotRead("aside") for name in every if name.endswith("aside")}
    reports, errors = _built(copies, unchanged, aside, builder)
    assert len(asked) == len(set(asked))
    for group, kinds in zip(copies, groups, strict=True):
        best = next((n for n, kind in enumerate(kinds) if kind in ("good", "before")), None)
        taken = _taken(group, reports)
        assert taken is group[best or 0]
        assert (taken.made_from in reports) == (best is not None)
        assert {one.made_from for one in group[: len(group) if best is None else best]} <= errors.keys()


@pytest.mark.parametrize("folders", ["abc", "bca", "cab"])
def test_a_copy_that_cannot_be_used_takes_no_other_with_it(tmp_path, folders):
    good, wrong, broken = folders
    put(tmp_path, f"{good}/upper.txt", REPORT)
    first = run(tmp_path)
    bytes_before = {path.name: path.read_bytes() for path in (tmp_path / "exports").iterdir()}
    put(tmp_path, f"{wrong}/upper.pdf", REPORT)
    put(tmp_path, f"{broken}/upper.txt", REPORT)
    put(tmp_path, f"{broken}/catalogue.toml", "broken [")
    result = run(tmp_path)
    assert not result.changed
    assert result.removed == result.missed == ()
    assert {path.name: path.read_bytes() for path in (tmp_path / "exports").iterdir()} == bytes_before
    assert [one.id for one in result.reports] == [one.id for one in first.reports]
    assert any(f"{broken}/upper.txt is left out" in line for line in result.notices)
    said = "named .pdf" if wrong < good else "upper.pdf: skipped: the same file as"
    assert any(said in line for line in result.notices)


@pytest.mark.parametrize("copy", ["a/x.txt", "z/x.txt"])
@pytest.mark.parametrize("same_bytes", [True, False])
def test_of_copies_that_is_taken_which_a_catalogue_describes(tmp_path, copy, same_bytes):
    put(tmp_path, "m/upper.txt", REPORT)
    put(tmp_path, "m/catalogue.toml", ENTRY.format("upper.txt"))
    put(tmp_path, copy, REPORT if same_bytes else REPORT + "\n\n")
    result = run(tmp_path)
    assert [one.title for one in result.reports] == ["Corrected"]
    why = "skipped: the same file as" if same_bytes else "left out: the same text as"
    assert f"{tmp_path / 'r' / copy}: {why} {tmp_path / 'r/m/upper.txt'}" in result.notices


def test_a_copy_that_is_described_otherwise_is_told(tmp_path):
    for folder, title in (("a", "One"), ("b", "Two")):
        put(tmp_path, f"{folder}/upper.txt", REPORT)
        put(tmp_path, f"{folder}/catalogue.toml", f'[[report]]\nfile = "upper.txt"\ntitle = "{title}"\n')
    result = run(tmp_path)
    assert [one.title for one in result.reports] == ["One"]
    (line,) = (line for line in result.notices if "the same file as" in line)
    assert line.endswith("; what the catalogue states of it is not used")


def test_an_entry_by_its_bytes_goes_behind_one_of_the_name(tmp_path):
    put(tmp_path, "z/upper.txt", REPORT)
    put(tmp_path, "a/renamed.txt", REPORT)
    digest = list_files(tmp_path / "r")[0].sha256
    put(tmp_path, "catalogue.toml", f'{ENTRY.format("z/upper.txt")}sha256 = "{digest}"\n')
    (copies,) = jobs_of(list_files(tmp_path / "r"), "").copies
    assert [one.file.name for one in copies] == ["upper.txt", "renamed.txt"]


def test_facts_of_a_name_are_not_those_of_another_form_of_it_that_is_there_too(tmp_path):
    composed, apart = (normalize(form, "r\u00e9.txt") for form in ("NFC", "NFD"))
    put(tmp_path, composed, REPORT)
    put(tmp_path, apart, OTHER)
    put(tmp_path, "catalogue.toml", ENTRY.format(composed))
    given_to = {
        group[0].file.name: group[0].given for group in jobs_of(list_files(tmp_path / "r"), "").copies
    }
    assert given_to[composed]
    assert not given_to[apart]
    (tmp_path / "r" / composed).unlink()
    (group,) = jobs_of(list_files(tmp_path / "r"), "").copies
    assert group[0].given


def broken_catalogue(file: Path) -> None:
    (file.parent / "catalogue.toml").write_text("[[report]\n")


def link(file: Path) -> None:
    file.rename(file.with_suffix(".moved"))
    file.symlink_to(file.with_suffix(".moved"))


def emptied(file: Path) -> None:
    file.write_text("")


def replaced_by_junk(file: Path) -> None:
    file.write_bytes(b"PK\x03\x04 broken off")


def moved_to_a_broken_catalogue(file: Path) -> None:
    (file.parent / "new").mkdir()
    file.rename(file.parent / "new" / file.name)
    broken_catalogue(file.parent / "new" / file.name)


def linked_folder(file: Path) -> None:
    file.parent.rename(file.parents[1] / ".elsewhere")
    file.parent.symlink_to(".elsewhere")


@pytest.mark.parametrize(
    "spoil", [broken_catalogue, link, emptied, replaced_by_junk, moved_to_a_broken_catalogue, linked_folder]
)
def test_what_was_published_and_is_there_and_cannot_be_used_fails_until_it_can(tmp_path, spoil, monkeypatch):
    file = put(tmp_path, "a/upper.txt", REPORT)
    put(tmp_path, "lower.txt", OTHER)
    monkeypatch.chdir(tmp_path)
    lower, _ = build(["r"]).reports
    spoil(file)
    for _ in range(2):
        result = build(["r"])
        (line,) = result.missed
        assert line.startswith("upper-example-upper: was published and is not now: r/a")
        assert line in result.notices
        assert [one.title for one in result.reports] == [lower.title]
    arguments = (("r",), Path("exports"), Path("store"), BASE, 1, None)
    assert build_command.callback(*arguments) == 1
    if file.parent.is_symlink():
        file.parent.unlink()
    else:
        shutil.rmtree(file.parent)
    assert build_command.callback(*arguments) == 0, "who takes a file away withdraws it"


def test_a_report_that_can_be_used_again_is_published_again(tmp_path):
    file = put(tmp_path, "a/upper.txt", REPORT)
    put(tmp_path, "lower.txt", OTHER)
    first = run(tmp_path)
    broken_catalogue(file)
    assert run(tmp_path).missed
    (file.parent / "catalogue.toml").unlink()
    again = run(tmp_path)
    assert again.missed == ()
    assert [one.turtle for one in again.reports] == [one.turtle for one in first.reports]


def test_a_file_that_was_replaced_or_taken_away_is_not_missed(tmp_path):
    sources = {
        name: Source.of(name, ReportFile(tmp_path / f"{name}.txt"), f"sha of {name}", tmp_path / "store")
        for name in ("replaced", "gone", "published", "in-zip")
    }
    sources["in-zip"] = Source.of(
        "in-zip", ReportFile(tmp_path / "all.zip", "x.txt"), "s", tmp_path / "store"
    )
    found = [
        Found(ReportFile(tmp_path / "replaced.txt"), "sha of another"),
        Found(ReportFile(tmp_path / "all.zip"), "sha of the archive", "2 files of another kind in it"),
        Found(ReportFile(tmp_path / "published.txt"), None, "permission denied"),
    ]
    store = tmp_path / "store"
    assert missed_among(sources, {"published"}, found, {"sha of another"}, store) == {}
    assert missed_among(sources, {"published"}, found, (), store).keys() == {"replaced"}
    closed = [Found(ReportFile(tmp_path / "all.zip"), None, "a damaged zip archive")]
    assert missed_among(sources, (), closed, (), store).keys() == {"in-zip"}
    above = [Found(ReportFile(tmp_path), None, "a folder that cannot be opened")]
    assert missed_among(sources, (), above, (), store).keys() == sources.keys()
    assert read_sources(noted(sources)) == sources


@pytest.mark.parametrize(
    "content", [None, b"", b"[]", b"3", b"\xff", b"[" * 9999, b'{"a": 1}', b'{"a": {"id": 1}}',
                b'{"a": {"id": 1, "path": "", "member": "", "sha256": ""}}']
)  # fmt: skip
def test_sources_that_somebody_forged_are_none(content):
    assert read_sources(content) == {}


@pytest.mark.parametrize("changed", ["python", "unicode", *kg.dataset.one_report.LIBRARIES])
def test_another_version_of_what_reads_is_another_tool(changed, monkeypatch):
    before = tool_digest()
    lines = [f"{line}+1" if line.split()[0] == changed else line for line in versions()]
    assert lines != versions()
    monkeypatch.setattr(kg.dataset.one_report, "versions", lambda: lines)
    assert tool_digest.__wrapped__() != before


def test_each_library_is_found_under_its_name():
    assert all(not line.endswith(" none") for line in versions())
