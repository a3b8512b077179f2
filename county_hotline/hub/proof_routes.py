"""The routes of `hub.proof` on Litestar: types for the OpenAPI document. Whatever is asked goes `through` to the endpoints."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, cast

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromQuery, QueryParameter

from county_hotline.domain.proving import Account
from county_hotline.sync.protocol import Agreement, HeldNow

_Request = Request[object, object, State]
_From = Annotated[int, QueryParameter(name="from")]
_Through = Callable[[_Request], Response[bytes]]


def routes(through: _Through, refusals: Mapping[int, ResponseSpec]) -> list[HTTPRouteHandler]:
    """The handlers; `refusals` are those of every signed question."""

    @get("/v1/agreement", sync_to_thread=True, responses=refusals, tags=["proof"], summary="Sums over what is new")
    def agreement(
        request: _Request,
        *,
        after: FromQuery[int] = 0,
        at: FromQuery[int] = 0,
        life: FromQuery[str] = "",
        since: _From = 0,
        to: FromQuery[int] = 0,
    ) -> Response[Agreement]:
        """Of what concerns the station between two places of its cursor, and of its own life between two serials."""
        return cast("Response[Agreement]", through(request))

    @get("/v1/proof", sync_to_thread=True, responses=refusals, tags=["proof"], summary="What lies in a range of places")
    def proof(
        request: _Request,
        *,
        of: FromQuery[str] = "entries",
        since: _From = 0,
        to: FromQuery[int] = 0,
        at: FromQuery[int] = 0,
        life: FromQuery[str] = "",
    ) -> Response[Account]:
        """`of` entries (of others, by their place in the hub's order) or chain (of a life of the station's own, by serial)."""
        return cast("Response[Account]", through(request))

    @get(
        "/v1/held",
        sync_to_thread=True,
        responses=refusals,
        tags=["sync"],
        summary="What the hub holds of the station's records",
    )
    def held(request: _Request) -> Response[HeldNow]:
        return cast("Response[HeldNow]", through(request))

    return [agreement, proof, held]
