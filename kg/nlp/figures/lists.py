"""What the lead-in of a list gives to its items: what they measure, and of what they are parts.

"The proportion of pupils with a plan: • in primary schools is 12%" measures that proportion in such schools;
"On 31 March 2016, 88 children were in care. This was a fall from 97. Of this number: • 31 lived with family"
counts some of the 88 children, not of the 97.
"""

from __future__ import annotations

from kg.model.text.bullets import after_bullet
from kg.nlp.figures.context import Context
from kg.nlp.figures.links.links import Links
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-lists"
_BACK = 3
"""How many sentences before a lead-in may have the number that it takes up."""


def head_of_list(context: Context, index: int) -> str | None:
    """What the lead-in of a figure's item names, where the item only says for whom it is so much.

    The words of the lead-in with those of the item: "proportion of pupils with a plan in primary schools".
    """
    sentence, quantity = context.sentence(index), context.quantities[index]
    if sentence.lead is None:
        return None
    lead = context.sentences[sentence.lead].text
    head = pattern(_FILE, "list.head").fullmatch(lead[after_bullet(lead) :])
    item = context.text[sentence.start : quantity.start]
    part = pattern(_FILE, "list.part").fullmatch(item[after_bullet(item) :]) if head else None
    if head is None or part is None:
        return None
    words = part["part"]
    words = words[:1].lower() + words[1:] if pattern(_FILE, "list.preposition").match(words) else f"({words})"
    return f"{head['head'][:1].lower()}{head['head'][1:]} {words}"


def whole_of_list(context: Context, links: Links, number: int) -> int | None:
    """The number that the lead-in of a sentence's list takes up: "Of this number: • …".

    It is the last count before that no other has changed from or is set beside.
    """
    lead = context.sentences[number].lead
    if lead is None or pattern(_FILE, "list.of-these").search(context.sentences[lead].text) is None:
        return None
    above = [context.sentences[lead], *context.paragraph_before(lead)[:_BACK]]
    if not any(one.quantities for one in above):  # "Of this number:" on a line of its own
        last = lead - len(context.paragraph_before(lead)) - 1
        above = [context.sentences[last], *context.paragraph_before(last)[:_BACK]] if last >= 0 else []
    for sentence in above:
        counted = [
            i
            for i in sentence.quantities
            if context.quantities[i].unit == "count"
            and context.quantities[i].noun is not None
            and not (links.is_base(i) or links.is_comparator(i) or i in links.sizes)
        ]
        if counted:
            return counted[-1]
    return None
