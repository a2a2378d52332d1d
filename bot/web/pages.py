"""The pages and files the server gives to browsers: demo page, full-page chat, the widget's scripts, pictures.

Static files are read once and served with an entity tag; a browser asks again only whether they changed. Nothing
is looked up by a path of the visitor's: names are known beforehand, or checked against the folder's own listing.
"""

import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote, urljoin

from aiohttp import ETag, web

from bot.refusals import wording
from bot.scripts import Scripts
from bot.web.answers import NotHere
from bot.web.languages import preferred_language
from bot.web.packing import coding_for, packed
from bot.web.widget_parts import names_in

_TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml"}
_VERSION = re.compile(rb"\?v=([0-9a-f]+)")
"""What the widget's launcher puts behind the addresses of its parts."""
_BLANK = re.compile(r"\{\{(\w+)\}\}")
_LINE_IF = re.compile(r'.*<meta [^>]*content="\{\{(\w+)\}\}">\n')
"""A line that says nothing without its value."""
_PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
_PICTURES = {".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif"}


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file as it is sent."""

    body: bytes
    content_type: str
    tag: str
    """Changes with the body."""
    packs: bool = False
    """Whether it is worth compressing."""


class Pages:
    """Serves pages and static files."""

    def __init__(self, scripts: Scripts, pictures: Path, public_url: str, policy: str) -> None:
        """``policy`` is the Content-Security-Policy of the pages."""
        self._scripts = scripts
        self._pictures = pictures
        self._public_url = public_url
        self._policy = policy
        self._files = _read_static()
        version = _VERSION.search(self._files["widget.js"].body)
        self._version = version[1].decode() if version else None

    def routes(self) -> list[web.RouteDef]:
        """Its routes."""
        return [
            web.get("/", self.demo),
            web.get("/chat/{script}", self.chat),
            web.get("/pictures/{name}", self.picture),
            web.get("/favicon.ico", self.icon),
            *(web.get(f"/{name}", self.static) for name in self._files if not name.endswith(".html")),
            web.get(r"/widget-talk{along:(?:\.[a-z]+)+}.js", self.talk),
        ]

    async def static(self, request: web.Request) -> web.StreamResponse:
        """A file of the widget or the demo page; any website may load it."""
        return await self._served(request, self._files[request.path.removeprefix("/")])

    async def talk(self, request: web.Request) -> web.StreamResponse:
        """What keeps a conversation going, and in the same file the parts that this one will need."""
        names = names_in(request.match_info["along"])
        if names is None:
            raise web.HTTPNotFound
        return await self._served(request, _joined(*(self._files[f"widget-{name}.js"] for name in ("talk", *names))))

    async def _served(self, request: web.Request, file: StaticFile) -> web.StreamResponse:
        response = await _send(request, file)
        if request.query.get("v", "") == self._version:
            # The address changes with the content: it need never be asked for again.
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    async def demo(self, request: web.Request) -> web.StreamResponse:
        """The demo page."""
        return self._page("demo.html", {"public_url": self._public_url, "script": self._scripts.first() or ""})

    async def chat(self, request: web.Request) -> web.StreamResponse:
        """A chat that fills the page; with title and description for link previews."""
        name = request.match_info["script"]
        if self._scripts.live_version(name) is None:
            raise NotHere(wording("unknown_script"))
        script = await self._scripts.current(name)
        picture = script.picture or script.persona.picture
        language = preferred_language(request.headers.get("Accept-Language", ""), script.languages)
        values = {
            "title": script.title.render(language, {}),
            "description": script.description.render(language, {}) if script.description else "",
            "picture": urljoin(f"{self._public_url}/pictures/", quote(picture, ":/?&=%#")) if picture else "",
            "alt": script.alt.render(language, {}) if script.alt else "",
            "preview": "summary_large_image" if script.picture else "summary",
            "robots": "index, follow" if script.indexed else "noindex",
            "script": script.name,
            "language": language,
            "needs_scripts": wording("needs_scripts").said(language),
            "public_url": self._public_url,
        }
        response = self._page("chat.html", values)
        response.headers["Vary"] = "Accept-Language"
        return response

    async def picture(self, request: web.Request) -> web.StreamResponse:
        """A picture of the scripts' folder; no other file of it."""
        path = self._picture_path(request.match_info["name"])
        if path is None:
            raise NotHere(wording("page_unknown"))
        body = path.read_bytes()
        response = await _send(request, StaticFile(body, _type_of(path.name), _tag(body)))
        # An SVG may hold scripts: as a picture they never run, opened by itself this forbids them.
        response.headers["Content-Security-Policy"] = _PICTURE_POLICY
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    async def icon(self, request: web.Request) -> web.StreamResponse:
        """The icon, for browsers that ask for it by its old name."""
        return await _send(request, self._files["icon.svg"])

    def _picture_path(self, name: str) -> Path | None:
        """Where the picture of this name is, if it is one, and really stands in the folder."""
        if Path(name).name != name or name.startswith("."):
            return None
        try:
            path = (self._pictures / name).resolve()
            stands_here = path.is_relative_to(self._pictures.resolve()) and path.is_file()
        except (OSError, ValueError):  # No file can have such a name.
            return None
        return path if stands_here and path.suffix.lower() in _PICTURES else None

    def _page(self, name: str, values: dict[str, str]) -> web.Response:
        text = self._files[name].body.decode()
        text = _LINE_IF.sub(lambda line: line[0] if values[line[1]] else "", text)
        text = _BLANK.sub(lambda blank: escape(values[blank[1]], quote=True), text)
        response = web.Response(text=text, content_type="text/html")
        response.headers["Content-Security-Policy"] = self._policy
        response.headers["Cache-Control"] = "no-cache"
        return response


async def _send(request: web.Request, file: StaticFile) -> web.Response:
    # One tag for a file however it is packed, hence a weak one (RFC 9110, section 8.8.3.3).
    if any(tag.value in (file.tag, "*") for tag in request.if_none_match or ()):
        response = web.Response(status=304)
    else:
        response = web.Response(body=file.body, content_type=file.content_type)
        if file.content_type.startswith("text/") or file.content_type == "image/svg+xml":
            response.charset = "utf-8"
        if file.packs and (coding := coding_for(request)):
            response.body = await packed(file.body, coding)
            response.headers["Content-Encoding"] = coding
    if file.packs:
        response.headers["Vary"] = "Accept-Encoding"
    response.etag = ETag(file.tag, is_weak=True)
    response.headers["Cache-Control"] = "no-cache"  # Asked for again each time, sent only when it changed.
    return response


@lru_cache(maxsize=16)
def _joined(*scripts: StaticFile) -> StaticFile:
    body = b"\n".join(script.body for script in scripts)
    return StaticFile(body, scripts[0].content_type, _tag(body), packs=True)


def _read_static() -> dict[str, StaticFile]:
    folder = files("bot.web") / "static"
    found = {}
    for entry in folder.iterdir():
        if entry.is_file() and Path(entry.name).suffix in _TYPES:
            body = entry.read_bytes()
            found[entry.name] = StaticFile(body, _type_of(entry.name), _tag(body), packs=True)
    return found


def _type_of(name: str) -> str:
    return _TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def _tag(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:20]
