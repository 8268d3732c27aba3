"""Polarity in any tense: what is rare or little, what is counted or reorganised, what came back."""

from __future__ import annotations

import pytest

from kg.nlp.structure.polarity import polarity

HEADINGS = """
negative: Callers had rarely been told about delays
negative: Victims had seldom been asked about their needs
negative: Supervisors hardly ever looked at files
negative: Officers had scarcely used the new system
negative: Boards had met often and decided little
negative: Leaders had talked much and done little
negative: Victims were told little
positive: The backlog has gone and hasn’t come back
positive: The queue was cleared and hasn’t returned
negative: Delays have returned
neutral: The service has used its formal powers 12 times in two years
neutral: The board had met six times since April
neutral: The constabulary had reorganised its crime command
neutral: The force restructured its control room in 2023
neutral: The crime command had been restructured
neutral: The force has merged its two control rooms
positive: The reorganised crime command works better
positive: Errors are rarely made
positive: Calls were rarely late
positive: Few calls had been abandoned
positive: Delays had seldom been long
negative: Backlogs were rarely reviewed
negative: Few victims had been offered support
negative: Supervisors had little time to review files
positive: No victim had been left waiting
negative: Detectives had rarely been given training
positive: The change cost little
positive: Leaders rarely missed a meeting
negative: Leaders rarely attended the meeting
negative: Nobody had checked the records
negative: The plan had been written and forgotten
negative: The force had no way of knowing who was waiting
negative: Officers weren’t sure who was in charge
negative: It had taken a year to fill the post
mixed: Detectives had been recruited but not retained
positive: Calls had been answered quickly, day and night
negative: Warrants had gone unexecuted for months
positive: Bail had been managed well
mixed: Crews were skilled, although there were too few of them
negative: Visits had been missed and records left blank
positive: The force had kept its promise to victims
positive: Response times had improved, and victims noticed
mixed: The plan was clear but few had read it
negative: The equipment was too old to be relied on
positive: Waiting times had halved
negative: Waiting times had doubled
negative: The force could account for only half of its vehicles
negative: Complaints had taken too long to resolve
positive: Officers had been given time to train
negative: Officers had not been given time to train
negative: The same mistakes had been made again
positive: The force had learned from its mistakes
neutral: A new chief officer took over in March
neutral: The authority is responsible for two fire stations
""".strip().splitlines()


@pytest.mark.parametrize("row", HEADINGS)
def test_polarity_in_any_tense(row: str) -> None:
    sign, _, heading = row.partition(": ")
    assert polarity(heading) == sign
