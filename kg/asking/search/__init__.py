"""Full-text search over what reports say, and the names of the things that they speak of.

``index`` makes an SQLite FTS5 index of graphs, which a build keeps beside its store; ``searching`` asks it.
"""

from kg.asking.search.searching import Found as Found
from kg.asking.search.searching import Hit as Hit
from kg.asking.search.searching import search as search
