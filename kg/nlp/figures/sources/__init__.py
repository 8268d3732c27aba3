"""Who says a figure (its attribution), and whom it is about (its population)."""
