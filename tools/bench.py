"""Run every script of benchmarks/, one after the other, nothing beside them: `make bench`, or `make bench ARGS=slip` for some."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tools.screens import NoScreenError, screen

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "benchmarks"


def main() -> int:
    """0 when every script ended well. Each prints its own ratios."""
    wanted = sys.argv[1:]
    scripts = [path for path in sorted(FOLDER.glob("*.py")) if not path.name.startswith("_")]
    chosen = [path for path in scripts if not wanted or path.stem in wanted]
    if not chosen:
        print(f"No such measurement. There are: {', '.join(path.stem for path in scripts)}")
        return 1
    try:
        with screen() as display:
            failed = [path.stem for path in chosen if _measure(path, display) != 0]
    except NoScreenError as fault:
        print(fault)
        failed = [path.stem for path in chosen if _measure(path, "") != 0]
    print(f"Failed: {', '.join(failed)}" if failed else f"{len(chosen)} measured.")
    return 1 if failed else 0


def _measure(script: Path, display: str) -> int:
    print(f"\n== {script.stem}", flush=True)
    return subprocess.call([sys.executable, str(script)], cwd=ROOT, env={**os.environ, "DISPLAY": display})


if __name__ == "__main__":
    raise SystemExit(main())
