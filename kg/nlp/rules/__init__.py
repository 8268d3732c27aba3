"""Wordings as data: loading and searching."""
