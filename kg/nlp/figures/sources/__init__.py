"""Who says a figure, and whom it is about."""
