"""Of how many a share is, where the text says so elsewhere."""

from __future__ import annotations

import pytest
from figure_helpers import figures

from kg.model.records import Section


def samples(text: str, sections: tuple[Section, ...] = ()) -> dict[str, str | None]:
    """The words of each share with those of its sample."""
    found = figures(text, sections=sections)
    return {f.text: None if f.sample is None else found[f.sample].text for f in found if f.kind == "share"}


ASKED = "We received 412 responses to our survey."


@pytest.mark.parametrize(
    ("text", "share", "sample"),
    [
        (f"{ASKED}\nOf those surveyed:\n- 81.5 percent agreed.", "81.5 percent", "412 responses"),
        (f"{ASKED}\nIn our survey, 12 percent (49 of 412) agreed.", "49 of 412", "412 responses"),
        # another survey, and a part of those who could have answered
        (f"{ASKED}\nThe council ran a survey too. Of respondents, 30 percent felt safe.", "30 percent", None),
        ("We received 412 responses to our survey, which is 5 percent of staff.", "5 percent", None),
        ("We listened to 30 calls and heard call handlers do so in 29 of them.", "29 of them", "30 calls"),
        # as many of something else
        ("We listened to 50 calls.\nWe saw a plan in 44 of 50 cases.", "44 of 50 cases", None),
    ],
)
def test_a_share_leads_to_its_sample(text: str, share: str, sample: str | None) -> None:
    assert samples(text)[share] == sample


def test_a_survey_of_another_section_is_no_sample() -> None:
    text = f"Views\n{ASKED}\nCalls\nOf those surveyed, 30 percent were unhappy."
    second = text.index("Calls")
    sections = (Section("a", "Views", 1, 0, second, None), Section("b", "Calls", 1, second, len(text), None))
    assert samples(text, sections) == {"30 percent": None}


def test_how_the_sample_is_known_is_said_with_its_words() -> None:
    text = f"{ASKED}\nOf those surveyed:\n- 81.5 percent agreed that they are supported."
    [known] = [k for f in figures(text) for k in f.known if k.slot == "sample"]
    assert (known.how, text[known.start : known.end]) == ("carried", "412 responses")
    text = "We listened to 30 calls and heard call handlers ask about risk in 29 of them."
    assert [k.how for f in figures(text) for k in f.known if k.slot == "sample"] == ["stated"]
