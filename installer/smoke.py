"""Prove the built executable: started as a stranger's PC would start it, does it do a station's and a hub's work, and does the window paint?"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from county_hotline import __version__
from tools import windows
from tools.screens import NoScreenError, virtual_screen

SUFFIX = ".exe" if sys.platform == "win32" else ""
SHAPES = {
    "one file": ROOT / "dist" / f"county-hotline{SUFFIX}",
    "one folder": ROOT / "dist" / "county-hotline-folder" / f"county-hotline{SUFFIX}",
}
PATIENCE_S = 120
REQUEST = {
    "name": "王𠮷祥",
    "phone": "13900000000",
    "matter_kind": "求助",
    "channel": "来访",
    "place": "历山街道",
    "title": "路面塌陷",
    "content": "村口路面塌陷约两米，学生上学绕行，请求尽快修复。",
}
TITLE = "连心桥"
COLOURS_OF_A_PAINTED_WINDOW = 12


class NotProvedError(Exception):
    """What the executable should do and does not."""


class Proof:
    """One shape of the executable, in an empty folder, with nothing of this project or its Python around it."""

    def __init__(self, executable: Path, folder: Path) -> None:
        self.executable = executable
        self.folder = folder
        self.unpacked = folder / "unpacked"
        self.unpacked.mkdir()
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "WINDIR") if name in os.environ}
        self.surroundings = {
            **kept,
            "PATH": os.defpath,
            "HOME": str(folder),
            "LOCALAPPDATA": str(folder),
            "TMPDIR": str(self.unpacked),
            "TEMP": str(self.unpacked),
            "LC_ALL": "C",
        }

    def start(self, *arguments: str, **more: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [str(self.executable), *arguments],
            cwd=self.folder,
            env={**self.surroundings, **more},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
        )

    def asked(self, *arguments: str) -> dict[str, object]:
        """The command's JSON document; anything but success is the end of the proof."""
        running = self.start(*arguments, "--json")
        try:
            said, complained = running.communicate(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            running.kill()
            raise NotProvedError(f"`{' '.join(arguments)}` did not end within {PATIENCE_S} s") from None
        if running.returncode != 0:
            raise NotProvedError(f"`{' '.join(arguments)}` ended with {running.returncode}: {said[-600:]}{complained[-600:]}")
        return document(said)


def main() -> int:
    """0 when every shape that was asked for is proved."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shape", choices=sorted(SHAPES), action="append", help="only this one")
    for shape in parser.parse_args().shape or list(SHAPES):
        print(f"{shape}: {SHAPES[shape].relative_to(ROOT)}", flush=True)
        with tempfile.TemporaryDirectory(prefix="smoke-") as folder:
            try:
                prove(Proof(SHAPES[shape], Path(folder)))
            except NotProvedError as fault:
                print(f"  NOT PROVED: {fault}")
                return 1
    print("The executable does what it must.")
    return 0


def prove(proof: Proof) -> None:
    """Every step in the order a county would meet it."""
    if not proof.executable.is_file():
        raise NotProvedError(f"{proof.executable} is not there; `make dist` builds it")
    steps: dict[str, Callable[[], str]] = {
        "says its version": lambda: _version(proof),
        "plays the whole thread without a display": lambda: _demo(proof),
        "serves as a hub, takes a station in, registers, syncs, verifies": lambda: _thread(proof),
        "opens its window and paints it": lambda: _window(proof),
        "leaves nothing unpacked behind": lambda: _tidy(proof),
    }
    for step, proves in steps.items():
        began = time.monotonic()
        seen = proves()
        print(f"  ok  {step}: {seen}  ({time.monotonic() - began:.1f} s)", flush=True)


def _version(proof: Proof) -> str:
    said = proof.asked("version")
    require(said["version"] == __version__, f"says version {said['version']}, the source is {__version__}")
    return str(said["version"])


def _demo(proof: Proof) -> str:
    said = proof.asked("demo", "--home", str(proof.folder / "demo"))
    papers = sorted((proof.folder / "demo").rglob("*.pdf"))
    require(bool(papers), "the play printed nothing")
    return f"{len(said)} facts, {len(papers)} PDFs"


def _thread(proof: Proof) -> str:
    hub_home, station_home = str(proof.folder / "hub"), str(proof.folder / "station")
    (proof.folder / "request.json").write_text(json.dumps(REQUEST), encoding="utf-8")
    with _hub(proof, hub_home) as url:
        code = proof.asked("enrol", "--home", hub_home, "--station", "03", "--role", "hall")["code"]
        proof.asked("join", "--home", station_home, "--hub", url, "--code", str(code))
        taken = proof.asked("register", "--home", station_home, "--from-json", str(proof.folder / "request.json"))
        number = str(taken["number"])
        proof.asked("show", number, "--home", station_home)
        proof.asked("sync", "--home", station_home)
    for home in (station_home, hub_home):
        found = proof.asked("verify", "--home", home)["report"]
        require(isinstance(found, dict) and found["sound"] is True and found["entries"] == 1, f"verify at {home}: {found}")
    return f"{number}, {_slip(Path(str(taken['slip'])), number)}"


@contextlib.contextmanager
def _hub(proof: Proof, home: str) -> Iterator[str]:
    """The hub's address, for as long as it serves."""
    serving = proof.start("hub", "--home", home, "--port", "0", "--json")
    try:
        yield str(document(_until_document(serving))["url"])
    finally:
        serving.terminate()
        try:
            serving.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            serving.kill()
            raise NotProvedError("the hub does not end when told to") from None


def _until_document(running: subprocess.Popen[str]) -> str:
    """What it prints up to the end of its first JSON document, which closes with a brace of its own."""
    said = ""
    for line in running.stdout or ():
        said += line
        if line.rstrip() == "}":
            return said
    raise NotProvedError(f"no address from the hub: {said}{running.stderr.read() if running.stderr else ''}")


def _slip(slip: Path, number: str) -> str:
    require(slip.is_file(), f"no slip at {slip}")
    if not (shutil.which("pdftotext") and shutil.which("pdffonts")):
        return f"slip {slip.stat().st_size // 1000} kB (not read back: poppler-utils is missing)"
    text = subprocess.run(["pdftotext", str(slip), "-"], check=True, capture_output=True, text=True, encoding="utf-8").stdout
    require(number in text, "the slip does not bear its number")
    table = subprocess.run(["pdffonts", str(slip)], check=True, capture_output=True, text=True, encoding="utf-8").stdout
    fonts = [line.split() for line in table.splitlines()[2:]]
    require(bool(fonts), "the slip has no fonts")
    require(all(font[-5] == "yes" for font in fonts), f"a font is not embedded: {table}")
    return f"slip {slip.stat().st_size // 1000} kB with {len(fonts)} fonts, all embedded"


def _window(proof: Proof) -> str:
    if sys.platform == "win32" or not shutil.which("xwininfo"):
        return "not looked at here (no xwininfo)"
    try:
        with virtual_screen() as display:
            return _painted(proof, display)
    except NoScreenError as fault:
        raise NotProvedError(str(fault)) from fault


def _painted(proof: Proof, display: str) -> str:
    began = time.monotonic()
    running = proof.start("window", "--home", str(proof.folder / "station"), DISPLAY=display)
    try:
        window = _found(running, display)
        seconds = time.monotonic() - began
        colours = _colours(display)
        windows.ask_to_close(display, window)
        _, complained = running.communicate(timeout=20)
        require(running.returncode == 0, f"closing the window ends with {running.returncode}: {complained[-600:]}")
    except subprocess.TimeoutExpired:
        raise NotProvedError("the window does not end when it is closed") from None
    finally:
        running.kill()
    return f"on screen after {seconds:.1f} s, {colours} colours"


def _found(running: subprocess.Popen[str], display: str) -> int:
    """The window's number, once it is there."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and running.poll() is None:
        window = windows.find(display, TITLE)
        if window is not None:
            return window
        time.sleep(0.1)
    running.kill()
    said, complained = running.communicate()
    raise NotProvedError(f"no window: {said[-600:]}{complained[-1500:]}")


def _colours(display: str) -> int:
    """How many colours the screen shows, once it shows a painted window's worth; the picture stays in build/."""
    from PIL import ImageGrab

    end = time.monotonic() + 20
    while True:
        picture = ImageGrab.grab(xdisplay=display)
        colours = len(picture.getcolors(maxcolors=1 << 24) or ())
        if colours >= COLOURS_OF_A_PAINTED_WINDOW:
            time.sleep(1)  # let the rest of the page come, for whoever looks at the picture
            ImageGrab.grab(xdisplay=display).save(ROOT / "build" / "smoke-window.png")
            return colours
        require(time.monotonic() < end, f"the window stays blank ({colours} colours)")
        time.sleep(0.1)


def _tidy(proof: Proof) -> str:
    left = [path.name for path in proof.unpacked.iterdir() if path.name.startswith("_MEI")]
    require(not left, f"left in the folder for temporary files: {left}")
    return "clean"


def document(said: str) -> dict[str, object]:
    """The JSON document a command printed."""
    try:
        found = json.loads(said)
    except ValueError:
        raise NotProvedError(f"no JSON document: {said[:600]}") from None
    require(isinstance(found, dict), f"no JSON object: {said[:200]}")
    return dict(found)


def require(holds: bool, otherwise: str) -> None:
    """End the proof unless it holds."""
    if not holds:
        raise NotProvedError(otherwise)


if __name__ == "__main__":
    raise SystemExit(main())
