"""Numbers, their units and counted nouns, and which numbers are no figures."""
