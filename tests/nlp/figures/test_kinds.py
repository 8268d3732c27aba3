"""What kind of number each figure is: kind, sign, bound and complement, from the words around the number."""

from __future__ import annotations

import pytest
from figure_helpers import figures

KINDS = [
    # sizes of changes, with the sign that their words give
    ("Domestic burglary fell by 27.6 percent from 21,542 to 15,590.", "change- level level"),
    ("The force has 672 fewer officers than it had in 2010.", "change-"),
    ("It recorded 3,418 incidents, a 4 percent increase on the previous year.", "level change+"),
    (
        "Victim-based crime rose by 4 per cent; the rise in England and Wales was 8 per cent.",
        "change+ change+",
    ),
    ("Crime rose by 4 percent, compared with 8 percent in England and Wales.", "change+ change+"),
    ("The precept rose by £15 in April 2023.", "change+"),
    ("The number of officers rose from 702 to 811, or by 15.5 percent.", "level level change+"),
    ("It lost 312 officers between 2010 and 2019.", "change-"),
    ("Each year, the operation brings an extra 60 officers to the resorts.", "change+"),
    ("That was 23 seconds quicker than in the previous year.", "change-"),
    ("Demand grew by 4 to 6 percent.", "change+ change+"),
    ("The force recovered £2.4m under the Proceeds of Crime Act 2002.", "level"),
    ("Of 41 files, 12 were more than a year old.", "level share"),
    ("Burglary went up by 14 percent and robbery by 9 percent.", "change+ change+"),
    ("The force recruited 120 officers and lost 96.", "level change-"),
    ("Violence rose 3 percent, robbery 7 percent and burglary 1 percent.", "change+ change+ change+"),
    ("It recorded 812 hate crimes, 9.5 percent up on the year before.", "level change+"),
    ("Average sickness was 11.2 days for each officer, 2.1 days more than in 2020/21.", "level change+"),
    ("Overtime came to £2.1m in 2021/22, £0.4m over budget.", "level difference+"),
    ("The wait fell by 11 minutes, from 47 minutes to 36.", "change- level level"),
    ("The share was 7.2 percent, so the force has gained 0.6 percentage points.", "share change+"),
    ("An evaluation puts the fall in repeat calls at 22 per cent.", "change-"),
    ("It will raise the police share of council tax for a band D home by £9.", "change+"),
    # gaps between two things at one time
    ("The gap between the two groups widened to 14 percentage points.", "level difference"),
    ("The rate was 3 percentage points higher than in England and Wales.", "difference+"),
    ("Its score was 2 points below the national average.", "difference-"),
    ("Its average was 18 days longer than the revised national target of last year.", "difference+"),
    (
        "It takes 476 days, which is better than the national average of 628 days by 152 days.",
        "level level difference",
    ),
    ("It was 17 percentage points higher than the average for England at 31 March 2014.", "difference+"),
    # parts of a whole
    ("In the year, the force answered 84.1 percent of 999 calls within ten seconds.", "share"),
    ("We reviewed 60 police case files. In 41 of them, there was a plan.", "sample share"),
    ("One in five cases ended because the victim did not support police action.", "share"),
    ("Of the 16 change projects under way, only 6 had a business case.", "level share"),
    ("In 41 of 88 cases there was a plan and 22 had an end date.", "share share"),
    ("We examined 90 investigations. Supervision was effective in 51 (57%).", "sample share share"),
    ("We read 12 files; the remaining seven were too complex.", "sample share"),
    ("All 214 schools in the area hear of it.", "level"),
    ("It answered 70 of the 84 emails. In the remaining 14 cases, nobody did.", "share share"),
    ("There was a plan in 12 of 40 cases, and it was late in a further 9.", "share share"),
    ("The unit had 14 vetting officers, out of an establishment of 22.", "share level"),
    ("At noon, 190 incidents were open; 52 involved a child.", "level share"),
    ("Twelve officers went before a hearing, and five were dismissed.", "level share"),
    ("It recruited 120 officers in 2021, and 96 in 2022.", "level level"),
    ("The team gained nine posts, but four of the new sergeants are acting.", "change+ share"),
    ("We reviewed 70 files. Of these:\n• 62 had a plan;\n• 41 were late.", "sample share share"),
    ("We read 45 files. There were delays. Supervision was absent in 19 files.", "sample share"),
    ("We spoke to 61 officers, and only four remembered the training.", "sample share"),
    ("It plans to spend 81 pence of every pound on pay.", "share"),
    ("During the year, 44 officers resigned (2.1 percent of the total).", "level share"),
    # how many were looked at or asked
    ("Riverside Research, which asked 940 residents in June, found support.", "sample"),
    ("The force surveyed its people in May, and 1,870 replied.", "sample"),
    ("It was sent 40 more officers.", "change+"),
    ("Its neighbourhood teams:\n• held 412 street meetings; and\n• made 90 visits.", "level level"),
    ("Our inspectors came in May. They:\n• interviewed 31 officers; and\n• read 9 logs.", "sample sample"),
    ("We:\n• held 12 reality tests; and\n• interviewed 31 officers.", "sample sample"),
    # per something, times as many, order
    ("There were 9.0 crimes per 1,000 population.", "rate"),
    ("Firefighter cost per head of population was £26.14 in 2022/23.", "rate"),
    ("A household in band D pays £74.90 for its fire service.", "rate"),
    ("Firefighters cost each resident £21.18; across England the figure was £22.38.", "rate rate"),
    ("There were 12 files with delays of more than a month.", "level"),
    ("The contact desk dealt with 3,300 messages a month in 2023.", "level"),
    ("Each officer manages 44 registered sex offenders, compared with 61 in 2021.", "level level"),
    ("Trainees carry between 22 and 30 cases each.", "level level"),
    ("Sickness cost the service 9.4 days for each firefighter.", "level"),
    ("It spends £203 for each resident, £15 below the average for England (£218).", "rate difference- rate"),
    ("Callers in the west were 5.3 percentage points less likely to be told.", "difference-"),
    ("The wait has lengthened by 12 minutes, to 51 minutes.", "change+ level"),
    ("Officer numbers were cut by 12 percent and those of staff by 8 percent.", "change- change-"),
    ("The force underspent its budget of £121m by £0.8m, or 0.7 percent.", "level difference- difference-"),
    ("It manages 964 offenders, 52 more than at the time of our inspection.", "level change+"),
    ("Sergeants are often two detention officers short of the number they need.", "difference-"),
    (
        "We interviewed 74 staff, held 12 focus groups and visited 9 of its 21 stations.",
        "sample sample sample",
    ),
    ("We examined 92 case files, together with 20 community resolutions.", "sample sample"),
    ("Of 310 checks that we timed, 40 were late.", "sample share"),
    ("Of the 36 records of searches in our sample, 31 had reasonable grounds.", "sample share"),
    ("About 4,600 crimes went unrecorded in a year.", "level"),
    ("Black people were 2.9 times as likely to be stopped as White people.", "ratio"),
    ("The charge rate was the fifth highest of all forces.", "rank"),
    # what was looked at
    ("We examined 48 incident logs and 25 case files.", "sample sample"),
    ("We selected 100 cases to review, including at least 20 that had been closed.", "sample sample"),
    ("We examined 96 cases, 12 of which ended in a community resolution.", "sample share"),
    ("A skills audit covered 660 officers.", "sample"),
    ("Of the 203 people who answered our staff survey, 35 had been bullied.", "sample share"),
    ("There were 137 outstanding warrants when we visited.", "level"),
    ("The team was seven inspectors and two additional inspectors.", "level"),
    ("The force has 8,626 officers and a budget of £688m.", "level level"),
]


@pytest.mark.parametrize(("text", "kinds"), KINDS)
def test_a_number_has_its_kind_and_sign(text: str, kinds: str) -> None:
    assert [figure.kind + (figure.sign or "") for figure in figures(text)] == kinds.split()


BOUNDS = [
    ("The service has about 418,000 residents.", "about"),
    ("Nearly one in five cases ended in this way.", "about"),
    ("She supports the 60 or so women who come.", "about"),
    ("The force has at least 40 detectives.", "at-least"),
    ("Officers had 30 or more crimes each.", "at-least"),
    ("It has well over 200 officers.", "at-least"),
    ("Each had up to four other roles.", "at-most"),
    ("The force manages under 4 percent of calls in this way.", "at-most"),
    ("The force recorded 18.2 percent fewer crimes than in 2022.", "exact"),
    ("The force received complaints about 12 officers.", "exact"),
    ("I wrote to the chief constable about the two causes of concern.", "exact"),
    ("The prison terms add up to 163 years.", "exact"),
]


@pytest.mark.parametrize(("text", "bound"), BOUNDS)
def test_a_number_is_as_exact_as_the_words_before_and_behind_say(text: str, bound: str) -> None:
    assert next(figure.bound for figure in figures(text)) == bound


def test_a_comparison_gives_no_bound() -> None:
    found = figures("The rate is 5 percentage points more than 12 percent.")
    assert [figure.bound for figure in found] == ["exact", "exact"]


OPPOSITES = [
    ("Call handlers failed to give advice on evidence in 9 of 16 cases.", [True]),
    ("Of the 80 cases that we examined, 22 had no record of contact.", [False, True]),
    ("There was no investigation plan in 29 of the 68 cases.", [True]),
    ("There was a plan in 29 of the 68 cases.", [False]),
    ("They failed to give advice on evidence in 9 of 16 cases, and on prevention in 10 of 23.", [True, True]),
    ("The handler missed signs in 12 of the 70 calls, but kept callers informed in 51.", [True, False]),
    ("Photographs were missing from 19 of the 40 files.", [True]),
    ("It closed 24 percent of crimes because the victim didn’t support further action.", [False]),
    ("In the year, 26 children went missing from care.", [False]),
    ("The missing and absent unit has 14 officers.", [False]),
    ("Supervision was absent in 14 of 40 files.", [True]),
    ("The force didn’t tell us why 45 officers left.", [False]),
    ("Although it hasn’t finished, the project has trained 300 officers.", [False]),
    ("In nine of the 30 cases, nobody had told the victim.", [True]),
    ("The force doesn’t know why, and 45 percent of officers feel tired.", [False]),
    # who waits, an outcome by its name, what is said of something else
    ("On 4 May, 318 incidents had no officer assigned to them.", [False]),
    ("Crimes in which the victim did not support further action made up 14 percent.", [False]),
    ("The trust has 12 nurses and no vacancies.", [False]),
    ("In 24 cases a form hadn’t been sent, and in 3 cases we thought the force excessive.", [True, False]),
    ("It was effective in 31 of the 60 cases and absent in the remaining 29.", [False, True]),
    # the percentage that a part is stands between it and its predicate
    ("Of the 118 incidents, 31 (26 percent) weren’t attended in time.", [False, True, True]),
    ("On 3 May, 274 members of staff, or 11 percent, didn’t have current vetting.", [True, True]),
    ("Between 30 and 35 percent hadn’t been audited.", [True, True]),
    ("Observation fell short in 44 of the 95 cases.", [True]),
]


@pytest.mark.parametrize(("text", "opposites"), OPPOSITES)
def test_a_negated_predicate_counts_the_opposite(text: str, opposites: list[bool]) -> None:
    assert [figure.complement for figure in figures(text)] == opposites


WHOLES = [
    # a limit, a time and what became of the part are no words of the whole
    ("The force answered 84.1 percent of 999 calls within ten seconds.", "999 calls"),
    ("It reached 61 percent of emergencies on time.", "emergencies"),
    ("Crews got to only 55.4 percent of fires within ten minutes in July 2024.", "fires"),
    ("The unit passed 12 percent of crimes to neighbourhood officers.", "crimes"),
    ("The team read 90 percent of reports before noon.”", "reports"),
    ("Sickness took 4.1 percent of shifts in 2023/24.", "shifts"),
    ("It checked 31 percent of calls from alarms.", "calls from alarms"),
    ("The average was 18 to 22 percent of visits each month.", "visits"),
    ("It recorded 93.0 percent of reported crime, leaving fraud aside.", "reported crime (excluding fraud)"),
    ("It recorded 93.0 percent of all crime (excluding fraud).", "all crime (excluding fraud)"),
    ("In our review, advice was given in 31 of 40 cases, compared with 12 of 40 in 2022.", "cases"),
    ("In the year, 36.8 percent of adults in the county experienced crime.", "adults in the county"),
    ("There was a plan in 29 of the 68 cases.", "cases"),
    ("Pay makes up 79 percent of the budget.", "budget"),
    ("The tax came to £196 a resident.", "resident"),
]


@pytest.mark.parametrize(("text", "whole"), WHOLES)
def test_a_share_or_rate_is_of_something(text: str, whole: str) -> None:
    assert figures(text)[-1].of == whole


@pytest.mark.parametrize(
    "text",
    [
        "Its teams spend 88 percent of their time on patrol.",
        "The solved rate was 12 percent in the 12 months to June 2024.",
        "Of its money, 61 percent of what comes in is spent on pay.",
        "Some 22 percent of this will be found by selling stations.",
        "It was 2.6 percent of the total.",
    ],
)
def test_a_time_or_a_pronoun_is_no_whole(text: str) -> None:
    assert figures(text)[-1].of is None


SAMPLED = [
    ("We reviewed 60 cases. There was a plan in 29 of the 60 cases.", [False, True]),
    (
        "In 9 of 16 cases we reviewed, there was a plan. Of 20 relevant cases, 4 had an end date.",
        [True, False, True],
    ),
    ("In our victim service assessment, victims were told in 38 of 57 cases.", [True]),
    ("On 31 March 2023, 214 of 906 visits were overdue.", [False]),
    ("The force has closed 2 of 3 recommendations.", [False]),
    ("In the year, the force answered 84.1 percent of 999 calls.", [False]),
    ("Of the 343 respondents to our survey, 53 of 343 agreed.", [False, True]),
    ("Of 25 reports that we followed, 9 were late.", [False, True]),
    ("Of 40 incidents that my team looked at, 31 were closed properly.", [False, True]),
    ("In 12 of 20 records that we saw, the plan was old.", [True]),
    ("Four out of six exercises that we saw were well run.", [True]),
    ("We found that 412 people were wanted by the force. Of these, 19 were wanted for rape.", [False, False]),
    ("On the evening that we visited, 3 of 9 fire engines had no crew.", [False]),
]


@pytest.mark.parametrize(("text", "sampled"), SAMPLED)
def test_only_a_share_of_what_was_looked_at_is_of_a_sample(text: str, sampled: list[bool]) -> None:
    assert [figure.of_sample for figure in figures(text)] == sampled
