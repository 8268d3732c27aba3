"""Readers of the formats: bytes or text in, a ``Reading`` (pieces, metadata, notices) out."""
