"""What is tagged, label by label. The texts are invented; Larkshire does not exist."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from mention_helpers import analyse, extraction, tagged

from kg.model.frameworks import load_frameworks
from kg.model.gazetteer import load_gazetteer
from kg.model.ontology import ontology_dir
from kg.model.records import Judgement, Period, Section
from kg.model.text.sentences import find_sentences
from kg.model.vocab import KG
from kg.nlp.mentions import find_mentions

AREA = "Investigating crime"


def texts(text: str, label: str) -> list[str]:
    return [words for _, words in tagged(text, label)]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("The force’s control room staff use it.", ["control room"]),
        ("Officers in the online child exploitation team like it.", ["online child exploitation team"]),
        ("This helps neighbourhood teams.", ["neighbourhood teams"]),
        ("The authority runs a short-term break unit.", ["short-term break unit"]),
        ("It works with the substance misuse team.", ["substance misuse team"]),
        ("It wants to support neighbourhood teams.", ["neighbourhood teams"]),
        ("Supervisors review team performance and bring together teams.", []),
        ("The student support and welfare hub is new.", ["student support and welfare hub"]),
        ("Officers and response teams attend.", ["response teams"]),
        ("Neighbourhood and response teams attend.", ["response teams"]),
        ("The crime command and operations support division work well.", [
            "crime command", "operations support division"]),
        ("The missing from home team and the citizens in policing team met.", [
            "missing from home team", "citizens in policing team"]),
        ("Larkshire Police’s data analytics lab is small.", ["data analytics lab"]),
        ("Different teams, each department and policing teams work in custody suites.", []),
        ("The youth offending team and the emergency department helped.", []),
        ("Its Clare’s Law team handles these.", ["Clare’s Law team"]),
        ("There is room for improvement, and an interview room.", []),
        ("The positive action team and the crime prevention academy grew.", [
            "positive action team", "crime prevention academy"]),
        ("Its dog section supports the tactical support group and CID.", [
            "dog section", "tactical support group", "CID"]),
        ("Roads policing units support response teams.", ["Roads policing units", "response teams"]),
        ("Staff in the Serious Larch Branch (SLB) like it.", ["Serious Larch Branch", "SLB"]),
        ("Harbour County Council’s youth team and the force’s youth team met.", ["youth team"]),
        ("The council has a dog, a section and a cell.", []),
        ("The children with disabilities team and the leaving care team met.", [
            "children with disabilities team", "leaving care team"]),
        ("The looked after children’s health team and child in need teams met.", [
            "looked after children’s health team", "child in need teams"]),
        ("The Access to Resources team and the schools engagement team met.", [
            "Access to Resources team", "schools engagement team"]),
        ("A thorough team, a long-serving team, a core team and assistant team managers work.", []),
        ("The director and senior management team met.", ["senior management team"]),
        ("The well-being hub and the proactive team grew.", ["well-being hub", "proactive team"]),
        ("The Larkton Virtual School and the virtual school’s head help.", [
            "Larkton Virtual School", "virtual school"]),
        ("Write to the Information Policy Team, The Lark Archives.", []),
        ("It shares its fire control with Oakshire. It has control of costs.", ["fire control"]),
        ("The LAR and First Response Teams and the local authority and virtual school met.", [
            "First Response Teams", "virtual school"]),
        ("The Youth Hub, a popular service, opened.", ["Youth Hub"]),
        ("The Armed Forces met the children in care and care leavers team.", [
            "children in care and care leavers team"]),
        ("The children looked after and leaving care teams met.", ["leaving care teams"]),
        ("The fraud & cyber triage hub grew.", ["fraud & cyber triage hub"]),
        ("The Contact, Assessment and Referral Team met.", ["Contact, Assessment and Referral Team"]),
        ("A supported year in employment academy model helps.", []),
        ("The Education of Larks in Public Care (ELPC) team met.", [
            "Education of Larks in Public Care (ELPC) team"]),
        ("The rural prevention and enforcement teams met.", ["rural prevention and enforcement teams"]),
        ("Here Crime Bureau North and Crime Bureau South differ.", [
            "Crime Bureau North", "Crime Bureau South"]),
        ("Records of management decisions and weekly unit meetings are poor.", []),
        ("It plans to develop an employment academy.", []),
    ],
)  # fmt: skip
def test_a_unit_has_a_modifier_that_distinguishes_it(text: str, units: list[str]) -> None:
    assert texts(text, "UNIT") == units


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("External scrutiny panels operate.", ["External scrutiny panels"]),
        ("The Larks, Young People and Families Policy and Performance Board met.", [
            "Larks, Young People and Families Policy and Performance Board"]),
        ("The Late, Lost and Found strategy meeting met.", ["Late, Lost and Found strategy meeting"]),
        ("The health, safety & welfare committee met.", ["health, safety & welfare committee"]),
        ("The council, health & welfare teams and a practice-sharing conference met.", []),
        ("MARACs and the multi-agency safeguarding hub (MASH) met.", [
            "MARACs", "multi-agency safeguarding hub", "MASH"]),
        ("Senior leaders meet at monthly performance meetings and strategic meetings.", [
            "monthly performance meetings"]),
        ("The victims thematic board met the performance and assurance board.", [
            "victims thematic board", "performance and assurance board"]),
        ("The confidence and equality, diversity and inclusion board met.", [
            "confidence and equality, diversity and inclusion board"]),
        ("They go to Harbour and Bay Together meetings.", ["Harbour and Bay Together meetings"]),
        ("They work in partnership, in close partnership and with local partnerships.", []),
        ("The VAWG gold group and the health and well-being group met.", [
            "VAWG gold group", "health and well-being group"]),
        ("The wanted and outstanding persons board met.", ["wanted and outstanding persons board"]),
        ("The tourist board and strategic groups met.", []),
        ("The Victims’ Standards Group and the staff engagement group met.", [
            "Victims’ Standards Group", "staff engagement group"]),
        ("Cases go to the MAPPA and MATAC panel.", ["MAPPA", "MATAC panel"]),
        ("Organised crime groups and ethnic minority groups differ from the gold group.", ["gold group"]),
        ("The Harbour Violence Reduction Unit met.", ["Harbour Violence Reduction Unit"]),
        ("The child protection conferences, core group meetings and review conferences met.", []),
        ("Responsive and proactive partnership working helps, as do commissioning partnerships.", []),
        ("Records of children in need meetings are good. It is not quite meeting the target.", []),
        ("Its enthusiastic Children in Care Council meets the corporate parenting board.", [
            "Children in Care Council", "corporate parenting board"]),
        ("Members of the Larkshire Youth Commission and a well-developed Channel Panel met.", [
            "Larkshire Youth Commission", "Channel Panel"]),
        ("The Larkton Local Safeguarding Children Board (LSCB) and the Child Death Overview Panel.", [
            "Larkton Local Safeguarding Children Board", "LSCB", "Child Death Overview Panel"]),
        ("An inquisitive panel, mature partnerships and infrequent partnership attendance matter.", []),
        ("An accountable Young People’s Council met.", ["Young People’s Council"]),
        ("It works in genuine partnership with children in care and youth councils at PLO meetings.", [
            "youth councils"]),
        ("The Children & Young People’s Partnership Board met.", [
            "Children & Young People’s Partnership Board"]),
        ("The Children’s Board, Health and Wellbeing Board met.", [
            "Children’s Board", "Health and Wellbeing Board"]),
        ("The One Voice Larkton advisory group met.", ["One Voice Larkton advisory group"]),
        ("Its critical friend, an advisory group, met.", []),
    ],
)  # fmt: skip
def test_a_body_says_what_it_governs(text: str, bodies: list[str]) -> None:
    assert texts(text, "BODY") == bodies


@pytest.mark.parametrize(
    ("text", "label", "names"),
    [
        ("It runs Operation Larch and Operation Oak.", "OPERATION", ["Operation Larch", "Operation Oak"]),
        ("Project Guardian and Op Sceptre go on.", "OPERATION", ["Project Guardian", "Op Sceptre"]),
        ("The project manager runs operations.", "OPERATION", []),
        ("Under section 60 of the Criminal Justice and Public Order Act 1994, it may.", "LEGISLATION", [
            "section 60 of the Criminal Justice and Public Order Act 1994"]),
        ("Training on the Police, Crime, Sentencing and Courts Act 2022 helps.", "LEGISLATION", [
            "Police, Crime, Sentencing and Courts Act 2022"]),
        ("The council issued a section 114 notice.", "LEGISLATION", ["section 114 notice"]),
        ("It has 14 Stalking Protection Orders and some stalking protection orders (SPOs).", "LEGISLATION", [
            "Stalking Protection Orders", "stalking protection orders", "SPOs"]),
        ("The law requires it.", "LEGISLATION", []),
        ("It worked with Larkton City Council and the Institute for Larch Studies.", "ORGANISATION", [
            "Larkton City Council", "Institute for Larch Studies"]),
        ("The University of Larkton and Harbour County Council agreed.", "ORGANISATION", [
            "University of Larkton", "Harbour County Council"]),
        ("Minutes are published by the police and crime commissioner’s office.", "ORGANISATION", [
            "police and crime commissioner’s office"]),
        ("It told the Home Office and partner agencies.", "ORGANISATION", ["Home Office"]),
        ("The National Crime Agency (NCA) helped. The NCA’s staff came.", "ORGANISATION", [
            "National Crime Agency", "NCA", "NCA"]),
        ("Larkshire Police works with Harbourshire Constabulary.", "FORCE", [
            "Larkshire Police", "Harbourshire Constabulary"]),
        ("Kent and Essex Police share it.", "FORCE", ["Kent", "Essex Police"]),
        ("Harbour Fire and Rescue Service came.", "ORGANISATION", ["Harbour Fire and Rescue Service"]),
        ("All 43 police forces told the Police Federation.", "FORCE", []),
        ("A scheme for new recruits called First Steps has begun.", "PROGRAMME", ["First Steps"]),
        ("Its strategy is called ‘Fair and Firm’. ‘Fair and Firm’ works.", "PROGRAMME", [
            "Fair and Firm", "Fair and Firm"]),
        ("The Pathway to Detective programme is welcome.", "PROGRAMME", ["Pathway to Detective"]),
        ("The commissioner’s ‘Safer Larkshire Plan 2021–2025’ says so.", "PROGRAMME", [
            "Safer Larkshire Plan 2021–2025"]),
        ("The force has an improvement plan and a ‘ride-along’ scheme.", "PROGRAMME", []),
        ("In PEEL 2021/22 it was worse.", "PROGRAMME", ["PEEL 2021/22"]),
        ("It moved out of Scan and into Engage. Engage with them.", "PROGRAMME", ["Scan", "Engage"]),
        ("We published our report ‘Police performance: Getting a grip‘.", "DOCUMENT", [
            "Police performance: Getting a grip"]),
        ("The 2021 census and ONS mid-2020 population estimates agree.", "DOCUMENT", [
            "2021 census", "ONS mid-2020 population estimates"]),
        ("It is called the Child Abuse Guide.", "DOCUMENT", ["Child Abuse Guide"]),
        ("The office’s survey and the force management statement say so.", "DOCUMENT", [
            "force management statement"]),
        ("It shares them through a system called FieldWatch.", "SYSTEM", ["FieldWatch"]),
        ("LKnow is an email alert system.", "SYSTEM", ["LKnow"]),
        ("They use Larkshire Alert, a messaging service with many users.", "SYSTEM", ["Larkshire Alert"]),
        ("The force uses the Hydra training system and IT systems.", "SYSTEM", ["Hydra"]),
        ("A dashboard, built in Tableau, shows it.", "SYSTEM", ["Tableau"]),
        ("The service’s ‘Safer Homes’ campaign goes on.", "PROGRAMME", ["Safer Homes"]),
        ("Its Vision 2030 strategy and Harbour 2025 programme go on.", "PROGRAMME", [
            "Vision 2030", "Harbour 2025"]),
        ("Under Lock It, Keep It, volunteers help.", "PROGRAMME", ["Lock It, Keep It"]),
        ("The Your Town, Your Say roadshow came.", "PROGRAMME", ["Your Town, Your Say"]),
        ("Chief constable, Ann Lark, spoke. Kent Police, Essex Police did too.", "PROGRAMME", []),
        ("A mentoring programme, Lift as You Climb, and one (Larch Minds) help.", "PROGRAMME", [
            "Lift as You Climb"]),
        ("The well-being programme (Larch Minds) helps.", "PROGRAMME", ["Larch Minds"]),
        ("It has a People Plan and a Harm Reduction Strategy.", "PROGRAMME", [
            "People Plan", "Harm Reduction Strategy"]),
        ("“Then, leaders have made plans,” Mr Lark said of the programme.", "PROGRAMME", []),
        ("It is in PEEL 2021/22: Police effectiveness, efficiency and legitimacy.", "PROGRAMME", [
            "PEEL 2021/22"]),
        ("The Best Use of Stop and Search scheme (BUSS) is old.", "PROGRAMME", [
            "Best Use of Stop and Search", "BUSS"]),
        ("Its LarchQueue callback service and Larkton Record System are new.", "SYSTEM", [
            "LarchQueue", "Larkton Record System"]),
        ("Records are on the crime system, Larchbase, and officers used SolLark.", "SYSTEM", [
            "Larchbase", "SolLark"]),
        ("Its armed policing strategic threat and risk assessment says so.", "DOCUMENT", [
            "armed policing strategic threat and risk assessment"]),
        ("It asked the Harbour Integrated Care Board.", "ORGANISATION", ["Harbour Integrated Care Board"]),
        ("Charities such as Larch Aid and Oak Lights help, as does Larkton Women’s Aid.", "ORGANISATION", [
            "Larch Aid", "Oak Lights", "Larkton Women’s Aid"]),
        ("It met Larchlight, a victim support service. Counter Terrorism Policing Wales.", "ORGANISATION", [
            "Larchlight", "Counter Terrorism Policing Wales"]),
        ("It uses the National Centre for Larch Studies’s courses.", "ORGANISATION", [
            "National Centre for Larch Studies"]),
        ("It is in the Larch Standard Supervision guide and a guide.", "DOCUMENT", [
            "Larch Standard Supervision guide"]),
        ("Leaders in Neighbourhoods, Response and Investigations told us.", "PLACE", []),
        ("The Niche Renewal Project ended.", "OPERATION", ["Niche Renewal Project"]),
        ("It goes from Port Larch in the north to the islands off Cape Oak.", "PLACE", [
            "Port Larch", "Cape Oak"]),
        ("Officers met at Larkton International Airport and in Oakley’s parks.", "PLACE", [
            "Larkton International Airport", "Oakley"]),
        ("Crews at Luton, and at Stafford and Oakley, train.", "PLACE", ["Luton", "Stafford", "Oakley"]),
        ("The charity Harbour Angels helps, as does Larkton College.", "ORGANISATION", [
            "Harbour Angels", "Larkton College"]),
        ("The commissioner wrote to HM Inspector of Constabulary.", "ROLE", [
            "commissioner", "HM Inspector of Constabulary"]),
        ("Ann Lark, the chief constable, met Sir Ben Oak.", "PERSON", ["Ann Lark", "Sir Ben Oak"]),
        ("Officers met in Larkton and Harbour Bay.", "PLACE", ["Larkton", "Harbour Bay"]),
        ("They work in Response, in Outcome 15. The response was slow.", "PLACE", []),
        ("The cities of Coventry and Wolverhampton.", "PLACE", ["Coventry", "Wolverhampton"]),
        ("Crime in Larkshire fell in March, in Black communities and across England and Wales.", "PLACE", [
            "Larkshire", "England", "Wales"]),
        ("Chief Constable of Larkshire Constabulary. Neighbouring Oakshire Police helped.", "FORCE", [
            "Larkshire Constabulary", "Oakshire Police"]),
        ("To Ann Lark, Chief Constable of Larkshire Constabulary", "PERSON", ["Ann Lark"]),
        ("Larkton Chamber of Trade wrote to the Leader of the Council, Heads of Service.", "ORGANISATION", [
            "Larkton Chamber of Trade"]),
        ("Inspection of Larkton City Council children’s services", "ORGANISATION", ["Larkton City Council"]),
        ("It is Making Safe and Project work. The Star Project ran.", "OPERATION", ["Star Project"]),
        ("The Open Lark sessions are popular.", "PROGRAMME", ["Open Lark"]),
        ("Young people benefit from ‘Staying Put’ arrangements.", "PROGRAMME", ["Staying Put"]),
        ("Staff use the Lark Speak Up line and the Signs of Safety model.", "SYSTEM", [
            "Lark Speak Up", "Signs of Safety"]),
        ("CSE screening tools and NEET strategies are used.", "SYSTEM", []),
        ("It is a rural county in eastern England.", "PLACE", ["eastern England"]),
        ("The Leaving Care Forum in Targeted Services met.", "PLACE", []),
        ("The ADCS and CAMHS agree with Cafcass and the DfE.", "ORGANISATION", [
            "ADCS", "CAMHS", "Cafcass", "DfE"]),
        ("Write to the Information Policy Team, The Lark Archives.", "DOCUMENT", []),
        ("Review the strategy (Recommendation). Their Pathway Plans are good.", "PROGRAMME", []),
        ("Its framework (Recommendation) is new.", "DOCUMENT", []),
    ],
)  # fmt: skip
def test_names_are_found_by_form_or_vocabulary(text: str, label: str, names: list[str]) -> None:
    assert texts(text, label) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A specialist from Vale Refuge & Outreach helps.", []),
        ("They use the Mind of my own app.", []),
        ("It works with Refuge and with Mind.", ["Refuge", "Mind"]),
        ("Discussions with Larkton University go on.", ["Larkton University"]),
        ("The LSCB and Larkton Children’s Trust met.", ["Larkton Children’s Trust"]),
        ("The leaders of the County Council met.", []),
    ],
)
def test_an_organisation_is_its_whole_name_and_no_more(text: str, names: list[str]) -> None:
    assert texts(text, "ORGANISATION") == names


def test_a_signature_is_a_person_and_an_office() -> None:
    text = "That is all.\nHelen Example\nHM Inspector of Constabulary\nHelen Example wrote it."
    assert texts(text, "PERSON") == ["Helen Example", "Helen Example"]
    assert texts(text, "ROLE") == ["HM Inspector of Constabulary"]


def test_lines_of_a_letter_name_persons() -> None:
    text = "From:\nAnn Example, HM Inspector of Constabulary\nTo:\n"
    text += "Ben Sample, Chief Constable, Larkshire Police\n"
    text += "Cc:\nCat Model, Larkshire Police and Crime Commissioner\nSent on:\n5 December 2024\n"
    assert texts(text, "PERSON") == ["Ann Example", "Ben Sample", "Cat Model"]
    assert texts(text, "ROLE")[1:] == ["Chief Constable", "Larkshire Police and Crime Commissioner"]


def test_the_force_is_the_inspected_force_but_not_in_compounds() -> None:
    text = "The force’s use of force grew. The force area, the force control room, a force-wide plan."
    mentions, _ = analyse(text)
    nominal = [m for m in mentions if m.nominal]
    assert [(m.start, m.name) for m in nominal] == [(4, "Larkshire Police")]


def test_the_service_is_the_inspected_fire_service() -> None:
    mentions, _ = analyse("The service has a plan.", force="Larkshire Fire and Rescue Service")
    assert [(m.text, m.label) for m in mentions] == [("service", "FORCE")]


def test_a_period_becomes_a_mention_named_by_its_dates() -> None:
    text = "In April 2023 it began."
    mentions, _ = analyse(text, periods=(Period(3, 13, "2023-04-01", "2023-04-30", "month"),))
    assert [(m.text, m.name) for m in mentions] == [("April 2023", "2023-04-01/2023-04-30")]
    assert mentions[0].entity == "https://kg.example/id/period/2023-04-01--2023-04-30"


def test_dates_inside_a_name_belong_to_the_name() -> None:
    mentions, _ = analyse(
        "The Equality Act 2010 applies.", periods=(Period(17, 21, "2010-01-01", "2010-12-31"),)
    )
    assert [m.label for m in mentions] == ["LEGISLATION"]


def test_grade_and_area_of_a_judgement_sentence_and_its_heading() -> None:
    sentence = "Larkshire Police is good at investigating crime."
    text = f"{AREA}\n{sentence}\nIts reserves are good, which is adequate.\n"
    start = len(AREA) + 1
    section = Section("s", AREA, 1, 0, len(text), AREA)
    judgement = Judgement(AREA, "good", start, start + len(sentence))
    mentions, _ = analyse(text, sections=(section,), judgements=(judgement,))
    found = [(m.label, m.text) for m in mentions if m.label != "FORCE"]
    assert found == [("AREA", AREA), ("GRADE", "good"), ("AREA", "investigating crime")]


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("It was given no outstanding or good grades.", ["outstanding", "good"]),
        ("Requires improvement\n", ["Requires improvement"]),
        ("We graded the force as inadequate.", ["inadequate"]),
        ("The grade moved from requires improvement to good.", ["requires improvement", "good"]),
        ("A force that was good in PEEL 2018/19 and is adequate now is no worse.", ["good", "adequate"]),
        ("It is judged by the characteristics of good performance.", []),
        ("Reserves are 1.8 percent, which is adequate.", []),
    ],
)
def test_grades_are_tagged_where_words_speak_of_grading(text: str, grades: list[str]) -> None:
    assert texts(text, "GRADE") == grades


def test_the_victim_service_assessment_is_an_area_wherever_it_stands() -> None:
    text = "In our victim service assessment (VSA), it did well. The VSA is ungraded."
    assert texts(text, "AREA") == ["victim service assessment", "VSA", "VSA"]


def test_mentions_do_not_overlap_and_say_their_rule() -> None:
    text = "Operation Soteria is run by the College of Policing with Larkton City Council in 2023.\n" * 3
    mentions, _ = analyse(text)
    assert mentions
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    assert all(m.pattern and text[m.start : m.end] == m.text for m in mentions)


def test_a_label_added_in_turtle_is_tagged_and_linked(tmp_path: Path) -> None:
    shutil.copytree(ontology_dir() / "vocabularies", tmp_path / "v")
    with (tmp_path / "v" / "systems.ttl").open("a", encoding="utf-8") as file:
        file.write('system:frobnix a kg:System ; skos:prefLabel "frobnix ledger" ; skos:altLabel "FXL" .\n')
    mentions, entities = analyse("FXLs and frobnix ledgers.", gazetteer=load_gazetteer(tmp_path / "v"))
    assert [(m.text, m.entity) for m in mentions] == [
        ("FXLs", "https://kg.example/id/system/frobnix"),
        ("frobnix ledgers", "https://kg.example/id/system/frobnix"),
    ]
    assert entities[0].known


def test_a_service_named_in_a_report_on_an_authority_is_a_part_of_it() -> None:
    framework = next(f for f in load_frameworks() if f.body_kind == KG.LocalAuthority)
    text = "The Larch Support Service (LSS) and the Oak Health Service helped."
    report = extraction(text, "Larkshire County Council")
    mentions, _ = find_mentions(text, find_sentences(text), report, (), framework=framework)
    assert [(m.label, m.text) for m in mentions] == [
        ("UNIT", "Larch Support Service"),
        ("UNIT", "LSS"),
        ("ORGANISATION", "Oak Health Service"),
    ]
