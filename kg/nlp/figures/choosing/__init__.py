"""Which words give a slot its value: candidates, what speaks for each, and one chooser for all slots."""
