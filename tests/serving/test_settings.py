"""The options of the server, made from what a caller gives."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli.share import serve_command
from kg.model.errors import CannotRead, CannotUnderstand
from kg.serving.processes.response_cache import ResponseCache
from kg.serving.settings import Settings


def test_the_default_store_is_served_where_nothing_is_named():
    assert Settings.of().store == str(Path("store").absolute())


@pytest.mark.parametrize(
    "options",
    [{"endpoint": "http://e/"}, {"data": [__file__], "store": "s"}, {"endpoint": "http://e/", "store": "s"}],
)
def test_an_endpoint_goes_before_files_and_these_before_a_store(options):
    """The store of the folder where the server stands is nobody's business where another is shown."""
    assert Settings.of(**options).store is None


def test_of_an_endpoint_nothing_is_remembered():
    """What stands behind it may change, and a report be withdrawn, while this server runs."""
    settings = Settings.of(endpoint="http://e/", data=[__file__])
    assert (settings.data, settings.remember) == ((), 0)
    cache = ResponseCache(settings.remember)
    key = cache.key(b"GET /")
    cache.put(key, b"x")
    assert cache.get(key) is None


def test_the_command_shows_an_endpoint_and_no_store_beside_it(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    seen = []
    monkeypatch.setattr("kg.serving.server._run", lambda settings, *_: seen.append(settings))
    CliRunner().invoke(serve_command, ["--endpoint", "http://e/", "--port", "0"], catch_exceptions=False)
    assert [(each.endpoint, each.store) for each in seen] == [("http://e/", None)]


@pytest.mark.parametrize("name", ["timeout", "memory", "max_result", "max_request"])
def test_a_limit_is_more_than_nothing(name):
    with pytest.raises(CannotUnderstand, match=name):
        Settings.of(**{name: 0})


def test_one_worker_is_not_enough():
    with pytest.raises(CannotUnderstand, match="2 workers"):
        Settings.of(workers=1)


@pytest.mark.parametrize("token", ["", "  "])
def test_an_empty_token_is_no_token(token):
    with pytest.raises(CannotUnderstand, match="anybody"):
        Settings.of(token=token)


@pytest.mark.parametrize(
    "address",
    [
        "http://x/\r\ny",
        "javascript:x",
        "https://user@data.example",
        "https://data.example/?a",
        "data.example",
    ],
)
def test_an_address_is_http_and_nothing_else(address):
    with pytest.raises(CannotUnderstand, match="address"):
        Settings.of(address=address)


def test_a_file_has_to_be_there(tmp_path):
    with pytest.raises(CannotRead, match="no such file"):
        Settings.of(data=[tmp_path / "absent.ttl"])


def test_an_option_that_there_is_not_is_an_error():
    with pytest.raises(TypeError):
        Settings.of(tiemout=3)


@pytest.mark.parametrize(
    ("options", "url"),
    [({}, "http://127.0.0.1:8080"), ({"host": "0.0.0.0", "token": "t"}, "http://127.0.0.1:8080"),
     ({"host": "::1"}, "http://[::1]:8080"), ({"address": "https://data.example/"}, "https://data.example")],
)  # fmt: skip
def test_clients_find_the_server_at_its_url(options, url):
    assert Settings.of(**options).url == url


def test_settings_go_to_other_processes_and_back():
    settings = Settings.of(data=[__file__], hosts=["x"], token="t", timeout=2.5)
    assert Settings.from_json(settings.to_json()) == settings
