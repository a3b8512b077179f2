"""The hub's real application behind an in-process wire: Litestar and all, but no socket."""

from __future__ import annotations

import httpx2
from anyio.from_thread import BlockingPortal, start_blocking_portal
from litestar import Litestar

from tests.support.line import Once


class AsgiWire(httpx2.BaseTransport):
    """Runs the application on its own event loop and waits for its answer."""

    def __init__(self, app: Litestar) -> None:
        self._open = start_blocking_portal()
        self._portal: BlockingPortal = self._open.__enter__()
        self._inner = httpx2.ASGITransport(app=app, client=("10.0.0.7", 1))  # type: ignore[arg-type]

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        status, headers, body = self._portal.call(self._ask, request)
        return httpx2.Response(status, headers=headers, stream=Once(body))

    def close(self) -> None:
        self._open.__exit__(None, None, None)

    async def _ask(self, request: httpx2.Request) -> tuple[int, list[tuple[str, str]], bytes]:
        body = b"".join(request.stream)  # type: ignore[arg-type]
        whole = httpx2.Request(request.method, request.url, headers=request.headers, content=body)
        response = await self._inner.handle_async_request(whole)
        pieces = [piece async for piece in response.stream]  # type: ignore[union-attr]
        return response.status_code, response.headers.multi_items(), b"".join(pieces)
