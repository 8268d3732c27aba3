"""Which responses are kept, and which go first."""

from kg.serving.processes.response_cache import ResponseCache


def test_a_response_is_given_to_exactly_the_same_bytes():
    cache = ResponseCache(10_000)
    cache.put(cache.key(b"GET /a"), b"one")
    assert (cache.get(cache.key(b"GET /a")), cache.get(cache.key(b"GET /a "))) == (b"one", None)


def test_an_empty_cache_has_nothing():
    assert ResponseCache(10_000).get(b"any key") is None


def test_the_first_response_stays():
    cache = ResponseCache(10_000)
    cache.put(cache.key(b"GET /a"), b"one")
    cache.put(cache.key(b"GET /a"), b"two")
    assert cache.get(cache.key(b"GET /a")) == b"one"


def test_a_large_response_is_not_kept():
    cache = ResponseCache(1 << 20)
    cache.put(cache.key(b"GET /a"), b"x" * (64 * 1024 + 1))
    assert cache.get(cache.key(b"GET /a")) is None and cache.size == 0


def test_what_was_not_asked_for_the_longest_goes_first():
    cache = ResponseCache(3 * 1250)
    for name in (b"a", b"b", b"c"):
        cache.put(cache.key(name), b"x" * 1000)
    assert cache.get(cache.key(b"a")) is not None
    cache.put(cache.key(b"d"), b"x" * 1000)
    assert [cache.get(cache.key(name)) is not None for name in (b"a", b"b", b"c", b"d")] == [
        True,
        False,
        True,
        True,
    ]


def test_a_cache_of_no_size_keeps_nothing():
    cache = ResponseCache(0)
    cache.put(cache.key(b"GET /a"), b"one")
    assert cache.get(cache.key(b"GET /a")) is None and cache.size == 0
