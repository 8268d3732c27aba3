"""Polarity of finding headings."""

from __future__ import annotations

import pytest

from kg.nlp.structure.clauses import is_sentence_like
from kg.nlp.structure.polarity import polarity

HEADINGS = {
    "positive": """
        Rural communities see their officers often and trust them
        Callers with hearing loss can reach the control room by text
        Detectives speak to victims of rape every week
        Every child who goes missing is spoken to on return
        The constabulary shares what it learns with its neighbours
        New recruits feel welcome and stay longer than elsewhere
        Crime is recorded within a day in almost all cases
        Partners praise the way the force leads its safeguarding hub
        The force knows where violence happens and sends officers there
        The force spends its money wisely and plans its estate with partners
        Custody staff look after detainees with mental ill health
        Managers notice when people are tired and act on it
        The force publishes its use of force data and explains it
        The force takes complaints seriously
        Volunteers help the force to patrol the moor
        Searches find what officers look for more often than elsewhere
        The service visits the homes of those most at risk
        Crews reach most fires within the target time
        Fire control handles calls calmly and quickly
        The force has cut the time that victims wait for evidence
        The force no longer has a backlog of visits
        Response times have fallen
        Sickness has fallen for three years in a row
        Fewer calls are abandoned than last year
        Fewer officers are kept waiting at hospitals
        Fewer young people go missing from care
        The service is slowly becoming more open
        Burglary victims always get a visit
        The force understands and works to reduce disproportionality in its use of stop and search
        The force works well with partners to protect vulnerable people
        The force manages registered sex offenders effectively
        The force has improved its response to emergency calls
        The force is reducing the backlog of digital devices
        The force has reduced delays in its digital forensics unit
        Officers understand why they must treat people with fairness and respect
        The force understands what it needs to do to meet future demand
        Victims get the support they need
        The force makes sure that officers have the skills they need
        The force identifies and supports repeat victims
        The force tackles poor performance effectively
        The force has a good understanding of the risks to vulnerable people
        The force is proactive in tackling county lines
        There is effective governance of the use of force
        The service doesn’t tolerate bullying and harassment
        The service has effective processes to manage unwanted fire signals
        There is no backlog of visits to registered sex offenders
        The force responds promptly to missing children
        The force safeguards children at risk of exploitation
        The force has increased the number of investigators
        The force has invested in technology to improve efficiency
        The force is addressing its vacancies in the control room
        The force quickly identifies vulnerable callers
        Despite high demand, the force answers most emergency calls quickly
        The force uses problem-solving to prevent crime
        The workforce is positive about leadership
        The force effectively uses protective orders
        The service learns from operational incidents
        The force makes sure that missing people are found quickly
        The force’s financial plans are affordable
        Staff know how to get support when they need it
        The force is working hard to overcome gaps in its capability
        Most investigations are thorough and well supervised
        The force has enough trained investigators
        Few victims withdraw their support
        The force is good at recording rape offences
        Supervisors make sure that victims aren’t left at risk
    """,
    "negative": """
        One in three calls to 101 goes unanswered
        Victims of burglary seldom hear from the force again
        Nobody in the force owns the problem of stalking
        Supervisors read investigation plans, if at all, only once
        Half of all risk assessments are late
        Children’s voices go unheard
        Officers leave faster than the force can replace them
        The force spends more than it can afford
        The force doesn’t know how many suspects it is looking for
        Data about searches is incomplete and nobody checks it
        The force relies too much on overtime
        Wanted suspects remain at large for months
        It takes too long to train new call handlers
        Evidence is lost because officers start investigations late
        Neighbourhood officers spend most of their time on other duties
        The fleet is old and expensive to run
        Staff are tired, and many want to leave
        Little is done to find out why victims withdraw
        The backlog of fire safety audits is growing
        Prevention visits rarely reach those who need them most
        The force has fewer detectives than it needs
        The force keeps too little money in reserve
        The force isn’t always attending incidents in a timely way
        The force should improve how it communicates with victims
        The force needs to reduce the time it takes to answer non-emergency calls
        The force could do more to understand the needs of its workforce
        Too many calls are abandoned
        The force misses opportunities to safeguard vulnerable people
        The force lacks an effective vetting process
        The force’s governance of stop and search is weak
        Supervision is inconsistent
        There are delays in the examination of digital devices
        The force does not always comply with the victims’ code
        There aren’t enough detectives
        Officers’ workloads are too high
        The force is struggling to manage demand
        The force hasn’t made enough progress since our last inspection
        Performance in answering 101 calls has deteriorated
        The force has a backlog of risk assessments
        Victims aren’t always told about delays
        The force’s use of protective orders is limited
        More work is needed to understand disproportionality
        The service needs to do more to improve diversity
        Poor data quality limits the force’s understanding of demand
        The force has yet to implement its new strategy
        Neighbourhood officers are too often taken away from their main duties
        The force fails to record too many violent crimes
        Crimes aren’t always allocated to investigators with the right skills
        The force would benefit from a clearer plan
        Some supervisors don’t review body-worn video
        The force’s approach to problem-solving is inconsistent
        Staff feel undervalued and overworked
        The service doesn’t do enough to prevent fires
        The force can’t show that its changes have improved services
        The force is slow to respond to online child abuse
        Only a small proportion of victims receive a needs assessment
        The quality of files sent to the CPS is poor
        The force is not managing the risk posed by registered sex offenders
        There is a lack of supervision of investigations
        The force must improve its supervision of student officers
        Visits to registered sex offenders are overdue
        The force doesn’t have enough resources in its control room
        The force can’t meet demand
        Vetting renewals are out of date
        Officers often lack the training they need
        Response times are getting longer
        Response officers rarely have time for investigations
    """,
    "mixed": """
        The force answers 999 calls fast but leaves 101 callers waiting
        Officers are polite, but they often forget to explain why they search people
        Digital evidence is examined well, though slowly
        The force has good plans for its estate, but few for its technology
        Visits are made on time, but records of them are poor
        Crime has fallen, yet people feel less safe
        Most burglaries are attended, but few are solved
        Training is good, but too few officers have had it
        Leaders are visible, although staff doubt that they listen
        The service trains its crews well, but its buildings are in poor repair
        The force finds most missing children quickly, but doesn’t ask them why they left
        The force spots repeat callers, but not always repeat victims
        Some teams supervise well, others hardly at all
        The force has improved its call handling, but too many calls are still abandoned
        The force is improving its response to domestic abuse, although it needs to do more
        The force has a wellbeing strategy, but doesn’t know whether it works
        Although the force has invested in training, supervisors don’t always have the skills they need
        The force is good at preventing crime, but it should evaluate its work
        While the force has a clear plan, it isn’t always followed
        The force has made progress but there is more to do
        The force has effective plans, but needs to communicate them better
        The force has good processes to manage risk, with more work needed on supervision
        The force understands demand well, but its financial plans are unclear
        Despite improvements, victims still wait too long for a response
        The force works with partners to manage offenders but could make better use of data
        The force answers emergency calls quickly, however it doesn’t answer enough non-emergency calls
        The force identifies repeat callers but misses vulnerable ones
        Investigations are good, but victims aren’t always updated
        The service has made improvements but some staff don’t feel supported
    """,
    "neutral": """
        The force is reviewing its operating model
        We will continue to monitor the force’s progress
        The force’s rate of stop and search is similar to that of other forces
    """,
}
CASES = [
    (sign, line.strip()) for sign, lines in HEADINGS.items() for line in lines.splitlines() if line.strip()
]


@pytest.mark.parametrize(("sign", "heading"), CASES)
def test_polarity_of_headings(sign: str, heading: str) -> None:
    assert polarity(heading) == sign


@pytest.mark.parametrize(("sign", "heading"), CASES)
def test_headings_of_findings_are_sentence_like(sign: str, heading: str) -> None:
    assert is_sentence_like(heading)


def test_straight_apostrophes_count_as_typographic_ones() -> None:
    assert polarity("The force doesn't always respond") == "negative"


@pytest.mark.parametrize(
    "heading",
    """
    Catching criminals
    Diversity data
    Use of force
    Stop and search
    Terminology in this report
    Important changes to PEEL
    Working with partners to protect vulnerable people
    Managing the risk posed by registered sex offenders
    Understanding demand and planning for the future
    Management of registered sex offenders
    Ethical and lawful workforce behaviour
    Use of body-worn video in stop and search
    Good use of technology to support victims of crime
    Call answering performance and abandonment rates
    """.strip().split("\n    "),
)
def test_topic_headings_are_not_sentence_like(heading: str) -> None:
    assert not is_sentence_like(heading)
