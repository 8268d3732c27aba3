"""When a figure was, where its sentence does not say: audits dated once, lists, parts, changes, facts.

The passages teach the chooser too (``benchmarks/figure_slots.py``): each says one thing about how reports
carry a time from one sentence to another, or do not.
"""

from __future__ import annotations

import pytest
from figure_helpers import NONE, Dates, day, figures

JUL_DEC: Dates = ("2017-07-01", "2017-12-31")
FEB_MAY: Dates = ("2023-02-01", "2023-05-31")
YEAR_2022: Dates = ("2022-01-01", "2022-12-31")
OCT_2022: Dates = ("2022-10-01", "2022-10-31")
JUNE: Dates = ("2024-06-03", "2024-06-06")
FY22: Dates = ("2022-04-01", "2023-03-31")
FY23: Dates = ("2023-04-01", "2024-03-31")

AUDITS: list[tuple[str, dict[str, Dates]]] = [
    (
        "How we carried out this inspection\n"
        "Our audit covered 540 reports of crime that the force received between 1 July and 31 December "
        "2017.\n"
        "Violent crime\n"
        "Of the 212 reports of violence in the audit, 190 had been recorded.\n"
        "The force has 31 staff in its crime management unit.\n"
        "Rape\n"
        "We found nine reports of rape in our audit that were never recorded, and officers had told the "
        "victim in four.",
        {
            "540 reports": JUL_DEC,
            "212 reports": JUL_DEC,
            "190": JUL_DEC,
            "31 staff": NONE,
            "nine reports": JUL_DEC,
            "four": JUL_DEC,
        },
    ),
    (
        "We reviewed the files of 48 children who had been the subject of a referral between February "
        "and May 2023.\n"
        "Planning\n"
        "A plan was in place for 37 of the 48 children. Parents had been asked in 29 of these.\n"
        "In the 11 other cases that we reviewed, nobody had made one.\n"
        "Staffing\n"
        "The team has 14 social workers, and each of them holds 18 cases.",
        {
            "48 children": FEB_MAY,
            "37 of the 48 children": FEB_MAY,
            "29 of these": FEB_MAY,
            "11 other cases": FEB_MAY,
            "14 social workers": NONE,
            "18 cases": NONE,
        },
    ),
    (
        "Crime recording\n"
        "We examined 804 reports of crime that the public made from 1 July to 31 December 2017. We "
        "estimate that "
        "the force records 91.2 percent of crime.\n"
        "Investigations\n"
        "As part of our assessment of victims’ experience, we reviewed 96 case files. In 71 of them "
        "there was a plan.\n"
        "Handlers were polite in 58 of the 60 calls that we listened to.",
        {
            "804 reports": JUL_DEC,
            "91.2 percent": JUL_DEC,
            "96 case files": NONE,
            "71 of them": NONE,
            "58 of the 60 calls": NONE,
        },
    ),
    (
        "For this audit we chose 64 stop and search records from January to December 2022.\n"
        "Grounds\n"
        "The grounds were reasonable in 58 of the 64 audited records. Of the other six, three gave none "
        "at all.\n"
        "Supervision\n"
        "Supervisors had signed 40 of the records in the audit.",
        {
            "64 stop and search records": YEAR_2022,
            "58 of the 64 audited records": YEAR_2022,
            "six": YEAR_2022,
            "40": YEAR_2022,
        },
    ),
    (
        "In our sample of 72 vetting files from 2022, eleven had no risk assessment.\n"
        "Decisions\n"
        "We disagreed with the decision in eight of the 72 files.\n"
        "The unit decides on 2,900 applications a year.",
        {
            "72 vetting files": YEAR_2022,
            "eleven": YEAR_2022,
            "eight of the 72 files": YEAR_2022,
            "2,900 applications": NONE,
        },
    ),
    (
        "The inspectorate’s review looked at 120 domestic abuse incidents that were reported in October "
        "2022.\n"
        "Officers attended on time in 84 incidents in the review, but filled in the form in only 61.\n"
        "Repeat victims\n"
        "Of the 33 repeat victims in the sample, 20 had a safety plan.",
        {
            "120 domestic abuse incidents": OCT_2022,
            "84 incidents": OCT_2022,
            "61": OCT_2022,
            "33 repeat victims": OCT_2022,
            "20": OCT_2022,
        },
    ),
    (
        "An audit by the force in October 2022 found that 17 of 90 warrants were out of date.\n"
        "We reviewed 25 warrants ourselves, and six were out of date.",
        {"17 of 90 warrants": OCT_2022, "25 warrants": NONE, "six": NONE},
    ),
    (
        "We audited crimes recorded between 1 July and 31 December 2017.\n"
        "The force acts quickly when it is told of a fault\n"
        "When we told the force of 14 unrecorded crimes from the audit, it recorded twelve.\n"
        "Training\n"
        "It has trained 300 officers.",
        {"14 unrecorded crimes": JUL_DEC, "twelve": JUL_DEC, "300 officers": NONE},
    ),
    (
        "Our data collection covered the year to 31 March 2023.\n"
        "Demand\n"
        "In that data collection the service reported 812 dwelling fires.\n"
        "It keeps 24 fire engines at 19 stations.",
        {"812 dwelling fires": FY22, "24 fire engines": NONE, "19 stations": NONE},
    ),
    (
        "Staff survey\n"
        "The service ran a staff survey in October 2022, to which 410 people replied.\n"
        "Culture\n"
        "In that survey, 62 percent of staff said that they were proud to work there, and 21 percent "
        "that they had "
        "been bullied.",
        {"410 people": OCT_2022, "62 percent": OCT_2022, "21 percent": OCT_2022},
    ),
    (
        "The audit of cases\n"
        "Inspectors selected 30 cases in which a child had been arrested from February to May 2023. "
        "Nineteen of them "
        "were good.\n"
        "What we found in custody\n"
        "An adult had come in time in 22 of the cases we audited.\n"
        "In 2022 the force had detained 940 children.",
        {
            "30 cases": FEB_MAY,
            "Nineteen of them": FEB_MAY,
            "22": FEB_MAY,
            "940 children": YEAR_2022,
        },
    ),
]

VISITS: list[tuple[str, dict[str, Dates]]] = [
    (
        "We inspected the force between 3 and 6 June 2024.\n"
        "Main findings\n"
        "We reviewed 80 case files and found a plan in 52.\n"
        "There were 140 calls in the queue when we visited.\n"
        "At the time of our inspection, the unit had six vacancies.",
        {
            "80 case files": NONE,
            "52": NONE,
            "140 calls": NONE,
            "six vacancies": NONE,
        },
    ),
    (
        "We came back from 3 to 6 June 2024. During that visit we spoke to 45 firefighters and went to "
        "seven stations.\n"
        "Audits\n"
        "Most of those whom we met had read the plan.",
        {"45 firefighters": JUNE, "seven stations": JUNE},
    ),
    (
        "Our inspectors were with the service between 3 and 6 June 2024. They:\n"
        "• read 24 fire safety audits and 12 risk records; and\n"
        "• interviewed 35 members of staff, five of them from control.",
        {"24 fire safety audits": JUNE, "12 risk records": JUNE, "35 members": JUNE, "five of them": JUNE},
    ),
    (
        "My team visited you from 3 to 6 June 2024. We examined 40 crime files and observed two meetings.\n"
        "In 31 of the 40 files, the victim had been told the result.",
        {"40 crime files": JUNE, "two meetings": JUNE, "31 of the 40 files": JUNE},
    ),
    (
        "Inspectors, who were in the county from 3 to 6 June 2024, found that:\n"
        "• detectives carried an average of 16 cases each;\n"
        "• the force had opened three new stations; and\n"
        "• 88 percent of the referrals that they read had been sent within a day.",
        {"16 cases": NONE, "three new stations": NONE, "88 percent": NONE},
    ),
    (
        "In October 2022 we inspected the service and found two causes of concern.\n"
        "Since then it has hired nine fire safety officers.",
        {"nine fire safety officers": ("2022-10-01", None)},
    ),
]

LISTS: list[tuple[str, dict[str, Dates]]] = [
    (
        "In the year to 31 March 2023, there were:\n"
        "• 4,210 domestic abuse incidents;\n"
        "• 318 arrests for rape; and\n"
        "• 57 deaths on the roads, nine of them of children.",
        {
            "4,210 domestic abuse incidents": FY22,
            "318 arrests": FY22,
            "57 deaths": FY22,
            "nine of them": FY22,
        },
    ),
    (
        "In 2022/23 the service:\n"
        "• made 2,180 home fire safety visits;\n"
        "• audited 640 premises in 2023/24; and\n"
        "• went to 95 road traffic collisions.",
        {
            "2,180 home fire safety visits": FY22,
            "640 premises": FY23,
            "95 road traffic collisions": FY22,
        },
    ),
    (
        "Key facts, year to 31 March 2023\n"
        "• Emergency calls: 310,400\n"
        "• Crimes recorded: 61,220\n"
        "• Arrests: 9,140",
        {"310,400": FY22, "61,220": FY22, "9,140": FY22},
    ),
    (
        "During 2022, the unit reviewed the following:\n"
        "• 120 complaints, of which 18 were upheld;\n"
        "• 44 grievances.\n"
        "It has seven staff and a budget of £410,000 for 2023/24.",
        {
            "120 complaints": YEAR_2022,
            "18": YEAR_2022,
            "44 grievances": YEAR_2022,
            "£410,000": FY23,
        },
    ),
    (
        "The service has:\n• 41 fire stations;\n• 62 fire engines; and\n• 1,120 firefighters on 31 March "
        "2023.",
        {"41 fire stations": NONE, "62 fire engines": NONE, "1,120 firefighters": day("2023-03-31")},
    ),
    (
        "In the year to 31 March 2023, the force recorded the following crimes per 1,000 population:\n"
        "• burglary: 3.9 (England and Wales: 4.4)\n"
        "• robbery: 0.8 (England and Wales: 1.2)\n"
        "All crime fell by 3 percent over those twelve months.",
        {"3.9": FY22, "4.4": FY22, "0.8": FY22, "1.2": FY22, "3 percent": FY22},
    ),
]

CHANGES: list[tuple[str, dict[str, Dates]]] = [
    (
        "The force answered 71.2 percent of 101 calls in May 2024, up from 48.9 percent in May 2023. "
        "Over the same "
        "period, the average wait fell from 7 minutes to 2 minutes.",
        {
            "71.2 percent": ("2024-05-01", "2024-05-31"),
            "48.9 percent": ("2023-05-01", "2023-05-31"),
            "7 minutes": ("2023-05-01", "2023-05-31"),
            "2 minutes": ("2024-05-01", "2024-05-31"),
        },
    ),
    (
        "On 31 March 2023, 1,412 officers worked for the force. This was 160 fewer than on 31 March 2018.",
        {"1,412 officers": day("2023-03-31"), "160": ("2018-03-31", "2023-03-31")},
    ),
    (
        "On 31 March 2023, 38.1 percent of officers were women. That is 4.2 percentage points more than "
        "a year "
        "earlier.",
        {"38.1 percent": day("2023-03-31"), "4.2 percentage points": ("2022-03-31", "2023-03-31")},
    ),
    (
        "In October 2022, 900 crimes were waiting for a detective. On 31 March 2023 there were 240. So "
        "the number of "
        "detectives who had no crimes to hand over grew from 12 to 95.",
        {
            "900 crimes": OCT_2022,
            "240": day("2023-03-31"),
            "12": OCT_2022,
            "95": day("2023-03-31"),
        },
    ),
    (
        "In the year ending 31 March 2023, the charge rate was 6.1 percent, and the rate for England and "
        "Wales was "
        "5.7 percent. This was 1.3 percentage points more than in the previous year, and the England and "
        "Wales rate "
        "rose to 5.9 percent.",
        {"6.1 percent": FY22, "5.7 percent": FY22},
    ),
    (
        "Figure 4: Number of special constables, 31 March 2018 to 31 March 2023\n"
        "The number of special constables fell from 402 to 188, or by 53 percent.",
        {
            "402": day("2018-03-31"),
            "188": day("2023-03-31"),
            "53 percent": ("2018-03-31", "2023-03-31"),
        },
    ),
]

PARTS: list[tuple[str, dict[str, Dates]]] = [
    (
        "The budget for 2022/23 was £152.3m. About £4m of this was spent on new vehicles, and £1.1m of "
        "it on one "
        "command unit.",
        {"£152.3m": FY22, "£4m": FY22, "£1.1m": FY22},
    ),
    (
        "Eighteen complaints of racism have been made since 1 January 2023. The force had closed seven "
        "by the time we "
        "wrote; it took 90 days, on average, to decide them, and one is still open.",
        {
            "Eighteen complaints": ("2023-01-01", None),
            "seven": ("2023-01-01", None),
            "90 days": ("2023-01-01", None),
        },
    ),
    (
        "On 1 September 2022, 2,310 phones were waiting to be examined. On that date the oldest had been "
        "there for 14 "
        "months, and 61 suspects had been released.",
        {"2,310 phones": day("2022-09-01"), "14 months": day("2022-09-01"), "61 suspects": day("2022-09-01")},
    ),
    (
        "We found from records that 83 people were held overnight after arrest in 2022/23, and that a "
        "bed was found "
        "for only two of them.",
        {"83 people": FY22, "two of them": FY22},
    ),
    (
        "In 2022 the force made 1,204 referrals. Councils took no action on 310. A further 95 were sent "
        "back because "
        "they were incomplete.",
        {"1,204 referrals": YEAR_2022, "310": YEAR_2022, "95": YEAR_2022},
    ),
    (
        "In the 12 months to 31 March 2023, the force recorded 2,204 sexual offences. It charged 181 "
        "suspects. The "
        "average time to a charge was 214 days.",
        {"2,204 sexual offences": FY22, "181 suspects": FY22, "214 days": FY22},
    ),
]

STANDING: list[tuple[str, dict[str, Dates]]] = [
    (
        "In 2022/23, the force received £180m. It has 14 police stations and polices 2.1 million people.",
        {"£180m": FY22, "14 police stations": NONE, "2.1 million people": NONE},
    ),
    (
        "On 31 March 2023 there were 212 sex offenders in the area. The unit has nine officers, each "
        "with 60 offenders.",
        {"212 sex offenders": day("2023-03-31"), "nine officers": NONE, "60 offenders": NONE},
    ),
    (
        "The plan was agreed in October 2022. It names six priorities and 41 actions.",
        {"41 actions": NONE},
    ),
    (
        "The chief constable, who was appointed in October 2022, leads 3,900 officers and staff.",
        {"3,900 officers and staff": NONE},
    ),
    (
        "The force trained 600 officers in 2022, and the course takes two days.",
        {"600 officers": YEAR_2022, "two days": NONE},
    ),
    (
        "Four new engines will be bought by March 2025. A new engine costs £350,000.",
        {"£350,000": NONE},
    ),
    (
        "In 2022 we said that the force should improve. We spoke to 30 victims this time; 26 were satisfied.",
        {"30 victims": NONE, "26": NONE},
    ),
    (
        "Recorded crime fell by 4 percent in 2022/23. Officers whom we met carried up to 25 crimes each.",
        {"4 percent": FY22, "25 crimes": NONE},
    ),
    (
        "A study by the university in 2022 followed 400 boys. Those who took part were 1.8 times less "
        "likely to be "
        "arrested.",
        {"400 boys": YEAR_2022},
    ),
]

SCOPES: list[tuple[str, dict[str, Dates]]] = [
    (
        "We audited 1,310 crimes that were reported between 1 July and 31 December 2017.\n"
        "How crimes are recorded\n"
        "Call handlers had made a record of the crime in 612 of 701 reports.\n"
        "Sexual offences\n"
        "The force recorded 94.1 percent (+/- 2.5 percent) of reported sexual offences. It should have "
        "recorded 120 "
        "offences and it had recorded 113.\n"
        "Burglary\n"
        "Of 204 burglaries, 11 were missing. In six of these, the victim had called twice.\n"
        "Training\n"
        "The crime registrar has a team of nine. It trained 412 officers in 2016.",
        {
            "1,310 crimes": JUL_DEC,
            "612 of 701 reports": JUL_DEC,
            "94.1 percent": JUL_DEC,
            "120 offences": JUL_DEC,
            "113": JUL_DEC,
            "204 burglaries": JUL_DEC,
            "11": JUL_DEC,
            "six of these": JUL_DEC,
            "412 officers": ("2016-01-01", "2016-12-31"),
        },
    ),
    (
        "This audit took in 95 reports of hate crime from February to May 2023. The estimate for all "
        "hate crime is "
        "88.0 percent (+/- 5.1 percent).\n"
        "Of the missing crimes, eight were assaults and three were threats.\n"
        "The force has since trained 200 call handlers.",
        {
            "95 reports": FEB_MAY,
            "88.0 percent": FEB_MAY,
            "200 call handlers": NONE,
        },
    ),
    (
        "The stop and search audit\n"
        "We looked at 310 records of searches that officers made in 2022. In 280 of them, the grounds "
        "were reasonable "
        "(confidence interval +/- 3.3 percent).\n"
        "In our last audit, which covered 2019, the figure was 81 percent.",
        {"310 records": YEAR_2022, "280 of them": YEAR_2022, "81 percent": ("2019-01-01", "2019-12-31")},
    ),
    (
        "Figure 2: Crimes per 1,000 people in the year ending 31 March 2023\n"
        "The chart shows 71.2 crimes for the force, and 90.4 for England and Wales. The force had the "
        "fourth lowest "
        "rate.",
        {"71.2 crimes": FY22, "90.4": FY22, "fourth lowest": FY22},
    ),
    (
        "Table 1: Firefighters and support staff on 31 March 2023\n"
        "There were 640 firefighters and 210 support staff, which is less than in similar services.",
        {"640 firefighters": day("2023-03-31"), "210 support staff": day("2023-03-31")},
    ),
    (
        "Chart 5: home fire safety visits, 2022/23 (source: Home Office)\n"
        "The service made 12.1 visits per 1,000 people. The average for England was 9.9.",
        {"12.1 visits per 1,000 people": FY22, "9.9": FY22},
    ),
    (
        "Response times\nIn 2022/23 the service sent an engine to a house fire in 8 minutes 10 seconds "
        "on average.\n"
        "The average time to answer a call was 6 seconds.",
        {"8 minutes 10 seconds": FY22, "6 seconds": FY22},
    ),
    (
        "Inspectors were with the force between 3 and 6 June 2024. They read 110 files and spoke to 42 "
        "people.\n"
        "The unit has 16 staff. A decision takes 31 days.",
        {"110 files": JUNE, "42 people": JUNE, "16 staff": NONE, "31 days": NONE},
    ),
    (
        "From April 2023 to March 2024, its officers:\n"
        "• visited 310 schools;\n"
        "• held 96 meetings; and\n"
        "• asked the court to close 12 houses.",
        {"310 schools": FY23, "96 meetings": FY23, "12 houses": FY23},
    ),
    (
        "Over the 12 months to 31 March 2023, the prevention team:\n"
        "• fitted 4,100 smoke alarms;\n"
        "• trained 31 volunteers; and\n"
        "• went into 77 care homes.",
        {"4,100 smoke alarms": FY22, "31 volunteers": FY22, "77 care homes": FY22},
    ),
    (
        "In 2022/23:\n"
        "• the force made 7,412 arrests\n"
        "• it used force on 2,104 occasions\n"
        "• 61 complaints were made about this.",
        {"7,412 arrests": FY22, "2,104 occasions": FY22, "61 complaints": FY22},
    ),
    (
        "On 31 March 2023 the force employed 2,100 officers, 40 more than on the same day in 2022, and "
        "1,290 staff.",
        {"2,100 officers": day("2023-03-31"), "1,290 staff": day("2023-03-31")},
    ),
    (
        "Managers had seen 71 percent of their staff by the end of March 2023, up from 40 percent in "
        "March 2022.",
        {"71 percent": day("2023-03-31"), "40 percent": ("2022-03-01", "2022-03-31")},
    ),
    (
        "It dealt with 310 reports in 2022/23. In the year before there were 190. Now there are two "
        "officers for them.",
        {"310 reports": FY22, "190": ("2021-04-01", "2022-03-31"), "two officers": NONE},
    ),
    (
        "The availability of engines averaged 71 percent between October 2022 and March 2023. At one "
        "station there "
        "are six firefighters and ten are needed. A neighbouring service keeps 95 percent of its engines "
        "available.",
        {
            "71 percent": ("2022-10-01", "2023-03-31"),
            "six firefighters": NONE,
            "95 percent": NONE,
        },
    ),
    (
        "Records suggest that 900 officers took the course between October 2022 and March 2023. That "
        "leaves 61. By "
        "contrast, another force has trained all but 12 of its officers.",
        {"900 officers": ("2022-10-01", "2023-03-31"), "61": NONE},
    ),
    (
        "The software was bought in October 2022 for £91,000. Some 340 people are on the register. When "
        "we looked "
        "into it, one in five had not been seen for a year.",
        {"£91,000": OCT_2022, "340 people": NONE, "one in five": NONE},
    ),
    (
        "In the 12 months to 31 March 2023 the unit made 840 decisions. The force told us that an "
        "applicant waits 19 "
        "days for one; in 2021 it was 60 days.",
        {"840 decisions": FY22, "19 days": NONE, "60 days": ("2021-01-01", "2021-12-31")},
    ),
    (
        "In the year ending 31 March 2023, 12.4 percent of crimes were solved. That is 1.1 points more "
        "than in the "
        "year before, and still 2 points below the average for England and Wales.",
        {"12.4 percent": FY22},
    ),
    (
        "In 2022/23 Black people were 4.1 times as likely to be searched as White people, down from 5.2 "
        "times in "
        "2021/22. Asian people were 1.6 times as likely.",
        {"4.1 times as likely": FY22, "1.6 times as likely": FY22},
    ),
]

MORE: list[tuple[str, dict[str, Dates]]] = [
    (
        "We have visited you twice since then: in October 2022 and, most recently, from 3 to 6 June 2024.\n"
        "On the second visit we met 51 people, went to six fire stations and read 30 audits.",
        {"51 people": JUNE, "six fire stations": JUNE, "30 audits": JUNE},
    ),
    (
        "How we carried out the revisit\n"
        "We returned to the force from 3 to 6 June 2024. We held four focus groups, interviewed 26 "
        "officers and read "
        "90 case files.\n"
        "What has changed\n"
        "Recording has improved: 81 of the 90 case files had a full record.",
        {"four focus groups": JUNE, "26 officers": JUNE, "90 case files": JUNE},
    ),
    (
        "That week, from 3 to 6 June 2024, our inspectors sat with control staff. During those four days "
        "they listened "
        "to 75 calls, and 70 of these were handled well.",
        {"75 calls": JUNE, "70 of these": JUNE},
    ),
    (
        "We last inspected the service in October 2022. At the time of that inspection, 30 percent of "
        "premises had "
        "been audited. By 31 March 2023 it was 44 percent.",
        {"30 percent": OCT_2022, "44 percent": day("2023-03-31")},
    ),
    (
        "The unit has grown from four officers to nine since 2018. It will grow to 14 by April 2026.",
        {"four officers": ("2018-01-01", "2018-12-31"), "nine": NONE},
    ),
    (
        "The net budget for 2022/23 is £31.2m. Of this, £19m (61 percent) comes from council tax. A "
        "household in band "
        "D pays £84.10 for the service, £1.90 more than in 2021/22.",
        {"£31.2m": FY22, "£19m": FY22, "61 percent": FY22, "£84.10": FY22, "£1.90": FY22},
    ),
    (
        "Spending was £102m in 2022/23. Reserves stood at 5.1 percent of that. The cost of an officer "
        "was 3 percent "
        "below the average.",
        {"£102m": FY22, "5.1 percent": FY22, "3 percent": FY22},
    ),
    (
        "The team is run in four towns, and 290 children joined it in the 2022/23 school year.",
        {"four towns": NONE, "290 children": ("2022-09-01", "2023-08-31")},
    ),
    (
        "The board has 21 members and had 210 pages to read for its meeting in October 2022.",
        {"21 members": NONE, "210 pages": OCT_2022},
    ),
    (
        "A deficit of £3.1m in 2022/23 was met, and reserves rose to £9.4m by 31 March 2024.",
        {"£3.1m": FY22, "£9.4m": day("2024-03-31")},
    ),
    (
        "In 2019 there were only eight of them, and now there are 31.",
        {"31": NONE},
    ),
    (
        "The average response time in 2022/23 was 10 minutes 4 seconds, which is the sixth slowest in "
        "England.",
        {"10 minutes 4 seconds": FY22, "sixth slowest": FY22},
    ),
    (
        "Its reports put the result for 2022/23 at 78.1 percent (2021/22: 80.2 percent).",
        {"78.1 percent": FY22, "80.2 percent": ("2021-04-01", "2022-03-31")},
    ),
    (
        "The force recorded 3,100 missing person reports in 2022/23. Of 30 reports that we followed, "
        "nine were graded "
        "too low.",
        {"3,100 missing person reports": FY22, "30 reports": NONE, "nine": NONE},
    ),
    (
        "On 31 March 2023 there were 1,900 officers, 210 more than on 31 March 2018. In England and "
        "Wales the number "
        "rose by 9 percent over the same period; here it rose by 12 percent.",
        {
            "1,900 officers": day("2023-03-31"),
            "9 percent": ("2018-03-31", "2023-03-31"),
            "12 percent": ("2018-03-31", "2023-03-31"),
        },
    ),
    (
        "Vehicle crime rose by 8 percent in 2022/23, to 4,410 offences from 4,080.",
        {"8 percent": FY22, "4,410 offences": FY22, "4,080": ("2021-04-01", "2022-03-31")},
    ),
    (
        "Of the 510 people who answered our questionnaire, 64 percent would speak up. The unit had 61 "
        "reports in 2022/23.",
        {"510 people": NONE, "64 percent": NONE, "61 reports": FY22},
    ),
    (
        "We audited crimes that were reported between 1 July and 31 December 2017.\n"
        "Our audit identified 41 reports of robbery. Thirty-eight had been recorded, and one had been "
        "recorded late.\n"
        "For all other crime the rate was 90.2 percent (+/- 3.0 percent).\n"
        "In numbers, the force should have had 310 such crimes on its system, and we found 279.\n"
        "Damage made up 18 of the missing crimes, and threats seven.",
        {
            "41 reports": JUL_DEC,
            "Thirty-eight": JUL_DEC,
            "90.2 percent": JUL_DEC,
            "310 such crimes": JUL_DEC,
            "279": JUL_DEC,
            "18": JUL_DEC,
        },
    ),
    (
        "Our estimate comes from crimes reported between 1 July and 31 December 2017, which we examined.\n"
        "Violence\n"
        "We estimate that 89.9 percent (+/- 3.7 percent) of violent crime is recorded. The estimate for "
        "sexual "
        "offences is higher, at 95.5 percent (+/- 2.2 percent). But of 20 reports of stalking, only 12 "
        "had been "
        "recorded.",
        {"89.9 percent": JUL_DEC, "95.5 percent": JUL_DEC, "20 reports": JUL_DEC, "12": JUL_DEC},
    ),
]

CASES = [*MORE, *SCOPES, *AUDITS, *VISITS, *LISTS, *CHANGES, *PARTS, *STANDING]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:60] for text, _ in CASES])
def test_a_figure_has_the_time_that_the_text_has_given_it(text: str, expected: dict[str, Dates]) -> None:
    found = {one.text: (one.period_begin, one.period_end) for one in figures(text)}
    assert {words: found.get(words) for words in expected} == expected
