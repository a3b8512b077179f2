"""Every sentence the source asks for is there, every sentence that is there is asked for, and what is put into it has its name."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from county_hotline import errors, wording
from tests.support import source

FILES = source.python_files(source.PACKAGE)
CODE = re.compile(r"[RNAHSJI]\d{3}|E000")
CHINESE = re.compile(r"[\u3400-\u9fff]")
FAULTS = tuple(name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, errors.HotlineError))
SPOKEN_ELSEWHERE = {"error.unknown"}


@pytest.fixture(scope="module")
def sentences() -> dict[str, str]:
    """All shipped sentences by key."""
    return dict(wording.shipped())


def names_in(sentence: str) -> set[str]:
    return {name for name, _ in wording.PLACEHOLDER.findall(sentence)}


def said() -> list[tuple[str, set[str] | None, source.Place]]:
    """Every `say("key", ...)` with a key that stands there in plain."""
    found = []
    for path in FILES:
        for call in source.calls(path, "say"):
            key = source.first_text(call)
            if key is not None:
                found.append((key, source.details(call), source.place(path, call)))
    return found


def faults() -> list[tuple[str, set[str] | None, source.Place]]:
    """Every `Refusal("R101", ...)` and its kin."""
    found = []
    for path in FILES:
        for call in source.calls(path, *FAULTS):
            code = source.first_text(call)
            if code is not None:
                found.append((code, source.details(call), source.place(path, call)))
    return found


def prefixes() -> set[str]:
    """The fixed beginnings of keys put together at run time: say(f"clash.{code}")."""
    found = set()
    for path in FILES:
        for node in ast.walk(source.tree(path)):
            match node:
                case ast.JoinedStr(values=[ast.Constant(value=str(start)), *_]) if re.fullmatch(
                    r"[a-z_]+(\.[a-z_]+)*\.", start
                ):
                    found.add(start)
    return found


def test_there_is_source_to_look_at() -> None:
    assert len(FILES) > 40
    assert len(said()) > 20
    assert len(faults()) > 40


def test_every_key_asked_for_is_there(sentences: dict[str, str]) -> None:
    missing = [f"{where} {key}" for key, _, where in said() if key not in sentences]

    assert not missing, "\n".join(missing)


def test_every_sentence_is_given_what_it_names(sentences: dict[str, str]) -> None:
    short = [
        f"{where} {key} lacks {names_in(sentences[key]) - given}"
        for key, given, where in said()
        if key in sentences and given is not None and not names_in(sentences[key]) <= given
    ]

    assert not short, "\n".join(short)


def test_every_error_code_in_the_source_has_its_sentence(sentences: dict[str, str]) -> None:
    codes = {text: where for path in FILES for text, where in source.strings(path) if CODE.fullmatch(text)}

    unworded = [f"{where} {code}" for code, where in codes.items() if f"error.{code}" not in sentences]

    assert codes
    assert not unworded, "\n".join(unworded)


def test_every_error_is_raised_with_what_its_sentence_names(sentences: dict[str, str]) -> None:
    short = [
        f"{where} {code} lacks {lacking}"
        for code, given, where in faults()
        if given is not None and (lacking := names_in(sentences.get(f"error.{code}", "")) - given - {"code"})
    ]

    assert not short, "\n".join(short)


def test_every_sentence_is_asked_for(sentences: dict[str, str]) -> None:
    words = {text for path in FILES for text, _ in source.strings(path)}
    words |= {code for text in words for code in CODE.findall(text)}  # f"J102 {place}"
    members = {
        (re.sub(r"(?<=[a-z])(?=[A-Z])", "_", node.name).lower(), target.id.lower())
        for path in FILES
        for node in ast.walk(source.tree(path))
        if isinstance(node, ast.ClassDef)
        for statement in node.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    beginnings = prefixes()

    def asked_for(key: str) -> bool:
        if key in words or key in SPOKEN_ELSEWHERE:
            return True
        if tuple(key.rsplit(".", 1)) in members:  # word(MatterKind.HELP)
            return True
        tails = [key[len(start) :] for start in beginnings if key.startswith(start)]
        return any(tail in words or tail.rsplit(".", 1)[-1] in words or tail.isdigit() for tail in tails)

    idle = [key for key in sentences if not asked_for(key)]

    assert not idle, "\n".join(idle)


def test_no_key_stands_in_two_files() -> None:
    keys = [key for _, own in wording.files() for key in own]

    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("where", ["ui/**/presenter*.py", "desk/**/*.py"])
def test_no_sentence_stands_in_presenters_or_the_desk(where: str) -> None:
    paths: list[Path] = sorted(source.PACKAGE.glob(where))

    spoken = [f"{place} {text!r}" for path in paths for text, place in source.strings(path) if CHINESE.search(text)]

    assert paths
    assert not spoken, "\n".join(spoken)
