"""Whose turn it is, without processes."""

from collections import Counter
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from kg.serving.processes.event_loop import Connection, least_missed
from kg.serving.processes.waiting import WaitingRequests


@dataclass(eq=False)
class One:
    client: str
    slow: bool = False
    state: str = "waiting"


def test_the_client_with_the_fewest_at_work_goes_first_then_the_one_that_waits_longest():
    queue = WaitingRequests[One]()
    greedy, other, third = One("a"), One("b"), One("b")
    for each in (greedy, other, third):
        queue.add(each)
    assert queue.next_fresh(["a", "a", "b"]) is other
    queue.take(other)
    assert queue.next_fresh(["a"]) is third
    assert queue.next_fresh([]) is greedy


def test_slow_ones_wait_apart_and_each_client_has_only_so_many_at_work():
    queue = WaitingRequests[One]()
    greedy, other = One("a", slow=True), One("b", slow=True)
    queue.add(greedy)
    queue.add(other)
    assert queue.next_fresh([]) is None
    assert queue.next_slow(["a", "b"], most=2) is greedy
    assert queue.next_slow(["a", "a", "b"], most=2) is other
    assert queue.next_slow(["a", "a", "b", "b"], most=2) is None


def test_one_that_waits_no_more_is_dropped():
    queue = WaitingRequests[One]()
    left = One("a", state="closed")
    queue.add(left)
    assert queue and queue.next_fresh([]) is None and not queue


CLIENTS = st.sampled_from("abc")
STATES = st.sampled_from(["reading", "lingering", "waiting", "working", "writing"])
CONNECTIONS = st.lists(st.tuples(CLIENTS, STATES, st.booleans(), st.integers(0, 9)), min_size=1, max_size=30)


@given(CONNECTIONS, st.randoms(use_true_random=False))
def test_whoever_connects_one_is_closed_that_waits_for_nothing_of_the_client_that_has_the_most(made, chance):
    connections = [
        Connection(None, client, None, since, number, state=state, served=served)
        for number, (client, state, served, since) in enumerate(made)
    ]
    newest = chance.choice(connections)
    newest.state, newest.served, newest.since = "reading", False, 10
    closed = least_missed(connections, newest)
    idle = [c for c in connections if c.state in ("reading", "lingering") and c is not newest]
    if closed is newest:
        assert not idle
        return
    assert closed in idle
    crowd = Counter(c.client for c in idle)
    assert crowd[closed.client] == max(crowd.values())
    of_client = [c for c in idle if c.client == closed.client]
    spared = [c for c in of_client if c.served and c.state == "reading"]
    assert closed not in spared or spared == of_client


@given(st.integers(2, 5), st.integers(1, 40), st.integers(1, 5), st.randoms(use_true_random=False))
def test_however_much_one_client_asks_another_waits_for_what_is_at_work_alone(workers, many, few, chance):
    """Each round the worker that began first ends, and the next request goes to it."""
    queue = WaitingRequests[One]()
    requests = [One("greedy") for _ in range(many)] + [One("other") for _ in range(few)]
    chance.shuffle(requests)
    at_work = [One("greedy") for _ in range(workers)]
    for each in requests:
        queue.add(each)
    rounds = 0
    while any(each.client == "other" for each in queue.fresh):
        turn = queue.next_fresh(each.client for each in at_work[1:])
        queue.take(turn)
        at_work = [*at_work[1:], turn]
        rounds += 1
    assert rounds <= workers * few
