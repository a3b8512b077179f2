"""Every row of the table of commands does what it says."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import pytest

from county_hotline.ui.commands import COMMANDS, Command, command
from county_hotline.ui.pages import PAGES, PageSpec
from county_hotline.wording import has


@dataclass
class FakeWindow:
    """Remembers what was asked of it."""

    did: list[str] = field(default_factory=list)

    def go(self, page: str, argument: str = "") -> None:
        self.did.append(f"page.{page}")

    def sync(self) -> None:
        self.did.append("sync")

    def lock(self) -> None:
        self.did.append("lock")

    def turn_line(self) -> None:
        self.did.append("line")

    def find_command(self) -> None:
        self.did.append("palette")

    def undo(self) -> None:
        self.did.append("undo")

    def show_told(self) -> None:
        self.did.append("told")

    def practise(self) -> None:
        self.did.append("practise")


@pytest.mark.parametrize("each", COMMANDS, ids=lambda each: each.name)
def test_a_command_has_words_and_a_key_and_does_its_deed(each: Command) -> None:
    window = FakeWindow()

    each.do(window)

    assert has(each.wording)
    assert each.key.startswith("<") if each.shown else not each.key
    assert window.did == [each.name]


def test_no_two_commands_share_a_key() -> None:
    assert [key for key, count in Counter(each.key for each in COMMANDS if each.key).items() if count > 1] == []


def test_every_page_with_a_key_is_a_command() -> None:
    assert {command(f"page.{spec.name}").key for spec in PAGES if spec.key} == {spec.key for spec in PAGES if spec.key}


@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.name)
def test_a_page_has_a_name_and_stands_somewhere_in_the_rail(spec: PageSpec) -> None:
    names = {each.name for each in PAGES if each.key}

    assert has(f"ui.page.{spec.name}")
    assert spec.name in names or spec.within in names
