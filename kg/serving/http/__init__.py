"""HTTP/1.1: messages, negotiation, sending."""
