"""Who may ask: requests that name this machine, or a name that it was told to answer to, and come from its
own pages.

The Host header is what a browser believes to talk to. A page of somebody else's that has its own name point
at this machine (DNS rebinding) still says that name there. The Origin header is whose page asks: a browser
opens a WebSocket for any page, so that nothing but this keeps others' pages out.
"""

import ipaddress
import re
import socket
from collections.abc import Iterable
from typing import Any

import psutil

from orgsim.dashboard.speaking import spoken
from orgsim.errors import OrgsimError

LOOPBACK = ("127.0.0.1", "localhost", "::1")
#: what stands for every address of a machine
EVERYWHERE = ("0.0.0.0", "::")
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?", re.ASCII)
_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*|[0-9a-f:]+(\.[0-9.]+)?", re.ASCII)


def name_of(netloc: str) -> str:
    """The name or the address in `name`, `name:port`, `[address]:port`; empty for anything else."""
    found = _HOST.fullmatch(netloc.strip().lower())
    return plain(found[1].strip("[]").rstrip(".")) if found else ""


def plain(name: str) -> str:
    """A name as it is, an address in its shortest form: without a zone, IPv4 not dressed up as IPv6."""
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return name
    inner = getattr(address, "ipv4_mapped", None)
    return str(inner or address)


def allowed_names(names: Iterable[str]) -> frozenset[str]:
    """The names of `--allow-host`. Raises OrgsimError for what is no name."""
    found = [name.strip().lower().strip("[]").rstrip(".") for name in names]
    for name in found:
        if not _NAME.fullmatch(name):
            raise OrgsimError(
                "--allow-host {name!r}: give a name or an address alone, like orgsim.example.org, "
                "without http:// and without a port",
                name=name[:60],
            )
    return frozenset(map(plain, found))


def own_names() -> frozenset[str]:
    """The names under which this machine knows itself."""
    own = socket.gethostname().lower()
    return frozenset({*LOOPBACK, own, f"{own.partition('.')[0]}.local"})


def own_addresses(version: int = 4) -> list[str]:
    """The addresses of this machine on its networks, that of the way out first."""
    families = {4: socket.AF_INET, 6: socket.AF_INET6}
    up = {name for name, state in psutil.net_if_stats().items() if state.isup}
    found = [
        ipaddress.ip_address(entry.address.partition("%")[0])
        for name, entries in psutil.net_if_addrs().items() if name in up
        for entry in entries if entry.family == families[version]
    ]  # fmt: skip
    reached = [str(address) for address in found if not (address.is_loopback or address.is_link_local)]
    first = _way_out(families[version])
    return sorted(dict.fromkeys(reached), key=lambda address: address != first)


def _way_out(family: int) -> str:
    """The address from which this machine would speak to the world; nothing is sent."""
    somewhere = "192.0.2.1" if family == socket.AF_INET else "2001:db8::1"
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((somewhere, 9))
        except OSError:
            return ""
        return str(probe.getsockname()[0])


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach what listens there."""
    name = plain(host)
    try:
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


class Doorkeeper:
    """An ASGI application in front of another: it turns away who may not ask, over HTTP and WebSocket."""

    def __init__(self, app: Any, allowed: frozenset[str] = frozenset()):
        self.app, self.allowed = app, allowed
        self.own = own_names()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Let a request in, or answer it with a sentence."""
        if scope["type"] == "lifespan" or (refusal := self.refusal(scope)) is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": "not allowed"})
        else:
            from starlette.responses import PlainTextResponse

            await PlainTextResponse(refusal, 403)(scope, receive, send)

    def refusal(self, scope: Any) -> str | None:
        """Why a request is turned away, in the visitor's language; None where it is not."""
        headers: dict[str, list[str]] = {}
        for name, value in scope["headers"]:
            headers.setdefault(name.decode("latin-1"), []).append(value.decode("latin-1"))
        say = spoken("", headers.get("accept-language", [""])[0])
        hosts, origins = headers.get("host", []), headers.get("origin", [])
        host = name_of(hosts[0]) if len(hosts) == 1 else ""
        if not host or not self.is_known(host, scope):
            shown = hosts[0][:100] if hosts else ""
            return say(
                "“{name}” is not an address of this orgsim. Open the address that it printed when it was "
                "started; or start it with --allow-host and this name.", name=shown,
            )  # fmt: skip
        if not all(self.is_own_page(origin, hosts[0]) for origin in origins):
            return say(
                "A page of {origin} asked; only orgsim's own pages may. If orgsim is to be reached under "
                "that name, start it with --allow-host and the name.", origin=origins[0][:100],
            )  # fmt: skip
        return None

    def is_known(self, name: str, scope: Any) -> bool:
        """Whether a name is this machine's, or was allowed."""
        server = scope.get("server") or ("",)
        return name in self.own or name in self.allowed or name == plain(str(server[0]))

    def is_own_page(self, origin: str, host: str) -> bool:
        """Whether a page is served from here: under the very name and port that is asked, or, where a
        proxy stands in between, under a name that was allowed."""
        scheme, separator, netloc = origin.partition("://")
        if not separator or scheme not in ("http", "https"):
            return False
        return netloc.lower() == host.lower() or (bool(netloc) and name_of(netloc) in self.allowed)
