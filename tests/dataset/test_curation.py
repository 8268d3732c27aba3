"""Decisions on names and concerns: the file, what it does to a report, and what there is to decide."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from samples import SMALL_REPORT

from kg.asking.sparql import query
from kg.cli.ask import entities_command
from kg.cli.make import extract_command
from kg.dataset.build import BuildResult, build
from kg.dataset.curation.applying import curated, with_decisions
from kg.dataset.curation.decision_graph import curation_quads
from kg.dataset.curation.decisions import Curation, curation_for, read_curation
from kg.dataset.near_duplicates import Named, as_toml, compact, find_doubts, review, why_alike
from kg.graph.mapping.report import to_quads
from kg.model.errors import CannotUnderstand
from kg.model.records import Entity, Extraction, Mention, Report, Source
from kg.model.vocab import BASE, OWL, SKOS

FORCE = BASE + "id/force/fennick"
OTHER = BASE + "id/force/harrowby"
HUB = BASE + "id/unit/fennick--beacon-hub"
TEAM = BASE + "id/unit/fennick--beacon-team"
PAIR = '["report:a", "report:b"]'
TEXT = "The Beacon hub met the Beacon team."


def unit(iri: str, name: str, *aliases: str, owner: str = FORCE, label: str = "UNIT") -> Entity:
    return Entity(iri, label, name, aliases, (owner,), "implied", owner)


def mention(words: str, entity: Entity) -> Mention:
    start = TEXT.index(words)
    return Mention(start, start + len(words), words, entity.label, entity.iri, entity.name)


def read(*entities: Entity, mentions: tuple[Mention, ...] = ()) -> Extraction:
    source = Source("fennick.txt", "0" * 64, "text/plain")
    report = Report("fennick", "T", None, FORCE, "Fennick Police", None, None, None, source, TEXT, "0" * 64)
    return Extraction(report, entities=entities, mentions=mentions)


HUB_THING, TEAM_THING = unit(HUB, "Beacon hub"), unit(TEAM, "Beacon team")
BOTH = read(
    HUB_THING, TEAM_THING, mentions=(mention("Beacon hub", HUB_THING), mention("Beacon team", TEAM_THING))
)


# --- the file ----------------------------------------------------------------------------------------


def written(folder: Path, text: str) -> Curation:
    (folder / "curation.toml").write_text(text, encoding="utf-8")
    return read_curation(folder)


def test_the_file_has_groups_pairs_and_names(tmp_path: Path) -> None:
    text = """
same = [["Op Beacon", "Operation Beacon", "Beacon"]]
different = [["unit:fennick--hub", "unit:fennick--team"]]
follows = [["https://kg.example/report/b/box-1", "report:a"]]
not-follows = []
[names]
"unit:fennick--hub" = "hub"
"""
    found = written(tmp_path, text)
    assert found.same == (("Op Beacon", "Operation Beacon", "Beacon"),)
    assert found.different == ((BASE + "id/unit/fennick--hub", BASE + "id/unit/fennick--team"),)
    assert found.follows == (("https://kg.example/report/b/box-1", BASE + "report/a"),)
    assert found.names == ((BASE + "id/unit/fennick--hub", "hub"),)


def test_a_folder_without_the_file_has_no_decisions(tmp_path: Path) -> None:
    assert read_curation(tmp_path) == Curation()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("same = [[", "curation.toml: not TOML"),
        ("\nequal = []", 'line 2: equal: unknown key; known: same, different'),
        ("same = 3", "line 1: same: must be a list of pairs"),
        ('\n\nsame = [["a", "b"],\n["c"]]', "line 4: same 2: needs at least two, has 1"),
        ('different = [["a", "b", "c"]]', "different 1: needs two, has 3"),
        ('same = [["a", 3]]', "same 1: must be IRIs or names in quotes"),
        ('same = [["a", "a"]]', 'same 1: names "a" twice'),
        ('follows = [["a", "b"]]', "follows 1: must be IRIs of concerns or recommendations"),
        (f"follows = [{PAIR}]\nnot-follows = [{PAIR}]", "is confirmed above"),
        ('[names]\nhub = "x"', "line 2: names, hub: must be an IRI with a name"),
        ("names = []", "names: must be a table [names]"),
        ('grades = [["a", "good"]]', "grades: must be a table [grades]"),
        ('[grades]\n"report:a/judgement-b" = 3', "line 2: grades, report:a/judgement-b: must be the IRI of"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_line_and_key(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(CannotUnderstand) as error:
        written(tmp_path, text)
    assert message in str(error.value)


def test_a_file_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    (tmp_path / "curation.toml").write_bytes(b'same = [["\xff", "b"]]')
    with pytest.raises(CannotUnderstand, match="not UTF-8"):
        read_curation(tmp_path)


def test_decisions_of_the_folders_above_count_too(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    written(tmp_path, 'same = [["a", "b"]]')
    written(inner, 'same = [["c", "d"], ["a", "b"]]')
    assert curation_for(inner / "report.txt").same == (("c", "d"), ("a", "b"))


def test_a_report_from_standard_input_has_no_decisions() -> None:
    assert curation_for("-") == Curation()


# --- the same ----------------------------------------------------------------------------------------


def same(*group: str, **more: tuple[tuple[str, str], ...]) -> Curation:
    return Curation(same=(group,), **more)


def test_things_that_are_the_same_have_one_iri_and_all_names() -> None:
    made = curated(BOTH, same(HUB, TEAM))
    assert made.entities == (unit(HUB, "Beacon hub", "Beacon team"),)
    assert {m.entity for m in made.mentions} == {HUB}
    assert {m.text for m in made.mentions} == {"Beacon hub", "Beacon team"}


def test_the_graph_has_one_thing() -> None:
    quads = to_quads(curated(BOTH, same(HUB, TEAM)), None)
    named = {
        (q.subject.value, q.object.value)
        for q in quads
        if q.predicate.value in (SKOS.prefLabel, SKOS.altLabel)
    }
    assert {(HUB, "Beacon hub"), (HUB, "Beacon team")} <= named
    assert not [q for q in quads if TEAM in (getattr(q.subject, "value", ""), getattr(q.object, "value", ""))]


def test_names_do_as_well_in_any_case_and_the_first_is_the_preferred_one() -> None:
    made = curated(BOTH, same("Beacon Team", "beacon HUB"))
    assert made.entities == (unit(TEAM, "Beacon Team", "Beacon hub", "Beacon team"),)


def test_a_report_that_has_only_the_other_name_gets_the_same_iri_and_name() -> None:
    only = read(HUB_THING, mentions=(mention("Beacon hub", HUB_THING),))
    made = curated(only, same("Beacon team", "Beacon hub"))
    assert [(e.iri, e.name, e.aliases) for e in made.entities] == [(TEAM, "Beacon team", ("Beacon hub",))]


def test_a_stated_name_is_used_for_an_iri_that_the_report_does_not_have() -> None:
    only = read(HUB_THING)
    made = curated(only, same(TEAM, HUB, names=((TEAM, "Beacon team"),)))
    assert [(e.iri, e.name) for e in made.entities] == [(TEAM, "Beacon team")]


def test_what_a_vocabulary_knows_wins() -> None:
    own = Entity(BASE + "id/organisation/the-college", "ORGANISATION", "the College")
    made = curated(read(own), same("the College", "College of Policing"))
    assert [(e.iri, e.known) for e in made.entities] == [(BASE + "id/organisation/college-of-policing", True)]


def test_names_join_the_things_of_each_force_for_itself() -> None:
    theirs = unit(BASE + "id/unit/harrowby--beacon-team", "Beacon team", owner=OTHER)
    made = curated(read(HUB_THING, theirs), same("Beacon hub", "Beacon team"))
    assert [(e.iri, e.owners[0]) for e in made.entities] == [
        (HUB, FORCE),
        (BASE + "id/unit/harrowby--beacon-hub", OTHER),
    ]


def test_things_of_another_kind_are_left_alone() -> None:
    scheme = Entity(BASE + "id/programme/beacon-team", "PROGRAMME", "Beacon team")
    made = curated(read(HUB_THING, scheme), same(HUB, TEAM))
    assert scheme in made.entities


def test_a_force_that_has_two_names_is_one_for_the_report_and_its_units() -> None:
    two = Entity(OTHER, "FORCE", "Harrowby Constabulary"), Entity(FORCE, "FORCE", "Fennick Police")
    made = curated(read(*two, HUB_THING), same(OTHER, FORCE))
    assert made.report.force == OTHER
    assert next(e for e in made.entities if e.iri == HUB).owners == (OTHER,)


def test_things_of_a_dataset_with_a_base_of_its_own_are_named_by_it() -> None:
    own = "https://data.example.org/"
    made = curated(BOTH, same(HUB.replace(BASE, own), TEAM.replace(BASE, own)), base=own)
    assert [e.iri for e in made.entities] == [HUB]


def test_without_decisions_a_report_stays_as_it_is() -> None:
    assert curated(BOTH, Curation()) is BOTH


# --- different ---------------------------------------------------------------------------------------


def test_what_is_different_is_pulled_apart() -> None:
    joined = unit(HUB, "Beacon hub", "Beacon team")
    one = read(joined, mentions=(mention("Beacon hub", joined), mention("Beacon team", joined)))
    made = curated(one, Curation(different=(("Beacon hub", "Beacon team"),)))
    assert made.entities == (HUB_THING, TEAM_THING)
    assert [(m.text, m.entity) for m in made.mentions] == [("Beacon hub", HUB), ("Beacon team", TEAM)]


def test_pairs_that_are_different_are_in_the_graph_both_ways() -> None:
    graphs = {"g": to_quads(BOTH, None)}
    quads, lost = curation_quads(Curation(different=(("Beacon hub", "Beacon team"),)), graphs.values())
    assert {(q.subject.value, q.predicate.value, q.object.value) for q in quads} == {
        (HUB, OWL.differentFrom, TEAM),
        (TEAM, OWL.differentFrom, HUB),
    }
    assert {q.graph_name for q in quads} == {ox.NamedNode(BASE + "graph/curation")}
    assert lost == []


def test_decisions_that_fit_nothing_are_told() -> None:
    pair = ("https://kg.example/report/x/box-1", "https://kg.example/report/x/box-2")
    _, lost = curation_quads(Curation(different=(("Beacon", "Harrow"),), follows=(pair,)), [])
    assert lost == [
        'curation.toml: different: nothing is called "Beacon"',
        'curation.toml: different: nothing is called "Harrow"',
        "curation.toml: no report has https://kg.example/report/x/box-1",
        "curation.toml: no report has https://kg.example/report/x/box-2",
    ]


def test_a_grade_for_what_is_not_graded_in_two_ways_is_told() -> None:
    one = "https://kg.example/report/x/judgement-investigating-crime"
    _, lost = curation_quads(Curation(grades=((one, "good"),)), [])
    assert lost == [f"curation.toml: grades: no report grades {one} in two ways, one of them good"]


# --- what to decide ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "two", "reason"),
    [
        ("Beacon Hub", "beacon-hub", "the same letters"),
        ("harm board", "harm boards", "singular and plural"),
        ("multi-agency safeguarding hub", "MASH", "an abbreviation"),
        ("MASHs", "multi-agency safeguarding hub", "an abbreviation"),
        ("Operation Harbour", "Operation Harbor", "a small edit"),
        ("Operation Harbour", "Operation Lantern", None),
        ("section 114 notice", "section 115 notice", None),
        ("crime team", "prime team", "a small edit"),
        ("hub", "pub", None),
        ("Beacon hub", "Beacon", None),
    ],
)
def test_names_that_are_nearly_equal(one: str, two: str, reason: str | None) -> None:
    assert why_alike(one, two) == why_alike(two, one) == reason


def test_things_with_different_codes_are_two() -> None:
    def councils(*codes: str | None) -> list[Named]:
        return [
            Named(str(n), "FORCE", name, None, 0, code)
            for n, (name, code) in enumerate(zip(("Fenwick Council", "Fenwich Council"), codes, strict=True))
        ]

    assert find_doubts(councils("E01", "E02")) == []
    assert len(find_doubts(councils("E01", "E01"))) == len(find_doubts(councils("E01", None))) == 1


def test_only_things_of_one_kind_and_body_are_compared() -> None:
    things = [
        Named("a", "UNIT", "harm hub", FORCE),
        Named("b", "UNIT", "harm hubs", OTHER),
        Named("c", "BODY", "harm hubs", FORCE),
    ]
    assert find_doubts(things) == []


def test_the_more_often_mentioned_thing_comes_first_and_decided_pairs_not_at_all() -> None:
    things = [Named("a", "UNIT", "harm hub", FORCE, 1), Named("b", "UNIT", "harm hubs", FORCE, 5)]
    assert [(d.one.iri, d.two.iri) for d in find_doubts(things)] == [("b", "a")]
    assert find_doubts(things, [("a", "b")]) == []


def test_the_pairs_can_be_pasted(tmp_path: Path) -> None:
    things = [Named(HUB, "UNIT", "Beacon hub", FORCE, 5), Named(HUB + "s", "UNIT", "Beacon hubs", FORCE)]
    text = as_toml(find_doubts(things))
    assert "# UNIT: “Beacon hub”, “Beacon hubs”: singular and plural" in text
    assert written(tmp_path, text).same == ((HUB, HUB + "s"),)


def test_nothing_to_decide_is_a_comment(tmp_path: Path) -> None:
    assert written(tmp_path, as_toml([])) == Curation()


@pytest.mark.parametrize("iri", ["https://other.example/id/x", BASE + "id/unit/a/b"])
def test_an_iri_without_a_prefix_stays_whole(iri: str) -> None:
    assert compact(iri) == iri


# --- all of it ---------------------------------------------------------------------------------------

REPORT = """PEEL 2023–2025: An inspection of Fennick Police
Published on: 26 April 2031
Investigating crime
Good
Fennick Police is good at investigating crime.
Main findings
The force solves crime well
The Harrow scrutiny panel met the digital harm unit. Later, the Harow scrutiny panel met it again.
"""


def test_a_build_applies_the_decisions_and_a_new_one_builds_again(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "fennick.txt").write_text(REPORT, encoding="utf-8")
    where = {"exports": tmp_path / "exports", "store": tmp_path / "store"}
    first = build([folder], **where)
    (doubt,) = [d for d in review(store=first.store) if d.one.label == "BODY"]
    (folder / "curation.toml").write_text(as_toml([doubt]), encoding="utf-8")
    second = build([folder], **where)
    assert [r.status for r in second.reports] == ["built"]
    assert second.notices == first.notices
    panels = [
        row["name"] for row in query("entities", store=second.store).dicts() if "panel" in str(row["name"])
    ]
    assert len(panels) == 1
    assert review(store=second.store) == [d for d in review(store=second.store) if d.one.label != "BODY"]
    assert not build([folder], **where).changed


def test_what_is_declared_different_is_no_doubt_any_more(tmp_path: Path) -> None:
    (tmp_path / "fennick.txt").write_text(REPORT, encoding="utf-8")
    where = {"exports": tmp_path / "out" / "exports", "store": tmp_path / "out" / "store"}
    (tmp_path / "curation.toml").write_text(
        'different = [["Harrow scrutiny panel", "Harow scrutiny panel"], ["no such", "thing"]]',
        encoding="utf-8",
    )
    built = build([tmp_path / "fennick.txt"], **where)
    assert [n for n in built.notices if "nothing is called" in n] == [
        'curation.toml: different: nothing is called "no such"',
        'curation.toml: different: nothing is called "thing"',
    ]
    assert [d for d in review(store=built.store) if d.one.label == "BODY"] == []
    different = query("SELECT ?a { ?a <http://www.w3.org/2002/07/owl#differentFrom> ?b }", store=built.store)
    assert len(different) == 2
    assert (built.exports / "curation.ttl").is_file()
    assert not (built.exports / "links.ttl").exists()


def test_the_command_prints_pairs_to_paste(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fennick.txt").write_text(REPORT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    build(["fennick.txt"])
    done = CliRunner().invoke(entities_command, ["--review"])
    assert done.exit_code == 0
    assert "scrutiny panel”: a small edit" in done.output
    assert written(tmp_path, done.output).same


def test_an_extraction_on_its_own_has_the_decisions_too(tmp_path: Path) -> None:
    (tmp_path / "fennick.txt").write_text(REPORT, encoding="utf-8")
    written(tmp_path, 'same = [["Harrow scrutiny panel", "Harow scrutiny panel"]]')
    done = CliRunner().invoke(extract_command, [str(tmp_path / "fennick.txt")])
    panels = {m["entity"] for m in json.loads(done.stdout)["mentions"] if "panel" in m["text"]}
    assert len(panels) == 1


DISPUTED = """PEEL 2023–25: An inspection of Fennick Police
Published on: 26 April 2031
Our judgments
Good
Investigating crime
Managing offenders
Responding to the public
HM Inspector’s summary
I am pleased.
Investigating crime
Fennick Police is inadequate at investigating crime.
Main findings
The force closes cases too early
Of 40 cases, 12 were closed early.
"""


def digested(text: str) -> str:
    """The id of this text in a file called fennick.txt, which no other text can have."""
    return f"fennick-{sha256(text.encode()).hexdigest()[:16]}"


@pytest.mark.parametrize(
    ("grade", "words"),
    [
        ("good", ["Good", "Investigating crime"]),
        ("inadequate", ["Fennick Police is inadequate at investigating crime."]),
        (None, None),
        ("outstanding", None),
    ],
)
def test_a_person_decides_which_of_two_grades_counts(
    tmp_path: Path, grade: str | None, words: list[str] | None
) -> None:
    file = tmp_path / "fennick.txt"
    file.write_text(DISPUTED, encoding="utf-8")
    if grade is not None:
        iri = f"report:{digested(DISPUTED)}/judgement-investigating-crime"
        written(tmp_path, f'[grades]\n"{iri}" = "{grade}"')
    read = json.loads(CliRunner().invoke(extract_command, [str(file)]).stdout)
    found = [j for j in read["judgements"] if j["area"] == "Investigating crime"]
    disagree = [notice for notice in read["warnings"] if notice["code"] == "grades-disagree"]
    if words is None:
        assert not found and len(disagree) == 1
        return
    (judgement,) = found
    assert (judgement["grade"], judgement["decided"]) == (grade, True)
    assert [DISPUTED[start:end] for start, end in judgement["evidence"]] == words
    assert not disagree
    built = build([file], exports=tmp_path / "exports", store=tmp_path / "store")
    (row,) = query(
        "SELECT ?judgement { ?judgement kg:fromCuration true ; kg:grade/skos:notation ?g }", store=built.store
    ).dicts()
    assert str(row["judgement"]).endswith("/judgement-investigating-crime")


def test_decisions_beside_a_report_that_is_left_out_come_and_go_too(tmp_path: Path) -> None:
    """The same input gives the same bytes, whatever was there before."""

    def built(name: str) -> tuple[bool, dict[str, bytes]]:
        result = build([tmp_path / "in"], exports=tmp_path / f"{name}-exports", store=tmp_path / name)
        files = {path.name: path.read_bytes() for path in (tmp_path / f"{name}-exports").iterdir()}
        return result.changed, files

    for folder, end in (("a", ""), ("b", " \n")):
        (tmp_path / "in" / folder).mkdir(parents=True)
        report = SMALL_REPORT + "Operation Lantern helps. Operation Cobalt helps." + end
        (tmp_path / "in" / folder / "upper.txt").write_text(report, encoding="utf-8")
    _, before = built("dataset")
    decided = tmp_path / "in" / "b" / "curation.toml"
    decided.write_text('different = [["Operation Lantern", "Operation Cobalt"]]')
    changed, after = built("dataset")
    assert changed and "curation.ttl" in after and after == built("anew")[1]
    assert not built("dataset")[0]
    decided.unlink()
    assert built("dataset") == (True, before)


GRADE = '[grades]\n"report:{}/judgement-investigating-crime" = "good"'


def two_of_one_name(folder: Path) -> list[str]:
    """Two reports in files of one name, each of which grades an area in two ways; their ids."""
    ids = []
    for year in ("2023", "2024"):
        (folder / year).mkdir()
        text = DISPUTED.replace("40 cases", f"{year} cases")
        (folder / year / "fennick.txt").write_text(text, "utf-8")
        ids.append(digested(text))
    return ids


def graded(folder: Path) -> tuple[BuildResult, set[str]]:
    """What a build gives, and the reports with a grade that a person has decided on."""
    built = build([folder], exports=folder / "exports", store=folder / "store")
    rows = query("SELECT ?r { ?j kg:fromCuration true ; kg:report ?r }", store=folder / "store").rows
    return built, {str(report).removeprefix(f"{BASE}report/") for (report,) in rows}


def test_a_decision_on_a_grade_is_taken_for_the_report_of_its_id_and_no_other(tmp_path: Path) -> None:
    """Two files of one name: neither has the id that both could have."""
    one, two = two_of_one_name(tmp_path)
    for decided, hit in ((one, {one}), (two, {two}), ("fennick", set())):
        written(tmp_path, GRADE.format(decided))
        built, found = graded(tmp_path)
        assert {report.id for report in built.reports} == {one, two}
        assert found == hit
        told = [line for line in built.notices if "no report has the id fennick" in line]
        assert len(told) == (not hit)
        assert all(f"{tmp_path / '2023' / 'fennick.txt'} ({one})" in line for line in told)


@pytest.mark.parametrize("added", ["2023", "2024"])
def test_a_decision_does_not_go_over_to_a_file_that_is_added(tmp_path: Path, added: str) -> None:
    """Nor does it from one that is withdrawn."""
    ids = dict(zip(("2023", "2024"), two_of_one_name(tmp_path), strict=True))
    ((year, own),) = ((year, id) for year, id in ids.items() if year != added)
    file = tmp_path / added / "fennick.txt"
    text = file.read_bytes()
    file.unlink()
    written(tmp_path, GRADE.format(own))
    assert graded(tmp_path)[1] == {"fennick"}
    file.write_bytes(text)
    built, found = graded(tmp_path)
    assert found == {own}
    assert f"fennick: this report is {own} now; what links to it leads nowhere" in built.notices
    (tmp_path / year / "fennick.txt").unlink()
    built, found = graded(tmp_path)
    assert ({report.id for report in built.reports}, found) == ({"fennick"}, set())
    assert any("no report grades" in line for line in built.notices)


def test_a_decision_on_a_grade_is_bound_to_a_text(tmp_path: Path) -> None:
    """By the plain id, which another text may get, it is not taken: a line says what to write."""
    file = tmp_path / "fennick.txt"
    file.write_text(DISPUTED, encoding="utf-8")
    written(tmp_path, GRADE.format("fennick"))
    for _ in range(2):
        built, found = graded(tmp_path)
        (line,) = (line for line in built.notices if line.startswith("curation.toml: "))
        assert not found
        assert f"write {BASE}report/{digested(DISPUTED)}/judgement-investigating-crime" in line
    written(tmp_path, GRADE.format(digested(DISPUTED)))
    assert graded(tmp_path)[1] == {"fennick"}
    file.write_text(DISPUTED.replace("40 cases", "50 cases"), encoding="utf-8")
    built, found = graded(tmp_path)
    assert not found
    assert "another text than before has the id fennick" in built.notices
    assert any("no report grades" in line for line in built.notices)


def test_a_link_is_decided_on_by_either_id(tmp_path: Path) -> None:
    decided = Curation(follows=((f"{BASE}report/b-0123/box-1", f"{BASE}report/a/box-2"),))
    made = decided.with_reports({"b-0123": "b", "b": "b", "a": "a"}, BASE)
    assert made.follows == ((f"{BASE}report/b/box-1", f"{BASE}report/a/box-2"),)


def test_decisions_that_fit_nothing_are_told_at_each_build(tmp_path: Path) -> None:
    (tmp_path / "fennick.txt").write_text(SMALL_REPORT + "Operation Lantern helps.", encoding="utf-8")
    written(
        tmp_path,
        'same = [["Operation Lantern", "Opperation Candle"]]\ndifferent = [["Operation Lantern", "Ladder"]]\n'
        'follows = [["report:a/box-1", "report:b/box-2"]]\n[names]\n"operation:lantrn" = "Lantern"\n'
        + GRADE.format("fennick-0123456789abcdef"),
    )
    told = []
    for _ in range(2):
        built = build([tmp_path], exports=tmp_path / "exports", store=tmp_path / "store")
        told.append([line for line in built.notices if line.startswith("curation.toml: ")])
    assert told[0] == told[1]
    assert [line.split(": ")[1].split(" ")[0] for line in told[0]] == [
        "different", "no", "no", "grades", "same", "names"
    ]  # fmt: skip
    assert any('same: nothing is called "Opperation Candle"' in line for line in told[0])
    assert not any('"Operation Lantern"' in line for line in told[0])


def test_decisions_of_two_files_that_contradict_each_other_are_told_and_not_taken(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "fennick.txt").write_text(DISPUTED, encoding="utf-8")
    judgement = f'"report:{digested(DISPUTED)}/judgement-investigating-crime"'
    pair = '[["report:a/box-1", "report:b/box-2"]]'
    written(tmp_path, f'same = [["Oak", "Elm"]]\nfollows = {pair}\n[grades]\n{judgement} = "good"')
    decided = f'different = [["Elm", "Oak"]]\nnot-follows = {pair}\n[grades]\n{judgement} = "inadequate"'
    written(tmp_path / "in", decided)
    built, found = graded(tmp_path)
    told = [line.split(": ")[1] for line in built.notices if "neither is taken" in line]
    assert (told, found) == (["follows", "grades"], set())
    apart = 'same ["Oak", "Elm"] would join "Elm" and "Oak", which different keeps apart; not joined'
    assert f"curation.toml: {apart}" in built.notices
    agreed = curation_for(tmp_path / "in" / "fennick.txt").agreed
    assert agreed == Curation(different=(("Elm", "Oak"),))


OAK, ELM, ASH = (f"operation:upper-example--operation-{name}" for name in ("oak", "elm", "ash"))
THREE = SMALL_REPORT + "Operation Oak helps. Operation Elm helps. Operation Ash helps.\n"


def operations(store: Path) -> set[str]:
    rows = query("SELECT ?o { ?mention kg:refersTo ?o . ?o a kg:Operation }", store=store).rows
    return {str(iri) for (iri,) in rows}


@pytest.mark.parametrize(
    ("same", "apart", "told"),
    [
        ([["Operation Oak", "Operation Elm"]], ["operation ELM", "Operation Oak"], "Operation Oak"),
        ([["Operation Oak", "Elm"], ["elm", "Operation Elm"]], ["Operation Oak", "Operation Elm"], "elm"),
        (
            [["Operation Ash", "Operation Elm"], ["Operation Oak", "operation ash"]],
            ["OPERATION OAK", "Operation Elm"],
            "operation ash",
        ),
        ([[OAK, ELM]], ["Operation Oak", "Operation Elm"], "operation-elm"),
        ([["Operation Oak", "Operation Elm"]], [OAK, ELM], "Operation Oak"),
        ([["operation Oak", ELM]], ["Operation  Oak", "operation elm"], "operation Oak"),
        ([[OAK, ASH], [ASH, ELM]], ["Operation Oak", "Operation Elm"], "operation-elm"),
    ],
)
@pytest.mark.parametrize("text", [THREE, THREE.replace("Operation Elm helps.", "")])
def test_what_is_different_is_joined_by_no_groups(
    tmp_path: Path, same: list[list[str]], apart: list[str], told: str, text: str
) -> None:
    """Whatever is written how, and by how many groups; also in a report that has one of the two only."""
    (tmp_path / "upper.txt").write_text(text, encoding="utf-8")
    where = {"exports": tmp_path / "exports", "store": tmp_path / "store"}
    build([tmp_path], **where)
    before = operations(where["store"])
    written(tmp_path, f"same = {json.dumps(same)}\ndifferent = {json.dumps([apart])}")
    for _ in range(2):
        built = build([tmp_path], **where)
        assert operations(built.store) == before
        (line,) = (line for line in built.notices if "keeps apart; not joined" in line)
        assert told in line and all(name.rpartition(":")[2].split()[-1] in line for name in apart)


def test_names_in_another_unicode_form_are_the_same(tmp_path: Path) -> None:
    composed, apart = "Operation Môn", "Operation Mo\N{COMBINING CIRCUMFLEX ACCENT}n"
    decided = Curation(same=((composed, "Operation Oak"),), different=((apart, "operation oak"),))
    assert decided.agreed == Curation(different=decided.different)


def test_a_name_that_leads_from_one_group_to_another_in_a_report_joins_nothing_either() -> None:
    """The file alone does not tell: the report has another name for the thing."""
    alder, beech = unit(HUB, "Alder", "Birch"), unit(TEAM, "Cedar")
    groups = (("Alder", "Cedar"), ("Birch", "Dogwood"))
    made, refused = with_decisions(read(alder, beech), Curation(groups, (("Cedar", "Dogwood"),)))
    assert [e.name for e in made.entities] == ["Alder"]
    assert [line for line in refused if '"Cedar" and "Dogwood"' in line and '["Birch", "Dogwood"]' in line]


def test_what_another_folder_joins_is_told(tmp_path: Path) -> None:
    """The decisions of a folder are for the reports beside it."""
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{folder}.txt").write_text(THREE + f"It has {len(folder)} {folder}.", "utf-8")
    written(tmp_path / "x", 'same = [["Operation Oak", "Operation Elm"]]')
    written(tmp_path / "y", 'different = [["Operation Oak", "Operation Elm"]]')
    built = build([tmp_path], exports=tmp_path / "exports", store=tmp_path / "store")
    (line,) = (line for line in built.notices if "one thing in some report" in line)
    assert '"Operation Oak" and "Operation Elm"' in line and "operation-oak" in line


def test_a_preferred_name_is_not_outvoted(tmp_path: Path) -> None:
    for folder in ("x", "y", "z"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{folder}.txt").write_text(THREE + f"Report {folder} is here.", "utf-8")
    names = 'same = [["{0}", "{1}"]]\n[names]\n"{0}" = "{2}"'
    written(tmp_path / "x", names.format(OAK, ELM, "Oak (burglary)"))
    where = {"exports": tmp_path / "exports", "store": tmp_path / "store"}

    def called() -> set[str]:
        rows = query(
            "SELECT DISTINCT ?n { ?o a kg:Operation ; skos:prefLabel ?n }", store=where["store"]
        ).rows
        return {str(name) for (name,) in rows if "Oak" in str(name)}

    build([tmp_path], **where)
    assert called() == {"Oak (burglary)"}
    written(tmp_path / "y", names.format(OAK, ELM, "Oak (theft)"))
    built = build([tmp_path], **where)
    assert len(called()) == 1
    (line,) = (line for line in built.notices if line.startswith("curation.toml: names: "))
    assert '"Oak (burglary)" and "Oak (theft)", each for the reports beside its file' in line


@pytest.mark.parametrize(
    "same",
    [
        '["Kent Police", "Surrey Police"]',
        '["Kent Police", "South East Police"], ["South East Police", "Surrey Police"]',
        '["South East Police", "Surrey Police"], ["Kent Police", "South East Police"]',
    ],
)
def test_two_bodies_that_a_vocabulary_knows_are_not_joined(tmp_path: Path, same: str) -> None:
    for name in ("Kent", "Surrey"):
        text = SMALL_REPORT.replace("Upper Example", name) + "South East Police helps.\n"
        (tmp_path / f"{name.lower()}.txt").write_text(text, encoding="utf-8")
    written(tmp_path, f'same = [{same}, ["College of Policing", "the College"]]')
    built = build([tmp_path], exports=tmp_path / "exports", store=tmp_path / "store")
    rows = query("SELECT ?body { ?r a kg:Report ; kg:inspectedBody ?body }", store=built.store).rows
    assert {str(body).rpartition("/")[2] for (body,) in rows} == {"kent", "surrey"}
    told = [line for line in built.notices if "knows them as several" in line]
    assert len(told) == 1 and all(name in told[0] for name in ("Kent Police", "Surrey Police"))


def test_decisions_agree_in_one_file_however_a_thing_is_written(tmp_path: Path) -> None:
    iri = "report:a/judgement-b"
    with pytest.raises(CannotUnderstand, match="has two values"):
        written(tmp_path, f'[grades]\n"{iri}" = "good"\n"{BASE}report/a/judgement-b" = "inadequate"')
