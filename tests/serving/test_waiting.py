"""Whose turn it is, without processes."""

from dataclasses import dataclass

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
