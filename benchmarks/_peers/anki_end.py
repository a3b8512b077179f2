"""Anki's end, run by the interpreter Anki is installed in: anki_end.py base URL FOLDER | add FOLDER RECORDS | sync URL FOLDER PATIENCE_S.

`base` uploads an empty collection with our fields once, so that what is timed is Anki's normal sync of new notes.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

from anki.collection import AddNoteRequest, Collection  # type: ignore[import-not-found]

FIELDS = ("number", "officer", "at", "title", "content", "name", "phone", "place", "category", "rest")


def logged_in(collection: Collection, url: str, patience_s: float) -> object:
    """The first question of a sync; asked until the line lets it through."""
    end = time.perf_counter() + patience_s
    while True:
        try:
            return collection.sync_login("u", "p", url)
        except Exception:
            if time.perf_counter() > end:
                raise
            time.sleep(0.2)


def base(url: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    collection = Collection(str(folder / "collection.anki2"))
    model = collection.models.new("order")
    for name in FIELDS:
        collection.models.add_field(model, collection.models.new_field(name))
    template = collection.models.new_template("card")
    template["qfmt"], template["afmt"] = "{{number}} {{title}}", "{{content}}"
    collection.models.add_template(model, template)
    collection.models.add(model)
    auth = logged_in(collection, url, 30)
    collection.sync_collection(auth, False)
    collection.close_for_full_sync()
    collection.full_upload_or_download(auth=auth, server_usn=None, upload=True)


def add(folder: Path, records: Path) -> None:
    collection = Collection(str(folder / "collection.anki2"))
    model = collection.models.by_name("order")
    requests = []
    with records.open(encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            rest = {name: value for name, value in record.items() if name not in FIELDS}
            note = collection.new_note(model)
            note.fields = [str(record.get(name, "")) for name in FIELDS[:-1]] + [json.dumps(rest, ensure_ascii=False)]
            requests.append(AddNoteRequest(note, 1))
    collection.add_notes(requests)
    collection.close()


def sync(url: str, folder: Path, patience_s: float) -> None:
    collection = Collection(str(folder / "collection.anki2"))
    start, cpu = time.perf_counter(), time.process_time()
    done, auth = False, None
    while not done and time.perf_counter() - start < patience_s:
        try:
            auth = auth or collection.sync_login("u", "p", url)
            answer = collection.sync_collection(auth, False)
            done = answer.required in (answer.NO_CHANGES, answer.NORMAL_SYNC)
            if not done:
                break
        except Exception:  # noqa: BLE001 - whatever the line does, it tries again
            time.sleep(0.2)
    print(json.dumps({"done": done, "seconds": time.perf_counter() - start, "cpu": time.process_time() - cpu}), flush=True)
    os._exit(0)


if __name__ == "__main__":
    what, first, second = sys.argv[1:4]
    if what == "base":
        base(first, Path(second))
    elif what == "add":
        add(Path(first), Path(second))
    else:
        sync(first, Path(second), float(sys.argv[4]))
