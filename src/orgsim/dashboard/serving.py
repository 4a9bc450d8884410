"""Serving the dashboard: everything from this machine, nothing to the outside."""

import contextlib
import os
import secrets
import socket
import threading
import warnings
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import click

from orgsim.dashboard.lessons import bundled_lessons
from orgsim.errors import OrgsimError

#: Solara reads these when it is imported: no telemetry, nothing from a content network, sessions that end
_SETTINGS = {
    "SOLARA_ASSETS_FONTAWESOME_ENABLED": "False",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False",
    "SOLARA_THEME_SHOW_BANNER": "False",
    "SOLARA_THEME_LOADER": "plain",
    "SOLARA_THEME_TITLE": "orgsim",
    "SOLARA_KERNEL_CULL_TIMEOUT": "2m",
    "SOLARA_KERNEL_MAX_PER_SESSION": "20",
    "SOLARA_SESSION_HTTP_ONLY": "True",
    "SOLARA_GC_FREEZE": "False",  # what is frozen is not freed at the end, which DuckDB then reports
    "SOLARA_APP": "orgsim.dashboard.app",
}
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def prepare() -> None:
    """Set what Solara reads when it is imported."""
    for name, value in _SETTINGS.items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("SOLARA_SESSION_SECRET_KEY", secrets.token_hex(32))


def serve(host: str, port: int, lessons: Sequence[str] = (), open_browser: bool = False) -> None:
    """Serve the pages until Ctrl-C. Raises OrgsimError if the port is taken."""
    _check_free(host, port)
    bundled_lessons(lessons)  # a broken one is said now, not in class
    prepare()
    import uvicorn
    from solara.server import settings
    from solara.server.starlette import app

    from orgsim.dashboard import session

    _check_assets()
    settings.assets.extra_locations = [str(Path(__file__).parent / "static")]
    app.add_exception_handler(404, _to_the_pages)
    warnings.filterwarnings("ignore", message="Cookies with samesite")  # nothing is embedded elsewhere
    session.LESSON_FOLDERS[:] = list(lessons)
    shown = "localhost" if host in (*LOOPBACK, "0.0.0.0") else host
    url = f"http://{shown}:{port}/"
    config = uvicorn.Config(app, host=host, port=port, log_level="warning", access_log=False)
    server = uvicorn.Server(config)
    click.echo(f"orgsim is at {url}  (Ctrl-C ends it)")
    if host not in LOOPBACK:
        click.echo(
            "Others on this network can open it: it has no password. Bind to 127.0.0.1 to keep it yours."
        )
    if open_browser:
        threading.Timer(1.5, lambda: webbrowser.open(url)).start()
    with contextlib.suppress(KeyboardInterrupt):
        server.run()


def _to_the_pages(request: Any, error: Exception) -> Any:
    """A path that leads nowhere leads to the pages, which say so; a missing file stays missing."""
    from starlette.responses import PlainTextResponse, RedirectResponse

    if "text/html" in request.headers.get("accept", ""):
        return RedirectResponse("/?" + urlencode({"lost": request.url.path[:100]}))
    return PlainTextResponse("not found", 404)


def _check_assets() -> None:
    """The scripts of the pages must be on this machine: none is fetched from elsewhere."""
    from solara.server import settings

    folder = settings.assets.proxy_cache_dir
    if not any(folder.glob("@widgetti/solara-vuetify-app@*/dist/*.min.js")):
        raise OrgsimError(
            f"{folder}: the pages' scripts are missing; install them: pip install solara-assets"
        )


def _check_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = error.strerror or str(error)
            raise OrgsimError(
                f"--host {host} --port {port}: cannot be used ({reason}); choose another --port"
            ) from None
