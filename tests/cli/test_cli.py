"""The command as a process: what it prints, where, and its exit status."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from store_data import data_file, flip_a_byte

from kg.asking.sparql.library import GROUPS, saved_queries
from kg.cli import VERBS


def kg(*arguments: str, cwd: Path | None = None, **options) -> subprocess.CompletedProcess[str]:
    """Run the command; text in, text out."""
    environment = os.environ | {"PYTHONIOENCODING": "utf-8", "COLUMNS": "200"}
    return subprocess.run(
        [sys.executable, "-m", "kg", *arguments],
        capture_output=True, encoding="utf-8", cwd=cwd, env=environment, **options,
    )  # fmt: skip


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """The single line that a failure prints; asserts that it is one, and no traceback."""
    assert done.returncode == 2, done
    assert done.stdout == ""
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_an_example(verb):
    done = kg(verb, "--help")
    assert done.returncode == 0
    assert verb == "framework" or f"kg {verb}" in done.stdout.split("Options:")[0]


def test_help_lists_every_verb_with_its_purpose():
    done = kg("--help")
    assert all(f"  {verb}" in done.stdout for verb in VERBS)


def test_version():
    assert kg("--version").stdout.startswith("kg, version ")


def test_grades_of_the_seed_are_the_eight_judgements(built):
    done = kg("query", "grades", "--store", str(built.store), "--format", "json")
    rows = json.loads(done.stdout)["results"]["bindings"]
    grades = sorted((row["area"]["value"], row["grade"]["value"]) for row in rows)
    assert grades == [
        ("Building, supporting and protecting the workforce", "Requires improvement"),
        ("Investigating crime", "Inadequate"),
        ("Leadership and force management", "Requires improvement"),
        ("Managing offenders and suspects", "Inadequate"),
        ("Police powers and treating the public fairly and respectfully", "Adequate"),
        ("Preventing and deterring crime and antisocial behaviour, and reducing vulnerability", "Adequate"),
        ("Protecting vulnerable people", "Inadequate"),
        ("Responding to the public", "Requires improvement"),
    ]


def test_a_missing_file_is_one_line(tmp_path):
    assert "no-such-report.txt" in one_line(kg("extract", "no-such-report.txt", cwd=tmp_path))


def test_an_empty_file_is_one_line(tmp_path):
    (tmp_path / "empty.txt").write_text("")
    assert "empty.txt" in one_line(kg("extract", "empty.txt", cwd=tmp_path))


def test_a_folder_without_reports_is_one_line(tmp_path):
    assert "seeds" in one_line(kg("build", "seeds", cwd=tmp_path))


def test_asking_before_building_says_what_to_do(tmp_path):
    assert "kg build" in one_line(kg("query", "grades", cwd=tmp_path))


def test_bad_sparql_is_one_line_with_its_place(built):
    line = one_line(kg("query", "SELECT ?x WHERE { ?x ", "--store", str(built.store)))
    assert "1:" in line or "line 1" in line


def test_an_unknown_query_name_gets_a_proposal(built):
    line = one_line(kg("query", "grade", "--store", str(built.store)))
    assert 'did you mean "grades"' in line


def test_an_unknown_entity_is_one_line(built):
    line = one_line(kg("neighbourhood", "Operation Nobody Named", "--store", str(built.store)))
    assert "Operation Nobody Named" in line


def test_extract_reads_standard_input(seed_text):
    done = kg("extract", "-", input=seed_text)
    assert done.returncode == 0
    assert len(json.loads(done.stdout)["judgements"]) == 8


def test_a_second_build_with_nothing_changed_says_so(tmp_path, seed_text):
    (tmp_path / "report.txt").write_text("\n".join(seed_text.splitlines()[:60]), encoding="utf-8")
    arguments = ("build", "report.txt", "--exports", "out", "--store", "s")
    first = kg(*arguments, cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    before = {path: path.read_bytes() for path in (tmp_path / "out").glob("*.ttl")}
    second = kg(*arguments, cwd=tmp_path)
    assert "nothing changed" in second.stdout
    assert before
    assert {path: path.read_bytes() for path in (tmp_path / "out").glob("*.ttl")} == before


# --- help and wrong use ------------------------------------------------------------------------------


def test_no_short_help_is_cut_off_on_a_terminal_of_80_columns():
    environment = os.environ | {"COLUMNS": "80"}
    command = [sys.executable, "-m", "kg", "--help"]
    text = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment).stdout
    listed = text.split("Commands:")[1].strip().splitlines()
    assert len(listed) == len(VERBS)
    assert not [line for line in listed if line.endswith("...") or len(line) > 80]


def test_an_unknown_verb_gets_a_proposal():
    assert one_line(kg("qurey")).startswith('kg: no verb "qurey"; did you mean "query"')


def test_a_missing_argument_is_one_line():
    assert one_line(kg("why")) == "kg why: missing argument 'BODY' (kg why --help)"


def test_query_without_a_name_lists_the_saved_ones_by_group():
    done = kg("query")
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("kg query: missing argument 'QUERY': one of the names above")
    groups = [line for line in done.stdout.splitlines() if line in GROUPS]
    names = {line.split()[0] for line in done.stdout.splitlines() if line.strip()}
    assert groups == list(GROUPS) and {query.name for query in saved_queries()} <= names


def test_an_unknown_option_is_one_line():
    assert one_line(kg("query", "grades", "--nope")).startswith("kg query: no such option '--nope'")


def test_quiet_and_verbose_exclude_each_other():
    assert "exclude each other" in one_line(kg("--quiet", "--verbose", "frameworks"))


def test_verbose_shows_the_traceback_before_the_line(tmp_path):
    done = kg("--verbose", "extract", "nothing.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" in done.stderr
    assert done.stderr.splitlines()[-1] == "kg: nothing.txt: no such file or folder"


def test_quiet_leaves_warnings_out(tmp_path):
    (tmp_path / "report.txt.part").write_text("Some words.\n", encoding="utf-8")
    assert "skipped" in kg("extract", "report.txt.part", cwd=tmp_path).stderr
    assert kg("--quiet", "extract", "report.txt.part", cwd=tmp_path).stderr == ""


# --- what cannot be used -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("query", " "), "the query is empty: give a saved query's name"),
        (("query", "folder"), "folder: a folder; give a .rq file in it"),
        (("query", "grades", "--data", "folder"), "folder: a folder without RDF files"),
        (("query", "grades", "--data", ""), "--data is empty"),
        (("query", "grades", "--store", " "), "--store is empty"),
        (("query", "grades", "--data", "empty.ttl", "--format", "docx"), 'no format "docx"'),
        (("query", "grades", "--data", "empty.ttl", "-o", "folder"), "folder: is a directory"),
        (("query", "grades", "--param", "force", "--data", "empty.ttl"), "write it as name=value"),
        (("query", "missing.rq", "--data", "empty.ttl"), "missing.rq"),
        (("extract", "folder"), "folder: a folder"),
        (("extract", "binary.txt"), "binary.txt: NUL character"),
        (("extract", "report.txt", "--text", "report.txt/text"), "not a directory"),
        (("extract", "report.txt", "--published", "0"), "--published: published must be a date such as"),
        (("extract", "report.txt", "--framework", "A B"), "--framework: framework must be a framework's"),
        (("query", "grades", "--endpoint", "HTTP:// 0"), "an endpoint is an http or https address"),
        (("query", "evidence", "--data", "empty.ttl", "--param", "topic=\udcff"), "not a text in UTF-8"),
        (("validate", "folder"), "folder: a folder; give the RDF files in it"),
        (("validate", "missing.ttl"), "missing.ttl"),
        (("verify", "--store", "folder"), "folder: no dataset here"),
        (("evaluate", "folder", "report.txt"), "folder: no gold here"),
        (("catalogue", "missing"), "missing: no such file or folder"),
        (("catalogue", "*", "--check"), "*: no such file or folder"),
        (("framework", "check", "missing.ttl"), "missing.ttl: no such file"),
        (("framework", "check", "folder"), "folder: a folder; give one file"),
        (("export", "--data", "empty.ttl", "--format", "csv"), "say where with -o FOLDER"),
        (("export", "--data", "empty.ttl", "-o", "out.foo"), 'no format "out.foo"'),
        (("export", "nobody", "--data", "empty.ttl"), 'no report "nobody"'),
        (("neighbourhood", " ", "--data", "empty.ttl"), "ENTITY is empty"),
        (("neighbourhood", "x", "--data", "empty.ttl"), 'no entity "x"'),
        (("outliers", " ", "--data", "empty.ttl"), "MEASURE is empty"),
        (("outliers", "x", "--data", "empty.ttl"), 'no measure "x"; there is none'),
        (("why", " ", "x", "--data", "empty.ttl"), "BODY and AREA are names"),
        (("why", "nobody", "x", "--data", "empty.ttl"), 'no inspected body "nobody"'),
        (("publish", "--endpoint", "somewhere"), "--endpoint somewhere: give an http or https address"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_one_line(tmp_path, arguments, said):
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.ttl").write_text("")
    (tmp_path / "binary.txt").write_bytes(b"PEEL\x00\x01\x02")
    (tmp_path / "report.txt").write_text("Some words.\n", encoding="utf-8")
    assert said in one_line(kg(*arguments, cwd=tmp_path))


def test_an_unfinished_download_is_skipped_with_a_line(tmp_path):
    (tmp_path / "report.txt.part").write_text("Some words.\n", encoding="utf-8")
    done = kg("extract", "report.txt.part", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "report.txt.part: skipped: an unfinished download\n"


def test_json_cannot_steer_a_terminal(tmp_path):
    words = "Good\u202e and \x9b31mred words\n"
    (tmp_path / "odd.txt").write_text(words, encoding="utf-8")
    done = kg("extract", "odd.txt", "--format", "jsonl", cwd=tmp_path)
    assert not [c for c in done.stdout if not c.isprintable() and c != "\n"]
    assert "not recognised" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("compare",), "no report gives grades: nothing to compare"),
        (("entities",), "the reports name nothing"),
        (("entities", "--review"), "# no two names look like one thing"),
        (("audit",), "0 figures recomputed, 0 disagree with the text"),
        (("query", "grades"), "(no rows)"),
    ],
)  # fmt: skip
def test_nothing_to_show_is_said(tmp_path, arguments, said):
    (tmp_path / "empty.ttl").write_text("")
    done = kg(*arguments, "--data", "empty.ttl", cwd=tmp_path)
    assert done.returncode == 0
    assert said in done.stdout


# --- building ----------------------------------------------------------------------------------------


def test_a_bad_file_among_good_ones_is_a_warning(tmp_path, seed_text):
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "good.txt").write_text("\n".join(seed_text.splitlines()[:60]), encoding="utf-8")
    (folder / "bad.docx").write_text("not a Word file", encoding="utf-8")
    (folder / "empty.txt").write_text("")
    done = kg("build", "reports", "--store", "s", "--exports", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "1 of 1 reports built" in done.stdout
    assert [line for line in done.stderr.splitlines() if line.startswith("reports/bad.docx: named .docx")]
    assert "reports/empty.txt: skipped: the file is empty" in done.stderr.splitlines()
    assert "\r" not in done.stderr


def test_only_bad_files_are_an_error_and_leave_nothing(tmp_path):
    (tmp_path / "bad.docx").write_text("not a Word file", encoding="utf-8")
    (tmp_path / "empty.txt").write_text("")
    line = one_line(kg("build", "bad.docx", "empty.txt", "--store", "s", "--exports", "out", cwd=tmp_path))
    assert line.startswith("kg: none of 2 files could be used: bad.docx: named .docx")
    assert "empty.txt: skipped: the file is empty" in line
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.docx", "empty.txt"]


# --- checking ----------------------------------------------------------------------------------------


def test_a_violation_is_shown_with_its_words_and_status_1(built, tmp_path):
    turtle = (built.exports / "west-midlands-peel-2023-25.ttl").read_text(encoding="utf-8")
    lines = [line for line in turtle.splitlines() if "kg:grade " in line]
    (tmp_path / "broken.ttl").write_text(turtle.replace(lines[0] + "\n", "", 1), encoding="utf-8")
    done = kg("validate", "broken.ttl", cwd=tmp_path)
    assert done.returncode == 1, done
    assert "violation" in done.stdout
    assert "1 violation, " in done.stdout.splitlines()[-1]


def test_a_damaged_store_fails_verification(built, tmp_path):
    shutil.copytree(built.store, tmp_path / "store", symlinks=True)
    flip_a_byte(data_file(tmp_path / "store"))
    done = kg("verify", "--store", "store", cwd=tmp_path)
    assert done.returncode == 1
    assert "changed since it was written" in done.stdout


def test_a_force_is_found_by_a_part_of_its_name(built):
    asked = ("query", "grades", "--store", str(built.store), "--format", "csv", "--param")
    assert len(kg(*asked, "force=West Midlands").stdout.splitlines()) == 9


def test_a_place_is_no_force(built):
    line = one_line(kg("query", "grades", "--store", str(built.store), "--param", "force=Birmingham"))
    assert 'no inspected body "Birmingham"' in line


def test_a_catalogue_is_checked_against_its_folder(tmp_path):
    (tmp_path / "one.txt").write_text("Words.", encoding="utf-8")
    (tmp_path / "catalogue.toml").write_text('[[report]]\nfile = "two.txt"\n', encoding="utf-8")
    ran = kg("catalogue", ".", "--check", cwd=tmp_path)
    assert ran.returncode == 1
    assert "two.txt: in the catalogue, but not in the folder" in ran.stdout


def test_a_drafted_catalogue_has_what_the_text_states(tmp_path, seed_text):
    (tmp_path / "report.txt").write_text("\n".join(seed_text.splitlines()[:60]), encoding="utf-8")
    draft = kg("catalogue", ".", cwd=tmp_path).stdout
    assert 'force = "West Midlands Police"' in draft
    assert 'framework = "peel-2023-25"' in draft
    assert "kind = " in draft


def test_search_finds_words_of_reports_with_their_places(built):
    done = kg("search", '"repeat victim*"', "--kind", "finding", "--store", built.store)
    assert done.returncode == 0 and done.stderr == ""
    assert done.stdout.startswith("finding · positive · West Midlands Police · Responding to the public · ")
    assert "repeat »victims«" in done.stdout or "»repeat victims«" in done.stdout
    found = json.loads(kg("search", "burglary", "--format", "json", "--store", built.store).stdout)
    assert found["total"] >= len(found["hits"]) > 0


def test_a_search_without_words_or_index_is_one_line(built, tmp_path):
    assert "give a word" in one_line(kg("search", "!", "--store", built.store))
    assert "endpoint" in one_line(kg("search", "x", "--endpoint", "http://127.0.0.1:9/"))


def test_why_shows_reasons_then_what_is_contrary_with_places(built):
    done = kg("why", "West Midlands Police", "investigating crime", "--store", built.store)
    assert done.returncode == 0 and done.stderr == ""
    reasons, contrary = done.stdout.split("Contrary to the grade")
    assert reasons.startswith("West Midlands Police · Investigating crime: Inadequate\n")
    assert reasons.count("    - “") >= 5
    assert "states no shortcoming" in reasons and "governance arrangements" in contrary
    assert max(map(len, done.stdout.splitlines())) <= 100


def test_why_as_json_is_the_same_answer(built):
    arguments = ("West Midlands Police", "managing offenders", "--format", "json", "--store", built.store)
    given = json.loads(kg("why", *arguments).stdout)
    assert given["area"] == "Managing offenders and suspects"
    assert {quote["bearing"] for quote in given["contrary"]} == {"contrary"}


def test_why_proposes_the_area_that_was_meant(built):
    said = one_line(kg("why", "West Midlands Police", "investigating crme", "--store", built.store))
    assert 'did you mean "Investigating crime"?' in said


def test_the_help_of_a_saved_query_lists_what_it_takes():
    done = kg("query", "findings", "--help")
    assert done.stdout.startswith("What did the inspectors find")
    assert "one of positive, negative, mixed, neutral" in done.stdout
    assert "needed" in kg("query", "co-mentions", "--help").stdout


def test_the_whole_text_of_a_saved_query_is_shown():
    shown = kg("query", "grades", "--show").stdout
    assert shown.startswith("# purpose: ") and "PREFIX kg:" in shown and "# include" not in shown


def test_columns_and_rows_are_chosen(built):
    done = kg("query", "grades", "--store", str(built.store), "--columns", "area,grade", "--limit", "2",
              "--format", "csv")  # fmt: skip
    assert done.stdout.splitlines()[0] == "area,grade"
    assert len(done.stdout.splitlines()) == 3
    assert "the first 2 of 8 rows" in done.stderr
    asked = ("query", "grades", "--store", str(built.store), "--columns")
    assert 'no column "nothing"' in one_line(kg(*asked, "nothing"))


def test_a_question_without_what_it_is_about_is_remarked(built):
    done = kg("query", "co-mentions", "--store", str(built.store), "--format", "csv")
    assert "give a value for entity" in done.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs the device that is always full")
@pytest.mark.parametrize(
    "arguments",
    [
        ("queries",),
        ("query", "SELECT * { ?s ?p ?o }", "--data", "a.ttl"),
        ("extract", "a.txt"),
        ("frameworks",),
        ("--help",),
    ],
)
def test_a_full_disk_behind_standard_output_is_one_line(tmp_path, arguments):
    (tmp_path / "a.ttl").write_text("<https://kg.example/a> <https://kg.example/b> 1 .")
    (tmp_path / "a.txt").write_text("Words of a report.")
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kg", "--quiet", *arguments], stdout=full, stderr=subprocess.PIPE,
            encoding="utf-8", cwd=tmp_path, env=environment, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.splitlines() == ["kg: cannot write: no space left on device"]


def test_a_pipe_that_is_closed_is_silent(tmp_path):
    (tmp_path / "a.ttl").write_text(
        "".join(f"<https://kg.example/{n}> <https://kg.example/b> 1 .\n" for n in range(9999))
    )
    command = [
        sys.executable,
        "-m",
        "kg",
        "query",
        "SELECT * { ?s ?p ?o }",
        "--data",
        "a.ttl",
        "--format",
        "csv",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path) as done:
        assert done.stdout is not None
        assert done.stderr is not None
        done.stdout.readline()
        done.stdout.close()
        assert done.stderr.read() == b""


@pytest.mark.parametrize(
    "base", ["", "not a uri", "javascript:alert(1)", "https://x/%zz/", "https://x/\u202e"]
)
def test_a_base_that_is_none_is_one_line(tmp_path, base):
    assert "the base" in one_line(kg("build", "--base", base, cwd=tmp_path))


def test_grades_of_nobody_are_refused_until_somebody_is_named(tmp_path):
    (tmp_path / "a.txt").write_text(
        "PEEL 2023–2025: An inspection\nResponding to the public\nGood\n"
        "The force is good at responding to the public.\n"
    )
    assert "names no inspected body that is known" in one_line(kg("extract", "a.txt", cwd=tmp_path))
    done = kg("extract", "a.txt", "--force", "Upper Example Police", cwd=tmp_path)
    assert len(json.loads(done.stdout)["judgements"]) == 1
