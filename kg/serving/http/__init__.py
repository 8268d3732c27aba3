"""HTTP/1.1: requests parsed (httptools), content negotiation, responses sent."""
