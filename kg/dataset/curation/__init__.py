"""What people have decided about a dataset: read, applied to what was found, and published."""
