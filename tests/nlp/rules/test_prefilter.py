"""A quick look spares searches and changes nothing of what is found."""

from __future__ import annotations

import re

import pytest

from kg.nlp.rules.pattern_files import FOLDER, Pattern, load_patterns
from kg.nlp.rules.prefilter import PrefilteredText, literals_of, lowered, may_match

TEXT = """The Force's review
In the year ending 31 March 2023, 1,204 of 2,000 officers (60 per cent) needed training.
The constabulary should make sure that Operation Lantern meets the Care Act 2014.

It has\tto do more: Harbour City Council and the University of Example agreed
to a 5 percentage point fall, from £1.3m to £900,000."""
FILES = ("figure-attribution", "figure-change", "figure-exclusions", "figure-forms", "mention-forms",
         "mention-places", "figure-periods")  # fmt: skip


def _all_patterns() -> list[Pattern]:
    assert all((FOLDER / f"{name}.jsonl").is_file() for name in FILES)
    return [pattern for name in FILES for pattern in load_patterns(name)]


@pytest.mark.parametrize("text", [TEXT, TEXT.upper(), TEXT * 3, "", "\n", TEXT.replace("i", "\u0130")])
def test_a_prefiltered_text_gives_the_matches_of_the_expression(text: str) -> None:
    hay = PrefilteredText(text)
    for pattern in _all_patterns():
        expected = [match.span() for match in pattern.regex.finditer(text)]
        assert [match.span() for match in hay.finditer(pattern.regex)] == expected, pattern.id


@pytest.mark.parametrize(
    ("regex", "sets"),
    [
        ("needs? to", (("need",), (" to",))),
        ("(?:must|should) act", ((" act",), ("must", "should"))),
        ("(?:must|should)?x", ()),
        ("(?:ab)*", ()),
        ("(?:ab|[cd])", ()),
        (r"(?=.*care)\w+", (("care",),)),
        (r"(?!care)\w+", ()),
        ("needs|need|needing", (("need",),)),
        ("caf\u00e9s", (("caf",),)),
        ("(?:in )?(?P<whole>need)s", (("needs",),)),
        ("(?:need){0,2}act(?:ion)+", (("act",), ("ion",))),
        (r"\d{2,}(?: of){1}[^a-z)]\$", ((" of",),)),
        (r"(?-i:Act) \u2013 [\]x]it", (("act \u2013 ",), ("it",))),
        (r"(?:a|)bc", (("bc",),)),
        (r"(?P<a>need)s(?P=a)", ()),
        (r"(need)?(?(1)s|es)", ()),
    ],
)
def test_the_words_of_an_expression_are_in_each_of_its_matches(
    regex: str, sets: tuple[tuple[str, ...], ...]
) -> None:
    assert literals_of(re.compile(regex)).sets == sets


@pytest.mark.parametrize(
    "regex", [r"the\sforce", "the[^.]force", "(?s)the.force", "^the", "the$", r"the\W", "the\n"]
)
def test_an_expression_that_may_see_a_line_break_is_not_kept_to_lines(regex: str) -> None:
    assert not literals_of(re.compile(regex)).in_line


@pytest.mark.parametrize("regex", [r"\bthe force\b", r"the .+ force", r"the [^\n.]+ force", r"the (?i:\w+)"])
def test_an_expression_without_line_breaks_is_kept_to_lines(regex: str) -> None:
    assert literals_of(re.compile(regex)).in_line


@pytest.mark.parametrize("odd", ["\u017fhould", "\u212aent", "\u0131s", "\u0130s"])
def test_letters_of_odd_case_are_searched_for_as_the_expression_does(odd: str) -> None:
    regex = re.compile("should|kent|is", re.IGNORECASE)
    assert lowered(odd) is None and may_match(regex, lowered(odd))
    assert [m[0] for m in PrefilteredText(odd).finditer(regex)] == [m[0] for m in regex.finditer(odd)]
