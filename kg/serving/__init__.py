"""The SPARQL endpoint, linked data, pages and agents. What is public is ``kg.serve``."""
