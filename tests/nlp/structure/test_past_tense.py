"""Headings in the past tense: those that state what happened, and those that name a thing by a participle."""

from __future__ import annotations

import pytest

from kg.nlp.structure.clauses import is_sentence_like

STATEMENTS = """
The force stopped recording crime
Officers planned operations well
Supervisors referred victims to support services
The force admitted failures in custody
Staff controlled demand in the control room
Leaders committed more money to neighbourhood policing
The force dropped too many investigations
Officers submitted incomplete files
The force trained its call handlers
The control room scrapped paper logs
Sergeants vetted applicants too slowly
Detectives overlooked lines of enquiry
The force piloted new technology
Call handlers transferred callers to the wrong team
Firefighters swapped shifts without approval
The constabulary withdrew funding from youth work
Leaders shelved plans for a new custody suite
Response times fell
Response times improved
Crews wore breathing apparatus incorrectly
The force occasionally omitted key evidence
Victims waited too long for updates
Schools taught children about online harm
The board oversaw improvements in vetting
Officers carried out searches proportionately
Complaints rose by 10 percent
The number of crimes recorded fell
Offences increased by a third
Officers responded to calls promptly
Inspectors found that records were poor
Officers understood domestic abuse
The service equipped all its engines with new radios
Managers deferred decisions on promotion
Neighbourhood teams solved problems
Officers let suspects go
"""

NOUN_PHRASES = """
Planned operations
Recorded crime
Trained staff in the control room
Improved outcomes for victims
Lessons learned from incidents
Crimes recorded by the force
Calls answered within ten seconds
People detained under the Mental Health Act
Officers trained in public order
Time spent on administration
Meetings held with partners
Money spent on overtime
Officers injured on duty
Staff employed in custody
Most recorded crimes
The most improved force
Actions taken since our last inspection
Children looked after by the authority
Investigations completed by detectives
Progress made since the last inspection
Progress made by the force
Recommendations made to the force
Complaints made about officers
Complaints received in 2022
The force’s planned operations
Poorly planned operations
Well planned operations
The poorly planned operation
The two planned operations
Drugs related deaths
A victim focused approach
Victims supported by specialist officers
Children aged 10 to 17
Detained people and custody
The newly appointed chief constable
Crimes recorded each year
Searches carried out by officers
The agreed local plan
Committed and motivated staff
Unresolved and aged investigations
Reported incidents of domestic abuse
How the force planned operations
Our recommendations agreed by the board
Convicted sex offenders living locally
Stolen and recovered property
Controlled drugs and medicines
Shared services and collaboration
Missing and returned children
Services delivered in partnership
"""


@pytest.mark.parametrize("heading", STATEMENTS.strip().splitlines())
def test_a_subject_and_a_past_form_make_a_statement(heading: str) -> None:
    assert is_sentence_like(heading)


@pytest.mark.parametrize("heading", NOUN_PHRASES.strip().splitlines())
def test_a_participle_in_a_noun_phrase_states_nothing(heading: str) -> None:
    assert not is_sentence_like(heading)
