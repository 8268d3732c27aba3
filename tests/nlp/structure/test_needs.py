"""Improvement needs: which sentences state one, and what they belong to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from structure_texts import peel, structure

from kg.model.frameworks import load_frameworks
from kg.nlp.document.wording import Words, words_for
from kg.nlp.structure.need_sentences import states_need

NEEDS = """
The custody review board, chaired by the deputy chief constable, needs to bring this down.
I expect the force to do more to train them.
We now expect it to act on this.
But the force must do better for those who call.
We would still like more to be done for those who work nights.
I should like to see an action plan within 28 days.
I have told the chief constable that he must act at once.
She must report to us every three months.
By 31 March 2025, the force should: (a) review each case; and (b) report to us.
The force should (i) review each case; and (ii) report to us.
The force should make sure that officers record their grounds.
Marchshire Police needs to improve its understanding of demand.
It should consider how to use this data.
They need to do this more often.
But it could do more to engage with young people.
More needs to be done to reduce delays.
The force would benefit from an independent review.
Further work is needed to embed these changes.
There is still more to do.
The force still has more to do to make sure that victims are updated.
The force must improve the way it supervises investigations.
Supervisors need to review investigations more regularly.
Leaders need to make sure that the workforce understands the plan.
This means that the force needs to recruit more detectives.
The force recognises that it needs to improve its data quality.
We found that the force needs to do more to understand why.
We encourage the force to evaluate this approach.
However, the force should be more proactive.
The force’s governance needs to be strengthened.
The supervision of these cases needs to improve.
The quality of files needs to be improved.
There is room for improvement in how the force records crime.
The force may wish to consider this, but it should first talk to partners.
As a result, the force should review its policy.
The force and its partners need to work more closely.
The constabulary could make better use of its analysts.
To do this, it needs to make sure that it has enough staff.
It is important that the force addresses this.
The control room needs to answer more calls.
The force should continue to monitor this.
We would like to see the force do more of this.
In future, the force should include victims in this process.
And it should make sure that this happens consistently.
If the force is to meet demand, it needs to invest in its people.
The force will need to make sure that it can sustain this.
Improvement is needed in how the force manages suspects.
The force needs to know how many suspects are wanted.
Both the force and the council need to share data.
The force should also evaluate this work, which would help it to learn.
The force has to improve its response times.
This is something the force should address.
This is an area that the force should improve.
Better supervision would help to address this, and the force should prioritise it.
Marchshire Police could learn from other forces in this respect.
Its understanding of demand could be better.
The force’s approach could be improved.
The force isn’t doing enough and needs to do more.
The force has a plan but should test it.
The chief constable should review the force’s vetting arrangements.
The force should help victims to understand the process.
Marchshire Police should enable its staff to raise concerns.
The force should now evaluate the pilot.
This is an area where the force could do better.
The force must now act on the findings of the survey.
We urge the force to publish its data.
Its supervisors should have more time for coaching.
Supervisors should make sure that plans are completed.
The force would benefit from sharing what it learns.
The force and the council should agree how to share information.
The force should find out why victims withdraw.
The force will have to recruit more detectives to meet demand.
More consistent supervision is needed.
Greater focus on prevention is required.
There is scope for the force to improve its use of volunteers.
The force has some way to go before all its officers are trained.
Improvements are still needed in the quality of files.
The force could usefully ask victims what they think.
But it needs better data.
Leaders could be more visible.
The force should give its sergeants more time.
It should set out who is responsible.
The force needs to get a grip on its backlog.
The force should reassure itself that staff understand this.
In particular, it should consider the needs of children.
The force recognises this and knows it has more to do.
The service’s prevention strategy needs updating.
The force still needs to do more to retain them.
Further training would help, and the force should provide it.
The force should assure itself that these plans work.
Marchshire Police must make rape a priority.
It could consider joining the scheme.
To improve, the force should listen to its staff.
The force should look again at its shift patterns.
Her successor will need to rebuild trust.
The vetting backlog working group should ask why files are late.
The assistant chief constable’s talent board could invite the staff associations.
The service’s board met, but its estates board needs better figures on each station.
The digital media unit needs to clear its queue.
The assistant chief constable must see that every plan has a named lead.
The deputy chief constable has to satisfy herself that the backlog is falling.
The head of custody should check each record.
Its chief finance officer needs to publish the figures.
A force needs a fairer share, and the force needs a clearer plan.
The strip searches of children need closer oversight.
The force should, by 30 June 2025, train its call handlers.
The record of each visit should be checked, and it needs further work.
Leaders accept that there is more to do to keep plans up to date.
There are still some areas of practice that require further improvement.
Inspectors found some areas where supervision could be strengthened.
It has a plan that needs updating.
The offer to young people is out of date and needs attention.
The force’s leaders know what works, but they need to share it.
The force must send digital devices for examination sooner
It must tell victims sooner what has happened.
Marchshire Police must visit offenders more often.
You must now show that this has changed.
Waits should be no more than eight weeks by the end of September 2026.
The backlog should be below 200 by 31 March 2026.
The commissioner’s office could do more to plan for their replacement.
The partnership could do better at sharing what it knows.
Its estates department could do much more to repair stations.
To address this cause of concern, HMIC recommends that the force should immediately take steps to:
HMICFRS recommends that Marchshire Police reviews its policy.
By the end of November 2024, the force should have in place a process to assess each policy.
The force should have effective supervision.
By 31 May 2025, the force should have reviewed all its cases.
I would be grateful if, by Friday 8 November, you would send me an updated action plan.
I would be grateful if you could set out how you will do this.
I ask that you send me a plan by 8 November.
The force ought to test its plan.
The supervision of files must improve.
A clear plan is needed.
The force needs a clear plan for its estate.
There is a need for the force to improve its records.
The superintendent in charge should review the rota.
The force would do well to learn from its neighbours.
Within six months, the force should
The force must comply with the national standard for recording crime.
In the meantime, the force needs to keep a close watch on its vacancies.
Call takers should ask about earlier incidents whenever a caller rings again.
The deputy chief constable should chair this meeting herself.
The force can and should do more to find out why victims withdraw.
Much remains to be done before the new system can be relied on.
I expect to see better supervision when we return in the autumn.
Its training plan needs a named owner.
It is time for the force to decide how many detectives it needs.
This must change.
The force’s next step should be to test the plan with its staff.
The force can’t afford to leave these posts empty and should fill them.
Custody sergeants should explain to detainees why they are being searched.
Offender managers should make more unannounced visits.
The force shouldn’t rely on overtime to staff its control room.
Officers need better training in how to recognise coercive control.
The force needs a way to tell which victims call more than once.
By the time of our next visit, it should have trained every supervisor.
Marchshire Police has further to go in understanding its future demand.
The programme board should set a date for each of these projects.
The use of force should be reviewed by someone outside the team.
Greater consistency is needed across the three local policing areas.
It would help if the force shared these reports with its partners.
The chief constable and her team should explain the reasons for the change.
The force needs to be clear about who is responsible.
You must complete the remaining recommendation by 31 March 2025.
You and your team need to reassure staff that they can speak up.
I would like you to send me an update by the end of January.
The force’s leaders should now turn their attention to first-line supervision.
This is a gap that the force should close quickly.
To get the most from the system, the force must train its sergeants.
Some records had no rationale at all, which the force needs to put right.
The force should bear this in mind when it plans its next intake.
Supervision of these cases was weak and needs to be tighter.
The control room’s managers need to look at how breaks are covered.
The force now has to turn these plans into action.
We think that the force could do this better.
There is a pressing need for better data.
Its custody inspectors should visit each suite once a shift.
Chief officers must make sure that their message reaches every station.
The strategy needs clearer milestones.
It is vital that the force puts this right.
Every plan should have an owner, and the force needs to see to this.
The force should find a better way of doing this.
You should tell me by 1 March what you have done.
The constabulary should keep this under review.
Dispatchers need a better view of which patrols are free.
Custody staff should check each cell at the start of a shift.
Supervisors in the control room ought to listen to more calls.
The constabulary and its partners should agree who leads each visit.
Trainers in the learning department should explain why consent matters.
The disclosure unit should tell investigators what is missing.
Marchshire’s domestic abuse board ought to look at repeat calls.
Family liaison officers should write to relatives every month.
The digital forensics manager should say when each device will be looked at.
It would be sensible to ask the victims themselves.
It would be better if the two teams sat together.
It might be wise for the force to count these calls separately.
It would be helpful to know that these checks are done by somebody else.
It would help greatly if supervisors wrote down their reasons.
It is essential that the custody inspector sees every record.
It is high time that the estates department mended the roof.
It is time for leaders to settle this.
It would be prudent to keep some money in reserve.
It’s crucial for the board to hear from victims.
The chief constable is urged to look again at the rota.
The force is asked to reply by 30 June 2025.
The scrutiny panel is encouraged to publish its minutes.
The force is strongly advised to test the line at night.
More care needs to be taken over how risk is written down.
Closer attention should be paid to the views of children.
Less reliance ought to be placed on overtime.
Steps must be taken to bring the queue down.
Greater use should be made of the volunteers.
Thought should be given to what happens at weekends.
A firmer grip on overtime is called for.
A new way of sharing these records is needed.
An honest count of the backlog is long overdue.
More analysts will be needed if this is to last.
Better supervision of new recruits is wanted.
What the hub lacks is an analyst.
What is needed now is a plan with dates.
What the team needs most is time.
A little more honesty about this is needed.
Clearer instructions are required.
This cannot be left until next year.
These repairs can’t wait.
That must not be allowed to continue.
The backlog cannot be ignored any longer.
Work on the lifts should not be put off again.
This state of affairs can’t go on.
The training of new inspectors must not be delayed.
The sooner the vacancies are filled, the better.
Nothing short of a new system will do.
Change cannot wait for the next chief constable.
We would advise the force to count them again.
I look to the chief constable to put this right.
HMICFRS recommends that the force publishes its reasons.
I call on the commissioner and the chief constable to agree a date.
We would encourage the people board to hear from those who left.
Our advice is to start with the oldest cases.
We suggest that the force asks its neighbours.
I invite the force to tell me by 31 May 2025 what it has done.
It now falls to the new chief constable to act.
It is recommended that the unit keeps a log.
The way in which these decisions are recorded deserves a closer look.
The high number of complaints merits further examination.
These results call for a rethink.
The estate is in urgent need of repair.
This points to the need for an independent check.
There is a strong case for moving the unit.
The new rota leaves plenty of room for improvement.
A good first step would be to ask staff.
The first task must be to clear the oldest cases.
The force’s records are in need of a thorough review.
The force had better test this before winter.
The force might consider a second shift.
Leaders would do well to read these comments.
The force may wish to compare its figures with those of its neighbours.
The force can do more to keep its detectives.
The force owes it to these families to tell them sooner.
The force could usefully share its method.
The training unit might usefully ask officers what they remember.
The constabulary would be wise to look again at the contract.
More work is needed to bring the backlog of visits down.
Supervisors would do well to look at these logs each week.
It is now for the chief constable to decide how the unit should be staffed.
What is missing is a single plan for the control room.
The force has more to do if it is to understand the demand that it faces.
We would like to see the force share these results with its communities.
A clearer picture of demand would help the force to plan its shifts.
Its training plan is in want of an update.
We would urge the constabulary to fill these posts before the summer.
It falls to senior officers to make sure that the new policy is followed.
Better supervision of bail is called for.
There remains a need for closer work with the local authority.
Officers need to be given the time to write good handover notes.
The force will have to find a way of keeping its detectives.
It would make sense for the two teams to share one database.
Much remains to be done before the force can say that it knows its workforce.
The force has work to do on its data.
Public protection teams require more staff if they are to manage this risk.
The next step is to publish the results of the panel’s work.
We ask the force to review how it allocates these crimes.
The force can do more to reach young people.
The force must not let these delays go on.
The control room should not close calls before a supervisor has read them.
Leaders should consider whether the present shift pattern serves the public.
There is room for improvement in the way that officers record their use of stop and search.
The quality of files needs attention.
Custody sergeants would be helped by a clear checklist for handovers.
Further training in safeguarding is required for response officers.
It is important that the force now acts on what its own audits show.
We look to the force to put this right without delay.
This is something that the constabulary should address quickly.
The force would be better placed to help victims if it kept their contact preferences.
Unless the force invests in its vetting unit, these queues will grow.
More could be made of the information that neighbourhood officers collect.
It is vital for the force to know who carries the highest risk.
The force should think again about how it uses its special constables.
We recommend that fire control staff be included in these exercises.
There is scope for the force to make better use of civil orders.
Closer scrutiny of these decisions is essential.
Improvements are needed in how the force answers 101 calls.
Priority must be given to the offenders whose visits are overdue.
The time has come for the force to replace its records system.
The force should be doing this already.
Only with more trained investigators will the force bring its workloads down.
The panel lacks independence, and the force should open it to the public.
The force needs to be more ambitious in how it recruits.
He should make clear to his officers what good investigation looks like.
I expect to see this put right by the time we return.
A formal review of the scheme is overdue and should be completed this year.
The force still needs to convince its staff that it listens to them.
Attention should now turn to the quality of risk assessments.
A fresh approach to recruitment could pay off, and the force should try one.
We think the force ought to publish what these reviews find.
There is plenty that the force can still do to shorten these waits.
The constabulary’s plan would gain from a clear timetable.
Response officers could use more help with their case files.
This work needs to be finished before winter.
It will be important for the force to keep this up when the funding ends.
The force would do better to ask victims directly.
Detectives deserve better supervision than this.
The force has ground to make up in digital forensics.
There has to be someone in charge of the whole process.
What the force has not done, and should do, is test its plans.
Better use of body-worn video would strengthen these cases.
We would ask the chief constable to look again at this decision.
The control room is short of staff at night, which the force should put right.
The audit programme ought to cover custody as well.
Officers at Fenwick Road need a proper place to interview victims.
The governance of the programme must become clearer.
Leaders can’t afford to leave this any longer.
A plan to reduce the queue should be in place by the end of March.
The force shouldn’t rely on one analyst for all of this.
It is now up to the force to make the most of this system.
More has to be done for victims who don’t speak English.
The force would be wise not to put this off.
The force can be bolder in how it uses these powers.
The next chief constable will have to settle this early.
We see a need for firmer direction from the top.
The force should, we believe, bring its two crime desks together.
Supervisors must be told when a review is missed.
There is a strong argument for bringing the two teams together.
The force must find out why these cases fail.
Some of these practices ought to stop.
We hope that the force will now share these figures with its partners.
Progress on this recommendation has to be faster.
The force needs someone to own this problem.
The public would be better served if calls were answered sooner.
The force should examine why so many victims withdraw their support.
Greater use of voluntary attendance would ease the pressure on custody.
The force has still to prove that these changes will last, and it needs to measure their effect.
We would welcome a clearer account of how this money was spent.
Neighbourhood officers need protecting from abstraction.
The tasking process would be more useful if every district attended.
The force could learn from how others have done this.
Response teams lack the training that they need, and this must be corrected.
It is disappointing that this hasn’t been done, and the chief constable should now see to it.
The strategy needs a clear link to the budget.
Work to replace the system should start without further delay.
The force must resist the temptation to cut these posts.
A stronger voice for staff on this board is needed.
The constabulary should satisfy itself that these decisions are sound.
The force needs to be clearer about what it expects of its specials.
The time is right for the force to review its shift pattern.
Its data warehouse has to be fixed before the next audit.
Leaders should now explain to the workforce why this matters.
The panel ought to see complaints as well as compliments.
We suggest that the force ask its partners for their views.
The force mustn’t lose sight of these offenders.
Someone senior should own the risk register.
We would encourage other teams in the force to take this up.
The force can’t be sure that all crimes are recorded, so it should audit more often.
Officers should be given more time to prepare files.
These concerns need to be acted on.
If the force is to keep its grade, it must sort out its backlog.
It needs to know more about the people whom it stops.
The department’s workload should be looked at again.
The force would benefit if inspectors spent more time with their teams.
The chief officer team has more to do to win back trust.
This requires urgent attention.
The recording of ethnicity must get better.
The force may want to think about a dedicated team.
Without more analysts, the force won’t understand its demand, and it should recruit them.
""".strip().splitlines()
NO_NEEDS = """
But there are areas in which the force needs to improve.
We found some aspects where it needs to improve, and some trouble me.
The wait was 52 days, though national guidance says that it should be no more than 28 days.
The code states how officers should record their grounds.
Officers must use body-worn video when using stop and search powers.
Forces should respond to calls within their published times.
A force should aim to respond to calls for service within its published time frames.
This could put victims at risk.
This may mean that the force could miss opportunities.
The force has the resources it needs to meet demand.
Victims receive the support they need.
Officers know when they should complete a risk assessment.
The force told us that it could now answer calls more quickly.
This should help the force to improve.
The new system should allow officers to work more quickly.
The force should be congratulated for this.
The intelligence unit should have 32 officers.
The new scrutiny panel should help officers to learn.
The performance board should meet every month.
The new resolution hub could save 4,000 hours a year.
The response team should reach callers within 15 minutes.
Delays in the vetting unit could put victims at risk.
Other forces could learn from this.
The Code requires forces to carry out a needs assessment.
It could lead to delays.
Supervisors make sure that officers have what they need.
The force assesses what it needs to do to improve.
It is clear about when it should intervene.
The force doesn’t need to make any changes.
Staff said they could not always take their breaks.
Victims need to have confidence in the police.
Each fire and rescue service should identify and assess all foreseeable risks.
The force had to make savings of £10m.
We have to be confident in the data.
Officers told us that they had to wait for equipment.
The public should have confidence in the force.
Linked find rates should be proportionate to the force’s levels of stop and search use.
It is important that victims’ calls are answered quickly.
The accurate recording of crime is fundamental.
Police officers should treat people fairly.
In 2021, we said that the force needed to improve.
It uses this information to decide where it needs to target patrols.
When a victim contacts the police, their call should be answered quickly.
The force could show us how it had reduced delays.
We gave forces several opportunities, so they could review their data.
The force understands which skills it needs to develop.
Victims could lose confidence.
They could be at risk of further harm.
Officers have to complete mandatory training each year.
The force has to date recruited 200 officers.
Officers should record their grounds on the form.
Forces should publish this data every year.
Victims should be told within five days.
All calls should be answered within ten seconds.
The force told us that it should have acted sooner.
Officers told us that they needed more time.
This should help the force to meet demand.
It should have more detectives by 2025, it told us.
The force could not tell us how many there were.
The delay could mean that evidence is lost.
Supervisors must authorise each request.
Staff should feel proud of this.
The force should be commended for this work.
We didn’t find evidence that the force needed to change.
The force understands what it needs to do.
The force provides the training that its officers need.
Victims who need support receive it.
The code says that victims should have a needs assessment.
Other forces could learn from this.
The force did what it needed to.
Officers know when they should use force.
The force should be proud of its volunteers.
The guidance says that visits should take place every six months.
The public need to know that they can trust the police.
Children need to feel safe.
The force had to close two stations.
The standard that forces should meet is 90 percent.
People could wait up to an hour.
The force no longer needs to send officers to these calls.
A risk assessment should be completed for every visit.
Families know what needs to change.
Most plans say clearly what needs to change and by when.
When legal action is necessary, it starts on time.
If further work is needed, a manager is told at once.
Staff always consider whether a child would benefit from an order.
Managers discuss how the service could be improved.
Leaders know the areas that need improving.
Audits find the places where further work is required.
The council took action where improvements were needed.
These complaints rarely need to be looked at again.
The need to improve records was seen early.
This limits families’ understanding of what needs to change.
Children then require more support at home.
Young people’s needs should be better understood by everyone.
What does the council need to improve?
The council should send a written statement of proposed action by 5 May 2017.
It must save £4m by 2027.
The force has to find a further £3.2m of savings by 2026/27.
The force needs to cut 5 percent of its budget.
The force told us that it has to save £5.9m.
All its supervisors must take the two-day course.
Areas for improvement are quickly identified and change is swift.
Plans are not considered when the level of risk means that they should be.
For children with both, this means they have to be assessed twice.
There is an understanding of where improvements are needed in each agency.
The lack of a strategy is felt, which would allow children’s needs to be more easily met.
For example, when children move to another school, a new referral has to be made.
Young people told inspectors that cultural activities could be better funded.
We don’t consider that the force needs to change how it trains its staff.
It is not our view that the force should buy more vehicles.
There is no reason why the force should change its rota.
The chief constable must, under the Police Act 1996, publish a report.
The force should have acted sooner.
The force should have been told.
Response times should be no more than 15 minutes.
The system should be in place by March 2025.
Other forces could do more to help.
It was changed so that they could do more to help.
I would be grateful if you would thank them.
Please pass my thanks to all those who helped us.
Please give us your views by 5 May.
The force must respond to emergency calls within 15 minutes.
The law says that a force must tell the coroner sooner.
No further action is needed.
In this case, an appropriate adult is needed.
I expect to see results from the action that you promised.
By law, the force must publish its plan each year.
Every force must have a plan for civil emergencies.
The Home Office requires the force to send it these figures every quarter.
The Crown Prosecution Service should decide on charge within 28 days.
Victims should be able to trust the police.
The county council needs to find more places for children.
In our last report, we said that the force should do more to prevent crime.
If calls keep rising, the force could need another 40 call handlers.
Officers told us that the force should pay them more.
The force’s policy says that a sergeant should review each case within 72 hours.
Six of the nine areas for improvement have been closed.
The force could not say how many of its officers were trained.
A child should be seen by a nurse within an hour of arrival.
In 12 of the 40 cases, supervisors should have done more.
The unit has all the staff it needs.
It can now see where officers need to be.
The team meets to discuss who should be visited first.
A shortage of detectives could mean that cases are delayed.
It must find savings of £6m by 2028.
The force has a duty to consult the public.
Every officer should be vetted at least once in ten years.
He should be proud of what his officers have done.
The force says that it should be able to fill these posts by the spring.
The number of officers could fall further next year.
The force is required by the Equality Act to publish its objectives.
The force had to borrow detectives from its neighbour.
We will decide in the spring whether we need to return.
We asked that you should send us a plan, which you did.
It told us that it would need to recruit more staff.
Its leaders know where they need to improve.
National guidance is that such visits should be made every six months.
It has done what it needed to do.
The Authorised Professional Practice says what officers should do.
People should not have to repeat themselves.
The force must submit its figures to the Home Office each month.
Of the ten recommendations that it should have met, it has met eight.
The standard is that 90 percent should be answered within ten seconds.
A custody sergeant must decide whether to authorise detention.
The force may need to borrow officers from its neighbours.
The reviews should end by the spring, the force told us.
Every force needs to understand its demand.
Detectives said they needed more time.
The Police and Crime Commissioner has said that the force should be more visible.
It was decided that each team should have a sergeant.
A woman should be told that she may speak to a female member of staff.
How much should a force spend on this?
We look at whether forces need to do more.
This should be enough to meet demand.
You were right to say that more needed to be done.
The recommendation that you should review your policy has been met.
It wants to serve everybody. This means it must invest in its staff.
Officers should wear their cameras at all times.
Every custody record should show who visited.
Victims should be told within two days.
It would be good news for the town.
It is helpful that the panel meets in public.
Callers are encouraged to use the website.
Staff are encouraged to speak up.
The panel is invited to observe training twice a year.
A suspect was wanted in three counties.
A warrant is needed before a search.
An interpreter is required for each interview.
Some calls cannot wait.
Victims can’t be kept waiting, officers told us.
Trainees need to pass three exams before they drive.
More officers are now able to do this.
Care was taken to explain the process.
The work deserves praise.
Demand calls for 40 officers on each shift.
The force was asked to reply by 30 June.
The force had been advised to test it, and did.
We asked the force to send us its plans.
The union says that the force should pay more.
Members of the public are urged to report theft.
Its neighbours would be wise to copy it.
A control room supervisor must approve each request.
It was time for a new start.
This shows that no change is needed.
What detectives needed, they got.
The board decides what the force needs to do next.
Firefighters must pass a fitness test each year.
Children should see a nurse on arrival, the guidance says.
The force’s partners should reply within ten days.
The investigation requires improvement of no kind.
The team is in need of no further help.
Nobody should wait for so long, a sergeant said.
When a call comes in, handlers must ask three questions.
The officer in the case should tell the victim within 24 hours.
New recruits have to work nights.
The force should be able to answer more calls by March.
Prisoners should be seen within an hour.
The force needed to find savings of £4m in 2022.
Officers must by law record the reason for each search.
It should be noted that the sample was small.
The force has done what we asked of it in 2021.
Victims need to know that they will be believed.
Calls that need an immediate response are passed to a dispatcher.
Officers told us that they could do with more time for training.
People who need help are found quickly.
The force understands what it needs to do to improve.
A delay could lead to the loss of evidence.
The force identified a need for more detectives and has recruited 40.
All applicants should expect an answer within ten days, and nearly all get one.
The policy says that supervisors should review each crime after seven days.
This could put children at risk.
We found no need for a further visit.
The force should be proud of this work.
Staff know whom they should ask for advice.
The force assesses whether victims need further support.
Other forces could learn from this approach.
Officers could explain why they had used force.
The plan sets out how the force will meet the demand that it expects.
It could not tell us how many of its officers were trained.
The chief constable told her managers that they must cut overtime.
Nobody should have to wait this long for an answer.
It must have been hard for the team to work in these conditions.
The force met the needs of most of the victims we spoke to.
The improvement that we asked for has been made.
The work needed to complete the transfer has begun.
The force may face a shortfall of £2m next year.
Detainees who should have been seen by a nurse were seen within the hour.
By March 2025 the force intends to have filled all vacancies.
There is no need for every call to be reviewed.
The panel has improved how the force learns from complaints.
We did not inspect this area because the force had only just changed its system.
The inspection will be repeated in two years.
More officers now work in neighbourhoods than in 2019.
Its vehicles need fuel worth £3m a year.
Sergeants helped officers to improve their files.
The force could show that its searches were fair.
The public should feel reassured by these results.
In 9 of the 12 cases, officers did all they should.
Each force is required by the code to appoint a lead.
We asked the force how it plans for large events.
The force responded to the recommendation by appointing a lead.
Nearly two-thirds of staff said more could be done about their welfare.
The law requires a review after six hours.
It needed several attempts before the call was answered.
Managers consider what each team needs before moving staff.
It is important to victims that they are kept informed.
The force has improved the quality of its files and no more work is needed.
The union had argued that the force should keep the old shift pattern.
A good plan should say who does what.
He should have told the victim of the decision.
Some residents may need more help than others.
Our next inspection will look at how this works.
The force should soon have all the detectives that it needs.
The chief constable has told leaders that they must listen to their staff.
A victim should never feel that nobody cares, as one officer put it.
The plan explains what each team must do.
The force had to close two stations in 2019.
Nurses are on hand for detainees who need them.
There was no need to call out a second crew.
The force has no more to do on this recommendation.
Officers must have a warrant to search a home.
We could see that staff were proud of their work.
Supervisors know when they need to step in.
These results would be better if the sample were larger.
Staff who need time off get it.
Callers could be waiting for up to nine minutes.
The public can find out more on the force’s website.
The force was asked to improve its files in 2021, and it has done so.
It would be wrong to say that the force should close the scheme.
The review asked whether more should be done for carers.
The force need not change its approach.
This should make the process faster.
The force needs 310 detectives and has 322.
The home secretary said that forces must do more to catch burglars.
The force offers training to officers who want to do better.
The crew had to wait for a second engine, as the policy says it should.
More could have been done at the time, but the force has since put it right.
Every record that should have been reviewed had been.
The team must be congratulated.
In some forces, more work is needed than we found here.
The police and crime plan calls for more visible policing.
A better outcome would be hard to find.
The force considered whether it should recruit more analysts.
The force is required to report these figures each year.
Detainees were told what they needed to know.
Sergeants no longer have to ask for a second opinion.
Had it done so, the force would have needed fewer officers.
We were asked why the force should be inspected so often.
Children must be seen alone, under the guidance.
It is important work, and officers know that.
There is little that the force could do about the weather.
The force should be able to show progress by the autumn.
Victims said that they needed more help.
The chief constable must approve each application, and she does.
They must show their warrant card when asked.
The force could not give us the figures.
In 2022, we said that the force needed to improve this.
Each district has a plan that says who should attend.
The force ensures that victims who need an interpreter have one.
It asks staff what they need to do their jobs well.
No further work was required.
The force could draw on £3m of reserves.
The public should have confidence in these figures.
Without this unit, more children would come to harm.
Officers were clear about what they had to do.
The council must consult residents before it closes a road.
It may be some time before the new system is in place.
The team has improved how it works and needs little supervision.
Supervisors told us which cases they should have seen.
We need to be sure that a sample is fair.
The strategy calls on all staff to challenge poor behaviour.
The better a plan is, the fewer calls are missed.
The unit could close if the grant ends.
Most of the improvements that were needed have been made.
There is a need-to-know rule for these files.
Patrols have to cover 900 square miles.
The force makes sure that officers who should carry Taser do so.
A call should be answered within ten seconds, and 91 percent are.
Residents would like more officers on foot.
The force will need to find £6m by 2028.
It was right that the force should stop this.
More than half need repair within five years, at a cost of £2m.
Officers must decide quickly whether to chase a car.
The force might lose the contract.
Partners could see the benefit of meeting each week.
All staff should know this by now, and they do.
The report does not say that the force must act.
Firefighters have had to work without spare kit.
The force must show these records when asked.
We found that leaders have the chance to improve.
The force cannot afford to replace its engines.
""".strip().splitlines()


@pytest.fixture(scope="module")
def words() -> Words:
    frameworks = load_frameworks()
    peel = next(f for f in frameworks if f.notation == "peel-2023-25")
    return words_for(peel, frameworks, ("Marchshire Police",))


@pytest.mark.parametrize("sentence", NEEDS)
def test_sentences_that_ask_are_needs(sentence: str, words: Words) -> None:
    assert states_need(sentence, words)


@pytest.mark.parametrize("sentence", NO_NEEDS)
def test_norms_possibilities_and_relative_clauses_are_no_needs(sentence: str, words: Words) -> None:
    assert not states_need(sentence, words)


def needs(body: str) -> list[tuple[str, str | None]]:
    found = structure(
        peel("Investigating crime", "Northmoor Police is good at investigating crime.\n" + body)
    )
    return [(need.text, need.finding) for need in found.needs]


def test_a_need_belongs_to_the_finding_it_stands_in() -> None:
    heading = "The force plans well"
    assert needs(
        f"Main findings\n{heading}\nIt does. The force should do more.\nOffice hours\nIt should rest."
    ) == [
        ("The force should do more.", heading),
        ("It should rest.", None),
    ]


@pytest.mark.parametrize("lead", ["By 31 May 2025, the force should", "The force needs to:", "It should"])
def test_a_lead_in_and_its_items_are_one_need(lead: str) -> None:
    listed = f"{lead}\n1. plan its visits; and\n2. record them."
    assert [text for text, _ in needs(f"It is slow.\n{listed}\nThat is all.")] == [listed]


def test_a_label_may_lead_in_its_recommendations() -> None:
    listed = "within six months, the force should\n1. plan its visits; and\n2. record them."
    body = f"Cause of concern\nVisits are late\nMany are.\nRecommendations: {listed}"
    found = structure(
        peel("Investigating crime", "Northmoor Police is inadequate at investigating crime.\n" + body)
    )
    assert [need.text for need in found.needs] == [listed]
    assert [(box.number, box.due) for box in found.boxes[1:]] == [("1", "2024-12-12"), ("2", "2024-12-12")]


def test_a_heading_can_be_a_need() -> None:
    assert needs("Main findings\nThe force should plan better\nIt is late.") == [
        ("The force should plan better", "The force should plan better")
    ]


def test_a_lead_in_with_its_bullets_is_one_need() -> None:
    asked = "By 31 July 2024, Northmoor Police should:\n- plan; and\n- act."
    assert needs(f"Cause of concern\nThe force doesn’t plan\nNo plans.\nRecommendations\n{asked}") == [
        (asked, None)
    ]


def test_each_bullet_that_asks_by_itself_is_a_need_without_its_dash() -> None:
    assert needs("Areas for improvement\n- The force should act.\n- The force should plan.") == [
        ("The force should act.", None),
        ("The force should plan.", None),
    ]


def test_the_overview_and_the_annex_state_no_needs() -> None:
    text = peel("Investigating crime", "Northmoor Police is good at investigating crime.")
    text = text.replace("We judged the force.", "The force should read on.") + "\nThe force should send data."
    assert structure(text).needs == ()


def test_needs_of_the_inspectors_summary_have_a_section_and_no_area() -> None:
    found = structure(peel("HM Inspector’s summary", "I am pleased. But the force needs to plan."))
    (need,) = found.needs
    assert (need.area, need.section) == (None, "section-hm-inspectors-summary")


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("A shopkeeper said: “It is bad here. The force should come sooner.”", []),
        (
            "HM Inspector of Constabulary said: “It is slow. The force should come sooner.”",
            ["The force should come sooner."],
        ),
        (
            "A shopkeeper said: “It is bad here.” The force should come sooner.",
            ["The force should come sooner."],
        ),
    ],
)
def test_what_others_are_quoted_for_is_no_need(said: str, found: list[str]) -> None:
    assert [text.rstrip("”") for text, _ in needs(f"The wait is long.\n{said}\nThat is all.")] == found


@pytest.mark.parametrize(
    "asked",
    [
        "Forces should tell victims sooner.",
        "Each force should tell victims sooner.",
        "All forces are asked to tell victims sooner.",
    ],
)
def test_what_all_forces_should_do_is_a_need_only_in_a_report_on_many(asked: str, words: Words) -> None:
    assert not states_need(asked, words)
    assert states_need(asked, replace(words, names=()))
