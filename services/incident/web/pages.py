"""The console's pages: one document, our modules as they are, and the packages they import, by import map.

Nothing is loaded from elsewhere, nothing is evaluated, nobody may frame it.
"""

import base64
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from contracts.messages import catalogue, text

FOLDER = Path(__file__).parents[1] / "console"
APP, PACKAGES = FOLDER / "app", FOLDER / "node_modules"
MODULES = {
    "preact": "preact/dist/preact.mjs",
    "preact/hooks": "preact/hooks/dist/hooks.mjs",
    "@preact/signals-core": "@preact/signals-core/dist/signals-core.mjs",
    "@preact/signals": "@preact/signals/dist/signals.mjs",
    "htm": "htm/dist/htm.mjs",
    "leaflet": "leaflet/dist/leaflet-src.esm.js",
}
"""What a page may import by name, and where it stands in ``node_modules``."""
BASE_MAP = "/console/base.pmtiles"
SERVED = (
    "preact/dist",
    "preact/hooks/dist",
    "@preact/signals-core/dist",
    "@preact/signals/dist",
    "htm/dist",
    "leaflet/dist",
    "protomaps-leaflet/dist",
    "@fontsource-variable/noto-sans-sc",
)
"""The folders of packages that are served; nothing else of ``node_modules`` is."""
WORDS = (
    "console.",
    "role.",
    "fact.",
    "due_report_status.",
    "report_status.",
    "order_status.",
    "release_cause.",
)
"""Which messages of the catalogue a page gets."""

IMPORT_MAP = json.dumps(
    {"imports": {name: f"/console/modules/{path}" for name, path in MODULES.items()}}, separators=(",", ":")
)


def _hash(script: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


SECURITY = {
    "content-security-policy": "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' '{_hash(IMPORT_MAP)}'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-cache",
}


class Files(StaticFiles):
    """Files with the headers of our pages; asked for anew each time, answered 304 while they are the same."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with what the browser is to hold to."""
        answer = await super().get_response(path, scope)
        answer.headers.update(SECURITY)
        return answer


async def document(_: Request) -> Response:
    """The one page; which view it shows is in its own hands."""
    if not PACKAGES.is_dir():
        return HTMLResponse(text("console.not_installed"), 503, headers=SECURITY)
    page = (APP / "index.html").read_text(encoding="utf-8").replace("{import_map}", IMPORT_MAP)
    return HTMLResponse(page, headers=SECURITY)


async def words(_: Request) -> Response:
    """The messages that pages use, in both languages."""
    used = {key: message for key, message in catalogue().items() if key.startswith(WORDS)}
    return JSONResponse(used, headers=SECURITY)


async def icon(_: Request) -> Response:
    """The mark of the tab."""
    return FileResponse(APP / "icon.svg", headers=SECURITY)


def routes(base_map: Path | None) -> Sequence[BaseRoute]:
    """Everything that is served without a token: there is nothing of the node in it. The map comes in pieces (Range)."""
    maps = [Route(BASE_MAP, lambda _: FileResponse(base_map, headers=SECURITY))] if base_map else []
    packages = [
        Mount(f"/console/modules/{path}", Files(directory=PACKAGES / path, check_dir=False))
        for path in SERVED
    ]
    return [
        Route("/", document),
        Route("/favicon.ico", icon),
        Route("/console/words.json", words),
        *packages,
        *maps,
        Mount("/console", Files(directory=APP)),
    ]
