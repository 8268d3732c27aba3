"""Lines with a finite verb of their own, and lines whose verbs are nouns, participles or of inner clauses."""

from __future__ import annotations

import pytest

from kg.nlp.structure.clauses import is_sentence_like

STATEMENTS = """
Referrals pile up
Agencies in Great Thornby share premises, while elsewhere referrals pile up
Councils in Kent support victims, but few of them are told
The public think well of the force
The brigade shut two stations
The team cut waiting times
Detectives shelved cases without review
Dog handlers outran the suspects
Sergeants mentor new recruits
Officers skip training
Multi-agency partners forge strong links with each other
Custody sergeants spoke to every child
Demand for digital forensics outstrips supply
There’s too little supervision
This helps officers to plan
These include new posts and a new team
This resulted in delays
Some wait too long
Children who go missing often come to harm
Staff we spoke to felt supported
People who call 101 wait too long for an answer
The feedback from people who use this service is positive
Where possible, victims see the same officer
However, most plans only include the police
Professionals providing early support know the children well
The majority of victims receive a visit
The board recognise this
Table 1 shows the result
Governance supports effective work
The review group rightly monitors its plans
Poor file quality delays justice for victims
In custody, children see a nurse
Response times fall
In May the force has fewer staff
Young people in care benefit from good support
SEND hubs provide a range of help
Stop and search finds weapons and drugs
All therapy services offer open referral
Projects start without a business case
Investigations start without a plan
"""

NO_STATEMENTS = """
Children who need help and protection
The experiences and progress of children who need help and protection
People who are vulnerable
Victims who have withdrawn
Areas where the force improved
How the force records crime
What victims say
The Children Act 2004 and its guidance
2 The Children Act 2004 (Joint Area Reviews) Regulations 2015
Police powers and treating the public fairly
In May 2019 and later
Ensure officers record crime
Ensure that officers record crime
Review the plan for custody
Improve the quality of records
Make sure that victims are heard
Home visits by officers
Case reviews for serious incidents
Control room support for officers
Early help offer to families
Operations support unit
Health services plan for winter
Human resources review
Skills and capability
Priorities set out by the commissioner
Rules set by the board
Costs cut by the force
Victims given the right support
An educational programme called Safe Steps
The newly formed vetting team
All newly appointed managers
Services for children and early help
Children’s centres and early help services
Care leavers over 21 years
Actions agreed
Most looked after children
This lack of clarity
More focused work
High quality advice and guidance
In most plans the voice of the child
Work with partners to protect children
Late project starts
A fresh start without debts
"""


@pytest.mark.parametrize("line", STATEMENTS.strip().splitlines())
def test_a_verb_that_agrees_with_its_subject_makes_a_statement(line: str) -> None:
    assert is_sentence_like(line)


@pytest.mark.parametrize("line", NO_STATEMENTS.strip().splitlines())
def test_nouns_participles_inner_clauses_and_instructions_state_nothing(line: str) -> None:
    assert not is_sentence_like(line)
