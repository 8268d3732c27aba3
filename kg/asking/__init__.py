"""Store to rows, graphs and pictures."""
