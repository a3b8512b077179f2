"""Write requirements.lock anew from pyproject.toml: `python -m tools.lock`. Needs `uv`; every version with its hashes, no registry named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Versions that are in the lock already are kept unless `--upgrade` is given."""
    line = ["uv", "pip", "compile", "pyproject.toml", "--extra", "dev", "--universal", "--python-version", "3.11"]
    line += [
        "--generate-hashes",
        "--no-header",
        "--no-emit-index-url",
        "--no-annotate",
        "-o",
        "requirements.lock",
        *sys.argv[1:],
    ]
    return subprocess.call(line, cwd=ROOT)


if __name__ == "__main__":
    raise SystemExit(main())
