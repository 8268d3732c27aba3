"""Polarity by clause: what is asserted counts, with the direction of its verbs; subject matter does not."""

from __future__ import annotations

import pytest

from kg.nlp.structure.asserted import asserted
from kg.nlp.structure.polarity import polarity

SUBJECT_MATTER = """
    The response to missing children is robust
    The response to children missing education is robust.
    Children missing education are carefully monitored and tracked.
    Officers find people who have gone missing from hospital quickly
    The panel has a good grip of children missing from home, care and school
    The LADO service is effective in responding appropriately to concerns about adults who work with children.
    The response to concerns about children outside normal working hours is mostly robust and appropriate.
    Concerns about teachers and coaches are passed on the same day
    Allegations of poor practice by carers are looked into thoroughly
    Neighbours’ worries about noise are heard at monthly meetings
    Workers are skilled at spotting the signs of neglect
    Neglected children are given help early
    Teams work well with families affected by drug misuse and poor mental health
    The neglect strategy is understood by every partner
    Anti-racist practice is part of all training
    There is a good range of provision for pupils who are in danger of being excluded.
    Homeless teenagers at risk of exploitation are found a safe bed that night
    A specialist team supports people with drug problems
"""
EMBEDDED = """
    Most plans are detailed and specific, ensuring that families are clear about what needs to happen.
    Parents understand what has to change and by when
    Staff know which steps should come next
    Care leavers over the age of 21 continue to receive a service until they are 25 should they wish to do so.
    Foster carers can ring a manager at night should they need to
    Decision-making on whether a child should become looked after is managed at an appropriately senior level.
    Decisions about whether a call must be graded again are made by a sergeant
    How much force may be used is explained in every lesson
    Children in the town receive good help and protection when it is needed.
    Interpreters are found quickly where they are required
    Legal advice is at hand if a case has to go to court
    When children do need to come into care, most do so in a timely manner.
    When a plan is not working, managers step in early
    If risks are not falling, social workers go back to court without hesitation
    Once a case is too complex for the team, specialists take it on
    Professionals have a good understanding of abuse and know the steps they need to take when concerns arise.
    Child protection enquiries are thorough and children are not subject unnecessarily to procedures.
    Families are not drawn into enquiries unnecessarily
    Children are not left in unsafe homes
    Young people who are unable to live at home are well supported
    Children who do not go to school are visited every fortnight
    People that have no fixed address can report crime at a drop-in
    Victims whose cases are delayed hear from an officer each week
    Supervisors check records so that nothing is missed
    The panel meets weekly in order to prevent drift
"""
NEGATIVE = """
    Children experience extreme variability in the services that they receive.
    There is too much variation between the districts
    Practice varies widely from team to team
    Leaders have faced challenges since the new recording system came in.
    The control room faces difficulties in keeping its staff
    The service still encounters barriers to sharing data
    There are children who wait too long for a visit
    There are still victims that hear nothing for months
    Inspectors found some children who were not seen for weeks
    Children who live far away are not visited often enough
    When children go missing, nobody asks them why
    Where plans exist, they are not followed
    The response when children go missing is poor
    Concerns about bullying remain
    There are concerns about the safety of detainees
    Some children’s plans are missing from files
    Staff are worried about their workload
    The force has neglected its custody suites
    Older children are too often neglected
    Frequent changes of social worker have had an adverse impact on children
    Partnership working is an area for development
    Work with fathers is still in its infancy
    Records are not detailed enough
    The review of this work has only recently been started
"""
DIRECTION = {
    "positive": """
        Fewer calls go unanswered
        Fewer letters stay unopened than a year ago
        Far fewer suspects remain at large
        Fewer victims are kept waiting for a call
        The force reaches communities that rarely speak to it
        The bus visits villages that seldom see an officer
        Officers talk to young people who never trusted the police
        The gap between children in care and their peers is narrowing
        Reoffending has fallen
        The number of unanswered calls has halved
        Complaints are falling year on year
        The backlog of checks has been cleared
        Staff turnover is low
        Few people drop out of training
    """,
    "mixed": """
        The team works hard, but the queue is getting longer
        Crews try hard, yet the list of overdue audits is growing
        Staff are committed, but the wait for a visit is getting longer
        Officers work hard to catch suspects, although the backlog of warrants has doubled
        Most social workers have supervision, but its quality is variable
        While plans are clear, they are not always followed
        Although leaders know the gaps, too few have been closed
        Core groups meet on time but are not always effective
    """,
    "negative": """
        Fewer calls are answered in time than before
        The number of officers in the unit has halved while demand has risen
        Fewer victims are satisfied than in other forces
        Confidence has fallen
        The backlog of audits is growing
        Waits are getting longer
        Response times have risen
        Too few people are vetted
    """,
}


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("heading", lines(SUBJECT_MATTER))
def test_subject_matter_is_no_judgement(heading: str) -> None:
    assert polarity(heading) == "positive"


@pytest.mark.parametrize("heading", lines(EMBEDDED))
def test_what_is_only_known_asked_or_supposed_is_no_fault(heading: str) -> None:
    assert polarity(heading) == "positive"


@pytest.mark.parametrize("heading", lines(NEGATIVE))
def test_a_fault_that_is_asserted_counts(heading: str) -> None:
    assert polarity(heading) == "negative"


@pytest.mark.parametrize(
    ("sign", "heading"), [(sign, line) for sign, text in DIRECTION.items() for line in lines(text)]
)
def test_verbs_have_a_direction(sign: str, heading: str) -> None:
    assert polarity(heading) == sign


@pytest.mark.parametrize(
    ("sentence", "left"),
    [
        ("Staff know what to do", "Staff know ·"),
        ("Decisions about whether to visit are sound", "Decisions about · are sound"),
        ("When risks rise, including those online, workers act", "·, workers act"),
        ("Children who go missing and are hurt receive help", "Children · receive help"),
        ("Staff, who are new, need help", "Staff, ·, need help"),
        ("It has pathways, where progress is slow", "It has pathways, where progress is slow"),
        ("Until recently, few were trained", "Until recently, few were trained"),
        ("It writes plans only once", "It writes plans only once"),
        ("There are children who wait", "There are children who wait"),
        ("There is help for children who wait", "There is help for children ·"),
        ("They plan in order to save money, but spend more", "They plan ·, but spend more"),
    ],
)
def test_what_a_sentence_asserts(sentence: str, left: str) -> None:
    assert asserted(sentence) == left
