"""The catalogue of what is broken on purpose: every line of it fits today's source, and (in the long run) something notices each."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.source import ROOT
from tools.sabotage import LIST
from tools.spoiling import SIMULATOR, Copy, Sabotage, places

named = pytest.mark.parametrize("sabotage", LIST, ids=lambda each: f"{each.breaks}: {each.what}")


@named
def test_the_line_it_spoils_stands_in_one_place_and_still_makes_sense_when_spoilt(sabotage: Sabotage) -> None:
    """When code moves on, its sabotage moves with it: mend `old` and `new` in tools/sabotages_of_*.py."""
    assert places(sabotage) == 1
    source = (ROOT / sabotage.file).read_text(encoding="utf-8").replace(sabotage.old, sabotage.new)
    if sabotage.file.endswith(".py"):
        compile(source, sabotage.file, "exec")


@named
def test_the_tests_it_names_are_there(sabotage: Sabotage) -> None:
    for pattern in () if sabotage.tests.startswith(SIMULATOR) else sabotage.tests.split():
        name, _, test = pattern.partition("::")
        found = [path.read_text(encoding="utf-8") for path in (ROOT / "tests").glob(name if "/" in name else f"db/{name}")]
        assert any(re.search(rf"^def {test or 'test_'}", text, re.MULTILINE) for text in found), pattern


def test_no_two_are_the_same() -> None:
    names = [f"{each.breaks} {each.what}" for each in LIST]
    assert sorted(set(names)) == sorted(names)
    assert len({(each.file, each.old, each.new) for each in LIST}) >= 30, "so many the promises ask for"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return Copy(Path(tmp_path_factory.mktemp("spoilt")))


@pytest.mark.long
@named
def test_it_is_noticed(sabotage: Sabotage, copy: Copy) -> None:
    outcome = copy.tried(sabotage)

    assert outcome.noticed_by, outcome.said
