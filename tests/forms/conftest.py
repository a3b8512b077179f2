"""What the tests of paper share: the fonts that come with the program, so that every PC draws the same."""

from __future__ import annotations

import pytest

from county_hotline.forms.fonts import Fonts, shipped_fonts


@pytest.fixture
def fonts() -> Fonts:
    """The shipped faces, nothing borrowed from this PC."""
    return shipped_fonts()
