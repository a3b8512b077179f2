"""Sizes that keep the code readable at one sitting: files, functions, positional arguments."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.support import source
from tests.support.source import ROOT

FILE_LINES = 450
FUNCTION_LINES = 50
LAYOUT_LINES = 80
POSITIONAL = 5
OURS = [ROOT / "county_hotline", ROOT / "tools", ROOT / "installer", ROOT / "benchmarks"]
Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(path: Path) -> list[Function]:
    return [node for node in ast.walk(source.tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(function: Function) -> int:
    """Lines without documentation: a long explanation is no long function."""
    whole = (function.end_lineno or function.lineno) - function.lineno + 1
    match function.body[0]:
        case ast.Expr(value=ast.Constant(value=str())) as documentation:
            return whole - ((documentation.end_lineno or documentation.lineno) - documentation.lineno + 1)
    return whole


def budget(path: Path) -> int:
    """Laying out widgets is long and flat."""
    return LAYOUT_LINES if "ui" in path.parts and path.name.startswith(("view", "window")) else FUNCTION_LINES


def positional(function: Function) -> int:
    names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    return len([name for name in names if name not in {"self", "cls"}])


def test_there_is_source_to_measure() -> None:
    assert len(source.python_files(*OURS)) > 50


def test_no_file_is_too_long() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in source.python_files(*OURS, ROOT / "tests")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > FILE_LINES
    }

    assert not long


def test_no_function_is_too_long() -> None:
    long = [
        f"{source.place(path, function)} {function.name}: {length(function)}"
        for path in source.python_files(*OURS)
        for function in functions(path)
        if length(function) > budget(path)
    ]

    assert not long, "\n".join(long)


def test_no_function_takes_a_row_of_unnamed_arguments() -> None:
    many = [
        f"{source.place(path, function)} {function.name}: {positional(function)}"
        for path in source.python_files(*OURS)
        for function in functions(path)
        if positional(function) > POSITIONAL
    ]

    assert not many, "\n".join(many)


def test_every_module_says_in_its_first_line_what_it_is_for() -> None:
    silent = [
        path.relative_to(ROOT).as_posix() for path in source.python_files(*OURS) if not ast.get_docstring(source.tree(path))
    ]

    assert not silent, "\n".join(silent)
