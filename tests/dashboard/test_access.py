"""Who may ask: this machine's names and those that were allowed, for orgsim's own pages only."""

import asyncio
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgsim.dashboard.access import (
    Doorkeeper,
    allowed_names,
    is_loopback,
    name_of,
    own_addresses,
    own_names,
    plain,
)
from orgsim.dashboard.serving import Place, _path
from orgsim.errors import OrgsimError

HOST = "localhost:8765"


async def _inside(scope, receive, send):
    scope["let_in"] = True


def asked(kind="http", allowed=(), server=("127.0.0.1", 8765), **headers):
    """What became of a request: whether it was let in, and what was sent back."""
    raw = [(name.replace("_", "-").encode(), value.encode("utf-8")) for name, value in headers.items()]
    scope = {"type": kind, "headers": raw, "server": server, "method": "GET", "path": "/"}
    sent = []

    async def send(message):
        sent.append(message)

    asyncio.run(Doorkeeper(_inside, allowed_names(allowed))(scope, None, send))
    return scope.get("let_in", False), sent


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    ("host", "server", "allowed"),
    [
        ("localhost:8765", "127.0.0.1", ()),
        ("127.0.0.1:8765", "127.0.0.1", ()),
        ("LOCALHOST", "127.0.0.1", ()),
        ("[::1]:8765", "::1", ()),
        ("192.0.2.7:8765", "192.0.2.7", ()),
        ("[2001:db8::7]:8765", "2001:db8:0::7", ()),
        ("192.0.2.7:8765", "::ffff:192.0.2.7", ()),
        (f"{socket.gethostname()}:8765", "192.0.2.7", ()),
        ("orgsim.example.org", "127.0.0.1", ("ORGSIM.example.org.",)),
        ("[2001:db8::9]", "::", ("[2001:DB8:0::9]",)),
    ],
)
def test_own_addresses_and_allowed_names_are_let_in(kind, host, server, allowed):
    assert asked(kind, allowed, (server, 8765), host=host)[0]
    assert asked(kind, allowed, (server, 8765), host=host, origin=f"http://{host}")[0]


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8765",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "192.0.2.8:8765",
        "",
        "localhost:8765, evil.example",
        "localhost@evil.example",
        "evil.example#localhost",
        "[::1]evil",
        "local host",
        "127.0.0.1:999999",
        "lоcalhost",
        "localhost/x",
    ],
)
def test_any_other_host_is_turned_away(kind, host):
    """A page whose own name points here (DNS rebinding) names itself as host and as origin."""
    let_in, sent = asked(kind, host=host, origin=f"http://{host}")
    assert not let_in
    assert sent[0].get("status") == 403 or sent[0]["type"] == "websocket.close"


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "null",
        "http://localhost:3000",
        "http://localhost",
        "http://127.0.0.1:8765",
        "",
        "file://",
        "http://",
        "ftp://localhost:8765",
        "http://localhost:8765.evil.example",
        "chrome-extension://abc",
    ],
)
def test_a_page_of_somebody_elses_is_turned_away(kind, origin):
    """Also one that is served from this machine on another port."""
    assert not asked(kind, host=HOST, origin=origin)[0]


def test_behind_a_proxy_the_allowed_name_is_the_origin():
    allowed = ("orgsim.example.org",)
    assert asked("websocket", allowed, host="127.0.0.1:8765", origin="https://orgsim.example.org")[0]
    assert asked("websocket", allowed, host="orgsim.example.org", origin="https://orgsim.example.org")[0]
    assert not asked("websocket", allowed, host="127.0.0.1:8765", origin="https://example.org")[0]


def test_no_host_or_two_are_turned_away():
    keeper = Doorkeeper(_inside)
    for headers in ([], [(b"host", b"localhost"), (b"host", b"evil.example")]):
        assert keeper.refusal({"headers": headers, "server": ("127.0.0.1", 1)})


def test_what_is_wrong_is_said_in_the_visitors_language():
    body = asked(host="evil.example", accept_language="de,fr;q=0.8,en;q=0.5")[1][1]["body"].decode()
    assert "n’est pas une adresse" in body
    assert "--allow-host" in body
    assert len(asked(host="x" * 5_000)[1][1]["body"]) < 500


@given(st.text(max_size=60))
def test_no_host_whatever_breaks_the_door(host):
    known = name_of(host) in own_names()
    assert (
        Doorkeeper(_inside).refusal({"headers": [(b"host", host.encode())], "server": None}) is None
    ) <= known


@given(st.ip_addresses())
def test_an_address_has_one_name(address):
    netloc = f"[{address.exploded}]:80" if address.version == 6 else f"{address}:80"
    assert name_of(netloc) == plain(str(address))
    inner = getattr(address, "ipv4_mapped", None) or address
    assert is_loopback(str(address)) == (address.is_loopback or inner.is_loopback)


@pytest.mark.parametrize("name", ["http://x.org", "x.org:80", "a b", "", "x/y", "*", "é.org"])
def test_a_name_that_is_none_is_one_clear_message(name):
    with pytest.raises(OrgsimError, match="--allow-host"):
        allowed_names([name])


@pytest.mark.parametrize("path", ["orgsim", "/a b", "/a//b", "http://x", "/é", "/?x"])
def test_a_path_that_is_none_is_one_clear_message(path):
    with pytest.raises(OrgsimError, match="--root-path"):
        _path(path)


def test_the_addresses_to_open():
    assert Place("127.0.0.1", 8765).addresses() == ["http://localhost:8765/"]
    assert Place("192.0.2.7", 80, "/orgsim").addresses() == ["http://192.0.2.7:80/orgsim/"]
    assert Place("2001:db8::7", 80).addresses() == ["http://[2001:db8::7]:80/"]
    everywhere = Place("0.0.0.0", 8765).addresses()
    assert everywhere == ["http://localhost:8765/", *(f"http://{name}:8765/" for name in own_addresses())]
    assert not Place("localhost", 1).is_open
    assert Place("Orgsim.LAN", 1, allowed=("x.org",)).names == {"orgsim.lan", "x.org"}
    assert Place("0.0.0.0", 1).is_open
