"""`make` sets up by itself: what that stands on."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import source
from tests.support.source import ROOT
from tools import setup, system_packages

BEFORE_ANYTHING_IS_INSTALLED = [ROOT / "tools" / name for name in ("__init__.py", "setup.py", "system_packages.py")]


def modules_of(path: Path) -> set[str]:
    """The first parts of what the file imports."""
    named = set()
    for node in ast.walk(source.tree(path)):
        match node:
            case ast.Import(names=names):
                named |= {name.name.split(".")[0] for name in names}
            case ast.ImportFrom(module=str(module)):
                named.add(module.split(".")[0])
    return named


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder of programs that a task needs, none of which does anything, and an apt-get that leaves a note when it is called."""
    folder = tmp_path / "programs"
    folder.mkdir()
    for package in system_packages.NEEDED_BY["test"]:
        make_program(folder / package.program, "exit 0")
    make_program(folder / "apt-get", f'echo "$@" >> {tmp_path / "apt-was-asked"}; exit 1')
    return folder


def make_program(path: Path, line: str) -> None:
    path.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
    path.chmod(0o755)


def provide_for_tests(programs: Path) -> str:
    """What setting up for `make test` says where only these programs are there."""
    question = "from tools.system_packages import provide; provide('test')"
    done = subprocess.run(
        [sys.executable, "-c", question],
        cwd=ROOT,
        env={"PATH": str(programs)},
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return done.stderr


def test_setting_up_needs_nothing_but_python_itself() -> None:
    named = {module for path in BEFORE_ANYTHING_IS_INSTALLED for module in modules_of(path)}

    assert "subprocess" in named
    assert named <= set(sys.stdlib_module_names) | {"tools"}


def test_every_target_of_the_makefile_that_sets_up_is_a_task() -> None:
    asked = set(re.findall(r"^\t\$\(SETUP\) (\S+)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))

    assert asked == set(setup.TASKS)


def test_where_everything_is_there_apt_is_not_asked(programs: Path, tmp_path: Path) -> None:
    said = provide_for_tests(programs)

    assert said == ""
    assert not (tmp_path / "apt-was-asked").exists()


def test_what_is_missing_is_asked_for_by_name_and_its_lack_is_said_once(programs: Path, tmp_path: Path) -> None:
    (programs / "zbarimg").unlink()
    make_program(programs / "sudo", 'shift; "$@"')

    said = provide_for_tests(programs)

    assert "zbar-tools" in (tmp_path / "apt-was-asked").read_text(encoding="utf-8")
    assert "xvfb" not in (tmp_path / "apt-was-asked").read_text(encoding="utf-8")
    assert "Going on without zbar-tools" in said


def test_every_line_of_a_task_names_something_that_is_there() -> None:
    for lines in setup.TASKS.values():
        for line in lines:
            started = line[0] if line[0] != "-m" else line[1].replace(".", "/")
            known = [ROOT / started, ROOT / f"{started}.py", ROOT / started / "__main__.py"]
            assert started == "pytest" or any(path.is_file() for path in known), line
