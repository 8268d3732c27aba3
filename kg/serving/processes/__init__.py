"""The event loop and its killable workers."""
