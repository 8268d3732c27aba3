"""Who says a figure, and whom it is about, by rules: what ``choosing`` weighs beside other candidates."""
