"""How figures hang together: sentences around them, changes, comparisons, shares."""
