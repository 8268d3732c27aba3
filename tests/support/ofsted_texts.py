"""Small fictional reports in the manner of each generation of inspections of children’s services.

``Form`` is a document of blocks, as the PDF reader gives them: "# " begins a heading of level 1, "## " and
"### " of levels 2 and 3, "- " a list item; a line with " | " is a row of a table.
"""

from __future__ import annotations

from kg.model.records import Block, Document, Extraction, Source
from kg.nlp.structure import find_structure

SOURCE = Source("report.pdf", "0" * 64, "application/pdf")


def blocks(written: str) -> Document:
    """The document of a text in the notation of this module."""
    lines: list[str] = []
    found: list[Block] = []
    start = 0
    for line in written.strip().split("\n"):
        marks = len(line) - len(line.lstrip("#"))
        text = line.lstrip("# ") if marks else line
        kind = "heading" if marks else "list-item" if text.startswith("- ") else "paragraph"
        kind = "row" if " | " in text else kind
        found.append(Block(start, start + len(text), kind, marks or None))
        lines.append(text)
        start += len(text) + 1
    return Document("\n".join(lines), SOURCE, tuple(found))


def structure(written: str) -> Extraction:
    return find_structure(blocks(written))


def grades(written: str) -> dict[str, str]:
    """Area to grade, by the label of the area."""
    return {j.area: j.grade for j in structure(written).judgements}


def numbered(first: int, *sentences: str) -> str:
    return "\n".join(f"{first + n}. {sentence}" for n, sentence in enumerate(sentences))


FILLER = tuple(f"Children are seen by workers of team {n}. Plans are written." for n in range(1, 13))

ILACS_2023 = f"""# Inspection of Medway local authority children’s services
Inspection dates: 26 February to 8 March 2024
Lead inspector: Helen Example, His Majesty’s Inspector
Judgement | Grade
The impact of leaders on social work practice with children and families | Good
The experiences and progress of children who need help and protection | Requires improvement to be good
The experiences and progress of children in care | Outstanding
The experiences and progress of care leavers | Good
Overall effectiveness | Good
Services have become better since the last inspection in 2019, when they were inadequate.
## What needs to improve?
- The quality of pathway plans.
- Timeliness of early help.
## The experiences and progress of children who need help and protection: requires improvement to be good
{numbered(1, "Leaders know their services well. Many children wait too long.", *FILLER)}
## The experiences and progress of children in care: outstanding
{numbered(14, "Children in care live in homes that suit them. The council listens to them.")}
## The experiences and progress of care leavers: good
{numbered(15, "Care leavers are not always told what they may have. The local authority needs to tell them.")}
## The impact of leaders on social work practice with children and families: good.
{numbered(16, "Leaders at Medway Council have a clear plan. Caseloads have fallen.")}
"""

ILACS_2018 = f"""# Kent County Council
## Inspection of children’s social care services
Inspection dates: 7 January 2019 to 18 January 2019
Lead inspector: Sam Example Her Majesty’s Inspector
Judgement | Grade
The impact of leaders on social work practice with children and families | Inadequate
The experiences and progress of children who need help and protection | Inadequate
The experiences and progress of children in care and care leavers | Requires improvement to be good
Overall effectiveness | Inadequate
### What needs to improve
- Supervision.
### The experiences and progress of children who need help and protection is inadequate
{numbered(1, *FILLER)}
### The experiences and progress of children in care and care leavers requires improvement to be good
{numbered(13, "Most children in care are safe. Some wait.")}
"""

SIF = f"""# Halton
### Inspection of services for children in need of help and protection, children looked after and care leavers
#### and
### Review of the effectiveness of the Local Safeguarding Children Board
Inspection date: 16 November – 10 December 2015
Report published: 3 February 2016
### Children’s services in Halton require improvement to be good
1. Children who need help and protection | Requires improvement
2. Children looked after and achieving permanence | Good
2.1 Adoption performance | Outstanding
2.2 Experiences and progress of care leavers | Not judged
3. Leadership, management and governance | Requires improvement
### Executive summary
Placement stability is good. Children’s services in Halton are no longer inadequate.
## The local authority
### Information about this local authority area
#### Previous Ofsted inspections
- overall effectiveness: inadequate
### Recommendations
{numbered(1, "Ensure that plans are written.", "Improve what managers see.")}
### Summary for children and young people
- We met many children.
The experiences and progress of children who need help and protection | Requires improvement
#### Summary
Placement choice is good. Children wait.
#### Inspection findings
{numbered(3, *FILLER)}
The experiences and progress of children looked after and achieving permanence | Good
#### Inspection findings
{numbered(15, "Children looked after live near their homes. They are well.")}
#### The graded judgement for adoption performance is that it is outstanding
{numbered(16, "Adopters are found early. They are well prepared.")}
## The Local Safeguarding Children Board (LSCB)
### The Local Safeguarding Children Board requires improvement
### Recommendations
{numbered(17, "Review the data that the board sees.")}
## Information about this inspection
Lead inspector: Alex Example HMI
"""

PROTECTION = f"""# Inspection of local authority arrangements for the protection of children
## Sheffield City Council
Inspection dates: 17 to 26 September 2012
Lead inspector: Jo Example HMI
Published: 26 October 2012
## The inspection judgements and what they mean
Overall effectiveness
1. The overall effectiveness of the arrangements to protect children in Sheffield is judged to be adequate.
Areas for improvement
2. To improve the help given to children, the local authority should take the following action.
Immediately:
- ensure that children are seen
Within three months:
- improve audits.
## The quality of practice
{numbered(3, *FILLER)}
## Record of main findings
The effectiveness of the help and protection provided to children, young people, families and carers | Good
The quality of practice | Adequate
Leadership and governance | Inadequate
"""

MONITORING = """Monitoring visit of Sandwell local authority children’s services
12 May 2017
Dear Jo
This letter summarises the findings of the monitoring visit to Sandwell on 4 and 5 April 2017.
The local authority was judged inadequate in 2015. Practice is good.
"""

JOINT = """7 February 2019
Dear local partnership
Joint targeted area inspection of the response to abuse in the family in Bexley
Between 10 and 14 December 2018, Ofsted and the Care Quality Commission inspected. Practice is good.
"""

FOCUSED = """Ofsted
Piccadilly Gate
Store Street
Manchester
M1 2WD
13 July 2018
Chris Example, Director of Children’s Services
Derby City Council
Dear Chris
Focused visit to Derby City Council children’s services
This letter summarises the findings of a focused visit to Derby children’s services on 12 and 13 June 2018.
The inspectors looked at the front door. Thresholds are good.
Overview
Staff know what to do. Practice is outstanding in one team.
"""
