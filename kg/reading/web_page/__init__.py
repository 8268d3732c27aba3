"""Saved web pages (HTML, MHTML)."""
