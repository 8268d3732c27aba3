"""What is refused before a query is run: SERVICE in any disguise, and brackets nested too deeply."""

from __future__ import annotations

from kg.asking.sparql.screening import MAX_DEPTH, calls_service, nests_too_deeply
from kg.serving.http.messages import Refusal

SERVICE_IS_OFF = (
    "SERVICE is switched off: this endpoint sends no requests to others, so federated queries do not run."
)


def screen(query: str) -> None:
    """Raises Refusal where the query uses SERVICE (403) or nests its brackets too deeply (400)."""
    if calls_service(query):
        raise Refusal(403, SERVICE_IS_OFF)
    if nests_too_deeply(query):
        raise Refusal(400, f"The query nests brackets more than {MAX_DEPTH} deep.")
