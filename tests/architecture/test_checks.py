"""The checks of `make check` hold: format, rules, types and layers."""

from __future__ import annotations

import pytest

from tools import check


@pytest.mark.parametrize("name", check.CHECKS)
def test_the_source_passes(name: str) -> None:
    outcome = check.run(name)

    assert outcome.returncode == 0, outcome.stdout
