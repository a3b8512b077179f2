"""The shipped sentences, read line by line: a twentieth of what a whole TOML reader takes, and the first window waits for it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Final

_NAME: Final = r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*"
_LINE: Final = re.compile(rf'(?:"?({_NAME})"? = "([^"\\]*)"|\[({_NAME})\]|(?:#.*)?)')


def read(text: str) -> Mapping[str, str] | None:
    """Sentences by dotted key; None where anything stands there but tables of one-line sentences: then it needs a TOML reader."""
    found: dict[str, str] = {}
    table = ""
    for line in text.splitlines():
        seen = _LINE.fullmatch(line)
        if seen is None:
            name, sign, sentence = line.partition(' = "')
            if not sign or "\\" not in sentence or re.fullmatch(f'"?{_NAME}"?', name) is None:
                return None
            found[table + name.strip('"')] = tomllib.loads(f'it = "{sentence}')["it"]
        elif seen[1] is not None:
            found[table + seen[1]] = seen[2]
        elif seen[3] is not None:
            table = f"{seen[3]}."
    return found
