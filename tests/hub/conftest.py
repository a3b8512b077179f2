"""A hub and its posts on folders of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.levels import Levels, a_city
from tests.support.posts import agency, centre, enrolled, hall, hub

__all__ = ["agency", "centre", "enrolled", "hall", "hub"]


@pytest.fixture
def levels() -> Iterator[Levels]:
    """A city, its counties and a town: see `a_city`. Everybody has been introduced."""
    made = a_city()
    made.quiet()
    yield made
    made.close()
