"""Guard: who may ask the server, from where, with how much; whatever else comes is refused in a line."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "orebook"
SAFE = ("GET", "HEAD", "OPTIONS")

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
"""What every answer says to the browser: nothing from elsewhere, nothing to elsewhere, in no frame."""


class TooLargeError(Exception):
    """More was sent than is taken."""


@dataclass(frozen=True)
class Guard:
    """What stands before every page.

    ``hosts`` are the names under which the server may be asked, each with its port, which keeps a foreign name that was
    turned to this address out (DNS rebinding); an empty one takes any, and then there is a ``token``. ``most`` is how
    many bytes a request may bring.
    """

    app: ASGIApp
    hosts: frozenset[str] = frozenset()
    token: str = ""
    most: int = 200_000_000
    headers: Mapping[str, str] = field(default_factory=lambda: HEADERS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers) or self._without_token(scope, headers)
        if refusal is not None:
            await refusal(scope, receive, self._with_headers(send))
            return
        try:
            await self.app(scope, self._counted(receive), self._with_headers(send))
        except TooLargeError:
            await self._too_large()(scope, receive, self._with_headers(send))

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        host = headers.get("host", "").lower()
        if self.hosts and host not in self.hosts:
            return _refused(421, f"this server does not answer for {host!r}; open the address that it printed")
        if not _own(scope, headers, host):
            return _refused(403, "a page of another site may not ask for this")
        length = headers.get("content-length", "0")
        if not length.isdigit():
            return _refused(400, "the length of what was sent is no number")
        return self._too_large() if int(length) > self.most else None

    def _too_large(self) -> Response:
        return _refused(
            413, f"more than {self.most / 1e6:,.0f} MB are not taken at once; serve --upload-limit says how many"
        )

    def _without_token(self, scope: Scope, headers: Headers) -> Response | None:
        """Nothing for who brought the token; a cookie for who brought it in the address."""
        if not self.token:
            return None
        said = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if said and self._right(said):
            answer = RedirectResponse(scope["path"] or "/", 303)
            answer.set_cookie(COOKIE, self.token, httponly=True, samesite="strict", max_age=30 * 86_400)
            return answer
        kind, _, bearer = headers.get("authorization", "").partition(" ")
        if self._right(_cookie(headers)) or (kind.lower() == "bearer" and self._right(bearer.strip())):
            return None
        return _refused(401, "this book wants the token that orebook serve printed: open its address with ?token=…")

    def _right(self, said: str) -> bool:
        return bool(said) and hmac.compare_digest(said.encode(), self.token.encode())

    def _counted(self, receive: Receive) -> Receive:
        """What is received, up to the limit, also where no length was said before."""
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self.most:
                raise TooLargeError
            return message

        return counted

    def _with_headers(self, send: Send) -> Send:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-cache")
            await send(message)

        return sent


def _own(scope: Scope, headers: Headers, host: str) -> bool:
    """Whether a request comes from a page of this server, from the address bar, or from no browser at all."""
    site = headers.get("sec-fetch-site", "")
    origin = headers.get("origin", "")
    if scope["method"] in SAFE:
        followed = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
        return site in ("", "none", "same-origin") or followed
    if site not in ("", "none", "same-origin"):
        return False
    return not origin or urlsplit(origin).netloc.lower() == host


def _cookie(headers: Headers) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _refused(status: int, words: str) -> Response:
    return PlainTextResponse(f"orebook: {words}\n", status)
