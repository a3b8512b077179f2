"""Build the executable in both shapes: `dist/county-hotline`, one file, and `dist/county-hotline-folder/`, which starts faster."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
SUFFIX = ".exe" if sys.platform == "win32" else ""
ONE_FILE = DIST / f"county-hotline{SUFFIX}"
ONE_FOLDER = DIST / "county-hotline-folder"
LOG = ROOT / "build" / "pyinstaller.log"


def main() -> int:
    """0 when both are there; PyInstaller's own talk goes to a file and is shown only when it fails."""
    began = time.monotonic()
    _forget_old()
    LOG.parent.mkdir(exist_ok=True)
    print(f"Building with Python {platform.python_version()} for {platform.system()} {platform.machine()} ...", flush=True)
    with LOG.open("w", encoding="utf-8") as log:
        line = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--distpath", str(DIST), "--workpath", str(ROOT / "build")]
        surroundings = {**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": str(ROOT)}
        code = subprocess.call(
            [*line, str(ROOT / "installer" / "county-hotline.spec")],
            cwd=ROOT,
            env=surroundings,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    if code != 0 or not ONE_FILE.exists():
        print("\n".join(LOG.read_text(encoding="utf-8", errors="replace").splitlines()[-40:]))
        print(f"The build failed (PyInstaller said {code}).")
        return code or 1
    print(f"{_shown(ONE_FILE)}  {_megabytes(ONE_FILE)}")
    print(f"{_shown(ONE_FOLDER)}/  {_megabytes(ONE_FOLDER)}, of which the most:")
    for path, size in _largest(ONE_FOLDER, 8):
        print(f"    {size / 1e6:6.1f} MB  {path}")
    libc, version = platform.libc_ver()
    print(f"Took {time.monotonic() - began:.0f} s. Runs on systems with {libc or platform.system()} {version} or newer.")
    return 0


def _forget_old() -> None:
    ONE_FILE.unlink(missing_ok=True)
    shutil.rmtree(ONE_FOLDER, ignore_errors=True)


def _shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _megabytes(path: Path) -> str:
    files = [path] if path.is_file() else [found for found in path.rglob("*") if found.is_file() and not found.is_symlink()]
    return f"{sum(found.stat().st_size for found in files) / 1e6:.1f} MB"


def _largest(folder: Path, how_many: int) -> list[tuple[str, int]]:
    sizes: dict[str, int] = {}
    for found in folder.rglob("*"):
        if found.is_file() and not found.is_symlink():
            part = "/".join(found.relative_to(folder).parts[:3])
            sizes[part] = sizes.get(part, 0) + found.stat().st_size
    return sorted(sizes.items(), key=lambda item: -item[1])[:how_many]


if __name__ == "__main__":
    raise SystemExit(main())
