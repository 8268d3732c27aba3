"""The chooser of slots: it adds up weights, the values of candidates, and what the figure before has."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial

from figure_helpers import figures
from figure_steps import context, q

from kg.nlp.figures import doubts_of
from kg.nlp.figures.choosing.candidates import BY_WORDS, Candidate, by_words, words_around
from kg.nlp.figures.choosing.chooser import (
    SLOTS,
    WEIGHTS,
    Proposals,
    Ranker,
    best,
    neighbours,
    number_again,
)
from kg.nlp.figures.context import Context
from kg.nlp.figures.links.links import Links


def one(value: str | None, *features: str, how: str = "stated", start: int = 0) -> Candidate[str | None]:
    return Candidate(value, how, start, start + 1, features)


def chosen(made: Context, weights: dict[str, float], *candidates: Candidate[str | None]) -> list[str | None]:
    ranker = Ranker({"source": weights})
    proposals = Proposals(lambda _: list(candidates), partial(neighbours, made, Links()))
    return [c.value for c in ranker.choose("source", made, proposals)]


TWO = context("It had 9 vans and 12 cars.", q("9 vans"), q("12 cars", value=12))


def test_the_highest_sum_of_weights_wins_and_unknown_features_weigh_nothing() -> None:
    force, other = one("force", "a", "b", "unknown"), one("other", "c")
    assert chosen(TWO, {"a": 1.0, "b": 1.0, "c": 1.5}, force, other) == ["force", "force"]
    assert chosen(TWO, {"a": 1.0, "b": 1.0, "c": 2.5}, force, other) == ["other", "other"]


def test_candidates_of_one_value_add_up_and_the_best_of_them_gives_the_words() -> None:
    candidates = [one("force", start=1), one("other", start=2), one("force", start=3)]
    assert best(candidates, [1.0, 1.2, 0.9]).start == 1
    assert best(candidates, [0.1, 1.2, 0.2]).start == 2


def test_words_that_tell_of_a_value_come_before_all_words_around_the_figure() -> None:
    told, around = one("force", "account", start=1), one("force", BY_WORDS, start=2)
    assert best([told, around], [0.5, 2.0]).start == 1
    assert best([one("other"), around], [0.5, 2.0]).start == 2


def test_a_candidate_by_words_has_them_with_its_value() -> None:
    made = context("Managers had lost 12 vans in May.", q("12 vans", value=12))
    told = words_around(made, made.sentences[0], 0)
    assert {"word.managers", "before.lost", "word.may"} <= set(told)
    made_of = by_words("force", "implied", (0, 1), ["unit.count"], told)
    assert {BY_WORDS, "=force&word.managers", f"=force&{BY_WORDS}.unit.count"} <= set(made_of.features)


def test_a_whole_goes_back_to_the_count_of_that_number() -> None:
    made = context(
        "We read 90 files. It lost 12 vans. In 84 of the 90 it did.",
        q("90 files", value=90),
        q("12 vans", value=12),
        q("84 of the 90", value=84, denominator=90),
    )
    assert number_again(made, 2, whole=True) == 0
    assert number_again(made, 2, whole=False) is None


def test_a_close_choice_is_doubtful() -> None:
    candidates = [one("force"), one("other"), one(None, how="")]
    assert best(candidates, [0.5, 0.2, 0.1]).is_doubtful
    clear = best(candidates, [3.0, 0.2, 0.1])
    assert not clear.is_doubtful and 0.85 < clear.share < 0.95


def test_what_is_doubtful_of_a_figure_is_named_and_noticed() -> None:
    found = figures("The force told us that it had 9 vans.")[0]
    close = replace(found, doubtful=("period", "attribution"))
    notices = list(doubts_of([found, close]))
    assert [(n.code, n.start, n.end) for n in notices] == [("doubtful-slot", found.start, found.end)]
    assert notices[0].message.startswith("period and attribution of “9 vans” are a close choice")
    assert notices[0].is_detail


def test_what_the_figure_before_has_speaks_for_the_same() -> None:
    force, nobody = one("force", "a"), one(None, "none", how="")
    weights = {"a": -1.0, "none": 0.0, "chain.left": 3.0}
    assert chosen(TWO, weights, force, nobody) == [None, None]
    assert chosen(TWO, weights | {"a": 1.0, "none": 0.0}, force, nobody) == ["force", "force"]


def test_the_weights_of_the_package_are_sorted_and_there_for_every_slot() -> None:
    files = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in WEIGHTS.glob("*.json")}
    assert set(files) == set(SLOTS)
    for names in files.values():
        assert list(names) == sorted(names)
        assert all(weight == round(weight, 3) != 0 for weight in names.values())


def test_the_same_text_gives_the_same_figures() -> None:
    text = "In 2022/23, the force told us that it had 9 vans. It had 4 in 2020. We found 3 of the 9 empty."
    assert figures(text) == figures(text)
