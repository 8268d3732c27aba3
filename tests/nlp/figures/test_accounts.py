"""Accounts: who tells, reads, asks or has data, by the subject of the verb or the owner of the data."""

from __future__ import annotations

import pytest
from figure_steps import context, q

from kg.nlp.figures.accounts import accounts_in
from kg.nlp.figures.links.topic_chains import find_topic_chains

FORCE, US, OFFICIAL, SURVEY, OTHER = "force", "inspectorate", "official-statistics", "survey", "other"


def told(text: str) -> list[tuple[str, str]]:
    """How each account of the first sentence is given, and its source."""
    made = context(text)
    return [(account.how, account.value) for account in accounts_in(made, made.sentences[0])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Managers told us that nine had left.", [("tells", FORCE)]),
        ("Staff at four stations told us of nine.", [("tells", US)]),
        ("Its manager, who came in May, told us of nine.", [("tells", FORCE)]),
        ("A manager at Tern Council said that nine had left.", [("tells", OTHER)]),
        ("One woman, aged 34, told inspectors of nine.", [("tells", OTHER)]),
        ("HM Inspector of Constabulary Ann Low said that nine had left.", [("tells", US)]),
        ("The Home Office says that nine had left.", [("tells", OFFICIAL)]),
        ("In the Office for National Statistics’ survey, most agreed.", [("has", OFFICIAL)]),
        ("The scrutiny panel viewed 72 recordings.", [("reads", OTHER)]),
        ("Our case file review covered 90 crimes.", [("has", US), ("reads", US)]),
        ("By its own reckoning, the saving is £2m.", [("has", FORCE)]),
        ("It fell by nine in the judgment of the University of Harwick.", [("given", OTHER)]),
        ("Work had been put at £185,000 by the constabulary in 2019.", [("given", FORCE)]),
        ("A check by the National Police Chiefs’ Council had nine.", [("given", OTHER)]),
        ("A survey by the council found nine.", [("given", SURVEY)]),
        ("The charity, which helps them, is of the opinion that nine are lost.", [("tells", OTHER)]),
        ("The finance department figures are nine.", [("has", FORCE)]),
        ("The regional organised crime unit (ROCU) tells us of nine.", [("tells", OTHER)]),
        ("The council’s evaluation covered it.", [("has", OTHER)]),
        ("In the staff survey, which drew 431 replies, most agreed.", [("asks", SURVEY)]),
        ("The chart (source: the force) has two lines.", [("given", FORCE)]),
        ("The head of custody told us that nine had left.", [("tells", FORCE)]),
        ("Nine had left, the finance director estimates.", [("tells", FORCE)]),
        ("The assistant chief constable informed us that nine had left.", [("tells", FORCE)]),
        ("We were told by sergeants that nine had left.", [("given", US)]),
        ("According to the desk’s monthly return, nine had left.", [("has", FORCE)]),
        ("The force’s use of force dashboard lists nine.", [("has", FORCE)]),
        ("Its auditors, Low and Wren LLP, warned of nine.", [("tells", OTHER)]),
        ("The safeguarding partnership says that nine had left.", [("tells", OTHER)]),
        ("Our data from 31 March 2023 shows that the force’s use of it has grown.", [("has", US)] * 2),
        ("Data from the force shows that the council’s use of it has grown.", [("given", FORCE)]),
        ("An internal review found that nine had left.", [("tells", FORCE)]),
        ("According to its workforce strategy, nine will leave.", [("given", FORCE)]),
        ("It rose to nine, according to data from fire control.", [("given", FORCE)]),
        ("The University of Coombe calculated that nine had left.", [("tells", OTHER)]),
        ("A surveyor advised in May 2015 that it is worth £4m.", [("tells", OTHER)]),
        ("The Home Office average is nine days.", [("has", OFFICIAL)]),
        ("Nine of these callers weren’t told.", []),
        ("Better recording explains nine of them.", []),
        ("That explains nine of them, in the force’s view.", [("has", FORCE)]),
        ("We asked 18 crew commanders about it.", [("asks", US)]),
        ("We surveyed 240 firefighters.", [("asks", SURVEY)]),
        ("Ansley Refuge, a charity, told us that nine had left.", [("tells", OTHER)]),
        ("Tern Council, for its part, says that nine had left.", [("tells", OTHER)]),
        ("It takes nine days, said the head of public protection.", [("tells", FORCE)]),
        ("It takes nine days, says the Ansley Advice Network, which trains them.", [("tells", OTHER)]),
        ("Custody visitors reported to the commissioner that nine had left.", [("tells", OTHER)]),
        ("The treasurer to the commissioner warned us of nine.", [("tells", OTHER)]),
        ("An internal audit of 90 cases in May found nine.", [("tells", FORCE)]),
        ("A review of 30 cases by the charity Safe Harbour judged nine.", [("given", OTHER)]),
        ("On 1 April 2024 the force’s records held nine.", [("has", FORCE)]),
        ("The custody dashboard shows nine.", [("tells", FORCE)]),
        ("Investigators spoke of having up to 30 cases.", [("tells", US)]),
        ("The local councils reported 611.", [("tells", OTHER)]),
        ("The strategic change board oversees 14 projects.", []),
        ("Managers must say why.", []),
        ("The service answered calls quickly.", []),
        ("Investigators in the rape and serious sexual offences team told us of nine.", [("tells", US)]),
        ("Custody staff thought that nine had left.", [("tells", US)]),
        ("Staff from the Probation Service told us that nine had left.", [("tells", OTHER)]),
        ("Officers found what they were looking for in nine searches.", []),
        ("Call handlers had told only nine victims.", []),
        ("A chief inspector told us that nine had left.", [("tells", FORCE)]),
        ("Our auditors had looked at 90 reports.", [("reads", US)]),
        ("HMICFRS data returns put this at 15.1 percent.", [("has", US), ("tells", US), ("puts", US)]),
        ("The council’s director of children’s services told us that nine had left.", [("tells", OTHER)]),
        ("Table 1 gives the finance and estates department’s plans.", [("has", FORCE)]),
        ("These are the force’s own figures.", [("has", FORCE)]),
        ("The force has 236 detectives and says that it needs 310.", [("tells", FORCE)]),
        ("The force had added 71 officers.", []),
    ],
)
def test_the_subject_of_a_verb_or_the_owner_of_data_gives_the_account(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Low Valley Trust says that nine came. It adds that the force sent two.", [OTHER, OTHER]),
        ("Headteachers told us of nine. In May, they said, there were two.", [OTHER, OTHER]),
        ("Detectives told us of nine. They added that two had left.", [US, US]),
        ("The panel wrote to us. Its chair said that nine had left.", [OTHER, OTHER]),
        ("The force has cut its waits. It says that nine are left.", [FORCE]),
        ("Calder Forensic Care employs 22. It told us that nine had left.", [OTHER]),
        ("A charity, Doorway Ansley, gives vouchers; it says that it gave nine.", [OTHER]),
        ("A superintendent leads custody. He told us that nine had left.", [FORCE]),
        ("CareBridge provides nurses. Its contract report says nine.", [OTHER] * 3),
        ("In Salt Harbour, waits are long. It says that nine are left.", [FORCE]),
        ("Operation Tinder began in May. It is said to have cost nine.", []),
        ("It was said that nine had left.", []),
        ("Nobody told us of the nine.", []),
    ],
)
def test_a_pronoun_goes_back_to_whoever_gave_the_account_before(text: str, expected: list[str]) -> None:
    made = context(text)
    assert [a.value for s in made.sentences for a in accounts_in(made, s)] == expected


@pytest.mark.parametrize(
    ("text", "size", "speaker"),
    [
        ("The scrutiny panel viewed 72 recordings.", "72 recordings", OTHER),
        ("Its audit of 200 files was thorough.", "200 files", FORCE),
        ("Low Research, which asked 1,048 residents, found most content.", "1,048 residents", SURVEY),
        ("Our review covered 90 crimes.", "90 crimes", US),
    ],
)
def test_who_read_or_asked_a_sample_says_what_was_found_in_it(text: str, size: str, speaker: str) -> None:
    assert {s.speaker for s in find_topic_chains(context(text, q(size))).opening.values()} == {speaker}
