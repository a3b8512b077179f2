"""What the documents say is there is there, and what a person can call is told in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from county_hotline.cli.parser import COMMANDS
from county_hotline.settings import SETTINGS
from county_hotline.wording import say
from tests.support.source import ROOT

MANUAL = ROOT / "docs" / "manual" / "commands.md"
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)\s#]+)")
DOCUMENTS = sorted(path for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_the_manual_tells_of_every_command(command: str) -> None:
    told = MANUAL.read_text(encoding="utf-8")

    assert re.search(rf"county-hotline {re.escape(command)}\b", told), command


def test_the_manual_tells_of_no_command_that_is_not_there() -> None:
    told = re.findall(r"^(?:\$ |> )?county-hotline ([a-z][a-z-]*)", MANUAL.read_text(encoding="utf-8"), re.MULTILINE)

    assert told
    assert set(told) <= {command.name for command in COMMANDS}


def test_the_manual_tells_of_every_setting() -> None:
    told = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "manual").rglob("*.md"))

    missing = [setting.key for setting in SETTINGS if say(setting.wording) not in told]

    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(document: Path) -> None:
    broken = [link for link in LINK.findall(document.read_text(encoding="utf-8")) if not (document.parent / link).exists()]

    assert not broken, "\n".join(broken)


def test_every_decision_is_numbered_once_and_in_a_row() -> None:
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs" / "adr").glob("*.md"))]

    assert numbers == list(range(1, len(numbers) + 1))


def test_every_test_that_a_document_names_is_there() -> None:
    """The lists of disasters and invariants promise tests by name."""
    named = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
    found = [match for path in DOCUMENTS for match in named.findall(path.read_text(encoding="utf-8"))]

    missing = [f"{file}::{test}" for file, test in found if not _is_there(ROOT / file, test)]

    assert found
    assert not missing, "\n".join(missing)


def _is_there(file: Path, test: str) -> bool:
    return file.exists() and (not test or f"def {test}(" in file.read_text(encoding="utf-8"))
