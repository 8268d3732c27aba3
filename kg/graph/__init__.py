"""Extraction and RDF: mapping, writing, validation, the store."""
