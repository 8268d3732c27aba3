"""Links across reports: the same concern in a later report, what became of it, and of its recommendations.

All of it is derived, from graphs of reports alone, and stands in a graph of its own (``{base}graph/links``):
a ``kg:Link`` for each pair with its grounds and its confidence, and a ``kg:StatusEvent`` for what a later
report says of an earlier item, with its words. See docs/following.md and docs/curation.md.
"""
