"""What the server answers: the pages, the files that they are made of, and one connection for each page.

Solara's own application answers more than that: its route for assets fetches from the internet what is
missing, and takes away a folder that is asked for; the first visitor's headers decide under which path all
others find the pages; notebooks' extensions of this machine are served and run. Here every route is named.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode
from uuid import uuid4

from jinja2 import FileSystemLoader
from solara.server import kernel_context, server, settings
from solara.server.starlette import (
    SolaraGZipMiddleware,
    StaticFilesOptionalAuth,
    immutable_cache_control,
    kernel_connection,
    lifespan,
)
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.websockets import WebSocket

from orgsim.dashboard.access import Doorkeeper
from orgsim.dashboard.budget import LONGEST_LINK, MOST_PAGES, MOST_PAGES_A_VISITOR, MOST_WAITING
from orgsim.dashboard.speaking import spoken
from orgsim.dashboard.words import by_language
from orgsim.errors import OrgsimError
from orgsim.language.language import Language

FOLDER = Path(__file__).parent
#: the browser's scripts of Solara's components; notebooks' other extensions are none of ours
_EXTENSIONS = ("jupyter-vue", "jupyter-vuetify")
_SOLARA_STATIC = ("ansi.js", "highlight.css", "highlight-dark.css", "main-vuetify.js")
_SOLARA_ASSETS = ("custom.js", "style.css", "theme.js", "theme-dark.css", "theme-light.css")
_ID = re.compile(r"[\w-]{1,64}", re.ASCII)
#: parts of a link with which Solara would join a page to another's
_JOINING = ("kernelid", "modelid", "solara-no-close-beacon")
#: nothing from elsewhere, also when a script of a library looks for it there; Vue compiles in the browser
_HEADERS = {
    "content-security-policy": "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


def application(root_path: str = "", allowed: frozenset[str] = frozenset()) -> Any:
    """The ASGI application under a path (`/orgsim`, or nothing), for this machine's names and those allowed.
    Raises OrgsimError where scripts are missing."""
    _pages_are_ours(root_path)
    routes = [
        Route("/readyz", ready),
        Route("/jupyter/api/kernels/{kernel_id}", kernel),
        WebSocketRoute("/jupyter/api/kernels/{kernel_id}/channels", connection),
        Route("/_solara/api/close/{kernel_id}", leave, methods=["POST"]),
        Route("/", pages),
        *_files(),
    ]
    inner = Starlette(
        routes=routes, lifespan=lifespan, exception_handlers={404: _elsewhere},
        middleware=[Middleware(_Headers), Middleware(SolaraGZipMiddleware, minimum_size=1000)],
    )  # fmt: skip
    inner.router.redirect_slashes = False
    return Doorkeeper(_Below(inner, root_path), allowed)


def _pages_are_ours(root_path: str) -> None:
    """What Solara would otherwise take from the first visitor's headers, or from notebooks' settings."""
    settings.main.root_path = root_path
    settings.assets.extra_locations = [str(FOLDER / "static")]
    vars(server)["get_nbextension_names"] = lambda: [f"{name}/extension" for name in _EXTENSIONS]
    frames = cast(FileSystemLoader, server.get_jinja_env(app_name="__default__").loader)
    frames.searchpath.insert(0, str(FOLDER / "templates"))


# the pages


def pages(request: Request) -> Response:
    """The frame of every page: which one it is, the address says."""
    query = request.url.query
    say = spoken(query, request.headers.get("accept-language", ""))
    if len(query) > LONGEST_LINK:
        return PlainTextResponse(say("This link is too long to be one of orgsim's."), 414)
    joining = [part for part in _JOINING if part in request.query_params]
    if joining:
        kept = [(k, v) for k, v in request.query_params.multi_items() if k not in joining]
        return RedirectResponse(f"{settings.main.root_path}/?{urlencode(kept)}")
    visitor = server.get_session_id_cookie(request.cookies) or ""
    visitor = visitor if _ID.fullmatch(visitor) else str(uuid4())
    if not _room(visitor):
        return PlainTextResponse(_too_many(say), 503)
    content = server.read_root(
        "/", settings.main.root_path or "",
        render_kwargs={"language": say.code, "texts": by_language("connection"),
                       "without_scripts": say("These pages need JavaScript.")},
    )  # fmt: skip
    answer = Response(content, media_type="text/html", headers={"cache-control": "no-store"})
    answer.set_cookie(
        server.COOKIE_KEY_SESSION_ID, visitor, path=f"{settings.main.root_path}/", samesite="lax",
        httponly=True, secure=request.headers.get("x-forwarded-proto") == "https",
    )  # fmt: skip
    return answer


def _too_many(say: Language) -> str:
    return say("Too many pages of orgsim are open. Close some, and load this one again.")


#: pages whose connection was lost, the longest ago first; what is here may be connected again, or gone
_left: dict[str, None] = {}


def _room(visitor: str) -> bool:
    """Whether one more page can be opened, by this visitor and at all: pages that wait for their connection
    to come back make room, the one that has waited longest first."""
    there = list(kernel_context.contexts.values())
    own = sum(context.session_id == visitor for context in there) - MOST_PAGES_A_VISITOR + 1
    _let_go(own, lambda context: context.session_id == visitor)
    _let_go(len(kernel_context.contexts) - MOST_PAGES + 1, lambda _: True)
    there = list(kernel_context.contexts.values())
    own = sum(context.session_id == visitor for context in there)
    return own < MOST_PAGES_A_VISITOR and len(there) < MOST_PAGES


def _waiting() -> list[Any]:
    """The pages without a connection, the one that has waited longest first."""
    for gone in [known for known in list(_left) if known not in kernel_context.contexts]:
        _left.pop(gone, None)
    found = [kernel_context.contexts.get(known) for known in list(_left)]
    return [
        context for context in found
        if context and kernel_context.PageStatus.CONNECTED not in context.page_status.values()
    ]  # fmt: skip


def _let_go(count: int, which: Callable[[Any], bool]) -> None:
    """Close so many pages that wait."""
    for context in [context for context in _waiting() if which(context)][: max(0, count)]:
        context.close("evicted")


def _elsewhere(request: Request, error: Exception) -> Response:
    """A path that leads nowhere leads to the pages, with its question, which say so; a missing file stays
    missing."""
    if "text/html" in request.headers.get("accept", ""):
        asked = [(k, v) for k, v in request.query_params.multi_items() if k != "lost"]
        found = urlencode([*asked, ("lost", request.url.path[:100])])
        return RedirectResponse(f"{settings.main.root_path}/?{found}")
    return PlainTextResponse("not found", 404)


# the connection of a page


async def ready(request: Request) -> Response:
    """That the server is there, and how many pages are open; it waits for no page and no computation."""
    return JSONResponse({"status": "ok", "pages": len(kernel_context.contexts)})


def kernel(request: Request) -> Response:
    """What the library in the browser asks before it tries a connection again; it reads nothing of it."""
    return JSONResponse({"id": request.path_params["kernel_id"][:64], "name": "orgsim"})


async def connection(ws: WebSocket) -> None:
    """A page's connection: its own, or a new one as long as there is room. When it is lost, the page waits
    for it to come back."""
    kernel_id, page = ws.path_params["kernel_id"], ws.query_params.get("session_id", "")
    visitor = server.get_session_id_cookie(ws.cookies)
    known = kernel_context.contexts.get(kernel_id)
    if not (_ID.fullmatch(kernel_id) and _ID.fullmatch(page)) or (known and known.session_id != visitor):
        await ws.close(1008)
    elif known is None and not await run_in_threadpool(_room, visitor or ""):
        await ws.close(1013)
    else:
        try:
            await kernel_connection(ws)
        finally:
            _left.pop(kernel_id, None)
            _left[kernel_id] = None
            await run_in_threadpool(_let_go, len(_waiting()) - MOST_WAITING, lambda _: True)


def leave(request: Request) -> Response:
    """A page says that it is closed; only its own visitor can say so."""
    known = kernel_context.contexts.get(request.path_params["kernel_id"])
    page = request.query_params.get("session_id", "")
    visitor = server.get_session_id_cookie(request.cookies)
    if known is not None and known.session_id == visitor and page in known.page_status:
        known.page_close(page)
    return Response(status_code=204)


# files


class _Named(StaticFilesOptionalAuth):
    """Files of some folders, the first that has one, and only those that are named."""

    def __init__(self, folders: list[Path], names: tuple[str, ...]):
        super().__init__(directory=folders[0])
        self.all_directories = list(folders)
        self.names = names

    def lookup_path(self, path: str) -> Any:
        """The file, if it is named."""
        return super().lookup_path(path) if path in self.names else ("", None)


class _Versioned(StaticFilesOptionalAuth):
    """A folder whose version is in its address: a browser may keep what is there."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """A file, to be kept."""
        answer = super().file_response(*args, **kwargs)
        answer.headers["Cache-Control"] = immutable_cache_control()
        return answer


def _files() -> list[Mount]:
    """What the pages are made of; read only."""
    cdn = settings.assets.proxy_cache_dir
    folders = [*cdn.glob("@widgetti/solara-vuetify-app@*/dist"), *cdn.glob("requirejs@*")]
    if not any(folder.glob("*.min.js") for folder in folders[:-1]):
        raise OrgsimError(
            "{cdn}: the pages' scripts are missing; install them: pip install solara-assets", cdn=cdn
        )
    own = tuple(file.name for file in (FOLDER / "static").iterdir())
    assets = [FOLDER / "static", server.solara_static.parent / "assets"]
    found = [
        Mount(f"/_solara/cdn/{folder.relative_to(cdn).as_posix()}", _Versioned(directory=folder))
        for folder in folders
    ]
    for name in _EXTENSIONS:
        folder = server.nbextension_root(f"{name}/extension")
        if folder is None:
            raise OrgsimError(
                "the pages' scripts are missing; install them: pip install ipyvue ipyvuetify ({name})",
                name=name,
            )
        found.append(Mount(f"/jupyter/nbextensions/{name}", StaticFilesOptionalAuth(directory=folder)))
    return [
        *found,
        Mount("/static/assets", _Named(assets, (*own, *_SOLARA_ASSETS))),
        Mount("/static", _Named([server.solara_static], _SOLARA_STATIC)),
    ]


# around everything


class _Headers:
    """What every answer says to the browser about itself."""

    def __init__(self, app: Any):
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class _Below:
    """An application under a path, whether a proxy in front takes that path off or not."""

    def __init__(self, app: Any, root_path: str):
        self.app, self.root_path = app, root_path

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        path = scope.get("path", "")
        if self.root_path and path == self.root_path:
            await RedirectResponse(f"{self.root_path}/")(scope, receive, send)
            return
        if self.root_path and path.startswith(f"{self.root_path}/"):
            scope = {**scope, "path": path[len(self.root_path) :]}
        await self.app(scope, receive, send)
