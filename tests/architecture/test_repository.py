"""What is in the repository: nothing of one developer's machine, and libraries pinned by what they hold."""

from __future__ import annotations

import re
import subprocess
import tomllib

import pytest

from tests.support.source import ROOT

MACHINE = re.compile(
    r"(?<![\w.])/(?:work|root|home/(?!station/)\w+|opt/(?:pypi|wheels)|mnt|Users)/"  # a folder of someone's own
    r"|[A-Z]:\\\\?Users\\\\?\w"
    r"|(?:index-url|find-links|trusted-host)\s*[=: ]\s*\S"
    r"|pypi\.org|pythonhosted|registry\.npmjs|deb\.debian\.org"
)
TEXT = {".py", ".toml", ".md", ".txt", ".lock", ".json", ".csv", ".sql", ".sh", ".spec", ".yml", ".cfg", ".ini", ""}
PATTERN_ITSELF = "tests/architecture/test_repository.py"


@pytest.fixture(scope="module")
def tracked() -> list[str]:
    """Every file git knows."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True, encoding="utf-8")
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize(
    "text", ["/" + "work/main", "see /" + "home/someone/notes", "--index-url" + " https://a", "C:\\Users\\me"]
)
def test_the_search_finds_what_it_is_for(text: str) -> None:
    assert MACHINE.search(text)


def test_no_file_names_a_machine(tracked: list[str]) -> None:
    found = []
    for name in tracked:
        path = ROOT / name
        if path.suffix in TEXT and name != PATTERN_ITSELF:
            for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
                if hit := MACHINE.search(line):
                    found.append(f"{name}:{number} {hit.group()}")

    assert len(tracked) > 100
    assert not found, "\n".join(found)


def test_no_built_or_private_file_is_tracked(tracked: list[str]) -> None:
    """But for a release's own files, kept so that every later one opens them (a made-up station under a key of its own)."""
    assert not [
        name
        for name in tracked
        if not name.startswith("tests/golden/v")
        and re.search(r"(^|/)(\.venv|__pycache__|dist|build|var)/|\.(pyc|db|key|pem)$", name)
    ]


def test_every_library_is_pinned_with_hashes() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = re.split(r"\n(?=\S)", lock.strip())

    assert len(pinned) > 50
    assert not [
        entry.splitlines()[0] for entry in pinned if not re.match(r"\S+==\S+.* \\\n\s+--hash=sha256:[0-9a-f]{64}", entry)
    ]


def test_every_library_the_project_asks_for_is_in_the_lock() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {
        re.split(r"[<>=;\[ ]", wish, maxsplit=1)[0]
        for wish in (*project["dependencies"], *project["optional-dependencies"]["dev"])
    }
    pinned = set(re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE))

    assert asked <= pinned
