"""Headings as reports word them: which state something, and what they say of it."""

from __future__ import annotations

import pytest

from kg.nlp.structure.clauses import is_evaluation, is_sentence_like
from kg.nlp.structure.polarity import polarity

POLARITY = {
    "positive": """
    Officers explain why they stop people and listen to the answers
    The force seldom loses contact with the victims it looks after
    Supervisors rarely find errors in crime records
    The force stops doing what doesn’t work
    Wanted suspects are arrested within days
    Tutors are experienced and have time for their students
    The backlog in vetting has gone
    The backlog of forensic work has halved
    Abandoned calls are at their lowest level for five years
    Waiting times for interviews have come down
    The control room has enough staff for the first time in years
    Complaints against officers are down by a third
    Victims no longer have to repeat their stories
    There is little sign of bias in the use of Taser
    Few victims withdraw from prosecutions
    The force knows where its gaps in skills lie and trains people to fill them
    The force has turned around its performance on missing children
    Neighbourhood officers are protected from other duties
    Officers use force less often than their peers
    The force makes it easy to report hate crime
    The service reaches people who don’t speak English
    The service learns from failures elsewhere
    Crews rarely arrive late
    Firefighters feel able to challenge poor behaviour
    The service has tackled a culture that excluded women
    There has been a marked fall in sickness
    Calls are triaged so that the most vulnerable are seen first
    The force makes good use of protective orders
    Early help teams stop problems before they grow
    The constabulary doesn’t wait for victims to ask
    The force deploys drones to find missing people
    Victims can choose how they are contacted
    Rural crime teams are well known to farmers
    The force has strengthened its vetting
    Bail is used to keep victims safe
    Leaders make themselves available to frontline officers
    Recorded crime has fallen faster than in similar forces
    Staff feel safe to raise concerns
    The force knows the people who pose the greatest risk
    Serious violence has dropped in the areas that it patrols
    Digital media investigators attend scenes within the hour
    Occupational health appointments are available within a week
    Fire crews know the risks in their area
    Safety-critical training is up to date
    Risk information is easy for crews to reach
    Senior leaders act when standards slip
    The service replaces its old engines on schedule
    The force returns property to victims quickly
    Schools value the force’s early help officers
    Officers record all the crimes that victims tell them about
    The force uses out-of-court disposals proportionately
    Supervisors check every use of force form
    The constabulary holds its leaders to account
    The force monitors the quality of its investigations
    Complaints are dealt with promptly and fairly
    The force protects its staff from assault and supports them afterwards
    Victims of fraud hear from the force within two days
    The force is one of the best at answering 999 calls
    The force works with retailers to catch prolific shoplifters
    Neighbourhood policing has been rebuilt
    Victims’ feedback changes how the force works
    The force’s digital strategy is paying off
    Specialist officers speak to every victim of rape within a day
    The force holds offenders to account when they breach their conditions
    Supervision of response officers is close and constructive
    Calls to 101 are answered in under two minutes
    The force gives hidden crimes the attention they deserve
    Detained people are treated with dignity
    Officers’ grounds for searching people are well recorded
    A new shift pattern has given staff back their weekends
    The service targets its home visits at older people who live alone
    The service can pay for its plans
    Firefighters’ fitness is tested every year
    The mobilising system has proved reliable
    """,
    "negative": """
    Too few officers are trained to interview children
    The team that monitors sex offenders has too few staff
    The unit that investigates rape is short of detectives
    Money is running out
    The force’s systems don’t talk to each other
    Patrol plans gather dust
    Many victims give up before their case gets to court
    The vetting team is overwhelmed
    Officers feel let down by the promotion process
    Victims of stalking are left without protection
    Calls for help go unanswered at night
    Missing children aren’t always found quickly
    The force gives child protection too little priority
    Information about suspects gets lost between teams
    Supervisors are too busy to check
    The number of wanted suspects keeps growing
    People in rural areas feel forgotten
    Half of all records have no rationale
    Crime plans exist on paper only
    The force has lost its grip on outstanding warrants
    The quality of risk assessments depends on who does them
    Victims have to repeat their stories
    The force knows too little about the demand it faces
    Nobody takes responsibility for overdue actions
    Officers don’t trust the new system
    The reserves are almost used up
    The service can’t crew all its engines
    Audits of high-risk buildings are behind schedule
    Inappropriate behaviour goes unchallenged
    Staff are afraid to speak up
    Women in the service face barriers to promotion
    Firefighters go without realistic training
    Home safety visits have dried up
    The force is slow to act on complaints
    Detectives are in short supply
    Digital devices wait months to be examined
    Sergeants spend little time with their teams
    Evidence is sometimes lost
    Disproportionality has grown
    Leaders are rarely seen outside headquarters
    Body-worn video is often switched off
    Children are held in custody overnight because no beds are found
    Case files come back from prosecutors again and again
    The force overuses overtime to cover gaps
    Repeat callers are overlooked
    Only a third of callers get an answer within a minute
    The force records hate crime poorly
    Progress has stalled
    The force should do more for victims who don’t speak English
    Calls about domestic abuse don’t get the priority they deserve
    The force misses chances to safeguard children
    Interviews with suspects are put off
    Officers arrive too late to gather evidence
    The force can’t say how many suspects it is looking for
    Student officers carry caseloads that they can’t manage
    The force’s data is riddled with mistakes
    Victims’ personal statements are seldom offered
    Rural stations are closing without consultation
    Public contact officers are leaving faster than they can be replaced
    The force doesn’t know whether its patrols work
    Officers skip training because shifts aren’t covered
    Partners find the force hard to work with
    Offenders go unvisited
    The service hasn’t learned from a fatal fire
    Prevention work isn’t aimed at those most at risk
    Fire engines are often unavailable
    High-risk buildings haven’t been inspected
    Promotion is seen as unfair
    Staff say bullying is tolerated
    The force lets suspects slip through its hands
    Officers are sent to incidents they aren’t trained for
    The force has no plan for its ageing estate
    Lessons from serious case reviews aren’t shared
    The force takes months to vet new recruits
    Half the workforce has no appraisal
    Fewer victims see justice than in similar forces
    Hate crimes are wrongly closed
    It is unclear who leads on rural crime
    The force doesn’t always attend burglaries
    Attendance at high-risk incidents is often late
    Officers aren’t confident in using the system
    Suspects are sometimes released without conditions
    The force has cut its prevention teams too far
    Stop and search falls unfairly on young Black men
    Victims don’t hear from the force for weeks
    Vulnerable callers are put on hold
    The force spends more than it can afford
    The disclosure scheme isn’t working as it should
    Detective posts lie empty
    Case files are poor and getting worse
    Staff don’t believe that anything will change
    Partners aren’t told when offenders move
    The force’s approach to child exploitation is reactive
    Some officers are unsure of their powers
    Fire prevention has been neglected in rural communities
    The service has no effective plan for its risk-critical training
    Breathing apparatus refreshers have lapsed
    Firefighters’ concerns are brushed aside
    """,
    "mixed": """
    The force answers emergency calls quickly but non-emergency callers give up
    Trust is rising, but young Black people still feel over-policed
    Outcomes have improved from a low base but remain poor
    The plan is sound; the money to pay for it isn’t there
    Officers are well trained, yet there are too few of them
    Officers want to help victims but lack the time
    Strategy is clear at the top and confused on the ground
    The force finds missing children quickly but seldom asks why they left
    Firefighters are skilled, although some training is out of date
    Leaders are visible, but staff don’t feel listened to
    The service visits the right buildings but doesn’t follow up
    Prevention is strong in towns and weak in the countryside
    The force supports new officers well, less so its long-serving staff
    Calls are answered in seconds, then people wait hours for an officer
    The force spends carefully but its savings plans are unproven
    The scheme protects children, but few parents know of it
    Visits are up to date while risk assessments are not
    The new system is popular, though it breaks down often
    Victims are kept informed at first and then forgotten
    Most calls are answered in time, but repeat victims aren’t identified
    The force has reduced burglary, although robbery is rising
    Plans are ambitious but progress is slow
    Investigations are thorough, but victims aren’t kept informed
    Vetting is up to date, though re-vetting checks are late
    The service knows its risks but hasn’t told the public about them
    Recruits praise their training but not their pay
    Leaders listen, but staff see no change
    Stop and search is used fairly, but records are incomplete
    Governance is good and resourcing is poor
    Though its finances are healthy, the force lacks a clear plan for change
    The force catches many offenders but few are charged
    Custody is safe, but detained people wait too long for a solicitor
    Despite recent investment, the control room remains slow to answer
    The force has a clear vision, but supervisors can’t explain it
    The service trains its officers well but doesn’t record it
    Fire protection is improving, but from a weak position
    """,
    "neutral": """
    The force is changing its neighbourhood model
    The force has appointed a new chief constable
    Demand is similar to that of other forces
    The force is moving to a new control room
    The use of Taser is in line with other forces
    """,
}
STATING = """
    Victims of domestic abuse get quick and lasting protection
    Delays in the disclosure scheme leave people at risk
    Officers in response teams carry too many investigations
    People who call 101 wait too long for an answer
    Children who go missing often come to harm
    Supervisors on the night shift lack experience
    Problem-solving plans rarely show results
    Poor file quality delays justice for victims
    High turnover in the control room affects the service
    Better technology speeds up investigations
    Training for new detectives falls short of what they need
    Good partnership working keeps children safe
    Strong governance drives improvement
    Weak supervision undermines the quality of investigations
    A culture of openness helps staff to speak up
    Vetting backlogs slow down recruitment
    Neighbourhood teams know their communities well
    Most victims of burglary receive a visit
    Some victims of rape wait months for an update
    Few suspects on bail face checks
    Demand on the control room outstrips its capacity
    Integrated offender management cuts reoffending
    Repeat victims of antisocial behaviour get a named officer
    The quality of risk assessments varies across the force
    Bail conditions protect victims
    Staff in the vetting unit work hard but fall behind
    Young people trust the police more than they did
    Custody visits by volunteers find few problems
    Regular reviews keep wanted suspects in sight
    Workloads in the public protection unit remain too high
    Fewer calls go unanswered
    Firefighters from all stations train together each year
    The brigade’s prevention work reaches those most at risk
    Home fire safety visits reach the right people
    Fire engines arrive within target times
    On-call crews in rural areas struggle with availability
    Fire protection inspectors lack capacity to visit high-risk buildings
    Fire control staff give clear survival guidance to callers
    Senior leaders set a good example
    Managers at every level live the values
    Grievances take too long to resolve
    Diversity in the workforce remains low
    The estate no longer meets the needs of the service
    Savings plans depend on assumptions that may not hold
    Reserves fall below a prudent level
    Partners value the force’s contribution
    Victims’ voices shape the service
    Body-worn video shows officers at their best
    Body-worn video supports fair treatment
    Scrutiny panels look at every use of Taser
    Digital devices sit in queues for months
    Prosecutors return too many files
    Detectives carry heavy caseloads
    Every recruit has a tutor
    Nobody checks the quality of what is recorded
    Domestic abuse perpetrators face swift arrest
    Missing children get a full debrief when they return
    The force and its partners share information about children daily
    Intelligence about county lines reaches neighbourhood officers
    Neighbourhood officers spend most of their time in their wards
    Calls from children get priority
    Stop and search finds weapons and drugs
    Crime in rural areas gets the attention it deserves
    Officers and staff feel proud to work here
    Call handlers under pressure make mistakes
    Analysts map hotspots every week
    Investment in drones pays off
    The new contact platform works well
    Data about ethnicity goes unrecorded
    New shift patterns match demand
    Hate crime receives a consistent response
    Investigators keep victims informed
    Clear leadership from the top has changed the culture
    Progress on disproportionality has stalled
    A dedicated team tackles online child abuse
    A shared service with a neighbouring force saves money
    An online portal lets victims track their case
    Lessons from reviews reach the front line
    Victims with complex needs fall through the gaps
    Leaders at all levels model the values they expect
    The force’s website tells people what to expect
    Reports of rape get specialist attention from the start
    Offenders in the community meet their managers monthly
    Too few officers speak a second language
    Too many domestic abuse victims withdraw their support
    More people from ethnic minorities apply to join
    Response times in the north lag behind
    Prevention work has lost momentum
    Staff shortages hit the quality of supervision
    Mental health demand drains response teams
    Governance of stop and search has strengthened
    Communities in the east see fewer patrols
    Prisoners in custody receive regular checks
    Complaints from the public take less time to resolve
    Detainees with mental health problems get prompt assessments
    The force’s crime prevention hub helps businesses to protect themselves
    Victims say they feel listened to
    Child protection conferences lack police reports
    Rape investigators work closely with prosecutors
    High-harm offenders face relentless pursuit
    Data quality holds the force back
    Supervisors’ reviews lack depth
    The VSA found good compliance with the code
    999 calls go unanswered at peak times
    Response officers carry workloads that are too heavy
    Integrated teams at Northgate solve more burglaries
    The PCC funds extra patrols in town centres
    A new vetting unit clears the backlog
    Organised crime groups in the county feel the pressure
    On-call firefighters attend training less often than they should
    Protection staff complete audits on time
    Operational staff know how to raise safety concerns
    Staff at headquarters trust senior leaders less
    Cross-border working saves time
    Fire safety audits target the highest risks
    Lack of analysts limits problem-solving
    Child-centred policing puts children first
    Most respondents would recommend the force
    Fraud victims receive little support
    Wanted offenders stay at large for too long
    Retail crime gets more attention
    Street lighting schemes cut robberies
    Youth workers in custody suites divert children from crime
    """
TOPICS = """
    Catching criminals
    Use of force
    Leadership
    Vetting
    Diversity data
    Outlier lines
    Victims of domestic abuse
    Management of registered sex offenders
    Response to missing children
    Call handling and response times
    Crime prevention and neighbourhood policing
    Working with partners to protect children
    Stop and search records
    Supporting victims of crime
    Cost of living support
    Police workforce survey results
    Online child sexual exploitation team
    Financial planning and value for money
    Reducing crime assessment
    Serious and organised crime
    Recruitment and retention
    Well-being of the workforce
    Fire control
    Prevention activity in the last year
    Support for officers on long-term sick leave
    Protection of victims in court
    Right Care, Right Person
    Working practices in custody
    Force in context
    Changes since our last inspection
    Progress against the areas for improvement
    Domestic abuse victims and their needs
    Performance of the control room
    Use of body-worn video in stop and search
    Standards of behaviour and misconduct
    Management of suspects on bail
    Demand and capacity in the control room
    Training for new recruits
    Plans for the next four years
    Reviews of wanted suspects
    Visits to registered sex offenders
    Calls for service from the public
    Risks to vulnerable people
    Reports of rape and serious sexual offences
    Estate and fleet
    Local policing areas
    Burglary and vehicle crime
    Protecting the public from fire
    Complaints and grievances
    Positive action and diversity
    Collaboration with neighbouring services
    Availability of on-call firefighters
    Planning for major incidents
    Sharing of learning
    Crimes with vulnerable victims
    Outcomes for victims of rape
    People with mental ill health
    Officers in their first two years
    Calls to 101
    Stop and search of children
    Searches of people under 18
    Terms of reference
    How we inspect
    Workloads and well-being
    Scrutiny of the use of powers
    Force management statement
    Force control room and response
    Inspection of the control room
    Record keeping in custody
    Contact with the public
    Work with schools and young people
    Plans, budgets and reserves
    Drug supply and county lines
    Access to services for victims
    Help for victims of stalking
    Review of cases by supervisors
    Force-wide neighbourhood policing review
    Digital forensics
    Crime data integrity
    Forensic services and digital investigation
    Domestic Violence Disclosure Scheme
    Stop and search: disproportionality
    Support for staff
    Staff survey and engagement
    The Victims’ Code
    The control room
    The workforce
    The serious violence duty
    Our approach
    What good looks like
    Area for improvement 2
    Cause of concern
    Police and crime plan
    Child sexual abuse and exploitation
    Missing from home
    Hate crime and community tensions
    Roads policing
    Armed response
    Officer safety training
    Assessment of risk in the control room
    Vulnerability at first point of contact
    Identification of repeat callers
    Rural and wildlife crime
    County lines
    Prevention of homicide
    Multi-agency risk assessment conferences
    Domestic Abuse, Stalking and Honour-based Violence
    Information technology and data
    Force management and finance
    Home fire safety visits
    Risk-based inspection programme
    National resilience assets
    Response standards
    Retained duty system
    Fire cadets
    Values and culture
    Equality, diversity and inclusion
    Absence and attendance
    Collaboration and partnership
    Officer attrition
    Progress since 2021
    Early intervention with young people
    Training and development
    Performance of first-line supervisors
    Investigation standards
    Supervision of investigations
    Crime allocation policy
    """
EVALUATING = {
    "positive": """
    Well-established partnership working
    Strong leadership at all levels
    An effective response to online abuse
    Good use of protective orders
    Robust scrutiny of stop and search
    Clear governance of investigations
    Improved supervision in the control room
    """,
    "negative": """
    Limited understanding of demand
    Poor quality of case files
    Inconsistent supervision of investigations
    Lack of capacity in the vetting unit
    Too many unallocated crimes
    No clear plan for the estate
    Insufficient oversight of bail
    """,
}


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize(
    ("sign", "heading"), [(k, line) for k, text in POLARITY.items() for line in lines(text)]
)
def test_a_heading_has_its_polarity_and_states_something(sign: str, heading: str) -> None:
    assert (polarity(heading), is_sentence_like(heading)) == (sign, True)


@pytest.mark.parametrize("heading", lines(STATING))
def test_a_subject_and_a_verb_state_something(heading: str) -> None:
    assert is_sentence_like(heading)


@pytest.mark.parametrize("heading", lines(TOPICS))
def test_a_topic_states_nothing(heading: str) -> None:
    assert not is_sentence_like(heading) and not is_evaluation(heading)


@pytest.mark.parametrize(
    ("sign", "heading"), [(k, line) for k, text in EVALUATING.items() for line in lines(text)]
)
def test_an_evaluation_needs_no_verb(sign: str, heading: str) -> None:
    assert (is_sentence_like(heading), is_evaluation(heading), polarity(heading)) == (False, True, sign)
