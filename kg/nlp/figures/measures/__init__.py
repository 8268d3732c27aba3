"""What a figure measures, and of which group."""
