"""Our own source as a tree: what the tests of the architecture ask of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "county_hotline"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands, as an editor opens it."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@cache
def tree(path: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def python_files(*folders: Path) -> list[Path]:
    """All Python files below the folders, sorted."""
    return sorted({found for folder in folders for found in folder.rglob("*.py")})


def place(path: Path, node: ast.AST) -> Place:
    """Where `node` stands."""
    return Place(path.relative_to(ROOT).as_posix(), getattr(node, "lineno", 0))


def docstrings(module: ast.Module) -> set[int]:
    """The ids of the strings that are documentation: a string that stands alone as a statement."""
    return {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}


def strings(path: Path) -> Iterator[tuple[str, Place]]:
    """Every string the program uses (no documentation), also the fixed parts of f-strings."""
    module = tree(path)
    documentation = docstrings(module)
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.value, place(path, node)


def calls(path: Path, *names: str) -> Iterator[ast.Call]:
    """Every call of a plain name or of a module's member that is called so; not of methods of objects (`self.say`)."""
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.Call):
            continue
        match node.func:
            case ast.Name(id=name) if name in names:
                yield node
            case ast.Attribute(attr=name, value=ast.Name(id="wording" | "errors")) if name in names:
                yield node


def first_text(call: ast.Call) -> str | None:
    """The call's first argument when it is a plain string."""
    match call.args[:1]:
        case [ast.Constant(value=str(text))]:
            return text
    return None


def details(call: ast.Call) -> set[str] | None:
    """The names of the keyword arguments; None where some are not known here (`**more`)."""
    names = {keyword.arg for keyword in call.keywords}
    return None if None in names else {name for name in names if name}
