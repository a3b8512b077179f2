"""A hub and its posts on folders of their own."""

from __future__ import annotations

from tests.support.posts import agency, centre, enrolled, hall, hub

__all__ = ["agency", "centre", "enrolled", "hall", "hub"]
