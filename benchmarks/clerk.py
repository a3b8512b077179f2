"""A hundred requests taken in the real window by keys alone: keys, waits, and what a paper form would have asked for. See tools/clerk.py.

python -m benchmarks.clerk [--count 100] [--data FILE.jsonl] [--json]      ($HOTLINE_MESSAGES names messages, too)
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools import clerk

if __name__ == "__main__":
    given = os.environ.get("HOTLINE_MESSAGES", "")
    raise SystemExit(clerk.main([*(["--data", given] if given else []), *sys.argv[1:]]))
