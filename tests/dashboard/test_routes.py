"""The routes: only what is named is there, and nothing that a visitor asks changes anything for others."""

import base64
import json
import os
import re
import shutil
import socket
import threading
import urllib.error
import urllib.request
import uuid
import warnings
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from starlette.requests import Request

from dashboard.conftest import Watched, serving

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # of a library that Solara still uses
    from orgsim.dashboard import routes

CDN = "_solara/cdn/@widgetti/solara-vuetify-app@10.1.1"


def ask(url, **headers):
    """Status and text of an answer."""
    request = urllib.request.Request(
        url, headers={name.replace("_", "-"): text for name, text in headers.items()}
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode("utf-8", "replace")


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """A server on a copy of the assets, one of them missing; every request that leaves it is noted."""
    from solara.server import settings

    folder = tmp_path_factory.mktemp("cdn")
    for part in ("@widgetti/solara-vuetify-app@10.1.1/dist", "requirejs@2.3.6", "font-awesome@4.5.0"):
        shutil.copytree(settings.assets.proxy_cache_dir / part, folder / part)
    (folder / "requirejs@2.3.6/require.js").rename(folder / "requirejs@2.3.6/require.old.js")
    left = []
    with socket.create_server(("127.0.0.1", 0)) as outside:
        port = outside.getsockname()[1]

        def note():
            while True:
                try:
                    left.append(outside.accept()[1])
                except OSError:
                    return

        threading.Thread(target=note, daemon=True).start()
        proxy = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "https_proxy"), f"http://127.0.0.1:{port}")
        with serving(SOLARA_ASSETS_PROXY_CACHE_DIR=str(folder), NO_PROXY="127.0.0.1", **proxy) as (url, _):
            yield url, folder, left
        outside.shutdown(socket.SHUT_RDWR)


def files_of(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.mark.parametrize(
    "path",
    [
        CDN,
        f"{CDN}/",
        f"{CDN}/dist",
        f"{CDN}/dist/",
        f"{CDN}/dist/../src/solara.js",
        f"{CDN}/dist/%2e%2e/%2e%2e",
        f"{CDN}/dist/none.js",
        "_solara/cdn/",
        "_solara/cdn/left-pad",
        "_solara/cdn/left-pad@1.0.0/index.js",
        "_solara/cdn/font-awesome@4.5.0/css/font-awesome.min.css",
        "_solara/cdn/requirejs@2.3.6/require.js",
        "_solara/cdn/requirejs@2.3.6",
        "_solara/cdn/../../../etc/passwd",
        "_solara/api/evict/x",
        "resourcez",
        "docs",
        "static/",
        "static/solara_bootstrap.py",
        "static/public/x",
        "static/assets/",
        "static/assets/../app.py",
        "jupyter/nbextensions/",
        "jupyter/nbextensions/jupyter-js-widgets/extension.js",
        "jupyter/nbextensions/jupyter-vue/../x.js",
        "jupyter/api/kernels",
        "jupyter/api/kernels/x/y/z",
        "etc/passwd",
        "%00",
        "a/b/c",
    ],
)
def test_what_is_not_named_is_not_there(copied, path):
    """Neither fetched from elsewhere, nor taken away because it was asked for."""
    url, folder, left = copied
    before = files_of(folder)
    assert ask(url + path)[0] == 404
    assert files_of(folder) == before
    assert left == []


@pytest.mark.parametrize(
    "path",
    [
        f"{CDN}/dist/main8.css",
        f"{CDN}/dist/solara-vuetify-app8.min.js",
        "static/assets/custom.css",
        "static/assets/connection.js",
        "static/assets/theme.js",
        "static/highlight.css",
        "jupyter/nbextensions/jupyter-vue/nodeps.js",
        "readyz",
        "",
    ],
)
def test_what_the_pages_are_made_of_is_there(copied, path):
    assert ask(copied[0] + path)[0] == 200


def test_a_path_that_leads_nowhere_leads_to_the_pages(copied):
    status, text = ask(f"{copied[0]}somewhere", accept="text/html")
    assert (status, "os-connection" in text) == (200, True)


def test_what_one_visitor_says_decides_nothing_for_another(copied):
    """Neither the path under which the pages are, nor their scheme, host or port."""
    evil = {
        "script_name": "/evil",
        "x_script_name": "/evil",
        "x_forwarded_prefix": "/evil",
        "x_forwarded_host": "evil.example",
        "x_forwarded_proto": "https",
        "forwarded": "host=evil.example",
    }
    for headers in (evil, {}):
        assert "evil" not in ask(copied[0], **headers)[1]


def test_every_answer_keeps_the_browser_at_home(copied):
    with urllib.request.urlopen(copied[0], timeout=60) as answer:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert not re.search(r"https?:|\*", policy)
        assert answer.headers["referrer-policy"] == "no-referrer"
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie


def handshake(url, host, origin=None):
    """The status of the handshake of a page's own WebSocket: nobody joins the page of another."""
    place = urlsplit(url)
    lines = [
        f"GET /jupyter/api/kernels/{uuid.uuid4()}/channels?session_id=def HTTP/1.1",
        f"Host: {host.format(place.netloc)}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
    ]
    lines += [f"Origin: {origin.format(place.netloc)}"] if origin else []
    with socket.create_connection((place.hostname, place.port), timeout=60) as wire:
        wire.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        return int(wire.recv(12).split()[1])


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("{}", "http://{}", 101),
        ("{}", None, 101),
        ("{}", "http://evil.example", 403),
        ("{}", "null", 403),
        ("evil.example", "http://evil.example", 403),
        ("evil.example", None, 403),
        ("{}", "http://localhost:1", 403),
    ],
)
def test_a_connection_is_made_by_own_pages_only(copied, host, origin, status):
    assert handshake(copied[0], host, origin) == status


def test_behind_a_proxy_with_a_path(chromium):
    """Whether the proxy takes the path off or not."""
    with serving("--root-path", "/orgsim/", "--allow-host", "orgsim.example.org") as (url, _):
        for path in ("", "orgsim/", "orgsim"):
            status, text = ask(url + path, host="orgsim.example.org")
            assert status == 200
            assert '"/orgsim/_solara/cdn/' in text
        assert ask(url + "orgsim/readyz")[0] == ask(url + "readyz")[0] == 200
        watched = Watched(chromium, url)
        page = watched.open("orgsim/?page=lessons&language=fr", ".os-lessons li")
        page.keyboard.press("5")
        page.wait_for_selector(".os-field")
        page.wait_for_function(
            "location.pathname === '/orgsim/' && location.search.includes('page=scenario')"
        )
        assert watched.problems == []
        watched.context.close()


# without a server


def request(query="", cookie="", method="GET", **params):
    headers = [(b"accept-language", b"fr"), (b"cookie", f"solara-session-id={cookie}".encode())]
    return Request(
        {
            "type": "http",
            "method": method,
            "path": "/",
            "query_string": query.encode(),
            "headers": headers,
            "server": ("localhost", 80),
            "scheme": "http",
            "path_params": params,
        }
    )


def test_there_is_an_end_to_the_pages_that_are_opened(monkeypatch):
    """Of one visitor, and of all together."""
    there = {str(n): SimpleNamespace(session_id="me") for n in range(3)}
    monkeypatch.setattr(routes.kernel_context, "contexts", there)
    assert routes._room("me")
    monkeypatch.setattr(routes, "MOST_PAGES_A_VISITOR", 3)
    assert not routes._room("me")
    assert routes._room("you")
    refused = routes.pages(request(cookie="me"))
    assert (refused.status_code, "Trop de pages" in refused.body.decode()) == (503, True)
    monkeypatch.setattr(routes, "MOST_PAGES", 3)
    assert not routes._room("you")


class Waits:
    """A page, with or without its connection."""

    def __init__(self, there, name, visitor, connected=False):
        self.there, self.name, self.session_id = there, name, visitor
        status = routes.kernel_context.PageStatus
        self.page_status = {"p": status.CONNECTED if connected else status.DISCONNECTED}

    def close(self, reason):
        del self.there[self.name]


def test_pages_without_a_connection_make_room_the_longest_gone_first(monkeypatch):
    """A visitor's own where it is he who has too many, anybody's where all have; none that is connected."""
    there = {}
    for name, visitor in (("c", "me"), ("a", "you"), ("b", "me"), ("d", "you")):
        there[name] = Waits(there, name, visitor, connected=name == "c")
    monkeypatch.setattr(routes.kernel_context, "contexts", there)
    monkeypatch.setattr(routes, "_left", dict.fromkeys(["gone", "c", "a", "b", "d"]))
    assert routes._room("me")
    assert set(there) == {"a", "b", "c", "d"}  # there was room
    monkeypatch.setattr(routes, "MOST_PAGES_A_VISITOR", 2)
    assert routes._room("me")
    assert set(there) == {"a", "c", "d"}
    monkeypatch.setattr(routes, "MOST_PAGES", 3)
    assert routes._room("me")
    assert set(there) == {"c", "d"}
    monkeypatch.setattr(routes, "MOST_PAGES", 1)
    assert not routes._room("me")
    assert set(there) == {"c"}
    assert "gone" not in routes._left


def test_a_link_does_not_join_a_page_to_anothers():
    answer = routes.pages(request("kernelid=a&seed=3&modelid=b"))
    assert (answer.status_code, answer.headers["location"].rpartition("?")[2]) == (307, "seed=3")


def test_a_link_of_any_length_is_answered():
    assert routes.pages(request("x" * 400_000)).status_code == 414


def test_a_page_is_closed_by_its_own_visitor_only(monkeypatch):
    closed = []
    page = SimpleNamespace(session_id="me", page_status={"p": 1}, page_close=closed.append)
    monkeypatch.setattr(routes.kernel_context, "contexts", {"k": page})
    for query, cookie, kernel in (
        ("session_id=p", "you", "k"),
        ("session_id=q", "me", "k"),
        ("", "me", "k"),
        ("session_id=p", "me", "x"),
    ):
        assert routes.leave(request(query, cookie, "POST", kernel_id=kernel)).status_code == 204
    assert closed == []
    routes.leave(request("session_id=p", "me", "POST", kernel_id="k"))
    assert closed == ["p"]


def test_it_tells_how_many_pages_are_open(copied):
    found = json.loads(ask(f"{copied[0]}readyz")[1])
    assert found["status"] == "ok"
    assert found["pages"] >= 0
