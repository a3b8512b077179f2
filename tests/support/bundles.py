"""基础数据 for tests of the line: documents with a title to know them by."""

from __future__ import annotations

import msgspec

from county_hotline.db.beside.reference import Bundle
from county_hotline.hub.asking import Hub
from tests.support.line import Post

COUNTY = "370323"


def a_bundle(version: int, title: str = "示例热线", county: str = COUNTY) -> bytes:
    return msgspec.json.encode(Bundle(version, county, "沂源县", title))


def title(post: Post) -> str:
    return post.store.reference.bundle().title


def at_hub(hub: Hub) -> tuple[int, str]:
    bundle = hub.store.reference.bundle()
    return bundle.version, bundle.title
