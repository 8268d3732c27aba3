"""Every rule of ``kg/nlp/patterns``: its keys, its precedence, what it fires on and what it leaves alone."""

from __future__ import annotations

import ast
import json
import random
import re

import pytest
from jsonschema import Draft202012Validator

from kg.model.errors import CannotUnderstand
from kg.nlp import extract
from kg.nlp.rules import pattern_files
from kg.nlp.rules.pattern_files import (
    Rule,
    expanded,
    load_patterns,
    one_of,
    pattern,
    rules,
    word_lists,
    words,
)
from kg.reading import document_from_text

FILES = sorted(path.stem for path in pattern_files.FOLDER.iterdir())
RULES = [rule for file in FILES for rule in rules(file)]
SCHEMA = json.loads((pattern_files.FOLDER.parent / "rules" / "rule.schema.json").read_text(encoding="utf-8"))
GRADES = "(?:outstanding|good|adequate|requires improvement|inadequate)"


def name(rule: Rule) -> str:
    return f"{rule.file}:{rule.id}"


def matches(rule: Rule, text: str) -> bool:
    """Whether a rule takes a text: a fragment the whole of it, a list has an entry as words of it, the
    finder of mentions finds a name that the head noun heads."""
    if rule.kind == "fragment":
        return re.fullmatch(expanded(rule), text, re.IGNORECASE) is not None
    if rule.kind == "words":
        entries = one_of(word_lists(rule.file)[rule.id])
        return re.search(rf"(?<!\w){entries}(?!\w)", text, re.IGNORECASE) is not None
    if rule.kind == "heads":
        report = document_from_text(f"Cheshire Constabulary\n\nThe force has a {text} that works well.\n")
        return rule.id in {mention.pattern for mention in extract(report).mentions}
    return re.search(expanded(rule).replace("GRADES", GRADES), text, re.IGNORECASE) is not None


@pytest.mark.parametrize("file", FILES)
def test_the_lines_of_a_file_are_as_the_schema_says(file):
    validator = Draft202012Validator(SCHEMA)
    for line in (pattern_files.FOLDER / f"{file}.jsonl").read_text(encoding="utf-8").splitlines():
        validator.validate(json.loads(line))


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_a_rule_fires_on_its_examples(rule):
    assert [text for text in rule.fires if not matches(rule, text)] == []


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_a_rule_is_silent_on_its_near_misses(rule):
    assert [text for text in rule.silent if matches(rule, text)] == []


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of rule files of the test's own."""
    monkeypatch.setattr(pattern_files, "FOLDER", tmp_path)
    caches = [
        c for c in vars(pattern_files).values() if hasattr(c, "cache_clear") and c.__name__ != "_schema"
    ]
    for cached in caches:
        cached.cache_clear()
    number = WHY | {"id": "NUM", "fragment": r"\d+|<NUMBERWORD>"}
    (tmp_path / "fragments.jsonl").write_text(json.dumps(number), encoding="utf-8")
    yield tmp_path
    for cached in caches:
        cached.cache_clear()


WHY = {"for": "a test", "fires": ["a"], "silent": ["b"]}


def write(folder, *entries):
    lines = "".join(json.dumps(WHY | entry) + "\n" for entry in entries)
    (folder / "some.jsonl").write_text(lines, encoding="utf-8")


def test_the_order_of_lines_means_nothing():
    for file in FILES:
        wanted = [rule.id for rule in rules(file)]
        lines = (pattern_files.FOLDER / f"{file}.jsonl").read_text(encoding="utf-8").splitlines()
        random.Random(8).shuffle(lines)
        found = [pattern_files._rule(file, at, line) for at, line in enumerate(lines, 1)]
        assert [rule.id for rule in sorted(found, key=pattern_files.precedence)] == wanted


def test_a_lower_order_comes_first_and_rules_without_one_last(folder):
    write(
        folder,
        {"id": "late", "regex": "a"},
        {"id": "second", "order": 20, "regex": "a"},
        {"id": "first", "order": 10, "regex": "a"},
    )
    assert [p.id for p in load_patterns("some")] == ["first", "second", "late"]


def test_a_regex_names_fragments_of_its_file_shared_ones_and_numbers_in_words(folder):
    write(
        folder,
        {"id": "cases", "regex": "<COUNT> cases"},
        {"id": "COUNT", "fragment": "about <NUM>"},
    )
    assert pattern("some", "cases").search("in about forty-two cases")


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"id": "a", "regex": "b", "colour": "red"}, "some.jsonl, line 2: unknown key colour"),
        ({"id": "a"}, "some.jsonl, line 2: needs exactly one of regex, fragment, words, heads"),
        ({"regex": "b"}, "some.jsonl, line 2: needs id"),
        ({"id": "a", "regex": "b", "for": 1}, "some.jsonl, line 2: for must be of type string"),
        ({"id": "a", "regex": "b", "order": "1"}, "some.jsonl, line 2: order must be of type integer"),
        ({"id": "first", "regex": "b"}, "some.jsonl, line 2: the id first is there twice"),
        ({"id": "a", "regex": "b", "order": 1}, "some.jsonl, line 2: the order 1 is there twice"),
        ({"id": "a", "regex": "("}, "some.jsonl, line 2: missing"),
        ({"id": "a", "regex": "<NOTHING>"}, "some.jsonl, line 2: there is no fragment <NOTHING>"),
        ({"id": "NUM", "fragment": "b"}, "some.jsonl: NUM is a fragment of fragments.jsonl already"),
        ({"id": "A", "fragment": "<A>"}, "some.jsonl, line 3: <A> is inside itself"),
    ],
)
def test_what_is_no_rule_is_refused_with_file_and_line(folder, entry, message):
    write(folder, {"id": "first", "order": 1, "regex": "a"}, entry, {"id": "uses", "regex": "<NUM><A>"})
    with pytest.raises(CannotUnderstand, match=re.escape(message)):
        load_patterns("some")


def test_a_rule_without_examples_is_refused(folder):
    line = json.dumps({"id": "a", "regex": "b", "for": "nothing"})
    (folder / "some.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(CannotUnderstand, match=r"some\.jsonl, line 1: needs fires, silent"):
        load_patterns("some")


def test_what_is_looked_up_must_be_there(folder):
    write(folder, {"id": "list", "words": ["a"]})
    assert words("some", "list") == ("a",)
    for look_up in (pattern, words):
        with pytest.raises(CannotUnderstand, match=r"some\.jsonl has no rule else"):
            look_up("some", "else")


def looked_up() -> set[tuple[str, str, str]]:
    """(function, file, id) of every look-up of a rule whose file and id stand in the code."""
    found = set()
    for path in pattern_files.FOLDER.parent.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        constants = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            name = getattr(node.func, "id", None) if isinstance(node, ast.Call) else None
            if name not in ("pattern", "words", "word_set") or len(node.args) != 2:
                continue
            known = [
                constants.get(each.id) if isinstance(each, ast.Name) else getattr(each, "value", None)
                for each in node.args
            ]
            if all(isinstance(each, str) for each in known):
                found.add((name, *known))
    return found


LOOKED_UP = sorted(looked_up())


def test_look_ups_are_found_in_the_code():
    assert len(LOOKED_UP) > 100


@pytest.mark.parametrize(("function", "file", "identifier"), LOOKED_UP)
def test_every_rule_that_code_looks_up_by_name_is_there(function, file, identifier):
    assert getattr(pattern_files, function)(file, identifier)


def asked_by_id() -> list[str]:
    """Comparisons of a rule’s id, or of the one that a record carries, with a string in the code."""
    found = []
    for path in pattern_files.FOLDER.parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Compare):
                sides = [node.left, *node.comparators]
            elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("startswith", "endswith"):
                sides = [node.func.value, *node.args]
            else:
                continue
            asked = any(getattr(side, "attr", "") in ("id", "pattern") for side in sides)
            strings = [c for side in sides for c in ast.walk(side) if isinstance(c, ast.Constant)]
            if asked and any(isinstance(constant.value, str) for constant in strings):
                found.append(f"{path.name}, line {node.lineno}: {ast.unparse(node)}")
    return found


def test_no_code_asks_for_the_id_of_a_rule():
    assert asked_by_id() == []
