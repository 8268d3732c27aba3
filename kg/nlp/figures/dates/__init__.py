"""The times that a report gives figures, by rules: one voice among the candidates of ``choosing``."""
