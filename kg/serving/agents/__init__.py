"""Read-only tools for agents (Model Context Protocol), each answer with its citations."""
