"""How figures hang together: changes, comparisons, and what a paragraph goes on about."""
