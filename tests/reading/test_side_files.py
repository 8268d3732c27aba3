"""Anything may stand in the files beside reports: what is wrong with one is one line that names it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.dataset.curation.decisions import curation_for, read_curation
from kg.model.addresses import is_web_address
from kg.model.errors import CannotUnderstand, KgError
from kg.model.framework_check import check_framework
from kg.reading.catalogue import read_catalogue
from kg.reading.side_files import Once

VALUES = st.one_of(
    st.text(max_size=12).map(lambda text: '"' + "".join(f"\\u{ord(c) & 0xFFFF:04x}" for c in text) + '"'),
    st.sampled_from(
        ['"javascript:x"', "3", "-0.0", "nan", "true", "1979-05-27", "[]", "{}", "[[[]]]", '["a", "b"]',
         '[["a", "b"], ["c"]]', '[["http://x/a b", "c"]]', '"unit:a>b"', "9" * 5000, '"good"', '"2023-13"']
    ),
)  # fmt: skip
KEYS = st.sampled_from(
    ["file", "title", "force", "published", "licence", "web", "sha256", "same", "different", "follows",
     "not-follows", "names", "grades", "report", '"https://x/y z"', '"unit:a"', "x"]
)  # fmt: skip
TABLES = st.lists(st.tuples(KEYS, VALUES).map(" = ".join), max_size=4).map("\n".join)
HEADS = st.sampled_from(["", "[[report]]\n", '[[report]]\nfile = "a.txt"\n', "[names]\n", "[grades]\n"])
FILES = st.one_of(
    st.binary(max_size=200),
    st.tuples(HEADS, TABLES).map("".join).map(str.encode),
)  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(FILES)
def test_any_bytes_in_a_side_file_are_what_they_say_or_one_line(data):
    with tempfile.TemporaryDirectory() as folder:
        for name, reader in (("catalogue.toml", read_catalogue), ("curation.toml", read_curation)):
            Path(folder, name).write_bytes(data)
            try:
                reader(folder)
            except KgError as error:
                assert name in str(error)
                assert "\n" not in str(error).strip()


@settings(deadline=None, max_examples=100)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.text(max_size=200).map(lambda t: f"@prefix kg: <https://kg.example/> .\n{t}".encode()),
    )
)
def test_any_bytes_in_a_framework_file_are_problems_or_one_line(data):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "any.ttl")
        file.write_bytes(data)
        try:
            assert check_framework(file), "there is no framework in it"
        except KgError as error:
            assert "any.ttl" in str(error)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x=" + "[" * 50_000, "too deeply nested"),
        ("x=" + "9" * 5000, "not TOML"),
        ('[[report]]\nfile = "a.txt"\ntitle = ' + "[" * 40 + "]" * 40, "title must be text in quotes"),
        (
            '[[report]]\nfile = "a.txt"\nlicence = "javascript:alert(1)"',
            "licence must be a name, or an address",
        ),
        ('[[report]]\nfile = "a.txt"\nlicence = "//evil.example/x y"', None),
        ('[[report]]\nfile = "a.txt"\nweb = "https://kg.example@evil.example/"', "web must be an address"),
        ('[[report]]\nfile = "a.txt"\ntitle = "a\\u0000b"', "title has a control character in it"),
        ("\udcff", "not UTF-8"),
    ],
)
def test_what_is_wrong_with_a_catalogue_is_one_line(tmp_path, text, said):
    (tmp_path / "catalogue.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    if said is None:
        assert read_catalogue(tmp_path)
        return
    with pytest.raises(KgError, match=r"catalogue\.toml") as error:
        read_catalogue(tmp_path)
    assert said in str(error.value)


@pytest.mark.parametrize("iri", ["http://x/a b", "https://x/>", "https://x/%zz", "https://", "unit:a>b"])
def test_what_looks_like_an_iri_and_is_none_is_told(tmp_path, iri):
    (tmp_path / "curation.toml").write_text(f'same = [["{iri}", "Operation Cobalt"]]')
    with pytest.raises(CannotUnderstand, match=r"line 1: same 1: .* is not an IRI"):
        curation_for(tmp_path / "a.txt")
    assert not is_web_address(iri)


def test_a_folder_is_asked_once_also_where_the_answer_is_an_error():
    asked = []

    def read(folder):
        asked.append(folder)
        raise CannotUnderstand("x")

    once = Once(read)
    for _ in range(3):
        with pytest.raises(CannotUnderstand):
            once(Path("a"))
    assert asked == [Path("a")]
