"""Pages for people, at the addresses of the things."""
