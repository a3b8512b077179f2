"""附件 of an article: forms and pictures that come with it. Nobody's secret: opened and saved without a reason."""

from __future__ import annotations

import hashlib
from pathlib import Path

from county_hotline.db.beside.shelf import digest_of
from county_hotline.desk import knowledge
from county_hotline.desk.desk import Desk
from county_hotline.domain import files
from county_hotline.domain.articles import ArticleFile
from county_hotline.errors import BadInput, Refusal, StoreFault
from county_hotline.paths import write_atomically
from county_hotline.signals import Changes
from county_hotline.wording import say


def open_copy(desk: Desk, code: str, sha256: str) -> Path | None:
    """A copy that the system may be asked to open; None where the file is not here yet: then the next round fetches it. Refuses R410 (no
    such file), R503 for what acts by itself when it is opened."""
    file = _file(desk, code, sha256)
    name = files.safe_name(file.name, say("files.nameless"))
    if files.acts_when_opened(name):
        raise Refusal("R503", name=file.name)
    path = desk.home.path / "opened" / sha256[:12] / name
    if path.exists() and digest_of(path)[0] == sha256:
        return path
    return _copied(desk, sha256, path)


def save_copy(desk: Desk, code: str, sha256: str, target: Path) -> Path | None:
    """另存为, in a folder or under a name; nothing is written over (R504). None where the file is not here yet, as `open_copy`."""
    file = _file(desk, code, sha256)
    path = target / files.safe_name(file.name, say("files.nameless")) if target.is_dir() else target
    if path.exists():
        raise Refusal("R504")
    return _copied(desk, sha256, path)


def _file(desk: Desk, code: str, sha256: str) -> ArticleFile:
    desk.signed_in()
    found = (each for edition in knowledge.history(desk, code) for each in edition.files if each.sha256 == sha256)
    file = next(found, None)
    if file is None:
        raise Refusal("R410", text=code[:40])
    return file


def _copied(desk: Desk, sha256: str, path: Path) -> Path | None:
    store = desk.store.files
    if not store.shelf.has(sha256):
        store.look_again()
        store.want(sha256)
        desk.tell(Changes(counts=True))
        return None
    content = store.shelf.read(sha256, 0, files.LARGEST)
    if hashlib.sha256(content).hexdigest() != sha256:
        store.shelf.put_aside(sha256)
        store.look_again()
        store.want(sha256)
        return None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, content)
    except (OSError, StoreFault) as exc:
        raise BadInput("I170") from exc
    return path
