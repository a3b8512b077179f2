"""Every check of the source, one after the other, all of them: `python -m tools.check`."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent

CHECKS: dict[str, tuple[str, ...]] = {
    "format": ("ruff", "format", "--check", "--quiet"),
    "rules": ("ruff", "check", "--quiet", "--output-format", "concise"),
    "types": ("mypy", "--no-error-summary"),
    "layers": ("lint-imports", "--no-logo"),
}
"""What is checked, and the line that checks it."""


def run(check: str) -> subprocess.CompletedProcess[str]:
    """One check's outcome with everything it said."""
    program, *arguments = CHECKS[check]
    return subprocess.run(
        [str(PROGRAMS / program), *arguments],
        cwd=ROOT,
        check=False,
        text=True,
        encoding="utf-8",
        errors="replace",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "NO_COLOR": "1", "PYTHONUTF8": "1"},
    )


def main() -> int:
    """0 when all pass."""
    failed = []
    for check, line in CHECKS.items():
        began = time.monotonic()
        outcome = run(check)
        passed = outcome.returncode == 0
        told = f"{' '.join(line)}  ({time.monotonic() - began:.1f} s)"
        print(f"{'ok    ' if passed else 'FAILED'} {check:8} {told}", flush=True)
        if not passed:
            failed.append(check)
            print(outcome.stdout.rstrip())
    print(f"Failed: {', '.join(failed)}" if failed else "All checks passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
