"""What a document is: its lines, its body, its framework, its kind and dates."""
