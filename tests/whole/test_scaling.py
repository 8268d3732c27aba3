"""Four times as much takes about four times as long: nothing is compared each with each.

CPU seconds of one process are compared with each other in the same run; twelve times is far from sixteen
under load, and from four too.
"""

from __future__ import annotations

import gc
import time
import zipfile
from collections.abc import Callable, Iterator
from itertools import count, islice, product
from pathlib import Path

import pytest

import kg.nlp.mentions.linking
import kg.reading.side_files
from kg.dataset.build import _digest as decisions_digest
from kg.dataset.curation.decision_graph import contradictions
from kg.dataset.curation.decisions import Curation, curation_for, joined
from kg.dataset.one_report import jobs_of
from kg.nlp import extract
from kg.nlp.structure.polarity import polarity
from kg.reading import content, document_from_text, find_reports
from kg.reading.archive import Archive

HEAD = "PEEL 2023–2025: An inspection of Upper Example Police\n"
OVERVIEW = HEAD + "Our judgments\nResponding to the public\nGood\n"
MOST = 9.0
"""Times as long for four times as much; sixteen where each is compared with each."""


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds, the better of two."""
    taken = []
    for _ in range(2):
        gc.collect()
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def words(number: int) -> Iterator[str]:
    """So many different words that are no words."""
    syllables = ["".join(pair) for pair in product("bdfgklmnprst", "aeiou")]
    return islice(map("".join, product(syllables, syllables)), number)


def units(number: int) -> str:
    """Teams that are called much alike, each with an abbreviation that others have too."""
    named = ((word.capitalize(), word[0].upper()) for word in words(number))
    return HEAD + "".join(f"The {name} Vetting Unit ({letter}VU) is a team.\n" for name, letter in named)


TEXTS: dict[str, Callable[[int], str]] = {
    "units": units,
    "headings": lambda n: (
        HEAD + "".join(f"The force should {w} better\n\nIt does now.\n\n" for w in words(n))
    ),
    "one word": lambda n: f"{HEAD}It met {'x' * 20 * n}.",
    "digits": lambda n: (
        f"{HEAD}It was 9.{'3' * (n // 10)} per 1,000 population and 12 in every 1{'0' * (n // 10)} calls.\n"
    ),
    "commas": lambda n: f"{OVERVIEW}{'1,' * 10 * n}x\n",
    "semicolons": lambda n: f"{OVERVIEW}{'a; ' * 10 * n}\n",
    "brackets": lambda n: f"{HEAD}It met (a {'(a ' * 10 * n}\n",
    "quotes": lambda n: f"{HEAD}It met {'“a” ' * 4 * n}.\n",
    "grades": lambda n: f"{OVERVIEW}{'good, ' * 4 * n}inadequate.\n",
    "names": lambda n: f"{OVERVIEW}{'Kent Police, ' * n}x\n",
    "abbreviations": lambda n: f"{HEAD}The force {'Mr. ' * 5 * n}now.\n",
    "spaces": lambda n: f"{OVERVIEW}a{' ' * 50 * n}x\n",
    "dates": lambda n: f"{HEAD}The force met {'1 March 2023, ' * n}now.\n",
    "one line": lambda n: HEAD + " ".join(f"The force {w}s well and the {w}s are better." for w in words(n)),
}


@pytest.mark.parametrize("kind", TEXTS)
def test_the_analysis_of_a_text_four_times_as_long(kind):
    extract(document_from_text(HEAD))
    few, many = (document_from_text(TEXTS[kind](n)) for n in (150, 600))
    assert seconds(lambda: extract(many)) < MOST * seconds(lambda: extract(few))


def test_a_clause_four_times_as_long():
    """Words in a row without a mark, each of which may be the verb."""
    asked = count()  # what was asked before is remembered

    def clause(number: int) -> float:
        return seconds(lambda: polarity(f"{'In paragraph 9' * number} {next(asked)}"))

    clause(10)
    assert clause(1200) < MOST * clause(300)


def test_names_are_looked_up_and_not_compared_each_with_each(monkeypatch):
    compared: list[int] = []
    shortens = kg.nlp.mentions.linking.shortens
    monkeypatch.setattr(
        kg.nlp.mentions.linking, "shortens", lambda some, others: compared.append(1) or shortens(some, others)
    )
    counts = []
    for number in (30, 120):
        compared.clear()
        extract(document_from_text(units(number)))
        counts.append(len(compared))
    assert 0 < counts[1] <= 5 * counts[0]


def test_an_abbreviation_of_many_names_is_found_once_at_each_place(monkeypatch):
    found: list[int] = []
    find_acronyms = kg.nlp.mentions.find_acronyms

    def counted(text, resolved):
        candidates = find_acronyms(text, resolved)
        found.append(len(candidates))
        return candidates

    monkeypatch.setattr(kg.nlp.mentions, "find_acronyms", counted)
    for number in (30, 120):
        extract(document_from_text(units(number)))
    assert found == [30, 120]


def zipped(folder: Path, members: int) -> Path:
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        for at in range(members):
            archive.writestr(f"{at}.txt", f"Words of {at}")
    return folder


def test_each_archive_is_opened_as_often_however_many_members_it_has(tmp_path, monkeypatch):
    opened = []
    init = Archive.__init__
    monkeypatch.setattr(Archive, "__init__", lambda self, data: opened.append(1) or init(self, data))
    counts = []
    for members in (10, 40):
        opened.clear()
        (tmp_path / str(members)).mkdir()
        found, _ = find_reports(zipped(tmp_path / str(members), members))
        assert len(found) == members
        for one in found:
            content(one.file)
        counts.append(len(opened))
    assert counts[0] == counts[1] <= 2


def test_a_side_file_is_read_once_however_many_reports_stand_beside_it(tmp_path, monkeypatch):
    for name in ("catalogue.toml", "curation.toml"):
        (tmp_path / name).write_text("")
    for at in range(20):
        (tmp_path / f"{at}.txt").write_text(f"Words of {at}")
    read: list[str] = []
    load = kg.reading.side_files.load
    monkeypatch.setattr(
        kg.reading.side_files, "load", lambda path, limits: read.append(path.name) or load(path, limits)
    )
    jobs = jobs_of(find_reports(tmp_path)[0], "https://kg.example/")
    assert (len(jobs.copies), jobs.unusable, jobs.doubts) == (20, [], [])
    assert sorted(read) == ["catalogue.toml", "curation.toml"]


def test_decisions_are_not_compared_each_with_each(tmp_path):
    def written(pairs: int) -> Callable[[], Curation]:
        folder = tmp_path / str(pairs)
        folder.mkdir(exist_ok=True)
        same = ", ".join(f'["a {at}", "b {at}"]' for at in range(pairs))
        different = ", ".join(f'["c {at}", "d {at}"]' for at in range(pairs))
        follows = ", ".join(f'["https://kg.example/{at}", "https://kg.example/x{at}"]' for at in range(pairs))
        (folder / "curation.toml").write_text(
            f"same = [{same}]\ndifferent = [{different}]\nfollows = [{follows}]\n"
            f"not-follows = [{follows.replace('example/x', 'example/y')}]\n"
        )
        return lambda: curation_for(folder / "a.txt")

    few, many = written(300), written(1200)
    assert seconds(many) < MOST * seconds(few)


def test_chains_of_groups_that_join_what_is_different_are_told_in_one_line(tmp_path):
    def chained(length: int) -> Callable[[], list[str]]:
        same = tuple((f"a {at}", f"a {at + 1}") for at in range(length))
        apart = tuple((f"a {at}", f"a {length - at}") for at in range(length // 2))
        return lambda: contradictions([Curation(same, apart)])

    assert len(chained(1000)()) == 1
    assert seconds(chained(4000)) < MOST * seconds(chained(1000))


@pytest.mark.parametrize("work", [decisions_digest, joined, contradictions])
def test_files_of_decisions_are_not_copied_for_each_other(work):
    def decided(number: int) -> list[Curation]:
        def pairs(at: int, key: str) -> tuple[tuple[str, str], ...]:
            return tuple((f"https://kg.example/{at}/{key}{n}", f"{key}{at}-{n}") for n in range(5))

        kinds = ("same", "different", "follows", "not_follows", "names", "grades")
        return [Curation(**{key: pairs(at, key) for key in kinds}) for at in range(number)]

    small, large = decided(400), decided(1600)
    assert seconds(lambda: work(large)) < MOST * seconds(lambda: work(small))
