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
    The force lost its telephones
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

PAIRS = {
    "positive": """
        The force is effective at deterring and preventing vehicle crime
        The force has a good understanding of how it uses its powers
        Officers are trained in unconscious bias and effective communication skills
        The force assesses call risk well at the first point of contact
        The force has invested in its crime scene investigation capability
        The force effectively identifies and manages its most dangerous offenders
        The force’s neighbourhood teams aren’t routinely taken away from their duties
        The force is tackling disproportionality in its use of stop and search
        There is an effective process for carrying out safeguarding visits
        The force has reduced the number of outstanding warrants
        The number of outstanding suspects has fallen
        Wellbeing services are easily accessible and staff know about them
        Few student officers leave the force
        The force has strong governance arrangements in place
        The force makes the best use of the finance available
        The force is on course to make the savings it needs
        The force works with partner organisations to reduce repeat demand
        The force regularly seeks the views of the public
        Domestic abuse victims are kept safe
        Victims of domestic abuse do not wait long for officers
        Delays in responding to incidents have reduced
        The force recognises and responds to vulnerability
        The force has improved how it records violent crime
        Very few crimes go unrecorded
        Auditing by supervisors makes sure that the victims’ code is followed
        Evidence-led prosecutions are considered whenever a victim withdraws support
        The force understands why victims withdraw support
        The force has a clear process to deal with online child abuse images quickly
        Officers feel confident in challenging unacceptable behaviour
        The counter-corruption unit has enough people and technology
        The service identifies those most at risk from fire
        The service has reduced the number of false alarms it attends
        Firefighters have good access to relevant and up-to-date risk information
        Staff understand and demonstrate the service’s values
        The service has taken action to stamp out bullying and harassment
        Availability of on-call fire engines is improving
        The force is committed to reducing violence against women and girls
        The force has taken steps to reduce attrition in the control room
        Sickness levels in the control room are among the lowest in the country
        It is clear how the force will fund its plans
        The force has addressed the cause of concern about its crime recording
        The force no longer relies on overtime to staff its custody suites
        Detainees are rarely held for longer than necessary
        Children are only held in custody as a last resort
        Leaders aren’t afraid to make difficult decisions
        Fewer victims drop out of prosecutions
        Fewer complaints are upheld
        The force has cut the time it takes to answer calls
        The force has cut crime
        The force has stopped using police cells for people in crisis
        The team reaches families who never asked for help
        Officers return to streets that were once ignored
        The force works with schools that exclude too many pupils
        Demand is growing, and the force has planned for it
        More cases are solved
        More victims say they are satisfied
        The waiting list for training is getting shorter
        Staff no longer wait months for an appointment
        The force no longer relies on paper records
        The unit has never missed a deadline
        No victim waits more than a day
        The force doesn’t accept excuses for poor behaviour
        Supervisors leave nothing to chance
        The force has closed the gap in its intelligence
        The rate of repeat offending has come down
        The charge rate has gone up
        Response times have improved
        Few fires spread beyond the room where they start
        The service acts before problems grow
    """,
    "negative": """
        The force doesn’t have robust external scrutiny of stop and search
        The force needs to improve the time it takes to answer 101 calls
        Callers are not always given advice on preserving evidence
        The force isn’t consistently achieving acceptable outcomes for victims of crime
        Investigation plans are not always completed
        The force has too few officers to manage registered sex offenders
        Officers in neighbourhood teams are often abstracted to cover response shifts
        The force doesn’t understand why disproportionality exists
        There is a backlog of cases awaiting vetting
        The number of outstanding suspects has risen
        Supervisors don’t have the time or skills to support wellbeing
        The force’s strategic plan isn’t understood by the workforce
        The force faces a significant financial challenge
        The force’s savings plans are not sufficiently developed
        The force has missed opportunities to use preventive orders
        Victims of domestic abuse wait too long for officers
        Delays in responding to domestic abuse incidents put victims at risk
        Vulnerability isn’t always identified at the first point of contact
        Crime recording for behavioural crimes needs to improve
        Most stalking offences go unrecorded
        The victims’ code isn’t consistently followed
        Evidence-led prosecutions are rarely considered
        The reasons why victims withdraw are not recorded
        The team that deals with online child abuse is under-resourced
        Some officers lack confidence in reporting wrongdoing
        The counter-corruption unit is reactive
        The service has reduced the number of home fire safety visits
        The service doesn’t always gather relevant and up-to-date site risk information
        The service’s culture doesn’t always reflect its values
        Bullying and harassment are still tolerated in some stations
        The service should assure itself that its protection resources are sufficient
        Availability of on-call fire engines is declining
        The service’s estate is deteriorating and some stations lack facilities for women
        High levels of sickness affect the performance of the control room
        It isn’t clear how the force will fund its plans
        The force is not an outlier but its performance is getting worse
        The force hasn’t addressed the cause of concern about its crime recording
        Detainees are too often held for longer than necessary
        Children are held in custody overnight because there are no beds elsewhere
        Leaders avoid difficult decisions
        Fewer crimes are solved than three years ago
        Fewer people report feeling safe
        The force has cut the hours of its front counters
        The force has lost many of its experienced detectives
        The force has stopped visiting victims of burglary
        Streets that need patrols most are ignored
        Demand is growing faster than the force can meet it
        More cases are closed without a suspect
        More calls are abandoned than last year
        More officers are leaving
        The waiting list for training is getting longer
        Staff wait months for an appointment
        The force no longer visits every victim of burglary
        The unit has never met its target
        Nobody checks the plans
        No victim is told the outcome
        The force accepts excuses for poor behaviour
        It is hard to find a plan that is up to date
        Supervisors leave too much to chance
        The gap in intelligence has widened
        The rate of repeat offending has gone up
        The charge rate has come down
        Response times have deteriorated
        Few buildings at high risk are inspected
        Problems grow before the service acts
    """,
    "mixed": """
        The force attends most incidents within its target times but doesn’t update callers about delays
        The force supports student officers well, but more needs to be done to reduce the number who leave
        The force manages online child abuse cases quickly, although the team’s workload is high
        The service targets its protection work at the highest risk, but isn’t keeping up with its audits
        Although the force has problem-solving plans in place, they are of inconsistent quality
        The force has more officers than ever, but fewer of them investigate crime
        Waiting lists are shorter, but some victims still wait months
        Response times have improved, although they remain too slow at night
    """,
}
"""Headings of reports on police and fire, most beside one that says the contrary in nearly the same words."""

SET_AGAINST = {
    "mixed": """
        The plan for demand is thorough but stops at next year
        New vehicles have arrived, but crews are waiting for training in them
        Most crimes are recorded within a day, yet rapes can take a week
        The workforce is more diverse than it was, but leaders still look alike
        The budget balances this year, but the longer-term position is fragile
        Plans reach to 2029, although the forecasts are optimistic
        Fairness matters to leaders, but not every complaint is heard
    """,
    "positive": """
        Demand has changed, but plans are thorough
        Although it is not a large force, it works well with partners
        Not only sergeants but constables review cases
    """,
    "negative": """
        In most districts, but not in the city, visits are late
    """,
}
"""Where “but” or “although” sets a clause without praise against another, it finds a fault in any words."""

COUNTED = {
    "positive": """
        Few searches of people in the town are unlawful
        Few visits to registered sex offenders are overdue
        Beat patrols in Millgate have reduced antisocial behaviour
        Fewer victims are withdrawing their support
        Crime recording has never been more accurate
        Only one other service answers calls faster
        Delays have not grown
        Fatal fires are at their lowest for a decade
        Teams have cleared their backlogs
    """,
    "negative": """
        Few officers in the rural teams are fully trained
        Beat patrols in Millgate have reduced by half
        Delays haven’t been reduced
        Fatal fires are at their highest for a decade
        The team has a growing workload
        On-call availability has slumped
        Response times have lengthened
        Only four in ten risk visits were completed
        Detectives carry more than twice the recommended number of cases
        There is a fall in the percentage of adults aged 18 to 21 who are in touch with the team.
        The force has a funding gap and no agreed way of closing it
        The quality of checks on whether people can live together or separately varies across teams
        Support for adults over 25 is an area that requires attention
    """,
    "neutral": """
        The number of disabled children placed near their homes has increased significantly since April 2014.
        The hub is a partnership between the council, two charities and the police.
        A duty team receives all requests for help.
        The trust commissions a range of alternative provision.
        The service is rewriting its risk plan
    """,
}
"""What is many or few, more or less: of a fault or of what is good; and what only says how many."""


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
    ("sign", "heading"), [(sign, line) for sign, text in PAIRS.items() for line in lines(text)]
)
def test_headings_that_differ_in_a_word_differ_in_polarity(sign: str, heading: str) -> None:
    assert polarity(heading) == sign


@pytest.mark.parametrize(
    ("sign", "heading"), [(sign, line) for sign, text in SET_AGAINST.items() for line in lines(text)]
)
def test_a_clause_that_is_set_against_praise_finds_a_fault(sign: str, heading: str) -> None:
    assert polarity(heading) == sign


@pytest.mark.parametrize(
    ("sign", "heading"), [(sign, line) for sign, text in COUNTED.items() for line in lines(text)]
)
def test_what_is_counted_is_good_or_bad(sign: str, heading: str) -> None:
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


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Detectives spot patterns, but files then wait", "mixed"),
        ("Cases drift", "negative"),
        ("People are still kept in corridors", "negative"),
        ("Such plans are still reviewed by a sergeant", "positive"),
        ("Officers know the code, but some still break it", "mixed"),
        ("Attendance is slower than in 2022", "negative"),
        ("Experienced detectives are leaving", "negative"),
        ("Those who are leaving care get help", "positive"),
        ("Callers seldom have to wait", "positive"),
        ("Supervision is better, but detection still lags behind", "mixed"),
    ],
)
def test_what_stalls_persists_or_gets_worse_is_a_fault(heading: str, expected: str) -> None:
    assert polarity(heading) == expected


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Harm to infants is spotted too late", "negative"),
        ("The unit spots late submissions and deals with them", "positive"),
        ("Families wait for weeks while samples are tested", "negative"),
        ("Drivers report harassment, and few of them trust their managers", "positive"),
        ("Women on two stations report harassment, and few of them trust their managers", "negative"),
        ("Staff report bullying to a confidential line and get answers", "positive"),
        ("Hospital guards take crews away from their own town", "negative"),
        ("Hospital guards no longer take crews away from their own town", "positive"),
        ("The team waits for complaints rather than looking for patterns", "negative"),
        ("Waiting times are longer than those of its neighbours", "negative"),
        ("Waiting times are shorter than those of its neighbours", "positive"),
        ("Conviction rates are falling", "negative"),
        ("Asian residents are searched three times as often", "negative"),
        ("Most residents felt safe at first, and far fewer did a year later", "mixed"),
        ("Crews arrive sooner, and far fewer calls are lost", "positive"),
        ("Its costs are close to those of similar forces", "neutral"),
        ("The service shares its workshop with two neighbours", "neutral"),
        ("Nobody goes home without a plan", "positive"),
        ("People go home without a plan", "negative"),
        ("All but a handful of plans are in date", "positive"),
        ("The force relies on goodwill to fill its shifts", "negative"),
        ("Victims are told only when they ask", "negative"),
        ("Children are held overnight", "negative"),
        ("Children are no longer held overnight", "positive"),
        ("The queue for the laboratory is half what it was", "positive"),
    ],
)
def test_comparisons_losses_and_denied_lacks(heading: str, expected: str) -> None:
    assert polarity(heading) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Managers have good oversight of the few children in unregistered homes.", "positive"),
        ("Managers have poor oversight of the few children in unregistered homes.", "negative"),
        ("Good plans for children in unregistered homes are not kept.", "negative"),
        ("The reserve is well short of what it needs.", "negative"),
        ("Leaders recognised that visits were late and have taken action.", "positive"),
        ("Leaders recognised that visits were late, but have not yet acted.", "mixed"),
        ("Turnover, which had been high, has fallen.", "positive"),
        ("Turnover, which is high, has fallen less than planned.", "negative"),
        ("The proportion of children in foster homes is lower than the England average.", "neutral"),
        ("Matching takes 40 days longer than the England average.", "negative"),
        ("In May 2024, 8 percent of calls were abandoned.", "neutral"),
        ("Re-referral rates are low.", "positive"),
        ("Morale is low.", "negative"),
        (
            "Despite good support, their chances of good results are well below those of other children.",
            "negative",
        ),
        ("Panels give challenge to partners, for example on poor plans.", "positive"),
        ("Plans are poor, for example in two teams.", "negative"),
    ],
)
def test_what_praise_is_about_is_no_fault_and_how_shares_stand_to_others_no_judgement(
    sentence: str, expected: str
) -> None:
    assert polarity(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "sign"),
    [
        # less of a harm, and less often
        ("The vans break down less than they did", "positive"),
        ("Detectives are seldom taken off their cases", "positive"),
        ("Hardly a call goes unrecorded", "positive"),
        ("The queue of phones has all but disappeared", "positive"),
        ("The force has stopped releasing suspects without an address", "positive"),
        ("It has cut the number of unsolved burglaries", "positive"),
        # what slips, shrinks or is missing
        ("Arrival times have slipped since 2022", "negative"),
        ("The number of mounted volunteers keeps falling", "negative"),
        ("The proportion of crimes that are solved keeps shrinking", "negative"),
        ("The share of burglaries that go unsolved keeps shrinking", "positive"),
        ("It takes three times as long to send a car", "negative"),
        # what a part without a verb lacks
        ("The strategy has aims but no dates", "mixed"),
        ("It remains hard for rural callers to get help", "negative"),
        ("Managers take little notice of sickness", "negative"),
        ("Checks that used to be missed are now done", "positive"),
        ("A second officer looks at every case that stalls", "positive"),
        ("Callers wait no longer than before", "positive"),
    ],
)
def test_the_direction_of_a_verb_decides_with_what_it_is_said_of(sentence: str, sign: str) -> None:
    assert polarity(sentence) == sign
