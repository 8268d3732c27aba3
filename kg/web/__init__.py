"""The server: HTTP, the SPARQL protocol and the pages. What is public is ``kg.serve``."""
