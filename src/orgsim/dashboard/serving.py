"""Serving the dashboard: everything from this machine, nothing to the outside."""

import contextlib
import os
import re
import secrets
import socket
import threading
import webbrowser
from collections.abc import Sequence
from dataclasses import dataclass, replace

import click

from orgsim.dashboard.access import EVERYWHERE, allowed_names, is_loopback, own_addresses, plain
from orgsim.dashboard.budget import LONGEST_LINK, LONGEST_WAIT
from orgsim.dashboard.lessons import bundled_lessons
from orgsim.errors import OrgsimError

#: Solara reads these when it is imported: no telemetry, nothing from a content network, sessions that end
_SETTINGS = {
    "SOLARA_ASSETS_FONTAWESOME_ENABLED": "False",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False",
    "SOLARA_THEME_SHOW_BANNER": "False",
    "SOLARA_THEME_LOADER": "plain",
    "SOLARA_THEME_FORCE_REFRESH": "True",  # a page that the server does not know any more is loaded again
    "SOLARA_THEME_TITLE": "orgsim",
    "SOLARA_KERNEL_CULL_TIMEOUT": LONGEST_WAIT,  # of a page without a connection; a closed one says so
    "SOLARA_SESSION_HTTP_ONLY": "True",
    "SOLARA_GC_FREEZE": "False",  # what is frozen is not freed at the end, which DuckDB then reports
    "SOLARA_APP": "orgsim.dashboard.app",
}
#: bytes of one message of a page: the largest is an uploaded scenario
_LARGEST_MESSAGE = 1_000_000


def prepare() -> None:
    """Set what Solara reads when it is imported."""
    for name, value in _SETTINGS.items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("SOLARA_SESSION_SECRET_KEY", secrets.token_hex(32))


@dataclass(frozen=True)
class Place:
    """Where the pages are to be found: the address that is listened on, and what a proxy makes of it."""

    host: str
    port: int
    root_path: str = ""
    allowed: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether other machines can reach it."""
        return not is_loopback(self.host)

    @property
    def names(self) -> frozenset[str]:
        """The names to answer to, beside those of this machine. Raises OrgsimError for what is no name."""
        return allowed_names(self.allowed) | {plain(self.host.lower())}

    def addresses(self) -> list[str]:
        """The addresses to open: that for this machine first, then those for its network."""
        if self.host not in EVERYWHERE:
            return [self._address("localhost" if is_loopback(self.host) else self.host)]
        versions = (4, 6) if self.host == "::" else (4,)
        others = [name for version in versions for name in own_addresses(version)]
        return [self._address(name) for name in ("localhost", *others)]

    def _address(self, name: str) -> str:
        return f"http://{f'[{name}]' if ':' in name else name}:{self.port}{self.root_path}/"


def serve(place: Place, lessons: Sequence[str] = (), open_browser: bool = False) -> None:
    """Serve the pages until Ctrl-C. Raises OrgsimError for a port that is taken, a path or a name that is
    none."""
    names = place.names
    root_path = _path(place.root_path)
    _check_free(place.host, place.port)
    bundled_lessons(lessons)  # a broken one is said now, not in class
    prepare()
    import uvicorn

    from orgsim.dashboard import session
    from orgsim.dashboard.routes import application
    from orgsim.dashboard.study import SHELF

    session.LESSON_FOLDERS[:] = list(lessons)
    config = uvicorn.Config(
        application(root_path, names), host=place.host, port=place.port, log_level="warning",
        access_log=False, proxy_headers=False, server_header=False, http="h11",
        h11_max_incomplete_event_size=LONGEST_LINK + 65_536, ws_max_size=_LARGEST_MESSAGE,
    )  # fmt: skip

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:  # it answers from now on
                _announce(replace(place, root_path=root_path), open_browser)

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            await super().shutdown(sockets)
            SHELF.clear()

    with contextlib.suppress(KeyboardInterrupt):
        Server(config).run()


def _announce(place: Place, open_browser: bool) -> None:
    """Say where the pages are, and open them."""
    first, *others = place.addresses()
    click.echo(f"orgsim is at {first}  (Ctrl-C ends it)")
    if others:
        click.echo(f"Others on this network open {' or '.join(others)}")
    if place.is_open:
        click.echo("It has no password. Bind to 127.0.0.1 to keep it yours.")
    if open_browser:
        threading.Thread(target=webbrowser.open, args=(first,), daemon=True).start()


def _path(text: str) -> str:
    """A path as routes begin with it. Raises OrgsimError for what is none."""
    path = text.strip().rstrip("/")
    if path and not re.fullmatch(r"(/[A-Za-z0-9._~-]+)+", path):
        raise OrgsimError(
            "--root-path {text!r}: give the path under which a proxy shows the pages, like /orgsim",
            text=text[:60],
        )
    return path


def _check_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = error.strerror or str(error)
            raise OrgsimError(
                "--host {host} --port {port}: cannot be used ({reason}); choose another --port",
                host=host,
                port=port,
                reason=reason,
            ) from None
