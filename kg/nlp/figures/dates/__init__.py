"""The period of each figure."""
