"""Looking things up in a graph: by name, by kind, and what is said of them."""
