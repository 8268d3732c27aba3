"""The catalogue beside reports."""

from __future__ import annotations

import tomllib
from hashlib import sha256
from pathlib import Path
from unicodedata import normalize

import pytest
from samples import ROOT

from kg.model.errors import CannotRead, CannotUnderstand
from kg.reading import ReportFile
from kg.reading.catalogue import (
    Catalogues,
    Entry,
    check_catalogue,
    doubt,
    draft_catalogue,
    given_for,
    read_catalogue,
)


def folder(tmp_path: Path, catalogue: str, **files: str) -> Path:
    (tmp_path / "catalogue.toml").write_text(catalogue, encoding="utf-8")
    for name, text in files.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def test_entries_have_the_stated_facts(tmp_path: Path) -> None:
    here = folder(
        tmp_path, '[[report]]\nfile = "a.txt"\nforce = "Durham Constabulary"\npublished = 2024-01-31\n'
    )
    assert read_catalogue(here) == (Entry("a.txt", force="Durham Constabulary", published="2024-01-31"),)
    assert read_catalogue(here)[0].given() == {"force": "Durham Constabulary", "published": "2024-01-31"}


def test_no_catalogue_is_no_entries(tmp_path: Path) -> None:
    assert read_catalogue(tmp_path) == ()


@pytest.mark.parametrize(
    ("catalogue", "message"),
    [
        ("[[report]", r"catalogue.toml: not TOML: .*line 1"),
        ('[report]\nfile = "a"', r"must be tables \[\[report\]\]"),
        ('title = "x"', r'unknown key "title"'),
        ('[[report]]\ntitle = "x"', r'report 1: needs the key "file"'),
        ('[[report]]\nfile = "../a.txt"', r"must be a path inside the folder"),
        (
            '[[report]]\nfile = "a"\nfroce = "x"',
            r'report 1 \("a"\): unknown key "froce"; known: file, title, force',
        ),
        (
            '[[report]]\nfile = "a"\npublished = "31 May 2023"',
            r'published must be a date such as 2023-12-22 or "2023-12", not "31 May',
        ),
        ('[[report]]\nfile = "a"\npublished = "2023-02-31"', r"published must be a date"),
        ('[[report]]\nfile = "a"\ntitle = 5', r"title must be text in quotes, not 5"),
        ('[[report]]\nfile = "a"\ntitle = ""', r"title must be text in quotes"),
        ('[[report]]\nfile = "a"\nsha256 = "ABC"', r"sha256 must be 64 small hexadecimal digits"),
        ('[[report]]\nfile = "a"\nweb = "javascript:alert(1)"', r"web must be an address"),
        ('[[report]]\nfile = "a"\nframework = "PEEL 2023"', r"framework must be a framework's notation"),
        ('[[report]]\nfile = "a"\n[[report]]\nfile = "a"', r'the file "a" has two entries'),
        ('[[report]]\nfile = "a/b"\n[[report]]\nfile = "./a//b"', r'the file "a/b" has two entries'),
    ],
)
def test_mistakes_are_named_with_file_and_key(tmp_path: Path, catalogue: str, message: str) -> None:
    with pytest.raises(CannotUnderstand, match=message):
        read_catalogue(folder(tmp_path, catalogue))


def test_facts_are_given_by_path_from_a_folder_above(tmp_path: Path) -> None:
    here = folder(tmp_path, '[[report]]\nfile = "sub/a.txt"\nkind = "inspection"')
    (here / "sub").mkdir()
    assert given_for(here / "sub" / "a.txt") == {"kind": "inspection"}
    assert given_for(here / "sub" / "b.txt") == {}


def test_a_renamed_file_keeps_its_facts(tmp_path: Path) -> None:
    digest = sha256(b"words").hexdigest()
    here = folder(
        tmp_path, f'[[report]]\nfile = "old.txt"\nkind = "inspection"\nsha256 = "{digest}"', new="words"
    )
    assert given_for(here / "new.txt", digest) == {"kind": "inspection"}
    assert given_for(here / "new.txt", "0" * 64) == {}


def test_standard_input_has_no_catalogue() -> None:
    assert given_for("-") == {}


def test_what_catalogue_and_folder_disagree_on_is_listed(tmp_path: Path) -> None:
    catalogue = f'[[report]]\nfile = "gone.txt"\n[[report]]\nfile = "other.txt"\nsha256 = "{"0" * 64}"'
    problems = check_catalogue(folder(tmp_path, catalogue, other="words", more="more words"))
    assert [problem.split(" (")[0] for problem in problems] == [
        "gone.txt: in the catalogue, but not in the folder",
        "other.txt: not the file that the catalogue describes",
        "more.txt: no entry in the catalogue",
    ]


def test_a_draft_is_a_valid_catalogue_with_what_the_files_state(tmp_path: Path) -> None:
    page = (
        "<head><meta name='dcterms.issued' content='2024-04-26'></head><h1>The \"report\"</h1><p>Words.</p>"
    )
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    (tmp_path / "catalogue.toml").write_text(draft_catalogue(tmp_path), encoding="utf-8")
    (entry,) = read_catalogue(tmp_path)
    assert (entry.title, entry.published) == ('The "report"', "2024-04-26")
    assert check_catalogue(tmp_path) == []


def test_a_draft_keeps_the_facts_that_are_there(tmp_path: Path) -> None:
    here = folder(tmp_path, '[[report]]\nfile = "a.txt"\nforce = "Kent Police"\nnote = "mine"', a="words")
    (table,) = tomllib.loads(draft_catalogue(here))["report"]
    assert (table["force"], table["note"]) == ("Kent Police", "mine")


def test_a_draft_flags_doubles_versions_and_what_is_not_known(tmp_path: Path) -> None:
    catalogue = (
        '[[report]]\nfile = "a.txt"\ntitle = "T"\npublished = 2023-01-01\n'
        '[[report]]\nfile = "b.txt"\ntitle = "T"\npublished = 2024-01-01\n'
    )
    here = folder(tmp_path, catalogue, a="one", b="two", c="Two!\n", d="one", e="")
    draft = draft_catalogue(here)
    assert "# a newer version: b.txt (2024-01-01)\n# not known: force, framework, kind\n[[report]]" in draft
    assert "# an older version: a.txt (2023-01-01)\n" in draft
    assert (
        '# the same text as b.txt\n# not known: force, framework, kind\n[[report]]\nfile = "c.txt"' in draft
    )
    assert "# left out: the same file as" in draft
    assert "# e.txt\n# left out: the file is empty\n" in draft


def test_a_draft_has_what_a_description_finds_unless_the_catalogue_says_otherwise(tmp_path: Path) -> None:
    here = folder(tmp_path, '[[report]]\nfile = "a.txt"\nkind = "inspection"', a="words")
    draft = draft_catalogue(
        here, lambda document: {"force": document.text, "kind": "letter", "id": "x", "web": None}
    )
    (table,) = tomllib.loads(draft)["report"]
    assert {key: table[key] for key in ("force", "kind")} == {"force": "words", "kind": "inspection"}
    assert set(table) == {"file", "force", "kind", "sha256"}


def test_a_draft_needs_a_folder(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match=r"a\.txt: a file; give the folder"):
        draft_catalogue(folder(tmp_path, "", a="x") / "a.txt")


def test_the_catalogue_of_the_seeds_agrees_with_the_folder() -> None:
    assert check_catalogue(ROOT / "seeds") == []


def entry(file: str, force: str, text: str) -> str:
    digest = sha256(text.encode()).hexdigest()
    return f'[[report]]\nfile = "{file}"\nforce = "{force}"\nsha256 = "{digest}"\n'


def test_files_that_were_swapped_keep_their_facts(tmp_path: Path) -> None:
    """Each of the names has an entry, of a file that has another name now."""
    folder(tmp_path, entry("a.txt", "Kent Police", "one") + entry("b.txt", "Surrey Police", "two"))
    of = [
        given_for(tmp_path / name, sha256(text).hexdigest())
        for name, text in (("a.txt", b"two"), ("b.txt", b"one"))
    ]
    assert of == [{"force": "Surrey Police"}, {"force": "Kent Police"}]


def test_an_entry_of_another_version_of_the_file_is_told(tmp_path: Path) -> None:
    folder(tmp_path, entry("a.txt", "Kent Police", "one"), a="one")
    digests = [sha256(text).hexdigest() for text in (b"one", b"changed")]
    file = ReportFile(tmp_path / "a.txt")
    doubts = [doubt(file, Catalogues().entry(file, digest), digest) for digest in digests]
    assert doubts[0] is None
    assert doubts[1] is not None and "describes another file of this name" in doubts[1]
    assert given_for(tmp_path / "a.txt", digests[1]) == {"force": "Kent Police"}


@pytest.mark.parametrize("forms", [("NFC", "NFD"), ("NFD", "NFC")])
def test_a_name_is_found_however_its_accents_are_written(tmp_path: Path, forms: tuple[str, str]) -> None:
    written, there = (normalize(form, "r\u00e9cit.txt") for form in forms)
    folder(tmp_path, f'[[report]]\nfile = "{written}"\nforce = "Kent Police"\n')
    (tmp_path / there).write_text("x", encoding="utf-8")
    assert given_for(tmp_path / there) == {"force": "Kent Police"}
    assert check_catalogue(tmp_path) == []


@pytest.mark.parametrize(
    ("within", "path"),
    [(".", "a/b/x.txt"), ("a/b", "x.txt"), ("a", "b/x.txt"), ("a/c", "../b/x.txt"), ("a/b", "./x.txt")],
)
def test_a_catalogue_above_is_found_from_every_folder(
    tmp_path: Path, within: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder(tmp_path, '[[report]]\nfile = "a/b/x.txt"\nforce = "Kent Police"\n')
    for name in ("a/b", "a/c"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "a/b/x.txt").write_text("x", encoding="utf-8")
    monkeypatch.chdir(tmp_path / within)
    assert given_for(path) == given_for(tmp_path / "a/b/x.txt") == {"force": "Kent Police"}


def test_a_digest_goes_before_a_name_also_where_the_entry_of_the_name_has_none(tmp_path: Path) -> None:
    folder(
        tmp_path,
        entry("a.txt", "Kent Police", "one") + '[[report]]\nfile = "b.txt"\nforce = "Surrey Police"\n',
    )
    assert given_for(tmp_path / "b.txt", sha256(b"one").hexdigest()) == {"force": "Kent Police"}
    assert given_for(tmp_path / "b.txt", sha256(b"two").hexdigest()) == {"force": "Surrey Police"}


def test_a_draft_finds_the_entries_of_files_that_were_swapped_and_flags_another_version(
    tmp_path: Path,
) -> None:
    described = entry("a.txt", "Kent Police", "one") + entry("b.txt", "Surrey Police", "two")
    folder(tmp_path, described + entry("c.txt", "Essex Police", "of before"), a="two", b="one", c="three")
    drafted = draft_catalogue(tmp_path)
    entries = {one["file"]: one for one in tomllib.loads(drafted)["report"]}
    assert [entries[f"{name}.txt"]["force"][:5] for name in "abc"] == ["Surre", "Kent ", "Essex"]
    before = sha256(b"of before").hexdigest()
    assert drafted.count(f"# the catalogue described another file of this name (sha256 {before})") == 1


def test_two_names_that_differ_in_their_form_alone_are_two(tmp_path: Path) -> None:
    one, two = (normalize(form, "r\u00e9.txt") for form in ("NFC", "NFD"))
    tables = (
        f'[[report]]\nfile = "{name}"\nforce = "{force}"\n' for name, force in ((one, "Kent"), (two, "Essex"))
    )
    folder(tmp_path, "".join(tables))
    for name in (one, two):
        (tmp_path / name).write_text(f"words of {len(name)}", encoding="utf-8")
    assert [given_for(tmp_path / name) for name in (one, two)] == [{"force": "Kent"}, {"force": "Essex"}]
    assert check_catalogue(tmp_path) == []


def test_behind_a_link_the_folder_above_is_the_one_where_the_file_is(tmp_path: Path) -> None:
    for name, force in (("here", "Surrey"), ("disk", "Kent")):
        (tmp_path / name / "data").mkdir(parents=True)
        folder(tmp_path / name, f'[[report]]\nfile = "x.txt"\nforce = "{force} Police"\n', x=name)
    (tmp_path / "here" / "link").symlink_to(tmp_path / "disk" / "data")
    assert (tmp_path / "here" / "link" / ".." / "x.txt").read_text() == "disk"
    assert given_for(tmp_path / "here" / "link" / ".." / "x.txt") == {"force": "Kent Police"}


NEARER = """[[report]]
file = "a.txt"
force = "Surrey Police"
"""


@pytest.mark.parametrize(
    ("nearer", "above", "force"),
    [
        # The entry of its bytes is in the folder above; the nearer one is of a file that was here before.
        (NEARER + f'sha256 = "{"0" * 64}"\n', entry("sub/a.txt", "Kent Police", "one"), "Kent Police"),
        (NEARER, entry("sub/old.txt", "Kent Police", "one"), "Kent Police"),
        # Both are of this file: the nearer one corrects the other.
        (NEARER, entry("sub/a.txt", "Kent Police", "one"), "Surrey Police"),
        (entry("a.txt", "Surrey Police", "one"), entry("sub/a.txt", "Kent Police", "one"), "Surrey Police"),
        (NEARER, entry("sub/a.txt", "Kent Police", "of before"), "Surrey Police"),
    ],
)
def test_a_digest_goes_before_a_name_over_all_catalogues(
    tmp_path: Path, nearer: str, above: str, force: str
) -> None:
    (tmp_path / "sub").mkdir()
    folder(tmp_path, above)
    folder(tmp_path / "sub", nearer, a="one")
    assert given_for(tmp_path / "sub" / "a.txt", sha256(b"one").hexdigest()) == {"force": force}


def test_entries_without_a_file_are_one_line(tmp_path: Path) -> None:
    """Not those of files that are there and were not asked for, nor of what may be in an archive."""
    (tmp_path / "sub").mkdir()
    names = ["a.txt", "there.txt", "sub/r\u00e9cit.txt", "all.zip/x.txt", "typo.txt", "sub/b.txt", "c", "d/e"]
    folder(tmp_path, "".join(f'[[report]]\nfile = "{name}"\nforce = "Kent Police"\n' for name in names))
    for name in ("a.txt", "there.txt", "sub/re\u0301cit.txt", "all.zip"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    catalogues = Catalogues()
    assert catalogues.unused() == []
    assert catalogues.entry(tmp_path / "a.txt") is not None
    where = tmp_path / "catalogue.toml"
    assert catalogues.unused() == [
        f"{where}: no such file: typo.txt, sub/b.txt, c and 1 more; what it states is not used"
    ]


def test_a_draft_keeps_what_is_stated_of_files_that_are_not_there(tmp_path: Path) -> None:
    """A disk that is not mounted, a file that comes back: its licence must not be lost meanwhile."""
    known = (
        '[[report]]\nfile = "gone.pdf"\nforce = "Kent Police"\nlicence = "https://example.org/restricted"\n'
        '[[report]]\nfile = "broken.pdf"\nlicence = "https://example.org/restricted"\n'
    )
    here = folder(tmp_path, known, a="words")
    (here / "broken.pdf").write_bytes(b"%PDF-1.4 and no more")
    draft = draft_catalogue(here)
    assert '# no such file now\n[[report]]\nfile = "gone.pdf"' in draft
    stated = {entry["file"]: entry.get("licence") for entry in tomllib.loads(draft)["report"]}
    restricted = "https://example.org/restricted"
    assert stated == {"a.txt": None, "broken.pdf": restricted, "gone.pdf": restricted}
