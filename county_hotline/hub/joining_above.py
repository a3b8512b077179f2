"""上级平台: where a hub is enrolled above, like a station: joining, the link that is kept of it, and going on with one that was restored."""

from __future__ import annotations

import logging
from pathlib import Path

import msgspec

from county_hotline import __version__
from county_hotline.errors import BadInput, NotTrusted
from county_hotline.hub import following
from county_hotline.hub.asking import Hub
from county_hotline.paths import Home
from county_hotline.sync import identity
from county_hotline.sync.identity import HubAddress, Identity
from county_hotline.sync.protocol import EnrolmentRequest, Hello
from county_hotline.sync.round import relays
from county_hotline.sync.round.relays import RelayHeads
from county_hotline.sync.wire.http_line import Wire
from county_hotline.sync.wire.transport import HttpTransport, Transport

log = logging.getLogger(__name__)


def link_file(home: Home) -> Path:
    """Where it is kept what this hub is at the hub above, and which one that is. Not a setting."""
    return home.path / "above.toml"


def link_of(home: Home) -> Identity | None:
    """None where no hub stands above. Raises BadInput I106 for a damaged file."""
    return identity.load(link_file(home))


def join(hub: Hub, home: Home, *, url: str, code: str, expected_hub: str = "", wire: Wire | None = None) -> Identity:
    """Come in by `code` at the hub at `url`, with this hub's own key. Nothing is written unless all went well; the same again is the same
    success.

    Raises NotTrusted A2xx, A330 (the code is a station's), A335 (it is this very hub), A337 (another hub is above already), A338 (the hub
    there takes no relays); Unreachable; BadInput I610.
    """
    transport = HttpTransport(url, hub.pair, None, clock=hub.clock, wire=wire)
    try:
        hello = transport.hello()
        _may_be_above(hub, link_of(home), hello, expected_hub)
        enrolled = transport.enrol(
            EnrolmentRequest(
                code=code.strip(),
                algorithm=hub.pair.public.algorithm,
                public_key=hub.pair.public.raw,
                program=__version__,
                hub_id=hello.hub_id,
                as_relay=True,
            )
        )
    finally:
        transport.close()
    found = Identity(station=enrolled.card, hub=identity.address_of(url, enrolled.hub))
    identity.save(link_file(home), found)
    log.info("joined_above station=%s hub_id=%s", enrolled.card.station, enrolled.hub.hub_id)
    return found


def _may_be_above(hub: Hub, before: Identity | None, hello: Hello, expected_hub: str) -> None:
    expected = "".join(expected_hub.split()).replace("-", "").lower()
    if expected and hello.hub_id != expected:
        raise NotTrusted("A216", ours=expected, theirs=hello.hub_id)
    if hello.hub_id == hub.pair.key_id:
        raise NotTrusted("A335", station=hello.hub_id)
    if before is not None and before.hub is not None and before.hub.hub_id != hello.hub_id:
        raise NotTrusted("A337", ours=before.hub.hub_id, theirs=hello.hub_id)
    if not hello.relays:
        raise NotTrusted("A338", program=hello.program[:40])


def trust_restored(hub: Hub, home: Home, *, wire: Wire | None = None) -> bool:
    """A person has made sure that the hub above was restored (A102): go on with it, and send again what it lacks. False where it is as it
    was. Raises BadInput I106 where no hub stands above, NotTrusted A101, Unreachable."""
    link = link_of(home)
    if link is None or link.hub is None:
        raise BadInput("I106", file=link_file(home).name)
    transport = HttpTransport(link.hub.url, hub.pair, link.hub.key, clock=hub.clock, wire=wire)
    try:
        hello = transport.hello()
        heads = heads_above(transport)
    finally:
        transport.close()
    if not following.trust_again(hub.store, hello, link.hub, heads):
        return False
    identity.save(link_file(home), msgspec.structs.replace(link, hub=msgspec.structs.replace(link.hub, epoch=hello.epoch)))
    return True


def heads_above(transport: Transport) -> RelayHeads:
    """How far the hub above holds the chains below this one."""
    return relays.read(transport.ask("GET", relays.HEADS), RelayHeads)


def line_above(hub: Hub, address: HubAddress, *, wire: Wire | None = None) -> HttpTransport:
    """The way to the hub above. Close it when done."""
    return HttpTransport(address.url, hub.pair, address.key, clock=hub.clock, wire=wire)
